"""Steadiness worked by hand, and its laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from entrepot.signals import steady
from entrepot.signals.steady import SHARPNESS, steadiest, steadiness


def alone(before: list[float], after: list[float], nothing: float) -> float:
    return float(steadiness(np.array([before]), np.array([after]), nothing)[0])


def test_by_hand() -> None:
    """After 2 against before 1 and 2: (16 - 1)/(16 + 1) and 0, so half of 15/17."""
    assert alone([1.0, 2.0], [2.0], 0.0) == pytest.approx(15 / 34)


def test_nothing_is_added_to_both_sides() -> None:
    """With 1 added: 3 against 2 is (81 - 16)/(81 + 16), and 3 against 3 is 0."""
    assert alone([1.0, 2.0], [2.0], 1.0) == pytest.approx(65 / 97 / 2)
    assert alone([0.0, 0.0], [0.0], 1.0) == 0.0


@pytest.mark.parametrize(
    ("times", "by_month", "by_year"), [(1.1, 0.188, 0.048), (2.0, 0.882, 0.333), (3.0, 0.976, 0.5)]
)
def test_how_much_a_pair_counts(times: float, by_month: float, by_year: float) -> None:
    """Twice as much: (16 - 1)/(16 + 1) in months, (2 - 1)/(2 + 1) in years."""
    for is_monthly, counts in ((True, by_month), (False, by_year)):
        found = steadiness(np.ones((1, 1)), np.full((1, 1), times), 0.0, SHARPNESS[is_monthly])
        assert found[0] == pytest.approx(counts, abs=0.0005)


def test_one_delivery_is_high_in_one_period_only() -> None:
    """Of three periods after one is above nothing: a third, however large it is."""
    found = [alone([0.0] * 4, [size, 0.0, 0.0], 1_000.0) for size in (1e6, 1e9)]
    assert found == pytest.approx([1 / 3, 1 / 3], abs=1e-9)
    assert alone([0.0] * 4, [1e6, 1e6, 1e6], 1_000.0) == pytest.approx(1.0)


def test_many_series_are_judged_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    before, after = rng.gamma(1, 1e4, (7, 5)), rng.gamma(1, 1e4, (7, 3))
    whole = steadiness(before, after, 1e3)
    monkeypatch.setattr(steady, "CHUNK", 2)
    np.testing.assert_array_equal(steadiness(before, after, 1e3), whole)


series = arrays(np.float64, (2, 4), elements=st.floats(0, 1e9))


@settings(max_examples=50, deadline=None)
@given(series, series, st.sampled_from([1.0, 1e3]))
def test_it_lies_between_its_ends_and_turns_with_time(
    before: np.ndarray, after: np.ndarray, nothing: float
) -> None:
    found = steadiness(before, after, nothing)
    assert (np.abs(found) <= 1).all()
    np.testing.assert_allclose(steadiness(after, before, nothing), -found, atol=1e-12)
    np.testing.assert_allclose(  # the order of periods within a side does not matter
        steadiness(before[:, ::-1], after[:, ::-1], nothing), found, atol=1e-12
    )
    np.testing.assert_allclose(  # nor does the unit of money
        steadiness(before * 1e3, after * 1e3, nothing * 1e3), found, atol=1e-12
    )


def test_the_steadiest_seller_of_each_cell() -> None:
    """Two sellers in cell (0, 1), one in (1, 0), nobody elsewhere."""
    found = steadiest(np.array([0.2, 0.5, -0.3]), np.array([0, 0, 1]), np.array([1, 1, 0]), (2, 2))
    np.testing.assert_array_equal(found, [[-1.0, 0.5], [-0.3, -1.0]])
