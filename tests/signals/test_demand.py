"""The panel model against iterative proportional fitting, known truths, and its limits.

Poisson likelihood with fixed effects meets the sum of every level of every effect exactly. So
scaling each effect in turn until its sums fit (iterative proportional fitting; Deming and Stephan
1940, Ann. Math. Stat. 11, 427-444) gives the same fit without any regression.
"""

from datetime import date

import numpy as np
import pytest
from tests.signals.conftest import months

from entrepot.signals import demand as module
from entrepot.signals.demand import calm, demand, expected
from entrepot.signals.growth import MIN_DESTINATIONS, MIN_FREE_GOODS
from entrepot.signals.windows import Window, window

AXES = {"hk": (2,), "ht": (1,), "kt": (0,)}
"""Axes of hubs x baskets x periods that each effect adds up over."""


def ipf(values: np.ndarray, sample: np.ndarray, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Effects as factors, from the sums alone; nan where there is nothing to add up."""
    effects = {name: values.sum(AXES[name], keepdims=True) * 0 + 1.0 for name in names}
    for _ in range(3_000):
        for name in names:
            fitted = np.where(sample, np.prod(np.broadcast_arrays(*effects.values()), axis=0), 0)
            sums = [
                np.where(sample, one, 0).sum(AXES[name], keepdims=True) for one in (values, fitted)
            ]
            with np.errstate(invalid="ignore"):
                effects[name] = effects[name] * (sums[0] / sums[1])
    return effects


def without_itself(
    values: np.ndarray, sample: np.ndarray, effects: dict[str, np.ndarray]
) -> np.ndarray:
    """Demand by IPF, each cell of the sample left out of its hub's growth."""
    fitted = np.prod(np.broadcast_arrays(*effects.values()), axis=0)
    fitted, actual = np.where(sample, fitted, 0.0), np.where(sample, values, 0.0)
    others = [one.sum(axis=1, keepdims=True) - one for one in (actual, fitted)]
    moved = np.prod(np.broadcast_arrays(*[effects[n] for n in effects if n != "hk"]), axis=0)
    return np.where(sample, moved * others[0] / others[1], moved)


def by_its_mean(index: np.ndarray) -> np.ndarray:
    """Demand up to its constant per cell."""
    return np.asarray(index / index.mean(axis=-1, keepdims=True))


def truth(seed: int, hubs: int, goods: int, periods: int, *, with_goods: bool) -> np.ndarray:
    """Level of the cell x growth of the hub (x demand for the good)."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(11, 1.5, (hubs, goods, 1)))
    growth = np.exp(rng.normal(0, 0.3, (hubs, 1, periods)))
    wanted = np.exp(rng.normal(0, 0.3, (1, goods, periods))) if with_goods else 1.0
    return np.asarray(level * growth * wanted)


def noisy(mean: np.ndarray, seed: int = 1) -> np.ndarray:
    return np.asarray(mean * np.random.default_rng(seed).gamma(2, 0.5, mean.shape))


def flags(hubs: int, goods: int, free: int) -> np.ndarray:
    """Hubs x goods of which the last ones are free."""
    return np.broadcast_to(np.arange(goods) >= goods - free, (hubs, goods))


def before_the_ban(free: np.ndarray, periods: int, ban: int) -> np.ndarray:
    """Untouched: free goods, and all goods in the periods before the ban."""
    return free[..., None] | (np.arange(periods) < ban)


def test_in_a_whole_panel_demand_is_what_the_others_bought() -> None:
    """Two-way fit: row sum x column sum / total, so without itself the sum of all others."""
    values = noisy(truth(1, 2, 20, 12, with_goods=False))
    every = np.ones(values.shape, dtype=bool)
    found = demand(values, every, flags(2, 20, 20))
    assert (found.rows, found.has_goods, found.reason) == (2 * 20 * 12, False, "")
    assert found.index is not None
    others = values.sum(axis=1, keepdims=True) - values
    np.testing.assert_allclose(by_its_mean(found.index), by_its_mean(others), rtol=1e-5)


def test_two_way_effects_of_an_incomplete_panel_are_those_of_ipf() -> None:
    free = flags(2, 24, 16)
    sample = before_the_ban(free, 12, 8)
    values = noisy(truth(2, 2, 24, 12, with_goods=False))
    values[0, :8, 8:] *= 9.0  # what was touched takes no part
    found = demand(values, sample, free)
    assert found.index is not None
    by_sums = without_itself(values, sample, ipf(values, sample, ("hk", "ht")))
    np.testing.assert_allclose(by_its_mean(found.index), by_its_mean(by_sums), rtol=1e-5)


def test_three_way_effects_of_an_incomplete_panel_are_those_of_ipf() -> None:
    """At 22 destinations; what is restricted is known at 15 of them after the ban."""
    free = flags(22, 20, 15)
    sample = before_the_ban(free, 8, 5).copy()
    sample[7:] = True
    values = noisy(truth(3, 22, 20, 8, with_goods=True))
    found = demand(values, sample, free)
    assert found.has_goods
    assert found.index is not None
    by_sums = without_itself(values, sample, ipf(values, sample, ("hk", "ht", "kt")))
    np.testing.assert_allclose(by_its_mean(found.index), by_its_mean(by_sums), rtol=1e-4)


PERIODS = months(2020, 2022)[:35]
REAL = window(PERIODS, date(2022, 2, 26))
assert REAL is not None
BAN = REAL.before[-1] + 1
AFTER = list(REAL.after)


def test_without_noise_a_rise_is_measured_against_the_truth_itself() -> None:
    """Two-way: four restricted goods were rerouted ninefold through both hubs."""
    free = flags(2, 24, 20)
    mean = truth(4, 2, 24, 35, with_goods=False)
    values = mean.copy()
    values[:, :4, BAN:] *= 9.0
    index = demand(values, before_the_ban(free, 35, BAN), free).index
    assert index is not None
    found = expected(values, index, REAL)
    np.testing.assert_allclose(found, mean[..., AFTER].mean(axis=-1), rtol=1e-5)


def test_without_noise_the_demand_for_a_good_is_that_of_untouched_destinations() -> None:
    """Three-way: good 0 is rerouted at 5 of 22 destinations, and grew by its own everywhere."""
    free = flags(22, 20, 16)
    mean = truth(5, 22, 20, 35, with_goods=True)
    values = mean.copy()
    values[:5, 0, BAN:] *= 9.0
    sample = np.ones(values.shape, dtype=bool)
    sample[:5, 0, BAN:] = False
    index = demand(values, sample, free).index
    assert index is not None
    found = expected(values, index, REAL)
    np.testing.assert_allclose(found, mean[..., AFTER].mean(axis=-1), rtol=1e-4)


def test_a_cell_does_not_vouch_for_itself() -> None:
    """One free good of nine tenths of the hub's trade doubles; the others stand still.

    For the others the hub doubled nearly; for the good itself it did not grow at all.
    """
    values = np.full((1, 20, 35), 1e5)
    values[0, 19] = 9 * 1.9e6
    values[0, 19, BAN:] *= 2
    free = flags(1, 20, 20)
    index = demand(values, np.ones(values.shape, dtype=bool), free).index
    assert index is not None
    found = expected(values, index, REAL)
    assert found[0, 19] == pytest.approx(9 * 1.9e6, rel=1e-4)
    assert found[0, 0] == pytest.approx(1e5 * (2 * 9 * 1.9e6 + 18e5) / (9 * 1.9e6 + 18e5), rel=1e-4)


def test_a_hub_with_too_few_free_goods_has_no_demand_of_its_own() -> None:
    """The second hub buys fourteen; the first, with fifteen, is judged."""
    values = noisy(truth(6, 2, 20, 35, with_goods=False))
    free = flags(2, 20, MIN_FREE_GOODS).copy()
    free[1, -1] = False
    sample = before_the_ban(free, 35, BAN)
    found = demand(values, sample, free)
    assert found.index is not None
    assert not np.isnan(found.index[0]).any()
    assert np.isnan(found.index[1]).all()
    assert np.isnan(expected(values, found.index, REAL)[1]).all()


def test_a_good_without_untouched_destinations_has_no_demand_after_the_ban() -> None:
    free = flags(MIN_DESTINATIONS, 18, 16)
    values = noisy(truth(7, MIN_DESTINATIONS, 18, 35, with_goods=True))
    found = demand(values, before_the_ban(free, 35, BAN), free)
    assert found.has_goods
    assert found.index is not None
    assert np.isnan(found.index[:, :2, BAN:]).all()
    assert not np.isnan(found.index[:, :2, :BAN]).any()
    mean = expected(values, found.index, REAL)
    assert np.isnan(mean[:, :2]).all()
    assert not np.isnan(mean[:, 2:]).any()


def test_a_period_in_which_a_hub_buys_nothing_untouched_is_not_known() -> None:
    values = noisy(truth(8, 2, 20, 35, with_goods=False))
    free = flags(2, 20, 18)
    values[0, 2:, AFTER[0]] = 0.0
    found = demand(values, before_the_ban(free, 35, BAN), free)
    assert found.index is not None
    assert np.isnan(expected(values, found.index, REAL)[0, :2]).all()
    assert not np.isnan(expected(values, found.index, REAL)[1]).any()


def test_a_period_in_which_nobody_untouched_buys_a_good_is_not_known() -> None:
    """Good 0 is sold nowhere in one month after the ban; all else is as IPF has it without it."""
    values = noisy(truth(8, MIN_DESTINATIONS, 17, 12, with_goods=True))
    free = flags(MIN_DESTINATIONS, 17, 16)
    sample = before_the_ban(free, 12, 8).copy()
    sample[5:] = True
    values[5:, 0, 10] = 0.0
    found = demand(values, sample, free)
    assert found.index is not None
    assert np.isnan(found.index[:, 0, 10]).all()
    assert np.isnan(found.index).sum() == MIN_DESTINATIONS
    sample[:, 0, 10] = False
    by_sums = without_itself(values, sample, ipf(values, sample, ("hk", "ht", "kt")))
    kept = np.delete(found.index, 10, axis=-1)
    np.testing.assert_allclose(
        by_its_mean(kept), by_its_mean(np.delete(by_sums, 10, axis=-1)), rtol=1e-4
    )


def test_too_few_free_goods_and_nothing_at_all_give_a_reason() -> None:
    values = noisy(truth(9, 2, 20, 12, with_goods=False))
    every = np.ones(values.shape, dtype=bool)
    found = demand(values, every, flags(2, 20, MIN_FREE_GOODS - 1))
    assert (found.index, found.rows) == (None, 480)
    assert found.reason == "no hub buys 15 unrestricted goods"
    nothing = demand(np.zeros((0, 20, 12)), np.ones((0, 20, 12), bool), flags(0, 20, 20))
    assert (nothing.index, nothing.rows) == (None, 0)


def test_too_many_cells_give_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    values = noisy(truth(9, 2, 20, 60, with_goods=False))
    values[1, 19] = 0.0  # what is never traded is no row
    monkeypatch.setattr(module, "MAX_ROWS", 2_339)
    found = demand(values, np.ones(values.shape, dtype=bool), flags(2, 20, 20))
    assert (found.index, found.rows) == (None, 39 * 60)
    assert found.reason == "2,340 cells x periods are more than 2,339"


FOUR = Window(before=(0, 1), after=(2, 3), season=((0, 0.5), (1, 0.5)))


def test_the_calm_half_of_a_good_by_hand() -> None:
    """Twenty destinations grow 1, 2, ... 20 times: quartiles of the logs hold the 6th to 15th.

    Linear at 0.25 x 19 = 4.75: between the 5th and the 6th; at 14.25: between 15th and 16th.
    """
    values = np.full((20, 2, 4), 100.0)
    values[:, 0, 2:] = 100.0 * np.arange(1, 21)[:, None]
    values[0, 1] = 0.0  # good 1 has nineteen destinations
    found = calm(values, FOUR, 1e-9)
    np.testing.assert_array_equal(found[:, 0], (np.arange(20) >= 5) & (np.arange(20) < 15))
    assert not found[:, 1].any()


def test_a_rise_at_a_few_destinations_is_not_calm() -> None:
    values = np.random.default_rng(1).gamma(9, 1e4, (30, 3, 4))
    values[:4, 0, 2:] *= 9
    found = calm(values, FOUR, 1e4)
    assert not found[:4, 0].any()
    assert found.sum(axis=0) == pytest.approx([15, 15, 15], abs=1)
    assert not calm(values[:19], FOUR, 1e4).any()


def test_expected_by_hand() -> None:
    """4 + 6 sold where 1 + 4 were demanded: a level of 2, times the mean of 3 and 8."""
    index = np.array([[[1.0, 4.0, 3.0, 8.0], [1.0, 4.0, np.nan, 8.0], [1.0, 4.0, 3.0, 8.0]]])
    values = np.array([[[4.0, 6.0, 90.0, 90.0], [4.0, 6.0, 1.0, 1.0], [0.0, 0.0, 5.0, 5.0]]])
    found = expected(values, index, FOUR)
    assert found[0, 0] == 11.0
    assert np.isnan(found[0, 1])  # demand is not known over the window
    assert np.isnan(found[0, 2])  # never sold before: it has no level


def test_the_constant_of_a_cell_does_not_matter() -> None:
    rng = np.random.default_rng(2)
    values, index = rng.gamma(1, 1, (2, 3, 4)), rng.gamma(3, 1, (2, 3, 4))
    scaled = index * rng.gamma(3, 1, (2, 3, 1))
    np.testing.assert_allclose(expected(values, scaled, FOUR), expected(values, index, FOUR))
