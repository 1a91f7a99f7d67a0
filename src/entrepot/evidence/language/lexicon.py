"""Word lists of `data/`: what a word or phrase means to a finder.

A list is a TSV file with the columns `kind`, `value`, `language`, `words`; `words` holds the forms
of one meaning with a bar between them. Lines that begin with # are comments.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from entrepot.evidence.language.tokens import Tokens

_COLUMNS: Final = ["kind", "value", "language", "words"]


_NO_KINDS: Final[frozenset[str]] = frozenset()


class Entry(NamedTuple):
    """One form in a list."""

    kind: str
    value: str
    language: str
    rest: tuple[str, ...]


class Match(NamedTuple):
    """A form found: its value and language, and the index after its last token."""

    value: str
    language: str
    end: int


class Lexicon:
    """The forms of some lists, found by their first word."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._by_first: dict[tuple[str, str], list[Entry]] = {}
        for name in names:
            for entry, first in _entries(name):
                self._by_first.setdefault((entry.kind, first), []).append(entry)
        self._lasts: frozenset[tuple[str, str]] = frozenset(
            (entry.kind, entry.rest[-1] if entry.rest else first)
            for (_, first), entries in self._by_first.items()
            for entry in entries
        )
        kinds: dict[str, set[str]] = {}
        for kind, first in self._by_first:
            kinds.setdefault(first, set()).add(kind)
        self._kinds = {first: frozenset(found) for first, found in kinds.items()}
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.rest))

    def match(self, tokens: Tokens, index: int, kind: str) -> Match | None:
        """The longest form of `kind` that begins at token `index`; null: none."""
        entries = self._by_first.get((kind, tokens.low(index)))
        for entry in entries or ():
            end = index + 1 + len(entry.rest)
            if not entry.rest or tokens.lows[index + 1 : end] == entry.rest:
                return Match(entry.value, entry.language, end)
        return None

    def kinds(self, word: str) -> frozenset[str]:
        """The kinds that have a form beginning with `word`, in lower case."""
        return self._kinds.get(word, _NO_KINDS)

    def match_before(self, tokens: Tokens, index: int, kind: str) -> tuple[Match, int] | None:
        """The longest form of `kind` that ends right before token `index`, and where it begins."""
        if (kind, tokens.low(index - 1)) not in self._lasts:
            return None
        for length in range(5, 0, -1):
            found = self.match(tokens, index - length, kind) if index >= length else None
            if found is not None and found.end == index:
                return found, index - length
        return None

    def has(self, word: str, kind: str) -> bool:
        """Whether `word`, in lower case, is a form of `kind` by itself."""
        return any(not entry.rest for entry in self._by_first.get((kind, word), ()))


def _entries(name: str) -> Iterator[tuple[Entry, str]]:
    text = files("entrepot.evidence.language").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if rows.fieldnames != _COLUMNS:
        raise ValueError(f"{name}: columns {rows.fieldnames}, expected {_COLUMNS}")
    for row in rows:
        for form in row["words"].split("|"):
            first, *rest = (token.low for token in Tokens(form).items)
            yield Entry(row["kind"], row["value"], row["language"], tuple(rest)), first


@cache
def lexicon(*names: str) -> Lexicon:
    """The lists of these file names, read once."""
    return Lexicon(names)
