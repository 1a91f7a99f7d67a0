"""Dates of the calendar as they are written: in figures, in words, with or without a year."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from entrepot.evidence.language.lexicon import Match, lexicon
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When

WORDS: Final = "days.tsv"
CODES: Final = "codes.tsv"
FIRST_YEAR, LAST_YEAR = 1900, 2099
"""A bare figure outside these is not read as a year."""

_POINTS: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_POINTS_YEAR_FIRST: Final = re.compile(r"((?:19|20)[0-9]{2})\.([0-9]{2})\.([0-9]{2})")
_MONTH_POINT: Final = re.compile(r"(0[1-9]|1[0-2])\.((?:19|20)[0-9]{2})")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SIGNS: Final = ("-", "/", ".", "–", "‑", "−")
_CLOCK: Final = 16
"""Tokens of the time of an ISO instant at most: T09:25:40.123+03:00."""

_PIVOT: Final = 70
"""Years in two figures below this are of this century."""


class Found(NamedTuple):
    """A number and the index after its last token."""

    value: int
    end: int


def in_figures(tokens: Tokens, index: int) -> When | None:
    """2022-08-26, 26.08.2022, 26/08/2022 (day first), 08/26/2022 (only month first fits)."""
    if not tokens.is_figure(index) or _is_tied(tokens, index):
        return None
    text = tokens.at(index).text
    if found := _POINTS.fullmatch(text):
        return _ordered(found.group(1), found.group(2), found.group(3), index + 1)
    if found := _POINTS_YEAR_FIRST.fullmatch(text):
        return _made(int(found.group(1)), int(found.group(2)), int(found.group(3)), index + 1)
    fields = list(_fields(tokens, index))
    if len(fields) == 3:
        return _three(fields, _after_clock(tokens, index + 5))
    return None


def month_in_figures(tokens: Tokens, index: int) -> When | None:
    """2022-08, 08/2022, 08.2022; only where a preposition of time makes them a month."""
    if not tokens.is_figure(index) or _is_tied(tokens, index):
        return None
    if found := _MONTH_POINT.fullmatch(tokens.at(index).text):
        return When(index + 1, "month", int(found.group(2)), int(found.group(1)))
    fields = list(_fields(tokens, index))
    if len(fields) != 2:
        return None
    first, second = fields
    if _YEAR.fullmatch(first) and len(second) == 2 and 1 <= int(second) <= 12:
        return When(index + 3, "month", int(first), int(second))
    if _YEAR.fullmatch(second) and len(first) == 2 and 1 <= int(first) <= 12:
        return When(index + 3, "month", int(second), int(first))
    return None


def _fields(tokens: Tokens, index: int) -> Iterator[str]:
    """Figures with the same sign between them, nothing else glued on."""
    sign = tokens.low(index + 1)
    place = index
    while place <= index + 6 and tokens.is_figure(place) and tokens.at(place).text.isdigit():
        yield tokens.at(place).text
        is_more = tokens.low(place + 1) == sign and tokens.is_glued(place + 1)
        if not (sign in _SIGNS and is_more and tokens.is_glued(place + 2)):
            return
        place += 2


def _three(fields: list[str], end: int) -> When | None:
    first, second, third = fields
    if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
        return _made(int(first), int(second), int(third), end)
    if len(first) <= 2 and len(second) <= 2 and len(third) in (2, 4):
        return _ordered(first, second, third, end)
    return None


def _ordered(first: str, second: str, third: str, end: int) -> When | None:
    if len(third) == 2 and len(first) == len(second) == 1:
        return None
    year = int(third) if len(third) == 4 else full_year(int(third))
    return _made(year, int(second), int(first), end) or _made(year, int(first), int(second), end)


def _made(year: int, month: int, day: int, end: int) -> When | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return When(end, "day", year, month, day)


def full_year(short: int) -> int:
    """The year that two figures stand for."""
    return 2000 + short if short < _PIVOT else 1900 + short


def _after_clock(tokens: Tokens, place: int) -> int:
    """Past the time of an ISO instant (T09:25:40Z)."""
    if tokens.low(place) != "t" or not tokens.is_glued(place):
        return place
    last = place + _CLOCK
    while (
        place < last
        and tokens.is_glued(place)
        and (tokens.is_figure(place) or tokens.low(place) in ":tz+-.")
    ):
        if tokens.low(place) == "." and not tokens.is_glued(place + 1):
            break
        place += 1
    return place


def _is_tied(tokens: Tokens, index: int) -> bool:
    """Whether the figure hangs on what stands before it: part of a code, a case, a longer date."""
    if not tokens.is_glued(index):
        return False
    before = tokens.at(index - 1)
    if before.text in ("-", "–", "—") and _ends_date(tokens, index - 2):
        return False
    return before.kind in "wn" or before.text in "-/.:_№#–+"


def _ends_date(tokens: Tokens, index: int) -> bool:
    """Whether a date in figures ends there, so that a dash after it begins a range."""
    if _POINTS.fullmatch(tokens.at(index).text):
        return True
    is_slashed = tokens.low(index - 1) == tokens.low(index - 3) == "/"
    return is_slashed and tokens.is_figure(index) and tokens.is_figure(index - 4)


def month(tokens: Tokens, index: int) -> Match | None:
    """A month's name, in full or short; an English one begins with a capital."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "month") or words.match(tokens, index, "month_short")
    if found is None or (found.language == "en" and not tokens.at(index).text[0].isupper()):
        return None
    return found


def is_short_month(tokens: Tokens, index: int) -> bool:
    """Whether the month there is a short form."""
    return lexicon(WORDS).match(tokens, index, "month") is None


def day_number(tokens: Tokens, index: int) -> Found | None:
    """A day of a month: 26, 26th, 1-го."""
    text = tokens.at(index).text
    if not (text.isdigit() and text.isascii() and len(text) <= 2 and 1 <= int(text) <= 31):
        return None
    end = index + 1
    if tokens.is_glued(end) and tokens.low(end) in ("st", "nd", "rd", "th"):
        return Found(int(text), end + 1)
    if tokens.low(end) == "-" and tokens.low(end + 1) in ("го", "е", "ое", "го", "му", "м"):
        return Found(int(text), end + 2)
    is_tied = tokens.is_glued(end) and (tokens.is_word(end) or tokens.low(end) in "%°")
    if is_tied and month(tokens, end) is None:
        return None
    return Found(int(text), end)


def year_number(tokens: Tokens, index: int) -> Found | None:
    """A year in four figures, or in two after an apostrophe; with "года", "г.", "року"."""
    words = lexicon(WORDS)
    if tokens.low(index) in ("'", "‘") and tokens.is_glued(index + 1):
        text = tokens.at(index + 1).text
        return Found(full_year(int(text)), index + 2) if re.fullmatch("[0-9]{2}", text) else None
    if not _YEAR.fullmatch(tokens.at(index).text):
        return None
    end = index + 1
    if tokens.is_glued(end) and tokens.low(end) in ("%", "°"):
        return None
    if tokens.low(end) == "-" and tokens.low(end + 1) in ("го", "м", "му", "й"):
        end += 2
    noun = words.match(tokens, end, "year_word")
    if noun is not None:
        end = noun.end
        if tokens.low(end - 1) in ("г", "гг", "р", "рр") and tokens.low(end) == ".":
            end += 1
    elif tokens.is_glued(end) and tokens.is_word(end) and tokens.low(end) not in ("q", "h", "m"):
        return None
    return Found(int(tokens.at(index).text), end)
