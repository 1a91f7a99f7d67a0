"""Stretches of days and hours, and the gaps that are left between them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from entrepot.checks.window import Window

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def days_of(window: Window) -> list[date]:
    """Every day that has a part in the window, in UTC."""
    first, last = window.from_at.date(), window.last_day
    return [first + timedelta(days=one) for one in range((last - first).days + 1)]


def hours_of(window: Window) -> list[datetime]:
    """The beginning of every hour that has a part in the window."""
    first = window.from_at.replace(minute=0, second=0, microsecond=0)
    count = -(-(window.to_at - first) // HOUR)
    return [first + one * HOUR for one in range(count)]


def begin(day: date) -> datetime:
    """The first moment of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def runs(
    starts: Iterable[datetime], length: timedelta, window: Window
) -> Iterator[tuple[datetime, datetime]]:
    """Stretches that touch, joined and cut to the window, in order of time.

    Args:
        starts: beginnings of stretches of one length.
        length: theirs.
        window: what lies outside is cut off.
    """
    opened: tuple[datetime, datetime] | None = None
    for start in sorted(starts):
        if opened is not None and start <= opened[1]:
            opened = (opened[0], start + length)
            continue
        if opened is not None:
            yield _cut(opened, window)
        opened = (start, start + length)
    if opened is not None:
        yield _cut(opened, window)


def _cut(span: tuple[datetime, datetime], window: Window) -> tuple[datetime, datetime]:
    return max(span[0], window.from_at), min(span[1], window.to_at)
