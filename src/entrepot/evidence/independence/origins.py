"""For each item its origins among the items: the likeliest one, and others for what is left."""

from collections.abc import Mapping
from typing import Final

from entrepot.evidence.independence.compare import TELLING, Prepared
from entrepot.evidence.independence.keys import WORD
from entrepot.evidence.independence.pairing import Board
from entrepot.evidence.independence.score import THRESHOLD, score
from entrepot.evidence.independence.sequence import is_older, sequence

LEFT: Final = 0.25
"""Share of an item's weight that its first origin must leave over before a second is looked for."""

FILLED: Final = 0.5
"""Share of what is left that a second origin must hold."""

_LEAST_TELLING = 2
"""Figures, names or types that a second origin must explain."""

_CROSSED = 0.2

_CLOSE = 0.7
"""Share of the best strength from which an origin with fewer roots is taken before it."""


def origins(board: Board) -> dict[int, tuple[int, ...]]:
    """Item -> its origins, best first; items without any are left out."""
    found: dict[int, tuple[int, ...]] = {}
    families: dict[int, frozenset[int]] = {}
    done: set[int] = set()
    for place in sequence(board):
        chosen = _chosen(board, place, done, families)
        if chosen:
            found[place] = chosen
        families[place] = _union(families, chosen) or frozenset({place})
        done.add(place)
    return found


def _chosen(board: Board, place: int, done: set[int],
            families: Mapping[int, frozenset[int]]) -> tuple[int, ...]:  # fmt: skip
    told = [one for one in board.told(place) if one in done]
    open_to = [one for one in board.partners.get(place, ())
               if one in done and not is_older(board, place, one)]  # fmt: skip
    likely = [one for one in open_to if board.score(place, one) >= THRESHOLD]
    likely.sort(key=lambda one: (-_strength(board, place, one), board.items[one].item_id))
    chosen = told or _plainest(board, place, likely, families)
    if not chosen:
        return _two(board, place, open_to, families)
    known = _union(families, tuple(chosen))
    others = [one for one in open_to if len(families[one]) == 1 and not families[one] <= known]
    return (*chosen, *_rest(board, place, chosen[0], others))


def _plainest(board: Board, place: int, likely: list[int],
              families: Mapping[int, frozenset[int]]) -> list[int]:  # fmt: skip
    """The strongest origin; before one that puts several roots together, a near one with fewer."""
    if not likely or board.names(place, likely[0]):
        return likely[:1]
    least = _CLOSE * _strength(board, place, likely[0])
    near = [one for one in likely if _strength(board, place, one) >= least]
    return [min(near, key=lambda one: (len(families[one]), near.index(one)))]


def _strength(board: Board, place: int, origin: int) -> float:
    """What ranks origins: being named first, then how much of the item is in them."""
    like = board.like(place, origin)
    if like is None:
        return 0.0
    there, back = like.retold_ab, like.retold_ba
    if place > origin:
        there, back = back, there
    # between two languages unknown words are left out, which makes the share larger by itself
    there -= _CROSSED * like.is_cross
    return 2.0 * board.names(place, origin) + there + 0.3 * back + like.copied + 0.3 * like.order


def _two(board: Board, place: int, open_to: list[int],
         families: Mapping[int, frozenset[int]]) -> tuple[int, ...]:  # fmt: skip
    """Two origins that each explain too little of an item by themselves, but together most."""
    best = max(open_to, key=lambda one: (_covered(board, place, one), -one), default=None)
    if best is None or _covered(board, place, best) < FILLED / 2:
        return ()
    others = [one for one in open_to if len(families[one]) == 1 and families[one] != families[best]]
    second = _rest(board, place, best, others)
    return (best, *second) if second else ()


def _covered(board: Board, place: int, origin: int) -> float:
    """Share of an item's weight in sentences that an origin retells in whole."""
    like = board.like(place, origin)
    return 0.0 if like is None else like.whole_ab if place < origin else like.whole_ba


def _rest(board: Board, place: int, first: int, others: list[int]) -> tuple[int, ...]:
    """The origin that holds most of what the first leaves over, if that is much."""
    mine, origin = board.prepared[place], board.prepared[first]
    left = _left_over(mine, origin)
    if sum(left.values()) < LEFT * sum(mine.weights.values()):
        return ()
    ranked = sorted((-_filled(mine, left, board.prepared[one]), board.items[one].item_id, one)
                    for one in others)  # fmt: skip
    return (ranked[0][2],) if ranked and -ranked[0][0] >= FILLED else ()


def _left_over(mine: Prepared, origin: Prepared) -> dict[str, float]:
    """Keys of an item that its first origin lacks, with their weights."""
    return {key: weight for key, weight in mine.weights.items() if key not in origin.print.places}


def _filled(mine: Prepared, left: Mapping[str, float], other: Prepared) -> float:
    """Share of what is left over, by weight, that another item holds; 0: hardly a telling fact."""
    is_cross = mine.print.language != other.print.language
    both = [key for key in left if key in other.print.places]
    if sum(mine.print.kinds[key] in TELLING for key in both) < _LEAST_TELLING:
        return 0.0
    total = sum(
        weight
        for key, weight in left.items()
        if key in other.print.places or not (is_cross and mine.print.kinds[key] == WORD)
    )
    return sum(left[key] for key in both) / total


def _union(families: Mapping[int, frozenset[int]], places: tuple[int, ...]) -> frozenset[int]:
    return frozenset().union(*(families[one] for one in places)) if places else frozenset()


def score_of(board: Board, derived: int, origin: int) -> float:
    """The score that stands at an edge; a recorded citation is as good as certain."""
    if origin in board.told(derived):
        return 0.99
    found = board.terms(derived, origin)
    return score(found) if found else 0.0
