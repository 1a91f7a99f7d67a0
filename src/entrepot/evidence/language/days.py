"""Times in a report's words, as days: absolute, in part, relative, ranges and open ends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from entrepot.evidence.language.future import Future
from entrepot.evidence.language.mention import Day
from entrepot.evidence.language.said import Said
from entrepot.evidence.language.saying import times_said
from entrepot.evidence.language.tokens import Tokens, tokens_of
from entrepot.evidence.language.when import Context, When, counted
from entrepot.evidence.language.windows import Window, shifted

_AHEAD: Final = ("until", "by", "from", "before")
"""Prepositions that bound what lies ahead as often as what is past."""


def days(text: str, reported_on: date | None) -> list[Day]:
    """The times that `text` tells, in order.

    Args:
        text: of a report; spans count its characters.
        reported_on: the report's own day. Null: times that count from it have null ends.

    Returns:
        One `Day` a time. `starts_on` and `ends_on` are half-open; null: open, or not to be known.
        The span includes a preposition that sets a bound (since, until, before, by, after, from,
        as of, between), not another (in, on). How loose words are read: a month without a year is
        the latest that has begun by `reported_on`, or the next one where the sentence speaks of
        what is to come; "until" and "by" include what they name; early, mid and late are thirds
        (`windows.part_window`); "three months ago" is the calendar month, as TIMEX3 has it;
        Thursday is the latest one not after the report's day; "that day" and "a year earlier"
        count from the time told last.
    """
    tokens = tokens_of(text)
    if ("said", 0) not in tokens.memory:
        tokens.memory["said", 0] = times_said(tokens)
        tokens.memory["future", 0] = Future(tokens)
    return list(_resolved(tokens, tokens.memory["said", 0], reported_on))


def _resolved(tokens: Tokens, found: list[Said], reported_on: date | None) -> Iterator[Day]:
    told: Window | None = None
    future: Future = tokens.memory["future", 0]
    for said in found:
        bound = said.preposition in _AHEAD and said.two is None
        is_future = said.preposition != "since" and future.holds(said.first)
        context = Context(reported_on, told, is_future, bound)
        day, window = _day(tokens, said, context)
        if day is None:
            continue
        if window is not None and not _is_compared(tokens, said):
            told = replace(window, grain="open") if day.grain == "open" else window
        yield day


def _is_compared(tokens: Tokens, said: Said) -> bool:
    """Whether nothing later counts from it: "from a year earlier", "than the previous month"."""
    if said.one.basis != "told":
        return False
    before = (tokens.low(said.first - 1), tokens.low(said.first))
    return any(word in ("than", "with", "from", "to", "against", "versus", "on") for word in before)


def _day(tokens: Tokens, said: Said, context: Context) -> tuple[Day | None, Window | None]:
    start, end = tokens.at(said.first).start, tokens.at(said.end - 1).end
    one, is_assumed = _window(said.one, context)
    preposition = "" if said.preposition == "the" else said.preposition
    if said.two is not None:
        return _spanned(said, context, start, end)
    if one is None:
        is_wrong = said.one.is_calendar and said.one.year is not None
        nothing = Day(start, end, None, None, said.one.grain, False, preposition)
        return (None if is_wrong else replace(nothing, grain=_grain(said.one))), None
    is_open = said.is_open
    if preposition == "as of":
        is_open = context.is_future or one.starts_on > (context.reported_on or date.max)
    is_end = preposition == "before" and said.one.part == "end"
    starts, ends = _bounded(one, "by" if is_end else preposition, is_open)
    grain = one.grain if starts is not None and ends is not None else "open"
    return Day(start, end, starts, ends, grain, is_assumed, preposition), one


def _grain(when: When) -> str:
    """The grain of a time that cannot be known."""
    if when.grain in ("unit", "ago", "edge"):
        return (
            when.unit
            if when.unit in ("day", "week", "month", "quarter", "half", "year")
            else "span"
        )
    if when.grain in ("weekday", "nth_day"):
        return "day"
    return {"past": "span", "then": "open", "fixed": "span"}.get(when.grain, when.grain)


def _window(when: When, context: Context) -> tuple[Window | None, bool]:
    if when.grain == "then":
        return context.told, True
    if when.grain == "nth_day":
        return _nth_day(when, context)
    return counted(when, context)


def _nth_day(when: When, context: Context) -> tuple[Window | None, bool]:
    told = context.told
    if not when.basis and told is not None and told.grain in ("day", "month", "part", "span"):
        named = replace(when, grain="day", year=told.starts_on.year, month=told.starts_on.month)
        return counted(named, context)[0], True
    base = context.reported_on
    if base is None:
        return None, False
    if when.basis == "reported":
        return _day_of_month(when, base, context)
    year, month = (base.year, base.month) if when.day <= base.day else _month_before(base)
    return counted(replace(when, grain="day", year=year, month=month), context)[0], True


def _day_of_month(when: When, base: date, context: Context) -> tuple[Window | None, bool]:
    """The 4th of this month, of last month."""
    first = shifted(base, when.count, "month")
    if first is None:
        return None, False
    named = replace(when, grain="day", basis="", unit="", count=0, year=first.year,
                    month=first.month)  # fmt: skip
    return counted(named, context)[0], True


def _month_before(base: date) -> tuple[int, int]:
    return (base.year, base.month - 1) if base.month > 1 else (base.year - 1, 12)


def _spanned(
    said: Said, context: Context, start: int, end: int
) -> tuple[Day | None, Window | None]:
    one, two = _years_of_range(said, context)
    first, first_assumed = _window(one, context)
    last, last_assumed = _window(two, replace(context, told=first or context.told))
    preposition = "" if said.preposition == "the" else said.preposition
    is_assumed = first_assumed or last_assumed
    if first is None or last is None or first.starts_on >= last.ends_on:
        is_wrong = first is not None and last is not None
        day = Day(start, end, None, None, "span", False, preposition)
        return (None if is_wrong else day), None
    whole = Window(first.starts_on, last.ends_on, "span")
    found = Day(start, end, whole.starts_on, whole.ends_on, "span", is_assumed, preposition)
    return found, whole


def _years_of_range(said: Said, context: Context) -> tuple[When, When]:
    """A year told at one end holds for the other; October to March 2022 begins the year before."""
    one, two = said.one, said.two or said.one
    if not (one.is_calendar and two.is_calendar) or "fixed" in (one.grain, two.grain):
        return one, two
    later = (one.month, one.day) > (two.month, two.day)
    if one.year is None and not one.basis:
        year = two.year
        if year is None:
            window, _ = counted(two, context)
            year = window.starts_on.year if window is not None else None
        if year is not None:
            one = replace(one, year=year - 1 if later else year)
            two = two if two.year is not None or two.basis else replace(two, year=year)
    elif two.year is None and not two.basis and one.year is not None:
        two = replace(two, year=one.year + 1 if later else one.year)
    return one, two


def _bounded(window: Window, preposition: str, is_open: bool) -> tuple[date | None, date | None]:
    if preposition == "since" or (preposition in ("from", "as of") and is_open):
        return window.starts_on, None
    if preposition == "after":
        return window.ends_on, None
    if preposition in ("until", "by"):
        return None, window.ends_on
    if preposition == "before":
        return None, window.starts_on
    return window.starts_on, window.ends_on
