"""Which source speaks for a partner, and which periods may be compared: absence is not zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import fsum
from typing import Final

from entrepot.codes.flow import Flow
from entrepot.codes.period import end, is_month, shift
from entrepot.errors import RequestError
from entrepot.signals.panel import MATTERS_SHARE, STEADY_SHARE
from entrepot.units import MONTHS_PER_YEAR

IMPORTS: Final = "imports"
EXPORTS: Final = "exports"
OWN: Final = "own"
MIRROR: Final = "mirror"
SIDES: Final = (
    (IMPORTS, OWN, Flow.M),
    (IMPORTS, MIRROR, Flow.X),
    (EXPORTS, OWN, Flow.X),
    (EXPORTS, MIRROR, Flow.M),
)
"""Direction seen from the country, who tells it, and as which flow the publisher does."""

VALUATION: Final = {(IMPORTS, OWN): "CIF", (IMPORTS, MIRROR): "FOB",
                    (EXPORTS, OWN): "FOB", (EXPORTS, MIRROR): "CIF"}  # fmt: skip
"""Exports are valued at the exporter's border (FOB), imports with freight and insurance (CIF).
Source: UN, International Merchandise Trade Statistics 2010."""

HELD_SHARE: Final = 0.5
"""A period is held where publishers of this share of all value report it."""

SPEAKS_SHARE: Final = 0.75
"""A steady publisher speaks for a window if it reports in this share of its held periods."""


@dataclass(frozen=True)
class Cell:
    """One partner and period: the total for all goods (null: none), whether goods are held.

    `weight` is a rough size (total, or the sum of all rows), for judging what matters only.
    """

    total: float | None
    goods: bool
    weight: float


@dataclass(frozen=True)
class Line:
    """What one source tells of the trade with one partner in one direction.

    `reported`: periods in which its publisher reports anything with anybody in that flow. There a
    missing cell is no trade; elsewhere it is unknown.
    """

    direction: str
    source: str
    other: str
    cells: Mapping[str, Cell]
    reported: frozenset[str]

    @property
    def key(self) -> str:
        """Its key in `Holdings.sales`."""
        return f"{self.direction}|{self.source}|{self.other}"

    @cached_property
    def weight(self) -> float:
        """Rough size over all periods."""
        return sum(cell.weight for cell in self.cells.values())

    @cached_property
    def is_steady(self) -> bool:
        """Whether its publisher reports in nearly all periods of its span: then a gap is one."""
        return len(self.reported) >= STEADY_SHARE * _length(sorted(self.reported))

    def speaks(self, periods: Sequence[str]) -> bool:
        """Whether it may stand for these periods; otherwise its value there is unknown."""
        found = len(self.reported.intersection(periods))
        return bool(found) and (not self.is_steady or found >= SPEAKS_SHARE * len(periods))

    def basis(self, periods: Sequence[str]) -> str:
        """How its value is made: `total`, `goods` added up, or empty: neither is in all cells."""
        held = [self.cells[one] for one in periods if one in self.cells] or [*self.cells.values()]
        if all(cell.total is not None for cell in held):
            return "total"
        return "goods" if all(cell.goods for cell in held) else ""

    def value(self, periods: Sequence[str], basis: str, goods: float) -> float | None:
        """Its trade in some periods, `goods` where that is its basis.

        Null where its publisher does not speak for them, has no common basis, or, in the country's
        own figures, no row names the partner. 0 where a partner reports and shows no such trade.
        """
        held = [self.cells[one] for one in periods if one in self.cells]
        if not basis or not self.speaks(periods) or (not held and self.source == OWN):
            return None
        return fsum(cell.total or 0.0 for cell in held) if basis == "total" else goods


@dataclass(frozen=True)
class Common:
    """Periods that can be compared, and those held: a period is `used` where all that matter tell.

    `missing`: what was held and is not used, with who did not report it, as "NLD 2022-11".
    """

    used: tuple[str, ...]
    held: tuple[str, ...]
    missing: tuple[str, ...]


def common(lines: Sequence[Line], wanted: Sequence[str]) -> Common:
    """Which of the wanted periods every publisher that matters and speaks has reported."""
    whole = sum(one.weight for one in lines)
    held = [
        period
        for period in wanted
        if _weight(lines, period) >= HELD_SHARE * whole and _weight(lines, period) > 0
    ]
    needed = [
        one
        for one in lines
        if one.weight >= MATTERS_SHARE * whole and one.is_steady and one.speaks(held)
    ]
    missing = [
        f"{one.other} {period}" for period in held for one in needed if period not in one.reported
    ]
    gone = {text.rpartition(" ")[2] for text in missing}
    used = tuple(period for period in held if period not in gone)
    return Common(used, tuple(held), tuple(dict.fromkeys(missing)))


@dataclass(frozen=True)
class Span:
    """Two sets of periods of the same calendar months, and what was left out to get there."""

    now: tuple[str, ...]
    base: tuple[str, ...]
    wanted: tuple[str, ...]
    missing: tuple[str, ...]


def compared(lines: Sequence[Line], now: Sequence[str], base: Sequence[str]) -> Span:
    """The periods of both windows that may be compared.

    Raises:
        RequestError: none is common to all that matter.
    """
    late, early = common(lines, now), common(lines, base)
    missing = tuple(dict.fromkeys([*late.missing, *early.missing]))
    if not base:
        return Span(late.used, (), tuple(now), missing)
    same = {one[5:] for one in late.used} & {one[5:] for one in early.used}
    span = Span(
        tuple(one for one in late.used if one[5:] in same),
        tuple(one for one in early.used if one[5:] in same),
        tuple(now),
        missing,
    )
    if not span.now:
        raise RequestError(
            "the two times have no calendar month that all partners that matter reported",
            hint="Choose another --base, or a --on at which more of them had reported.",
        )
    return span


def now_window(lines: Sequence[Line], on: date) -> tuple[str, ...]:
    """The twelve months before a day (or the year), of which some are held.

    Raises:
        RequestError: none of them is.
    """
    held = _periods(lines)
    first = f"{on.year:04d}-{on.month:02d}" if is_month(held[0]) else f"{on.year:04d}"
    back = range(MONTHS_PER_YEAR, 0, -1) if is_month(first) else (MONTHS_PER_YEAR,)
    window = tuple(shift(first, -months) for months in back)
    if set(window) & set(held):
        return window
    span = "year" if len(window) == 1 else "twelve months"
    raise RequestError(
        f"got --on {on}, and the figures run from {held[0]} to {held[-1]}: they hold nothing of "
        f"the {span} before that day",
        hint=f"Choose a --on from {end(held[0])} to {end(held[-1])}.",
    )


def choose(lines: Sequence[Line], now: Sequence[str], base: Sequence[str]) -> tuple[Line, ...]:
    """One line a partner and direction: its own figures where they speak for both times.

    Else the mirror where that does; else the one that speaks for one of them, own figures first.
    """
    found: dict[tuple[str, str], Line] = {}
    by_partner: dict[tuple[str, str], list[Line]] = {}
    for one in lines:
        by_partner.setdefault((one.direction, one.other), []).append(one)
    at = [tuple(set(window) & set(_periods(lines))) for window in (now, base)]
    for place, candidates in by_partner.items():
        found[place] = max(
            candidates, key=lambda one: (sum(map(one.speaks, at)), one.source == OWN)
        )
    return tuple(found[place] for place in sorted(found))


def full_years(lines: Sequence[Line]) -> list[str]:
    """Calendar years of which every month (or the year itself) is held."""
    held = common(lines, _periods(lines)).held
    years: dict[str, int] = {}
    for one in held:
        years[one[:4]] = years.get(one[:4], 0) + (1 if is_month(one) else MONTHS_PER_YEAR)
    return sorted(year for year, months in years.items() if months == MONTHS_PER_YEAR)


def of_year(lines: Sequence[Line], year: str) -> tuple[str, ...]:
    """Periods of a calendar year that somebody reports."""
    return tuple(one for one in _periods(lines) if one[:4] == year)


def _periods(lines: Sequence[Line]) -> list[str]:
    return sorted(set().union(*(one.reported for one in lines)))


def _weight(lines: Sequence[Line], period: str) -> float:
    return sum(one.weight for one in lines if period in one.reported)


def _length(periods: Sequence[str]) -> int:
    """Periods from the first to the last, gaps counted."""
    if not periods:
        return 0
    first, last = periods[0], periods[-1]
    step = 1 if is_month(first) else MONTHS_PER_YEAR
    months = (int(last[:4]) - int(first[:4])) * MONTHS_PER_YEAR
    months += int(last[5:] or 1) - int(first[5:] or 1)
    return months // step + 1
