"""Before and after: which periods are compared, and the placebo years that calibrate them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.codes.period import end, is_month, shift, start
from entrepot.units import MONTHS_PER_YEAR

MIN_PERIODS_AFTER = {True: 4, False: 1}
"""Months (years for yearly figures) after a ban below which nothing can be said of persistence."""

MIN_PERIODS_BEFORE = {True: MONTHS_PER_YEAR, False: 2}
"""Months (years) of past below which there is no level to compare with: one whole season."""


@dataclass(frozen=True)
class Window:
    """Index lists into the periods of a panel.

    `after` is compared with `season`: pairs of an earlier period and its weight. Each period after
    is compared with the mean of the same calendar month before, so the weights follow the months
    of `after`; they add up to 1. `before` holds all earlier periods. The period that contains the
    ban, and those between it and `since`, belong to neither side.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    season: tuple[tuple[int, float], ...]


def window(
    periods: Sequence[str],
    banned_from: date,
    since: str | None = None,
    banned_to: date | None = None,
) -> Window | None:
    """The window of a ban, or null where the past or the time since is too short.

    Args:
        periods: months or years in order, for example "2022-08".
        banned_from: first day of the ban.
        since: no period before this one counts as after; null: from the ban on.
        banned_to: first day without the ban; null: still in force.
    """
    first_day = max(banned_from, start(since)) if since else banned_from
    last_day = banned_to or date.max
    after = [i for i, one in enumerate(periods) if start(one) >= first_day and end(one) <= last_day]
    before = [i for i, one in enumerate(periods) if end(one) <= banned_from]
    return _window(periods, before, after)


def first_touched(periods: Sequence[str], day: date | None) -> int:
    """Place of the first period that a ban from this day touches; their number where none is.

    Args:
        periods: months or years in order.
        day: first day of the ban; null: no ban.
    """
    return len(periods) if day is None else sum(end(one) <= day for one in periods)


def placebos(periods: Sequence[str], real: Window) -> list[Window]:
    """The same window moved to earlier years, as often as the figures reach back.

    Nothing was banned then, so what the method finds in them is ordinary change. A window longer
    than a year is cut to its first year. Periods that are missing in the earlier year are left out.
    """
    monthly = is_month(periods[0])
    year_end = _earlier(periods[real.after[0]], -1, monthly)
    after = [periods[i] for i in real.after if not monthly or periods[i] < year_end]
    last_before = periods[real.before[-1]]
    place = {period: i for i, period in enumerate(periods)}
    found = []
    for years in range(1, len(periods)):
        moved = [_earlier(period, years, monthly) for period in after]
        if moved[-1] < periods[0]:
            break
        if moved[-1] > last_before:
            continue
        cut = _earlier(last_before, years, monthly)
        before = [i for i in real.before if periods[i] <= cut]
        made = _window(periods, before, [place[period] for period in moved if period in place])
        if made is not None:
            found.append(made)
    return found


def _earlier(period: str, years: int, monthly: bool) -> str:
    return shift(period, -MONTHS_PER_YEAR * years) if monthly else str(int(period) - years)


def _window(periods: Sequence[str], before: Sequence[int], after: Sequence[int]) -> Window | None:
    known = {periods[i][5:] for i in before}
    after = [i for i in after if periods[i][5:] in known]
    if not before or not after:
        return None
    monthly = is_month(periods[0])
    if len(after) < MIN_PERIODS_AFTER[monthly] or len(before) < MIN_PERIODS_BEFORE[monthly]:
        return None
    return Window(tuple(before), tuple(after), _season(periods, before, after))


def _season(
    periods: Sequence[str], before: Sequence[int], after: Sequence[int]
) -> tuple[tuple[int, float], ...]:
    """Earlier periods of the same calendar month as each period after, with their weights."""
    same: dict[str, list[int]] = {}
    for i in before:
        same.setdefault(periods[i][5:], []).append(i)
    months = [periods[i][5:] for i in after]
    weights: dict[int, float] = {}
    for month in months:
        for i in same[month]:
            weights[i] = weights.get(i, 0.0) + 1 / (len(months) * len(same[month]))
    return tuple(sorted(weights.items()))
