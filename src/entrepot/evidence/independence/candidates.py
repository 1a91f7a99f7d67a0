"""Which pairs of items are compared at all: those that share a rare run of words or rare keys."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from entrepot.evidence.independence.compare import Prepared

MOST_SHARING: Final = 60
"""A run or key of more items than this brings no pair: agency footers, household words. In a set
of no more items every pair that shares anything is compared."""

KEPT: Final = 10
"""Pairs kept an item, the likeliest first."""

SPARSE_FROM: Final = 1_000
"""From so many items on, one run of words in four is looked up; copies share dozens of them."""

LEAST_SHARED: Final = 0.8
"""Weight of shared keys below which two items without a run in common are not compared."""

Pairs = tuple[NDArray[np.int64], NDArray[np.float64]]


def candidates(items: Sequence[Prepared]) -> list[tuple[int, int]]:
    """Pairs of places (first < second), in rising order."""
    size = len(items)
    if size < 2:
        return []
    codes, scores = _added([_by_shingles(items), *_by_keys(items)])
    kept = scores >= LEAST_SHARED
    codes, scores = codes[kept], scores[kept]
    if size > MOST_SHARING:
        codes = _likeliest(codes, scores, size)
    return [(int(code) // size, int(code) % size) for code in np.sort(codes)]


def _by_shingles(items: Sequence[Prepared]) -> Pairs:
    step = np.uint64(4 if len(items) >= SPARSE_FROM else 1)
    values = [one.loose[one.loose % step == 0] for one in items]
    owners = np.repeat(np.arange(len(items)), [len(one) for one in values])
    codes = _pairs(np.concatenate(values), owners, len(items))
    found, counts = np.unique(codes, return_counts=True)
    return found, counts.astype(float) * float(step)


def _by_keys(items: Sequence[Prepared]) -> list[Pairs]:
    """Pairs by shared keys, weighted by what the key tells."""
    ids: dict[str, int] = {}
    listed: list[tuple[int, int]] = []
    weights: list[float] = []
    for place, one in enumerate(items):
        for key, weight in one.weights.items():
            number = ids.setdefault(key, len(ids))
            if number == len(weights):
                weights.append(weight)
            listed.append((number, place))
    table = np.array(listed, dtype=np.int64).reshape(-1, 2)
    made: list[Pairs] = []
    told = np.array(weights)
    for low, high in ((0.0, 0.4), (0.4, 0.6), (0.6, 0.9), (0.9, 9.0)):
        chosen = (told[table[:, 0]] >= low) & (told[table[:, 0]] < high)
        codes = _pairs(table[chosen, 0].astype(np.uint64), table[chosen, 1], len(items))
        found, counts = np.unique(codes, return_counts=True)
        made.append((found, counts.astype(np.float64) * max(low, 0.2)))
    return made


def _pairs(values: NDArray[np.uint64], owners: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Codes first * size + second of all pairs of owners that share a value; a pair may recur."""
    place = np.lexsort((owners, values))
    values, owners = values[place], owners[place]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.zeros(0)
    lengths = np.diff(np.r_[starts, len(values)]).astype(int)
    made = [np.zeros(0, np.int64)]
    for length in np.unique(lengths):
        if 2 <= length <= MOST_SHARING:
            begins = starts[lengths == length].astype(int)
            rows = owners[begins[:, None] + np.arange(length)]
            first, second = np.triu_indices(length, 1)
            made.append((rows[:, first] * size + rows[:, second]).ravel())
    return np.concatenate(made)


def _added(parts: Sequence[Pairs]) -> Pairs:
    codes, where = np.unique(np.concatenate([codes for codes, _ in parts]), return_inverse=True)
    added = np.zeros(len(codes))
    np.add.at(added, where, np.concatenate([scores for _, scores in parts]))
    return codes, added


def _likeliest(
    codes: NDArray[np.int64], scores: NDArray[np.float64], size: int
) -> NDArray[np.int64]:
    """Pairs among the `KEPT` best of either of their items; equal scores by code."""
    ends = np.concatenate([codes // size, codes % size])
    twice, score = np.concatenate([codes, codes]), np.concatenate([scores, scores])
    place = np.lexsort((twice, -score, ends))
    ends, twice = ends[place], twice[place]
    starts = np.flatnonzero(np.r_[True, ends[1:] != ends[:-1]]) if len(ends) else np.zeros(0, int)
    rank = np.arange(len(ends)) - np.repeat(starts, np.diff(np.r_[starts, len(ends)]))
    return np.unique(twice[rank < KEPT])
