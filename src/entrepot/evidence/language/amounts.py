"""Numbers in a report's words: how much of what, exactly or about, ranks, shares and changes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from entrepot.evidence.language.counting import WORDS
from entrepot.evidence.language.days import days
from entrepot.evidence.language.lexicon import lexicon
from entrepot.evidence.language.mention import Amount
from entrepot.evidence.language.proportions import (
    changed,
    fraction,
    loose,
    one_in,
    one_ton,
    ranked,
    shared,
)
from entrepot.evidence.language.quantities import Read, single
from entrepot.evidence.language.ranges import ranged
from entrepot.evidence.language.tokens import Tokens, tokens_of

_READERS: Final = (ranked, one_in, fraction, one_ton, loose, shared, changed, ranged, single)
_MILLIONS: Final = 1_000_000.0
"""A bare number from here on, after money in the same sentence, is money too."""

_SENTENCE: Final = re.compile(r"[.!?]\s|\n\s*\n")


def amounts(text: str) -> list[Amount]:
    """The amounts that `text` tells, in order.

    Units: ISO 4217 of money; "%"; "pp" (percentage points); "share" (half of: 0.5); "times"
    (doubled: 2, halved: 0.5); "rank" (the second largest: 2); "kg" and "t" (tons are read as
    tonnes); else the head noun of what is counted, in lower case as printed; null: a bare number.
    "By half" and "by a third" are changes of 50 and 33.3 "%". Loose words are lower bounds: dozens
    at_least 24, hundreds at_least 200, several hundred at_least 300. "Nearly" is about; "up to"
    and "as many as" are at_most. Days, years, codes, citations, models, ordinals, phone numbers,
    coordinates and times of day are no amounts. The span holds the words of the bound and the unit.
    """
    tokens = tokens_of(text)
    taken = _times(tokens, text)
    words = lexicon(WORDS, "numbers.tsv")
    found: list[Amount] = []
    index = 0
    while index < len(tokens):
        is_start = tokens.is_figure(index) or words.kinds(tokens.low(index))
        read = None if index in taken or not is_start else _amount(tokens, index, taken)
        if read is None:
            index += 1
            continue
        found.append(_amount_of(tokens, read))
        index = max(read.end, index + 1)
    return list(_with_money(text, found))


def _with_money(text: str, found: list[Amount]) -> Iterator[Amount]:
    """As in "600 million euros, 400 million for Boeing": millions of what was told before."""
    before: Amount | None = None
    for each in found:
        is_bare = each.unit is None and each.value >= _MILLIONS
        if (
            is_bare
            and before is not None
            and _SENTENCE.search(text, before.end, each.start) is None
        ):
            yield replace(each, unit=before.unit)
            continue
        if each.unit is not None and each.counted is not None and _is_money(each.unit):
            before = each
        yield each


def _is_money(unit: str) -> bool:
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def _times(tokens: Tokens, text: str) -> set[int]:
    """The tokens that tell times."""
    taken: set[int] = set()
    place = 0
    for day in days(text, None):
        while place < len(tokens) and tokens.at(place).start < day.start:
            place += 1
        while place < len(tokens) and tokens.at(place).end <= day.end:
            taken.add(place)
            place += 1
    return taken


def _amount_of(tokens: Tokens, read: Read) -> Amount:
    counted = read.counted
    spans = None
    if counted is not None:
        spans = (tokens.at(counted[0]).start, tokens.at(counted[1] - 1).end)
    start, end = tokens.at(read.first).start, tokens.at(read.end - 1).end
    return Amount(start, end, read.value, read.value_to, read.bound, read.unit, spans)


def _amount(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    """The amount that begins at token `index`, its words of bound included."""
    words = lexicon(WORDS)
    bound = words.match(tokens, index, "bound")
    if bound is not None and bound.end not in taken:
        second = words.match(tokens, bound.end, "bound")
        start = second.end if second is not None else bound.end
        inner = _plain(tokens, start, taken)
        if inner is not None and inner.unit != "rank" and _may_bound(tokens, bound.end - 1):
            value = second.value if second is not None else bound.value
            loose = inner.bound == "at_least" and value in ("about", "exactly")
            return replace(inner, first=index, bound=inner.bound if loose else value)
    return _plain(tokens, index, taken)


def _may_bound(tokens: Tokens, last: int) -> bool:
    return not tokens.is_broken(last + 1) and tokens.low(last) != "from"


def _plain(tokens: Tokens, index: int, taken: set[int]) -> Read | None:
    for read in _READERS:
        found = read(tokens, index, taken)
        if found is not None:
            return found
    return None
