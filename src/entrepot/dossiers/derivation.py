"""The page of a derivation: who has it from whom, and what speaks for it."""

from collections.abc import Mapping
from typing import Any, Final

from entrepot.dossiers import theme
from entrepot.dossiers.derivationgraph import BOX_HEIGHT, BOX_WIDTH, COLOURS, graph
from entrepot.dossiers.derivationmarks import sides
from entrepot.dossiers.paper import environment
from entrepot.evidence.independence.derivation import Derivation, Edge, Root
from entrepot.evidence.independence.item import Item
from entrepot.evidence.independence.score import THRESHOLD, UNCERTAIN, printed

MOST_SIDES: Final = 150
"""Edges whose texts stand side by side on the page; of the others the evidence is told in words."""

_HOW: Final = {"cites": "names", "copies": "copies", "translates": "translates",
               "same_document": "goes back to the same document"}  # fmt: skip


def derivation_page(found: Derivation, *, command: str) -> str:
    """The graph of a derivation as one HTML page without network.

    Without scripts it holds everything: the drawing, a table that says the same, and for every edge
    the evidence with both texts. With scripts a click on an arrow or a box leads there. Likeness
    has innocent reasons, which stand beside it; the page accuses nobody.

    Args:
        found: items, edges, roots.
        command: what makes this page again.
    """
    numbers = {root.root_id: number for number, root in enumerate(found.roots, start=1)}
    items = {item.item_id: item for item in found.items}
    edges = [_edge(number, edge, items, numbers, found)
             for number, edge in enumerate(found.edges, start=1)]  # fmt: skip
    return environment().get_template("derivation.html.j2").render(
        found=found, drawing=graph(found, numbers), edges=edges, numbers=numbers,
        roots=[_root(root, items, numbers) for root in found.roots],
        rows=[_row(item, found, edges, numbers) for item in found.items],
        box=(BOX_WIDTH, BOX_HEIGHT), weights=printed(), threshold=THRESHOLD, uncertain=UNCERTAIN,
        untold=sum(root.is_item and not root.origin_told for root in found.roots),
        command=command, theme=theme,
    )  # fmt: skip


def _edge(number: int, edge: Edge, items: Mapping[str, Item], numbers: Mapping[str, int],
          found: Derivation) -> dict[str, Any]:  # fmt: skip
    derived, origin = items[edge.derived], items.get(edge.origin)
    label = next((root.label for root in found.roots if root.root_id == edge.origin), edge.origin)
    both = None
    if origin is not None and number <= MOST_SIDES:
        both = sides(derived.text, origin.text, edge.passages)
    return {
        "number": number, "edge": edge, "derived": derived, "origin": origin,
        "origin_label": origin.label if origin else label, "how": _HOW[edge.kind], "sides": both,
        "terms": sorted(edge.terms.items(), key=lambda term: -abs(term[1])),
        "colour": _colour(numbers, found, edge.derived),
    }  # fmt: skip


def _colour(numbers: Mapping[str, int], found: Derivation, item_id: str) -> int:
    return (numbers[found.roots_of(item_id)[0].root_id] - 1) % COLOURS + 1


def _root(root: Root, items: Mapping[str, Item], numbers: Mapping[str, int]) -> dict[str, Any]:
    number = numbers[root.root_id]
    return {"number": number, "root": root, "colour": (number - 1) % COLOURS + 1,
            "is_alone": root.is_item and set(root.items) <= {root.root_id},
            "items": [items[one] for one in root.items]}  # fmt: skip


def _row(item: Item, found: Derivation, edges: list[dict[str, Any]],
         numbers: Mapping[str, int]) -> dict[str, Any]:  # fmt: skip
    roots = found.roots_of(item.item_id)
    return {
        "item": item, "edges": [one for one in edges if one["edge"].derived == item.item_id],
        "roots": [(numbers[root.root_id], (numbers[root.root_id] - 1) % COLOURS + 1, root)
                  for root in roots],
    }  # fmt: skip
