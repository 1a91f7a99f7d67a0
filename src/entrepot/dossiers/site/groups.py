"""Cases put together: by country, by goods, and in pages of a length that a phone can load."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.codes.commodity import label, short_label
from entrepot.dossiers.planfiles.plaintext import plain
from entrepot.dossiers.site.entry import HEADING, Entry, land

PAGE_LENGTH: Final = 50
"""Cases on one page of a list: about 20 kB of HTML, packed 4 kB."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that have something in common.

    Attributes:
        kind: `hub` or `code`.
        key: ISO alpha-3 or digits.
        name: for headings.
        words: what the code means at length; empty for a country.
        entries: versions of cases, newest first.
    """

    kind: str
    key: str
    name: str
    words: str
    entries: tuple[Entry, ...]

    @property
    def base(self) -> str:
        """Its folder, with `/` at the end."""
        return f"{self.kind}/{self.key}/"

    @property
    def cases(self) -> tuple[Entry, ...]:
        """The version that counts of each case."""
        return tuple(one for one in self.entries if one.is_latest)


def by_hub(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """One group for each country through which goods seem to go, sorted by name."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        for code, _ in one.hubs:
            found.setdefault(code, []).append(one)
    groups = [Group("hub", key, land(key), "", tuple(some)) for key, some in found.items()]
    return tuple(sorted((one for one in groups if one.cases), key=lambda one: (one.name, one.key)))


def by_code(entries: Iterable[Entry]) -> tuple[Group, ...]:
    """One group for each commodity code of a case, and for each heading above one."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        for code in codes_of(one):
            found.setdefault(code, []).append(one)
    groups = [
        Group("code", key, plain(short_label(key)), plain(label(key)), tuple(some))
        for key, some in sorted(found.items())
    ]
    return tuple(one for one in groups if one.cases)


def codes_of(one: Entry) -> tuple[str, ...]:
    """Codes of a case and the headings above them, each once."""
    return tuple(dict.fromkeys(code for held, _ in one.goods for code in (held[:HEADING], held)))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list: its path, number, how many there are, and what stands on it."""

    path: str
    number: int
    count: int
    entries: tuple[Entry, ...]
    base: str

    def near(self, number: int) -> str:
        """Path of another page of the list."""
        return leaf_path(self.base, number)

    @property
    def shown(self) -> list[int]:
        """Numbers of pages that are linked: first, last and those around this one."""
        around = range(self.number - 2, self.number + 3)
        return sorted({1, self.count, *(one for one in around if 1 <= one <= self.count)})


def leaf_path(base: str, number: int) -> str:
    """Path of a page of the list under `base`; the first is the folder's own."""
    return f"{base}index.html" if number == 1 else f"{base}page/{number}/index.html"


def leaves(base: str, entries: Sequence[Entry], length: int = PAGE_LENGTH) -> list[Leaf]:
    """A list in pages; an empty list has one page."""
    count = max(1, -(-len(entries) // length))
    return [
        Leaf(leaf_path(base, number), number, count,
             tuple(entries[(number - 1) * length : number * length]), base)
        for number in range(1, count + 1)
    ]  # fmt: skip
