"""Amounts without a plain number: ranks, shares, changes, dozens and hundreds."""

from typing import Final

from entrepot.evidence.language.counting import WORDS, unit_after
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.nouns import has
from entrepot.evidence.language.numerals import numeral
from entrepot.evidence.language.quantities import Read, number_at, with_unit
from entrepot.evidence.language.ranks import rank
from entrepot.evidence.language.tokens import Tokens

_PERCENT: Final = 100.0


def ranked(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """The largest, the second-largest, in third place."""
    found = rank(tokens, index)
    if found is None:
        return None
    return Read(found.first, found.end, found.value, None, found.bound, "rank")


def fraction(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """1/3 of imports: small figures with a stroke before "of"."""
    upper, lower = tokens.at(index).text, tokens.at(index + 2).text
    is_drawn = tokens.low(index + 1) == "/" and tokens.is_glued(index + 1)
    if not (is_drawn and tokens.is_glued(index + 2) and tokens.low(index + 3) == "of"):
        return None
    if index in taken or not (upper.isdigit() and lower.isdigit() and len(lower) <= 2):
        return None
    if not 0 < int(upper) < int(lower):
        return None
    return Read(index, index + 3, int(upper) / int(lower), unit="share")


def one_ton(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """A tonne of parts, a kilogram of gold."""
    if tokens.low(index) != "a" or tokens.low(index + 2) != "of":
        return None
    unit = unit_after(tokens, index + 1)
    if unit is None or unit.name not in ("t", "kg") or len(tokens.low(index + 1)) < 3:
        return None
    return Read(index, unit.end, 1.0, unit=unit.name, counted=(unit.first, unit.end))


def one_in(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """One in three, nine out of ten: a share."""
    first = number_at(tokens, index, taken)
    if first is None or first.value != int(first.value):
        return None
    joined = lexicon(WORDS).match(tokens, first.end, "in_of")
    last = number_at(tokens, joined.end, taken) if joined is not None else None
    if last is None or not 0 < first.value < last.value <= _PERCENT:
        return None
    if (first.has_figures or last.has_figures) and tokens.low(first.end) != "out":
        return None
    return Read(index, last.end, first.value / last.value, unit="share")


def loose(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """Dozens of trucks, several hundred soldiers, a couple of firms."""
    words = lexicon(WORDS)
    for kind, bound in (("loose", "at_least"), ("couple", "about")):
        found = words.match(tokens, index, kind)
        if found is not None:
            read = Read(index, found.end, float(found.value), None, bound)
            end = found.end + 1 if tokens.low(found.end) == "of" else found.end
            return with_unit(tokens, read, end)
    return None


def shared(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """Half of, a third, two thirds; after "by" a change in per cent."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "share")
    if found is None or found.end - 1 in taken or _is_longer(tokens, index):
        return None
    if tokens.low(found.end) == "-" or _is_ordinal(tokens, index, found.end):
        return None
    end = (
        found.end - 1
        if tokens.low(found.end - 1) in ("of", "the", "its", "their", "all")
        else found.end
    )
    value = float(found.value)
    bound = words.match_before(tokens, index, "bound")
    by = words.match_before(tokens, bound[1] if bound is not None else index, "by")
    if by is not None and (by[0].language != "en" or tokens.low(found.end) != "of"):
        return Read(index, end, float(f"{value * _PERCENT:.6g}"), unit="%")
    return Read(index, end, value, unit="share")


def _is_longer(tokens: Tokens, index: int) -> bool:
    """Half a million: a number of its own."""
    number = numeral(tokens, index)
    return tokens.low(index) in ("half", "quarter") and number is not None


def _is_ordinal(tokens: Tokens, index: int, end: int) -> bool:
    """An ordinal or a part of a word: "a third country", "a third shipment", "half year"."""
    after = tokens.at(end)
    if tokens.low(index) in ("a", "an") and after.kind == "w" and not tokens.is_broken(end):
        return not has("after_share", after.low)
    if tokens.low(index) == "half" and end == index + 1:
        return not (
            after.kind != "w"
            or tokens.is_broken(end)
            or after.low in ("were", "was", "are", "is", "went", "came")
        )
    return False


def changed(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """Doubled, halved, threefold, вдвое."""
    words = lexicon(WORDS)
    found = words.match(tokens, index, "change")
    if found is None or words.match(tokens, index, "not_change") is not None or index in taken:
        return None
    if found.language == "en" and tokens.low(found.end) == "-" and tokens.is_glued(found.end):
        return None
    return Read(index, found.end, float(found.value), unit="times")
