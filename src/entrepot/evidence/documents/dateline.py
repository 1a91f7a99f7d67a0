"""The day a report prints for itself, in its first lines: "Kyiv, 20 August 2022 -".

Only what stands where a report puts its own date is taken: a labelled line ("Published: ..."), the
place and day before the first sentence, or a short line that is a date or ends in one. A day
within a sentence is the day of some event. Without a year, or with day and month in doubt
(03/04/2022), nothing is taken.
"""

import re
from datetime import date
from typing import Final

_MONTHS: Final = {
    start: month
    for month, starts in enumerate((
        "jan янв січ", "feb фев лют", "mar мар бер", "apr апр кві", "may май мая тра",
        "jun июн чер", "jul июл лип", "aug авг сер", "sep сен вер", "oct окт жов",
        "nov ноя лис", "dec дек гру",
    ), start=1)
    for start in starts.split()
}  # fmt: skip
_WORD: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|янв\w*|фев\w*|марта?|апр\w*|ма[йя]|июн\w*|июл\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*"
    r"|січ\w*|лют\w*|бер\w*|кві\w*|тра\w*|чер\w*|лип\w*|сер\w*|вер\w*|жов\w*|лис\w*|гру\w*)\.?"
)
_DAY: Final = (
    rf"(?:(?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?:T[\d:.+Z-]+)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<w2>{_WORD}),?[\s-]+(?P<y2>\d{{4}})"
    rf"|(?P<w3>{_WORD})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})"
    rf"|(?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>\d{{4}})"
    rf"|(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}})/(?P<y5>\d{{4}}))(?!\d)"
    rf"(?:\s*(?:года?|г\.|року|р\.))?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_TIME: Final = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?"
_SAID: Final = (
    r"\s*(?:date(?:\s+of\s+(?:issue|publication|release))?|dated|published|posted|issued|released"
    r"|publication\s+date|press\s+release|for\s+(?:immediate\s+)?release"
    r"|дата(?:\s+публ\w+)?|опубликован\w*|опубліковано|оприлюднено)(?:\s+on)?"
)
_LABEL: Final = re.compile(rf"{_SAID}\s*[:|–—-]\s*{_WEEKDAY}{_DAY}", re.IGNORECASE)
_LABEL_ALONE: Final = re.compile(
    rf"{_SAID}\s*,?\s*{_WEEKDAY}{_DAY}{_TIME}\s*(?:$|[|(–—-])", re.IGNORECASE
)
_PLACE_AND_DAY: Final = re.compile(
    rf"\s*[^\W\d_][^\n\d:;.!?]{{1,60}}?[,(]\s*{_WEEKDAY}{_DAY}\)?{_TIME}"
    rf"\s*(?:[(/][^)\n]{{1,60}}[)/]\.?)?\s*(?:[-–—:.|]|$)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(rf"\W*{_WEEKDAY}{_DAY}{_TIME}\W*", re.IGNORECASE)
_AT_END: Final = re.compile(
    rf"[^\n]{{2,90}}?[,|(:·/–—-]\s*{_WEEKDAY}{_DAY}{_TIME}\)?\s*", re.IGNORECASE
)
_LINES: Final = 12
_LINE_CHARACTERS: Final = 160


def day_printed(text: str) -> date | None:
    """The day in the first twelve lines that hold anything; null: none that is beyond doubt.

    Labelled lines win over place and day, these over a date alone or at the end of a short line.
    """
    lines = [line[:_LINE_CHARACTERS] for line in text[:8000].split("\n") if line.strip()]
    lines = lines[:_LINES]
    for pattern, whole in (
        (_LABEL, False), (_LABEL_ALONE, False), (_PLACE_AND_DAY, False), (_ALONE, True),
        (_AT_END, True),
    ):  # fmt: skip
        for line in lines:
            found = pattern.fullmatch(line) if whole else pattern.match(line)
            day = _day(found) if found else None
            if day:
                return day
    return None


def day_in(text: str) -> date | None:
    """The day that a short value such as "2022-08-26T10:00:00+03:00" or "26 August 2022" begins
    with; null: none.
    """  # noqa: D205
    found = re.match(rf"\s*{_WEEKDAY}{_DAY}", text[:100], re.IGNORECASE)
    return _day(found) if found else None


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    for sign in "12345":
        if part.get(f"y{sign}"):
            break
    year, day = int(part[f"y{sign}"]), int(part[f"d{sign}"])
    word = part.get(f"w{sign}")
    month = _MONTHS[word.lower()[:3]] if word else int(part[f"m{sign}"])
    if sign == "5":
        if month <= 12 and day <= 12 and month != day:
            return None
        month, day = (day, month) if month > 12 else (month, day)
    try:
        return date(year, month, day)
    except ValueError:
        return None
