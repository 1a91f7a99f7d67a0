"""Periods of trade figures: a year `2022` or a month `2022-08`."""

import re
from datetime import date
from functools import cache
from typing import Final

from entrepot.errors import CodeError
from entrepot.units import MONTHS_PER_YEAR

FIRST_YEAR: Final = 1962
"""First year of UN Comtrade; a year before it is taken as a misprint."""

LAST_YEAR: Final = 2100
"""A year after it is taken as a misprint."""

MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DIGITS: Final = re.compile(r"(\d{4})(?:[-/]?M?(\d{2}))?", re.IGNORECASE)
_WORDS: Final = re.compile(r"([A-Za-z]{3,9})\.?[ -](\d{4})")


@cache
def parse_period(text: str) -> str:
    """The period as `2022` or `2022-08`.

    Accepts 2022, 2022-08, 202208, 2022M08, `Aug. 2024`, `Aug 2024`, `August 2024`.

    Raises:
        CodeError: not a period, a month outside 1 to 12, or a year outside 1962 to 2100.
    """
    year, month = _year_and_month(text.strip())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refused(text, f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= MONTHS_PER_YEAR:
        raise _refused(text, "a month from 01 to 12")
    return f"{year:04d}-{month:02d}"


def _year_and_month(text: str) -> tuple[int, int | None]:
    if found := _DIGITS.fullmatch(text):
        return int(found[1]), None if found[2] is None else int(found[2])
    if found := _WORDS.fullmatch(text):
        word = found[1].casefold()
        for number, name in enumerate(map(str.casefold, MONTH_NAMES), start=1):
            if word in (name, name[:3]) or (word, name) == ("sept", "september"):
                return int(found[2]), number
    raise _refused(text, "a year such as 2022 or a month such as 2022-08")


def _refused(text: str, expected: str) -> CodeError:
    return CodeError(
        f"got period {text!r}, expected {expected}",
        got=text,
        hint="Write 2022 for a year and 2022-08 for a month.",
    )


def within(begins: date, ends: date | None, day: date) -> bool:
    """Whether a day lies in a half-open span; null `ends`: no end known."""
    return begins <= day and (ends is None or day < ends)


def is_month(period: str) -> bool:
    """True for a canonical month such as `2022-08`, false for a year."""
    return len(period) > 4


def start(period: str) -> date:
    """First day of the period.

    Raises:
        CodeError: `period` is not a period.
    """
    year, month = _parts(period)
    return date(year, month or 1, 1)


def end(period: str) -> date:
    """First day after the period: periods are half-open.

    Raises:
        CodeError: `period` is not a period.
    """
    year, month = _parts(period)
    if month is None or month == MONTHS_PER_YEAR:
        return date(year + 1, 1, 1)
    return date(year, month + 1, 1)


def shift(period: str, months: int) -> str:
    """The period `months` later (earlier when negative), a month or a year as given.

    Raises:
        CodeError: a year is moved by other than whole years, or the result is out of range.
    """
    year, month = _parts(period)
    if month is None:
        if months % MONTHS_PER_YEAR:
            raise CodeError(
                f"got a shift of {months} months for the year {period}, expected whole years",
                got=period,
                hint="Give a month such as 2022-08 to move by single months.",
            )
        return parse_period(f"{year + months // MONTHS_PER_YEAR:04d}")
    count = year * MONTHS_PER_YEAR + month - 1 + months
    year, index = divmod(count, MONTHS_PER_YEAR)
    return parse_period(f"{year:04d}-{index + 1:02d}")


def months_between(first: str, last: str) -> int:
    """Months from the start of `first` to the start of `last`; negative when `last` is earlier.

    Raises:
        CodeError: one of them is not a period.
    """
    begin, finish = start(first), start(last)
    return (finish.year - begin.year) * MONTHS_PER_YEAR + finish.month - begin.month


def _parts(period: str) -> tuple[int, int | None]:
    canonical = parse_period(period)
    return int(canonical[:4]), int(canonical[5:]) if is_month(canonical) else None
