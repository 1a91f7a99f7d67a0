"""Codes whose parts are barred one by one, and what must hold of every book."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import RUSSIA_ACT, book, found, rule, told

from entrepot.codes.commodity import children
from entrepot.codes.editions import parts
from entrepot.measures import context, decide
from entrepot.measures.ask import as_data, ask
from entrepot.measures.book import Rulebook
from entrepot.measures.inquiry import Inquiry, inquire
from entrepot.records.rules import ANSWERS

ON = "2022-06-01"
CHIPS = ("854231", "854232", "854233", "854239", "854290")


def each(*codes: str, **more: str) -> list[dict[str, Any]]:
    return [rule(code, **more) for code in codes]


def test_parts_of_a_code() -> None:
    assert children("8542") == parts("8542") == CHIPS
    assert children("88") == parts("88") == ("8801", "8802", "8804", "8805", "8806", "8807")
    assert parts("854231") == parts("88073000") == ()
    # Ended in 2021: its heirs hold all of it, and nothing else.
    assert parts("854140") == ("854141", "854142", "854143", "854149")
    assert parts("8803") == ("8807",)


def test_a_heading_whose_every_part_is_barred_is_barred() -> None:
    whole = found(book(*each(*CHIPS)), "8542", ON)
    assert whole.answer == "prohibited"
    assert {(r.row["commodity_code"], r.gives, r.coverage) for r in whole.because} == {
        (code, "prohibited", "part") for code in CHIPS
    }
    for missing in CHIPS:
        rest = each(*(code for code in CHIPS if code != missing))
        assert found(book(*rest), "8542", ON).answer == "possible"
        partly = rule(missing, is_partial="true")
        assert found(book(*rest, partly), "8542", ON).answer == "possible"
        licensed = found(book(*rest, rule(missing, effect="licence")), "8542", ON)
        assert licensed.answer == "licence"
        assert {r.gives for r in licensed.because} == {"licence"}


def test_an_ended_code_is_barred_when_all_its_heirs_are() -> None:
    rules = each("854141", "854142", "854143", "854149")
    assert found(book(*rules), "854140", ON).answer == "prohibited"
    assert found(book(*rules[1:]), "854140", ON).answer == "possible"


def test_a_chapter_is_barred_when_all_its_headings_are_however_deep() -> None:
    headings = each("8801", "8802", "8804", "8805", "8806")
    inside = each(*children("8807"))
    balloons = each(*children("8801"))
    assert found(book(*headings, *inside), "88", ON).answer == "prohibited"
    assert found(book(*headings[1:], *balloons, *inside), "88", ON).answer == "prohibited"
    assert found(book(*headings, *inside[1:]), "88", ON).answer == "possible"


def test_a_spared_part_leaves_the_heading_possible() -> None:
    spared = rule("854231", begins="2022-03-02", wind_down_to="2022-09-01")
    rules = book(spared, *each(*CHIPS[1:]))
    assert found(rules, "8542", ON).answer == "prohibited"
    assert found(rules, "8542", ON, contract="2022-02-01").answer == "possible"


def test_parts_barred_for_the_place_of_use() -> None:
    one = found(book(*each(*CHIPS)), "8542", ON, to="ARM", for_use_in="RUS")
    assert one.answer == "prohibited"
    assert {r.route for r in one.because} == {"for use in RUS"}


def test_a_ban_in_parts_names_its_parts_in_a_note() -> None:
    notes = told(book(*each(*CHIPS)), "8542", ON).notes
    assert f"Each part of the code is named by itself: {', '.join(CHIPS)}." in notes


def test_of_two_that_leave_it_possible_the_one_on_the_whole_code_stands_first() -> None:
    spared = rule("88", begins="2022-04-01", wind_down_to="2022-09-01")
    older = rule("8807", is_partial="true")
    one = found(book(older, spared), "8807", ON, contract="2022-02-01")
    assert [(r.row["commodity_code"], r.gives) for r in one.because] == [
        ("88", "possible"),
        ("8807", "possible"),
    ]


def test_goods_of_another_origin_are_never_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line says yet how far US rules reach, so one is put in."""
    first, last = date(2022, 1, 1), date(2023, 1, 1)
    line = context.Reach("US", "RUS", "*", first, last, False, "text", "CFR", "")
    monkeypatch.setattr(context, "reaches", lambda: (line,))
    assert found(book(), "88", ON, regime="US", origin="USA").answer == "not_listed"
    assert found(book(), "88", ON, regime="US", origin="DEU").answer == "unknown"


CODES = ("88", "8807", "880730", "880720", "8542", *CHIPS, "8541")
DAYS = st.integers(0, 60).map(lambda n: date(2022, 3, 1) + timedelta(days=n))
EFFECTS = ("export_ban", "licence", "clause", "transit_ban", "watch")


@st.composite
def measures(draw: st.DrawFn, effects: tuple[str, ...] = EFFECTS) -> dict[str, Any]:
    begins = draw(DAYS)
    length = draw(st.none() | st.integers(1, 40))
    return rule(
        draw(st.sampled_from(CODES)),
        draw(st.sampled_from(["RUS", "ARM", "*"])),
        str(begins),
        valid_to="" if length is None else str(begins + timedelta(days=length)),
        effect=draw(st.sampled_from(effects)),
        is_partial=str(draw(st.booleans())),
        instrument=RUSSIA_ACT,
    )


BOOKS = st.lists(measures(), max_size=8)
ASKED = st.builds(
    Inquiry,
    regime=st.just("EU"),
    destination=st.sampled_from(["RUS", "ARM", "CHN"]),
    code=st.sampled_from([*CODES, "88073000"]),
    on=DAYS,
    for_use_in=st.sampled_from(["", "RUS"]),
)


def strength(rules: Rulebook, asked: Inquiry) -> int:
    """Place in the order of answers; unknown says as little as not listed."""
    return min(ANSWERS.index(decide.decide(rules, asked).answer), ANSWERS.index("not_listed"))


@settings(deadline=None)
@given(BOOKS, st.lists(measures(), min_size=1, max_size=4), ASKED)
def test_more_measures_never_make_an_answer_weaker(
    some: list[dict[str, Any]], more: list[dict[str, Any]], asked: Inquiry
) -> None:
    assert strength(book(*some, *more), asked) <= strength(book(*some), asked)


@pytest.mark.parametrize("licensed", ["8542", "85"])
def test_a_licence_on_the_heading_does_not_loosen_bans_of_all_its_parts(licensed: str) -> None:
    rules = book(*each(*CHIPS), rule(licensed, effect="licence"))
    assert found(rules, "8542", ON).answer == "prohibited"


@settings(deadline=None)
@given(st.sampled_from(["880730", "8542", "880330", "010121"]), st.integers(0, 99), DAYS)
def test_every_line_of_a_covered_code_is_barred(wide: str, rest: int, on: date) -> None:
    code = wide if len(wide) == 4 else f"{wide}{rest:02}"
    assert found(book(rule(wide)), code, str(on)).answer == "prohibited"


@pytest.mark.parametrize("code", ["85423110", "85423910", "90138090"])
def test_a_national_line_has_no_parts_to_ask_for(code: str) -> None:
    """Its kin lead in circles through the editions of the CN."""
    assert parts(code) == ()
    assert ask(inquire("EU", "BLR", code, date(2022, 8, 26))).answer in ANSWERS


@pytest.mark.parametrize(("printed", "heading"), [("84110000", "8411"), ("8542000000", "8542")])
def test_codes_as_the_journal_prints_headings(printed: str, heading: str) -> None:
    wide, asked = (inquire("EU", "RUS", code, date(2023, 3, 1)) for code in (heading, printed))
    assert ask(asked).answer == ask(wide).answer != "not_listed"
    assert as_data(ask(asked))["commodity_code"] == printed


@settings(deadline=None)
@given(BOOKS, ASKED)
def test_an_answer_changes_only_where_a_measure_or_the_reach_begins_or_ends(
    rows: list[dict[str, Any]], asked: Inquiry
) -> None:
    rules = book(*rows)
    turns = {day for row in rows for day in (row["valid_from"], row["valid_to"])}
    turns |= {day for one in context.reaches() for day in (one.known_from, one.known_to)}
    days = [date(2022, 2, 20) + timedelta(days=n) for n in range(110)]
    days += [date(2025, 10, 23) + timedelta(days=n) for n in range(4)]
    before = None
    for day in days:
        answer = decide.decide(
            rules, Inquiry("EU", asked.destination, asked.code, day, for_use_in=asked.for_use_in)
        ).answer
        assert before in (None, answer) or day in turns or day == date(2025, 10, 23)
        before = answer


@settings(deadline=None)
@given(BOOKS, ASKED)
def test_because_holds_what_leads_to_the_answer_strongest_first(
    rows: list[dict[str, Any]], asked: Inquiry
) -> None:
    one = decide.decide(book(*rows), asked)
    given_by = [ANSWERS.index(r.gives) for r in one.because]
    assert given_by == sorted(given_by)
    if one.answer in ("prohibited", "licence", "possible", "clause"):
        assert one.because[0].gives == one.answer
    for reason in one.because:
        assert reason.row in rows
        assert reason.row["valid_from"] <= asked.on


def hole(code: str, note: str = "Annex IV names them by words.") -> context.Reach:
    first, last = date(2022, 4, 1), date(2022, 5, 1)
    return context.Reach("EU", "RUS", code, first, last, True, "text", "OJ", note)


@pytest.mark.parametrize(
    ("code", "on", "answer"),
    [
        ("8807", "2022-03-31", "not_listed"),
        ("8807", "2022-04-01", "unknown"),
        ("880730", "2022-04-30", "unknown"),  # inside the hole
        ("88", "2022-04-01", "unknown"),  # holds the hole
        ("8807", "2022-05-01", "not_listed"),
        ("8806", "2022-04-01", "not_listed"),
    ],
)
def test_a_hole_takes_certainty_away(
    code: str, on: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The base that ships has no hole today, so one is put in."""
    held = (*context.reaches(), hole("8807"))
    monkeypatch.setattr(context, "reaches", lambda: held)
    one = told(book(), code, on)
    assert one.answer == answer
    said = "The base has a hole here: Annex IV names them by words."
    assert (said in one.notes) == (answer == "unknown")
    assert found(book(rule("88")), code, on).answer == "prohibited"
