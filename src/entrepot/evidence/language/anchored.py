"""Times that hang on another: two days after 3 March, the week of 15 August, the same period."""

from dataclasses import replace

from entrepot.evidence.language import relative
from entrepot.evidence.language.dates import day_first, month_first
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.spelled import WORDS, in_figures, year_number
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When


def beside(tokens: Tokens, index: int) -> When | None:
    """Six months after the invasion, the day before 3 March 2022."""
    words = lexicon(WORDS)
    measured = _one_or_more(tokens, index)
    if measured is None:
        return None
    count, unit, place = measured
    side = words.match(tokens, place, "side")
    if side is None or tokens.is_broken(side.end):
        return None
    other = _anchor(tokens, side.end)
    if other is None:
        return None
    return When(other.end, "beside", count=int(side.value) * count, unit=unit, other=other)


def _one_or_more(tokens: Tokens, index: int) -> tuple[int, str, int] | None:
    measured = relative.measure(tokens, index)
    if measured is not None or tokens.low(index) != "the":
        return measured
    unit = lexicon(WORDS).match(tokens, index + 1, "unit")
    return None if unit is None else (1, unit.value, unit.end)


def _anchor(tokens: Tokens, place: int) -> When | None:
    start = place + 1 if tokens.low(place) == "the" else place
    found = relative.event(tokens, place) or in_figures(tokens, place) or day_first(tokens, start)
    return found or month_first(tokens, start)


def week_of(tokens: Tokens, index: int) -> When | None:
    """The week of 15 August (from its Monday), the week ending 21 August (seven days)."""
    found = lexicon(WORDS).match(tokens, index, "week_of")
    if found is None:
        return None
    day = _anchor(tokens, found.end)
    if day is None or day.grain != "day" or day.day_to:
        return None
    return When(day.end, "week_of", count=int(found.value), other=day)


def same_period(tokens: Tokens, index: int) -> When | None:
    """The same period of 2021, the same month last year: the time told last, in another year."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "same")
    if found is None:
        return None
    place = found.end + 1 if tokens.low(found.end) in ("of", "in") else found.end
    year = year_number(tokens, place)
    if year is not None:
        return When(year.end, "same", year=year.value)
    ago = relative.ago(tokens, place) or relative.told(tokens, place)
    back = ago or relative.months_told(tokens, place) or relative.which_unit(tokens, place)
    if back is None or back.unit != "year":
        return None
    return replace(back, grain="same", count=back.count)
