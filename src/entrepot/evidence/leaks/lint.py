"""The source-protection lint: everything in a text that could point back to a source.

It errs on the side of finding too much: a finding costs a look, a miss may cost a person. What it
cannot see is said in docs/leaks.md: above all, that only few people can have known a thing.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator, Sequence

from entrepot.evidence.leaks.folding import Folded, fold
from entrepot.evidence.leaks.leak import LOOK, MUST, Leak
from entrepot.evidence.leaks.names import besides, persons, voices
from entrepot.evidence.leaks.patterns import Hit, by_form
from entrepot.evidence.leaks.phones import phones
from entrepot.evidence.leaks.tokens import tokens
from entrepot.evidence.leaks.unseen import UNSEEN, WIDTHLESS
from entrepot.evidence.leaks.wording import shared_marks, shared_wording


def lint(
    text: str, *, tips: Sequence[str] = (), allowed: Collection[str] = (), where: str = ""
) -> list[Leak]:
    """What in a text could point back to a source, in the order in which it stands.

    Args:
        text: what is to leave the house.
        tips: texts of the tips behind it, opened by a reviewer; empty: wording is not compared,
            which whoever calls must say.
        allowed: findings that a person has allowed, as printed (a public person's name).
        where: file or field, carried into the findings.

    Returns:
        Findings; of two that overlap with one kind the longer, of one stretch every kind.
    """
    folded = fold(text)
    kept = {_plain(one) for one in allowed}
    hits = list(_hits(folded.text, tips))
    told = {at for hit, level in hits if level == MUST for at in range(hit.start, hit.end)}
    hits += [(hit, LOOK) for hit in tokens(folded.text)
             if hit.start not in told and hit.end - 1 not in told]  # fmt: skip
    found = [_leak(text, folded, hit, level, where) for hit, level in hits]
    found += _unseen(text, where)
    standing = [one for one in _longest(found) if not _is_allowed(one.found, kept)]
    return sorted(standing, key=lambda one: (one.start, one.end, one.kind))


def _is_allowed(found: str, kept: Collection[str]) -> bool:
    """Whether a finding is one that may stand, at most with a role or everyday words beside it."""
    plain = _plain(found)
    rest = (plain.replace(one, " ", 1).split() for one in kept if one and one in plain)
    return any(all(word.strip(".,") in besides() for word in words) for words in rest)


def _plain(words: str) -> str:
    """Without case and line breaks: what is allowed is given on one line."""
    return " ".join(words.casefold().split())


def _hits(text: str, tips: Sequence[str]) -> Iterator[tuple[Hit, str]]:
    for hit in by_form(text):
        yield hit, MUST
    for hit in phones(text):
        yield hit, MUST
    yield from persons(text)
    yield from voices(text)
    for tip in tips:
        plain = fold(tip).text
        for hit in shared_wording(text, plain):
            yield hit, MUST
        for hit in shared_marks(text, plain):
            yield hit, LOOK


def _leak(text: str, folded: Folded, hit: Hit, level: str, where: str) -> Leak:
    start, end = folded.original(hit.start, hit.end)
    return Leak(hit.kind, start, end, text[start:end], hit.why, level, where)


def _unseen(text: str, where: str) -> Iterator[Leak]:
    """Signs without width, which no reader sees and a search for the source may use."""
    unseen = [place for place, sign in enumerate(text) if sign in WIDTHLESS]
    if unseen:
        words = f"{len(unseen)} of them, the first at character {unseen[0]}"
        yield Leak("hidden", unseen[0], unseen[-1] + 1, words, UNSEEN, MUST, where)


def _longest(found: Sequence[Leak]) -> list[Leak]:
    """Of findings of one kind that overlap the longest; a `must` before a `look`."""
    order = sorted(found, key=lambda one: (one.level != MUST, one.start - one.end, one.start))
    taken: dict[str, list[tuple[int, int]]] = {}
    kept = []
    for one in order:
        spans = taken.setdefault(one.kind, [])
        place = bisect_left(spans, (one.end, one.end))
        if place and spans[place - 1][1] > one.start:
            continue
        insort(spans, (one.start, one.end))
        kept.append(one)
    return kept
