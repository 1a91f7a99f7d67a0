"""What people decided about edges. It always wins over what was worked out."""

from collections.abc import Iterable, Sequence

from entrepot.errors import RequestError
from entrepot.evidence.independence.derivation import ACTIONS, KINDS, Correction, Edge
from entrepot.evidence.independence.item import Item


def corrected(
    items: Sequence[Item], edges: Iterable[Edge], corrections: Iterable[Correction]
) -> list[Edge]:
    """Edges after what people decided, the later decision over the earlier.

    Raises:
        RequestError: a correction names no item, has an unknown action or kind, or makes a loop.
    """
    kept = list(edges)
    known = {item.item_id for item in items}
    for one in corrections:
        _check(one, known | {edge.origin for edge in kept})
        kept = _ACTIONS[one.action](kept, one)
    return kept


def _check(one: Correction, known: set[str]) -> None:
    if one.action not in ACTIONS:
        raise RequestError(f"got the action {one.action!r}, expected one of {', '.join(ACTIONS)}")
    if one.kind not in KINDS:
        raise RequestError(f"got the kind {one.kind!r}, expected one of {', '.join(KINDS)}")
    for given in (one.derived, one.origin):
        if given and given not in known:
            raise RequestError(
                f"got a correction of {given!r}, which is none of the {len(known)} items",
                hint="Take the id from the first column of the table.",
            )
    if one.derived == one.origin:
        raise RequestError(f"got a correction of {one.derived!r} and itself, expected two items")


def _from(edges: list[Edge], one: Correction) -> list[Edge]:
    """The edge a person set; the one the other way round and an earlier decision go."""
    ends = {one.derived, one.origin}
    others = [edge for edge in edges if {edge.derived, edge.origin} != ends]
    if one.derived in _above(others, one.origin):
        raise RequestError(
            f"got {one.derived!r} from {one.origin!r}, which already comes from it by other items",
            hint="Take away an edge between them first.",
        )
    made = Edge(one.derived, one.origin, one.kind, 1.0, (one.words,), decided=one.words)
    return [*others, made]


def _above(edges: Sequence[Edge], start: str) -> set[str]:
    """Everything that an item comes from, itself included."""
    found, queue = {start}, [start]
    while queue:
        here = queue.pop()
        fresh = {edge.origin for edge in edges if edge.derived == here} - found
        found |= fresh
        queue.extend(fresh)
    return found


def _not(edges: list[Edge], one: Correction) -> list[Edge]:
    ends = {one.derived, one.origin}
    return [edge for edge in edges if {edge.derived, edge.origin} != ends]


def _independent(edges: list[Edge], one: Correction) -> list[Edge]:
    if one.origin:
        return _not(edges, one)
    return [edge for edge in edges if edge.derived != one.derived]


_ACTIONS = {"from": _from, "not": _not, "independent": _independent}
