"""Days as lists print them, to ISO 8601, as exact as they are and no more."""

import re
from datetime import date
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*|Z|[+-]\d\d:\d\d)?")
WORDS: Final = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3,9})\.?[ -](\d{4})")
SLASHES: Final = re.compile(r"(\d{1,2}|dd)[/.](\d{1,2}|mm)[/.](\d{4})")
ABOUT: Final = re.compile(r"^(?:circa|approximately|approx\.?|about|c\.)\s*", re.IGNORECASE)
SPAN: Final = re.compile(r"(?:\d{1,2} [A-Za-z]{3} )?(\d{4}) to (?:\d{1,2} [A-Za-z]{3} )?(\d{4})")
LONGEST_SPAN: Final = 20
"""Years that a span is written out for; of a longer one only both ends are kept."""

EARLIEST, LATEST = 1000, 2200


def partial(year: int, month: int = 0, day: int = 0) -> str:
    """ISO text of a year, a month or a day (0: not known); empty where there is no such day."""
    if not EARLIEST <= year <= LATEST:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04}" if month == 0 else ""
    if day == 0:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def parse_days(text: str | None) -> tuple[str, ...]:
    """All days that a text names, as ISO texts of 4, 7 or 10 characters; empty: none understood.

    `12 Jan 1960`, `Jan 1960`, `1960`, `circa 1960`, `1960 to 1962` (every year), `dd/mm/1950`,
    `00/00/1950`, `1960-01-12T00:00`. Days before months, as all publishers here write them.
    """
    plain = ABOUT.sub("", (text or "").strip())
    if (span := SPAN.fullmatch(plain)) and 0 < int(span[2]) - int(span[1]) <= LONGEST_SPAN:
        return tuple(str(year) for year in range(int(span[1]), int(span[2]) + 1))
    parts = re.split(r"\s+(?:to|and|or)\s+|;", plain)
    found = (_one(ABOUT.sub("", part.strip().rstrip("."))) for part in parts)
    return tuple(dict.fromkeys(day for day in found if day))


def _one(text: str) -> str:
    if match := ISO.fullmatch(text):
        return partial(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    if match := SLASHES.fullmatch(text):
        day, month = (0 if part in ("dd", "mm") else int(part) for part in match.group(1, 2))
        return partial(int(match[3]), month, day if month else 0)
    if (match := WORDS.fullmatch(text)) and (month := MONTHS.get(match[2].lower(), 0)):
        return partial(int(match[3]), month, int(match[1] or 0))
    return ""


def whole_day(text: str | None) -> date | None:
    """The one full day that a text names; null where it names none, part of one, or several."""
    found = parse_days(text)
    return date.fromisoformat(found[0]) if len(found) == 1 and len(found[0]) == 10 else None
