"""A corpus whose origins are known: reports in our own words, and what was made from them.

The files in `texts/` were written by hand: base reports (independent observers of one event, or
outlets that quote one document), rewrites, translations and aggregates. `grown` adds copies, cuts,
swapped words, shuffled sentences and aggregates by machine. Four events are for tuning, four held
out, and two were written when the rules stood and changed nothing in them (`fresh`).
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from entrepot.evidence.independence.item import Item

FOLDER = Path(__file__).parent / "texts"
HEADER = re.compile(r"^## (.+)$", re.M)
SYNONYMS = (
    ("lorries", "trucks"), ("said", "stated"), ("show", "indicate"), ("worth", "valued at"),
    ("boxes", "packages"), ("about", "roughly"), ("because", "since"), ("firm", "company"),
    ("nobody", "no one"), ("big", "large"), ("the week before", "a week earlier"),
    ("stopped", "halted"), ("asked", "requested"), ("left", "departed"), ("man", "person"),
    ("сообщила", "заявила"), ("фирма", "компания"), ("груз", "товар"), ("около", "примерно"),
    ("колонна", "вереница"), ("завод", "предприятие"), ("видел", "наблюдал"),
)  # fmt: skip
CITING = {
    "en": ("{} reported.", "(Source: {})", "This was first reported by {}."),
    "ru": ("Об этом сообщает {}.", "Источник: {}."),
    "uk": ("Про це повідомляє {}.", "Джерело: {}."),
}


@dataclass(frozen=True)
class Planted:
    """An item with its true roots, how it was made, and its half: tuning, held out, fresh."""

    item: Item
    event: str
    made: str
    origins: tuple[str, ...]
    roots: frozenset[str]
    language: str
    half: str


def by_hand() -> list[Planted]:
    """The hand-written items of all events."""
    return [one for path in sorted(FOLDER.glob("*.txt")) for one in _event(path)]


def _event(path: Path) -> Iterator[Planted]:
    head, *blocks = HEADER.split(path.read_text(encoding="utf-8"))
    roots: dict[str, frozenset[str]] = {}
    for title, text in zip(blocks[::2], blocks[1::2], strict=True):
        name, made, origins, publisher, day, language = (part.strip() for part in title.split("|"))
        own = f"{path.stem}/{name}"
        parents = tuple(f"{path.stem}/{one}" for one in origins.split(",") if one)
        document = re.search(r"doc:(\w+)", made)
        roots[own] = (
            frozenset().union(*(roots[one] for one in parents)) if parents
            else frozenset({f"{path.stem}/{document[0]}" if document else own})
        )  # fmt: skip
        item = Item(own, text.strip(), publisher, date.fromisoformat(day), name=name)
        yield Planted(item, path.stem, made.split(" doc")[0], parents, roots[own], language,
                      head.strip("# \n"))  # fmt: skip


def grown(seed: int, planted: list[Planted]) -> list[Planted]:
    """What a machine makes of the bases: four things of each, and one aggregate an event."""
    dice = random.Random(seed)
    bases = [one for one in planted if one.made == "base"]
    made = [_made(dice, base, how) for base in bases for how in ("copy", "cut", "swap", "shuffle")]
    for event in sorted({one.event for one in bases}):
        here = [one for one in bases if one.event == event and one.language == "en"]
        pairs = [(a, b) for a in here for b in here if a.roots != b.roots]
        if pairs:
            made.append(_aggregate(dice, *dice.choice(pairs)))
    return made


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?»\"])\s+(?=[A-ZА-ЯІЇЄ«\"])", text)


def _made(dice: random.Random, base: Planted, how: str) -> Planted:
    parts = sentences(base.item.text)
    if how == "cut":
        parts = [one for one in parts if dice.random() < 0.6] or parts[:2]
    if how == "shuffle":
        dice.shuffle(parts)
    text = " ".join(parts)
    if how == "swap":
        for word, other in SYNONYMS:
            text = re.sub(rf"\b{word}\b", other, text)
    if dice.random() < 0.3:
        text += " " + dice.choice(CITING[base.language]).format(base.item.publisher)
    return _planted(dice, base, how, text, (base,))


def _aggregate(dice: random.Random, first: Planted, second: Planted) -> Planted:
    kept = [part for one in (first, second) for part in sentences(one.item.text)[:3]]
    return _planted(dice, first, "aggregate", " ".join(kept), (first, second))


def _planted(dice: random.Random, base: Planted, how: str, text: str,
             origins: tuple[Planted, ...]) -> Planted:  # fmt: skip
    days = [one.item.published_on for one in origins if one.item.published_on]
    day = None if dice.random() < 0.1 else max(days) + timedelta(days=dice.choice((0, 0, 1, 2, 5)))
    name = f"{base.item.item_id}-{how}" + ("2" if len(origins) > 1 else "")
    item = Item(name, text, f"Outlet {dice.randrange(10_000)}", day, name=name)
    return replace(
        base, item=item, made=how, origins=tuple(one.item.item_id for one in origins),
        roots=frozenset().union(*(one.roots for one in origins)),
    )  # fmt: skip
