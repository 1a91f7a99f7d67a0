"""Origins inside the set and originals outside it, brought together: no root is told twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from entrepot.evidence.independence.documents import Document, carrying, is_observer
from entrepot.evidence.independence.pairing import Board
from entrepot.evidence.independence.sequence import is_older, sequence

MUTUAL: Final = 0.5
"""Share of either text in the other from which an item that names no source is taken to go back to
the document that its likeness names."""

COPIED: Final = 0.25
"""Share of runs of words outside quotations from which one text was made from the other."""

TRANSLATED: Final = 0.9
"""Share of sentences retold in whole from which one text translates the other."""

_MOST_DAYS: Final = 31


@dataclass(slots=True)
class Hanging:
    """What items hang on.

    Attributes:
        inside: item -> its origins among the items.
        outside: item -> the documents it names.
        inferred: item -> documents that it does not name, but a near copy of it does, which is the
            value's second part.
    """

    inside: dict[int, tuple[int, ...]] = field(default_factory=dict)
    outside: dict[int, tuple[Document, ...]] = field(default_factory=dict)
    inferred: dict[int, tuple[Document, int]] = field(default_factory=dict)


def reconcile(
    board: Board, found: Mapping[int, tuple[int, ...]], documents: Sequence[Document]
) -> Hanging:
    """Decide for every item whether it hangs on items, on a document, or on both.

    * It hangs on no document that its origin already hangs on, nor where it names its origin.
    * It hangs on no item that puts the same document together with something else, and on none that
      only used the same document.
    """
    of = {place: one for one in documents for place in one.items}
    ends: dict[int, frozenset[str]] = {}
    made = Hanging()
    for place in sequence(board):
        document = of.get(place)
        kept = tuple(
            one
            for one in found.get(place, ())
            if document is None
            or document.doc_id not in ends[one]
            or (ends[one] == {document.doc_id} and is_copy(board, place, one))
        )
        above = frozenset().union(*(ends[one] for one in kept)) if kept else frozenset()
        if document and document.doc_id not in above and _is_needed(board, place, kept, document):
            made.outside[place] = (document,)
            above |= {document.doc_id}
            _infer(board, place, kept, document, made)
        if kept:
            made.inside[place] = kept
        ends[place] = above or frozenset({board.items[place].item_id})
    return made


def is_copy(board: Board, place: int, origin: int) -> bool:
    """Whether an item shows more than that both used one document.

    It names the other, has its words or, in another language, nearly all of its sentences.
    """
    like = board.like(place, origin)
    if like is None or place in board.told(origin):
        return True
    if board.names(place, origin) or origin in board.told(place) or like.copied >= COPIED:
        return True
    whole = like.whole_ab if place < origin else like.whole_ba
    return like.is_cross and whole >= TRANSLATED and is_older(board, origin, place)


def _is_needed(board: Board, place: int, origins: Sequence[int], document: Document) -> bool:
    """Whether an item hangs on a document beside its origins: not where it has it from them."""
    if not origins:
        return not is_observer(board, place)
    cited_by = {one: board.prepared[one].print.citations for one in origins}
    return not any(
        one in board.told(place) or board.names(place, one)
        or any(cited.source.may_be(document.source) for cited in cited_by[one])
        for one in origins
    )  # fmt: skip


def _infer(
    board: Board, place: int, origins: Sequence[int], document: Document, made: Hanging
) -> None:
    """Hang an origin that tells no source on the document that its near copy names."""
    for one in origins:
        is_root = one not in made.inside and one not in made.outside
        if is_root and _is_mutual(board, place, one) and _is_silent(board, one):
            made.inferred[one] = (document, place)


def _is_mutual(board: Board, place: int, origin: int) -> bool:
    like = board.like(place, origin)
    days = board.items[place].published_on, board.items[origin].published_on
    if days[0] and days[1] and abs((days[0] - days[1]).days) > _MOST_DAYS:
        return False
    return like is not None and min(like.retold_ab, like.retold_ba) >= MUTUAL


def _is_silent(board: Board, place: int) -> bool:
    return not board.prepared[place].print.is_first_hand and carrying(board, place) is None
