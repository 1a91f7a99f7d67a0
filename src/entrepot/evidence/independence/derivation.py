"""What `derive` hands over: items, edges from derived to origin, and the roots they hang on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from entrepot.evidence.independence.item import Item

KINDS: Final = ("cites", "copies", "translates", "same_document")
"""How an item hangs on its origin: names it; has its words or its facts; the same in another
language; both go back to one statement, order, dataset or post."""

ACTIONS: Final = ("from", "not", "independent")
"""What a person can say: derived from; not derived from; derived from nothing."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about an edge. It always wins over what was worked out.

    Attributes:
        action: one of `ACTIONS`.
        derived: item id.
        origin: item id; empty with `independent`.
        kind: one of `KINDS`; for `from` only.
        by: who decided.
        at: when; null: not recorded.
        because: the reason.
    """

    action: str
    derived: str
    origin: str = ""
    kind: str = "copies"
    by: str = ""
    at: datetime | None = None
    because: str = ""

    @property
    def words(self) -> str:
        """The decision as a sentence."""
        when = f" on {self.at.date().isoformat()}" if self.at else ""
        why = f": {self.because}" if self.because else ""
        return f"decided by {self.by or 'a person'}{when}{why}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the derived text and its like in the origin, as characters [start, end)."""

    derived: tuple[int, int]
    origin: tuple[int, int]
    what: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One item hangs on another, or on a document that is not at hand.

    Attributes:
        derived: item id.
        origin: item id or root id.
        kind: one of `KINDS`.
        score: 0 to 1 from the printed weights; no measured probability. 1 where a person decided.
        evidence: what speaks for it, a phrase each.
        innocent: other reasons for the same likeness, a sentence each.
        is_uncertain: the score lies near the threshold; look at both texts.
        is_order_known: the days of publication say which is older.
        decided: the sentence of the person who set it; empty: worked out.
        passages: shared stretches, in the order of the derived text.
        terms: each weighted term of the score: name -> contribution in log odds.
    """

    derived: str
    origin: str
    kind: str
    score: float
    evidence: tuple[str, ...]
    innocent: tuple[str, ...] = ()
    is_uncertain: bool = False
    is_order_known: bool = True
    decided: str = ""
    passages: tuple[Passage, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Root:
    """What items go back to: an item without an origin, or an original that is not at hand.

    Attributes:
        root_id: the item's id, or `doc_` and a hash.
        label: in words.
        is_item: false: named by items, but not among them.
        origin_told: the item says that its publisher saw, counted, heard or obtained it; of an
            absent original always true. False: own root only because no origin was found.
        items: ids of the items that hang on it, itself included, by day and id.
    """

    root_id: str
    label: str
    is_item: bool
    origin_told: bool
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Items and how they hang together, in a fixed order: same input, same output.

    Likeness has innocent reasons (one press conference, one agency feed, one text of law). An edge
    says where a report seems to come from, never that anybody did wrong.
    """

    items: tuple[Item, ...]
    edges: tuple[Edge, ...]
    roots: tuple[Root, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def sentence(self) -> str:
        """`7 items, 2 independent roots`."""
        items, roots = len(self.items), len(self.roots)
        return (f"{items:,} item{'' if items == 1 else 's'}, "
                f"{roots:,} independent root{'' if roots == 1 else 's'}")  # fmt: skip

    def roots_of(self, item_id: str) -> tuple[Root, ...]:
        """The roots an item hangs on: one; several where it puts several origins together."""
        return tuple(root for root in self.roots if item_id in root.items)

    def origins_of(self, item_id: str) -> tuple[Edge, ...]:
        """Edges from an item to its origins."""
        return tuple(edge for edge in self.edges if edge.derived == item_id)

    def rows(self) -> list[dict[str, Any]]:
        """One row an item, ready for JSON: item, its roots, and every edge to an origin."""
        return [self._row(item) for item in self.items]

    def _row(self, item: Item) -> dict[str, Any]:
        edges, roots = self.origins_of(item.item_id), self.roots_of(item.item_id)
        return {
            "item_id": item.item_id, "name": item.name, "published_on": _iso(item.published_on),
            "publisher": item.publisher or None, "title": item.title or None,
            "roots": [root.root_id for root in roots],
            "root_labels": [root.label for root in roots],
            "is_root": any(root.root_id == item.item_id for root in roots),
            "origin_told": all(root.origin_told for root in roots),
            "origins": [_edge(edge) for edge in edges],
        }  # fmt: skip


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "origin": edge.origin, "kind": edge.kind, "score": round(edge.score, 3),
        "is_uncertain": edge.is_uncertain, "is_order_known": edge.is_order_known,
        "evidence": list(edge.evidence), "innocent": list(edge.innocent),
        "decided": edge.decided or None,
        "terms": {name: round(value, 2) for name, value in edge.terms.items()},
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
