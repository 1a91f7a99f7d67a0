"""The derivation graph as rows that people read, and what must be said beside them."""

import io
from pathlib import Path
from typing import Any, Final

from rich import box
from rich.table import Table

from entrepot.cli.common import escape, wide_console, write_text
from entrepot.evidence.independence.derivation import Derivation, Edge
from entrepot.evidence.independence.item import Item

COLUMNS: Final = (
    "item_id", "name", "published_on", "publisher", "title", "roots", "root_labels", "is_root",
    "origin_told", "origins",
)  # fmt: skip
SHOWN: Final = ("item", "published", "publisher", "root", "how derived", "evidence")

_RATIOS: Final = {"item": 3, "publisher": 3, "root": 3, "how derived": 5, "evidence": 9}

_HOW: Final = {
    "cites": "names", "copies": "copies", "translates": "translates",
    "same_document": "same document as",
}  # fmt: skip


def table(found: Derivation) -> list[dict[str, Any]]:
    """One row an item, in few words."""
    names = _names(found)
    return [_row(found, item, names) for item in found.items]


def write_table(found: Derivation, out: Path | None, inputs: tuple[Path, ...]) -> None:
    """The rows as a table whose evidence may take several lines, and a legend of the originals."""
    drawn = Table(box=box.SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0))
    for name in SHOWN:
        drawn.add_column(name, no_wrap=name == "published", overflow="fold",
                         min_width=10 if name == "published" else None,
                         ratio=_RATIOS.get(name))  # fmt: skip
    for row in table(found):
        drawn.add_row(*("–" if value is None else escape(str(value)) for value in row.values()))
    if out is None:
        wide_console().print(drawn)
        return
    with io.StringIO() as buffer:
        wide_console(buffer).print(drawn)
        write_text(out, buffer.getvalue(), inputs=inputs)


def _row(found: Derivation, item: Item, names: dict[str, str]) -> dict[str, Any]:
    edges, roots = found.origins_of(item.item_id), found.roots_of(item.item_id)
    own = [root for root in roots if root.root_id == item.item_id]
    if own:
        root = "itself" if own[0].origin_told else "itself (origin not told)"
    else:
        root = " + ".join(names[one.root_id] for one in roots)
    return {
        "item": names[item.item_id],
        "published": item.published_on.isoformat() if item.published_on else None,
        "publisher": item.publisher or None,
        "root": root,
        "how derived": "; ".join(_how(edge, names) for edge in edges) or None,
        "evidence": "; ".join(", ".join(edge.evidence) for edge in edges) or None,
    }


def _how(edge: Edge, names: dict[str, str]) -> str:
    unsure = ", look at it" if edge.is_uncertain else ""
    score = "decided" if edge.decided else f"{edge.score:.2f}"
    order = "" if edge.is_order_known else ", order not known"
    return f"{_HOW[edge.kind]} {names[edge.origin]} ({score}{unsure}{order})"


def _names(found: Derivation) -> dict[str, str]:
    """Short names: an item's own where no other has it, else its id; an original's label."""
    count: dict[str, int] = {}
    for item in found.items:
        count[item.name] = count.get(item.name, 0) + 1
    names = {item.item_id: item.name if item.name and count[item.name] == 1 else item.item_id
             for item in found.items}  # fmt: skip
    return names | _originals(found)


def _originals(found: Derivation) -> dict[str, str]:
    absent = [root.root_id for root in found.roots if not root.is_item]
    return {root_id: f"original {number}" for number, root_id in enumerate(absent, start=1)}


def notes(found: Derivation) -> list[str]:
    """What a reader must know beside the count."""
    labels = {root.root_id: root.label for root in found.roots}
    said = [f"{name} is the {labels[key]}" for key, name in _originals(found).items()]
    untold = sum(root.is_item and not root.origin_told for root in found.roots)
    if untold:
        said.append(
            f"roots that do not tell how they know: {untold} of {len(found.roots)}; they may "
            "share a source that none names, so this is the most there can be"
        )
    unsure = sum(edge.is_uncertain for edge in found.edges)
    if unsure:
        said.append(f"{unsure} of {len(found.edges)} edges are uncertain: look at both texts")
    undated = sum(item.published_on is None for item in found.items)
    if undated:
        said.append(f"{undated} of {len(found.items)} items have no day: their order is not known")
    return said
