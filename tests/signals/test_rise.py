"""The rise: hand-worked series, laws, and error rates on planted worlds."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.signals.conftest import months

from entrepot.signals.direct import direct_loss
from entrepot.signals.rise import features, hub_growth, q_values, rise
from entrepot.signals.windows import Window, placebos, window

PERIODS = months(2020, 2022)[:35]
REAL = window(PERIODS, date(2022, 2, 26))
assert REAL is not None


def noise(seed: int, hubs: int = 6, goods: int = 400) -> np.ndarray:
    """Lumpy trade without any ban: gamma months, skewed sizes, a third of the months empty."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(10.5, 2.0, (hubs, goods, 1)))
    months_ = rng.gamma(0.7, 1 / 0.7, (hubs, goods, len(PERIODS)))
    return np.asarray(size * months_ * (rng.random(months_.shape) > 0.35))


def free(hubs: int, goods: int, *, first: int, last: int | None = None) -> np.ndarray:
    """Flags hubs x goods: the goods from first to last are free at every hub."""
    flags = np.zeros((hubs, goods), dtype=bool)
    flags[:, first:last] = True
    return flags


def test_features_by_hand() -> None:
    series = np.array([[[1.0, 2.0, 3.0, 4.0, 10.0, 0.0, 20.0, 30.0]]])
    found = features(
        series, Window(before=(0, 1, 2, 3), after=(4, 5, 6, 7), season=((2, 0.5), (3, 0.5)))
    )
    assert found.base[0, 0] == 3.5
    assert found.mean[0, 0] == 15.0
    assert found.low[0, 0] == 10.0  # three of four periods reach 10
    assert found.high[0, 0] == 4.0  # one of four reached 4
    assert found.top_share[0, 0] == 0.5


def test_hub_growth_is_the_median_of_free_goods_and_never_below_one() -> None:
    before, after = np.full((2, 30), 1e6), np.full((2, 30), 1e6)
    after[0] *= 3.0
    after[0, :3] *= 1000.0  # three wild goods do not decide
    after[1] *= 0.5
    window_ = Window(before=(0,), after=(1,), season=((0, 1.0),))
    found = features(np.stack([before, after], axis=-1), window_)
    grown = hub_growth(found, np.ones((2, 30), dtype=bool), 10_000.0)
    assert grown[0] == pytest.approx(3.0, rel=0.02)
    assert grown[1] == 1.0


def test_too_few_free_goods_measure_no_growth() -> None:
    window_ = Window(before=(0,), after=(1,), season=((0, 1.0),))
    found = features(np.stack([np.ones((1, 5)), np.full((1, 5), 1e9)], axis=-1), window_)
    assert hub_growth(found, np.ones((1, 5), dtype=bool), 10_000.0)[0] == 1.0


def test_expected_is_the_season_times_growth() -> None:
    values = np.full((1, 40, 35), 100_000.0)
    values[:, :, REAL.after] *= 2.0  # the whole hub doubled
    is_free = free(1, 40, first=0, last=30)
    judged = rise(values, is_free, REAL, placebos(PERIODS, REAL))
    assert judged.growth[0] == pytest.approx(2.0, rel=0.05)
    assert judged.expected[0, 39] == pytest.approx(judged.actual[0, 39], rel=0.05)
    assert judged.persistence[0, 39] == pytest.approx(0.0, abs=0.05)


def test_planted_rerouting_is_found_and_lumps_and_booms_are_not() -> None:
    values = noise(1)
    rng = np.random.default_rng(2)
    ramp = np.linspace(0.5, 1.5, len(REAL.after))
    planted = values.copy()
    for good in range(20):  # EUR 500 k a month at hub 0 where EUR 20 k was usual
        planted[0, good] = 20_000.0 * rng.gamma(2, 0.5, len(PERIODS))
        planted[0, good, list(REAL.after)] += 500_000.0 * ramp
    for good in range(20, 40):  # one delivery of EUR 5 m
        planted[0, good, REAL.after[4]] += 5_000_000.0
    is_free = free(6, 400, first=300)
    judged = rise(planted, is_free, REAL, placebos(PERIODS, REAL))
    q = q_values(judged.p_value[:, :300].ravel()).reshape(6, 300)
    assert (q[0, :20] <= 0.1).mean() >= 0.9
    assert (q[0, 20:40] <= 0.1).mean() <= 0.1


@pytest.mark.parametrize("seed", range(5))
def test_pure_noise_gives_few_leads(seed: int) -> None:
    values = noise(seed)
    is_free = free(6, 400, first=300)
    judged = rise(values, is_free, REAL, placebos(PERIODS, REAL))
    q = q_values(judged.p_value[:, :300].ravel())
    assert (q <= 0.1).sum() <= 6  # of 1,800: the whole list is false, so it must be short


def test_the_interval_holds_nine_in_ten_of_noise_not_used_to_make_it() -> None:
    held = []
    for seed in range(5):
        judged = rise(noise(seed), free(6, 400, first=300), REAL, placebos(PERIODS, REAL))
        low, high = judged.expected_low, judged.expected_high
        held.append(((judged.actual >= low) & (judged.actual <= high)).mean())
    assert 0.85 <= float(np.mean(held)) <= 0.97


@settings(max_examples=10, deadline=None)
@given(st.floats(0.01, 100.0))
def test_currency_does_not_matter(scale: float) -> None:
    """Scaling all money and the low base leaves p-values and growth as they are."""
    values, is_free = noise(3, goods=120), free(6, 120, first=80)
    one = rise(values, is_free, REAL, placebos(PERIODS, REAL), low_base=10_000.0)
    other = rise(values * scale, is_free, REAL, placebos(PERIODS, REAL), low_base=10_000.0 * scale)
    np.testing.assert_allclose(other.p_value, one.p_value)
    np.testing.assert_allclose(other.expected_high, one.expected_high * scale, rtol=1e-6)


def test_without_a_placebo_year_and_free_goods_nothing_is_claimed() -> None:
    judged = rise(noise(1, goods=30), np.zeros((6, 30), dtype=bool), REAL, [])
    assert np.isnan(judged.p_value).all()
    assert np.isnan(judged.expected_low).all()


def test_q_values_against_a_worked_example() -> None:
    """Benjamini and Hochberg 1995, J. R. Stat. Soc. B 57, table of section 3.2.

    Fifteen p-values of a thrombolysis trial; at 0.05 the first four are rejected.
    """
    p = np.array(
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
         0.5719, 0.6528, 0.7590, 1.0000]
    )  # fmt: skip
    q = q_values(p)
    assert (q <= 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=40))
def test_q_values_keep_order_and_nulls(listed: list[float | None]) -> None:
    p = np.array([np.nan if value is None else value for value in listed])
    q = q_values(p)
    assert (np.isnan(p) == np.isnan(q)).all()
    kept = ~np.isnan(p)
    order = np.argsort(p[kept], kind="stable")
    assert (np.diff(q[kept][order]) >= 0).all()
    assert (q[kept] >= p[kept] - 1e-12).all()


def test_a_good_banned_earlier_is_kept_out_of_later_placebo_years() -> None:
    """Forty goods rerouted since March 2022 must not hide a ban of 2023."""
    periods = months(2020, 2023)
    real = window(periods, date(2023, 2, 25))
    assert real is not None
    rng = np.random.default_rng(5)
    values = rng.gamma(5, 20_000.0, (4, 200, len(periods)))
    values[:, :40, periods.index("2022-03") :] *= 8  # banned in 2022, and rerouted
    values[0, 40, periods.index("2023-03") :] *= 5  # banned in 2023
    is_free = free(4, 200, first=60)
    clean = np.full(200, len(periods))
    clean[:40] = periods.index("2022-02")
    clean[40] = periods.index("2023-02")
    spoiled = rise(values, is_free, real, placebos(periods, real))
    kept = rise(values, is_free, real, placebos(periods, real), clean_until=clean)
    assert kept.p_value[0, 40] < 0.005 < spoiled.p_value[0, 40]
    assert kept.expected_high[0, 40] < spoiled.expected_high[0, 40] / 2


def test_the_null_holds_placebo_years_and_free_goods() -> None:
    values = np.abs(noise(1)) + 1.0  # every cell trades
    placebo = placebos(PERIODS, REAL)
    assert rise(values, free(6, 400, first=300), REAL, placebo).placebo_cells == 6 * (400 + 100)
    assert rise(values, free(6, 400, first=300), REAL, []).placebo_cells == 600


def test_a_p_value_counts_ties_and_is_never_zero() -> None:
    """All cells alike: each is as high as all others, so p is 1; the highest of 100 has 1/101."""
    alike = np.full((1, 150, 35), 50_000.0)
    judged = rise(alike, free(1, 150, first=50), REAL, [])
    assert judged.p_value[0, 0] == 1.0
    alike[0, 0, list(REAL.after)] = 1e9
    judged = rise(alike, free(1, 150, first=50), REAL, [])
    assert judged.p_value[0, 0] == pytest.approx(1 / 101)


def test_placebo_years_allow_for_the_growth_of_their_own_time() -> None:
    """Everything doubled in 2021: the placebo year is no surge once growth is allowed for."""
    values = np.full((1, 160, 35), 100_000.0)
    values[:, :, PERIODS.index("2021-03") :] *= 2
    judged = rise(values, free(1, 160, first=60), REAL, placebos(PERIODS, REAL))
    assert judged.expected_high[0, 0] < 1.5 * judged.expected[0, 0]


def test_interval_follows_the_size_class() -> None:
    """Small cells are wild and large ones steady; the interval of each is its own."""
    rng = np.random.default_rng(9)
    small = rng.gamma(0.5, 40_000.0, (4, 200, 35))
    large = rng.gamma(400, 25_000.0, (4, 200, 35))
    values = np.concatenate([small, large], axis=1)
    judged = rise(values, free(4, 400, first=350), REAL, placebos(PERIODS, REAL))
    width = judged.expected_high / judged.expected
    assert np.median(width[:, :200]) > 1.5 * np.median(width[:, 200:])


def test_a_good_that_grew_everywhere_is_no_rise_where_many_destinations_show_it() -> None:
    """Good 0 tripled at all 24 destinations, good 1 at one of them only."""
    rng = np.random.default_rng(4)
    values = rng.gamma(20, 5_000.0, (24, 90, 35))
    values[:, 0, list(REAL.after)] *= 3
    values[0, 1, list(REAL.after)] *= 3
    judged = rise(values, free(24, 90, first=40), REAL, placebos(PERIODS, REAL))
    assert judged.goods_growth[0] == pytest.approx(3.0, rel=0.15)
    assert judged.goods_growth[1] < 1.15
    assert judged.p_value[0, 0] > 0.05 > judged.p_value[0, 1]
    few = rise(values[:19], free(19, 90, first=40), REAL, placebos(PERIODS, REAL))
    assert few.goods_growth[0] == 1.0


def test_a_placebo_cell_is_judged_by_the_same_growth_as_a_real_one() -> None:
    """The whole hub doubled in 2021 for good: its placebo cells must not look like rises."""
    rng = np.random.default_rng(6)
    values = rng.gamma(30, 3_000.0, (2, 300, 35))
    values[:, :, PERIODS.index("2021-03") :] *= 2
    values[0, 0, list(REAL.after)] *= 2.2
    judged = rise(values, free(2, 300, first=200), REAL, placebos(PERIODS, REAL))
    assert judged.p_value[0, 0] < 0.02


def test_the_interval_holds_the_expectation_and_needs_a_hundred_placebo_cells() -> None:
    """Trade that always rose by half: every miss is above, and the band still begins at E."""
    values = np.full((1, 160, 35), 100_000.0)
    values[:, 5:, PERIODS.index("2021-03") :] *= 1.5  # and too few free goods to allow for it
    is_free = free(1, 160, first=0, last=5)
    judged = rise(values, is_free, REAL, placebos(PERIODS, REAL))
    assert judged.expected_low[0, 10] == judged.expected[0, 10]
    few = rise(values[:, :99], is_free[:, :99], REAL, placebos(PERIODS, REAL))
    assert np.isnan(few.expected_low).all()


def test_direct_loss_compares_the_same_months() -> None:
    """EUR 100 a month from March to November and 900 in winter: nothing was lost."""
    winter = np.array([900.0 if period[5:] in ("12", "01", "02") else 100.0 for period in PERIODS])
    found = direct_loss(winter[None, :], REAL)
    assert found.before[0] == pytest.approx(900.0)
    assert found.loss[0] == pytest.approx(0.0, abs=1e-9)
    gone = np.where(np.isin(np.arange(35), REAL.after), 0.0, winter)
    assert direct_loss(gone[None, :], REAL).vanished_share[0] == pytest.approx(1.0)
    assert np.isnan(direct_loss(np.zeros((1, 35)), REAL).vanished_share[0])
