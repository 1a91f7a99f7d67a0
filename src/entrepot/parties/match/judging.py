"""From ranked names, identifiers and facts to a hit with its score and its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.parties.match import logic
from entrepot.parties.match.clean import clean
from entrepot.parties.match.explain import sentences
from entrepot.parties.match.identifiers import SINGLE, WEAK, WORTH, Identifier
from entrepot.parties.match.query import Feature, Hit, Query
from entrepot.parties.match.rank import Ranked
from entrepot.parties.match.score import CERTAIN_SHARE, HOPELESS, LIKELY, NEUTRAL
from entrepot.parties.party import Party

CLASH_CAP = 0.6
"""Highest score of a pair with contradicting identifiers: below the usual threshold of 0.7."""

TAIL_CAP = 0.3
"""The same for tails, whose letters are alike by design."""

WEAK_CLASH = -0.1
"""What another radio identity or serial number takes away: half of another country."""

MOST_JUDGED = 2
"""Candidates of one query that logic-v2 judges, the best first."""


@dataclass(frozen=True, slots=True)
class Case:
    """One party beside a query, before it is explained: the names, identifiers and other facts."""

    query: Query
    party: Party
    ranked: Ranked | None
    by_name: float
    same: list[tuple[Identifier, Identifier]]
    apart: list[tuple[Identifier, Identifier]]
    facts: list[Feature]

    def score(self) -> float:
        """The score of everything known, 0 to 1, rounded to 4 digits."""
        score = max([self.by_name, *(WORTH.get(one.kind, 0.0) for one, _ in self.same)])
        for fact in self.facts:
            score += fact.score * (1 - score) if fact.score > 0 else fact.score
        if not self._one_in_common():
            kinds = {one.kind for one, _ in self.apart}
            score += WEAK_CLASH * len(kinds.intersection(WEAK))
            for kind in kinds.difference(WEAK):
                score = min(score, TAIL_CAP if kind == "TAIL" else CLASH_CAP)
        return round(max(0.0, min(1.0, score)), 4)

    def _one_in_common(self) -> bool:
        """Whether both have the same number of a kind of which a party has only one."""
        return any(one.kind in SINGLE or other.kind in SINGLE for one, other in self.same)

    def hit(self, score: float, on: date | None) -> Hit:
        """The case with its reasons in words."""
        named = _named(self.ranked, self.by_name)
        rest = [*_agree(self.same), *_clash(self.apart), *self.facts]
        words = (*_spoken(self.ranked), *(one.detail for one in rest), *_said(self.query))
        return Hit(self.party, score, (*named, *rest), (*words, *_undated(self.party, on)))


class Judging:
    """Scores of names; `full`: with logic-v2."""

    def __init__(self, full: bool) -> None:
        self._full = full
        self.judged = 0

    def scores(
        self, query: Query, ranked: Mapping[int, Ranked], parties: Sequence[Party]
    ) -> dict[int, float]:
        """The score by names of every ranked party; logic-v2 sees only the open ones."""
        judge = logic.judge() if self._full else None
        if judge is None:
            return {number: one.own() for number, one in ranked.items()}
        asked = 0
        found = {}
        for number in sorted(ranked, key=lambda one: (-ranked[one].total, one)):
            one, party = ranked[number], parties[number]
            second: float | None = NEUTRAL
            if party.schema not in logic.LEGAL:
                second = None
            elif _certain(one):
                second = LIKELY
            elif asked < MOST_JUDGED and one.joint(1.0) > HOPELESS:
                asked += 1
                second = judge(_legal(query.schema), one.asked, party.schema, one.written)
            found[number] = one.own() if second is None else one.score(second)
        self.judged += asked
        return found


def _certain(one: Ranked) -> bool:
    shares = one.evidence.query_share, one.evidence.listed_share
    return min(shares) >= CERTAIN_SHARE and one.joint(LIKELY) > 0


def _legal(schema: str | None) -> str:
    return schema if schema in logic.LEGAL else "LegalEntity"


def _named(ranked: Ranked | None, score: float) -> list[Feature]:
    if ranked is None:
        return []
    said = f"the name {ranked.asked!r} resembles the listed name {ranked.written!r}"
    return [Feature("name", round(score, 4), said, ranked.asked, ranked.written)]


def _spoken(ranked: Ranked | None) -> tuple[str, ...]:
    if ranked is None:
        return ("the names are not alike",)
    return sentences(
        ranked.alignment, ranked.query, ranked.listed, ranked.written, ranked.evidence.number_clash
    )


def _agree(same: list[tuple[Identifier, Identifier]]) -> list[Feature]:
    found = []
    for one, other in same:
        said = f"same {one.title} {other.written}"
        if one.fits is False:
            said += ", though its check digit does not fit"
        score = WORTH.get(one.kind, 0.0)
        found.append(
            Feature(f"identifier_{one.kind.lower()}", score, said, one.written, other.written)
        )
    return found


def _clash(apart: list[tuple[Identifier, Identifier]]) -> list[Feature]:
    return [
        Feature(
            f"identifier_{one.kind.lower()}", WEAK_CLASH if one.kind in WEAK else -1.0,
            f"{one.title} {one.written} and {other.written} differ", one.written, other.written,
        )
        for one, other in apart
    ]  # fmt: skip


def _said(query: Query) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for name in query.names for note in clean(name).notes))


def _undated(party: Party, on: date | None) -> tuple[str, ...]:
    if on is None or any(one.holds(on) for one in party.listings):
        return ()
    return (f"whether it was listed on {on.isoformat()} is not known: the list gives no first day",)
