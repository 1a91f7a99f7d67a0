"""All items prepared, all likely pairs compared: what `derive` chooses edges from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.evidence.independence.candidates import candidates
from entrepot.evidence.independence.citing import Citation
from entrepot.evidence.independence.compare import Likeness, Prepared, compare, is_alike, prepared
from entrepot.evidence.independence.fingerprint import Shingler, Weights, fingerprint
from entrepot.evidence.independence.item import Item
from entrepot.evidence.independence.lists import bare
from entrepot.evidence.independence.score import score, terms
from entrepot.evidence.independence.sources import OTHER, Source, publisher_of

LEAST_NAMED: Final = 0.12
"""Share of facts and words that an item must have in common with one it names: two reports of an
agency on two matters are two reports."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two items compared, places in the list of items, `first` < `second`."""

    first: int
    second: int
    like: Likeness


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """Items with their fingerprints, their publishers as sources, and the pairs that share much."""

    items: Sequence[Item]
    prepared: Sequence[Prepared]
    publishers: Sequence[Source | None]
    pairs: Mapping[tuple[int, int], Likeness]
    partners: Mapping[int, Sequence[int]]
    addresses: Mapping[str, int]

    def like(self, derived: int, origin: int) -> Likeness | None:
        """What two items share; null: they were not compared, for they share too little."""
        return self.pairs.get((min(derived, origin), max(derived, origin)))

    def terms(self, derived: int, origin: int, *, same_source: bool = False) -> dict[str, float]:
        """Terms of the score that one item comes from the other; empty: not compared."""
        like = self.like(derived, origin)
        if like is None:
            return {}
        later = self.prepared[derived].print
        named = self.names(derived, origin)
        return terms(like, named=named, same_source=same_source,
                     witness=later.is_first_hand and not named)  # fmt: skip

    def score(self, derived: int, origin: int) -> float:
        """Score of the same; 0: not compared."""
        found = self.terms(derived, origin)
        return score(found) if found else 0.0

    def names(self, derived: int, origin: int) -> bool:
        """Whether an item names the publisher of the other and shares something with it."""
        like = self.like(derived, origin)
        if like is None or like.retold < LEAST_NAMED:
            return False
        return self.naming(derived, origin) is not None

    def naming(self, derived: int, origin: int) -> Citation | None:
        """The citation by which an item names the publisher of another; null: it does not."""
        if self.items[derived].publisher == self.items[origin].publisher:
            return None
        cited = self.prepared[derived].print.citations
        return next((one for one in cited if self.is_publisher(one, origin)), None)

    def is_publisher(self, cited: Citation, place: int) -> bool:
        """Whether a citation names the publisher of an item, by source or to the letter."""
        publisher = self.publishers[place]
        if publisher is None:
            return False
        printed = bare(self.items[place].publisher)
        return printed in bare(cited.words) or cited.source.may_be(publisher)

    def told(self, derived: int) -> list[int]:
        """Items that the record of an item says it cites, or whose address its text holds."""
        item = self.items[derived]
        links = [one.words for one in self.prepared[derived].print.citations if one.cue == "link"]
        found = {self.addresses.get(_address(one)) for one in (*item.cites, *links)}
        return sorted(place for place in found if place is not None and place != derived)


def board(items: Sequence[Item]) -> Board:
    """Compare the items. A few thousand take seconds; pairs that share nothing are passed over."""
    prints = [fingerprint(item) for item in items]
    weights, shingler = Weights(prints), Shingler()
    made = [prepared(one, weights.of(one), shingler.shingles(one.words)) for one in prints]
    pairs = {(a, b): compare(made[a], made[b])
             for a, b in candidates(made) if is_alike(made[a], made[b])}  # fmt: skip
    partners: dict[int, list[int]] = {}
    for first, second in pairs:
        partners.setdefault(first, []).append(second)
        partners.setdefault(second, []).append(first)
    addresses = {_address(one): place for place, item in reversed(list(enumerate(items)))
                 for one in (item.url, item.item_id) if one}  # fmt: skip
    return Board(items, made, [_publisher(item) for item in items], pairs, partners, addresses)


def _publisher(item: Item) -> Source | None:
    found = publisher_of(item.publisher) if item.publisher else None
    # "outlet" and a number, or one household word, would be named by every text
    if found and found.what == OTHER and not any(one.startswith(("w:", "m:", "c:"))
                                                 for one in found.base[2:].split("+")):  # fmt: skip
        return None
    return found


def _address(text: str) -> str:
    return text.split("://")[-1].removeprefix("www.").rstrip("/.").lower()
