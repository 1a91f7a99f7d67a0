"""An item as it is compared: sentences of weighted keys, shingles of words, quotations."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from entrepot.evidence.independence import keys, tokens
from entrepot.evidence.independence.citing import Citation, citations, is_first_hand
from entrepot.evidence.independence.item import Item
from entrepot.evidence.independence.lists import bare
from entrepot.evidence.independence.tokens import Sentence

SHINGLE: Final = 4
"""Words in a shingle: short enough for edited sentences, long enough to be rare by chance."""

BACKGROUND: Final = 60
"""Imagined other items, so that in a handful of items on one event shared facts keep a weight."""

MOST_COMPARED: Final = 100_000
"""Characters of a text that are compared: some 60 pages."""

KIND_WEIGHTS: Final = {
    keys.MODEL: 1.4, keys.COUNTRY: 0.4, keys.CONCEPT: 0.6, keys.WORD: 0.7,
    tokens.NAME: 1.1, tokens.DAY: 0.9, tokens.FIGURE: 1.2,
}  # fmt: skip

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’ʼ][^\W_]+)*")
_QUOTED: Final = re.compile(r"[\"“”«„]([^\"“”«»„\n]{15,400})[\"“”»]")
_UKRAINIAN: Final = frozenset("іїєґ")
_RUSSIAN: Final = frozenset("ыэъё")


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What of an item is compared.

    `words` are the text's words with their places, `is_quoted` says which stand in quotation marks.
    """

    item: Item
    language: str
    sentences: tuple[Sentence, ...]
    words: tuple[tuple[str, int, int], ...]
    quotes: frozenset[str]
    is_quoted: NDArray[np.bool_]
    citations: tuple[Citation, ...]
    is_first_hand: bool
    places: Mapping[str, int]
    """Key -> place of its first token among the tokens."""

    kinds: Mapping[str, str]

    @property
    def keys(self) -> frozenset[str]:
        """All keys of the text."""
        return frozenset(self.places)


def fingerprint(item: Item) -> Fingerprint:
    """The comparable form of one item, of its first `MOST_COMPARED` characters."""
    text = item.text[:MOST_COMPARED]
    found = tokens.sentences(text)
    words = tuple([(bare(one.group()), one.start(), one.end()) for one in _WORD.finditer(text)])
    every = [token for sentence in found for token in sentence.tokens]
    places: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for place, token in enumerate(every):
        places.setdefault(token.key, place)
        if kinds.get(token.key) != tokens.NAME:
            kinds[token.key] = token.kind
    quoted = list(_QUOTED.finditer(text))
    quotes = frozenset(" ".join(_WORD.findall(bare(one[1]))) for one in quoted)
    starts = np.array([start for _, start, _ in words], dtype=np.int64)
    inside = np.zeros(len(words), dtype=bool)
    for one in quoted:
        inside |= (starts >= one.start()) & (starts < one.end())
    return Fingerprint(
        item, language(text), tuple(found), words, quotes, inside,
        tuple(citations(text)), is_first_hand(text), places, kinds,
    )  # fmt: skip


def language(text: str) -> str:
    """`en`, `ru`, `uk` by letters; `en` stands for any text in Latin letters."""
    letters = Counter(text.lower())
    cyrillic = sum(count for letter, count in letters.items() if "а" <= letter <= "ѯ")
    if cyrillic * 2 < sum(count for letter, count in letters.items() if letter.isalpha()):
        return "en"
    marks = [sum(letters[one] for one in signs) for signs in (_UKRAINIAN, _RUSSIAN)]
    return "uk" if marks[0] > marks[1] else "ru"


class Weights:
    """How much a key tells: rare ones much, round numbers and words of every item little."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        counts = Counter(key for one in prints for key in one.places)
        total = len(prints) + BACKGROUND
        scale = log(total)
        self.counts = counts
        self._rarity = {key: log(total / (count + 0.5)) / scale for key, count in counts.items()}

    def weight(self, key: str, kind: str) -> float:
        """0 and more; 1 is a rare name."""
        base = KIND_WEIGHTS[kind]
        if kind == tokens.FIGURE:
            base *= roundness(key)
        elif key.startswith("y:"):
            base = 0.15
        elif kind == tokens.DAY and len(key) < len("d:01-01"):
            base = 0.3
        return base * max(0.05, self._rarity[key])

    def of(self, one: Fingerprint) -> dict[str, float]:
        """The weight of every key of an item."""
        return {key: self.weight(key, kind) for key, kind in one.kinds.items()}


def roundness(key: str) -> float:
    """0.25 for the smallest, 0.5 for round numbers, 1 for two figures that count, up to 1.5."""
    digits = key.removeprefix("f:").replace(".", "").strip("0")
    value = float(key.removeprefix("f:"))
    if value <= 3:
        return 0.25
    if len(digits) > 2:
        return 1.5
    return 1.0 if len(digits) == 2 else 0.5


class Shingler:
    """Numbers for runs of words. The same words give the same number within one set of items."""

    _FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def shingles(
        self, words: Sequence[tuple[str, int, int]], size: int = SHINGLE
    ) -> NDArray[np.uint64]:
        """The numbers of all runs of `size` words, in their order."""
        ids = np.array([self._ids.setdefault(word, len(self._ids) + 1) for word, _, _ in words],
                       dtype=np.uint64)  # fmt: skip
        if len(ids) < size:
            return np.zeros(0, np.uint64)
        made = np.zeros(len(ids) - size + 1, np.uint64)
        for shift in range(size):
            made = made * self._FACTOR + ids[shift : len(ids) - size + 1 + shift]
            made ^= made >> np.uint64(29)
        return made


def order(places: Sequence[int]) -> float:
    """How much of a sequence stands in rising order: 1 all, 0 as much as chance gives.

    The longest rising part of n shuffled places has about 2 * sqrt(n) members (Logan and Shepp
    1977; Vershik and Kerov 1977), which is the zero.
    """
    size = len(places)
    if size < 5:
        return 0.0
    chance = min(2 * sqrt(size), size - 1)
    return max(0.0, (_rising(places) - chance) / (size - chance))


def _rising(places: Sequence[int]) -> int:
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def runs(values: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches [start, end) of numbers that follow one another."""
    cuts = [0, *(at + 1 for at, (a, b) in enumerate(pairwise(values)) if b != a + 1), len(values)]
    return [(values[a], values[b - 1] + 1) for a, b in pairwise(cuts) if b > a]
