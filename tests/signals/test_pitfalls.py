"""Entrepots, sets of controls and lists made from the outcome: by hand, from what a lead holds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.goodlead import GOOD, Around, around, late_listing, panel

from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checkgroups import Named
from entrepot.signals.checks import checks
from entrepot.signals.lead import Lead


def told(name: str, lead: Lead = GOOD, **change: object) -> Named:
    """The named test of a lead, changed or not."""
    changed = replace(lead, **change)  # type: ignore[arg-type]
    (found,) = [one for one in checks(changed, 0.1) if one.name == name]
    return found


# -- entrepots (7) --------------------------------------------------------------------------------


def test_the_rise_without_the_entrepots_that_sold_more_by_hand() -> None:
    """Germany had 1 of 4 a month before, so 25 of the 100 expected; after it sold 2 x 50."""
    sold = (("NLD", 3.0, 53.0), ("DEU", 1.0, 50.0))
    found = told("entrepots", reporters=sold)
    assert found.outcome == PASSED
    assert found.detail == "without Netherlands EUR 100 against EUR 25 expected"


def test_an_entrepot_that_sold_less_is_not_taken_out() -> None:
    found = told("entrepots", reporters=(("NLD", 60.0, 5.0), ("DEU", 1.0, 50.0)))
    assert (found.outcome, found.detail) == (
        PASSED, "no entrepot among those who sold more than before",
    )  # fmt: skip


def test_where_nothing_was_sold_before_all_is_expected_of_the_others() -> None:
    found = told("entrepots", reporters=(("BEL", 0.0, 90.0), ("DEU", 0.0, 10.0)))
    assert found.detail == "without Belgium EUR 20 against EUR 100 expected"
    assert found.outcome == FAILED


@pytest.mark.parametrize(
    ("low", "expected"), [(400.0, PASSED), (-1.0, FAILED), (None, NOT_TESTABLE)]
)
def test_a_hub_that_is_an_entrepot_is_judged_by_what_it_sold_on(
    low: float | None, expected: str
) -> None:
    found = told("entrepots", hub="HKG", onward_low=low)
    assert found.outcome == expected
    assert "Hong Kong" in found.detail
    assert "is itself an entrepot" in found.detail


@given(st.floats(1e-3, 1e6))
def test_the_unit_of_money_changes_no_outcome(scale: float) -> None:
    sold = (("NLD", 3.0, 53.0), ("DEU", 1.0, 50.0))
    times = {"actual": 1_000.0 * scale, "expected": 100.0 * scale, "excess": 900.0 * scale}
    scaled = tuple((who, base * scale, after * scale) for who, base, after in sold)
    values = tuple(one * scale for one in GOOD.values)
    for name in ("entrepots", "control sets"):
        found = told(name, reporters=scaled, values=values, **times)
        assert found.outcome == told(name, reporters=sold).outcome


def test_the_placebo_entrepot_by_hand() -> None:
    """(30,020 + 10,000) / (10 + 10,000) = 4.00 times; 4.00 x 30 is 120, under 1,000."""
    found = told("Singapore test", **around(panel=panel(singapore=30_020.0)))
    assert found.outcome == PASSED
    assert found.detail == "there they changed 4.00 times; EUR 1.00 k here against EUR 120"


def test_what_shrank_at_the_placebo_entrepot_passes_no_lead() -> None:
    """From 10,000 a month to none it is half as much; asked for is still the level before, 30."""
    low = panel(singapore=0.0)
    low.values[1, 0, :2] = 10_000.0
    found = told("Singapore test", actual=29.0, excess=1.0, **around(panel=low))
    assert found.outcome == FAILED
    assert found.detail == "there they changed 0.50 times; EUR 29 here against EUR 30"


def test_the_placebo_entrepot_is_no_placebo_for_itself() -> None:
    found = told("Singapore test", hub="SGP")
    assert (found.outcome, found.detail) == (NOT_TESTABLE, "the hub is the placebo entrepot")


def test_without_trade_there_the_placebo_entrepot_tells_nothing() -> None:
    silent = panel()
    silent.values[:] = 0.0
    assert told("Singapore test", **around(panel=silent)).outcome == NOT_TESTABLE


# -- sets of controls (12) ------------------------------------------------------------------------


def test_both_sets_of_controls_are_told() -> None:
    """Usual is 2 x 15 = 30: 1,000 - 1.5 x 30 = 955 and 1,000 - 1.2 x 30 = 964."""
    found = told("control sets")
    assert found.outcome == PASSED
    assert found.detail == ("free goods of the hub leave EUR 955, the same goods elsewhere EUR 964")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"destinations": 19}, "only one set can be told: free goods of the hub"),
        ({"free_goods": 14}, "needed: 15 free goods of the hub; the same goods elsewhere leave"),
        ({"free_goods": 14, "destinations": 19}, "needed: 15 free goods of the hub"),
        ({"excess": None}, "not judged"),
        ({"excess": 0.0}, "it did not rise"),
    ],
)
def test_one_set_of_controls_is_not_enough(change: dict[str, object], words: str) -> None:
    found = told("control sets", **change)
    assert found.outcome == NOT_TESTABLE
    assert found.detail.startswith(words)


# -- lists made from the outcome (16) -------------------------------------------------------------


def test_what_rose_before_it_was_restricted_may_have_been_listed_for_it() -> None:
    """Twelve months of 100 above twelve of 10 x 1.5: all 144 pairs."""
    found = told("listing", **late_listing(risen=100.0))
    assert found.outcome == FAILED
    assert found.detail == (
        "restricted from 2022-01-01, the first goods from 2021-01-01; between, 144 of 144 pairs of "
        "periods were higher, growth allowed for"
    )


def test_what_rose_only_after_its_late_restriction_was_not() -> None:
    """Twelve months of 15 are not above 10 x 1.5."""
    found = told("listing", **late_listing(risen=15.0))
    assert found.outcome == PASSED
    assert "between, 0 of 144 pairs" in found.detail


def test_the_first_goods_were_listed_without_figures_of_a_rise() -> None:
    found = told("listing")
    assert found.detail == "restricted from 2022-02-26, not later than the first goods"


def listed(first_from: date) -> Named:
    """The late listing, where the first goods were restricted from another day."""
    change = late_listing(risen=100.0)
    late, first = Around.of(change).panel.baskets
    made = replace(Around.of(change).panel, baskets=(late, replace(first, banned_from=first_from)))
    return told("listing", **{**change, **around(panel=made)})


def test_three_whole_months_between_are_too_few_for_a_list() -> None:
    found = listed(date(2021, 10, 1))
    assert found.outcome == PASSED
    assert found.detail.endswith("92 days after the first goods: too soon for figures of a rise")


def test_without_a_year_before_the_first_goods_nothing_is_told() -> None:
    """From January to August 2020 are eight months."""
    found = listed(date(2020, 9, 1))
    assert found.outcome == NOT_TESTABLE
    assert found.detail == "the figures begin too late before 2020-09-01"
