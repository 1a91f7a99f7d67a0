"""Ranks: the largest, the second-largest, No. 2 supplier, in third place."""

from typing import Final, NamedTuple

from entrepot.evidence.language.lexicon import Lexicon, lexicon
from entrepot.evidence.language.numerals import numeral
from entrepot.evidence.language.tokens import Tokens

_WORDS: Final = "amounts.tsv"
_NUMBER_SIGNS: Final = ("no", "nr", "number", "№", "#")


class Rank(NamedTuple):
    """A rank in tokens [`first`, `end`)."""

    first: int
    end: int
    value: float
    bound: str = "exactly"


def rank(tokens: Tokens, index: int) -> Rank | None:
    """The rank that begins at token `index`; null: none. "One of the largest" is none."""
    words = lexicon(_WORDS)
    start = index + 1 if tokens.low(index) == "the" else index
    if words.match_before(tokens, start, "among") or words.match_before(tokens, index, "among"):
        return _top(tokens, index, start)
    return (
        _ordinal(tokens, index, start, words) or _numbered(tokens, index, words)
        or _top(tokens, index, start) or _first(tokens, index, start, words)
    )  # fmt: skip


def _ordinal(tokens: Tokens, index: int, start: int, words: Lexicon) -> Rank | None:
    found = words.match(tokens, start, "ordinal")
    if found is None:
        return None
    place = found.end + 1 if tokens.low(found.end) == "-" else found.end
    for kind in ("superlative", "place"):
        after = words.match(tokens, place, kind)
        if after is not None and (kind == "superlative" or tokens.low(start - 1) in _PLACE_LEADS):
            if tokens.low(place) == "main" or (tokens.low(place) == "top" and found.value == "1"):
                continue
            return Rank(index, after.end, float(found.value))
    if words.match_before(tokens, start, "ranked") is not None and tokens.low(index) != "the":
        return Rank(index, found.end, float(found.value))
    return None


_PLACE_LEADS: Final = ("in", "into", "to", "at", "from", "the", "took", "its", "held")


def _numbered(tokens: Tokens, index: int, words: Lexicon) -> Rank | None:
    """No. 2 supplier: only before a noun that is ranked."""
    if tokens.low(index) not in _NUMBER_SIGNS:
        return None
    place = index + 2 if tokens.low(index + 1) in (".", "-") else index + 1
    found = numeral(tokens, place)
    if found is None or not 1 <= found.value <= 20 or found.value != int(found.value):
        return None
    if words.match(tokens, found.end, "rank_noun") is None:
        return None
    return Rank(index, found.end, found.value)


def _top(tokens: Tokens, index: int, start: int) -> Rank | None:
    """The top five: a rank of five at most."""
    if tokens.low(start) != "top":
        return None
    place = start + 2 if tokens.low(start + 1) == "-" else start + 1
    found = numeral(tokens, place)
    if found is None or not 2 <= found.value <= 100 or found.value != int(found.value):
        return None
    return Rank(index, found.end, found.value, "at_most")


def _first(tokens: Tokens, index: int, start: int, words: Lexicon) -> Rank | None:
    found = words.match(tokens, start, "superlative_one")
    if found is None:
        return None
    if tokens.low(start) in ("top", "leading") and not _is_ranked_noun(tokens, found.end, words):
        return None
    if words.match_before(tokens, start, "ordinal") is not None or tokens.low(start - 1) == "-":
        return None
    return Rank(index, found.end, 1.0)


def _is_ranked_noun(tokens: Tokens, place: int, words: Lexicon) -> bool:
    return any(words.match(tokens, at, "rank_noun") is not None for at in range(place, place + 3))
