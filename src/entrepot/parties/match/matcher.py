"""The matcher: which listed parties a query resembles, best first, and why.

    matcher = Matcher.build(parties)
    hits = matcher.match(Query("Person", {"name": ("...",)}))

A cascade. An index of words, spelling keys and n-grams picks some dozens of listed names; the own
layers align and score them; logic-v2 judges the few that stay open (extra `parties`). Identifiers
are compared exactly and beside that.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType

from entrepot.errors import RequestError
from entrepot.parties.match.ahead import index_and_tables
from entrepot.parties.match.contradiction import facts
from entrepot.parties.match.identifiers import Identifier, agreeing, asked, clashing, identifiers
from entrepot.parties.match.index import NameIndex
from entrepot.parties.match.judging import Case, Judging
from entrepot.parties.match.kinds import kind_of, listed_kind
from entrepot.parties.match.query import Feature, Hit, Query
from entrepot.parties.match.rank import Ranked, Ranker
from entrepot.parties.party import Party

__all__ = ["Feature", "Hit", "Matcher", "Query"]

BEST = "best"
MAIN = "entrepot-v1"
FALLBACK = "fallback"

Keep = Callable[[Party], bool]


class Matcher:
    """Read only once built: share it by forking, or build it again in a spawned process."""

    def __init__(self, parties: Sequence[Party], algorithm: str, index: NameIndex) -> None:
        self.algorithm = algorithm
        self._list = tuple(parties)
        self._by_id = {party.party_id: party for party in self._list}
        self._index = index
        self._ranker = Ranker(self._index)
        self._judging = Judging(algorithm == MAIN)
        self._identifiers = [identifiers(party.schema, party.properties) for party in self._list]
        self._holders: dict[str, list[int]] = {}
        for number, those in enumerate(self._identifiers):
            for one in those:
                self._holders.setdefault(one.key, []).append(number)

    @classmethod
    def build(cls, parties: Sequence[Party], *, algorithm: str = BEST) -> "Matcher":
        """Index the parties; `best` is `entrepot-v1` where the extra is installed, else `fallback`.

        Raises:
            RequestError: The algorithm is not known, or needs the extra and it is not installed.
        """
        if algorithm not in (BEST, MAIN, FALLBACK):
            raise RequestError(
                f"got algorithm {algorithm!r}, expected {BEST}, {MAIN} or {FALLBACK}"
            )
        with _no_collection():
            if algorithm == FALLBACK:
                return cls(parties, FALLBACK, NameIndex(parties, known=False))
            index, full = index_and_tables(parties)
        if algorithm == MAIN and not full:
            raise RequestError(
                f"{MAIN} needs the extra `parties`, which is not installed",
                hint="pip install 'entrepot[parties]', or ask for the fallback.",
            )
        return cls(parties, MAIN if full else FALLBACK, index)

    @property
    def parties(self) -> Mapping[str, Party]:
        """All listed parties by id."""
        return MappingProxyType(self._by_id)

    @property
    def judged(self) -> int:
        """Pairs that logic-v2 has judged so far, over all queries."""
        return self._judging.judged

    def match(
        self,
        query: Query,
        *,
        limit: int = 5,
        threshold: float = 0.7,
        on: date | None = None,
        keep: Keep | None = None,
    ) -> list[Hit]:
        """Possible matches at or above `threshold`, best first, ties by id, at most `limit`.

        `on`: only parties listed that day; one whose first day is not known counts as listed, and
        the hit says so. `keep`: only parties it is true of. A hit resembles the query; whether it
        is the same party is for a person to decide with more than the name.

        Raises:
            RequestError: The query holds neither a name nor an identifier.
        """
        query = query.checked()
        mine = asked(query.schema, query.properties)
        kinds = kind_of(query.schema)
        ranked = self._ranker.best(query.names, kinds)
        numbers = set(ranked) | self._held(mine, kinds)
        allowed = [number for number in numbers if self._allowed(number, on, keep)]
        names = {number: ranked[number] for number in allowed if number in ranked}
        scores = self._judging.scores(query, names, self._list)
        cases = [self._case(query, number, ranked, scores, mine) for number in allowed]
        scored = [(-case.score(), case.party.party_id, case) for case in cases]
        best = sorted(row for row in scored if -row[0] >= threshold)[:limit]
        return [case.hit(-score, on) for score, _, case in best]

    def _case(
        self,
        query: Query,
        number: int,
        ranked: Mapping[int, Ranked],
        scores: Mapping[int, float],
        mine: tuple[Identifier, ...],
    ) -> Case:
        party, theirs = self._list[number], self._identifiers[number]
        return Case(
            query, party, ranked.get(number), scores.get(number, 0.0), agreeing(mine, theirs),
            clashing(mine, theirs), facts(query.properties, party.properties),
        )  # fmt: skip

    def match_many(
        self, queries: Iterable[Query], *, limit: int = 5, threshold: float = 0.7
    ) -> list[list[Hit]]:
        """The hits of each query in turn; the same as asking one by one."""
        return [self.match(query, limit=limit, threshold=threshold) for query in queries]

    def search(
        self,
        text: str,
        *,
        schema: str | None = None,
        limit: int = 10,
        on: date | None = None,
        keep: Keep | None = None,
    ) -> list[tuple[Party, float]]:
        """Parties whose names hold words like those of the text, best first: loose, for browsing.

        The number orders the answers only; it is not the score of `match`.
        """
        ranked = self._ranker.best((text,), kind_of(schema))
        rows = [
            (self._list[number], round(min(1.0, _loose(one)), 4))
            for number, one in ranked.items()
            if self._allowed(number, on, keep)
        ]
        return sorted(rows, key=lambda row: (-row[1], row[0].party_id))[:limit]

    def _held(self, mine: Sequence[Identifier], kinds: int) -> set[int]:
        holders = (number for one in mine for number in self._holders.get(one.key, ()))
        return {number for number in holders if listed_kind(self._list[number].schema) & kinds}

    def _allowed(self, number: int, on: date | None, keep: Keep | None) -> bool:
        party = self._list[number]
        if (
            on is not None
            and party.listings
            and not any(one.holds(on) is not False for one in party.listings)
        ):
            return False
        return keep is None or keep(party)


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection while many lasting objects are made: it would look at each again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _loose(one: Ranked) -> float:
    return 0.8 * one.evidence.query_share + 0.2 * one.own()
