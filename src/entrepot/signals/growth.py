"""Ordinary growth: of a hub's purchases that were not restricted, and of one good everywhere.

A rise that ordinary growth explains is no lead. Both growths are medians, so that the few goods or
destinations that are looked for cannot move them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.windows import Window

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MIN_FREE_GOODS = 15
"""Unrestricted goods below which the hub's own growth is not measured and taken as none. The
standard error of a median of 15 is a third of the spread of the goods (1.25 / sqrt(15))."""

MIN_DESTINATIONS = 20
"""Destinations below which the growth of one good is not measured: among a few neighbours of the
target all may be hubs, and their median would hide what is looked for."""


MIN_PERIODS_TO_TRIM = 4
"""Periods before below which the largest of them is no outlier but part of a level."""


@dataclass(frozen=True)
class Levels:
    """Mean a period of each series, in currency: `base` in the season before, `mean` after."""

    base: Floats
    mean: Floats

    @property
    def traded(self) -> Flags:
        """Whether there was any trade before or after."""
        return (self.base > 0) | (self.mean > 0)


def levels(values: Floats, window: Window) -> Levels:
    """The levels of each series (last axis: periods) before and after."""
    return Levels(season_mean(values, window), values[..., list(window.after)].mean(axis=-1))


def season_mean(values: Floats, window: Window) -> Floats:
    """Mean a period of the same calendar months before, in the mix of months that is after."""
    places, weights = zip(*window.season, strict=True)
    mean: Floats = values[..., list(places)] @ np.array(weights)
    return mean


def without_one_delivery(values: Floats, window: Window) -> Floats:
    """The values with each series' largest period before lowered to the second largest.

    One delivery of the past is no level to hold a rise against, as one after the ban is no rise.
    """
    before = list(window.before)
    if len(before) < MIN_PERIODS_TO_TRIM:
        return values
    second = np.partition(values[..., before], -2, axis=-1)[..., -2, None]
    out = values.copy()
    out[..., before] = np.minimum(values[..., before], second)
    return out


def reached(values: Floats, share: float) -> Floats:
    """The level that at least `share` of the periods reach."""
    periods = values.shape[-1]
    place = periods - max(1, int(np.ceil(share * periods)))
    return np.partition(values, place, axis=-1)[..., place]


def hub_growth(found: Levels, is_free: Flags, low_base: float) -> Floats:
    """Growth of each hub's purchases of unrestricted goods, at least 1 (dimensionless).

    `is_free` is hubs x baskets.

    The weighted median over goods of the shrunken ratio after to before. A good weighs by the root
    of the geometric mean of its two values, so that neither one large good nor one that jumped or
    collapsed decides. At least 1: where ordinary trade shrank, the expectation is not lowered with
    it, since that would create leads.
    """
    grown = np.ones(found.base.shape[0])
    counts = is_free & found.traded
    for hub in np.flatnonzero(counts.sum(axis=1) >= MIN_FREE_GOODS):
        goods = counts[hub]
        base, mean = found.base[hub, goods] + low_base, found.mean[hub, goods] + low_base
        middle = weighted_medians((mean / base)[None], ((base * mean) ** 0.25)[None])
        grown[hub] = max(1.0, float(middle[0]))
    return grown


def goods_growth(found: Levels, low_base: float) -> Floats:
    """Growth of each good over all third countries, at least 1 (dimensionless, one per basket).

    The median of the shrunken ratio after to before over the destinations that trade in it: a few
    hubs do not move it. 1 where fewer than `MIN_DESTINATIONS` trade in it.
    """
    ratio = (found.mean + low_base) / (found.base + low_base)
    grown = np.ones(ratio.shape[1])
    for basket in np.flatnonzero(found.traded.sum(axis=0) >= MIN_DESTINATIONS):
        grown[basket] = max(1.0, float(np.median(ratio[found.traded[:, basket], basket])))
    return grown


def weighted_medians(values: Floats, weights: Floats) -> Floats:
    """The weighted median of each row: the value at which half of its weight is reached.

    Args:
        values: rows x columns.
        weights: the same shape.
    """
    order = np.argsort(values, axis=1, kind="stable")
    reached = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    place = (reached >= reached[:, -1:] / 2).argmax(axis=1)
    middle = np.take_along_axis(values, np.take_along_axis(order, place[:, None], axis=1), axis=1)
    return np.asarray(middle[:, 0], dtype=np.float64)
