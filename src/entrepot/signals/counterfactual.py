"""Two counterfactuals, and how far each is usually off.

`past` is the cell's own season before, grown with the hub or the good; it holds for thin data.
`panel` is the model of ordinary demand (`demand`). Both are tried on placebo cells, where nothing
was banned; in each class of size the one that is nearer there is used, and its misses there are
the interval. So the choice rests on no belief about either.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.chance import MIN_PLACEBO_CELLS
from entrepot.units import INTERVAL_SHARE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

SIZE_BINS = 5
"""Size classes of expected value, at most, in which the placebo misses are taken apart; each holds
`MIN_PLACEBO_CELLS` of them."""

THIN_SHARE = 0.5
"""A cell traded in fewer of the periods before is thin: the panel model then rests on few figures,
and the cell's own past is used."""


@dataclass(frozen=True)
class Tried:
    """Cells with what both counterfactuals expect of them, means a period in currency.

    `panel` is nan where the model says nothing; `after` holds the actual periods (cells x periods).
    """

    past: Floats
    panel: Floats
    after: Floats

    @staticmethod
    def together(parts: "list[Tried]") -> "list[Floats]":
        """past, panel and the actual mean of all parts."""
        if not parts:
            return [np.empty(0)] * 3
        return [
            np.concatenate([part.past for part in parts]),
            np.concatenate([part.panel for part in parts]),
            np.concatenate([part.after.mean(axis=-1) for part in parts]),
        ]


@dataclass(frozen=True)
class Expected:
    """Expected mean a period, hubs x baskets, in currency; bounds nan with too few placebo cells.

    `is_panel`: the panel model was used. `past_miss`, `panel_miss`: the usual miss of each on
    placebo cells of this size (median of |log ratio|; nan: not measured).
    """

    mean: Floats
    low: Floats
    high: Floats
    period_low: Floats
    period_high: Floats
    is_panel: Flags
    past_miss: Floats
    panel_miss: Floats


def choose(past: Floats, panel: Floats, nulls: list[Tried], base: float) -> Expected:
    """The expectation and its interval.

    Args:
        past: hubs x baskets.
        panel: hubs x baskets; nan where there is none, or the cell is thin (`THIN_SHARE`).
        nulls: placebo cells, at most one entry a window.
        base: added to both sides of each ratio, in currency a period.
    """
    null_past, null_panel, null_mean = Tried.together(nulls)
    edges = class_edges(null_past)
    bins, null_bins = classes(edges, past), classes(edges, null_past)
    missed_past = log_miss(null_mean, null_past, base)
    missed_panel = log_miss(null_mean, null_panel, base)
    both = ~np.isnan(missed_panel)
    usual_past = _by_bin(np.abs(missed_past), null_bins, both if both.any() else ~both)
    usual_panel = _by_bin(np.abs(missed_panel), null_bins, both)
    nearer = usual_panel < usual_past
    is_panel = nearer[bins] & ~np.isnan(panel)
    mean = np.where(is_panel, panel, past)
    null_used = np.where(nearer[null_bins] & both, null_panel, null_past)
    low, high = band(mean, bins, log_miss(null_mean, null_used, base), null_bins, base)
    missed, of_period = _single(nulls, null_used, null_bins, base)
    period_low, period_high = band(mean, bins, missed, of_period, base)
    return Expected(
        mean, low, high, period_low, period_high, is_panel, usual_past[bins], usual_panel[bins]
    )


def class_edges(size: Floats) -> Floats:
    """Edges of classes of like size that hold `MIN_PLACEBO_CELLS` each, `SIZE_BINS` at most."""
    if len(size) < MIN_PLACEBO_CELLS:
        return np.empty(0)
    count = min(SIZE_BINS, len(size) // MIN_PLACEBO_CELLS)
    return np.asarray(np.quantile(size, np.linspace(0, 1, count + 1)[1:-1]))


def classes(edges: Floats, size: Floats) -> Ints:
    """The class of each size; nan belongs to the last."""
    return np.searchsorted(edges, size, side="right").astype(np.int64)


def log_miss(actual: Floats, expected: Floats, base: float) -> Floats:
    """By how much an expectation was off, in logs; `base` is added to both sides."""
    out: Floats = np.log((actual + base) / (expected + base))
    return out


def _by_bin(missed: Floats, bins: Ints, counted: Flags) -> Floats:
    """Median of each size class; nan where it is empty."""
    out = np.full(SIZE_BINS, np.nan)
    for i in range(SIZE_BINS):
        chosen = counted & (bins == i)
        if chosen.any():
            out[i] = np.median(missed[chosen])
    return out


def _single(nulls: list[Tried], used: Floats, bins: Ints, base: float) -> tuple[Floats, Ints]:
    """Misses of single periods of placebo cells, and the size class of each."""
    if not nulls:
        return np.empty(0), np.empty(0, dtype=np.int64)
    ends = np.cumsum([len(part.past) for part in nulls])[:-1]
    parts = list(zip(nulls, np.split(used, ends), np.split(bins, ends), strict=True))
    missed = [log_miss(part.after, mean[:, None], base).ravel() for part, mean, _ in parts]
    of_period = [np.repeat(own, part.after.shape[1]) for part, _, own in parts]
    return np.concatenate(missed), np.concatenate(of_period)


def band(
    mean: Floats, bins: Ints, missed: Floats, null_bins: Ints, base: float
) -> tuple[Floats, Floats]:
    """Interval of an expected mean from the misses of placebo cells of like size.

    The ends are the misses in places (n + 1) p of the n in order (between two: in proportion), so
    that a cell like the n others lies in it as often as is said, however few they are (split
    conformal prediction: Vovk, Gammerman and Shafer 2005, Algorithmic Learning in a Random World;
    Hyndman and Fan 1996, type 6). Places (n - 1) p would hold it too seldom, by 2 points in 100 at
    n = 100.

    Widened where needed to hold the mean itself, and at least 0; nan with fewer than
    `MIN_PLACEBO_CELLS`.

    Args:
        mean: any shape, in currency a period.
        bins: the size class of each.
        missed: log misses of placebo cells.
        null_bins: the size class of each of these.
        base: as in `log_miss`.
    """
    if len(missed) < MIN_PLACEBO_CELLS:
        return np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    tails = [(1 - INTERVAL_SHARE) / 2, (1 + INTERVAL_SHARE) / 2]
    # Where many cells are of one size (0), a class between equal edges is empty.
    of_class = [missed[null_bins == i] for i in range(SIZE_BINS)]
    limits = np.array(
        [np.quantile(one if len(one) else missed, tails, method="weibull") for one in of_class]
    )
    low = (mean + base) * np.exp(limits[bins, 0]) - base
    high = (mean + base) * np.exp(limits[bins, 1]) - base
    return np.minimum(np.maximum(low, 0.0), mean), np.maximum(high, mean)
