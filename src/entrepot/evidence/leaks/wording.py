"""What the outgoing text shares with a tip: its wording, its names and its numbers.

A source can be told by a phrase that only one person used. Runs of words that stand in the tip
and in the text are found, unless they are made of places, goods and everyday words alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.evidence.language.goods import goods
from entrepot.evidence.language.places import places
from entrepot.evidence.leaks.names import common_words
from entrepot.evidence.leaks.patterns import Hit

RUN: Final = 4
"""Words in a row that are looked at. Shorter runs are shared by chance in any two texts."""
OWN: Final = 2
"""Words of a run that must be neither everyday words nor part of a place or of goods."""

_TOKEN: Final = re.compile(r"\w+(?:['’ʼ-]\w+)*")
_MARK: Final = re.compile(r"(?<!\w)(?:\d[\d.,]*\d|[A-ZА-ЯЁІЇЄ][\w’'-]*[\w])")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    is_own: bool


def shared_wording(text: str, tip: str) -> Iterator[Hit]:
    """Runs of at least `RUN` words that the folded text has in common with the folded tip."""
    theirs = _tokens(tip)
    known = {tuple(one.word for one in theirs[i : i + RUN]) for i in range(len(theirs) - RUN + 1)}
    ours = _tokens(text)
    start: int | None = None
    last = -1
    for place in range(len(ours) - RUN + 1):
        window = ours[place : place + RUN]
        if tuple(one.word for one in window) in known:
            if start is not None and place > last + 1:
                yield from _hit(ours[start : last + RUN])
                start = None
            start = place if start is None else start
            last = place
    if start is not None:
        yield from _hit(ours[start : last + RUN])


def shared_marks(text: str, tip: str) -> Iterator[Hit]:
    """Names and numbers of the tip that stand in the text, but for places, goods, small words."""
    covered = _spans(text)
    theirs = {one.group() for one in _MARK.finditer(tip)} - _everyday_marks()
    for one in _MARK.finditer(text):
        word = one.group()
        if (
            word in theirs
            and word.casefold() not in common_words()
            and not _within(one.span(), covered)
        ):
            yield Hit("from_tip", one.start(), one.end(), "it stands in the tip as well")


def _hit(run: Sequence[_Token]) -> Iterator[Hit]:
    if sum(one.is_own for one in run) >= OWN:
        yield Hit("wording", run[0].start, run[-1].end, f"{len(run)} words in a row as in the tip")


def _tokens(text: str) -> list[_Token]:
    covered = _spans(text)
    return [
        _Token(
            one.start(),
            one.end(),
            one.group().casefold(),
            one.group().casefold() not in common_words() and not _within(one.span(), covered),
        )
        for one in _TOKEN.finditer(text)
    ]


def _spans(text: str) -> list[tuple[int, int]]:
    found = [(one.start, one.end) for one in places(text)]
    return found + [(one.start, one.end) for one in goods(text)]


def _within(span: tuple[int, int], covered: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in covered)


def _everyday_marks() -> frozenset[str]:
    """Years are in every report."""
    return frozenset(str(year) for year in range(1990, 2100))
