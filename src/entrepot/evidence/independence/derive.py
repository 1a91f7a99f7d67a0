"""Who has it from whom: the derivation graph of a set of items, and its independent roots."""

from collections.abc import Sequence

from entrepot.errors import RequestError
from entrepot.evidence.independence.correct import corrected
from entrepot.evidence.independence.derivation import Correction, Derivation, Edge
from entrepot.evidence.independence.documents import Document, documents
from entrepot.evidence.independence.item import Item
from entrepot.evidence.independence.origins import origins, score_of
from entrepot.evidence.independence.pairing import Board, board
from entrepot.evidence.independence.passages import passages
from entrepot.evidence.independence.reconcile import Hanging, reconcile
from entrepot.evidence.independence.roots import roots
from entrepot.evidence.independence.score import UNCERTAIN
from entrepot.evidence.independence.sequence import is_order_known
from entrepot.evidence.independence.sources import BODY, DOCUMENT
from entrepot.evidence.independence.words import evidence, innocent

CITED = 0.9
"""Score of an edge to an original that an item names in its lead."""

INFERRED = 0.55
"""Score of one that only a near copy names."""


def derive(items: Sequence[Item], corrections: Sequence[Correction] = ()) -> Derivation:
    """The derivation graph of a set of items.

    Every two items that share a run of words or rare facts are compared; the score is the sum of
    printed weights (`score.printed`). An item gets the likeliest origin among the items that are
    not younger, a second one for what the first leaves over, and an origin outside the set where
    its lead names a body, document or publisher that is not in it. What people decided wins.

    A root is an item without an origin, or an original that items name. It stands for one observer
    or one document, as far as the texts show: two outlets may use one source that neither names, so
    the count of roots is an upper bound of the count of independent observers. That items are alike
    has innocent reasons, told with each edge; an edge accuses nobody.

    Args:
        items: at least one, with unique ids. Days may be null; then their order is not known.
        corrections: what people decided, oldest first.

    Returns:
        items by day and id, edges by derived item, roots by their oldest item. The order of the
        input does not matter.

    Raises:
        RequestError: two items share an id, or a correction names no item.
    """
    listed = sorted(items, key=lambda one: (one.published_on is None, one.published_on or 0,
                                            one.item_id))  # fmt: skip
    _check(listed)
    told = board(listed)
    outside = documents(told)
    hanging = reconcile(told, origins(told), outside)
    edges = [*_inside_edges(told, hanging), *_outside_edges(told, hanging)]
    labels = {one.doc_id: one.label for one in outside}
    kept = corrected(listed, edges, corrections)
    kept.sort(key=lambda edge: (edge.derived, -edge.score, edge.origin))
    told_by = {item.item_id: told.prepared[place].print.is_first_hand
               for place, item in enumerate(listed)}  # fmt: skip
    return Derivation(tuple(listed), tuple(kept), roots(listed, kept, labels, told_by),
                      tuple(corrections))  # fmt: skip


def _check(items: Sequence[Item]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.item_id in seen:
            raise RequestError(f"got two items with the id {item.item_id!r}, expected unique ids")
        seen.add(item.item_id)


def _inside_edges(told: Board, hanging: Hanging) -> list[Edge]:
    return [_edge(told, derived, origin)
            for derived, found in hanging.inside.items() for origin in found]  # fmt: skip


def _edge(told: Board, derived: int, origin: int) -> Edge:
    mine, theirs = told.prepared[derived], told.prepared[origin]
    score = score_of(told, derived, origin)
    return Edge(
        told.items[derived].item_id, told.items[origin].item_id, _kind(told, derived, origin),
        score, evidence(told, derived, origin), innocent(told, derived, origin),
        is_uncertain=score < UNCERTAIN[1], is_order_known=is_order_known(told, derived, origin),
        passages=passages(mine, theirs), terms=told.terms(derived, origin),
    )  # fmt: skip


def _kind(told: Board, derived: int, origin: int) -> str:
    if told.prepared[derived].print.language != told.prepared[origin].print.language:
        return "translates"
    named = origin in told.told(derived) or told.names(derived, origin)
    return "cites" if named else "copies"


def _outside_edges(told: Board, hanging: Hanging) -> list[Edge]:
    named = [_to_document(told, one, place)
             for place, found in hanging.outside.items() for one in found]  # fmt: skip
    return named + [_to_inferred(told, place, one, like)
                    for place, (one, like) in hanging.inferred.items()]  # fmt: skip


def _to_document(told: Board, document: Document, place: int) -> Edge:
    words = document.citations[document.items.index(place)].words
    others = len(document.items) - 1
    shared = (f"{others} other item{'' if others == 1 else 's'} here "
              f"name{'s' if others == 1 else ''} it on the same matter")  # fmt: skip
    kind = (
        "cites" if document.source.what not in (BODY, DOCUMENT) or not others else "same_document"
    )
    return Edge(
        told.items[place].item_id, document.doc_id, kind, CITED,
        (f'names it ("{words}")', *((shared,) if others else ())), is_order_known=True,
    )  # fmt: skip


def _to_inferred(told: Board, place: int, document: Document, like: int) -> Edge:
    other = told.items[like]
    said = f"names no source; {other.label}, which has most of its text, names this one"
    return Edge(
        told.items[place].item_id, document.doc_id, "same_document", INFERRED, (said,),
        ("The other may have added the source from elsewhere; this item may be the first.",),
        is_uncertain=True, is_order_known=False,
    )  # fmt: skip
