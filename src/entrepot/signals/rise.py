"""The rise: what a hub bought after the ban against what it would have bought without rerouting.

Expected = the hub's own level in the same calendar months before, times the larger of two growths:
of its purchases of goods that were not restricted, and of the same goods at other destinations. How
far such an expectation is usually off is read from placebo years before a good's own ban; how large
a rise chance alone produces, from those and from goods that were never banned. No distribution is
assumed.

A rise has innocent causes (new demand, a plant being built, firms that moved, migrants, a price
rise in one good), so it is a reason to look, never evidence by itself. Formulas and limits:
docs/methods.md, "The rise".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.windows import Window
from entrepot.units import INTERVAL_SHARE, LOW_BASE_PER_MONTH

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SHARE_AFTER = 0.70
"""A rise must hold in this share of the periods after the ban: one invoice is not a rise."""

SHARE_BEFORE = 0.15
"""It is compared with the level that this share of earlier periods reached, not with their mean:
lumps of the past count."""

MIN_FREE_GOODS = 15
"""Unrestricted goods below which the hub's own growth is not measured and taken as none. The
standard error of a median of 15 is a third of the spread of the goods (1.25 / sqrt(15))."""

MIN_DESTINATIONS = 20
"""Destinations below which the growth of one good is not measured: among a few neighbours of the
target all may be hubs, and their median would hide what is looked for."""

MIN_PLACEBO_CELLS = 100
"""Placebo cells below which neither interval nor error rate is given."""

SIZE_BINS = 5
"""Size classes of expected value in which the placebo errors are taken apart."""


@dataclass(frozen=True)
class Features:
    """Summaries per cell, in currency a period.

    `base` mean of the season before, `mean` after, `low` the level held in `SHARE_AFTER` of the
    periods after, `high` the level reached in `SHARE_BEFORE` of the periods before; `top_share` the
    largest period's share of the value after (0 to 1).
    """

    base: Floats
    mean: Floats
    low: Floats
    high: Floats
    top_share: Floats


@dataclass(frozen=True)
class Rise:
    """Arrays of shape hubs x baskets of one window; money over the whole window.

    `persistence` is a log ratio (dimensionless); `p_value` the share of placebo cells that rise at
    least as much; null (nan) where there are too few of them. `growth` is per hub (dimensionless,
    at least 1), from `free_goods` unrestricted goods; `goods_growth` per basket (the same), from
    `destinations` third countries. `period_low`, `period_high` bound one single period around the
    expected mean.
    """

    actual: Floats
    expected: Floats
    expected_low: Floats
    expected_high: Floats
    period_low: Floats
    period_high: Floats
    persistence: Floats
    p_value: Floats
    top_share: Floats
    growth: Floats
    goods_growth: Floats
    free_goods: NDArray[np.int64]
    destinations: NDArray[np.int64]
    placebo_cells: int


def features(values: Floats, window: Window) -> Features:
    """Summaries of each series (last axis: periods) before and after."""
    after = values[..., list(window.after)]
    before = values[..., list(window.before)]
    total = after.sum(axis=-1)
    return Features(
        base=season_mean(values, window),
        mean=after.mean(axis=-1),
        low=reached(after, SHARE_AFTER),
        high=reached(before, SHARE_BEFORE),
        top_share=np.divide(after.max(axis=-1), total, out=np.zeros_like(total), where=total > 0),
    )


def season_mean(values: Floats, window: Window) -> Floats:
    """Mean a period of the same calendar months before, in the mix of months that is after."""
    places, weights = zip(*window.season, strict=True)
    mean: Floats = values[..., list(places)] @ np.array(weights)
    return mean


def reached(values: Floats, share: float) -> Floats:
    """The level that at least `share` of the periods reach."""
    periods = values.shape[-1]
    place = periods - max(1, int(np.ceil(share * periods)))
    return np.partition(values, place, axis=-1)[..., place]


def hub_growth(found: Features, is_free: Flags, low_base: float) -> Floats:
    """Growth of each hub's purchases of unrestricted goods, at least 1 (dimensionless).

    `is_free` is hubs x baskets.

    The weighted median over goods of the shrunken ratio after to before. A good weighs by the root
    of the geometric mean of its two values, so that neither one large good nor one that jumped or
    collapsed decides. At least 1: where ordinary trade shrank, the
    expectation is not lowered with it, since that would create leads.
    """
    grown = np.ones(found.base.shape[0])
    for hub in range(len(grown)):
        traded = is_free[hub] & ((found.base[hub] > 0) | (found.mean[hub] > 0))
        if traded.sum() < MIN_FREE_GOODS:
            continue
        base, mean = found.base[hub][traded], found.mean[hub][traded]
        ratio = (mean + low_base) / (base + low_base)
        grown[hub] = max(
            1.0, _weighted_median(ratio, ((base + low_base) * (mean + low_base)) ** 0.25)
        )
    return grown


def goods_growth(found: Features, low_base: float) -> Floats:
    """Growth of each good over all third countries, at least 1 (dimensionless, one per basket).

    The median of the shrunken ratio after to before over the destinations that trade in it: a few
    hubs do not move it. 1 where fewer than `MIN_DESTINATIONS` trade in it.
    """
    ratio = (found.mean + low_base) / (found.base + low_base)
    traded = (found.base > 0) | (found.mean > 0)
    grown = np.ones(ratio.shape[1])
    for basket in np.flatnonzero(traded.sum(axis=0) >= MIN_DESTINATIONS):
        grown[basket] = max(1.0, float(np.median(ratio[traded[:, basket], basket])))
    return grown


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def rise(
    values: Floats,
    is_free: Flags,
    real: Window,
    placebos: Sequence[Window],
    *,
    clean_until: NDArray[np.int64] | None = None,
    low_base: float = LOW_BASE_PER_MONTH,
) -> Rise:
    """Judge every hub x basket of one window.

    Args:
        values: hubs x baskets x periods, in one currency; hubs only, without the target.
        is_free: hubs x baskets, goods that were restricted neither to the target nor to the hub.
        real: periods before and after the ban.
        placebos: the same window in earlier years, when nothing was banned.
        clean_until: per basket, the first period that its own ban touches; placebo windows that
            reach it leave the basket out. Null: no ban touches a placebo window.
        low_base: added to both sides of each ratio, in currency a period.
    """
    found = features(values, real)
    growth, of_goods = hub_growth(found, is_free, low_base), goods_growth(found, low_base)
    allowed = np.maximum(growth[:, None], of_goods[None, :])
    persistence = _persistence(found, allowed, low_base)
    mean = allowed * found.base
    if clean_until is None:
        clean_until = np.full(values.shape[1], values.shape[2])
    null, size, miss, period_miss = _placebo(values, is_free, placebos, clean_until, low_base)
    traded = (found.base > 0) | (found.mean > 0)
    null = np.concatenate([null, persistence[is_free & traded]])
    low, high = _band(mean, size, miss, low_base)
    period_low, period_high = _band(mean, size, period_miss, low_base)
    periods = len(real.after)
    return Rise(
        actual=values[..., list(real.after)].sum(axis=-1),
        expected=mean * periods,
        expected_low=low * periods,
        expected_high=high * periods,
        period_low=period_low,
        period_high=period_high,
        persistence=persistence,
        p_value=np.where(traded, _p_values(persistence, null), np.nan),
        top_share=found.top_share,
        growth=growth,
        goods_growth=of_goods,
        free_goods=(traded & is_free).sum(axis=1),
        destinations=traded.sum(axis=0),
        placebo_cells=len(null),
    )


def _persistence(found: Features, allowed: Floats, low_base: float) -> Floats:
    out: Floats = np.log((found.low + low_base) / (allowed * found.high + low_base))
    return out


def _placebo(
    values: Floats,
    is_free: Flags,
    placebos: Sequence[Window],
    clean_until: NDArray[np.int64],
    low_base: float,
) -> tuple[Floats, Floats, Floats, Floats]:
    """What the method finds where nothing was banned.

    Returns persistence, expected size, log miss of the window's mean (one each per traded cell),
    and the log misses of its single periods (cells x periods).
    """
    null, size, miss, period_miss = [], [], [], []
    for window in placebos:
        found = features(values, window)
        growth = hub_growth(found, is_free, low_base)
        allowed = np.maximum(growth[:, None], goods_growth(found, low_base)[None, :])
        clean = clean_until > max(window.after)
        traded = ((found.base > 0) | (found.mean > 0)) & clean[None, :]
        mean = allowed * found.base
        single = values[..., list(window.after)]
        null.append(_persistence(found, allowed, low_base)[traded])
        size.append(mean[traded])
        miss.append(np.log((found.mean + low_base) / (mean + low_base))[traded])
        period_miss.append(np.log((single + low_base) / (mean + low_base)[..., None])[traded])
    if not null:
        empty = np.empty(0)
        return empty, empty, empty, np.empty((0, 1))
    return (
        np.concatenate(null),
        np.concatenate(size),
        np.concatenate(miss),
        np.concatenate(period_miss),
    )


def _p_values(persistence: Floats, null: Floats) -> Floats:
    """Share of null cells at least as high, counting the cell itself; nan with too few cells."""
    if len(null) < MIN_PLACEBO_CELLS:
        return np.full(persistence.shape, np.nan)
    ordered = np.sort(null)
    above = len(ordered) - np.searchsorted(ordered, persistence, side="left")
    return np.asarray((1.0 + above) / (1.0 + len(ordered)), dtype=np.float64)


def _band(mean: Floats, size: Floats, miss: Floats, low_base: float) -> tuple[Floats, Floats]:
    """Interval of the expected mean from the misses of placebo cells of like size."""
    if len(size) < MIN_PLACEBO_CELLS:
        return np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    edges = np.quantile(size, np.linspace(0, 1, SIZE_BINS + 1)[1:-1])
    bins = np.searchsorted(edges, size, side="right")
    tails = [(1 - INTERVAL_SHARE) / 2, (1 + INTERVAL_SHARE) / 2]
    everything = np.quantile(miss, tails)
    limits = np.array(
        [
            np.quantile(miss[bins == i], tails) if (bins == i).any() else everything
            for i in range(SIZE_BINS)
        ]
    )
    where = np.searchsorted(edges, mean, side="right")
    low = (mean + low_base) * np.exp(limits[where, 0]) - low_base
    high = (mean + low_base) * np.exp(limits[where, 1]) - low_base
    return np.minimum(np.maximum(low, 0.0), mean), np.maximum(high, mean)


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
