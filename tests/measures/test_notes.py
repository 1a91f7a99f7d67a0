"""What must be read with an answer: the sentences that matter, and how they are written."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import RUSSIA_ACT, book, found, rule, told

from entrepot.measures import context
from entrepot.measures.ask import ask, shipped
from entrepot.measures.cite import because_line, cite, place
from entrepot.measures.inquiry import Inquiry
from entrepot.records.rules import EFFECTS

VERDICT = re.compile(r"\b(divert|diverted|evaded|evasion|smuggl\w+|circumvent\w+)\b", re.I)
"""As in tests/test_project.py."""

EMPTY_PLACE = re.compile(r"\(\)|\( |by :|\bNone\b|  ")


def well_written(notes: tuple[str, ...]) -> None:
    for note in notes:
        assert note.endswith((".", ")")), note
        assert note[0].isupper() or note[0] in "“'" or note[0].isdigit(), note
        assert not VERDICT.search(note), note
        assert not EMPTY_PLACE.search(note), note
    assert len(set(notes)) == len(notes)


def one_with(notes: tuple[str, ...], start: str) -> str:
    (note,) = [note for note in notes if note.startswith(start)]
    return note


def none_with(notes: tuple[str, ...], start: str) -> None:
    assert not [note for note in notes if note.startswith(start)]


OLD = {"contracts_before": "2022-03-02", "wind_down_to": "2022-06-05"}


def test_a_running_wind_down_is_told_with_its_last_day_and_how_to_ask() -> None:
    rules = book(rule("88", "BLR", "2022-03-03", article="1s(1)(a)", annex="XIV", **OLD))
    assert one_with(told(rules, "88", "2022-06-04", to="BLR").notes, "Wind-down") == (
        "Wind-down: contracts concluded before 2022-03-02 may be performed until 2022-06-04 "
        "(Art. 1s(1)(a), Annex XIV). For such a contract the answer is possible: give its day with "
        "--contract."
    )
    none_with(told(rules, "88", "2022-06-05", to="BLR").notes, "Wind-down")
    none_with(told(rules, "88", "2022-03-02", to="BLR").notes, "Wind-down")
    spared = told(rules, "88", "2022-06-04", to="BLR", contract="2022-03-01").notes
    assert one_with(spared, "A contract concluded before") == (
        "A contract concluded before 2022-03-02 may be performed until 2022-06-04 "
        "(Art. 1s(1)(a), Annex XIV), so this one of 2022-03-01 may be lawful: read the conditions."
    )
    none_with(spared, "Wind-down")
    late = told(rules, "88", "2022-06-04", to="BLR", contract="2022-03-02").notes
    none_with(late, "A contract")
    none_with(late, "Wind-down")


def test_part_of_a_code() -> None:
    rules = book(rule("880730"), rule("8807", is_partial="true", annex="XVIII"))
    notes = told(rules, "8807", "2022-06-01").notes
    assert "Of this code these are named as a whole: 880730. Ask with more digits." in notes
    assert "Only a part of the code is meant by Art. 9x(1), Annex XVIII: read the entry." in notes
    whole = told(rules, "880730", "2022-06-01").notes
    none_with(whole, "Of this code")
    none_with(whole, "Only a part")


def test_later_and_earlier_bans() -> None:
    rules = book(
        rule("88", begins="2022-05-01", valid_to="2022-07-01", annex="XI A"),
        rule("8807", begins="2022-04-01", valid_to="2022-06-01", is_partial="true", annex="XVIII"),
        rule("88", begins="2022-09-01", effect="licence", annex="II"),
    )
    act = "(Reg. (EU) 833/2014 Art. 9x(1), Annex"
    first = told(rules, "8807", "2022-03-31").notes
    assert one_with(first, "Later") == f"Later: from 2022-04-01 a ban for a part of the code {act} XVIII)."  # fmt: skip  # noqa: E501
    partly = told(rules, "8807", "2022-04-30").notes
    assert one_with(partly, "Later") == f"Later: from 2022-05-01 a ban {act} XI A)."
    barred = told(rules, "8807", "2022-05-01").notes
    none_with(barred, "Later")
    none_with(barred, "Earlier")
    after = told(rules, "8807", "2022-07-01").notes
    assert one_with(after, "Later") == f"Later: from 2022-09-01 a licence duty {act} II)."
    assert one_with(after, "Earlier").startswith("Earlier: a ban bound until 2022-06-30 (Art. 9x(1), Annex XI A).")  # fmt: skip  # noqa: E501


def test_exceptions_and_notes_of_the_measure_that_decides() -> None:
    rules = book(
        rule("88", exceptions="emergencies", note="whole chapter."),
        rule("8807", is_partial="true", exceptions="gifts"),
    )
    notes = told(rules, "8807", "2022-06-01").notes
    assert "Exceptions (Art. 9x(1), Annex IX): emergencies." in notes
    assert "Note (Art. 9x(1), Annex IX): whole chapter." in notes
    assert not any("gifts" in note for note in notes)


def test_other_goods_of_the_same_use() -> None:
    """On 26.8.2022 turbojets to Belarus were free, and piston engines for aircraft were not."""
    rules = book(rule("8407", "BLR", "2022-03-03", article="1s", annex="XIV"))
    kin = one_with(told(rules, "841112", "2022-08-26", to="BLR").notes, "Other aircraft goods")
    assert kin == (
        "Other aircraft goods are barred to Belarus: 840710 piston engines for aircraft "
        "(Art. 1s, Annex XIV, since 2022-03-03)."
    )
    none_with(told(rules, "841112", "2022-03-02", to="BLR").notes, "Other aircraft")
    none_with(told(rules, "8703", "2022-08-26", to="BLR").notes, "Other aircraft")
    none_with(told(rules, "840710", "2022-08-26", to="BLR").notes, "Other aircraft")


FROZEN = rule("*", "BLR", "2022-04-01", valid_to="2022-08-01", effect="asset_freeze",
              party="Alpha Air | Alpha", article="2", annex="I")  # fmt: skip


def test_parties_with_whom_nothing_may_be_done() -> None:
    notes = told(book(FROZEN), "0101", "2022-04-01", to="BLR").notes
    assert one_with(notes, "Nothing may go to") == (
        "Nothing may go to: Alpha Air (asset freeze, Reg. (EC) 765/2006 Art. 2, Annex I, since "
        "2022-04-01). These are the parties of the base, not a complete list: screen the buyer's "
        "name."
    )
    for on, to in (("2022-03-31", "BLR"), ("2022-08-01", "BLR"), ("2022-05-01", "RUS")):
        none_with(told(book(FROZEN), "0101", on, to=to).notes, "Nothing may go to")


@pytest.mark.parametrize(
    ("on", "tense"),
    [
        ("2022-03-31", "not yet on"),
        ("2022-04-01", "binds on"),
        ("2022-07-31", "binds on"),
        ("2022-08-01", "did not bind on"),
    ],
)
def test_the_party_asked_for_is_told_with_its_days(on: str, tense: str) -> None:
    notes = told(book(FROZEN), "0101", on, to="BLR", party="alpha").notes
    assert one_with(notes, "Alpha Air: EU asset freeze from 2022-04-01 to 2022-07-31") == (
        f"Alpha Air: EU asset freeze from 2022-04-01 to 2022-07-31, {tense} {on} "
        "(Reg. (EC) 765/2006 Art. 2, Annex I)."
    )
    none_with(notes, "Nothing may go to")


def test_an_unknown_party_is_not_cleared() -> None:
    notes = told(book(FROZEN), "0101", "2022-05-01", to="BLR", party="Nobody").notes
    assert one_with(notes, "'Nobody'").startswith(
        "'Nobody' is not named as such among the 1 parties of the base"
    )


US = {"regime": "US", "instrument": "15 CFR 746", "effect": "licence", "article": "746.8(a)(1)",
      "annex": ""}  # fmt: skip


def test_rules_that_go_with_the_goods() -> None:
    rules = book(rule("88", "BLR", **US))
    said = "Goods of United States origin to Belarus: licence under 15 CFR 746.8(a)(1) since"
    said = f"{said} 2022-03-01"
    assert one_with(told(rules, "88", "2022-06-01", to="BLR").notes, "Goods of") == (
        f"{said}, also for sellers elsewhere."
    )
    one_with(told(rules, "88", "2022-06-01", to="BLR", origin="USA").notes, said)
    one_with(told(rules, "88", "2022-06-01", to="ARM", for_use_in="BLR").notes, said)
    none_with(told(rules, "88", "2022-06-01", to="BLR", origin="DEU").notes, "Goods of")
    none_with(told(rules, "88", "2022-06-01", to="ARM").notes, "Goods of")
    foreign = told(rules, "88", "2022-06-01", to="BLR", regime="US", origin="DEU").notes
    assert "US rules go with goods of United States origin" in foreign[0]
    own = told(rules, "88", "2022-06-01", to="BLR", regime="US").notes
    assert "Say --origin for others." in own[0]
    none_with(own, "Goods of")


def test_an_indirect_sale_is_told_where_the_other_country_bars_more() -> None:
    rules = book(rule("88", article="3c(1)", annex="XI A"))
    note = one_with(told(rules, "88", "2022-08-26", to="BLR").notes, "Indirect sale")
    assert note.startswith(
        "Indirect sale: if the goods are meant for use in Russia, the answer is prohibited (Reg. "
        "(EU) 833/2014 Art. 3c(1), Annex XI A, since 2022-03-01), whoever buys them first."
    )
    none_with(told(rules, "88", "2022-02-28", to="BLR").notes, "Indirect")
    none_with(told(rules, "88", "2022-08-26").notes, "Indirect")
    none_with(told(rules, "88", "2022-08-26", to="BLR", for_use_in="RUS").notes, "Indirect")
    none_with(told(rules, "87", "2022-08-26", to="BLR").notes, "Indirect")
    old = book(rule("88", wind_down_to="2022-06-05"))
    none_with(told(old, "88", "2022-04-01", contract="2022-02-01").notes, "Indirect")


def test_the_limit_is_told_after_the_last_day_of_the_base() -> None:
    assert one_with(told(book(), "88", "2025-10-25").notes, "The base holds EU acts").startswith(
        "The base holds EU acts up to 2025-10-24."
    )
    none_with(told(book(), "88", "2025-10-24").notes, "The base holds")
    outside = told(book(), "88", "2022-06-01", to="CHN").notes
    assert outside[0] == (
        "The base does not hold what EU rules bar to China on 2022-06-01: that no measure is found "
        "means nothing."
    )


def test_goods_in_words() -> None:
    words = rule("*", goods="things in words", exceptions="gifts", note="only for the army")
    transit = rule("*", goods="others", effect="transit_ban")
    notes = told(book(words, transit), "0101", "2022-06-01").notes
    assert one_with(notes, "Whatever the code") == (
        "Whatever the code: ban on things in words (Art. 9x(1), Annex IX, since 2022-03-01). "
        "Except: gifts. Only for the army."
    )
    one_with(notes, "Transit through the destination is barred, for goods that words describe (")
    assert found(book(words), "0101", "2022-06-01").answer == "not_listed"
    none_with(told(book(words), "0101", "2022-06-01", to="ARM").notes, "Whatever")
    one_with(told(book(words), "0101", "2022-06-01", to="ARM", for_use_in="RUS").notes, "Whatever")


def test_lists_that_are_no_ban_are_told_beside_the_answer() -> None:
    transit = rule("88", begins="2022-04-01", valid_to="2022-06-01", effect="transit_ban")
    said = "Transit through the destination is barred (Reg. (EU) 833/2014: Art. 9x(1), Annex IX "
    found_on = {on: told(book(transit), "8807", on).notes
                for on in ("2022-03-31", "2022-04-01", "2022-05-31", "2022-06-01")}  # fmt: skip
    none_with(found_on["2022-03-31"], "Transit")
    assert one_with(found_on["2022-04-01"], "Transit") == f"{said}since 2022-04-01)."
    one_with(found_on["2022-05-31"], "Transit")
    none_with(found_on["2022-06-01"], "Transit")
    none_with(told(book(transit), "8807", "2022-05-01", to="BLR").notes, "Transit")
    none_with(told(book(transit | {"regime": "UK"}), "8807", "2022-05-01").notes, "Transit")
    watched = rule("8542", effect="watch", regime="US", to="*")
    one_with(told(book(watched), "8542", "2022-05-01", to="ARM").notes, "On a list of goods")
    clause = book(rule("88", "*", effect="clause"))
    for to, on in (("JPN", "2024-05-01"), ("ARM", "2024-05-01"), ("RUS", "2024-05-01")):
        none_with(told(clause, "8807", on, to=to).notes, "Contract duty")


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_measure_of_every_effect_can_be_told(effect: str) -> None:
    """Also where an own file uses it in a way the base does not."""
    notes = told(book(rule("88", effect=effect)), "8807", "2022-06-01").notes
    well_written(notes)
    watch = {"regime": "US"} if effect == "watch" else {}
    rules = book(rule("88", "*", effect=effect, **watch))
    well_written(told(rules, "8807", "2022-06-01", to="ARM").notes)


def test_measures_without_article_and_annex_are_told_without_empty_brackets() -> None:
    bare = {"article": "", "annex": "", "exceptions": "gifts"}
    rules = book(rule("8807", is_partial="true", valid_to="2022-09-01", **bare, **OLD))
    well_written(told(rules, "880730", "2022-04-01").notes)
    well_written(told(rules, "880730", "2022-04-01", contract="2022-03-01").notes)
    well_written(told(rules, "880730", "2022-09-01").notes)


def test_places_and_citations() -> None:
    own = rule("88", article="3c(1)", annex="XI A", valid_to="2022-09-01")
    assert place(own) == "Art. 3c(1), Annex XI A"
    assert cite(own) == f"{RUSSIA_ACT} Art. 3c(1), Annex XI A"
    assert cite(rule("88", **US)) == "15 CFR 746.8(a)(1)"
    assert cite(rule("88", article="", annex="", instrument="")) == "EU"
    reason = found(book(own), "8807", "2022-06-01").because[0]
    assert because_line(reason) == f"{cite(own)}: 88, from 2022-03-01 to 2022-08-31"
    part = found(book(own), "8807", "2022-06-01").because[0]
    assert "(part)" not in because_line(part)


CODES = sorted({row["commodity_code"] for row in shipped().rows} - {"*"})[::40]
DAYS = [date(2021, 12, 1), date(2022, 3, 10), date(2022, 8, 26), date(2023, 8, 20),
        date(2024, 7, 2), date(2025, 10, 24), date(2026, 1, 5)]  # fmt: skip


@settings(deadline=None)
@given(
    st.builds(
        Inquiry,
        regime=st.sampled_from(sorted(context.regimes())),
        destination=st.sampled_from(["RUS", "BLR", "ARM", "JPN", "CHN"]),
        code=st.sampled_from([*CODES, "88", "88073000", "841112"]),
        on=st.sampled_from(DAYS),
        party=st.sampled_from(["", "Belavia", "Nobody"]),
        origin=st.sampled_from(["", "USA", "DEU"]),
        for_use_in=st.sampled_from(["", "RUS", "BLR"]),
        contract=st.sampled_from([None, date(2021, 1, 1)]),
    )
)
def test_notes_of_the_base_that_ships_are_sentences(asked: Inquiry) -> None:
    notes: Any = ask(asked).notes
    well_written(notes)


def test_words_are_told_only_where_they_bar_more_and_the_regime_follows_the_goods() -> None:
    banned = rule("*", "BLR", goods="goods in words")
    licensed = rule("*", "BLR", goods="other goods in words", effect="licence")
    free = told(book(banned, licensed), "0101", "2022-06-01", to="BLR").notes
    assert len([note for note in free if note.startswith("Whatever the code")]) == 2
    duty = book(banned, licensed, rule("0101", "BLR", effect="licence"))
    under = told(duty, "0101", "2022-06-01", to="BLR").notes
    one_with(under, "Whatever the code: ban on goods in words")
    none_with(under, "Whatever the code: licence duty")
    barred = told(book(banned, rule("0101", "BLR")), "0101", "2022-06-01", to="BLR").notes
    none_with(barred, "Whatever the code")


def test_an_indirect_sale_is_told_only_where_it_bars_more() -> None:
    here, there = rule("88", "BLR"), rule("88", "RUS")
    none_with(told(book(here, there), "88", "2022-06-01", to="BLR").notes, "Indirect sale")
    one_with(told(book(there), "88", "2022-06-01", to="BLR").notes, "Indirect sale")


def test_kin_goods_are_told_only_where_these_are_not_barred() -> None:
    engines = rule("840710", "BLR")
    one_with(told(book(engines), "88", "2022-06-01", to="BLR").notes, "Other aircraft goods")
    none_with(
        told(book(engines, rule("88", "BLR")), "88", "2022-06-01", to="BLR").notes, "Other aircraft"
    )


def test_a_party_of_similar_name_is_a_hint_and_no_match() -> None:
    listed = rule("*", "RUS", party="Aeroflot | ПАО Аэрофлот", effect="asset_freeze")
    asked = told(book(listed), "88", "2022-06-01", party="PJSC Aeroflot - Russian Airlines")
    assert asked.answer == "unknown"
    one_with(asked.notes, "'PJSC Aeroflot - Russian Airlines' is similar to what the base holds as")
    other = told(book(listed), "88", "2022-06-01", party="Russian Airlines LLC")
    assert not [note for note in other.notes if "is similar to" in note]
    exact = told(book(listed), "88", "2022-06-01", party="JSC AEROFLOT")
    assert exact.answer == "prohibited"
