"""Chance: shares of placebo cells by hand, with their clusters, and q-values."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.signals.chance import MIN_PLACEBO_CELLS, q_values, tail_shares

NULL = np.arange(100.0)  # the four highest are 99, 98, 97 and 96
OWN = np.arange(100)  # every cell is a good of its own


def goods(*highest: int) -> np.ndarray:
    """A good of its own for each cell, but for the highest ones, best first."""
    found = OWN + 1_000
    found[100 - len(highest) :] = highest[::-1]
    return found


@pytest.mark.parametrize(
    ("of", "spread"),
    [
        (goods(1, 2, 3, 4), sqrt(4)),  # four goods, once each: 1 + 1 + 1 + 1
        (goods(1, 1, 2, 3), sqrt(6)),  # 2^2 + 1 + 1
        (goods(1, 2, 1, 2), sqrt(8)),  # 2^2 + 2^2, wherever they stand
        (goods(1, 1, 1, 1), 4.0),  # one good: its cells rise together
    ],
)
def test_a_p_value_counts_clusters_by_good(of: np.ndarray, spread: float) -> None:
    """Four of a hundred are at least 96: (1 + 4 + s) / (1 + 100)."""
    found = tail_shares(np.array([[96.0]]), NULL, of)
    assert found.shape == (1, 1)
    assert found[0, 0] == pytest.approx((5 + spread) / 101)


def test_order_of_placebo_cells_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    order = rng.permutation(100)
    of = rng.integers(0, 8, 100)
    np.testing.assert_array_equal(
        tail_shares(NULL, NULL[order], of[order]), tail_shares(NULL, NULL, of)
    )


def test_ties_count_and_no_p_value_is_zero_or_above_one() -> None:
    assert tail_shares(np.array([0.0]), np.zeros(100), OWN)[0] == 1.0
    assert tail_shares(np.array([1_000.0]), NULL, OWN)[0] == 1 / 101
    assert tail_shares(np.array([99.0]), NULL, OWN)[0] == pytest.approx(3 / 101)  # 1 + 1 + 1


def test_too_few_placebo_cells_say_nothing() -> None:
    few = MIN_PLACEBO_CELLS - 1
    assert np.isnan(tail_shares(np.zeros((2, 3)), np.zeros(few), OWN[:few])).all()


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20), st.integers(0, 5))
def test_a_higher_cell_has_no_higher_p_value(listed: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = np.sort(np.array(listed))
    shares = tail_shares(found, rng.uniform(-1, 1, 150), rng.integers(0, 30, 150))
    assert (np.diff(shares) <= 0).all()
    assert ((shares > 0) & (shares <= 1)).all()


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
    p = np.array([np.nan if value is None else value for value in listed], dtype=np.float64)
    q = q_values(p)
    assert (np.isnan(p) == np.isnan(q)).all()
    kept = ~np.isnan(p)
    order = np.argsort(p[kept], kind="stable")
    assert (np.diff(q[kept][order]) >= 0).all()
    assert (q[kept] >= p[kept] - 1e-12).all()
