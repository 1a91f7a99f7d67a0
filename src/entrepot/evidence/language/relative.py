"""Times counted from the report's day or from a time told before."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from entrepot.evidence.language.dates import day_first, month_first
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.numerals import numeral
from entrepot.evidence.language.periods import season
from entrepot.evidence.language.spelled import WORDS, day_number, in_figures, month
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import When
from entrepot.evidence.language.windows import Window

_FEW: Final = "few"
_ONE_SPAN: Final = ("past", "last", "next", "coming")


def now(tokens: Tokens, index: int) -> When | None:
    """Today, yesterday, the day before yesterday; торік (last year)."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "now")
    if found is not None:
        return When(found.end, "unit", basis="reported", count=int(found.value), unit="day")
    found = words.match(tokens, index, "prev_year")
    if found is not None:
        return When(found.end, "unit", basis="reported", count=int(found.value), unit="year")
    return None


def weekday(tokens: Tokens, index: int) -> When | None:
    """Thursday, last Thursday, Thursday, 25 August; of a date with its weekday the date counts."""
    words = lexicon(WORDS)
    which = words.match(tokens, index, "which")
    place = which.end if which else index
    found = words.match(tokens, place, "weekday") or words.match(tokens, place, "weekday_short")
    if found is None or (found.language == "en" and not tokens.at(place).text[0].isupper()):
        return None
    if not which and (dated := _dated(tokens, found.end)) is not None:
        return dated
    if words.match(tokens, place, "weekday") is None:
        return None
    count = int(which.value) if which else 0
    return When(found.end, "weekday", basis="reported", count=count, weekday=int(found.value))


def _dated(tokens: Tokens, place: int) -> When | None:
    for _ in range(3):
        if tokens.low(place) in (",", ".", "the", "("):
            place += 1
    if tokens.is_broken(place):
        return None
    found = in_figures(tokens, place) or day_first(tokens, place)
    if found is None and month(tokens, place) is not None:
        found = month_first(tokens, place)
    return found if found is not None and found.grain == "day" else None


def which_unit(tokens: Tokens, index: int) -> When | None:
    """Last week, this month, next year, last March, next spring."""
    words = lexicon(WORDS)
    if tokens.low(index) == "the" and tokens.low(index + 1) == "weekend":
        return When(index + 2, "unit", basis="reported", unit="weekend")
    found = words.match(tokens, index, "which")
    if found is None or tokens.is_broken(found.end):
        return None
    unit = words.match(tokens, found.end, "unit")
    if unit is not None:
        is_many = unit.language == "en" and tokens.low(unit.end - 1).endswith("s")
        is_many = is_many and not tokens.low(unit.end - 1).endswith("'s")
        if is_many or (unit.value == "day" and found.value == "0"):
            return None
        return When(unit.end, "unit", basis="reported", count=int(found.value), unit=unit.value)
    named = season(tokens, found.end) or month_first(tokens, found.end)
    if named is None or named.year is not None or named.grain == "day":
        return None
    return replace(named, basis="reported", count=int(found.value), unit="which",
                   is_bare_month=False)  # fmt: skip


def told(tokens: Tokens, index: int) -> When | None:
    """That day, the same month, the previous year, the day before, a year earlier."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "told_day")
    if found is not None:
        return When(found.end, "unit", basis="told", count=int(found.value), unit="day")
    found = words.match(tokens, index, "told")
    unit = words.match(tokens, found.end, "unit") if found else None
    if found is None or unit is None or unit.language != found.language:
        return None
    return When(unit.end, "unit", basis="told", count=int(found.value), unit=unit.value)


def months_told(tokens: Tokens, index: int) -> When | None:
    """The week before, the month after, the year before: a unit beside a time told."""
    words = lexicon(WORDS)
    if tokens.low(index) != "the":
        return None
    unit = words.match(tokens, index + 1, "unit")
    if unit is None or tokens.low(unit.end) not in ("before", "earlier", "after"):
        return None
    after = tokens.at(unit.end + 1)
    if after.kind == "w" and tokens.low(unit.end) != "earlier" and after.low in ("the", "a", "it"):
        return None
    count = 1 if tokens.low(unit.end) == "after" else -1
    return When(unit.end + 1, "unit", basis="told", count=count, unit=unit.value)


def ago(tokens: Tokens, index: int) -> When | None:
    """Three months ago, a year earlier, two weeks later, год назад."""
    words = lexicon(WORDS)
    measured = measure(tokens, index)
    if measured is None:
        return None
    count, unit, end = measured
    if (found := words.match(tokens, end, "ago")) is not None:
        return When(found.end, "ago", basis="reported", count=-count, unit=unit)
    found = words.match(tokens, end, "earlier")
    if found is None or _goes_on(tokens, found.end, tokens.low(end)):
        return None
    sign = -1 if found.value == "-" else 1
    return When(found.end, "ago", basis="told", count=sign * count, unit=unit)


def _goes_on(tokens: Tokens, place: int, word: str) -> bool:
    """Whether it counts from what follows: "two weeks before the invasion"."""
    if word not in ("before", "after", "on", "prior", "previously"):
        return False
    after = tokens.at(place)
    return after.kind in "wn" and after.low not in ("and", "but", "when", "as", "that")


def measure(tokens: Tokens, index: int) -> tuple[int, str, int] | None:
    """Three months, a year, half a year, a few weeks: count, unit, the index after."""
    words = lexicon(WORDS)
    few = words.match(tokens, index, _FEW)
    number = None if few else numeral(tokens, index)
    value = float(few.value) if few else number.value if number else 0.0
    place = few.end if few else number.end if number else index
    if not few and not number:
        if tokens.low(index) == "half" and tokens.low(index + 1) in ("a", "-"):
            value, place = 0.5, index + 2
        elif tokens.low(index) in ("a", "an", "one"):
            value, place = 1.0, index + 1
        elif (bare := words.match(tokens, index, "unit")) is not None and bare.language != "en":
            value = 1.0
        else:
            return None
    unit = words.match(tokens, place, "unit")
    if unit is None or not 0 < value < 1000:
        return None
    if unit.value == "hour":
        return (-int(-value // 24), "day", unit.end) if value >= 24 else None
    if unit.value == "year" and value != int(value):
        return round(value * 12), "month", unit.end
    return (int(value), unit.value, unit.end) if value == int(value) else None


def past(tokens: Tokens, index: int) -> When | None:
    """The past two weeks, the last three months, the past year, the next six months."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "span")
    if found is None:
        return None
    measured = measure(tokens, found.end)
    if measured is not None:
        count, unit, end = measured
        return When(end, "past", basis="reported", count=int(found.value) * count, unit=unit)
    one = words.match(tokens, found.end, "unit")
    is_span = tokens.low(found.end - 1) in ("past", "последнюю", "последний", "останній")
    if one is None or not (is_span or tokens.low(index) == "the") or one.value == "day":
        return None
    is_many = tokens.low(found.end).endswith("s") and one.language == "en"
    if is_many or (tokens.low(found.end - 1) not in _ONE_SPAN and not is_span):
        return None
    return When(one.end, "past", basis="reported", count=int(found.value), unit=one.value)


def edge(tokens: Tokens, index: int) -> When | None:
    """Earlier this month, later this year, earlier in the week, the rest of the year."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "edge")
    if found is None:
        return None
    place = found.end
    if tokens.low(place) == "in":
        place += 1
    count = -1 if found.value == "earlier" else 1
    which = words.match(tokens, place, "which") or words.match(tokens, place, "told")
    after = which.end if which else place + 1 if tokens.low(place) == "the" else -1
    unit = words.match(tokens, after, "unit") if after > 0 else None
    if unit is None or (which is not None and which.value != "0"):
        return None
    is_told = which is not None and words.match(tokens, place, "which") is None
    if is_told:
        return When(unit.end, "unit", basis="told", unit=unit.value)
    return When(unit.end, "edge", basis="reported", count=count, unit=unit.value)


def nth_day(tokens: Tokens, index: int) -> When | None:
    """On the 26th: a day of the month told before, or of the latest that fits; of this month."""
    if tokens.low(index) != "the":
        return None
    day = day_number(tokens, index + 1)
    if day is None or day.end != index + 3:
        return None
    after = tokens.at(day.end)
    if tokens.low(day.end) == "of" and (month_of := which_unit(tokens, day.end + 1)) is not None:
        if month_of.unit == "month":
            return replace(month_of, grain="nth_day", day=day.value)
        return None
    if (
        tokens.low(index - 1) not in ("on", "by", "since", "until", "from", "to")
        or after.kind == "w"
    ):
        return None
    return When(day.end, "nth_day", day=day.value)


def event(tokens: Tokens, index: int) -> When | None:
    """A dated event of `data/events.tsv`: the invasion of Ukraine."""
    found = lexicon("events.tsv").match(tokens, index, "event")
    if found is None:
        return None
    day = date.fromisoformat(found.value)
    return When(found.end, "fixed", fixed=Window(day, day + timedelta(days=1), "day"))


def then(tokens: Tokens, index: int) -> When | None:
    """Then, that time: only after a preposition that sets a bound (since then, by then)."""
    found = lexicon(WORDS).match(tokens, index, "told_then")
    return None if found is None else When(found.end, "then", basis="told")
