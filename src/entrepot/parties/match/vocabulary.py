"""The words of all listed names: how common each is, and how to look up the ones like a word."""

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from entrepot.parties.match.latin import ARABIC, LATIN
from entrepot.parties.match.lexicon import rows
from entrepot.parties.match.word import (
    COMMON,
    EASTERN,
    GENERIC,
    INITIAL,
    LEGAL,
    NUMBER,
    PATRONYMIC,
    STOP,
    Word,
    with_symbols,
)

KIND_SHARE = {
    STOP: 0.08,
    LEGAL: 0.08,
    GENERIC: 0.35,
    INITIAL: 0.3,
    NUMBER: 0.8,
    PATRONYMIC: 0.45,
    COMMON: 0.65,
}
"""Share of its rarity that a word of a kind keeps; other words keep all."""

LEAST_WEIGHT = 0.12

LEAST_NAMES = 20_000
"""Names of a list below which rarity is counted as if there were as many."""


@cache
def _shares() -> dict[tuple[str, str], float]:
    """Share of names with a word, for the commonest words of the lists of OFAC and the UN.

    Made by `tools/build_word_shares.py`.
    """
    return {
        (row["kind"], row["form"]): int(row["per_100000"]) / 1e5 for row in rows("word_shares.csv")
    }


class Vocabulary:
    """Distinct words by number; keys of every word as sorted hashes."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._number: dict[tuple[str, str, str], int] = {}
        self._forms: Counter[str] = Counter()
        self._consonants: Counter[str] = Counter()
        self._names = 1

    def add(self, word: Word) -> int:
        """The number of a word, new or known; counts one more use."""
        self._forms[word.slavic or word.concept] += 1
        if word.native in (LATIN, ARABIC):
            self._consonants[word.arabic] += 1
        key = (word.ascii, word.native if word.native != LATIN else "", word.kind)
        number = self._number.setdefault(key, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number

    def seal(self, names: int) -> None:
        """Build the keys and the weights once all words are in; `names` is their number."""
        self._names = names
        pairs = [(key, number) for number, word in enumerate(self.words) for key, _ in keys(word)]
        hashes = np.array([key for key, _ in pairs], dtype=np.uint32)
        order = np.argsort(hashes, kind="stable")
        self._hashes: NDArray[np.uint32] = hashes[order]
        self._owners = np.array([number for _, number in pairs], dtype=np.int32)[order]
        self.weights = np.array([self.weight(word) for word in self.words], dtype=np.float32)

    def know(self, names: int) -> None:
        """Give every word the symbols of the known name it spells, and build the keys again."""
        self.words = [with_symbols(word) for word in self.words]
        self.seal(names)

    def counts(self) -> dict[str, Counter[str]]:
        """How many names hold a word, by its form and by its consonants."""
        return {"form": self._forms, "consonants": self._consonants}

    def weight(self, word: Word) -> float:
        """Rarity of a word among names, 0.12 to 1; spellings of one name count together.

        Counted in the list at hand, and never below its share on the lists of 2024 to 2026
        (`data/word_shares.csv`), so that a list of ten names weighs words as a long one does.
        """
        size = max(self._names, LEAST_NAMES)
        form = word.slavic or word.concept
        common = max(self._forms.get(form, 0), _shares().get(("form", form), 0.0) * size)
        if len(word.arabic) > 2:
            key = word.arabic
            many = max(self._consonants.get(key, 0), _shares().get(("consonants", key), 0.0) * size)
            common = max(common, many / 2)
        rarity = math.log((size + 1) / (common + 1)) / math.log(size + 1)
        return max(LEAST_WEIGHT, rarity) * KIND_SHARE.get(word.kind, 1.0)

    def like(self, word: Word) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Numbers of words sharing a key with this one, and how much the key is worth, rising."""
        found = keys(word)
        wanted = np.array([key for key, _ in found], dtype=np.uint32)
        first = np.searchsorted(self._hashes, wanted, "left")
        last = np.searchsorted(self._hashes, wanted, "right")
        spans = [
            (worth, self._owners[low:high])
            for (_, worth), low, high in zip(found, first.tolist(), last.tolist(), strict=True)
            if low < high
        ]
        spans.sort(key=lambda span: span[0])
        if not spans:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        worths = [np.full(len(owners), worth, np.float32) for worth, owners in spans]
        return np.concatenate([owners for _, owners in spans]), np.concatenate(worths)


def keys(word: Word) -> list[tuple[int, float]]:
    """Hashes of the keys of a word, each with its worth as evidence."""
    return [(crc32(key.encode()), worth) for key, worth in _keys(word)]


def _keys(word: Word) -> Iterable[tuple[str, float]]:
    if word.concept:
        yield f"c{word.concept}", 0.95
    yield f"={word.ascii}", 1.0
    if word.kind in (STOP, LEGAL, NUMBER, INITIAL):
        return
    if word.slavic:
        yield f"s{word.slavic}", 0.95
    for symbol in word.symbols:
        yield f"y{symbol}", 0.9
    yield from _consonant_keys(word)
    if word.eastern and (word.native in EASTERN or len(word.eastern) <= 8):
        yield f"e{word.eastern}", 0.85 if word.native in EASTERN else 0.6


def _consonant_keys(word: Word) -> Iterable[tuple[str, float]]:
    if len(word.arabic) >= 2:
        yield f"a{word.arabic}", 0.9 if word.native == ARABIC else 0.6
    if len(word.bones) >= 2 and word.native != ARABIC:
        yield f"b{word.bones}", 0.7
    if len(word.bones) >= 4:
        for place in range(len(word.bones)):
            yield f"b{word.bones[:place]}{word.bones[place + 1 :]}", 0.5
