"""Stretches of days: months, quarters, weeks and parts of them, half-open."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
MONTHS: Final = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120}
"""Calendar months in a unit of time."""

DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `starts_on` to the day before `ends_on`; `grain` as in `mention.Day`."""

    starts_on: date
    ends_on: date
    grain: str


def day_window(year: int, month: int, day: int) -> Window | None:
    """One day; null: the calendar has no such day."""
    try:
        start = date(year, month, day)
        return Window(start, start + DAY, "day")
    except (ValueError, OverflowError):
        return None


def months_window(year: int, month: int, count: int, grain: str) -> Window | None:
    """`count` months from the first of `month`; null: outside the calendar."""
    after = year * 12 + month - 1 + count
    if not (MINYEAR <= year <= MAXYEAR and MINYEAR <= after // 12 <= MAXYEAR):
        return None
    return Window(date(year, month, 1), date(after // 12, after % 12 + 1, 1), grain)


def shifted(day: date, count: int, unit: str) -> date | None:
    """The day `count` units on; of a month that is too short the last; null: no such year."""
    try:
        if unit in DAYS:
            return day + timedelta(days=count * DAYS[unit])
        index = day.year * 12 + day.month - 1 + count * MONTHS[unit]
        first = date(index // 12, index % 12 + 1, 1)
        last = (date((index + 1) // 12, (index + 1) % 12 + 1, 1) - DAY).day
        return first.replace(day=min(day.day, last))
    except (ValueError, OverflowError):
        return None


def unit_window(day: date, unit: str) -> Window | None:
    """The calendar unit that holds `day`: its week from Monday, its month, quarter, half, year."""
    if unit == "day":
        return day_window(day.year, day.month, day.day)
    if unit in ("week", "fortnight", "weekend"):
        return _week(day, unit)
    if unit == "decade":
        return months_window(day.year - day.year % 10, 1, 120, "span")
    size = MONTHS[unit]
    return months_window(day.year, (day.month - 1) // size * size + 1, size, unit)


def _week(day: date, unit: str) -> Window | None:
    try:
        monday = day - timedelta(days=day.weekday())
        if unit == "weekend":
            return Window(monday + 5 * DAY, monday + 7 * DAY, "span")
        return Window(monday, monday + 7 * DAY, "week")
    except OverflowError:
        return None


def season_window(year: int, month: int) -> Window | None:
    """Three months from `month` (3, 6, 9, 12). The winter of a year begins in its December."""
    return months_window(year, month, 3, "season")


def part_window(whole: Window, part: str) -> Window:
    """A part of a longer stretch.

    early, mid, late: of a month its days 1 to 10, 11 to 20 and 21 to the end; of anything longer
    its thirds in months (a year: January to April, ...). start: as early; end: as late; but of a
    year or half the first and the last month. half1, half2, q1 to q4: halves and quarters. w1 to
    w4 and w5: weeks of seven days from the first of a month, and its last seven days.
    No authority sets these bounds: they are the project's reading of loose words.
    """
    if whole.grain in ("day", "week"):
        return whole
    if whole.grain == "month":
        return _part_of_month(whole, part)
    if part.startswith("w"):
        return whole
    months = _months_between(whole)
    first, last = _cut(part, months)
    found = months_window(
        whole.starts_on.year + (whole.starts_on.month - 1 + first) // 12,
        (whole.starts_on.month - 1 + first) % 12 + 1,
        max(last - first, 1),
        {"q1": "quarter", "q2": "quarter", "q3": "quarter", "q4": "quarter", "half1": "half",
         "half2": "half"}.get(part, "part"),
    )  # fmt: skip
    return found or whole


def _months_between(whole: Window) -> int:
    start, end = whole.starts_on, whole.ends_on
    return max((end.year - start.year) * 12 + end.month - start.month, 1)


def _cut(part: str, months: int) -> tuple[int, int]:
    third = max(months // 3, 1)
    edge = 1 if months <= 12 else months // 12
    cuts = {
        "early": (0, third), "mid": (third, months - third), "late": (months - third, months),
        "start": (0, edge), "end": (months - edge, months),
        "half1": (0, months // 2), "half2": (months // 2, months),
    }  # fmt: skip
    if part.startswith("q"):
        quarter = max(months // 4, 1)
        return (int(part[1]) - 1) * quarter, int(part[1]) * quarter
    return cuts[part]


def _part_of_month(whole: Window, part: str) -> Window:
    first = whole.starts_on
    tenth, twentieth = first + 10 * DAY, first + 20 * DAY
    middle = first + 15 * DAY
    starts, ends = {
        "early": (first, tenth), "start": (first, tenth), "mid": (tenth, twentieth),
        "late": (twentieth, whole.ends_on), "end": (twentieth, whole.ends_on),
        "w1": (first, first + 7 * DAY),
        "w2": (first + 7 * DAY, first + 14 * DAY),
        "w3": (first + 14 * DAY, first + 21 * DAY),
        "w4": (first + 21 * DAY, first + 28 * DAY),
        "w5": (whole.ends_on - 7 * DAY, whole.ends_on),
        "half1": (first, middle), "half2": (middle, whole.ends_on),
    }.get(part, (first, whole.ends_on))  # fmt: skip
    return Window(starts, ends, "part")
