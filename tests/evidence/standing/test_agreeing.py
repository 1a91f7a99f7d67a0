"""Which claims say the same."""

from datetime import date
from typing import Any

from entrepot.evidence.claim import Claim
from entrepot.evidence.standing.agreeing import agree, groups, is_against


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
    assert is_against(claim(kind="denial"), claim())
    assert is_against(claim(is_negated=True), claim())
    assert not is_against(claim(kind="denial", is_negated=True), claim())
    assert is_against(
        claim(type="trade", predicate="falls"), claim(type="trade", predicate="rises")
    )
