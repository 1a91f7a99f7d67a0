"""A time as it is said, before it is counted from a day, and how it is counted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from entrepot.evidence.language.windows import (
    DAY,
    Window,
    day_window,
    months_window,
    part_window,
    season_window,
    shifted,
    unit_window,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A time as the words say it; `end` is the index after its last token.

    `grain`: day, month, season, quarter, half, year, decade (calendar), or weekday, unit, ago,
    past, edge, fixed, beside, week_of, same, then, nth_day. `year` null: not said. `month`: of a
    season, quarter or half its first. `day_to`: last of several days. `months`: how many, where
    it is not the grain's own number. `part`: as `part_window`. `basis`: reported or told: what
    `count` units of `unit` are counted from. `other`: the time it hangs on. `start`: its first
    token where words before it were let pass; -1: none were.
    """

    end: int
    grain: str
    year: int | None = None
    month: int = 1
    day: int = 1
    day_to: int = 0
    months: int = 0
    part: str = ""
    basis: str = ""
    count: int = 0
    unit: str = ""
    weekday: int = 0
    fixed: Window | None = None
    is_bare_month: bool = False
    other: "When | None" = None
    start: int = -1

    @property
    def is_calendar(self) -> bool:
        """Whether it is a time of the calendar that a year completes."""
        return self.grain in ("day", "month", "season", "quarter", "half", "year", "fixed")


@dataclass(frozen=True, slots=True)
class Context:
    """What a time may count from.

    `reported_on`: the report's own day; null: not known. `told`: the last time told before; null:
    none. `is_future`: the sentence speaks of what is to come. `is_bound`: it bounds what may lie
    ahead (until, by, from).
    """

    reported_on: date | None
    told: Window | None
    is_future: bool = False
    is_bound: bool = False


Counted = tuple[Window | None, bool]
"""The days and whether something the words do not say was assumed."""

_YEARS_BACK: Final = 8
"""29 February is at most eight years away (1896 to 1904)."""


def counted(when: When, context: Context) -> Counted:
    """The days of `when`; null: it cannot be known."""
    if when.fixed is not None:
        return _with_part(when.fixed, when.part), when.basis == "assumed"
    if when.other is not None:
        return _beside(when, when.other, context)
    if when.grain == "same":
        return _same(when, context), True
    if when.grain == "weekday":
        return _weekday(when, context)
    if when.grain in ("unit", "ago", "past", "edge", "month_of"):
        window, is_assumed = _relative(when, context)
        return (None if window is None else _with_part(window, when.part)), is_assumed
    if when.basis and when.year is None:
        return _in_year_of(when, context)
    if when.year is not None:
        return _calendar(when, when.year), when.grain == "season" and when.month == 12
    if context.is_bound and not context.is_future and when.grain in ("day", "month"):
        return _closest(when, context)
    return _nearest(when, context)


def _beside(when: When, other: When, context: Context) -> Counted:
    """Two days after 3 March; the week of 15 August."""
    window, is_assumed = counted(other, context)
    if window is None:
        return None, False
    if when.grain == "beside":
        return _same_grain(window, when, when.unit), is_assumed
    if when.count == 0:
        return unit_window(window.starts_on, "week"), is_assumed
    return Window(window.ends_on - timedelta(days=7), window.ends_on, "week"), is_assumed


def _same(when: When, context: Context) -> Window | None:
    """The time told last, moved to another year."""
    told = context.told
    if told is None:
        return None
    years = when.count if when.year is None else when.year - told.starts_on.year
    starts = shifted(told.starts_on, years, "year")
    ends = shifted(told.ends_on, years, "year")
    return None if starts is None or ends is None else Window(starts, ends, told.grain)


def _with_part(window: Window, part: str) -> Window:
    return part_window(window, part) if part else window


def _calendar(when: When, year: int) -> Window | None:
    if when.grain == "day":
        window = day_window(year, when.month, when.day)
        last = day_window(year, when.month, when.day_to) if when.day_to else window
        if window is None or last is None:
            return None
        return replace(window, ends_on=last.ends_on, grain="span" if when.day_to else "day")
    if when.grain == "season":
        whole = season_window(year, when.month)
    else:
        size = when.months or {"month": 1, "quarter": 3, "half": 6, "year": 12}[when.grain]
        whole = months_window(year, when.month, size, when.grain)
    return None if whole is None else _with_part(whole, when.part)


def _nearest(when: When, context: Context) -> Counted:
    """The latest such time that has begun by the report's day; of what is to come the next."""
    reported = context.reported_on
    if reported is None:
        return None, False
    if when.grain == "year":
        return unit_window(reported, "year"), True
    steps = range(_YEARS_BACK + 1) if context.is_future else range(1, -_YEARS_BACK - 1, -1)
    for step in steps:
        window = _calendar(when, reported.year + step)
        if window is None:
            continue
        begun_on = window.ends_on if when.months else window.starts_on
        if window.ends_on > reported if context.is_future else begun_on <= reported:
            return window, True
    return None, False


def _closest(when: When, context: Context) -> Counted:
    """Until 4 September: the last or the next one, whichever is closer to the report's day."""
    reported = context.reported_on
    before, _ = _nearest(when, context)
    after, _ = _nearest(when, replace(context, is_future=True))
    if before is None or after is None or reported is None:
        return before or after, True
    is_after = after.starts_on - reported < reported - before.starts_on
    return (after if is_after else before), True


def _in_year_of(when: When, context: Context) -> Counted:
    """March of last year, 26 August of that year, March this year."""
    base = _base(when, context)
    if base is None:
        return None, False
    if when.unit == "which":
        return _named(when, base), True
    return _calendar(when, base.year + when.count), True


def _named(when: When, base: date) -> Window | None:
    """Last March is the latest that is over; next March the first still to begin.

    This March is that of the year; this winter the one that began in the year's December, or,
    said before June, in the December before.
    """
    year = base.year - 1 if when.month == 12 and base.month < 6 else base.year
    if when.count == 0:
        return _calendar(when, year)
    for step in (0, 1, 2) if when.count > 0 else (0, -1, -2):
        window = _calendar(when, base.year + step)
        if window is None:
            return None
        if window.starts_on > base if when.count > 0 else window.ends_on <= base:
            return window
    return None


def _base(when: When, context: Context) -> date | None:
    if when.basis == "reported":
        return context.reported_on
    if context.told is not None:
        return context.told.starts_on
    return context.reported_on if when.count < 0 else None


def _weekday(when: When, context: Context) -> Counted:
    base = context.reported_on
    if base is None:
        return None, False
    behind = (base.isoweekday() - when.weekday) % 7
    try:
        if when.count > 0 or (when.count == 0 and context.is_future):
            day = base + timedelta(days=7 - behind)
        else:
            day = base - timedelta(days=behind or (7 if when.count < 0 else 0))
    except OverflowError:
        return None, False
    return day_window(day.year, day.month, day.day), True


def _relative(when: When, context: Context) -> Counted:
    base = _base(when, context)
    if base is None:
        return None, False
    if when.grain == "past":
        return _past(when, base), True
    if when.grain == "edge":
        return _edge(when, base, context.reported_on or base), True
    return _moved(when, base, context), True


def _moved(when: When, base: date, context: Context) -> Window | None:
    """Last month, two weeks ago, a year earlier: the calendar unit that many units away.

    As TIMEX3 reads them: "three months ago" is a month, "two years ago" a year. But a year
    from a told month or quarter keeps its grain: "a year earlier" than August 2022 is August 2021.
    """
    unit = "week" if when.unit in ("weekend", "fortnight") else when.unit
    if when.unit == "weekend" and when.count == 0 and base.weekday() < 5 and not context.is_future:
        when = replace(when, count=-1)
    day = shifted(base, when.count, unit if unit != "season" else "year")
    if day is None:
        return None
    told = context.told
    if when.basis == "told" and told is not None and when.grain == "ago":
        return _same_grain(told, when, unit)
    if when.unit == "season":
        return season_window(day.year, when.month)
    if when.unit == "fortnight":
        return unit_window(day, "week")
    return unit_window(day, when.unit)


_ORDER: Final = ("day", "week", "part", "month", "season", "quarter", "half", "year")


def _same_grain(told: Window, when: When, unit: str) -> Window | None:
    if told.grain not in _ORDER or unit not in _ORDER:
        day = shifted(told.starts_on, when.count, unit)
        return None if day is None else unit_window(day, unit)
    starts = shifted(told.starts_on, when.count, unit)
    if starts is None:
        return None
    if _ORDER.index(told.grain) >= _ORDER.index(unit):
        return unit_window(starts, unit)
    if told.grain == "day":
        return unit_window(starts, unit)
    ends = shifted(told.ends_on, when.count, unit)
    return None if ends is None else Window(starts, ends, told.grain)


def _past(when: When, base: date) -> Window | None:
    """The past two weeks: the days since the same day two weeks ago, the report's day included."""
    other = shifted(base, when.count, when.unit if when.unit != "weekend" else "week")
    if other is None:
        return None
    try:
        first, last = (other, base) if when.count < 0 else (base, other)
        return Window(first, last + DAY, "span")
    except OverflowError:
        return None


def _edge(when: When, base: date, today: date) -> Window | None:
    """Earlier this month: up to the day before the report's; later this month: from the day after.

    Of another unit than the present ("earlier in 2021") it is the whole unit.
    """
    window = unit_window(base, when.unit)
    if window is None or not window.starts_on <= today < window.ends_on:
        return window
    if when.count < 0:
        return replace(window, ends_on=max(today, window.starts_on + DAY), grain="span")
    return replace(window, starts_on=min(today + DAY, window.ends_on - DAY), grain="span")
