"""Numbers in figures and in words, English, Russian and Ukrainian."""

import re
from typing import Final, NamedTuple

from entrepot.evidence.language.lexicon import Lexicon, lexicon
from entrepot.evidence.language.tokens import Tokens

_WORDS: Final = "numbers.tsv"
_ROOM_SIGNS: Final = " \u00a0\u2009\u202f\u2007"
"""Spaces that part thousands: plain, no-break, thin, narrow no-break, of figure width."""

_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_GROUPS: Final = 5
_LONGEST: Final = 10
"""Groups of three figures, and words, in one number at most."""

_WHOLE: Final = re.compile(r"[0-9]+")
_POINTED: Final = re.compile(r"[0-9]+\.[0-9]+")
_ENGLISH: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN: Final = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_CONTINENTAL: Final = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"
)
_COMMA: Final = re.compile(r"[0-9]+,[0-9]+")
_GROUP: Final = re.compile(r"[0-9]{3}(?:[.,][0-9]{1,2})?")


class Numeral(NamedTuple):
    """A number: its value, the index after its last token, whether it has figures.

    `scale`: by what word of scale it was multiplied (million: 1e6); 1: none.
    """

    value: float
    end: int
    has_figures: bool
    scale: float = 1.0


def figure(text: str, *, is_decimal_comma: bool = False) -> float | None:
    """The value of a figure as printed; null: it is none (a date, an address).

    A comma before exactly three figures parts thousands (5,000), unless `is_decimal_comma` or the
    number begins with 0; else it is a decimal comma (12,5). One point is a decimal point; several
    points before groups of three part thousands (1.086.058).
    """
    if _WHOLE.fullmatch(text):
        return float(text) if len(text) <= 15 else None
    if _POINTED.fullmatch(text):
        return float(text)
    if _COMMA.fullmatch(text) and (
        is_decimal_comma or text.startswith("0,") or not _ENGLISH.fullmatch(text)
    ):
        return float(text.replace(",", "."))
    if _ENGLISH.fullmatch(text) or _INDIAN.fullmatch(text):
        return float(text.replace(",", ""))
    if _CONTINENTAL.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def numeral(tokens: Tokens, index: int) -> Numeral | None:
    """The number that begins at token `index`, with its words of scale; null: none begins there."""
    known: Numeral | None
    if ("numeral", index) in tokens.memory:
        known = tokens.memory["numeral", index]
    else:
        known = tokens.memory["numeral", index] = _read(tokens, index)
    return known


def _read(tokens: Tokens, index: int) -> Numeral | None:
    words = lexicon(_WORDS)
    found = _figures(tokens, index) if tokens.is_figure(index) else _in_words(tokens, index, words)
    return None if found is None else _scaled(tokens, found, words)


def _figures(tokens: Tokens, index: int) -> Numeral | None:
    end = index + 1
    text = tokens.at(index).text
    if len(text) <= 3 and text.isdigit():
        while end <= index + _GROUPS and _is_group(tokens, end):
            text += tokens.at(end).text
            end += 1
        joined = text
        while (
            end <= index + 2 * _GROUPS
            and tokens.low(end) in ("'", "’")
            and _is_apostrophe_group(tokens, end)
        ):
            joined += tokens.at(end + 1).text
            end += 2
        text = joined
    part = _VULGAR.get(tokens.low(end), 0.0) if tokens.is_glued(end) else 0.0
    if part and text.isdigit():
        return Numeral(float(text) + part, end + 1, True)
    is_slavic = bool(lexicon(_WORDS).match(tokens, end, "scale")) and not tokens.low(end).isascii()
    value = figure(text, is_decimal_comma=is_slavic or end > index + 1)
    return None if value is None else Numeral(value, end, True)


def _is_group(tokens: Tokens, index: int) -> bool:
    gap = tokens.gap(index)
    return (
        len(gap) == 1
        and gap in _ROOM_SIGNS
        and bool(_GROUP.fullmatch(tokens.at(index).text))
        and not (tokens.is_glued(index + 1) and tokens.at(index + 1).kind in "wn")
    )


def _is_apostrophe_group(tokens: Tokens, index: int) -> bool:
    return (
        tokens.is_glued(index)
        and tokens.is_glued(index + 1)
        and len(tokens.at(index + 1).text) == 3
        and tokens.is_figure(index + 1)
    )


def _in_words(tokens: Tokens, index: int, words: Lexicon) -> Numeral | None:
    """Two hundred and fifty, a dozen, twenty-seven, half a million, two and a half."""
    if tokens.low(index) in ("half", "quarter") and tokens.low(index + 1) in ("a", "of", "-"):
        return _part_of_scale(tokens, index, words)
    total = 0.0
    place = index
    while place < index + _LONGEST:
        found = _word(tokens, place, words, is_first=place == index)
        if found is None:
            break
        kind, value, end = found
        if kind in ("hundred", "dozen"):
            total = max(total, 1.0) * value
        else:
            total += value
        place = end
    if place == index:
        return None
    if place == index + 1 and words.has(tokens.low(index), "article"):
        total = 1.0  # _word lets an article in only before a scale, a hundred or a dozen
    if (
        tokens.low(place) == "and"
        and tokens.low(place + 1) == "a"
        and tokens.low(place + 2) == "half"
    ):
        return Numeral(total + 0.5, place + 3, False)
    return Numeral(total, place, False)


def _part_of_scale(tokens: Tokens, index: int, words: Lexicon) -> Numeral | None:
    part = 0.5 if tokens.low(index) == "half" else 0.25
    place = index + 2 if tokens.low(index + 1) in ("a", "-") else index + 3
    for kind in ("scale", "dozen", "hundred"):
        found = words.match(tokens, place, kind)
        if found is not None and len(tokens.low(place)) > 2:
            value = float(found.value)
            return Numeral(part * value, found.end, False, value if kind == "scale" else 1.0)
    return None


def _word(
    tokens: Tokens, place: int, words: Lexicon, *, is_first: bool
) -> tuple[str, float, int] | None:
    start = place
    if not is_first and tokens.low(place) in ("and", "-"):
        is_joined = tokens.low(place - 1) in ("hundred", "thousand") or tokens.low(place) == "-"
        if not is_joined:
            return None
        place += 1
    if tokens.is_broken(place) and not is_first:
        return None
    if is_first and words.has(tokens.low(place), "article"):
        after = ("hundred", "dozen", "scale")
        is_many = any(words.match(tokens, place + 1, kind) for kind in after)
        return ("article", 0.0, place + 1) if is_many and len(tokens.low(place + 1)) > 2 else None
    for kind in ("small", "full", "hundred", "dozen"):
        found = words.match(tokens, place, kind)
        if found is None:
            continue
        if kind in ("hundred", "dozen") and is_first and found.language == "en":
            return None
        if (
            kind == "small"
            and not is_first
            and start == place
            and not _follows(tokens, place, words)
        ):
            return None
        return kind, float(found.value), found.end
    return None


def _follows(tokens: Tokens, place: int, words: Lexicon) -> bool:
    """Whether a small number may follow the word before: after tens, a hundred, not after ones."""
    before = words.match(tokens, place - 1, "small")
    if before is None:
        return True
    here = words.match(tokens, place, "small")
    return here is not None and float(before.value) >= 20 and float(here.value) < 10


def _scaled(tokens: Tokens, found: Numeral, words: Lexicon) -> Numeral:
    value, place, scale = found.value, found.end, found.scale
    for _ in range(2):
        after = place
        if tokens.low(after) == "-" and tokens.is_glued(after) and len(tokens.low(after + 1)) > 2:
            after += 1
        match = words.match(tokens, after, "scale")
        if match is None or tokens.is_broken(after) or not _may_scale(tokens, after, found):
            break
        value = max(value, 1.0) * float(match.value) if value == 0 else value * float(match.value)
        scale *= float(match.value)
        place = match.end
        if _has_stop(tokens, place):
            place += 1
    if scale >= 1000 and not found.has_figures:
        value, place = _rest(tokens, value, place, scale, words)
    return Numeral(_clean(value), place, found.has_figures, scale)


def _rest(
    tokens: Tokens, value: float, place: int, scale: float, words: Lexicon
) -> tuple[float, int]:
    """Two thousand five hundred: what follows the scale in words."""
    after = place + 1 if tokens.low(place) == "and" else place
    more = _in_words(tokens, after, words)
    if more is None or more.value >= scale or words.has(tokens.low(after), "article"):
        return value, place
    return value + more.value, more.end


def _may_scale(tokens: Tokens, place: int, found: Numeral) -> bool:
    """A letter or two count as a scale only after figures: 14.4m, 18 bn; "5 m" is left to units."""
    text = tokens.at(place).text
    if len(text) <= 2 and text.isascii():
        if not found.has_figures:
            return False
        return tokens.is_glued(place) or len(text) == 2
    return True


def _has_stop(tokens: Tokens, place: int) -> bool:
    """Whether the stop at `place` belongs to a short form, because the phrase goes on after it."""
    if not (tokens.low(place) == "." and tokens.is_glued(place)):
        return False
    after = tokens.at(place + 1).text[:1]
    return _is_short(tokens.low(place - 1)) and (
        after.islower() or after in ("$", "€", "£", "₽", "₴")
    )


def _is_short(word: str) -> bool:
    return word in ("тыс", "тис", "млн", "млрд", "трлн", "mln", "bln", "trln", "mn", "bn", "mio")


def _clean(value: float) -> float:
    """Without the dust of binary fractions: 14.4 million is 14,400,000."""
    return float(f"{value:.15g}")
