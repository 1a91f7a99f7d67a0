"""Two names side by side: which word stands for which, and what is left over on each side.

Greedy from the most alike pair down; each word is used once. Words torn apart or joined (`AERO
CARIBBEAN`, `AEROCARIBBEAN`) are put together before loosely like ones are linked. The measures of
an alignment are sums of the words' weights, so a rare word counts more than `trading company`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entrepot.parties.match.likeness import JOINED
from entrepot.parties.match.word import Word

Alike = Mapping[Word, tuple[float, str]]


NEAR = 0.85
"""Likeness of words that are linked before torn words are put together."""


@dataclass(frozen=True, slots=True)
class Link:
    """A word of the query at `here` stands for one of the listed name at `there`."""

    here: tuple[int, ...]
    there: tuple[int, ...]
    score: float
    way: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links, and the places left over on each side."""

    links: tuple[Link, ...]
    left_here: tuple[int, ...]
    left_there: tuple[int, ...]


def align(query: Sequence[Word], listed: Sequence[Word], alike: Sequence[Alike]) -> Alignment:
    """The alignment of two names; `alike` holds how like each word of the query others are."""
    pairs = []
    for here, row in enumerate(alike):
        for there, other in enumerate(listed):
            score, way = row[other]
            if score:
                pairs.append((score, -abs(here - there), here, there, way))
    pairs.sort(reverse=True)
    used_here: set[int] = set()
    used_there: set[int] = set()
    links: list[Link] = []
    near = [pair for pair in pairs if pair[0] >= NEAR]
    _link(near, used_here, used_there, links)
    if len(used_here) < len(query) and len(used_there) < len(listed):
        _join(query, listed, used_here, used_there, links)
        _link(pairs[len(near) :], used_here, used_there, links)
    left_here = tuple(place for place in range(len(query)) if place not in used_here)
    left_there = tuple(place for place in range(len(listed)) if place not in used_there)
    return Alignment(tuple(links), left_here, left_there)


def _link(
    pairs: Sequence[tuple[float, int, int, int, str]],
    used_here: set[int],
    used_there: set[int],
    links: list[Link],
) -> None:
    for score, _, here, there, way in pairs:
        if here not in used_here and there not in used_there:
            used_here.add(here)
            used_there.add(there)
            links.append(Link((here,), (there,), score, way))


def _join(
    query: Sequence[Word],
    listed: Sequence[Word],
    here: set[int],
    there: set[int],
    links: list[Link],
) -> None:
    for one, other in _torn(query, here, listed, there):
        links.append(Link(one, other, 0.95, JOINED))
        here.update(one)
        there.update(other)
    for other, one in _torn(listed, there, query, here):
        links.append(Link(one, other, 0.95, JOINED))
        here.update(one)
        there.update(other)


def _torn(
    torn: Sequence[Word], used: set[int], whole: Sequence[Word], taken: set[int]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Neighbouring unused words of one side that spell one unused word of the other."""
    free = {
        word.ascii: place
        for place, word in enumerate(whole)
        if place not in taken and len(word.ascii) > 4
    }
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    if not free:
        return found
    heads = {text[:2] for text in free}
    for first in range(len(torn) - 1):
        text = torn[first].ascii
        if first in used or (len(text) > 1 and text[:2] not in heads):
            continue
        for last in range(first + 1, min(first + 4, len(torn))):
            text += torn[last].ascii
            span = tuple(range(first, last + 1))
            if text in free and used.isdisjoint(span):
                found.append((span, (free.pop(text),)))
                used.update(span)
                break
    return found
