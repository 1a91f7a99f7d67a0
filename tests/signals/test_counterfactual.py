"""Which counterfactual is used, and its interval, by hand."""

import numpy as np
import pytest

from entrepot.signals.counterfactual import Expected, Tried, band, choose

SIZES = np.arange(1.0, 501.0)  # five classes: 1-100, 101-200, 201-300, 301-400, 401-500


def tried(past_off: np.ndarray, panel_off: np.ndarray, *after: float) -> Tried:
    """Placebo cells of which `SIZES` was expected; actual is so many times what each expected."""
    actual = (SIZES * past_off)[:, None] * np.array(after or (1.0,))
    return Tried(SIZES, actual.mean(axis=1) / panel_off, actual)


def one_row(*values: float) -> np.ndarray:
    return np.array([values])


def ask(past: np.ndarray, panel: np.ndarray, *nulls: Tried, thin: object = False) -> Expected:
    return choose(past, np.where(thin, np.nan, panel), list(nulls), 0.0)


def test_in_each_class_of_size_the_nearer_one_is_used() -> None:
    """The past is exact up to 200 and off by 3 above; the panel model is off by 2 everywhere."""
    null = tried(np.where(SIZES > 200, 3.0, 1.0), np.full(500, 2.0))
    found = ask(one_row(50.0, 450.0), one_row(70.0, 480.0), null)
    np.testing.assert_array_equal(found.is_panel, [[False, True]])
    np.testing.assert_array_equal(found.mean, [[50.0, 480.0]])
    assert found.past_miss[0] == pytest.approx([0.0, np.log(3)])
    assert found.panel_miss[0] == pytest.approx([np.log(2), np.log(2)])


def test_on_a_tie_the_past_is_used() -> None:
    found = ask(one_row(450.0), one_row(480.0), tried(np.full(500, 2.0), np.full(500, 0.5)))
    assert not found.is_panel[0, 0]


def test_thin_cells_and_cells_without_a_model_use_their_past() -> None:
    null = tried(np.full(500, 3.0), np.ones(500))
    past, panel = one_row(100.0, 100.0, 100.0), one_row(120.0, np.nan, 120.0)
    found = ask(past, panel, null, thin=np.array([[True, False, False]]))
    np.testing.assert_array_equal(found.is_panel, [[False, False, True]])
    np.testing.assert_array_equal(found.mean, [[100.0, 100.0, 120.0]])


def test_without_any_model_the_past_is_used_and_its_miss_of_the_model_is_null() -> None:
    nothing = np.full(500, np.nan)
    found = ask(one_row(100.0), one_row(np.nan), tried(np.ones(500), nothing))
    assert found.mean[0, 0] == 100.0
    assert np.isnan(found.panel_miss[0, 0])
    assert not np.isnan(found.low[0, 0])


def test_both_are_tried_on_the_same_placebo_cells() -> None:
    """Where the model says nothing the past is off by 9; where it speaks the past is exact."""
    silent = np.arange(500) % 2 == 0
    null = tried(np.where(silent, 9.0, 1.0), np.where(silent, np.nan, 2.0))
    found = ask(one_row(40.0), one_row(50.0), null)
    assert found.past_miss[0, 0] == 0.0
    assert not found.is_panel[0, 0]


def test_the_interval_is_the_misses_of_the_class() -> None:
    """A hundred misses of 0.01 to 1.00 times in each class: the 5th and 95th percentile.

    Place 5.05 of 100 (101 times 0.05), so of logs a twentieth of the way from 0.05 to 0.06.
    """
    factor = np.tile(np.arange(1, 101) / 100, 5)
    past = SIZES
    null = Tried(past, np.full(500, np.nan), (past * factor)[:, None])
    found = ask(one_row(250.0), one_row(np.nan), null)
    low = np.exp(np.log(0.05) + 0.05 * np.log(6 / 5))
    assert found.low[0, 0] == pytest.approx(250 * low)
    assert found.high[0, 0] == 250.0  # no miss was upwards: widened to hold the expectation


def test_the_interval_is_that_of_what_is_used() -> None:
    """The past is off by 4, up or down in turn, the model by 2."""
    turn = np.where(np.arange(500) % 2, 1.0, -1.0)
    null = tried(4.0**turn, 2.0**turn)
    with_model = ask(one_row(200.0), one_row(100.0), null)
    assert (with_model.low[0, 0], with_model.high[0, 0]) == pytest.approx((50.0, 200.0))
    without = tried(4.0**turn, np.full(500, np.nan))
    alone = ask(one_row(200.0), one_row(np.nan), without)
    assert (alone.low[0, 0], alone.high[0, 0]) == pytest.approx((50.0, 800.0))


def test_the_base_is_added_to_both_sides_and_no_end_is_below_zero() -> None:
    """Always 0 where 100 was expected, base 50: the miss is ln(50/150)."""
    null = Tried(np.full(500, 100.0), np.full(500, 100.0), np.zeros((500, 1)))
    past = one_row(100.0, 10.0, 1_000.0)
    found = choose(past, past, [null], 50.0)
    assert found.past_miss[0, 0] == pytest.approx(np.log(3))
    assert found.low[0] == pytest.approx([0.0, 0.0, 1_050 / 3 - 50])  # 60 / 3 - 50 is below 0


def test_one_period_is_wider_than_their_mean() -> None:
    """Periods of 0.5 and 1.5 times: their mean is never off, one of them always is."""
    found = ask(
        one_row(100.0), one_row(np.nan), tried(np.ones(500), np.full(500, np.nan), 0.5, 1.5)
    )
    assert (found.low[0, 0], found.high[0, 0]) == pytest.approx((100.0, 100.0))
    assert (found.period_low[0, 0], found.period_high[0, 0]) == pytest.approx((50.0, 150.0))


def test_where_every_miss_is_upwards_the_interval_begins_at_the_expectation() -> None:
    found = ask(one_row(100.0), one_row(np.nan), tried(np.full(500, 1.5), np.full(500, np.nan)))
    assert (found.low[0, 0], found.high[0, 0]) == pytest.approx((100.0, 150.0))


def test_single_periods_are_held_against_what_is_used_for_their_class() -> None:
    """The past is exact and the model off by 2: a period's band is that of the past."""
    found = ask(one_row(100.0), one_row(120.0), tried(np.ones(500), np.full(500, 2.0)))
    assert (found.period_low[0, 0], found.period_high[0, 0]) == pytest.approx((100.0, 100.0))
    found = ask(one_row(100.0), one_row(120.0), tried(np.full(500, 2.0), np.ones(500)))
    assert (found.period_low[0, 0], found.period_high[0, 0]) == pytest.approx((120.0, 120.0))


def test_windows_of_different_length_are_put_together() -> None:
    long = tried(np.ones(500), np.full(500, np.nan), 0.5, 1.5, 1.0)
    short = tried(np.ones(500), np.full(500, np.nan), 1.0)
    parts = Tried.together([long, short])
    assert [len(part) for part in parts] == [1_000] * 3
    found = ask(one_row(100.0), one_row(np.nan), long, short)
    assert found.low[0, 0] == pytest.approx(100.0)


def test_with_few_placebo_cells_there_is_no_interval_and_no_error() -> None:
    few = Tried(SIZES[:99], SIZES[:99] * 2, SIZES[:99, None])
    for nulls in ([few], []):
        found = ask(one_row(100.0), one_row(120.0), *nulls)
        assert np.isnan([found.low[0, 0], found.high[0, 0]]).all()
        assert found.mean[0, 0] == 100.0


def test_each_of_200_like_cells_lies_in_the_interval_of_the_others_90_times_in_100() -> None:
    """Of 199 others places 10 and 190 are the ends: the lowest ten and the highest ten lie out."""
    misses = np.log(2) * (np.arange(200) - 99.5) / 100
    actual, held = 100.0 * np.exp(misses), []
    for i, one in enumerate(actual):
        others = np.delete(misses, i)
        none = np.zeros(199, dtype=np.int64)
        low, high = band(np.array([100.0]), np.zeros(1, dtype=np.int64), others, none, 0.0)
        held.append(bool(low[0] <= one <= high[0]))
    assert held == [False] * 10 + [True] * 180 + [False] * 10


def test_ends_between_two_places_are_in_proportion() -> None:
    """Of 109 misses of 1 to 109 hundredths (less 55) place 5.5 is -0.495, place 104.5 is 0.495."""
    misses = (np.arange(1, 110) - 55) / 100
    one_class = np.zeros(109, dtype=np.int64)
    low, high = band(np.array([100.0]), np.zeros(1, dtype=np.int64), misses, one_class, 0.0)
    assert low[0] == pytest.approx(100 * np.exp(-0.495))
    assert high[0] == pytest.approx(100 * np.exp(0.495))
