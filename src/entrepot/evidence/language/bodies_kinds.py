"""Bodies named by kind: "the Kyrgyz ministry of economy", "two customs officials".

Also "a Dubai-based trading firm" and "Russian Il-76 planes". Word lists give each word a letter; a
grammar over the letters says which words belong together.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from entrepot.evidence.language.chunks import Chunk, Run, located, runs, without
from entrepot.evidence.language.mention import Body, Place
from entrepot.evidence.language.phrases import Lexicon
from entrepot.evidence.language.wordlists import rows
from entrepot.evidence.language.words import words_of

_GRAMMAR: Final = re.compile(
    # N place, J adjective, A and E agency, R role, C company noun (Q: in a tongue without
    # articles), H craft, K type of craft, X what makes a craft none, F of, I in, D the. Bounded
    # runs keep the search linear.
    r"[JKAEN]{0,4}[HK]X{1,2}"
    r"|N{0,2}[JAENCQ]{0,4}R"
    r"|(?:N{0,2}[JNAECQ]{1,4}[CQ]|C(?=J?[FI]D?N)|(?<=D)C|Q)(?:J?[FI]D?N(?![JAEHCQRK]))?"
    r"|N?[JKAE]{0,4}H|N?K"
    r"|N{0,2}J{0,2}(?:A(?:(?:FD?)?N(?![JAEHCQR]))?|E(?:(?:[FI]D?)?N(?![JAEHCQR]))?)"
)
_TYPE: Final = re.compile(r"[-(]\d|Superjet|Ansat|Dreamliner")


_CYRILLIC: Final = "\u0400"


class _Kind(NamedTuple):
    letter: str
    what: str


def kinds_in(text: str, nations: Sequence[Place]) -> Iterator[Body]:
    """Bodies named by kind in order. `nations`: the places of the same text."""
    row = words_of(text)
    said = [
        Chunk(hit.start, hit.end, hit.first, hit.last, hit.value.letter, (), hit.value.what)
        for hit in _lexicon().find(text)
    ]
    named = [one for one in nations if one.what in ("country", "people", "group", "city", "site")]
    lands = located(row, ((one.start, one.end, one.code) for one in named), "N")
    chunks = sorted([*said, *without(lands, said)])
    for run in runs(text, row, chunks, _GRAMMAR):
        if "X" not in run.letters:
            yield _body(text, run)


def _body(text: str, run: Run) -> Body:
    inside = run.chunks
    if re.search("[AE]N$", run.letters) and text[inside[-1].start] < _CYRILLIC:
        inside = inside[:-1]  # only Slavic languages join the two without a word between
    head = next(chunk for chunk in reversed(inside) if chunk.letter in "AERCQHK")
    lands = [code for chunk in inside if chunk.letter == "N" for code in chunk.codes]
    start, end = inside[0].start, inside[-1].end
    what = "aircraft" if head.letter == "K" else head.lemma
    return Body(start, end, what, lands[0] if lands else "", text[start:end])


@cache
def _lexicon() -> Lexicon[_Kind]:
    return Lexicon([*_words(), *_types()])


def _words() -> Iterator[tuple[str, _Kind]]:
    for row in rows("bodies_words"):
        for form in row["forms"].split(";"):
            slavic = row["letter"] == "C" and form[:1] >= _CYRILLIC
            yield form, _Kind("Q" if slavic else row["letter"], row["what"])


def _types() -> Iterator[tuple[str, _Kind]]:
    """Types of aircraft, of the list of goods; a maker's name alone is a company."""
    for row in rows("goods_parts"):
        if row["role"] == "brand":
            for form in row["forms"].split(";"):
                if _TYPE.search(form) and "[(" not in form:
                    yield form, _Kind("K", "aircraft")
