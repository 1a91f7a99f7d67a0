"""The names nearest to a query, each with its alignment: the cheap part of a match."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.parties.match.align import Alignment, align
from entrepot.parties.match.evidence import Evidence, weigh
from entrepot.parties.match.index import NameIndex
from entrepot.parties.match.likeness import Likenesses
from entrepot.parties.match.names import Reading, readings
from entrepot.parties.match.score import final, joint_total, own_total
from entrepot.parties.match.word import Word


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best pair of names of a query and one party."""

    party: int
    total: float
    person: bool
    kind: str
    written: str
    asked: str
    query: tuple[Word, ...]
    listed: tuple[Word, ...]
    alignment: Alignment
    evidence: Evidence

    @property
    def weak(self) -> bool:
        """Whether the listed name is a weak alias: short, common or loosely used."""
        return self.kind == "weakAlias"

    def own(self) -> float:
        """The score of the names by the own layers alone, 0 to 1."""
        return final(self.total, self.evidence, self.weak)

    def joint(self, second: float) -> float:
        """The sum of the own layers and what logic-v2 said, or is taken to say."""
        return joint_total(self.evidence, second, person=self.person, weak=self.weak)

    def score(self, second: float) -> float:
        """The score of the names with logic-v2's, 0 to 1."""
        return final(self.joint(second), self.evidence, self.weak)


class Ranker:
    """Compares readings of a query with the names of an index; remembers pairs of words."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._weights = index.vocabulary.weights.tolist()
        self._known: dict[Word, Likenesses] = {}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_known": {}}

    def best(self, names: Sequence[str], kinds: int) -> dict[int, Ranked]:
        """The best pair for every party of these kinds that is near one of the names."""
        found: dict[int, Ranked] = {}
        for name in names:
            for person, mask in self._index.views(kinds):
                for reading in readings(name, person, self._index.known):
                    self._compare(name, reading, mask, person, found)
        if len(self._known) > _MEMORY:
            self._known.clear()
        return found

    def _compare(
        self, name: str, reading: Reading, mask: int, person: bool, found: dict[int, Ranked]
    ) -> None:
        words = reading.words
        weights = [self._index.vocabulary.weight(word) for word in words]
        rows = [self._likenesses(word) for word in words]
        for number in self._index.near(reading, mask).tolist():
            listed = self._index.names[number]
            theirs = tuple(self._index.vocabulary.words[one] for one in listed.words)
            alignment = align(words, theirs, rows)
            if not alignment.links:
                continue
            evidence = weigh(
                alignment, words, theirs, weights, [self._weights[one] for one in listed.words]
            )
            score = own_total(evidence, person=person, weak=listed.kind == "weakAlias")
            best = found.get(listed.party)
            if best is None or score > best.total:
                found[listed.party] = Ranked(
                    listed.party, score, person, listed.kind, listed.written, name, words, theirs,
                    alignment, evidence,
                )  # fmt: skip

    def _likenesses(self, word: Word) -> Likenesses:
        return self._known.get(word) or self._known.setdefault(word, Likenesses(word))


_MEMORY = 5_000
"""Words of queries whose likenesses are remembered; about 50 MB."""
