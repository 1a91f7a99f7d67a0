"""Days and months of the calendar in words: 26 August 2022, Aug. 26, 26-28 August, March."""

from dataclasses import replace
from typing import Final

from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.nouns import is_counted
from entrepot.evidence.language.spelled import (
    WORDS,
    Found,
    day_number,
    full_year,
    is_short_month,
    month,
    year_number,
)  # fmt: skip
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When

_DASHES: Final = ("-", "–", "—", "−", "‑")
_FLAT: Final = ("to", "through", "until", "till", "thru", "по", "до")


def day_first(tokens: Tokens, index: int) -> When | None:
    """26 August 2022, 26th of August, 26-Aug-2022, 26-28 August."""
    first = day_number(tokens, index)
    if first is None:
        return None
    last = _second_day(tokens, first.end)
    if last is not None and (found := _month_after(tokens, last.end, first)) is not None:
        return replace(found, day_to=last.value) if last.value > first.value else None
    return _month_after(tokens, first.end, first)


def _month_after(tokens: Tokens, place: int, day: Found) -> When | None:
    if tokens.low(place) in ("of", "day") or tokens.low(place) in (*_DASHES, "/"):
        place += 1
        if tokens.low(place) == "of":
            place += 1
    found = month(tokens, place)
    if found is None or tokens.is_broken(place):
        return None
    end = _after_stop(tokens, found.end)
    when = When(end, "day", None, int(found.value), day.value)
    dashed = tokens.low(end) in (*_DASHES, "/") and tokens.is_glued(end)
    if dashed and tokens.is_glued(end + 1):
        text = tokens.at(end + 1).text
        if text.isdigit() and len(text) == 2:
            return replace(when, year=full_year(int(text)), end=end + 2)
    return with_year(tokens, when, dash=dashed)


def _second_day(tokens: Tokens, place: int) -> Found | None:
    if tokens.low(place) in _DASHES or tokens.low(place) in _FLAT:
        return day_number(tokens, place + 1)
    return None


def month_first(tokens: Tokens, index: int) -> When | None:
    """Aug. 26, 2022; August 26-28; August 2022; August."""
    found = month(tokens, index)
    if found is None:
        return None
    end = _after_stop(tokens, found.end)
    number = int(found.value)
    day = day_number(tokens, end) if found.language == "en" and not tokens.is_broken(end) else None
    if day is not None and _may_be_day(tokens, day):
        when = When(day.end, "day", None, number, day.value)
        last = _second_day(tokens, day.end)
        if last is not None and last.value > day.value and _may_be_last(tokens, last):
            when = replace(when, end=last.end, day_to=last.value)
        return with_year(tokens, when)
    bare = When(end, "month", None, number, is_bare_month=True)
    when = with_year(tokens, bare)
    if when.year is None and not when.basis and not _may_stand_alone(tokens, index, found.language):
        return None
    return replace(when, is_bare_month=when.year is None and not when.basis)


def _after_stop(tokens: Tokens, place: int) -> int:
    """Past the full stop of a short month (not one that ends the sentence)."""
    is_stop = (
        tokens.low(place) == "." and tokens.is_glued(place) and not tokens.is_broken(place + 1)
    )
    if is_stop and (is_short_month(tokens, place - 1) or tokens.low(place - 1) == "may"):
        after = tokens.at(place + 1)
        goes_on = after.kind == "n" or after.text[:1].islower() or after.text in ("'", "’")
        return place + 1 if goes_on else place
    return place


def _may_be_day(tokens: Tokens, day: Found) -> bool:
    """Not "in August 26 trucks crossed", "August 26%", "May 5 million"."""
    after = tokens.low(day.end)
    if after in ("%", "percent", "per", "million", "billion", "thousand", "°"):
        return False
    return not is_counted(after) or tokens.low(day.end - 1) in ("st", "nd", "rd", "th")


def _may_be_last(tokens: Tokens, last: Found) -> bool:
    is_dashed = tokens.low(last.end - 2) in _DASHES
    return month(tokens, last.end) is None and (is_dashed or _may_be_day(tokens, last))


def _may_stand_alone(tokens: Tokens, index: int, language: str) -> bool:
    """A short form alone, or in capitals throughout, is no month."""
    if is_short_month(tokens, index):
        return _leads_month(tokens, index)
    after = tokens.at(index + 1)
    is_name = (
        language == "en" and after.kind == "w" and after.text.istitle() and len(after.text) > 2
    )
    before = tokens.at(index - 1)
    return not is_name or before.text.islower()


def _leads_month(tokens: Tokens, index: int) -> bool:
    """The Jan of "Jan-Nov 2022", "Jan. and Feb. 2022"."""
    place = index + 2 if tokens.low(index + 1) == "." else index + 1
    is_joined = tokens.low(place) in (*_DASHES, *_FLAT, "and", ",", "/")
    return is_joined and month(tokens, place + 1) is not None


def with_year(tokens: Tokens, when: When, *, dash: bool = False) -> When:
    """`when` with the year that follows: 2022; , 2022; of last year; этого года."""
    place = when.end
    if tokens.is_broken(place):
        return when
    if tokens.low(place) in (",", "of", "in") or dash:
        place += 1
    year = year_number(tokens, place)
    if year is not None and not tokens.is_broken(place):
        is_counting = when.grain != "day" and place > when.end and tokens.low(place - 1) == ","
        if not (is_counting and is_counted(tokens.low(year.end))):
            return replace(when, year=year.value, end=year.end)
    return _year_in_words(tokens, when, place)


def _year_in_words(tokens: Tokens, when: When, place: int) -> When:
    words = lexicon(WORDS)
    for kind, basis in (("which", "reported"), ("told", "told")):
        found = words.match(tokens, place, kind)
        unit = words.match(tokens, found.end, "unit") if found is not None else None
        if found is not None and unit is not None and unit.value == "year":
            return replace(when, end=unit.end, basis=basis, count=int(found.value), unit="year")
    return when
