"""Companies, agencies, armed forces, media, persons, aircraft and vessels in a text.

Five ways, the longest words win: names of the list `data/bodies_named.tsv`, legal forms, persons
by title or given name, tail and IMO numbers, and kinds ("the Kyrgyz ministry of economy"). A
name in the list says where a body belongs, nothing about what it did.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from entrepot.evidence.language.bodies_craft import craft_in
from entrepot.evidence.language.bodies_firms import firms_in
from entrepot.evidence.language.bodies_kinds import kinds_in
from entrepot.evidence.language.bodies_people import people_in
from entrepot.evidence.language.chunks import closed
from entrepot.evidence.language.mention import Body
from entrepot.evidence.language.phrases import Lexicon
from entrepot.evidence.language.places import places
from entrepot.evidence.language.wordlists import rows

_MASK: Final = "-"


class _Named(NamedTuple):
    what: str
    code: str


def bodies(text: str) -> list[Body]:
    """Bodies in the text in order, none over another; the longest words win."""
    found = [
        *_named(text),
        *firms_in(text),
        *craft_in(text),
        *people_in(text),
        *kinds_in(text, places(text)),
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Body] = []
    for one in found:
        longer = one
        while kept and one.start < kept[-1].end and _length(one) > _length(kept[-1]):
            longer = _with_code(longer, kept.pop())
        if not kept or one.start >= kept[-1].end:
            kept.append(longer)
        else:
            kept[-1] = _with_code(kept[-1], one)
    return [_trimmed(text, one) for one in kept if one.what != _MASK]


def _trimmed(text: str, one: Body) -> Body:
    """Without its article, with the quotation mark that closes one in it."""
    start = one.start + len("the ") * (text[one.start : one.start + 4].lower() == "the ")
    end = closed(text, start, one.end)
    return replace(one, start=start, end=end, name=text[start:end])


def _with_code(longer: Body, inside: Body) -> Body:
    """The longer mention; it takes the country of one of its own kind inside it."""
    if longer.code or longer.what != inside.what:
        return longer
    return replace(longer, code=inside.code)


def _length(one: Body) -> int:
    return one.end - one.start


def _named(text: str) -> Iterator[Body]:
    for hit in _lexicon().find(text):
        what, code = hit.value
        yield Body(hit.start, hit.end, what, code, text[hit.start : hit.end])


@cache
def _lexicon() -> Lexicon[_Named]:
    return Lexicon(
        (form, _Named(row["what"], row["code"]))
        for row in rows("bodies_named")
        for form in row["forms"].split(";")
    )
