"""How far the rule base reaches: days after it was read, and days after the dossier's own."""

import re
from datetime import date
from typing import Final

from entrepot.codes.period import MONTH_NAMES
from entrepot.measures.context import regimes

MARKED: Final = "Later: "
"""How the rules themselves begin a sentence on what came after the day that was asked of."""

_DAY: Final = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d/])")
_MONTH: Final = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTH_NAMES)}) ((?:19|20)\d\d)\b")
_YEAR: Final = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-]\d|/)")
"""A year that stands alone; one in the number of an act (2023/1594) is none."""


def read_to(regime: str, on: date) -> date | None:
    """The day up to which a regime's acts were read, where `on` is later; null: it is not."""
    known = regimes().get(regime)
    return known.state_to if known is not None and on > known.state_to else None


def as_read(regime: str, on: date) -> str:
    """What must stand beside law of a day after the regime's acts were read; else empty."""
    day = read_to(regime, on)
    return f", as the rule base stood on {day}; later changes are not known" if day else ""


def with_later(text: str, as_of: date) -> str:
    """A sentence from the rule base, marked where it tells of days after those of the dossier."""
    if text.startswith(MARKED) or not tells_later(text, as_of):
        return text
    return (
        f"{text.rstrip('.')} (days after {as_of} are later knowledge, as the rule base has them "
        "now)."
    )


def tells_later(text: str, as_of: date) -> bool:
    """Whether a day, a month or a year in a text lies after a day."""
    days = {f"{year}-{month}-{day}" for year, month, day in _DAY.findall(text)}
    for day, month, year in _MONTH.findall(text):
        place = MONTH_NAMES.index(month) + 1
        days.add(f"{year}-{place:02d}-{int(day or 1):02d}")
    years = {int(year) for year in _YEAR.findall(text)}
    return any(one > as_of.isoformat() for one in days) or any(one > as_of.year for one in years)
