"""In which order items are taken, so that a copy never comes before its original."""

import heapq
from datetime import date
from itertools import combinations
from typing import Final

from entrepot.evidence.independence.pairing import Board
from entrepot.evidence.independence.score import THRESHOLD
from entrepot.evidence.independence.sources import MEDIA

_TAKEN: Final = 0.85
_APART: Final = 0.1


def sequence(board: Board) -> list[int]:
    """Places of the items: older first, and of equal or unknown days the named one first.

    Where days do not decide, a text that names no publisher, saw for itself or is longer is first.
    A loop of items that name one another is cut at its first item in this order.
    """
    rank = {place: _rank(board, place) for place in range(len(board.items))}
    before = {place: _named_first(board, place) for place in rank}
    after: dict[int, list[int]] = {}
    for place, needed in before.items():
        for one in needed:
            after.setdefault(one, []).append(place)
    waiting = {place: len(needed) for place, needed in before.items()}
    return _merged(rank, after, waiting)


def _merged(rank: dict[int, tuple[object, ...]], after: dict[int, list[int]],
            waiting: dict[int, int]) -> list[int]:  # fmt: skip
    ready = [(rank[place], place) for place, count in waiting.items() if not count]
    left = sorted((rank[place], place) for place, count in waiting.items() if count)
    heapq.heapify(ready)
    made: list[int] = []
    done: set[int] = set()
    while len(made) < len(rank):
        if not ready:
            ready.append(next(one for one in left if one[1] not in done))
        _, place = heapq.heappop(ready)
        if place in done:
            continue
        made.append(place)
        done.add(place)
        for one in after.get(place, ()):
            waiting[one] -= 1
            if not waiting[one] and one not in done:
                heapq.heappush(ready, (rank[one], one))
    return made


def _rank(board: Board, place: int) -> tuple[object, ...]:
    item, one = board.items[place], board.prepared[place].print
    names_media = any(
        cited.source.what == MEDIA or cited.cue == "report" for cited in one.citations
    )
    return (item.published_on or date.max, _is_bridge(board, place), names_media,
            not one.is_first_hand, -len(item.text), item.item_id)  # fmt: skip


def _is_bridge(board: Board, place: int) -> bool:
    """Whether an item is like two others that are not like each other: it puts them together.

    Both must have more than it took; two halves of a text have not, and the text is no bridge.
    """
    near = [
        one
        for one in board.partners.get(place, ())
        if not is_older(board, place, one)
        and board.score(place, one) >= THRESHOLD
        and _share(board, one, place) < _TAKEN
    ]
    return any(board.score(a, b) < _APART for a, b in combinations(near, 2))


def _share(board: Board, place: int, other: int) -> float:
    like = board.like(place, other)
    return 0.0 if like is None else like.retold_ab if place < other else like.retold_ba


def _named_first(board: Board, place: int) -> set[int]:
    """Items that this one names and that the days do not show to be younger."""
    named = {one for one in board.partners.get(place, ()) if board.names(place, one)}
    return {one for one in {*named, *board.told(place)} if not is_older(board, place, one)}


def is_older(board: Board, place: int, other: int) -> bool:
    """Whether the days show that an item appeared before another."""
    days = board.items[place].published_on, board.items[other].published_on
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def is_order_known(board: Board, place: int, other: int) -> bool:
    """Whether the days tell which is older."""
    return is_older(board, place, other) or is_older(board, other, place)
