"""Direct loss: the same months, exporter by exporter."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.signals.conftest import months

from entrepot.signals.direct import direct_loss
from entrepot.signals.windows import window

PERIODS = months(2020, 2022)[:35]
REAL = window(PERIODS, date(2022, 2, 26))
assert REAL is not None
ONE = np.array([0])


def step(before: float, after: float) -> np.ndarray:
    return np.where(np.isin(np.arange(35), REAL.after), after, before)


def test_the_same_months_are_compared() -> None:
    """EUR 100 a month from March to November and 900 in winter: nothing was lost."""
    winter = np.array([900.0 if period[5:] in ("12", "01", "02") else 100.0 for period in PERIODS])
    found = direct_loss(winter[None, :], ONE, 1, REAL)
    assert found.before[0] == pytest.approx(900.0)
    assert found.loss[0] == pytest.approx(0.0, abs=1e-9)
    gone = np.where(np.isin(np.arange(35), REAL.after), 0.0, winter)
    assert direct_loss(gone[None, :], ONE, 1, REAL).vanished_share[0] == pytest.approx(1.0)


def test_the_gain_of_one_exporter_does_not_hide_the_loss_of_another() -> None:
    """Nine months: the first sells 100 and then 0, the second 0 and then 80, of one good.

    The sum over exporters of what each sells less: 9 x 100, not 9 x (100 - 80).
    """
    found = direct_loss(np.array([step(100, 0), step(0, 80)]), np.array([0, 0]), 1, REAL)
    assert found.before[0] == pytest.approx(900.0)
    assert found.loss[0] == pytest.approx(900.0)
    assert found.vanished_share[0] == pytest.approx(1.0)


def test_each_good_has_its_own_loss_and_null_where_nothing_was_sold() -> None:
    """Good 0: 50 to 10. Good 1: never sold. Good 2: only since the ban."""
    found = direct_loss(np.array([step(50, 10), step(0, 5)]), np.array([0, 2]), 3, REAL)
    np.testing.assert_allclose(found.before, [450.0, 0.0, 0.0])
    np.testing.assert_allclose(found.loss, [360.0, 0.0, 0.0])
    assert found.vanished_share[0] == pytest.approx(0.8)
    assert np.isnan(found.vanished_share[1:]).all()


@settings(max_examples=30, deadline=None)
@given(arrays(np.float64, (3, 35), elements=st.floats(0, 1e9)))
def test_the_loss_lies_between_nothing_and_the_earlier_level(sold: np.ndarray) -> None:
    found = direct_loss(sold, np.array([0, 0, 1]), 2, REAL)
    together = direct_loss(sold[:2].sum(axis=0)[None, :], ONE, 1, REAL)
    assert (found.loss >= 0).all()
    assert (found.loss <= found.before * (1 + 1e-12)).all()
    assert found.loss[0] >= together.loss[0] - 1e-3 - 1e-9 * found.before[0]
    known = found.vanished_share[~np.isnan(found.vanished_share)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()
