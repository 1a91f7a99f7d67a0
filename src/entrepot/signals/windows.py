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

    `after` is compared with `season`, the earlier periods of the same calendar months; `before`
    holds all earlier periods. The period that contains the ban belongs to neither.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    season: tuple[int, ...]


def window(periods: Sequence[str], banned_from: date, since: str | None = None) -> Window | None:
    """The window of a ban, or null where the past or the time since is too short.

    Args:
        periods: months or years in order, for example "2022-08".
        banned_from: first day of the ban.
        since: no period before this one counts as after.
    """
    first_day = max(banned_from, start(since)) if since else banned_from
    after = [i for i, period in enumerate(periods) if start(period) >= first_day]
    before = [i for i, period in enumerate(periods) if end(period) <= first_day]
    return _window(periods, before, after)


def placebos(periods: Sequence[str], real: Window) -> list[Window]:
    """The same window moved to earlier years, as often as the figures reach back.

    Nothing was banned then, so what the method finds in them is ordinary change. A window longer
    than a year is cut to its first year.
    """
    monthly = is_month(periods[0])
    step = MONTHS_PER_YEAR if monthly else 1
    after = real.after[: step if monthly else len(real.after)]
    place = {period: i for i, period in enumerate(periods)}
    found = []
    for years in range(1, len(periods)):
        moved = [place.get(_earlier(periods[i], years, monthly), -1) for i in after]
        cut = _earlier(periods[real.before[-1]], years, monthly)
        before = [i for i in real.before if periods[i] <= cut]
        if min(moved) < 0 or not before:
            break
        if max(moved) > real.before[-1]:
            continue
        made = _window(periods, before, moved)
        if made is None:
            break
        found.append(made)
    return found


def _earlier(period: str, years: int, monthly: bool) -> str:
    return shift(period, -MONTHS_PER_YEAR * years) if monthly else str(int(period) - years)


def _window(periods: Sequence[str], before: Sequence[int], after: Sequence[int]) -> Window | None:
    if not before or not after:
        return None
    monthly = is_month(periods[0])
    if len(after) < MIN_PERIODS_AFTER[monthly] or len(before) < MIN_PERIODS_BEFORE[monthly]:
        return None
    months = {periods[i][5:] for i in after}
    season = tuple(i for i in before if periods[i][5:] in months)
    return Window(tuple(before), tuple(after), season) if season else None
