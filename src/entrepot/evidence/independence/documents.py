"""Originals that are not among the items: the statement, order or dataset that several name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.codes.period import MONTH_NAMES
from entrepot.evidence.independence.citing import Citation
from entrepot.evidence.independence.pairing import Board
from entrepot.evidence.independence.score import THRESHOLD, score
from entrepot.evidence.independence.sources import BODY, DOCUMENT, MEDIA, Source
from entrepot.evidence.independence.tokens import Sentence
from entrepot.records.ids import content_id

LEAD_SENTENCES: Final = 2
"""A source named in the first sentences carries the report; one named in passing does not."""

MOSTLY: Final = 0.5
"""Share of sentences with a source from which an item that also saw for itself is a retelling."""

_ALIVE_DAYS: Final = 31
"""Two items that name one source further apart than this are about two statements."""

_STATED: Final = {BODY: "statement of the", DOCUMENT: "the", MEDIA: "report by"}


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An original that is not at hand, and the items (places) that name it."""

    doc_id: str
    label: str
    source: Source
    items: tuple[int, ...]
    citations: tuple[Citation, ...]


def carrying(board: Board, place: int) -> Citation | None:
    """The source that carries an item; null: it names none, or only in passing.

    Of several the first body or document counts, then the first publisher: "Reuters, citing the
    ministry" goes back to the ministry. An item whose publisher saw for itself may still name one;
    see `is_observer`.
    """
    one = board.prepared[place].print
    usable = _usable(board, place)
    within = [_sentence(one.sentences, cited) for cited in usable]
    told = len(set(within)) / max(1, len(one.sentences))
    last = len(one.sentences) - 1
    carry = [
        cited for cited, at in zip(usable, within, strict=True)
        if at < LEAD_SENTENCES or told >= MOSTLY or (at == last and cited.cue != "say")
    ]  # fmt: skip
    return _foremost(carry)


def _mentioned(board: Board, place: int) -> Citation | None:
    """The source that an item names anywhere; null: none."""
    return _foremost(_usable(board, place))


def _usable(board: Board, place: int) -> list[Citation]:
    return [cited for cited in board.prepared[place].print.citations
            if (cited.source.what in _STATED or cited.cue == "report")
            and not _is_own(board, place, cited)]  # fmt: skip


def _foremost(cited: Sequence[Citation]) -> Citation | None:
    return min(
        cited, key=lambda one: (one.source.what not in (BODY, DOCUMENT), one.start), default=None
    )


def is_observer(board: Board, place: int) -> bool:
    """Whether an item says that its publisher saw for itself, and is no retelling for the most."""
    one = board.prepared[place].print
    told = {_sentence(one.sentences, cited) for cited in one.citations
            if cited.source.what in (BODY, DOCUMENT, MEDIA)}  # fmt: skip
    return one.is_first_hand and len(told) < MOSTLY * max(1, len(one.sentences))


def _is_own(board: Board, place: int, cited: Citation) -> bool:
    return board.is_publisher(cited, place)


def _is_here(board: Board, place: int, cited: Citation) -> bool:
    """Whether the source publishes a like text among the items: no document is missing."""
    return any(board.is_publisher(cited, one) and board.names(place, one)
               for one in board.partners.get(place, ()))  # fmt: skip


def _sentence(sentences: Sequence[Sentence], cited: Citation) -> int:
    return next((at for at, one in enumerate(sentences) if cited.start < one.end), 0)


def documents(board: Board) -> list[Document]:
    """One document for each group of items that name one source on one matter.

    An item that names it only in passing belongs to the group where another is carried by it.
    """
    carried = {place for place in range(len(board.items)) if carrying(board, place)}
    cited = {place: found for place in range(len(board.items))
             if (found := carrying(board, place) or _mentioned(board, place))
             and not _is_here(board, place, found)}  # fmt: skip
    by_base: dict[str, list[int]] = {}
    for place, found in cited.items():
        by_base.setdefault(found.source.base, []).append(place)
    groups = [group for base in sorted(by_base) for group in _matters(board, by_base[base], cited)
              if carried & set(group)]  # fmt: skip
    return [_document(board, group, [cited[place] for place in group]) for group in groups]


def _matters(board: Board, places: list[int], cited: dict[int, Citation]) -> list[list[int]]:
    """Items that name one source, apart by what they are about."""
    groups: list[list[int]] = []
    for place in places:
        joined = [
            group for group in groups if any(_same(board, place, one, cited) for one in group)
        ]
        merged = sorted([place, *(one for group in joined for one in group)])
        groups = [group for group in groups if group not in joined] + [merged]
    return sorted(groups)


def _same(board: Board, a: int, b: int, cited: dict[int, Citation]) -> bool:
    if not cited[a].source.may_be(cited[b].source):
        return False
    days = [board.items[place].published_on for place in (a, b)]
    if days[0] and days[1] and abs((days[0] - days[1]).days) > _ALIVE_DAYS:
        return False
    found = board.terms(a, b, same_source=True)
    return bool(found) and score(found) >= THRESHOLD


def _document(board: Board, group: list[int], cited: list[Citation]) -> Document:
    first = min((board.items[place].published_on or date.max, board.items[place].item_id)
                for place in group)  # fmt: skip
    best = max((one.source for one in cited), key=lambda one: (bool(one.country), one.base))
    day = (
        ""
        if first[0] == date.max
        else f"{first[0].day} {MONTH_NAMES[first[0].month - 1]} {first[0].year}"
    )
    of = f"{_STATED.get(best.what, _STATED[MEDIA])} {best.words}"
    when = f" (first named here on {day})" if day else ""
    made = content_id("doc", best.base, *sorted(board.items[place].item_id for place in group))
    return Document(made, f"original document not at hand: {of}{when}", best, tuple(group),
                    tuple(cited))  # fmt: skip
