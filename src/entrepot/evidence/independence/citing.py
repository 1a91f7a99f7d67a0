"""What an item says about where it has its news from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from entrepot.evidence.independence import keys
from entrepot.evidence.independence.lists import bare, firsthand, table
from entrepot.evidence.independence.sources import BODY, DOCUMENT, MEDIA, OTHER, Source, source_of

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’ʼ.&][^\W_]+)*|[:;,.()«»\"“”\n]")
_DOMAIN: Final = re.compile(
    r"(?<![\w.-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,24})\b(/[^\s)\]]*)?",
    re.I,
)
_STOPPERS: Final = frozenset(':;,.()«»"“”\n')
_QUOTES: Final = frozenset('«»"“”')
_MOST_WORDS = 8
_PERSONS: Final = frozenset(
    f"c:{one}" for one in ("witness", "resident", "driver", "worker", "journalist", "man", "woman")
)
"""People who saw something: what they tell a publisher is first hand, no document."""

_TOLD: Final = frozenset({"told", "рассказал", "рассказали", "рассказала", "розповів", "розповіли"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that an item names.

    Attributes:
        source: whom.
        start: first character of the words that name it.
        end: character after them.
        words: the words as printed, with the cue.
        cue: `cue` (according to), `report` (X reported), `say` (X said), `link` (an address).
    """

    source: Source
    start: int
    end: int
    words: str
    cue: str


@cache
def _cues() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First word of a cue -> cues with where the source stands, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in table("citing.tsv"):
        words = tuple(bare(row["words"]).split())
        found.setdefault(words[0], []).append((words, row["place"], row["what"]))
    for cues in found.values():
        cues.sort(key=lambda cue: (-len(cue[0]), cue[1] != "before"))
    return found


def citations(text: str) -> list[Citation]:
    """All sources a text names, in order; one stretch of text gives one."""
    words = [(bare(one.group()), one.start(), one.end()) for one in _WORD.finditer(text)]
    found = [*_cued(text, words), *_addresses(text)]
    found.sort(key=lambda one: (one.start, -one.end))
    return found


def _cued(text: str, words: list[tuple[str, int, int]]) -> Iterator[Citation]:
    free, cues = 0, _cues()
    for place, (word, _, _) in enumerate(words):
        if place < free or word not in cues:
            continue
        for cue, side, what in cues[word]:
            if tuple(one for one, _, _ in words[place : place + len(cue)]) != cue:
                continue
            made = _named(text, words, place, len(cue), side, what)
            if made:
                yield made
                free = place + len(cue)
                break


def _named(text: str, words: list[tuple[str, int, int]], place: int, size: int, side: str,
           what: str) -> Citation | None:  # fmt: skip
    after = words[place + size : place + size + _MOST_WORDS]
    if side == "before":
        phrase = list(_until(after))
    else:
        if after and after[0][0] in ("us", "нам", "our", "this"):
            return None
        phrase = list(_until(words[max(0, place - _MOST_WORDS) : place][::-1]))[::-1]
    if not phrase:
        return None
    start, end = phrase[0][1], phrase[-1][2]
    source = source_of(text[start:end])
    if source is None or not _counts(text[start:end], source, what, words[place][0]):
        return None
    first, last = (start, words[place + size - 1][2]) if side == "after" else (words[place][1], end)
    return Citation(source, start, end, " ".join(text[first:last].split()), what)


def _until(words: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Words up to the next mark; a quotation mark before the first or around a name is passed."""
    begun = False
    for word in words:
        if word[0] in _QUOTES:
            continue
        if word[0] in _STOPPERS:
            if begun:
                return
            if word[0] != "(":
                return
            continue
        begun = True
        yield word


def _counts(phrase: str, source: Source, what: str, verb: str) -> bool:
    """Whether a phrase names a source at all, and no witness of the publisher's own."""
    found = [keys.key(word.group()) for word in _WORD.finditer(phrase)]
    if (
        {key for _, key in found} & _PERSONS
        and source.what in (OTHER, BODY)
        and (source.what == OTHER or verb in _TOLD)
    ):
        return False
    if source.what != OTHER:
        return True
    printed = [word.group() for word in _WORD.finditer(phrase)]
    # a capital at the beginning may be that of a sentence
    named = any(word[0].isupper() for word in printed[1:]) or (
        len(printed[0]) > 1 and printed[0].isupper()
    )
    titled = sum(word[0].isupper() for word in printed) > 1
    return (
        named
        and what != "say"
        and (titled or any(kind in (keys.WORD, keys.MODEL) for kind, _ in found))
    )


def _addresses(text: str) -> Iterator[Citation]:
    for found in _DOMAIN.finditer(text):
        host = found[1].lower()
        known = source_of(host.rsplit(".", 1)[0].replace(".", " ").replace("-", " "))
        is_listed = known is not None and known.what in (MEDIA, BODY, DOCUMENT)
        base = Source(f"u:{host}", "", OTHER, host)
        source = known if is_listed and known else base
        yield Citation(source, *found.span(), found.group(), "link")


def is_first_hand(text: str) -> bool:
    """Whether a publisher says that it saw, counted, photographed, asked or obtained something."""
    words = f" {' '.join(map(bare, _WORD.findall(text)))} "
    return any(phrase in words for phrase in firsthand())
