"""Currency: what the exchange rate alone can explain."""

from dataclasses import replace

import numpy as np
import pytest
from currency_converter import CurrencyConverter
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.test_innocent_measure import CODES, KYRGYZ, PERIODS, dense, window_of

from entrepot.codes.period import end
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.currency import Drift, check, dollars_per_euro, drift, drift_of
from entrepot.signals.windows import Window

SMALL = Window(before=(0, 1), after=(2, 3), season=((0, 0.5), (1, 0.5)))


def test_drift_by_hand() -> None:
    """A dollar costs EUR 0.80 and 0.90 before, 1.00 and 1.02 after: means 0.85 and 1.01."""
    found = drift_of(np.array([0.80, 0.90, 1.00, 1.02]), SMALL)
    assert found.mean == pytest.approx(1.01 / 0.85)
    assert found.most == pytest.approx(1.02 / 0.80)


@given(st.lists(st.floats(0.5, 2.0), min_size=4, max_size=4), st.floats(0.01, 100.0))
def test_the_unit_of_the_rate_is_no_number_and_most_bounds_every_mix(
    price: list[float], factor: float
) -> None:
    found = drift_of(np.array(price), SMALL)
    scaled = drift_of(np.array(price) * factor, SMALL)
    assert (found.mean, found.most) == pytest.approx((scaled.mean, scaled.most))
    for share in (0.0, 0.3, 1.0):
        mix = share * price[2] + (1 - share) * price[3]
        for earlier in (0.0, 0.6, 1.0):
            base = earlier * price[0] + (1 - earlier) * price[1]
            assert mix / base <= found.most * (1 + 1e-12)


def test_a_month_is_the_mean_of_its_daily_rates() -> None:
    """March 2022 by the European Central Bank: 1.1019; September 2022: 0.9904."""
    assert dollars_per_euro("2022-03") == pytest.approx(1.1019, abs=5e-5)
    assert dollars_per_euro("2022-09") == pytest.approx(0.9904, abs=5e-5)


def test_a_year_is_the_mean_of_its_days() -> None:
    """2022 by the European Central Bank: 1.0530."""
    assert dollars_per_euro("2022") == pytest.approx(1.0530, abs=5e-5)


def test_periods_beyond_the_carried_rates_are_null() -> None:
    last = CurrencyConverter().bounds["USD"].last_date
    assert np.isnan(dollars_per_euro(f"{last.year + 1}-01"))
    assert np.isnan(dollars_per_euro(f"{last.year}-12")) == (end(f"{last.year}-12") > last)
    assert np.isnan(dollars_per_euro("1998-12"))


def test_the_euro_lost_a_tenth_in_2022() -> None:
    """Dollars cost 12 % more euro in March to November 2022 than in those months of 2020, 2021."""
    found = dense(np.ones((1, len(CODES), len(PERIODS))), CODES, "EUR")
    euro = drift(found, window_of(found))
    assert euro.mean == pytest.approx(1.1226, abs=5e-5)
    assert euro.most == pytest.approx(1.2361, abs=5e-5)
    dollar = drift(replace(found, currency="USD"), window_of(found))
    assert dollar.mean == pytest.approx(1 / 1.1226, rel=0.01)
    assert dollar.most == pytest.approx(1.0145, abs=5e-5)  # March 2022 against April 2020


@pytest.mark.parametrize(
    ("actual", "expected_outcome"), [(1_250.01, PASSED), (1_250.0, FAILED), (1_100.0, FAILED)]
)
def test_a_rise_must_exceed_the_most(actual: float, expected_outcome: str) -> None:
    lead = replace(KYRGYZ, actual=actual, expected=1_000.0)
    assert check(Drift(1.125, 1.25), lead).outcome == expected_outcome


def test_a_rate_that_moved_the_other_way_explains_nothing() -> None:
    lead = replace(KYRGYZ, actual=1_001.0, expected=1_000.0, currency="USD")
    found = check(Drift(0.9, 0.95), lead)
    assert found.outcome == PASSED
    assert found.detail == (
        "the dollar gained 11 % against the euro; it is 1.0 times what was expected"
    )


def test_the_detail_prints_the_numbers() -> None:
    detail = check(Drift(1.125, 1.25), replace(KYRGYZ, actual=15_000.0, expected=1_000.0)).detail
    assert detail == (
        "the euro lost 11 % against the dollar; it is 15 times what was expected; "
        "the rate explains 25 % more at most"
    )


def test_without_rates_it_is_not_testable() -> None:
    assert check(None, KYRGYZ).outcome == NOT_TESTABLE
