"""Quarters, halves, seasons, years, their parts, and the first months of them."""

from dataclasses import replace
from typing import Final

from entrepot.evidence.language.dates import day_first, month_first, with_year
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.numerals import numeral
from entrepot.evidence.language.spelled import WORDS, full_year, year_number
from entrepot.evidence.language.tokens import Tokens
from entrepot.evidence.language.when import Context, When, counted
from entrepot.evidence.language.windows import Window, months_window
from entrepot.evidence.language.years import bare_year

_LETTERS: Final = {"q": ("quarter", 3), "кв": ("quarter", 3), "h": ("half", 6), "s": ("half", 6)}


def lettered(tokens: Tokens, index: int) -> When | None:
    """Q3 2022, 3Q22, 2022Q3, H1 2023, 1H 2023."""
    letter, number = tokens.low(index), tokens.at(index + 1).text
    if (months := _months_letter(tokens, index)) is not None:
        return months
    if letter in ("q", "h") and tokens.is_glued(index + 1) and len(number) == 1:
        return _quarter(tokens, letter, number, index + 2)
    if (
        tokens.is_figure(index)
        and tokens.low(index + 1) in ("q", "h")
        and tokens.is_glued(index + 1)
    ):
        text, letter = tokens.at(index).text, tokens.low(index + 1)
        if len(text) == 1:
            return _quarter(tokens, letter, text, index + 2)
        number = tokens.at(index + 2).text
        if len(text) == 4 and text.isdigit() and tokens.is_glued(index + 2) and len(number) == 1:
            found = _quarter(tokens, letter, number, index + 3)
            return None if found is None else replace(found, year=int(text), end=index + 3)
    return None


def _months_letter(tokens: Tokens, index: int) -> When | None:
    """9M 2022: the first nine months."""
    number = tokens.at(index).text
    is_months = tokens.at(index + 1).text == "M" and tokens.is_glued(index + 1)
    if not (is_months and number in ("3", "6", "9", "11", "10", "8", "7", "5", "4", "2")):
        return None
    year = year_number(tokens, index + 2)
    if year is None:
        return None
    return When(year.end, "half", year.value, 1, months=int(number))


def _quarter(tokens: Tokens, letter: str, number: str, end: int) -> When | None:
    grain, size = _LETTERS[letter]
    if not number.isdigit() or not 1 <= int(number) <= 12 // size:
        return None
    when = When(end, grain, None, (int(number) - 1) * size + 1)
    text = tokens.at(end).text
    if tokens.is_glued(end) and text.isdigit() and len(text) in (2, 4):
        year = full_year(int(text)) if len(text) == 2 else int(text)
        return replace(when, year=year, end=end + 1)
    if tokens.is_glued(end) and tokens.is_word(end):
        return None
    return with_year(tokens, when)


def ordinal_period(tokens: Tokens, index: int) -> When | None:
    """Third quarter of 2022, first half of last year, II квартале 2022 года."""
    words = lexicon(WORDS)
    nth = words.match(tokens, index, "nth")
    figure = tokens.at(index).text
    if nth is None and not (
        figure in ("1", "2", "3", "4") and not tokens.at(index + 1).low.isascii()
    ):
        return None
    place = nth.end if nth else index + 1
    number = int(nth.value) if nth else int(figure)
    if tokens.low(place) == "-" and nth:
        place += 1
    unit = words.match(tokens, place, "unit")
    half = tokens.low(place) == "half"
    grain = "half" if half else unit.value if unit else ""
    if grain not in ("quarter", "half"):
        return None
    size = 3 if grain == "quarter" else 6
    if grain == "half" and number == 4:
        number = 2
    if number > 12 // size:
        return None
    end = place + 1 if half else (unit.end if unit else place)
    return _of_the_year(tokens, When(end, grain, None, (number - 1) * size + 1))


def _of_the_year(tokens: Tokens, when: When) -> When:
    found = with_year(tokens, when)
    place = when.end
    if found is when and [tokens.low(place + step) for step in range(3)] == ["of", "the", "year"]:
        return replace(when, end=place + 3, basis="reported", unit="year")
    return found


def season(tokens: Tokens, index: int) -> When | None:
    """Summer of 2022, spring 2023, winter of 2022-23; alone only where a preposition leads."""
    found = lexicon(WORDS).match(tokens, index, "season")
    if found is None:
        return None
    when = with_year(tokens, When(found.end, "season", None, int(found.value)))
    place = when.end
    if when.year is not None and tokens.low(place) in ("-", "/", "–"):
        text = tokens.at(place + 1).text
        is_next = text.isdigit() and int(text[-2:]) == (when.year + 1) % 100
        if is_next and len(text) in (2, 4):
            return replace(when, end=place + 2)
    return replace(when, is_bare_month=when.year is None and not when.basis)


def decade(tokens: Tokens, index: int) -> When | None:
    """The 1990s."""
    text = tokens.at(index).text
    is_tens = len(text) == 4 and text.isdigit() and text[:2] in ("19", "20") and text[3] == "0"
    if not (is_tens and tokens.low(index + 1) == "s" and tokens.is_glued(index + 1)):
        return None
    return When(index + 2, "fixed", fixed=months_window(int(text), 1, 120, "span"))


def part_of(tokens: Tokens, index: int) -> When | None:
    """Early July, the end of 2022, mid-2022, первой половине 2022 года."""
    found = lexicon(WORDS).match(tokens, index, "part")
    if found is None:
        return None
    place = found.end
    while tokens.low(place) in ("-", "the", "in", "of"):
        place += 1
    if tokens.is_broken(place) or place > found.end + 2:
        return None
    whole = (
        month_first(tokens, place) or season(tokens, place) or lettered(tokens, place)
        or ordinal_period(tokens, place) or decade(tokens, place) or bare_year(tokens, place)
        or _whole_unit(tokens, place)
    )  # fmt: skip
    if whole is None or whole.grain == "day":
        return None
    return replace(whole, part=found.value, is_bare_month=False)


def _whole_unit(tokens: Tokens, place: int) -> When | None:
    """The end of last month, early this year, the beginning of the year."""
    words = lexicon(WORDS)
    for kind, basis in (("which", "reported"), ("told", "told")):
        found = words.match(tokens, place, kind)
        unit = words.match(tokens, found.end, "unit") if found else None
        if found and unit:
            return When(unit.end, "unit", basis=basis, count=int(found.value), unit=unit.value)
    unit = words.match(tokens, place, "unit")
    is_here = tokens.low(place - 1) in (
        "the",
        "начале",
        "конце",
        "конца",
        "начала",
        "початку",
        "кінця",
    )
    if unit is not None and is_here and unit.value in ("week", "month", "year", "quarter"):
        return When(unit.end, "unit", basis="reported", unit=unit.value)
    return None


def first_months(tokens: Tokens, index: int) -> When | None:
    """The first nine months of 2022, the last two months of 2021, 9 месяцев 2022 года."""
    words = lexicon(WORDS)
    edge = words.match(tokens, index, "first")
    number = numeral(tokens, edge.end if edge else index)
    if number is None or number.value != int(number.value) or not 1 <= number.value <= 12:
        return None
    place = number.end + 1 if tokens.low(number.end) == "-" else number.end
    unit = words.match(tokens, place, "unit")
    if unit is None or unit.value not in ("month", "quarter"):
        return None
    count = int(number.value) * (3 if unit.value == "quarter" else 1)
    if (ending := _ending_in(tokens, unit.end, count)) is not None:
        return ending
    if edge is None and unit.language == "en" and tokens.low(unit.end) != "of":
        return None
    is_first = edge is not None and edge.value == "first" and tokens.low(index) == "the"
    is_last = edge is not None and edge.value == "last"
    return _of_year(tokens, unit.end, count, is_last=is_last, is_told=is_first)


def _of_year(
    tokens: Tokens, place: int, count: int, *, is_last: bool, is_told: bool
) -> When | None:
    start = place + 1 if tokens.low(place) in ("of", "in") else place
    year = year_number(tokens, start)
    month = 13 - count if is_last else 1
    when = When(place, "half", None, month, months=count)
    if year is not None and count <= 12:
        return replace(when, year=year.value, end=year.end)
    found = _of_the_year(tokens, when)
    return found if found.basis or is_told else None


def _ending_in(tokens: Tokens, place: int, count: int) -> When | None:
    """Twelve months to August 2022, the six months ending 30 June 2022."""
    found = lexicon(WORDS).match(tokens, place, "month_end")
    if found is None:
        return None
    last = month_first(tokens, found.end) or day_first(tokens, found.end)
    if last is None or last.year is None:
        return None
    window, _ = counted(last, Context(None, None))
    index = last.year * 12 + last.month - count
    whole = months_window(index // 12, index % 12 + 1, count, "span")
    if window is None or whole is None:
        return None
    return When(last.end, "fixed", fixed=Window(whole.starts_on, whole.ends_on, "span"))
