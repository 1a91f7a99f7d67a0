"""Chance: how often what is seen comes about where nothing was rerouted.

No distribution is assumed. The same statistic is taken where no ban was at work: goods that were
never banned (placebo goods), the years before a good's own ban (placebo dates), countries in which
restricted goods did no better than free ones (placebo hubs). Source of the idea: Fisman,
Moustakerski and Wei 2008, Rev. Econ. Stat. 90, 587-592, with Singapore as placebo.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MIN_PLACEBO_CELLS = 100
"""Placebo cells below which neither interval nor error rate is given."""


def tail_shares(found: Floats, null: Floats, goods: Ints) -> Floats:
    """Share of placebo cells at least as high (p-value), with their own sampling error on top.

    (1 + k + s) / (1 + n): k of n placebo cells are at least as high, and s is one standard error of
    k. Cells of one good rise together, so k is counted in clusters: s^2 is the sum over goods of
    the square of their part of k. Without s, a list would hold too many false rows in every
    second set of figures. Null (nan) with fewer than `MIN_PLACEBO_CELLS`.

    Args:
        found: any shape.
        null: one per placebo cell.
        goods: the good of each placebo cell.
    """
    if len(null) < MIN_PLACEBO_CELLS:
        return np.full(found.shape, np.nan)
    order = np.argsort(-null, kind="stable")
    spread = np.concatenate([[0.0], np.sqrt(np.cumsum(2.0 * _earlier(goods[order]) + 1.0))])
    above = np.searchsorted(-null[order], -found, side="right")
    shares = (1.0 + above + spread[above]) / (1.0 + len(null))
    return np.asarray(np.minimum(1.0, shares), dtype=np.float64)


def _earlier(goods: Ints) -> Ints:
    """For each place, how many of the same good stand before it."""
    order = np.argsort(goods, kind="stable")
    ordered = goods[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    run = np.arange(len(goods)) - np.repeat(starts, np.diff(np.append(starts, len(goods))))
    out = np.empty(len(goods), dtype=np.int64)
    out[order] = run
    return out


def q_values(p_values: Floats) -> Floats:
    """Expected share of false rows in the list down to each row (Benjamini and Hochberg 1995).

    Null p-values stay null and do not count as tests. Source: J. R. Stat. Soc. B 57, 289-300.
    """
    q = np.full(p_values.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    if not len(tested):
        return q
    order = tested[np.argsort(p_values[tested], kind="stable")]
    steps = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(1.0, np.minimum.accumulate(steps[::-1])[::-1])
    return q
