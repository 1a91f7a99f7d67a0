"""Which claims say the same."""

from dataclasses import replace
from datetime import date
from typing import Any

from entrepot.evidence.claim import Claim
from entrepot.evidence.standing.agreeing import agree, groups, relation


def claim(**fields: Any) -> Claim:
    base: dict[str, Any] = {
        "text": "x", "span": (0, 1), "type": "transfer", "kind": "fact", "predicate": "passes_on",
        "report_id": "rep_1", "actors": ("BLR",), "destination": "RUS",
        "goods": ("aircraft parts",), "goods_codes": ("8807",),
    }  # fmt: skip
    return Claim(**(base | fields))


def test_the_same_fact_in_other_words_agrees() -> None:
    assert agree(claim(), claim(goods=("parts for aircraft",), goods_codes=("88",)))
    assert agree(claim(), claim(date_from=date(2022, 8, 1), date_to=date(2022, 9, 1)))


def test_what_both_say_must_fit() -> None:
    assert not agree(claim(), claim(destination="CHN"))
    assert not agree(claim(), claim(actors=("KAZ",)))
    assert not agree(claim(), claim(goods_codes=("8542",)))
    assert not agree(claim(), claim(type="trade", predicate="sells"))
    assert not agree(claim(quantity=200.0, unit="soldiers"), claim(quantity=300.0, unit="soldiers"))
    assert not agree(claim(quantity=200.0, unit="soldiers"), claim(quantity=200.0, unit="trucks"))


def test_rounding_is_no_difference() -> None:
    assert agree(claim(quantity=14.4e6, unit="USD"), claim(quantity=14.2e6, unit="USD"))


def test_days_that_only_touch_do_not_overlap() -> None:
    july = claim(date_from=date(2022, 7, 1), date_to=date(2022, 8, 1))
    august = claim(date_from=date(2022, 8, 1), date_to=date(2022, 9, 1))
    assert not agree(july, august)
    since = claim(date_from=date(2022, 7, 15), date_to=None)
    assert agree(since, august)


def test_too_little_said_is_no_agreement() -> None:
    assert not agree(
        claim(goods=(), goods_codes=(), destination=None),
        claim(goods=(), goods_codes=(), destination=None),
    )


def test_a_group_needs_every_member_to_agree() -> None:
    open_one = claim(destination=None)
    found = groups([claim(), open_one, claim(destination="CHN")])
    assert [len(one) for one in found] == [2, 1]


def test_a_denial_and_a_negation_stand_against_and_both_together_do_not() -> None:
    assert relation(claim(kind="denial"), claim()) == "against"
    assert relation(claim(is_negated=True), claim()) == "against"
    assert relation(claim(kind="denial", is_negated=True), claim()) == "for"
    falls, rises = (claim(type="trade", predicate=one) for one in ("falls", "rises"))
    assert relation(falls, rises) == "against"


def test_a_denial_of_the_opposite_says_the_same() -> None:
    may, may_not = (claim(type="restriction", predicate=one) for one in ("may", "may_not"))
    assert relation(may, may_not) == "against"
    assert relation(replace(may, kind="denial"), may_not) == "for"
    assert relation(replace(may, is_negated=True), may_not) == "for"
    none = claim(type="trade", predicate="none")
    assert relation(none, claim(type="trade", predicate="buys")) == "against"


def test_what_did_not_fall_need_not_have_risen() -> None:
    rises, falls = (claim(type="trade", predicate=one) for one in ("rises", "falls"))
    assert relation(replace(falls, kind="denial"), rises) == "neutral"
    assert relation(falls, replace(rises, is_negated=True)) == "for"
    assert relation(replace(falls, is_negated=True), replace(rises, is_negated=True)) == "neutral"


def test_what_is_announced_is_not_what_happened() -> None:
    assert not agree(claim(kind="threat"), claim())
    assert not agree(claim(), claim(kind="forecast"))
    assert agree(claim(kind="threat"), claim(kind="forecast"))


def test_other_counterparts_are_another_fact() -> None:
    assert not agree(claim(counterparts=("KAZ",)), claim(counterparts=("CHN",)))
    listed: dict[str, Any] = {"type": "listing", "predicate": "listed", "actors": ("EU",),
                              "goods": (), "goods_codes": (), "destination": None}  # fmt: skip
    assert agree(claim(counterparts=("A",), **listed), claim(counterparts=("A",), **listed))


def test_a_report_says_nothing_of_days_after_its_own() -> None:
    early = claim(reported_on=date(2022, 8, 26))
    later = claim(date_from=date(2023, 8, 4), date_to=date(2023, 8, 5))
    assert not agree(early, later)
    assert agree(replace(early, reported_on=date(2023, 8, 4)), later)
    ahead = replace(later, kind="forecast")
    assert agree(replace(early, kind="forecast"), ahead)


def test_an_amount_of_a_year_is_not_that_of_a_month() -> None:
    money: dict[str, Any] = {"type": "trade", "predicate": "sells", "quantity": 5e6, "unit": "EUR"}
    year = claim(date_from=date(2022, 1, 1), date_to=date(2023, 1, 1), **money)
    month = claim(date_from=date(2022, 8, 1), date_to=date(2022, 9, 1), **money)
    assert not agree(year, month)
    assert agree(year, claim(date_from=date(2022, 2, 1), date_to=date(2022, 12, 1), **money))
    assert agree(replace(year, quantity=None, unit=None), month)


def test_things_counted_are_the_same_in_two_languages() -> None:
    two = claim(quantity=200.0, unit="soldiers")
    assert agree(two, claim(quantity=200.0, unit="солдат"))
    assert not agree(two, claim(quantity=200.0, unit="вагонов"))
    assert not agree(claim(quantity=2.0, unit="EUR"), claim(quantity=2.0, unit="USD"))
