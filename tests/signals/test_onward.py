"""The onward leg: expectation by hand, silence as null, rerouted value, laws."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.signals.conftest import months

from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.legs.legs import Leg, Source
from entrepot.signals.legs.onward import (
    Onward,
    choose,
    excess_over,
    interval,
    known_levels,
    onward_check,
    rerouted,
    substitution,
    thinned,
    total_rerouted,
)
from entrepot.signals.windows import Window, window

PERIODS = months(2019, 2022)[:47]
REAL = window(PERIODS, date(2022, 2, 26))
assert REAL is not None
HUBS = ("ARM", "KGZ")
GOODS = 60
FREE = np.arange(GOODS) >= 20
OWN = tuple(Source(hub, "X") for hub in HUBS)
MIRROR = (Source("RUS", "M"), Source("RUS", "M"))


def leg_of(values: np.ndarray, source: tuple[Source | None, ...] = OWN) -> Leg:
    return Leg(HUBS, values, source)


def noise(seed: int = 1) -> np.ndarray:
    """Two hubs x 60 goods x 47 months of ordinary sales to the target."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(11, 1.5, (2, GOODS, 1)))
    return np.asarray(size * rng.gamma(2, 0.5, (2, GOODS, len(PERIODS))))


def excess(values: np.ndarray, **more: object) -> Onward:
    return excess_over(leg_of(values), FREE, REAL, PERIODS, **more)  # type: ignore[arg-type]


def test_expected_is_the_season_times_the_growth_of_free_goods() -> None:
    """EUR 1 m a month before; free goods grew by half; good 0 sells 4 m: 9 x (4 - 1.5) above."""
    values = np.full((2, GOODS, len(PERIODS)), 1e6)
    after = list(REAL.after)
    values[:, FREE, after[0] :] = 1.5e6
    values[1, 0, after] = 4e6
    found = excess(values)
    growth = (1.5e6 + 1e4) / (1e6 + 1e4)  # the low base on both sides
    assert found.growth == pytest.approx([growth, growth])
    assert list(found.free_goods) == [40, 40]
    assert found.actual[1, 0] == 9 * 4e6
    assert found.expected[1, 0] == pytest.approx(9 * 1e6 * growth)
    assert found.excess[1, 0] == pytest.approx(9 * (4e6 - 1e6 * growth))
    assert found.source == OWN


def test_a_planted_rise_is_above_its_interval_and_noise_mostly_is_not() -> None:
    values = noise()
    values[1, 0, list(REAL.after)] += 50 * values[1, 0].mean()
    found = excess(values)
    assert found.excess_low[1, 0] > 0
    rest = np.delete(found.excess_low.ravel(), GOODS)
    assert (rest > 0).mean() <= 0.10
    assert (found.excess_low <= found.excess).all()
    assert (found.excess <= found.excess_high).all()


def test_the_interval_holds_nine_in_ten_of_goods_not_used_to_make_it() -> None:
    held = []
    for seed in range(8):
        found = excess(noise(seed), clean_until=np.where(FREE, 47, 0))  # no restricted placebo
        inside = (found.excess_low <= 0) & (found.excess_high >= 0)
        held.append(inside[:, ~FREE].mean())
    assert 0.83 <= float(np.mean(held)) <= 0.97


def test_with_few_placebo_cells_there_is_no_interval() -> None:
    found = excess_over(leg_of(noise()[:, :12]), np.zeros(12, bool), REAL, PERIODS)
    assert found.placebo_cells < 100
    assert np.isnan(found.excess_low).all()
    assert np.isnan(found.excess_high).all()
    assert not np.isnan(found.excess).any()


def test_a_good_whose_ban_touched_a_placebo_year_is_no_placebo() -> None:
    whole = excess(noise())
    part = excess(noise(), clean_until=np.where(FREE, 47, 0))
    assert whole.placebo_cells - part.placebo_cells == 2 * 20 * 2  # hubs x goods x placebo years


def test_a_silent_period_after_makes_the_leg_null_and_only_there() -> None:
    values = noise()
    values[0, :, REAL.after[3]] = np.nan
    found = excess(values)
    assert np.isnan(found.excess[0]).all()
    assert np.isnan(found.growth[0])
    assert found.free_goods[0] == 0
    assert found.source == (None, OWN[1])
    assert not np.isnan(found.excess[1]).any()


def test_a_hole_before_is_bridged_by_the_same_month_of_other_years() -> None:
    """April is EUR 3 in 2019, silent in 2020, 5 in 2021: its mean is 4; other months are 1."""
    values = np.ones((1, 1, len(PERIODS)))
    for year, value in (("2019", 3.0), ("2020", np.nan), ("2021", 5.0)):
        values[0, 0, PERIODS.index(f"{year}-04")] = value
    found = known_levels(values, REAL, PERIODS)
    assert found.base[0, 0] == pytest.approx((8 * 1.0 + 4.0) / 9)
    for year in ("2019", "2021"):
        values[0, 0, PERIODS.index(f"{year}-04")] = np.nan
    assert np.isnan(known_levels(values, REAL, PERIODS).base[0, 0])


def test_less_than_a_season_before_is_no_past() -> None:
    told = set(REAL.before[-12:])
    assert thinned(REAL, told, PERIODS) is not None
    assert thinned(REAL, set(REAL.before[-11:]), PERIODS) is None
    kept = thinned(REAL, told, PERIODS)
    assert kept is not None
    assert sum(weight for _, weight in kept.season) == pytest.approx(1.0)


def test_the_source_that_covers_the_window_is_chosen() -> None:
    """Armenia publishes all; Kyrgyzstan stops in 2021 and Russia in 2022: no leg is left there."""
    own, mirror = noise(1), noise(2)
    own[1, :, PERIODS.index("2021-06") :] = np.nan
    found = choose(leg_of(own), leg_of(mirror, MIRROR), REAL, PERIODS)
    assert found.source == (OWN[0], MIRROR[1])
    np.testing.assert_array_equal(found.values[0], own[0])
    np.testing.assert_array_equal(found.values[1], mirror[1])
    mirror[:, :, PERIODS.index("2022-01") :] = np.nan
    ended = choose(leg_of(own), leg_of(mirror, MIRROR), REAL, PERIODS)
    assert ended.source == (OWN[0], None)
    assert np.isnan(ended.values[1]).all()


def test_a_source_too_coarse_for_some_goods_yields_to_a_finer_one() -> None:
    own, mirror = noise(1), noise(2)
    own[1, :10] = np.nan
    found = choose(leg_of(own), leg_of(mirror, MIRROR), REAL, PERIODS)
    assert found.source == (OWN[0], MIRROR[1])


def test_yearly_figures_need_two_years_before() -> None:
    years = [str(year) for year in range(2018, 2025)]
    real = window(years, date(2022, 2, 26))
    assert real is not None
    values = np.array([[[2.0, np.nan, 4.0, 1.0, 9.0, 5.0, 7.0]]])
    found = known_levels(values, real, years)
    assert found.base[0, 0] == pytest.approx((2 + 4 + 1) / 3)
    assert found.mean[0, 0] == 6.0


def test_the_interval_needs_cells_and_holds_its_mean() -> None:
    mean = np.array([[100.0, np.nan]])
    few = interval(mean, np.ones(99), np.zeros(99), 10.0)
    assert np.isnan(few).all()
    low, high = interval(mean, np.full(100, 100.0), np.full(100, np.log(2.0)), 10.0)
    assert low[0, 0] == 100.0  # every miss was upwards: widened to hold the mean
    assert high[0, 0] == pytest.approx(2 * 110.0 - 10.0)
    assert np.isnan(low[0, 1])


@settings(max_examples=10, deadline=None)
@given(st.sampled_from([0.01, 0.5, 1_000.0]), st.integers(0, 5))
def test_scale_and_currency_do_not_matter(scale: float, seed: int) -> None:
    """Money and low base in another unit: the same excess in that unit."""
    one = excess(noise(seed), low_base=1e4)
    other = excess(noise(seed) * scale, low_base=1e4 * scale)
    for field in ("actual", "expected", "excess", "excess_low", "excess_high"):
        np.testing.assert_allclose(
            getattr(other, field), getattr(one, field) * scale, rtol=1e-6, atol=1e-3 * scale
        )
    np.testing.assert_allclose(other.growth, one.growth)


def test_an_unrelated_hub_moves_no_expectation() -> None:
    """Its cells join the placebo, so the interval may move; the expectation may not."""
    one = excess(noise())
    three = np.concatenate([noise(), noise(9)[:1]])
    leg = Leg((*HUBS, "BRA"), three, (*OWN, Source("BRA", "X")))
    other = excess_over(leg, FREE, REAL, PERIODS)
    np.testing.assert_allclose(other.expected[:2], one.expected)
    np.testing.assert_allclose(other.growth[:2], one.growth)
    silent = Leg((*HUBS, "BRA"), np.where(np.arange(3)[:, None, None] < 2, three, np.nan),
                 (*OWN, None))  # fmt: skip
    same = excess_over(silent, FREE, REAL, PERIODS)
    np.testing.assert_array_equal(same.excess_low[:2], one.excess_low)


def test_rerouted_by_hand() -> None:
    """In 5 to 9, out 2 to 7, lost 6: at least min(5, 2, 6) = 2, at most min(9, 7, 6) = 6."""
    low, high = rerouted(5.0, 7.0, 9.0, 2.0, 4.0, 7.0, 6.0)
    assert (low, high) == (2.0, 6.0)
    assert tuple(map(float, substitution(low, high, 6.0))) == pytest.approx((1 / 3, 1.0))
    assert rerouted(-5.0, 1.0, 2.0, 2.0, 4.0, 7.0, 6.0) == (0.0, 2.0)


@pytest.mark.parametrize("place", range(7))
def test_rerouted_is_null_where_anything_is(place: int) -> None:
    given_ = [5.0, 7.0, 9.0, 2.0, 4.0, 7.0, 6.0]
    given_[place] = np.nan
    assert np.isnan(rerouted(*given_)).all()


def test_hubs_of_one_good_draw_on_one_loss() -> None:
    """Two hubs of up to 6 each, and one unknown; lost 10: 4 + 3 = 7 to 10, not 12."""
    low, high = np.array([[4.0], [3.0], [np.nan]]), np.array([[6.0], [6.0], [np.nan]])
    assert [float(end[0]) for end in total_rerouted(low, high, np.array([10.0]))] == [7.0, 10.0]
    nothing = np.full((2, 1), np.nan)
    assert np.isnan(total_rerouted(nothing, nothing, np.array([10.0]))).all()
    assert np.isnan(total_rerouted(low, high, np.array([np.nan]))).all()


def test_no_loss_no_ratio() -> None:
    assert np.isnan(substitution([1.0, 0.0], [2.0, 0.0], [np.nan, 0.0])).all()


money = st.floats(-1e9, 1e9)
ends = st.lists(money, min_size=3, max_size=3).map(sorted)


@given(ends, ends, st.floats(0, 1e9))
def test_rerouted_is_at_most_each_leg(into: list[float], out: list[float], lost: float) -> None:
    low, high = rerouted(*into, *out, lost)
    assert 0 <= low <= high <= lost
    assert high <= max(0.0, into[2])
    assert high <= max(0.0, out[2])
    assert low <= max(0.0, into[0])
    assert low <= max(0.0, out[0])
    shares = np.array(substitution(low, high, lost))
    assert np.isnan(shares).all() if lost == 0 else ((shares >= 0) & (shares <= 1)).all()


@pytest.mark.parametrize(
    ("numbers", "outcome", "words"),
    [
        ((5e6, 4e6, 6e6), PASSED, "EUR 5.00 m above expectation, by exports as reported"),
        ((5e6, -1e6, 6e6), FAILED, "not safely told from ordinary change"),
        ((5e6, None, None), NOT_TESTABLE, "too few placebo cells"),
        ((None, None, None), NOT_TESTABLE, "no figures of that trade cover the time"),
    ],
)
def test_the_named_test(
    numbers: tuple[float | None, float | None, float | None], outcome: str, words: str
) -> None:
    found = onward_check("KGZ", "RUS", *numbers, "EUR", OWN[1].told())
    assert (found.outcome, words in found.detail) == (outcome, True)
    assert found.question == "Did Kyrgyzstan sell more of it to Russia than expected?"


def test_without_a_source_the_named_test_is_not_testable() -> None:
    assert onward_check("KGZ", "RUS", 5.0, 4.0, 6.0, "EUR", None).outcome == NOT_TESTABLE


def test_windows_are_not_changed_where_all_is_told() -> None:
    assert thinned(REAL, set(REAL.before), PERIODS) == Window(
        REAL.before, REAL.after, tuple((i, pytest.approx(share)) for i, share in REAL.season)
    )
