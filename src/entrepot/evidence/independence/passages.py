"""Which stretches of two texts go together: runs of words, else figures, names and days."""

from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from entrepot.evidence.independence import keys, tokens
from entrepot.evidence.independence.compare import Prepared
from entrepot.evidence.independence.derivation import Passage
from entrepot.evidence.independence.fingerprint import SHINGLE
from entrepot.evidence.independence.tokens import Token

MOST_REPEATS: Final = 20
"""Places of one run of words that are tried, where a text says one thing over and over."""

MOST_FACTS: Final = 400
"""Facts of a text that are marked."""

WORDS, FACT = "words", "fact"
_TELLING: Final = (tokens.FIGURE, tokens.DAY, tokens.NAME, keys.MODEL, keys.COUNTRY)


@lru_cache(maxsize=8)
def common_runs(mine: Prepared, theirs: Prepared) -> list[tuple[int, int, int]]:
    """Runs of at least `SHINGLE` equal words: place in mine, place in theirs, length."""
    if mine.print.language != theirs.print.language:
        return []
    a, b = ([word for word, _, _ in one.print.words] for one in (mine, theirs))
    where: dict[int, list[int]] = {}
    for place, value in enumerate(theirs.shingles.tolist()):
        where.setdefault(value, []).append(place)
    found, at = [], 0
    while at < len(mine.shingles):
        starts = where.get(int(mine.shingles[at]), [])[:MOST_REPEATS]
        best = max(((_length(a, b, at, other), -other) for other in starts), default=(0, 0))
        if best[0] >= SHINGLE:
            found.append((at, -best[1], best[0]))
            at += best[0]
        else:
            at += 1
    return found


def _length(a: list[str], b: list[str], at: int, other: int) -> int:
    size = 0
    while at + size < len(a) and other + size < len(b) and a[at + size] == b[other + size]:
        size += 1
    return size


def passages(mine: Prepared, theirs: Prepared) -> tuple[Passage, ...]:
    """Shared stretches in the order of the derived text; none overlaps another in it."""
    runs = [
        Passage((mine.print.words[at][1], mine.print.words[at + size - 1][2]),
                (theirs.print.words[other][1], theirs.print.words[other + size - 1][2]), WORDS)
        for at, other, size in common_runs(mine, theirs)
    ]  # fmt: skip
    taken = [one.derived for one in runs]
    facts = [
        one
        for one in _facts(mine, theirs)
        if not any(start < one.derived[1] and one.derived[0] < end for start, end in taken)
    ]
    return tuple(sorted([*runs, *facts], key=lambda one: one.derived))


def _facts(mine: Prepared, theirs: Prepared) -> list[Passage]:
    """Equal facts, each with the one that stands where the order of both texts leads."""
    a, b = _telling(mine), _telling(theirs)
    ka, kb = [token.key for token in a], [token.key for token in b]
    blocks = SequenceMatcher(None, ka, kb, False).get_matching_blocks()
    pairs = {i + n: j + n for i, j, size in blocks for n in range(size)}  # fmt: skip
    first = {key: place for place, key in reversed(list(enumerate(kb)))}
    return [
        Passage((token.start, token.end), (other.start, other.end), FACT)
        for place, token in enumerate(a)
        if (at := pairs.get(place, first.get(token.key))) is not None and (other := b[at])
    ]  # fmt: skip


def _telling(one: Prepared) -> list[Token]:
    found = [
        token
        for sentence in one.print.sentences
        for token in sentence.tokens
        if token.kind in _TELLING
    ]
    return found[:MOST_FACTS]
