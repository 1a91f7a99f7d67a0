"""Spells of cover, and the gap between two destinations."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import book, day, rule

from entrepot.measures.ask import shipped
from entrepot.measures.book import Rulebook, Touch
from entrepot.measures.gap import Gap, gap, times
from entrepot.measures.spells import barring, listed_codes, spells

EU = ("EU",)


def level(touches: Iterable[Touch], on: date) -> int:
    """How much is barred on a day, 0 to 2, without the code under test."""
    best = 0
    for touch in touches:
        row = touch.row
        if row["valid_from"] <= on and (row["valid_to"] or date.max) > on:
            best = max(best, 2 if touch.coverage == "full" else 1)
    return best


WORDS = ("none", "part", "full")


def told(rules: Rulebook, code: str, *, merge: bool = False) -> list[tuple[str, str, str, int]]:
    found = spells(barring(rules, code, "RUS"), merge=merge)
    return [(str(s.start), str(s.end), s.coverage, len(s.rows)) for s in found]


MOVED = (
    rule("88", begins="2022-03-01", valid_to="2022-04-01", annex="A"),
    rule("88", begins="2022-04-01", valid_to="2022-06-01", annex="B"),
    rule("880730", begins="2022-05-01", valid_to="2022-07-01"),
)


def test_spells_of_a_code() -> None:
    assert told(book(*MOVED), "8807") == [
        ("2022-03-01", "2022-04-01", "full", 1),
        ("2022-04-01", "2022-05-01", "full", 1),
        ("2022-05-01", "2022-06-01", "full", 2),
        ("2022-06-01", "2022-07-01", "part", 1),
        ("2022-07-01", "None", "none", 0),
    ]
    assert told(book(*MOVED), "8807", merge=True) == [
        ("2022-03-01", "2022-06-01", "full", 1),
        ("2022-06-01", "2022-07-01", "part", 1),
        ("2022-07-01", "None", "none", 0),
    ]
    assert told(book(), "8807") == []
    assert [s[2] for s in told(book(rule("88", begins="2022-03-01")), "88")] == ["full"]


def test_only_bans_and_licences_of_the_asked_place_and_regime_bar() -> None:
    rules = book(
        rule("88"),
        rule("88", "*", effect="licence"),
        rule("88", "BLR"),
        rule("88", effect="transit_ban"),
        rule("88", regime="UK"),
        rule("88", party="Alpha"),
    )
    assert [t.row["destination"] for t in barring(rules, "88", "RUS", EU)] == ["RUS", "*"]
    assert len(barring(rules, "88", "RUS")) == 3
    assert barring(rules, "88", "RUS", ()) == []
    assert listed_codes(rules, "RUS", None) == ["88"]
    assert listed_codes(book(rule("87", party="Alpha"), rule("*", goods="x")), "RUS", None) == []
    assert listed_codes(rules, "RUS", None, day("2022-02-28")) == []
    assert listed_codes(rules, "RUS", None, day("2022-02-28"), day("2022-03-01")) == ["88"]


def only(found: list[Gap], code: str) -> Gap:
    (one,) = [one for one in found if one.commodity_code == code]
    return one


WORLD = (
    rule("88", begins="2022-02-26", article="3c"),
    rule("88", "BLR", "2023-08-05", article="1sa"),
    rule("8542", begins="2022-02-26", valid_to="2022-06-01"),
    rule("8407", begins="2022-03-01"),
    rule("8407", "BLR", "2022-03-03", valid_to="2022-09-01"),
    rule("8708", begins="2022-03-01"),
    rule("870810", "BLR", "2022-04-01", article="1s"),
    rule("870821", "BLR", "2022-04-01", article="1s", is_partial="true"),
    rule("9013", begins="2022-03-01", is_partial="true"),
    rule("9013", "BLR", "2022-04-01", is_partial="true"),
)


def test_a_gap_opens_and_closes() -> None:
    found = gap(book(*WORLD), "BLR", "RUS", day("2022-03-02"))
    assert [one.commodity_code for one in found] == ["8407", "8542", "8708", "88", "9013"]
    planes = only(found, "88")
    assert (str(planes.opened_on), str(planes.closes_on)) == ("2022-02-26", "2023-08-05")
    assert (planes.target_cover, planes.hub_cover, planes.section) == ("full", "none", "XVII")
    assert [row["article"] for row in planes.rows] == ["3c"]
    assert [row["article"] for row in planes.closing] == ["1sa"]
    assert (planes.hub_rows, planes.except_codes) == ((), ())
    chips = only(found, "8542")
    assert (str(chips.closes_on), chips.closing) == ("2022-06-01", ())  # the target's ban ends
    later = gap(book(*WORLD), "BLR", "RUS", day("2022-04-01"))
    assert [one.commodity_code for one in later] == ["8542", "8708", "88"]
    cars = only(later, "8708")
    assert (cars.hub_cover, cars.except_codes, cars.closes_on) == ("part", ("870810",), None)
    assert [row["commodity_code"] for row in cars.hub_rows] == ["870810", "870821"]
    again = only(gap(book(*WORLD), "BLR", "RUS", day("2022-09-01")), "8407")
    assert (str(again.opened_on), again.closes_on) == ("2022-09-01", None)


def test_a_gap_is_half_open_too() -> None:
    def held(on: str) -> bool:
        return any(o.commodity_code == "88" for o in gap(book(*WORLD), "BLR", "RUS", day(on)))

    days = ["2022-02-25", "2022-02-26", "2023-08-04", "2023-08-05"]
    assert [held(on) for on in days] == [False, True, True, False]


def test_a_gap_passes_over_a_change_of_annex() -> None:
    rules = book(*MOVED, rule("88", "BLR", "2022-05-15"))
    one = only(gap(rules, "BLR", "RUS", day("2022-04-10")), "88")
    assert (str(one.opened_on), str(one.closes_on)) == ("2022-03-01", "2022-05-15")
    theirs, own = barring(rules, "88", "RUS"), barring(rules, "88", "BLR")
    assert times(theirs, own) == [(day("2022-03-01"), day("2022-05-15"))]
    assert times(own, theirs) == [(day("2022-06-01"), None)]


def test_codes_inside_a_listed_one_are_not_repeated_unless_they_close_apart() -> None:
    rules = book(rule("88"), rule("8807"), rule("8806"), rule("8806", "BLR", "2022-09-01"))
    found = gap(rules, "BLR", "RUS", day("2022-06-01"))
    assert [one.commodity_code for one in found] == ["88", "8806"]


def test_a_code_is_not_repeated_inside_a_heading_that_closes_apart_from_its_chapter() -> None:
    """8407 closes earlier than 84, and 8407 10 with 8407: the heading says it already."""
    rules = book(rule("84"), rule("8407"), rule("840710"), rule("8407", "BLR", "2022-09-01"))
    found = gap(rules, "BLR", "RUS", day("2022-06-01"))
    assert [one.commodity_code for one in found] == ["84", "8407"]


def test_a_partial_heading_does_not_hide_a_whole_line() -> None:
    rules = book(rule("8542", is_partial="true"), rule("854231"))
    found = gap(rules, "BLR", "RUS", day("2022-06-01"))
    assert [(o.commodity_code, o.target_cover) for o in found] == [
        ("8542", "part"),
        ("854231", "full"),
    ]


def test_the_gap_of_belarus_on_26_august_2022() -> None:
    found = gap(shipped(), "BLR", "RUS", day("2022-08-26"), EU)
    planes = only(found, "88")
    assert (str(planes.opened_on), str(planes.closes_on)) == ("2022-02-26", "2023-08-05")
    assert (planes.target_cover, planes.hub_cover) == ("full", "none")
    assert {row["annex"] for row in planes.closing} == {"XVII"}
    assert {row["article"] for row in planes.rows} == {"3c(1)"}
    assert not [one for one in found if one.commodity_code.startswith("8407")]
    codes = [one.commodity_code for one in found]
    assert codes == sorted(set(codes))
    assert not any(code.startswith("88") for code in codes if code != "88")


@pytest.mark.parametrize("on", ["2022-03-10", "2022-08-26", "2024-03-01"])
def test_opening_and_closing_days_agree_with_looking_at_every_day(on: str) -> None:
    asked = day(on)
    for one in gap(shipped(), "BLR", "RUS", asked, EU)[::23]:
        theirs = barring(shipped(), one.commodity_code, "RUS", EU)
        own = barring(shipped(), one.commodity_code, "BLR", EU)

        def is_open(when: date, theirs: Any = theirs, own: Any = own) -> bool:
            return level(theirs, when) > level(own, when)

        when = asked
        while is_open(when - timedelta(days=1)):
            when -= timedelta(days=1)
        assert one.opened_on == when
        when = asked
        while is_open(when) and when < date(2026, 1, 1):
            when += timedelta(days=1)
        assert one.closes_on == (when if when < date(2026, 1, 1) else None)


@pytest.mark.parametrize("on", ["2022-02-26", "2023-03-01", "2025-06-01"])
def test_every_listed_code_is_in_the_gap_or_as_barred_to_the_hub_or_inside_another(on: str) -> None:
    found = {one.commodity_code for one in gap(shipped(), "BLR", "RUS", day(on), EU)}
    for code in listed_codes(shipped(), "RUS", EU, day(on))[::7]:
        more = level(barring(shipped(), code, "RUS", EU), day(on))
        less = level(barring(shipped(), code, "BLR", EU), day(on))
        above = {code[:digits] for digits in (2, 4, 6, 8)}
        assert (more > less) == bool(above & found or code in found), code


CODES = ("88", "8807", "880730", "8542", "854231")
DAYS = st.integers(0, 40).map(lambda n: date(2022, 3, 1) + timedelta(days=n))


@st.composite
def bans(draw: st.DrawFn, to: str = "RUS") -> dict[str, Any]:
    begins, length = draw(DAYS), draw(st.none() | st.integers(1, 30))
    return rule(
        draw(st.sampled_from(CODES)),
        to,
        str(begins),
        valid_to="" if length is None else str(begins + timedelta(days=length)),
        effect=draw(st.sampled_from(["export_ban", "licence"])),
        is_partial=str(draw(st.booleans())),
    )


@settings(deadline=None)
@given(st.lists(bans(), max_size=6), DAYS)
def test_no_gap_where_the_hub_has_all_measures_of_the_target(
    rows: list[dict[str, Any]], on: date
) -> None:
    same = [row | {"destination": "BLR"} for row in rows]
    assert gap(book(*rows, *same), "BLR", "RUS", on) == []


@settings(deadline=None)
@given(st.lists(bans(), max_size=5), st.lists(bans("BLR"), max_size=5), DAYS)
def test_a_gap_of_a_random_book(
    rows: list[dict[str, Any]], own: list[dict[str, Any]], on: date
) -> None:
    rules = book(*rows, *own)
    for one in gap(rules, "BLR", "RUS", on):
        theirs, hub = (barring(rules, one.commodity_code, to) for to in ("RUS", "BLR"))
        assert one.target_cover == WORDS[level(theirs, on)]
        assert one.hub_cover == WORDS[level(hub, on)]
        assert one.opened_on <= on
        for when in (one.opened_on, on):
            assert level(theirs, when) > level(hub, when)
        assert one.closes_on is None or on < one.closes_on
        if one.closes_on is not None:
            assert level(theirs, one.closes_on) <= level(hub, one.closes_on)


@settings(deadline=None)
@given(st.lists(bans(), max_size=6), st.sampled_from(CODES), st.booleans())
def test_spells_follow_each_other_and_hold_the_cover_of_their_days(
    rows: list[dict[str, Any]], code: str, merge: bool
) -> None:
    touches = barring(book(*rows), code, "RUS")
    found = spells(touches, merge=merge)
    for one, after in pairwise(found):
        assert one.end == after.start
        assert not merge or one.coverage != after.coverage
    for one in found:
        last = (one.end or one.start + timedelta(days=60)) - timedelta(days=1)
        for when in (one.start, last):
            assert one.holds(when)
            assert one.coverage == WORDS[level(touches, when)]
        assert not one.holds(one.start - timedelta(days=1))
        assert one.end is None or not one.holds(one.end)
