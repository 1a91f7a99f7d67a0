"""Free neighbours: who they are, and what their rise in the hub or at the target says."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.conftest import months

from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.neighbours import (
    CHAPTER,
    HEADING,
    Neighbours,
    hub_check,
    nearby,
    neighbours,
    target_check,
)
from entrepot.signals.windows import window

PERIODS = months(2021, 2022)
BAN = date(2022, 2, 26)
WINDOW = window(PERIODS, BAN)
assert WINDOW is not None
AFTER = np.array([period > "2022-02" for period in PERIODS])
C = 10_000.0


def basket(code: str, side: str = "free") -> Basket:
    bound = side == "restricted"
    return Basket(f"{code}:{side}", code, bound, banned_from=BAN if bound else None)


def step(before: float, after: float) -> np.ndarray:
    return np.where(AFTER, after, before)


SPLIT = (basket("8471", "restricted"), basket("8471"), basket("8472"), basket("9001", "restricted"))
"""A heading with free lines, a free heading of the chapter, and a heading without neighbours."""


def test_the_nearest_neighbours_are_the_free_lines_of_the_heading() -> None:
    kinds = [(one.places, one.kind) for one in nearby(SPLIT)]
    assert kinds == [((1,), HEADING), ((), ""), ((), ""), ((), "")]
    without = (SPLIT[0], SPLIT[2], replace(basket("8473"), is_comparable=False))
    assert [(one.places, one.kind) for one in nearby(without)] == [
        ((1,), CHAPTER),
        ((), ""),
        ((), ""),
    ]


def test_at_six_digits_neighbours_share_the_heading() -> None:
    fine = (basket("847130", "restricted"), basket("847141"), basket("847230"))
    assert nearby(fine)[0].places == (1,)
    assert nearby(fine[::2])[0].kind == CHAPTER


def judge(hub: np.ndarray, target: np.ndarray | None, growth: float = 1.0) -> Neighbours:
    assert WINDOW is not None
    return neighbours(SPLIT, hub[None], target, np.array([growth]), WINDOW)


def world(free_in_hub: float, free_at_target: float, restricted_at_target: float):
    """Values after; before all of them 90,000 a month, so that with c the ratio is to 100,000."""
    still = step(9e4, 9e4)
    hub = np.array([step(9e4, 9e5), step(9e4, free_in_hub), still, still])
    target = np.array([step(9e4, restricted_at_target), step(9e4, free_at_target), still, still])
    return hub, target


def test_neighbours_by_hand() -> None:
    found = judge(*world(2.9e5, 1.9e5, 1e4))
    assert found.hub_rose[0, 0] == pytest.approx(np.log(3))
    assert found.hub_held[0, 0] == pytest.approx(np.log(3))
    assert found.target_rose[0] == pytest.approx(np.log(2))
    assert found.target_restricted[0] == pytest.approx(np.log(0.2))
    assert found.target_gain[0] == pytest.approx(10 * 1e5)  # ten months, 100,000 more in each
    np.testing.assert_array_equal(found.is_switch(), [1.0, np.nan, np.nan, np.nan])
    assert np.isnan(found.hub_rose[0, 1:]).all()


def test_the_growth_of_the_hub_is_allowed_for() -> None:
    """At twice the growth 290,000 stands against 180,000: (290 + 10) / (180 + 10)."""
    found = judge(*world(2.9e5, 1.9e5, 1e4), growth=2.0)
    assert found.hub_rose[0, 0] == pytest.approx(np.log(300 / 190))


def test_the_two_results_speak_apart() -> None:
    demand = judge(*world(2.9e5, 9e4, 1e4))
    assert hub_check(demand, 0, 0).outcome == FAILED
    assert target_check(demand, 0, "EUR").outcome == PASSED
    switch = judge(*world(9e4, 1.9e5, 1e4))
    assert hub_check(switch, 0, 0).outcome == PASSED
    failed = target_check(switch, 0, "EUR")
    assert failed.outcome == FAILED
    assert failed.detail == (
        "1 free neighbour in the same heading gained EUR 1.00 m, growth allowed for"
    )


def test_no_switch_where_the_restricted_goods_did_not_fall() -> None:
    assert target_check(judge(*world(9e4, 1.9e5, 9e4)), 0, "EUR").outcome == PASSED


def test_one_delivery_of_a_neighbour_is_no_rise() -> None:
    hub, target = world(9e4, 9e4, 1e4)
    for values in (hub, target):
        values[1, 20] = 5e6
    found = judge(hub, target)
    assert found.hub_rose[0, 0] > 0
    assert hub_check(found, 0, 0).outcome == PASSED
    assert target_check(found, 0, "EUR").outcome == PASSED


def test_what_is_not_there_is_not_testable() -> None:
    hub, target = world(2.9e5, 1.9e5, 1e4)
    assert hub_check(judge(hub, target), 0, 3).outcome == NOT_TESTABLE
    assert target_check(judge(hub, None), 0, "EUR").outcome == NOT_TESTABLE
    hub[1] = target[1] = 0.0
    silent = judge(hub, target)
    assert np.isnan(silent.hub_rose[0, 0])
    assert hub_check(silent, 0, 0).outcome == NOT_TESTABLE
    assert target_check(silent, 0, "EUR").outcome == NOT_TESTABLE


@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 1e3))
def test_currency_and_another_hub_do_not_matter(seed: int, rate: float) -> None:
    assert WINDOW is not None
    rng = np.random.default_rng(seed)
    hubs, target = rng.gamma(1, 1e5, (3, 4, 24)), rng.gamma(1, 1e5, (4, 24))
    growth = np.array([1.0, 1.3, 2.0])
    ours = neighbours(SPLIT, hubs, target, growth, WINDOW, low_base=C)
    scaled = neighbours(SPLIT, hubs * rate, target * rate, growth, WINDOW, low_base=C * rate)
    fewer = neighbours(SPLIT, hubs[:2], target, growth[:2], WINDOW, low_base=C)
    for name in ("hub_rose", "hub_held"):
        np.testing.assert_allclose(getattr(scaled, name), getattr(ours, name), atol=1e-9)
        np.testing.assert_allclose(getattr(fewer, name), getattr(ours, name)[:2], atol=1e-12)
    np.testing.assert_allclose(scaled.target_rose, ours.target_rose, atol=1e-9)
    np.testing.assert_allclose(scaled.target_gain, ours.target_gain * rate, rtol=1e-9, atol=1e-9)
