"""Levels and growth worked by hand."""

import numpy as np
import pytest

from entrepot.signals.growth import (
    MIN_DESTINATIONS,
    MIN_FREE_GOODS,
    Levels,
    goods_growth,
    hub_growth,
    levels,
    reached,
    season_mean,
    without_one_delivery,
)
from entrepot.signals.windows import Window

SERIES = np.array([[[1.0, 2.0, 3.0, 4.0, 10.0, 0.0, 20.0, 30.0]]])
WINDOW = Window(before=(0, 1, 2, 3), after=(4, 5, 6, 7), season=((2, 0.5), (3, 0.5)))
C = 10_000.0


def test_levels_by_hand() -> None:
    found = levels(SERIES, WINDOW)
    assert found.base[0, 0] == 3.5
    assert found.mean[0, 0] == 15.0
    assert found.traded.all()
    assert not levels(np.zeros((1, 1, 8)), WINDOW).traded.any()
    only_before = levels(np.array([0.0, 0, 5, 0, 0, 0, 0, 0]), WINDOW)
    assert bool(only_before.traded)


def test_the_season_takes_each_period_with_its_weight() -> None:
    """1 at 0.25, 3 at 0.25 and 4 at 0.5: 0.25 + 0.75 + 2."""
    uneven = Window((0, 1, 2, 3), (4, 5, 6, 7), ((0, 0.25), (2, 0.25), (3, 0.5)))
    assert season_mean(SERIES, uneven)[0, 0] == 3.0


def test_one_delivery_of_the_past_is_lowered_to_the_second_largest() -> None:
    found = without_one_delivery(np.array([[5.0, 900.0, 7.0, 0.0, 8.0, 9.0, 1.0, 2.0]]), WINDOW)
    np.testing.assert_array_equal(found, [[5.0, 7.0, 7.0, 0.0, 8.0, 9.0, 1.0, 2.0]])
    even = np.array([[6.0, 6.0, 6.0, 6.0, 8.0, 9.0, 1.0, 2.0]])
    np.testing.assert_array_equal(without_one_delivery(even, WINDOW), even)


def test_the_given_figures_stay_as_they_are() -> None:
    given = np.array([[5.0, 900.0, 7.0, 0.0, 8.0, 9.0, 1.0, 2.0]])
    without_one_delivery(given, WINDOW)
    assert given[0, 1] == 900.0


def test_of_three_periods_none_is_an_outlier() -> None:
    short = Window((0, 1, 2), (3,), ((0, 1.0),))
    given = np.array([[5.0, 900.0, 7.0, 8.0]])
    np.testing.assert_array_equal(without_one_delivery(given, short), given)


@pytest.mark.parametrize(
    ("share", "level"),
    [(1.0, 0.0), (0.75, 10.0), (0.7, 10.0), (0.5, 20.0), (0.25, 30.0), (0, 30.0)],
)
def test_the_level_that_a_share_of_the_periods_reach(share: float, level: float) -> None:
    """Of 30, 20, 10 and 0, three of four reach 10."""
    assert reached(SERIES[..., 4:], share)[0, 0] == level


def one_hub(base: np.ndarray, mean: np.ndarray) -> Levels:
    return Levels(base[None, :], mean[None, :])


def test_hub_growth_is_the_median_of_free_goods_and_never_below_one() -> None:
    base = np.full((2, 30), 1e6)
    mean = base * np.array([[3.0], [0.5]])
    mean[0, :3] *= 1000.0  # three wild goods do not decide
    grown = hub_growth(Levels(base, mean), np.ones((2, 30), dtype=bool), C)
    assert grown[0] == pytest.approx((3e6 + C) / (1e6 + C))
    assert grown[1] == 1.0


def test_a_good_weighs_by_the_root_of_its_size() -> None:
    """Nine goods of 1 m doubled (weight 9 x 1,189), six of 100 m fivefold (6 x 14,953)."""
    size, times = np.repeat([1e6, 1e8], [9, 6]), np.repeat([2.0, 5.0], [9, 6])
    free = np.ones((1, 15), dtype=bool)
    assert hub_growth(one_hub(size, size * times), free, 0.0)[0] == 5.0
    same = np.full(15, 1e6)
    assert hub_growth(one_hub(same, same * times), free, 0.0)[0] == 2.0


def test_restricted_and_idle_goods_are_no_free_goods() -> None:
    base = np.full(20, 1e6)
    mean = base * np.repeat([2.0, 50.0], [15, 5])
    free = np.repeat([True, False], [15, 5])[None, :]
    assert hub_growth(one_hub(base, mean), free, 0.0)[0] == 2.0
    base[0] = mean[0] = 0.0  # 14 that trade are left
    assert hub_growth(one_hub(base, mean), free, 0.0)[0] == 1.0


def test_too_few_free_goods_measure_no_growth() -> None:
    few = np.full(MIN_FREE_GOODS - 1, 1e6)
    free = np.ones((1, len(few)), dtype=bool)
    assert hub_growth(one_hub(few, few * 9), free, C)[0] == 1.0


def test_goods_growth_is_the_median_over_destinations_that_trade() -> None:
    """Good 0 doubled at 11 of 21, good 1 at 10 of 21, good 2 trades at 19 only, good 3 halved."""
    base = np.full((21, 4), 1e6)
    mean = base.copy()
    mean[:11, 0] *= 2
    mean[:10, 1] *= 2
    mean[:, 2] *= 2
    base[:2, 2] = mean[:2, 2] = 0.0
    mean[:, 3] *= 0.5
    np.testing.assert_allclose(goods_growth(Levels(base, mean), 1e-9), [2.0, 1.0, 1.0, 1.0])
    base[:1, 2], mean[:1, 2] = 1e6, 2e6  # now twenty trade in it
    assert MIN_DESTINATIONS == 20
    assert goods_growth(Levels(base, mean), 1e-9)[2] == pytest.approx(2.0)
