"""The onward leg: what a hub sold to the target against what it would have sold.

Expected = the same calendar months before, times the growth of what the hub sells to the target of
goods that were not restricted. How far that is usually off is read from placebo years and from the
free goods. A rise has innocent causes (the hub's own products, goods of other origin, new demand
where others left a market), so it is consistent with rerouting and no more. Definitions of the
rerouted value and the substitution ratio: docs/methods.md, "Three legs"; limits of the growth and
of the low base are those of the rise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrepot.codes.country import name
from entrepot.codes.period import is_month
from entrepot.signals.amounts import money
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.counterfactual import band, class_edges, classes, log_miss
from entrepot.signals.growth import Levels, hub_growth, levels
from entrepot.signals.legs.legs import Leg, Source
from entrepot.signals.windows import MIN_PERIODS_BEFORE, Window, placebos
from entrepot.units import LOW_BASE_PER_MONTH

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Range = tuple[Floats, Floats]


@dataclass(frozen=True)
class Onward:
    """Arrays of hubs x baskets of one window; money over the whole window; nan: not measurable.

    `excess` = actual - expected; its two ends are null where there are fewer than
    `chance.MIN_PLACEBO_CELLS` placebo cells. `growth` per hub (dimensionless, at least 1; nan
    without a source), from `free_goods` goods that were not restricted; `source` per hub, null:
    none covers the window.
    """

    actual: Floats
    expected: Floats
    excess: Floats
    excess_low: Floats
    excess_high: Floats
    growth: Floats
    free_goods: NDArray[np.int64]
    placebo_cells: int
    source: tuple[Source | None, ...]


def known_levels(values: Floats, window: Window, periods: Sequence[str]) -> Levels:
    """Levels before and after of each series whose source covers the window; nan for the others.

    Args:
        values: ... x periods, nan where a source is silent.
        window: every period after must be told. Of the periods before, those that are told are
            used: each calendar month at least once, and a whole season (`MIN_PERIODS_BEFORE`).
        periods: of the panel.
    """
    flat = values.reshape(-1, values.shape[-1])
    base, mean = np.full((2, len(flat)), np.nan)
    for thin, rows in _alike(flat, window, periods):
        found = levels(flat[rows], thin)
        base[rows], mean[rows] = found.base, found.mean
    shape = values.shape[:-1]
    return Levels(base.reshape(shape), mean.reshape(shape))


def _alike(
    flat: Floats, window: Window, periods: Sequence[str]
) -> Iterator[tuple[Window, NDArray[np.intp]]]:
    """Groups of series that know the same periods, each with the window it can be measured in."""
    rows = np.flatnonzero(~np.isnan(flat[:, list(window.after)]).any(axis=1))
    known = ~np.isnan(flat[rows][:, list(window.before)])
    whole = known.all(axis=1)
    if whole.any():
        yield window, rows[whole]
    patterns, of_row = np.unique(known[~whole], axis=0, return_inverse=True)
    for i, pattern in enumerate(patterns):
        thin = thinned(window, set(np.array(window.before)[pattern].tolist()), periods)
        if thin is not None:
            yield thin, rows[~whole][of_row == i]


def thinned(window: Window, told: set[int], periods: Sequence[str]) -> Window | None:
    """The window with only the told periods before, its season's calendar months weighing the same.

    Null where a calendar month is never told, or less than one season is.
    """
    before = tuple(i for i in window.before if i in told)
    if len(before) < MIN_PERIODS_BEFORE[is_month(periods[0])]:
        return None
    weight: dict[str, float] = {}
    kept: dict[str, list[int]] = {}
    for i, share in window.season:
        month = periods[i][5:]
        weight[month] = weight.get(month, 0.0) + share
        kept.setdefault(month, []).extend([i] if i in told else [])
    if not all(kept.values()):
        return None
    season = [(i, weight[month] / len(found)) for month, found in kept.items() for i in found]
    return replace(window, before=before, season=tuple(sorted(season)))


def choose(own: Leg, mirror: Leg, window: Window, periods: Sequence[str]) -> Leg:
    """For each hub the source that covers the window for more baskets; the seller's own on a tie.

    A mirror that ends before the ban covers nothing, so it is no leg.
    """
    told = [
        (~np.isnan(known_levels(leg.values, window, periods).base)).sum(axis=1)
        for leg in (own, mirror)
    ]
    is_own = np.asarray(told[0] >= told[1])
    is_any = np.asarray(np.maximum(told[0], told[1]) > 0)
    values = np.where(is_own[:, None, None], own.values, mirror.values)
    values = np.where(is_any[:, None, None], values, np.nan)
    source = tuple(
        (own if is_own[h] else mirror).source[h] if is_any[h] else None
        for h in range(len(own.hubs))
    )
    return Leg(own.hubs, values, source)


def excess_over(
    leg: Leg,
    is_free: Flags,
    real: Window,
    periods: Sequence[str],
    *,
    clean_until: NDArray[np.int64] | None = None,
    low_base: float = LOW_BASE_PER_MONTH,
) -> Onward:
    """What a leg carried above expectation, for every hub and basket of one window.

    Args:
        leg: hubs x baskets x periods; see `choose` where there are two sources.
        is_free: hubs x baskets (or baskets): goods that no measure touched.
        real: periods before and after the ban.
        periods: of the panel.
        clean_until: per basket, the first period that its own ban touches: placebo windows that
            reach it leave it out. Null: no ban touches one.
        low_base: added to both sides of each ratio, in currency a period.
    """
    values = leg.values
    free = np.broadcast_to(is_free, values.shape[:2])
    clean = np.full(values.shape[1], len(periods)) if clean_until is None else clean_until
    now = known_levels(values, real, periods)
    growth = hub_growth(now, free, low_base)
    mean, counted = growth[:, None] * now.base, free & now.traded
    ordinary = [(mean[counted], log_miss(now.mean, mean, low_base)[counted])]
    for window in placebos(periods, real):
        then = known_levels(values, window, periods)
        usual = hub_growth(then, free, low_base)[:, None] * then.base
        kept = then.traded & (clean > max(window.after))[None, :]
        ordinary.append((usual[kept], log_miss(then.mean, usual, low_base)[kept]))
    size, miss = (np.concatenate(parts) for parts in zip(*ordinary, strict=True))
    ends = interval(mean, size, miss, low_base)
    expected, low, high = (len(real.after) * one for one in (mean, *ends))
    actual = len(real.after) * now.mean
    has_source = np.asarray(~np.isnan(now.base).all(axis=1))
    return Onward(
        actual=actual,
        expected=expected,
        excess=actual - expected,
        excess_low=actual - high,
        excess_high=actual - low,
        growth=np.where(has_source, growth, np.nan),
        free_goods=counted.sum(axis=1),
        placebo_cells=len(size),
        source=tuple(one if has_source[h] else None for h, one in enumerate(leg.source)),
    )


def interval(mean: Floats, size: Floats, miss: Floats, low_base: float) -> Range:
    """Two ends of an expected mean, from the log misses of placebo cells of like size.

    Classes and ends as in `counterfactual.class_edges` and `band`.
    """
    edges = class_edges(size)
    return band(mean, classes(edges, mean), miss, classes(edges, size), low_base)


def rerouted(
    in_excess_low: ArrayLike,
    in_excess: ArrayLike,
    in_excess_high: ArrayLike,
    onward_low: ArrayLike,
    onward: ArrayLike,
    onward_high: ArrayLike,
    direct_loss: ArrayLike,
) -> Range:
    """The value that all three legs leave room for: an upper bound of the route, not its size.

    rho = min{(in - expected)^+, (out - expected)^+, D}: the low end from the low ends, the high end
    from the high ends. `direct_loss` (D, per basket) is what direct trade lost. All in one currency
    over one window; arrays broadcast. Null (nan) where any leg or an end of it is null. Every hub
    of a good draws on the same D: see `total_rerouted`.
    """
    legs = (in_excess_low, in_excess, in_excess_high, onward_low, onward, onward_high, direct_loss)
    low_in, mid_in, high_in, low_out, mid_out, high_out, lost = (
        np.asarray(one, dtype=np.float64) for one in legs
    )
    is_null = np.isnan(low_in + mid_in + high_in + low_out + mid_out + high_out + lost)
    ends = [
        np.where(is_null, np.nan, np.maximum(0.0, np.minimum(np.minimum(a, b), lost)))
        for a, b in ((low_in, low_out), (high_in, high_out))
    ]
    return ends[0], ends[1]


def total_rerouted(low: Floats, high: Floats, direct_loss: Floats) -> Range:
    """Per basket, the sum over hubs, at most what direct trade lost; null where no hub has one.

    Args:
        low: hubs x baskets, of `rerouted`; null hubs are left out of the sum.
        high: the same.
        direct_loss: per basket.
    """
    has_any = ~np.isnan(low).all(axis=0) & ~np.isnan(direct_loss)
    ends = [
        np.where(has_any, np.minimum(np.nansum(one, axis=0), direct_loss), np.nan)
        for one in (low, high)
    ]
    return ends[0], ends[1]


def substitution(low: ArrayLike, high: ArrayLike, direct_loss: ArrayLike) -> Range:
    """The rerouted value as a share (0 to 1) of the direct trade lost; null where that is 0.

    EBRD working paper 276 finds less than 0.10 overall and more than 0.50 for many goods.
    """
    lost = np.asarray(direct_loss, dtype=np.float64)
    lost = np.where(lost > 0, lost, np.nan)
    return np.asarray(low) / lost, np.asarray(high) / lost


def onward_check(
    hub: str,
    target: str,
    excess: float | None,
    low: float | None,
    high: float | None,
    currency: str,
    source: str | None,
) -> Check:
    """Did the hub sell more of it to the target than expected? Passed: the whole interval is above.

    Money over the window. Not testable without a source that covers the window, or an interval.
    """
    question = f"Did {name(hub)} sell more of it to {name(target)} than expected?"
    if excess is None or source is None:
        return Check(question, NOT_TESTABLE, "no figures of that trade cover the time")
    said = f"{money(excess, currency)} above expectation, by {source}"
    if low is None or high is None:
        return Check(question, NOT_TESTABLE, f"{said}; too few placebo cells for an interval")
    detail = f"{said}; {money(low, currency)} to {money(high, currency)}"
    if low > 0:
        return Check(question, PASSED, detail)
    return Check(question, FAILED, f"{detail}: not safely told from ordinary change")
