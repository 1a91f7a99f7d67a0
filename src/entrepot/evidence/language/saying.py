"""How times are said: finds their words, prepositions, ranges and lists; counts nothing yet."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from entrepot.evidence.language import relative
from entrepot.evidence.language.anchored import beside, same_period, week_of
from entrepot.evidence.language.dates import day_first, month_first
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.periods import (
    decade,
    first_months,
    lettered,
    ordinal_period,
    part_of,
    season,
)
from entrepot.evidence.language.said import Said, with_years
from entrepot.evidence.language.spelled import (
    WORDS,
    Found,
    day_number,
    in_figures,
    month_in_figures,
)
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When
from entrepot.evidence.language.years import after_cue, bare_year, year_span_end

_BOUNDING: Final = ("since", "until", "before", "by", "after", "from", "as of", "between")
_COUNTS: Final = frozenset({"small", "full", "article", "dozen", "few", "unit"})
_MONTHS: Final = frozenset({"month", "month_short"})
_FIGURE: Final = "figure"
_FIGURES: Final = frozenset({_FIGURE})
_Reader = Callable[[Tokens, int], When | None]
_ATOMS: Final[tuple[tuple[_Reader, frozenset[str]], ...]] = (
    (in_figures, frozenset({_FIGURE})),
    (lettered, frozenset({_FIGURE, "letter"})),
    (decade, frozenset({_FIGURE})),
    (first_months, frozenset({_FIGURE, "first"}) | _COUNTS),
    (beside, frozenset({_FIGURE, "the"}) | _COUNTS),
    (week_of, frozenset({"week_of"})),
    (same_period, frozenset({"same"})),
    (relative.edge, frozenset({"edge"})),
    (part_of, frozenset({"part"})),
    (relative.past, frozenset({"span"})),
    (relative.ago, frozenset({_FIGURE}) | _COUNTS),
    (relative.now, frozenset({"now", "prev_year"})),
    (relative.weekday, frozenset({"which", "weekday", "weekday_short"})),
    (ordinal_period, frozenset({_FIGURE, "nth"})),
    (day_first, frozenset({_FIGURE})),
    (month_first, _MONTHS),
    (relative.which_unit, frozenset({"which", "the"})),
    (relative.told, frozenset({"told", "told_day"})),
    (relative.months_told, frozenset({"the"})),
    (season, frozenset({"season"})),
    (relative.nth_day, frozenset({"the"})),
    (bare_year, frozenset({_FIGURE})),
)
"""How a time is read, and what may stand first in it: kinds of the word lists, or a figure. The
first reader that knows it wins."""

_SKIPPED: Final = ("the", "a", "calendar", "year", "about", "around", "approximately")
"""Words that may stand between a preposition and a time; at most two of them."""


def times_said(tokens: Tokens) -> list[Said]:
    """The times of a text in order, years lent between neighbours."""
    return with_years(tokens, list(_said(tokens)))


def _said(tokens: Tokens) -> Iterator[Said]:
    index = 0
    while index < len(tokens):
        if not _kinds(tokens, index):
            index += 1
            continue
        listed = _listed_days(tokens, index) if tokens.is_figure(index) else []
        if listed:
            yield from listed
            index = listed[-1].end
            continue
        said = _said_at(tokens, index)
        if said is None:
            index += 1
            continue
        yield said
        index = said.end


def _kinds(tokens: Tokens, index: int) -> frozenset[str]:
    """What may begin at token `index`."""
    if tokens.is_figure(index):
        return _FIGURES
    return lexicon(WORDS, "numbers.tsv").kinds(tokens.low(index))


def _since_alone(tokens: Tokens, index: int) -> Said | None:
    """Since, as an adverb: "has since flown", "none since."; відтоді."""
    found = lexicon(WORDS).match(tokens, index, "since_then")
    if found is None:
        return None
    after = tokens.at(found.end)
    is_last = after.kind in ("", "s") or tokens.is_broken(found.end)
    is_adverb = is_last or tokens.low(index - 1) in ("has", "have", "had") or after.low == "and"
    if found.language == "en" and not is_adverb:
        return None
    return Said(index, found.end, "since", When(found.end, "then", basis="told"), None, True)


def _said_at(tokens: Tokens, index: int) -> Said | None:
    preposition = lexicon(WORDS).match(tokens, index, "prep")
    if (alone := _since_alone(tokens, index)) is not None:
        return alone
    if preposition is not None and not tokens.is_broken(preposition.end):
        said = _range(tokens, preposition.end, preposition.value)
        if said is not None:
            if said.one.grain == "same":
                return said
            bounds = preposition.value in _BOUNDING or said.two is not None
            keeps = bounds and preposition.value not in ("in", "on", "of")
            if preposition.value == "from" and said.two is None:
                keeps = _from_is_open(tokens, said, index)
            return replace(said, first=index if keeps else said.first, is_open=keeps)
    return _range(tokens, index, "")


def _range(tokens: Tokens, index: int, preposition: str) -> Said | None:
    one = _shared_first(tokens, index, preposition) or _atom(tokens, index, preposition)
    if one is None:
        return None
    two = _second(tokens, one, preposition)
    if two is None and not _may_stand(tokens, one, preposition):
        return None
    first = one.start if one.start >= 0 else index
    return Said(first, two.end if two else one.end, preposition, one, two)


def _atom(tokens: Tokens, index: int, preposition: str) -> When | None:
    """One time at `index` that is not the tail of a compound; "the" before it is let pass."""
    if tokens.is_word(index) and tokens.is_glued(index) and tokens.low(index - 1) in "-_@":
        is_compound = tokens.is_glued(index - 1) and tokens.at(index - 2).kind != "n"
        if is_compound:
            return None
    return _first_of(tokens, index, preposition)


def _first_of(tokens: Tokens, index: int, preposition: str, skips: int = 2) -> When | None:
    if preposition in _BOUNDING:
        nearly = lexicon(WORDS).match(tokens, index, "approx")
        index = nearly.end if nearly is not None else index
        found = relative.event(tokens, index) or relative.then(tokens, index)
        if found is not None:
            return found
    if preposition and not after_cue(tokens, index) and not in_figures(tokens, index):
        found = month_in_figures(tokens, index)
        if found is not None:
            return found
    kinds = _kinds(tokens, index)
    for read, firsts in _ATOMS:
        when = None if firsts.isdisjoint(kinds) else read(tokens, index)
        if when is not None:
            return when
    if skips and tokens.low(index) in _SKIPPED and tokens.low(index + 1) not in _SKIPPED[:2]:
        return _skipped(tokens, index, preposition, skips)
    return None


def _skipped(tokens: Tokens, index: int, preposition: str, skips: int) -> When | None:
    """The time after a word let pass. "The" stays with what needs it (the summer of 2022)."""
    found = _first_of(tokens, index + 1, preposition or "the", skips - 1)
    if found is None or found.start >= 0:
        return found
    keeps = tokens.low(index) == "the" and (found.grain not in ("year", "month") or found.part)
    return found if keeps else replace(found, start=index + 1)


def _may_stand(tokens: Tokens, when: When, preposition: str) -> bool:
    """A bare month or season needs a preposition, or to be the whole text; "May" above all."""
    if not when.is_bare_month or when.basis:
        return True
    if when.grain == "season":
        return _season_may_stand(tokens, when, preposition)
    if preposition and preposition != "the":
        return True
    word = tokens.at(when.end - 1)
    if when.end == len(tokens) == 1:
        return True
    return word.low not in ("may", "march") and word.text.isascii() and word.text.isalpha()


def _season_may_stand(tokens: Tokens, when: When, preposition: str) -> bool:
    """Yes: in the fall, since summer. No: prices are to fall, a spring of steel."""
    if preposition in ("", "the", "of", "on"):
        return not tokens.low(when.end - 1).isascii() and preposition == ""
    is_noun_too = tokens.low(when.end - 1) in ("fall", "spring")
    return not is_noun_too or tokens.low(when.end - 2) == "the" or tokens.low(when.end - 2) == "in"


def _second(tokens: Tokens, one: When, preposition: str) -> When | None:
    """The end of a range that `one` begins."""
    place = one.end
    if tokens.is_broken(place):
        return None
    if (short := year_span_end(tokens, place + 1)) is not None and one.grain == "year":
        return short if tokens.low(place) in ("-", "/", "–", "—") else None
    kind = "between_and" if preposition == "between" else "to"
    joined = lexicon(WORDS).match(tokens, place, kind)
    if joined is None and preposition == "between":
        joined = lexicon(WORDS).match(tokens, place, "to")
    if joined is None or tokens.is_broken(joined.end):
        return None
    start = joined.end
    if (nearly := lexicon(WORDS).match(tokens, start, "approx")) is not None:
        start = nearly.end
    two = _first_of(tokens, start, "to") or _day_alone(tokens, start, one)
    if two is None or not _fits(one, two):
        return None
    return two


def _day_alone(tokens: Tokens, place: int, one: When) -> When | None:
    """Between 26 August and 28: no month of its own."""
    day = day_number(tokens, place)
    if one.grain != "day" or day is None or tokens.is_word(day.end):
        return None
    return replace(one, day=day.value, end=day.end) if day.value > one.day else None


def _fits(one: When, two: When) -> bool:
    if one.grain in ("then", "fixed") or two.grain in ("past", "then"):
        return one.grain == "fixed" or two.grain == "unit"
    return one.is_calendar == two.is_calendar or two.grain in ("unit", "weekday", "edge")


def _shared_first(tokens: Tokens, index: int, preposition: str) -> When | None:
    """The 1 of "between 1 and 15 March 2022" and "с 1 по 15 марта"."""
    if preposition not in ("between", "from", "since"):
        return None
    start = index + 1 if tokens.low(index) == "the" else index
    day = day_number(tokens, start)
    if day is None:
        return None
    kind = "between_and" if preposition == "between" else "to"
    joined = lexicon(WORDS).match(tokens, day.end, kind)
    if joined is None:
        return None
    start = joined.end + 1 if tokens.low(joined.end) == "the" else joined.end
    last = day_first(tokens, start)
    if last is None or last.day_to:
        return None
    return replace(last, day=day.value, end=day.end)


def _listed_days(tokens: Tokens, index: int) -> list[Said]:
    """17, 19 and 23 October 2022: each day a time of its own."""
    numbers: list[tuple[int, Found]] = []
    place = index
    while (day := day_number(tokens, place)) is not None and len(numbers) < 12:
        numbers.append((place, day))
        joined = lexicon(WORDS).match(tokens, day.end, "and")
        if joined is None or tokens.is_broken(joined.end):
            break
        place = joined.end
    last = day_first(tokens, numbers[-1][0]) if len(numbers) > 1 else None
    if last is None or after_cue(tokens, index) or tokens.low(index - 1) == "between":
        return []
    said = [Said(at, day.end, "on", replace(last, day=day.value, day_to=0, end=day.end))
            for at, day in numbers[:-1]]  # fmt: skip
    return [*said, Said(numbers[-1][0], last.end, "on", last)]


def _from_is_open(tokens: Tokens, said: Said, index: int) -> bool:
    """Whether "from 2021" begins then; "data from 2021" are of 2021."""
    if lexicon(WORDS).match(tokens, said.end, "onward") is not None:
        return True
    before = tokens.low(index - 1)
    return not lexicon(WORDS).has(before, "noun_from") and said.one.basis != "told"
