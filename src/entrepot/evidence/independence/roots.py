"""From edges to roots: where each way from an item ends."""

from collections.abc import Mapping, Sequence
from datetime import date

from entrepot.evidence.independence.derivation import Edge, Root
from entrepot.evidence.independence.item import Item


def roots(
    items: Sequence[Item],
    edges: Sequence[Edge],
    labels: Mapping[str, str],
    told: Mapping[str, bool],
) -> tuple[Root, ...]:
    """The roots of items, those with the oldest item first.

    Args:
        items: all items, in their order.
        edges: from derived to origin; without loops.
        labels: label of each original that is not among the items.
        told: item id -> whether it says how its publisher knows.
    """
    ups: dict[str, list[str]] = {}
    for edge in edges:
        ups.setdefault(edge.derived, []).append(edge.origin)
    ends: dict[str, frozenset[str]] = {}
    for item in items:
        _ends(item.item_id, ups, ends)
    days = {item.item_id: item.published_on or date.max for item in items}
    hanging: dict[str, list[str]] = {}
    for item in items:
        for root in sorted(ends[item.item_id]):
            hanging.setdefault(root, []).append(item.item_id)
    by_id = {item.item_id: item for item in items}
    made = [_root(root, below, by_id, labels, told) for root, below in hanging.items()]
    return tuple(sorted(made, key=lambda one: (min(days[i] for i in one.items), one.root_id)))


def _ends(start: str, ups: Mapping[str, Sequence[str]], ends: dict[str, frozenset[str]]) -> None:
    """Fill in the roots of an item and of all above it, without recursion: chains may be long."""
    stack = [start]
    while stack:
        here = stack[-1]
        open_ = [one for one in ups.get(here, ()) if one not in ends]
        if open_ and here not in ends:
            stack.extend(open_)
            continue
        stack.pop()
        above = [ends[one] for one in ups.get(here, ())]
        ends[here] = frozenset().union(*above) if above else frozenset({here})


def _root(root: str, below: Sequence[str], items: Mapping[str, Item], labels: Mapping[str, str],
          told: Mapping[str, bool]) -> Root:  # fmt: skip
    item = items.get(root)
    label = item.label if item else labels.get(root, f"original not at hand: {root}")
    return Root(root, label, item is not None, item is None or told[root], tuple(below))
