"""Words of a text by the part they play, as one string of letters that a small grammar can read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from entrepot.evidence.language.words import Word

_QUOTES: Final = (("«", "»"), ("“", "”"), ("„", "“”"), ('"', '"'))


class Chunk(NamedTuple):
    """Characters [start, end), first and last word, its letter, and what a grammar needs of it."""

    start: int
    end: int
    first: int
    last: int
    letter: str
    codes: tuple[str, ...] = ()
    lemma: str = ""


class Run(NamedTuple):
    """Chunks side by side that fit a grammar, and their letters with commas."""

    letters: str
    chunks: list[Chunk]


def closed(text: str, start: int, end: int) -> int:
    """The end moved over the closing quotation mark of one that the stretch opens."""
    inside = text[start:end]
    for opening, closing in _QUOTES:
        if text[end : end + 1] in closing and opening in inside:
            balanced = sum(inside.count(sign) for sign in set(closing) | {opening}) % 2 == 0
            return end if balanced else end + 1
    return end


def located(
    row: Sequence[Word], stretches: Iterable[tuple[int, int, str]], letter: str
) -> Iterator[Chunk]:
    """Chunks of one letter for stretches (start, end, code) that lie in order."""
    at = 0
    for start, end, code in stretches:
        while at < len(row) and row[at].end <= start:
            at += 1
        last = at
        while last + 1 < len(row) and row[last + 1].end <= end:
            last += 1
        if at < len(row) and row[at].start < end:
            yield Chunk(start, end, at, last, letter, (code,) if code else ())


def without(chunks: Iterable[Chunk], taken: Iterable[Chunk]) -> list[Chunk]:
    """Those chunks that share no word with one that is taken."""
    words = {number for chunk in taken for number in range(chunk.first, chunk.last + 1)}
    return [one for one in chunks if words.isdisjoint(range(one.first, one.last + 1))]


def runs(
    text: str, row: Sequence[Word], chunks: Sequence[Chunk], grammar: re.Pattern[str]
) -> Iterator[Run]:
    """All stretches whose letters fit the grammar. Chunks must lie in order.

    A blank stands for other words between two chunks, a comma for one comma and a blank.
    """
    letters: list[str] = []
    owners: list[Chunk | None] = []
    before: Chunk | None = None
    for chunk in chunks:
        between = _between(text, row, before, chunk)
        if between:
            letters.append(between)
            owners.append(None)
        letters.append(chunk.letter)
        owners.append(chunk)
        before = chunk
    for match in grammar.finditer("".join(letters)):
        inside = [one for one in owners[match.start() : match.end()] if one is not None]
        yield Run(match.group(), inside)


def _between(text: str, row: Sequence[Word], before: Chunk | None, chunk: Chunk) -> str:
    if before is None:
        return ""
    if chunk.first != before.last + 1:
        return " "
    if text[before.end : chunk.start] == ", ":
        return ","
    return (
        ""
        if row[chunk.first].is_joined or text[before.end : chunk.start] in ("'s ", "’s ")
        else " "
    )
