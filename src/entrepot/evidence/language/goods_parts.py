"""Phrases that say "parts of X" in many ways, found by a small grammar over word lists.

`PART (of|for) MODIFIER* VEHICLE` ("spare parts for military and civil aircraft"), `MODIFIER*
VEHICLE PART` ("Boeing 737 parts") and both at once. Each word of the lists becomes one letter; the
grammar is a regular expression over those letters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from entrepot.evidence.language.chunks import Chunk, Run, located, runs, without
from entrepot.evidence.language.mention import Place
from entrepot.evidence.language.phrases import Lexicon
from entrepot.evidence.language.wordlists import rows
from entrepot.evidence.language.words import words_of

_LETTERS: Final = {
    "part": "P", "link": "F", "and": "A", "det": "D", "mod": "M", "brand": "B", "vehicle": "V",
    "airline": "L", "own": "S",
}  # fmt: skip
_GRAMMAR: Final = re.compile(
    # An upper bound on each run keeps the search linear on any text.
    r"(?:[MBV][MBVA]{0,8})?(?<=[VB])P(?:F[DMNBVA,]{0,12}[VB](?!P))?"
    r"|PF?[DMNBVA,]{0,12}[VB](?!P)|PF[DMN]{0,4}L"
    r"|[MBV]{0,3}SF[DMNBVA,]{0,12}[VB](?!P)|[BV]{1,2}S"
)


_FLYING: Final = frozenset({"aircraft parts", "helicopter parts", "drone parts"})


class _Role(NamedTuple):
    letter: str
    lemma: str
    codes: tuple[str, ...]


class PartsFound(NamedTuple):
    """Characters [start, end), the lemma and the HS prefixes of the parts meant."""

    start: int
    end: int
    lemma: str
    codes: tuple[str, ...]


def parts_in(text: str, nations: Sequence[Place]) -> Iterator[PartsFound]:
    """Phrases for parts in the text in order. `nations`: the places of the same text."""
    row = words_of(text)
    said = [
        Chunk(hit.start, hit.end, hit.first, hit.last, hit.value.letter, hit.value.codes,
              hit.value.lemma)
        for hit in _lexicon().find(text)
    ]  # fmt: skip
    named = located(row, ((one.start, one.end, one.code) for one in nations), "N")
    chunks = sorted([*said, *without(named, said)])
    for run in runs(text, row, chunks, _GRAMMAR):
        if found := _meant(text, run):
            yield found


def _meant(text: str, run: Run) -> PartsFound | None:
    letters, inside = run
    if "S" in letters:
        return _own(inside, letters)
    part = next(chunk for chunk in inside if chunk.letter == "P")
    if inside[0] is part and inside[1].letter != "F" and not _is_cyrillic(text[part.start]):
        # Without a link only Slavic languages join the two, by the genitive.
        return None
    if letters.endswith("L"):
        return PartsFound(part.start, part.end, "aircraft parts", inside[-1].codes)
    if letters.endswith(",B"):
        inside = inside[:-1]  # "parts for aircraft, Boeing said"
    inside = _last_of_list(text, inside)
    vehicles = [chunk for chunk in inside if chunk.letter == "V"]
    vehicles = vehicles or [chunk for chunk in inside if chunk.letter == "B"]
    if not vehicles:
        return None
    codes = tuple(dict.fromkeys(code for chunk in vehicles for code in chunk.codes))
    return PartsFound(inside[0].start, inside[-1].end, vehicles[0].lemma, codes)


def _last_of_list(text: str, inside: list[Chunk]) -> list[Chunk]:
    """Without goods of their own before the vehicle: "turbojets and helicopter parts"."""
    part = next(at for at, chunk in enumerate(inside) if chunk.letter == "P")
    for at in range(part - 1, 0, -1):
        before = inside[at - 1]
        is_plural = before.letter == "V" and text[before.end - 1] == "s"
        if inside[at].letter == "A" and is_plural:
            return inside[at + 1 :]
    return inside


def _own(inside: list[Chunk], letters: str) -> PartsFound | None:
    """A part that keeps its own code, if it is for aircraft; `letters` may end in ",B"."""
    if letters.endswith(",B"):
        inside = inside[:-1]
    part = next(chunk for chunk in inside if chunk.letter == "S")
    crafts = [chunk for chunk in inside if chunk.letter in "VB"]
    if not crafts or not all(chunk.lemma in _FLYING for chunk in crafts):
        return None
    return PartsFound(inside[0].start, inside[-1].end, part.lemma, part.codes)


def _is_cyrillic(sign: str) -> bool:
    return "\u0400" <= sign <= "\u04ff"


@cache
def _lexicon() -> Lexicon[_Role]:
    return Lexicon(
        (form, _Role(_LETTERS[row["role"]], row["lemma"], tuple(row["codes"].split())))
        for row in rows("goods_parts")
        for form in row["forms"].split(";")
    )
