"""Where the boxes and arrows of a derivation graph stand: days from left to right, roots apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.evidence.independence.derivation import Derivation, Edge
from entrepot.evidence.independence.item import Item

BOX_WIDTH: Final = 190
BOX_HEIGHT: Final = 46
COLUMN: Final = 250
ROW: Final = 58
TOP: Final = 44
LEFT: Final = 10
LANE: Final = 6
"""Below a box: where a line runs that passes other columns."""

WIDER: Final = 7
"""Of a text with letters outside ASCII one character in so many fewer fits: Cyrillic is wider."""

GROUP_GAP: Final = 20
MOST_DRAWN: Final = 120
"""Items that are drawn; the table holds all."""

MOST_LETTERS: Final = (19, 25)
"""Characters that fit the first, bold line of a box beside its numbers, and the second line."""

COLOURS: Final = 8
"""Colours of roots in `derivation.css`; the number of a root tells those of one colour apart."""


@dataclass(frozen=True, slots=True)
class Box:
    """An item, or an original that is not at hand, with its corner and what it prints."""

    key: str
    x: int
    y: int
    first: str
    second: str
    roots: tuple[int, ...]
    is_item: bool
    is_root: bool

    @property
    def colour(self) -> int:
        """Number of the colour of its first root."""
        return (self.roots[0] - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class Arrow:
    """From derived to origin. `number`: of the edge on the page, from 1."""

    number: int
    path: str
    tip: str
    colour: int
    edge: Edge


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing: its size, boxes, arrows, and the days over the columns."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    days: tuple[tuple[int, str], ...]
    left_out: int


def graph(found: Derivation, numbers: Mapping[str, int]) -> Graph:
    """The drawing of a derivation.

    Every day is one column as wide as any other: order counts, distances in time do not. Items
    without a day stand in the last column, originals that are not at hand in the first.

    Args:
        found: items, edges, roots.
        numbers: root id -> its number on the page.
    """
    drawn = _drawn(found)
    columns, heads = _columns(found, drawn)
    boxes: list[Box] = []
    top = TOP
    for root in found.roots:
        members = [
            item for item in drawn if found.roots_of(item.item_id)[0].root_id == root.root_id
        ]
        if not members:
            continue
        made = _group(found, members, root.root_id, columns, top, numbers)
        boxes += made
        top = max(box.y for box in made) + ROW + GROUP_GAP
    places = {box.key: box for box in boxes}
    arrows = [_arrow(number, edge, places) for number, edge in enumerate(found.edges, start=1)
              if edge.derived in places and edge.origin in places]  # fmt: skip
    width = LEFT * 2 + max(1, len(heads)) * COLUMN - (COLUMN - BOX_WIDTH)
    return Graph(width, top, tuple(boxes), tuple(arrows), tuple(heads),
                 len(found.items) - len(drawn))  # fmt: skip


def _drawn(found: Derivation) -> list[Item]:
    """All items; of many those of the largest groups, the oldest first."""
    if len(found.items) <= MOST_DRAWN:
        return list(found.items)
    kept: set[str] = set()
    for root in sorted(found.roots, key=lambda one: -len(one.items)):
        kept |= set([one for one in root.items if one not in kept][: MOST_DRAWN - len(kept)])
    return [item for item in found.items if item.item_id in kept]


def _columns(
    found: Derivation, drawn: Sequence[Item]
) -> tuple[dict[str, int], list[tuple[int, str]]]:
    has_absent = any(not root.is_item for root in found.roots)
    days = sorted({item.published_on for item in drawn if item.published_on})
    first = 1 if has_absent else 0
    at: dict[date | None, int] = {day: place for place, day in enumerate(days, start=first)}
    if any(item.published_on is None for item in drawn):
        at[None] = len(days) + first
    heads = [(0, "not at hand")] if has_absent else []
    heads += [(place, day.isoformat() if day else "day not known") for day, place in at.items()]
    columns = {item.item_id: at[item.published_on] for item in drawn}
    return columns, [(LEFT + place * COLUMN, text) for place, text in heads]


def _group(found: Derivation, members: Sequence[Item], root_id: str, columns: Mapping[str, int],
           top: int, numbers: Mapping[str, int]) -> list[Box]:  # fmt: skip
    """The boxes of one root: items of one day under one another."""
    used: dict[int, int] = {}
    made: list[Box] = []
    root = next(one for one in found.roots if one.root_id == root_id)
    if not root.is_item:
        used[0] = 1
        made.append(Box(root_id, LEFT, top, "original not at hand", _cut(_original(root.label), 1),
                        (numbers[root_id],), False, True))  # fmt: skip
    for item in members:
        column = columns[item.item_id]
        row = used.get(column, 0)
        used[column] = row + 1
        roots = tuple(numbers[one.root_id] for one in found.roots_of(item.item_id))
        taken = len("+".join(map(str, roots))) + 1
        made.append(Box(item.item_id, LEFT + column * COLUMN, top + row * ROW,
                        _cut(item.label, 0, taken),
                        _cut(_second(item), 1), roots, True,
                        item.item_id == root_id))  # fmt: skip
    return made


def _original(label: str) -> str:
    return label.removeprefix("original document not at hand: ")


def _second(item: Item) -> str:
    """What tells an item from others of its publisher; of one that has only a name, its words."""
    named = item.title or item.name or item.item_id
    return named if named != item.label else " ".join(item.text[:80].split()) or named


def _cut(text: str, line: int, spare: int = 0) -> str:
    """Text that fits a line, of which the last `spare` characters are taken."""
    most = MOST_LETTERS[line] - spare
    if not text[:most].isascii():
        most -= most // WIDER
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _arrow(number: int, edge: Edge, places: Mapping[str, Box]) -> Arrow:
    """A line from the derived box to its origin that crosses no box.

    To the next column it is a curve; further it runs below its row and up or down in the gap before
    the origin; within a column it bends out to the left.
    """
    a, b = places[edge.derived], places[edge.origin]
    x, y = a.x, a.y + BOX_HEIGHT // 2
    if b.x < a.x:
        end_x, end_y = b.x + BOX_WIDTH, b.y + BOX_HEIGHT // 2
        tip = f"M{end_x} {end_y}l8 -4.5v9z"
        if a.x - b.x <= COLUMN:
            bend = (x - end_x) // 2
            path = f"M{x} {y}C{x - bend} {y} {end_x + bend} {end_y} {end_x + 7} {end_y}"
        else:
            path = _around(x, y, end_x + 7, end_y, a.y + BOX_HEIGHT + LANE)
        return Arrow(number, path, tip, b.colour, edge)
    end_x, end_y = b.x, b.y + BOX_HEIGHT // 2
    out = min(x, end_x) - 26
    path = f"M{x} {y}C{out} {y} {out} {end_y} {end_x - 7} {end_y}"
    return Arrow(number, path, f"M{end_x} {end_y}l-8 -4.5v9z", b.colour, edge)


def _around(x: int, y: int, end_x: int, end_y: int, lane: int) -> str:
    gap = end_x + 16
    turn = f"L{gap + 8} {lane}Q{gap} {lane} {gap} {lane + (8 if end_y > lane else -8)}"
    up = f"L{gap} {end_y + (-8 if end_y > lane else 8)}Q{gap} {end_y} {end_x} {end_y}"
    return f"M{x} {y}C{x - 14} {y} {x - 6} {lane} {x - 22} {lane}{turn}{up}"
