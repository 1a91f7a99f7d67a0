"""Two items side by side: what they have in common, as numbers that the weights are for."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from entrepot.evidence.independence import keys, tokens
from entrepot.evidence.independence.fingerprint import SHINGLE, Fingerprint, order

FACTS: Final = (tokens.FIGURE, tokens.DAY)
TELLING: Final = (tokens.FIGURE, tokens.NAME, keys.MODEL)
WHOLE: Final = 0.6
"""Share of a sentence's weight found in two neighbouring sentences of the other: it is retold."""

LEAST_SHARE: Final = 0.18
"""Share of the poorer item's weight below which two items are not compared further."""

MOST_WINDOWS: Final = 60
"""Sentences in which a key is looked for; one that stands in more tells nothing of a sentence."""

SHINGLES_TO_TELL: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A fingerprint with what a comparison looks up in it.

    Attributes:
        print: the item.
        weights: weight of each key.
        shingles: numbers of its runs of words, in their order.
        loose: those of them that stand outside quotation marks.
        windows: key -> pairs of neighbouring sentences that hold it, by number.
        bags: the keys of each sentence.
        total: weight of all keys.
        facts: keys of figures and days.
        telling: keys of figures, names and types.
    """

    print: Fingerprint
    weights: Mapping[str, float]
    shingles: NDArray[np.uint64]
    loose: NDArray[np.uint64]
    windows: Mapping[str, tuple[int, ...]]
    bags: tuple["Bag", ...]
    total: float
    facts: frozenset[str]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The keys of a sentence, their weight, and the weight of those that are plain words."""

    keys: frozenset[str]
    total: float
    words: float


def prepared(one: Fingerprint, weights: Mapping[str, float],
             shingles: NDArray[np.uint64]) -> Prepared:  # fmt: skip
    """The fingerprint ready for comparisons."""
    windows: dict[str, set[int]] = {}
    for place, sentence in enumerate(one.sentences):
        for token in sentence.tokens:
            windows.setdefault(token.key, set()).update((place, place + 1))
    bags = tuple(_bag(one, weights, {token.key for token in sentence.tokens})
                 for sentence in one.sentences)  # fmt: skip
    quoted = one.is_quoted[: len(shingles)] | one.is_quoted[SHINGLE - 1 :][: len(shingles)]
    loose = np.unique(shingles[~quoted]) if len(shingles) else shingles
    held = {key: tuple(sorted(found)[:MOST_WINDOWS]) for key, found in windows.items()}
    facts = frozenset(key for key, kind in one.kinds.items() if kind in FACTS)
    telling = tuple(key for key, kind in one.kinds.items() if kind in TELLING)
    return Prepared(one, weights, shingles, loose, held, bags, sum(weights.values()), facts,
                    telling)  # fmt: skip


def _bag(one: Fingerprint, weights: Mapping[str, float], found: set[str]) -> Bag:
    ordered = sorted(found)  # sums must not depend on the order of a set
    plain = sum(weights[key] for key in ordered if one.kinds[key] == keys.WORD)
    return Bag(frozenset(found), sum(weights[key] for key in ordered), plain)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two items share. Shares are 0 to 1; `ab` of the first found in the second, `ba` back.

    Attributes:
        copied: share of runs of words outside quotations, of either item in the other, the larger.
        copied_runs: how many such runs.
        retold_ab: share of the weight of the first item's sentences found in the second.
        retold_ba: the other way.
        whole_ab: share of the first item's sentences (by weight) that are retold.
        whole_ba: the other way.
        figures: share of figures and days of the item with fewer, found in the other; by weight.
        figures_shared: how many.
        figures_least: how many the item with fewer has.
        order: how far shared keys stand in one order; see `fingerprint.order`.
        quotes: quotations in common, to the letter.
        own: weight of figures, names and models per sentence that the poorer item has for itself.
        shared: number of shared keys.
        is_cross: the texts are in two languages.
    """

    copied: float
    copied_runs: int
    retold_ab: float
    retold_ba: float
    whole_ab: float
    whole_ba: float
    figures: float
    figures_shared: int
    figures_least: int
    order: float
    quotes: int
    own: float
    shared: int
    is_cross: bool

    @property
    def retold(self) -> float:
        """The larger share: how much of one is in the other."""
        return max(self.retold_ab, self.retold_ba)


def is_alike(a: Prepared, b: Prepared) -> bool:
    """Whether two items can come out alike at all: a quick bound before the whole comparison."""
    both = a.weights.keys() & b.weights.keys()
    return fsum(a.weights[key] for key in both) >= LEAST_SHARE * min(a.total, b.total)


def compare(a: Prepared, b: Prepared) -> Likeness:
    """What two items have in common."""
    is_cross = a.print.language != b.print.language
    both = a.print.places.keys() & b.print.places.keys()
    runs = 0 if is_cross else len(np.intersect1d(a.loose, b.loose, assume_unique=True))
    least = min(len(a.loose), len(b.loose))
    retold_ab, whole_ab = _retold(a, b, is_cross)
    retold_ba, whole_ba = _retold(b, a, is_cross)
    figures, shared, fewest = _figures(a, b)
    return Likeness(
        copied=runs / least if least else 0.0, copied_runs=runs,
        retold_ab=retold_ab, retold_ba=retold_ba, whole_ab=whole_ab, whole_ba=whole_ba,
        figures=figures, figures_shared=shared, figures_least=fewest,
        order=_order(a, b, both), quotes=len(a.print.quotes & b.print.quotes),
        own=min(_own(a, b), _own(b, a)), shared=len(both), is_cross=is_cross,
    )  # fmt: skip


def _retold(a: Prepared, b: Prepared, is_cross: bool) -> tuple[float, float]:
    """Share of the weight of a's sentences in b, and of its sentences that are retold in whole."""
    total = found = whole = 0.0
    for bag in a.bags:
        weight, matched = cover(bag, a, b, is_cross)
        total += weight
        found += matched
        if weight and matched >= WHOLE * weight:
            whole += weight
    return (found / total, whole / total) if total else (0.0, 0.0)


def cover(bag: Bag, a: Prepared, b: Prepared, is_cross: bool) -> tuple[float, float]:
    """Weight of a sentence of a, and how much of it two neighbouring sentences of b hold.

    Between two languages words that no list knows are left out unless they match: they say nothing.
    """
    both = bag.keys & b.windows.keys()
    if not both:
        return bag.total - (bag.words if is_cross else 0.0), 0.0
    found = [0.0] * (len(b.bags) + 1)
    plain = 0.0
    for key in sorted(both):  # sums must not depend on the order of a set
        weight = a.weights[key]
        if is_cross and a.print.kinds[key] == keys.WORD:
            plain += weight
        for window in b.windows[key]:
            found[window] += weight
    return bag.total - (bag.words - plain if is_cross else 0.0), max(found)


def _figures(a: Prepared, b: Prepared) -> tuple[float, int, int]:
    fewer, more = (a, b) if len(a.facts) <= len(b.facts) else (b, a)
    both = fewer.facts & more.facts
    total = sum(fewer.weights[key] for key in sorted(fewer.facts))
    share = sum(fewer.weights[key] for key in sorted(both)) / total if total else 0.0
    return share, len(both), len(fewer.facts)


def _order(a: Prepared, b: Prepared, both: set[str]) -> float:
    sequence = sorted(both, key=a.print.places.__getitem__)
    return order([b.print.places[key] for key in sequence])


def _own(a: Prepared, b: Prepared) -> float:
    """Weight of telling keys that only a has, a sentence."""
    alone = sum(a.weights[key] for key in a.telling if key not in b.print.places)
    return alone / max(1, len(a.print.sentences))
