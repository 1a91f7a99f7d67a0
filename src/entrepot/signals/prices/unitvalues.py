"""Unit values compared: money per kilogram against a reference, with an interval.

A unit value is no price. Two of them differ for many innocent reasons: another quality or another
mix of goods under one code, freight and insurance (imports are valued CIF, exports FOB), a contract
priced months before, a quantity typed in the wrong unit. So like is compared with like (one line,
one period, one reporter's own figures where there are any), the middle of many such comparisons is
taken, and its interval rests on their spread alone: it holds no fault that all of them share.

The middle is the median of log ratios. Its interval is that of the order statistics (binomial with
one half): exact for independent comparisons of any distribution. Source: H. A. David and
H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 7.1.
"""

from dataclasses import dataclass, fields
from math import comb, floor, log, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from entrepot.units import INTERVAL_SHARE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]
Texts = NDArray[np.str_]

MIN_CELLS = 5
"""Comparisons below which there is no interval: even from the smallest to the largest of four, the
true median is held only in 7 of 8 cases (1 - 2 / 2^4), less than the nine of ten asked for."""

OUTLIER_FACTOR = 100.0
"""A unit value this many times above or below the median of its line is left out and counted. It
lies between a slip of three digits (tonnes for kilograms, 1,000 times) and what quality does."""

SHARED_DIGITS = 6
"""Digits of a code that all countries share: lines of two reporters are compared at them."""

_EXACT_UP_TO = 1000
"""Comparisons above which the binomial is replaced by its normal limit."""


@dataclass(frozen=True)
class Cells:
    """Columns of one length, one row a counterpart, line and period.

    `other` is the counterpart (ISO alpha-3), `is_focus` marks its trade with the country asked
    about; the rest is its trade with all others. `value` is money, `quantity` kilograms or one
    supplementary unit, both above 0.
    """

    other: Texts
    line: Texts
    period: Texts
    is_focus: Flags
    value: Floats
    quantity: Floats

    def pick(self, keep: Flags) -> "Cells":
        """The rows that are marked."""
        return Cells(*(getattr(self, one.name)[keep] for one in fields(self)))


@dataclass(frozen=True)
class Gaps:
    """Columns of one length: each cell of the country asked about that has a reference.

    `log_ratio` is ln(unit value / reference), dimensionless; `at_reference` what the same quantity
    would have cost at the reference, in money.
    """

    other: Texts
    line: Texts
    period: Texts
    log_ratio: Floats
    value: Floats
    quantity: Floats
    at_reference: Floats


@dataclass(frozen=True)
class Middle:
    """Median of log ratios with its interval; null ends: fewer than `MIN_CELLS` comparisons.

    `cells` is how many comparisons it rests on, `over` what each of them is: "lines" (counterpart
    and line, months put together) or "periods" (lines put together).
    """

    value: float
    low: float | None
    high: float | None
    cells: int
    over: str


def beyond(cells: Cells) -> Flags:
    """Rows whose unit value is more than `OUTLIER_FACTOR` times off the median of its line."""
    if not len(cells.value):
        return np.zeros(0, dtype=np.bool_)
    logs = np.log(cells.value / cells.quantity)
    group = _group(cells.line)
    far: Flags = np.abs(logs - _medians(logs, group)[group]) > log(OUTLIER_FACTOR)
    return far


def against_own(cells: Cells) -> Gaps:
    """Each cell against the same counterpart's trade with all others in that line and period.

    The reference is its money over its quantity, summed over the others.
    """
    group = _group(cells.other, cells.line, cells.period)
    rest = ~cells.is_focus
    size = int(group.max(initial=-1)) + 1
    value = _sums(group[rest], cells.value[rest], size)[group]
    quantity = _sums(group[rest], cells.quantity[rest], size)[group]
    return _gaps(cells, value, quantity, cells.is_focus & (quantity > 0))


def against_peers(cells: Cells) -> Gaps:
    """Each cell against what the other counterparts paid (or asked) the country asked about.

    Lines are cut to `SHARED_DIGITS`, since two reporters share no finer ones.
    """
    whole = shared_lines(cells.pick(cells.is_focus))
    group = _group(whole.line, whole.period)
    size = int(group.max(initial=-1)) + 1
    value = _sums(group, whole.value, size)[group] - whole.value
    quantity = _sums(group, whole.quantity, size)[group] - whole.quantity
    return _gaps(whole, value, quantity, np.bincount(group, minlength=size)[group] > 1)


def shared_lines(cells: Cells) -> Cells:
    """The same cells with lines cut to `SHARED_DIGITS`, added up."""
    line = cells.line.astype(f"<U{SHARED_DIGITS}")
    group = _group(cells.other, line, cells.period)
    _, first = np.unique(group, return_index=True)
    return Cells(
        cells.other[first],
        line[first],
        cells.period[first],
        cells.is_focus[first],
        _sums(group, cells.value, len(first)),
        _sums(group, cells.quantity, len(first)),
    )


def summarise(gaps: Gaps, keep: Flags) -> Middle | None:
    """The middle of the marked comparisons; null where none is marked.

    One number a line where there are `MIN_CELLS` lines: what sets a line apart (quality) lasts over
    the months, so twelve months of it are not twelve witnesses. Else one number a period.
    """
    if not keep.any():
        return None
    logs = gaps.log_ratio[keep]
    lines = _medians(logs, _group(gaps.other[keep], gaps.line[keep]))
    if len(lines) >= MIN_CELLS:
        return _middle(lines, "lines")
    return _middle(_medians(logs, _group(gaps.period[keep])), "periods")


def change(gaps: Gaps, after: Flags, base: Flags) -> Middle | None:
    """Difference in differences: log ratio after less log ratio in the base, same lines only.

    What sets a line of a counterpart apart for good (quality, route) drops out. Null where no line
    is in both. With `MIN_CELLS` lines the interval is that of their paired differences; else that
    of the periods: lower end after less upper end before, each at half the error, which holds the
    difference at least as often as asked.
    """
    group = _group(gaps.other, gaps.line)
    size = int(group.max(initial=-1)) + 1
    both = (np.bincount(group[after], minlength=size) > 0) & (
        np.bincount(group[base], minlength=size) > 0
    )
    after, base = after & both[group], base & both[group]
    if not after.any():
        return None
    start = np.full(size, np.nan)
    start[both] = _medians(gaps.log_ratio[base], _group(group[base]))
    if both.sum() >= MIN_CELLS:
        ends = _medians(gaps.log_ratio[after], _group(group[after]))
        return _middle(ends - start[both], "lines")
    moved = gaps.log_ratio - start[group]
    return _shift(
        _medians(moved[after], _group(gaps.period[after])),
        _medians(moved[base], _group(gaps.period[base])),
    )


def median_interval(values: Floats, share: float = INTERVAL_SHARE) -> tuple[float, float] | None:
    """Order statistics that hold the median with at least this probability; null: too few values.

    Args:
        values: independent values of one distribution, whichever it is.
        share: the probability, 0 to 1.
    """
    rank = _rank(len(values), (1 - share) / 2)
    if rank < 1:
        return None
    ordered = np.sort(values)
    return float(ordered[rank - 1]), float(ordered[-rank])


def _rank(count: int, tail: float) -> int:
    """Largest k such that fewer than k values lie below the median with at most this chance."""
    if count > _EXACT_UP_TO:
        return floor(count / 2 + NormalDist().inv_cdf(tail) * sqrt(count) / 2)
    chance = 0.0
    for k in range(count + 1):
        chance += comb(count, k) / 2**count
        if chance > tail:
            return k
    return 0


def _middle(values: Floats, over: str) -> Middle:
    low, high = median_interval(values) or (None, None)
    return Middle(float(np.median(values)), low, high, len(values), over)


def _shift(after: Floats, base: Floats) -> Middle:
    half = (1 + INTERVAL_SHARE) / 2
    ends, starts = median_interval(after, half), median_interval(base, half)
    known = ends is not None and starts is not None
    low = ends[0] - starts[1] if known and ends and starts else None
    high = ends[1] - starts[0] if known and ends and starts else None
    middle = float(np.median(after) - np.median(base))
    return Middle(middle, low, high, min(len(after), len(base)), "periods")


def _gaps(cells: Cells, value: Floats, quantity: Floats, keep: Flags) -> Gaps:
    """Marked cells beside the money and quantity of their reference."""
    reference = value[keep] / quantity[keep]
    own = cells.value[keep] / cells.quantity[keep]
    return Gaps(
        cells.other[keep],
        cells.line[keep],
        cells.period[keep],
        np.log(own / reference),
        cells.value[keep],
        cells.quantity[keep],
        cells.quantity[keep] * reference,
    )


def _group(*columns: Texts | Places) -> Places:
    """Rows with equal keys get equal numbers, 0 on, in the order of the keys."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, place = np.unique(column, return_inverse=True)
        key = key * len(values) + place
    return np.asarray(np.unique(key, return_inverse=True)[1], dtype=np.intp)


def _sums(group: Places, weights: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(group, weights, size), dtype=np.float64)


def _medians(values: Floats, group: Places) -> Floats:
    """Median of each group, in the order of the groups."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order])) + 1
    return np.array([np.median(part) for part in np.split(values[order], starts)])
