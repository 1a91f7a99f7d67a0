"""The lint finds every planted identifier, and leaves ordinary sentences of a report alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.evidence.leaks.leak import KINDS, LEVELS, LOOK, MUST, Leak
from entrepot.evidence.leaks.lint import lint
from entrepot.evidence.leaks.patterns import forms
from entrepot.evidence.leaks.wording import stem

HERE = Path(__file__).parent
CARRIERS = (
    "The parts came by rail in late July, said {}, and went on to Russia.",
    "According to a report ({}) the aircraft parts were passed on.",
    "Details: {}",
    "{} - this was told about the delivery of bearings.",
    "Поставка микросхем, по данным: {}; дальше в Россию.",
)


def rows(name: str) -> list[dict[str, str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


PLANTED = [(row["kind"], row["planted"]) for row in rows("planted.tsv")]


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in PLANTED}))
def test_every_planted_identifier_is_found_wherever_it_stands(kind: str) -> None:
    """Recall 1.0: found with its kind, and most of it covered."""
    wanted = [planted for one, planted in PLANTED if one == kind]
    assert len(wanted) > 8
    missed = [carrier.format(one) for one in wanted for carrier in CARRIERS
              if not is_found(kind, one, carrier)]  # fmt: skip
    assert missed == []


def is_found(kind: str, planted: str, carrier: str) -> bool:
    text = carrier.format(planted)
    start = text.index(planted)
    places = set(range(start, start + len(planted)))
    found = [one for one in lint(text) if one.kind == kind]
    covered = {place for one in found for place in range(one.start, one.end)} & places
    return len(covered) >= 0.5 * len(planted) or (kind == "voice" and bool(covered))


@pytest.mark.parametrize("text", [row["text"] for row in rows("clean.tsv")])
def test_an_ordinary_sentence_holds_nothing_that_must_go(text: str) -> None:
    assert [one for one in lint(text) if one.level == MUST] == []


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.example)
def test_each_pattern_finds_its_own_example(form: object) -> None:
    pattern = form.pattern  # type: ignore[attr-defined]
    assert pattern.search(form.example)  # type: ignore[attr-defined]


TIP = (
    "The crates with the yellow stencil came on the night train behind the canteen, and the "
    "foreman Chekhov signed 417 of them. They hold spare parts for aircraft from the European "
    "Union."
)


def kinds(found: list[Leak]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in found:
        told.setdefault(one.kind, []).append(one.found)
    return told


def test_wording_of_the_tip_is_found_also_in_other_case_and_spacing() -> None:
    text = "Crates with the  YELLOW stencil were seen, 417 in all, it is said."
    told = kinds(lint(text, tips=[TIP]))
    assert told["wording"] == ["Crates with the  YELLOW stencil"]
    assert told["from_tip"] == ["417"]


EDITED = (
    "Crates with a yellow stencil were seen.",
    "Yellow-stencilled crates came on a night train.",
    "The boxes with yellow stencils arrived on a night train behind a canteen.",
    "Off the night train, behind the canteen, the foreman signs.",
    "Crates: yellow stencil; night train.",
    "A foreman signed for 417 of the crates.",
)


@pytest.mark.parametrize("text", EDITED)
def test_wording_is_found_with_words_swapped_turned_inflected_or_put_in(text: str) -> None:
    assert "wording" in kinds(lint(text, tips=[TIP]))


def test_edited_wording_is_found_in_russian_too() -> None:
    tip = "Ящики с жёлтой маркировкой разгружали ночью за столовой."
    assert "wording" in kinds(lint("За столовой выгружали ящики с желтыми маркировками.",
                                   tips=[tip]))  # fmt: skip


def test_telling_words_far_apart_or_words_of_any_report_are_no_wording() -> None:
    filler = " The council met and nine speakers praised weather forecasts with long quotations."
    far = f"A yellow flag.{filler} A stencil.{filler} A canteen.{filler}"
    assert "wording" not in kinds(lint(far, tips=[TIP]))
    dull = "The firm sent trucks with goods to the border; customs declared the cargo."
    assert "wording" not in kinds(lint(dull, tips=["Customs at the border: cargo, goods, firm."]))


@pytest.mark.parametrize(
    ("one", "other"),
    [("crates", "crate"), ("stencilled", "stencil"), ("signed", "signs"), ("ящиками", "ящик")],
)
def test_a_stem_stays_where_the_ending_changes(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_mark_above_a_letter_and_letters_of_another_alphabet_hide_nothing() -> None:
    for text in (
        "Told by Андре\u0438\u0306.",
        "Told by \u0410nton.",
    ):  # й of two signs; a Cyrillic A
        (found,) = [one for one in lint(text) if one.kind == "name"]
        assert (found.level, found.found) == (MUST, text[8:-1])


def test_a_finding_that_must_go_is_not_covered_by_one_to_look_at() -> None:
    (found,) = [one for one in lint("Рассказал Вацлав Каэтанович.") if one.kind == "name"]
    assert (found.level, found.found) == (MUST, "Вацлав Каэтанович")


def test_a_number_that_no_pattern_knows_is_to_be_looked_at_and_codes_are_not() -> None:
    text = "It bore QX-00417-B. Heading 8807 and CN 88073000, in 2021/22, Regulation 2023/1594."
    found = [one for one in lint(text) if one.kind == "identifier"]
    assert [(one.level, one.found) for one in found] == [(LOOK, "QX-00417-B")]


def test_goods_and_places_in_common_with_the_tip_are_no_wording() -> None:
    text = "Spare parts for aircraft from the European Union went on to Russia."
    assert "wording" not in kinds(lint(text, tips=[TIP]))


def test_without_a_tip_wording_is_not_compared() -> None:
    assert "wording" not in kinds(lint(TIP))


def test_two_copied_runs_are_two_findings() -> None:
    text = (
        "Behind the canteen, and the foreman was told; later crates with the yellow stencil came."
    )
    assert len(kinds(lint(text, tips=[TIP]))["wording"]) == 2


def test_what_a_person_allows_is_left_out_and_nothing_else() -> None:
    text = "President Alexander Lukashenko met Anton Chekhov."
    told = kinds(lint(text, allowed=["alexander lukashenko"]))
    assert told["name"] == ["Anton Chekhov"]


def test_what_is_allowed_on_one_line_stands_over_two() -> None:
    text = "Its office answers on (029) 613\n04 82."
    assert kinds(lint(text))["phone"]
    assert "phone" not in kinds(lint(text, allowed=["(029) 613 04 82"]))


def test_a_part_of_a_finding_does_not_allow_the_whole() -> None:
    assert kinds(lint("It was told by Anton Chekhov.", allowed=["Anton"]))["name"]
    assert kinds(lint("Write to worker@example.org.", allowed=["worker"]))["mail"]


def test_signs_that_nobody_sees_are_told() -> None:
    (found,) = [one for one in lint("Aircraft\u200bparts went east.") if one.kind == "hidden"]
    assert found.level == MUST


@settings(deadline=None)  # the first call loads the lists
@given(st.text(max_size=300))
def test_findings_lie_inside_the_text_and_say_its_words(text: str) -> None:
    found = lint(text, tips=[text[::-1]])
    for one in found:
        assert one.kind in KINDS
        assert one.level in LEVELS
        assert 0 <= one.start < one.end <= len(text)
        if one.kind != "hidden":
            assert one.found == text[one.start : one.end]
    assert lint(text, tips=[text[::-1]]) == found


@pytest.mark.parametrize("hostile", ["1-", "a.b@", "A B ", "Aa Bb ", "1 2 3 4 ", "::", "(029) ",
                                     "AA00 ", "12, "])  # fmt: skip
def test_no_pattern_runs_away(hostile: str) -> None:
    """A text made to provoke backtracking; a pattern that runs away never comes back from it."""
    text = hostile * 8_000
    assert all(0 <= one.start < one.end <= len(text) for one in lint(text))
