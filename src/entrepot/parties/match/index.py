"""The index of listed names: which names may be like a query's, cheaply and with good recall."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.parties.match.grams import Grams
from entrepot.parties.match.kinds import PERSON, listed_kind
from entrepot.parties.match.names import Reading, readings
from entrepot.parties.match.query import named
from entrepot.parties.match.vocabulary import Vocabulary
from entrepot.parties.match.word import GENERIC, INITIAL, LEGAL, STOP, Word
from entrepot.parties.party import Party

BY_WORDS = 24
"""Names taken by words in common, and by n-grams: recall of the right party rises little beyond
(measured on the development half: see docs/screening.md)."""
BY_GRAMS = 10
_SILENT = (STOP, LEGAL)
LEAST_SHARE = 0.45
"""Names whose words in common weigh less than this share of the best one's are not compared."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One reading of one listed name: whose it is, which kind of name, its words by number."""

    party: int
    kind: str
    written: str
    words: tuple[int, ...]


class NameIndex:
    """Built once from all parties; read only after that, so that forked workers can share it."""

    def __init__(self, parties: Sequence[Party], *, known: bool = True) -> None:
        self.known = known
        self.vocabulary = Vocabulary()
        self.names: list[Listed] = []
        for number, party in enumerate(parties):
            self._add(number, party)
        self.vocabulary.seal(len(self.names))
        self._post()
        kinds = [listed_kind(parties[name.party].schema) for name in self.names]
        self._kinds = np.array(kinds, dtype=np.int8)
        self._masks: dict[int, NDArray[np.bool_]] = {}
        words = self.vocabulary.words
        self.grams = Grams([_spelled([words[one] for one in name.words]) for name in self.names])

    def know(self) -> None:
        """Add the symbols of known names, which were left out when the index was built."""
        self.known = True
        self.vocabulary.know(len(self.names))

    def _add(self, number: int, party: Party) -> None:
        person = party.schema == "Person"
        seen: set[tuple[int, ...]] = set()
        for kind, written in named(party.properties):
            for reading in readings(written, person, self.known):
                words = tuple(self.vocabulary.add(word) for word in reading.words)
                if words not in seen:
                    seen.add(words)
                    self.names.append(Listed(number, kind, written, words))

    def _post(self) -> None:
        pairs = np.array(
            [(word, name) for name, listed in enumerate(self.names) for word in set(listed.words)],
            dtype=np.int32,
        ).reshape(-1, 2)
        order = np.argsort(pairs[:, 0], kind="stable")
        self._names_of = np.ascontiguousarray(pairs[order, 1])
        counts = np.bincount(pairs[:, 0], minlength=len(self.vocabulary.words))
        self._starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        lengths = [sum(self.vocabulary.weights[one] for one in name.words) for name in self.names]
        self.totals = np.array(lengths, dtype=np.float32)

    def views(self, kinds: int) -> tuple[tuple[bool, int], ...]:
        """How a query of these kinds is read: (as a person's name, kinds it then finds)."""
        views = []
        if kinds & PERSON:
            views.append((True, PERSON))
        if kinds & ~PERSON:
            views.append((False, kinds & ~PERSON))
        return tuple(views)

    def near(self, reading: Reading, kinds: int) -> NDArray[np.int64]:
        """Numbers of names of these kinds that may be like this reading, rising."""
        fits = self.fits(kinds)
        by_words = self._by_words(reading.words, fits)
        by_grams = self.grams.near(_spelled(reading.words), BY_GRAMS, fits)
        return np.array(sorted({*by_words.tolist(), *by_grams.tolist()}), dtype=np.int64)

    def fits(self, kinds: int) -> NDArray[np.bool_]:
        """Which names belong to a party of these kinds."""
        found = self._masks.get(kinds)
        if found is None:
            found = self._masks[kinds] = (self._kinds & kinds) > 0
        return found

    def _by_words(self, words: Sequence[Word], fits: NDArray[np.bool_]) -> NDArray[np.int64]:
        hits, share = self._by_words_scored(words, fits)
        if len(hits):
            kept = share >= LEAST_SHARE * share.max()
            hits, share = hits[kept], share[kept]
        if len(hits) <= BY_WORDS:
            return hits
        return hits[np.argpartition(share, -BY_WORDS)[-BY_WORDS:]]

    def _by_words_scored(
        self, words: Sequence[Word], fits: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        loud = [word for word in words if word.kind not in _SILENT]
        strong = [word for word in loud if word.kind not in (GENERIC, INITIAL)]
        chosen = (strong or loud or list(words))[:12]
        total = np.zeros(len(self.names), np.float32)
        query = 0.0
        for word in chosen:
            weight = self.vocabulary.weight(word)
            query += weight
            found = np.zeros(len(self.names), np.float32)
            names, values = self._posted(word)
            found[names] = values * weight
            total += found
        hits = np.flatnonzero((total > 0) & fits)
        return hits, total[hits] / (query + 0.25 * self.totals[hits])

    def _posted(self, word: Word) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        owners, worths = self.vocabulary.like(word)
        starts = self._starts[owners]
        lengths = self._starts[owners + 1] - starts
        ends = np.cumsum(lengths)
        if not len(ends):
            return np.empty(0, np.int32), np.empty(0, np.float32)
        places = np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)
        return self._names_of[places], np.repeat(worths, lengths)


def _spelled(words: Sequence[Word]) -> str:
    said = [word.slavic or word.ascii for word in words if word.kind not in _SILENT]
    return " ".join(said or [word.ascii for word in words])
