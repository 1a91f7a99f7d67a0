"""What the outgoing text shares with a tip: its wording, its names and its numbers.

A source can be told by a phrase that only one person used. Runs of words that stand in the tip
and in the text are found, unless they are made of places, goods and everyday words alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from entrepot.evidence.language.goods import goods
from entrepot.evidence.language.places import places
from entrepot.evidence.leaks.names import common_words
from entrepot.evidence.leaks.patterns import Hit

RUN: Final = 4
"""Words in a row that are looked at. Shorter runs are shared by chance in any two texts."""
OWN: Final = 2
"""Words of a run that must be neither everyday words nor part of a place or of goods."""
NEAR, WINDOW = 3, 4
"""Telling words that must be shared, within so many on either side: one of four may be changed,
put in or left out. Two are shared by chance by texts on one subject."""

_LONGEST, _SHORTEST = 4, 3
"""Letters of the longest ending, and of the shortest stem."""

_TOKEN: Final = re.compile(r"\w+(?:['’ʼ-]\w+)*")
_PIECE: Final = re.compile(r"\w+")
"""As `_TOKEN`, but "yellow-stencilled" is two."""
_MARK: Final = re.compile(r"(?<!\w)(?:\d[\d.,]*\d|[A-ZА-ЯЁІЇЄ][\w’'-]*[\w])")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    stem: str
    is_own: bool


def shared_wording(text: str, tip: str) -> Iterator[Hit]:
    """Stretches of the folded text that a person may know from the folded tip.

    Runs of at least `RUN` equal words; and, against small edits, `NEAR` of the words that say
    something, taken by their stems and in any order, close together in both.
    """
    ours, theirs = _tokens(text), _tokens(tip)
    known = {tuple(one.word for one in theirs[i : i + RUN]) for i in range(len(theirs) - RUN + 1)}
    equal = [
        place for place in range(len(ours) - RUN + 1)
        if tuple(one.word for one in ours[place : place + RUN]) in known
    ]  # fmt: skip
    for start, end in _joined((place, place + RUN) for place in equal):
        run = ours[start:end]
        if sum(one.is_own for one in run) >= OWN:
            yield Hit("wording", run[0].start, run[-1].end, f"{len(run)} words in a row as in the "
                      "tip")  # fmt: skip
    yield from _near(_telling(_tokens(text, _PIECE)), _telling(_tokens(tip, _PIECE)))


def _near(ours: Sequence[_Token], theirs: Sequence[_Token]) -> Iterator[Hit]:
    """Windows of telling words of which all but one stand in a window of the tip."""
    known: dict[str, set[int]] = {}
    for place, one in enumerate(theirs):
        known.setdefault(one.stem, set()).add(place)
    close = []
    for place in range(max(1, len(ours) - WINDOW + 1)):
        held = [i for i, one in enumerate(ours[place : place + WINDOW], place) if one.stem in known]
        stems = {ours[i].stem for i in held}
        firsts = {first for stem in stems for at in known[stem]
                  for first in range(at - WINDOW + 1, at + 1)}  # fmt: skip
        if len(stems) >= NEAR and any(
            sum(any(first <= at < first + WINDOW for at in known[stem]) for stem in stems) >= NEAR
            for first in firsts
        ):
            close.append((held[0], held[-1] + 1))
    for start, end in _joined(close):
        said = "nearly the words of the tip, changed or put in another order"
        yield Hit("wording", ours[start].start, ours[end - 1].end, said)


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that begin next to one another, or overlap by more than one, as one."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start <= last[1] - OWN:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _telling(tokens: Iterable[_Token]) -> list[_Token]:
    """Words that are neither everyday words, nor words of any report, nor places or goods."""
    return [one for one in tokens if one.is_own and one.stem not in _report_stems()
            and one.word not in _everyday_marks()]  # fmt: skip


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


def _tokens(text: str, pattern: re.Pattern[str] = _TOKEN) -> list[_Token]:
    covered = _spans(text)
    return [
        _Token(
            one.start(),
            one.end(),
            one.group().casefold(),
            stem(one.group().casefold().replace("ё", "е")),
            one.group().casefold() not in common_words() and not _within(one.span(), covered),
        )
        for one in pattern.finditer(text)
    ]


def stem(word: str) -> str:
    """A word without the ending that its case, number or tense gives it, roughly."""
    endings = (word[:-cut] for cut in range(min(_LONGEST, len(word) - _SHORTEST), 0, -1)
               if word[-cut:] in _endings())  # fmt: skip
    bare = next(endings, word)
    return bare[:-1] if len(bare) > _SHORTEST and bare[-1] == bare[-2] else bare


def _spans(text: str) -> list[tuple[int, int]]:
    found = [(one.start, one.end) for one in places(text)]
    return found + [(one.start, one.end) for one in goods(text)]


def _within(span: tuple[int, int], covered: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in covered)


def _everyday_marks() -> frozenset[str]:
    """Years are in every report."""
    return frozenset(str(year) for year in range(1990, 2100))


@cache
def _endings() -> frozenset[str]:
    return frozenset(_words("endings.txt"))


@cache
def _report_stems() -> frozenset[str]:
    return frozenset(map(stem, _words("report_words.txt")))


def _words(name: str) -> list[str]:
    text = files("entrepot.evidence.leaks").joinpath("data", name).read_text("utf-8")
    return [word for line in text.splitlines() if not line.startswith("#")
            for word in line.split()]  # fmt: skip
