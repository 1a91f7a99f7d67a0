"""Looking up many phrases in a text at once: a tree of words, built once, read in one pass.

How a phrase is written in a list:

* a word in lower case fits any case; `Capitalised` fits words that begin with a capital; `CAPS`
  (two letters or more) fits capitals only, with or without full stops (`US`: "US", "U.S.");
* `(a|b)` either, `[a]` may be left out; both may stand inside one another;
* `stem~`: the stem with one of the endings of a noun or adjective (`ENDINGS`);
  `stem*`: the stem with anything behind it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

from entrepot.evidence.language.wordlists import word_set
from entrepot.evidence.language.words import Word, key_of, words_of

Value = TypeVar("Value")

ENDINGS: Final = word_set("endings") | {""}
"""What may follow a Cyrillic stem marked `~`; behind a Latin one the plural may stand."""

_PLURALS: Final = ("", "s", "es")
_CYRILLIC: Final = "\u0400"

_BRACKET: Final = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
_PIECE: Final = re.compile(r"[^\W_]+[~*]?")
_LONGEST_STEM: Final = 24

ANY, CAPITAL, CAPITALS = range(3)


class Hit(NamedTuple, Generic[Value]):
    """A phrase found: characters [start, end), numbers of its first and last word, its value."""

    start: int
    end: int
    first: int
    last: int
    value: Value


class _Node(Generic[Value]):
    __slots__ = ("also", "ends", "starts", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node[Value]] = {}
        self.also: dict[str, list[_Node[Value]]] = {}
        self.stems: dict[str, _Node[Value]] = {}
        self.starts: dict[str, _Node[Value]] = {}
        self.ends: list[tuple[tuple[int, ...], Value]] = []

    def grown(self, piece: str) -> "_Node[Value]":
        key = key_of(piece.rstrip("~*"))
        if key[0] < _CYRILLIC:
            return self._plural(key) if piece[-1] == "~" else self.words.setdefault(key, _Node())
        table = {"~": self.stems, "*": self.starts}.get(piece[-1], self.words)
        return table.setdefault(key, _Node())

    def _plural(self, key: str) -> "_Node[Value]":
        """One node for all numbers, apart from a node of the bare word that was there before."""
        node = self.stems.setdefault(key, _Node())
        for ending in _PLURALS:
            self.also.setdefault(key + ending, []).append(node)
        return node

    def after(self, key: str) -> "Iterator[_Node[Value]]":
        if found := self.words.get(key):
            yield found
        yield from dict.fromkeys(self.also.get(key, ()))
        if key[0] < _CYRILLIC or not (self.stems or self.starts):
            return
        for size in range(2, min(len(key), _LONGEST_STEM) + 1):
            stem = key[:size]
            if (found := self.stems.get(stem)) and key[size:] in ENDINGS:
                yield found
            if found := self.starts.get(stem):
                yield found


class Lexicon(Generic[Value]):
    """Phrases and their values.

    Of two phrases at a word the one with more words wins, of two spellings of one phrase the
    stricter in case, then the one listed first.
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._root: _Node[Value] = _Node()
        for phrase, value in entries:
            for plain in spelled(phrase):
                self._add(plain, value)

    def _add(self, phrase: str, value: Value) -> None:
        pieces = _PIECE.findall(phrase)
        if not pieces:
            return
        node = self._root
        for piece in pieces:
            node = node.grown(piece)
        node.ends.append((tuple(_case(piece) for piece in pieces), value))
        node.ends.sort(key=lambda end: -sum(end[0]))

    def find(self, text: str) -> Iterator[Hit[Value]]:
        """Phrases in the text from left to right, none over another."""
        row = words_of(text)
        at = 0
        words, also = self._root.words, self._root.also
        while at < len(row):
            key = row[at].key
            if key[0] < _CYRILLIC and key not in words and key not in also:
                at += 1  # most words begin no phrase
                continue
            hit = self.match(row, at)
            if hit is None:
                at += 1
            else:
                yield hit
                at = hit.last + 1

    def match(self, row: tuple[Word, ...], at: int) -> Hit[Value] | None:
        """The longest phrase that begins with word `at`; null: none."""
        best: Hit[Value] | None = None
        open_ways = [(self._root, at)]
        while open_ways:
            node, place = open_ways.pop()
            if place >= len(row) or (place > at and not row[place].is_joined):
                continue
            for reached in node.after(row[place].key):
                open_ways.append((reached, place + 1))
                if reached.ends and (best is None or place > best.last):
                    best = _ended(reached.ends, row, at, place) or best
        return best


def _ended(
    ends: list[tuple[tuple[int, ...], Value]], row: tuple[Word, ...], first: int, last: int
) -> Hit[Value] | None:
    printed = [word.text for word in row[first : last + 1]]
    for cases, value in ends:
        if all(_fits(text, case) for text, case in zip(printed, cases, strict=True)):
            return Hit(row[first].start, row[last].end, first, last, value)
    return None


def _case(piece: str) -> int:
    letters = [sign for sign in piece if sign.isalpha()]
    if len(letters) > 1 and all(sign.isupper() for sign in letters):
        return CAPITALS
    return CAPITAL if letters and piece[0].isupper() else ANY


def _fits(text: str, case: int) -> bool:
    if case == ANY:
        return True
    return text.isupper() if case == CAPITALS else text[0].isupper()


def spelled(phrase: str) -> list[str]:
    """All phrases that one with brackets stands for."""
    match = _BRACKET.search(phrase)
    if match is None:
        return [phrase]
    either, left_out = match.groups()
    ways = either.split("|") if either is not None else [*left_out.split("|"), ""]
    before, after = phrase[: match.start()], phrase[match.end() :]
    return [full for way in ways for full in spelled(f"{before}{way}{after}")]
