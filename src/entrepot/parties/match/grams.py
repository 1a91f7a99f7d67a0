"""Character n-grams of spelled names, weighted by rarity: they find joined and torn words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LENGTH = 3
COMMONEST = 0.02
"""Grams in more than this share of the names are left out: they cost most and tell least."""
_BUCKETS = 1 << 18


class Grams:
    """Rows are names, columns hashed grams, values TF-IDF of unit length."""

    def __init__(self, spelled: Sequence[str]) -> None:
        flat, rows = _all_codes(spelled)
        seen = np.bincount(flat, minlength=_BUCKETS)
        rarity = np.log((len(spelled) + 1) / (seen + 1)).astype(np.float32) + 1
        rarity[seen > max(COMMONEST * len(spelled), 50)] = 0
        self._rarity = rarity
        values = rarity[flat]
        kept = values > 0
        size = (_BUCKETS, len(spelled))
        matrix = sparse.csr_matrix((values[kept], (flat[kept], rows[kept])), shape=size)
        norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel())
        scale = sparse.diags(1 / np.maximum(norms, 1e-6)).astype(np.float32)
        self._matrix = (matrix @ scale).tocsr().astype(np.float32)

    def near(self, text: str, most: int, fits: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Numbers of the fitting names whose grams are nearest, at most `most`, in no order."""
        return self.near_scored(text, most, fits)[0]

    def near_scored(
        self, text: str, most: int, fits: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The same with the weight of the common grams."""
        codes = _codes(text)
        codes = codes[self._rarity[codes] > 0]
        bounds, columns, values = self._matrix.indptr, self._matrix.indices, self._matrix.data
        total = np.zeros(self._matrix.shape[1], np.float32)
        for code in codes.tolist():
            low, high = bounds[code], bounds[code + 1]
            total[columns[low:high]] += values[low:high] * self._rarity[code]
        hits = np.flatnonzero((total > 0) & fits)
        if len(hits) > most:
            hits = hits[np.argpartition(total[hits], -most)[-most:]]
        return hits, total[hits]


def _all_codes(spelled: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Distinct hashed grams of every text, and the number of the text each belongs to."""
    padded = [f" {text} ".encode("ascii", "replace") for text in spelled]
    lengths = np.array([len(text) for text in padded], dtype=np.int64)
    owners = np.repeat(np.arange(len(padded), dtype=np.int64), lengths)
    letters = np.frombuffer(b"".join(padded), dtype=np.uint8).astype(np.int64)
    if len(letters) < LENGTH:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    inside = owners[:-2] == owners[2:]
    pairs = np.sort(owners[:-2][inside] * _BUCKETS + _hashed(letters)[inside])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return (pairs % _BUCKETS).astype(np.int32), (pairs // _BUCKETS).astype(np.int32)


def _codes(text: str) -> NDArray[np.int32]:
    """Distinct hashed grams of a text, spaces as boundaries."""
    letters = np.frombuffer(f" {text} ".encode("ascii", "replace"), dtype=np.uint8)
    if len(letters) < LENGTH:
        return np.empty(0, np.int32)
    return np.array(sorted(set(_hashed(letters.astype(np.int64)).tolist())), dtype=np.int32)


def _hashed(letters: NDArray[np.int64]) -> NDArray[np.int64]:
    codes = letters[:-2] * 65599 + letters[1:-1] * 257 + letters[2:] * 7919
    return (codes * 2654435761 >> 8) % _BUCKETS
