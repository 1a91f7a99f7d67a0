"""Moments of a plan in words: never finer than they are known."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from entrepot.checks.passes.chance import Pass
from entrepot.checks.window import Window

STEPS_S: Final = ((1, 1), (5, 5), (30, 10), (60, 60), (300, 300), (600, 600), (1800, 1800))
"""Largest tolerance in seconds, and the step that a printed time is rounded to. The tolerance
stands beside it: up to half a minute ten seconds are kept, so that passes can be told apart."""

COARSEST_S: Final = 3600

_SECONDS_A_MINUTE: Final = 60


def step_s(tolerance_s: float) -> int:
    """The rounding in seconds that a time of this tolerance deserves."""
    return next((step for most, step in STEPS_S if tolerance_s <= most), COARSEST_S)


def rounded(at: datetime, tolerance_s: float) -> datetime:
    """A moment in UTC to the nearest step of its tolerance."""
    step = step_s(tolerance_s)
    moment = at.astimezone(UTC)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (moment - midnight).total_seconds()
    return midnight + timedelta(seconds=step * int(passed / step + 0.5))


def clock(at: datetime, tolerance_s: float, zone: tzinfo = UTC) -> str:
    """The time of day as printed: `09:25:40`, or `09:26` where seconds are not known."""
    is_fine = step_s(tolerance_s) < _SECONDS_A_MINUTE
    there = rounded(at, tolerance_s).astimezone(zone)
    return there.strftime("%H:%M:%S" if is_fine else "%H:%M")


def day(at: date) -> str:
    """A day as printed: `26 Aug 2022`."""
    return f"{at.day} {at:%b} {at.year}"


def give(tolerance_s: float) -> str:
    """A tolerance as printed: `± 8 s`, `± 3 min`; never smaller than it is."""
    if tolerance_s < 2 * _SECONDS_A_MINUTE:
        return f"± {_up(tolerance_s)} s"
    return f"± {_up(tolerance_s / _SECONDS_A_MINUTE)} min"


def span(window: Window) -> str:
    """A window as printed: `26 Aug to 8 Sep 2022, both days included, UTC`."""
    first, last = window.from_at.date(), window.last_day
    if first == last:
        return f"{day(first)}, UTC"
    begin = day(first) if first.year != last.year else f"{first.day} {first:%b}"
    return f"{begin} to {day(last)}, both days included, UTC"


def around(one: Pass) -> tuple[datetime, datetime]:
    """First and last whole minute between which nine of ten such passes have their middle."""
    tolerance = timedelta(seconds=one.tolerance_s)
    begin = (one.at.astimezone(UTC) - tolerance).replace(second=0, microsecond=0)
    finish = one.at.astimezone(UTC) + tolerance
    end = finish.replace(second=0, microsecond=0)
    return begin, end if end == finish and end > begin else end + timedelta(minutes=1)


def _up(value: float) -> int:
    return max(1, -int(-value // 1))
