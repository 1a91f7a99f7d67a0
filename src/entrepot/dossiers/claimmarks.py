"""The text of a report in pieces, each with the numbers of the claims that its words belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from entrepot.evidence.claim import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text.

    Attributes:
        text: the words, to the letter; all pieces together are the whole text.
        inside: numbers of the claims that hold it, ascending; empty: none does.
        begin: of those the ones that begin with it.
        end: and the ones that end with it.
    """

    text: str
    inside: tuple[int, ...]
    begin: tuple[int, ...]
    end: tuple[int, ...]


def pieces(text: str, spans: Mapping[int, Span]) -> list[Piece]:
    """The text cut where claims begin and end; claims may overlap.

    Args:
        text: of the report.
        spans: of each claim by its number; what lies outside of the text is not marked.
    """
    within = {number: span for number, span in spans.items() if 0 <= span[0] < span[1] <= len(text)}
    borders = sorted({0, len(text), *(end for span in within.values() for end in span)})
    return [
        Piece(
            text[left:right],
            tuple(n for n, (start, end) in sorted(within.items()) if start <= left < end),
            tuple(n for n, (start, _) in sorted(within.items()) if start == left),
            tuple(n for n, (_, end) in sorted(within.items()) if end == right),
        )
        for left, right in pairwise(borders)
    ]
