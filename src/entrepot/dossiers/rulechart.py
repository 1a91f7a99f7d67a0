"""Places on a time line in percent, and the step line of the gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from entrepot.dossiers.rulegap import Board, Step

QUIET: Final = 14
"""Percent of the drawing that long quiet years at its beginning take."""


@dataclass(frozen=True)
class Scale:
    """A time line. Days before `knee` are drawn narrower; `knee` = `first`: none are.

    A tick is a step of the slider: a day from `knee` on, several days before it. `quiet` counts
    the ticks before `knee`.
    """

    first: date
    knee: date
    last: date

    @property
    def quiet(self) -> int:
        """Ticks before the knee."""
        after = (self.last - self.knee).days
        return round(after * QUIET / (100 - QUIET)) if self.knee > self.first else 0

    @property
    def ticks(self) -> int:
        """Ticks from the first day to the last."""
        return self.quiet + (self.last - self.knee).days

    def tick(self, day: date) -> float:
        """Where a day lies, in ticks, not outside the line."""
        kept = min(max(day, self.first), self.last)
        if kept >= self.knee:
            return float(self.quiet + (kept - self.knee).days)
        return self.quiet * (kept - self.first).days / (self.knee - self.first).days

    def place(self, day: date) -> float:
        """Where a day lies, in percent, not outside the line."""
        return 100 * self.tick(day) / max(self.ticks, 1)

    def years(self) -> list[tuple[int, float]]:
        """First days of years in percent, and the year of the first day where time is narrow."""
        begins = max(self.first.year + 1, self.knee.year)
        found = [(year, self.place(date(year, 1, 1))) for year in range(begins, self.last.year + 1)]
        return [(self.first.year, 0.0), *found] if self.quiet else found


def scale(days: Sequence[date], last: date) -> Scale:
    """A time line from the first of the days of change on.

    Where nine in ten of them lie in the last three quarters of the time or later, what is before
    is drawn narrower.
    """
    inside = sorted(day for day in set(days) if day <= last)
    first = inside[0] if inside else last
    knee = date(inside[len(inside) // 10].year, 1, 1) if inside else last
    is_quiet = (knee - first).days * 4 > (last - first).days
    return Scale(first, knee if is_quiet else first, last)


def gap_chart(found: Board, span: Scale, told: Sequence[Step]) -> dict[str, Any]:
    """The step line as SVG paths in a box of 1000 x 100, and where its words stand, in percent."""
    values, last = found.gaps(), span.last
    top = max([*values, 1])
    line = area = printed = ""
    before = 0
    moved = {step.day: step for step in told}
    for day, after, value in zip(found.days, [*found.days[1:], last], values, strict=False):
        left, right = (span.place(d) * 10 for d in (day, after))
        low, high = (100 - 100 * v / top for v in (before, value))
        step = moved.get(day)
        by_print = step is not None and abs(step.reprinted) > step.opened + step.closed
        line += f"M{left:.1f} {high:.1f}H{right:.1f}"
        if by_print:
            printed += f"M{left:.1f} {low:.1f}V{high:.1f}"
        else:
            line += f"M{left:.1f} {low:.1f}V{high:.1f}"
        area += f"M{left:.1f} 100V{high:.1f}H{right:.1f}V100Z"
        before = value
    return {
        "line": line, "area": area, "printed": printed, "top": top, "years": span.years(),
        "grid": [(tick, 100 - 100 * tick / top) for tick in _ticks(top)],
        "days": [(day, span.place(day)) for day in found.days],
    }  # fmt: skip


def _ticks(top: int) -> list[int]:
    step = next((s * 10**p for p in range(7) for s in (1, 2, 5) if top <= 4 * s * 10**p), top)
    return list(range(0, top + 1, step))


def extremes(told: Sequence[Step]) -> dict[str, list[Step]]:
    """The two days that opened most and the two that closed most, and those of print alone."""
    opened = sorted((s for s in told if s.opened), key=lambda s: (-s.opened, s.day))[:2]
    closed = sorted((s for s in told if s.closed), key=lambda s: (-s.closed, s.day))[:2]
    return {
        "opened": sorted(opened, key=lambda s: s.day),
        "closed": sorted(closed, key=lambda s: s.day),
        "printed": [s for s in told if abs(s.reprinted) > s.opened + s.closed],
    }


def causes(step: Step, kind: str, target: str) -> list[str]:
    """Laws of a day that could open or close a gap: more bars the target, or fewer the hub.

    Args:
        step: the day.
        kind: opened or closed.
        target: ISO alpha-3 of the sanctioned destination.
    """
    return [
        one.law
        for one in step.changes
        if ((one.full or one.part) if (one.destination == target) == (kind == "opened") else
            (one.narrowed or one.free))
    ]  # fmt: skip
