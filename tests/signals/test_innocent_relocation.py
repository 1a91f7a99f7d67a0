"""Relocation of demand: free goods of the same section, and other destinations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.test_innocent_measure import KYRGYZ

from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.relocation import (
    check_elsewhere,
    check_free,
    relocation,
    weighted_medians,
)

GOODS = ("8542", "8401", "8402", "8403", "8404", "8405", "6101")
BASKETS = tuple(Basket(code, code, code == "8542", codes=(code,)) for code in GOODS)
LOW = 90_000.0


def world(others: int) -> tuple[np.ndarray, np.ndarray]:
    """One hub that doubles all free goods of section XVI and one of section XI ninefold; and
    `others` that each buy 100,000 of 8542 before and 70,000 after."""
    before = np.zeros((1 + others, len(GOODS)))
    before[0] = 1_000_000.0
    before[1:, 0] = 100_000.0
    after = before.copy()
    after[0] *= [3, 2, 2, 2, 2, 2, 9]
    after[1:, 0] = 70_000.0
    return before, after


def run(others: int):
    before, after = world(others)
    free = np.broadcast_to(np.array([not one.is_restricted for one in BASKETS]), before.shape)
    return relocation(before, after, BASKETS, free, LOW)


def test_growth_of_the_section_by_hand() -> None:
    """(2 m + 90 k) / (1 m + 90 k); the ninefold shirts are of another section."""
    found = run(19)
    assert found.section_growth[0, 0] == pytest.approx(2_090_000 / 1_090_000)
    assert found.section_goods[0, 0] == 5
    assert np.isnan(found.section_growth[0, 6])  # one good in section XI
    assert np.isnan(found.section_growth[1, 0])  # the others buy no free goods


def test_what_others_lost_by_hand() -> None:
    """19 others bought 30,000 less each: 570,000. Seen from one of them, the hub gained more."""
    found = run(19)
    assert found.lost_elsewhere[0, 0] == pytest.approx(570_000.0)
    assert found.others[0, 0] == 19
    assert found.lost_elsewhere[1, 0] == 0.0


def test_few_destinations_are_null() -> None:
    assert np.isnan(run(18).lost_elsewhere[0, 0])


def test_a_weighted_median_by_hand() -> None:
    """Half of the weight of 6 is reached at 2.0 (1 + 3); a good without weight does not count."""
    values = np.array([[2.0, 9.0, 1.0, 5.0]])
    assert weighted_medians(values, np.array([[3.0, 2.0, 1.0, 0.0]]))[0] == 2.0
    assert weighted_medians(values, np.array([[0.0, 2.0, 0.0, 1.0]]))[0] == 9.0


@given(
    st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=1, max_size=9),
    st.randoms(use_true_random=False),
)
def test_half_of_the_weight_lies_on_each_side_and_order_is_no_number(pairs, random) -> None:
    values, weights = np.array(pairs).T
    middle = weighted_medians(values[None, :], weights[None, :])[0]
    half = weights.sum() / 2 * (1 + 1e-9)
    assert weights[values < middle].sum() <= half
    assert weights[values > middle].sum() <= half
    random.shuffle(pairs)
    values, weights = np.array(pairs).T
    again = weighted_medians(values[None, :], weights[None, :])[0]
    assert again == pytest.approx(middle) or weights[values <= middle].sum() == pytest.approx(
        weights.sum() / 2
    )


@pytest.mark.parametrize(("growth", "outcome"), [(49.9, PASSED), (50.0, FAILED), (70.0, FAILED)])
def test_a_good_must_rise_by_more_than_its_section(growth: float, outcome: str) -> None:
    """9,000 before: fifty times as much is 450,000."""
    assert check_free(growth, 9, "XVI", KYRGYZ).outcome == outcome


def test_the_section_is_named_with_its_goods() -> None:
    assert check_free(2.0, 9, "XVI", KYRGYZ).detail == (
        "9 free goods of section XVI changed 2.00 times; as much would give EUR 18.0 k, it was "
        "EUR 450 k"
    )
    assert check_free(None, 3, "XVI", KYRGYZ).outcome == NOT_TESTABLE


@pytest.mark.parametrize(("lost", "outcome"), [(0.0, PASSED), (436_500.0, FAILED)])
def test_the_rise_must_exceed_what_others_lost(lost: float, outcome: str) -> None:
    assert check_elsewhere(lost, 30, KYRGYZ).outcome == outcome
    assert check_elsewhere(None, 5, KYRGYZ).outcome == NOT_TESTABLE


def test_a_restricted_good_of_no_growth_passes_on_its_own_level() -> None:
    lead = replace(KYRGYZ, expected=9_000.0)
    assert check_free(1.0, 5, "XVI", lead).outcome == PASSED
