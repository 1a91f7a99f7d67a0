"""How well roots are found on a planted corpus, and what plain rules find.

Pairwise: over all pairs of items of one event, "same root or not"; two items are of one root when
they share any. B-cubed: for each item the share of right ones among those it is put together with
(precision) and the share found of those it belongs with (recall), averaged over items (Bagga and
Baldwin 1998); itself included. Root error: difference of the count of roots, summed over events.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.evidence.independence.planted import Planted

from entrepot.evidence.independence.derive import derive

Roots = Mapping[str, frozenset[str]]
"""Item id -> ids of its roots."""


@dataclass(frozen=True)
class Measured:
    precision: float
    recall: float
    f1: float
    bcubed: float
    root_error: int
    roots: int


def ours(planted: Sequence[Planted]) -> Roots:
    found = derive([one.item for one in planted])
    return {one.item.item_id: frozenset(root.root_id for root in found.roots_of(one.item.item_id))
            for one in planted}  # fmt: skip


def by_event(planted: Sequence[Planted], find: Callable[[Sequence[Planted]], Roots]) -> Roots:
    """The roots found event by event, each event by itself as a user has it."""
    made: dict[str, frozenset[str]] = {}
    for event in sorted({one.event for one in planted}):
        found = find([one for one in planted if one.event == event])
        made |= {item: frozenset(f"{event}:{root}" for root in roots)
                 for item, roots in found.items()}  # fmt: skip
    return made


def measure(planted: Sequence[Planted], found: Roots) -> Measured:
    right = wrong = missed = 0
    shares: list[tuple[float, float]] = []
    for event in {one.event for one in planted}:
        here = [one for one in planted if one.event == event]
        for a, b in combinations(here, 2):
            true = bool(a.roots & b.roots)
            told = bool(found[a.item.item_id] & found[b.item.item_id])
            right, wrong, missed = right + (true and told), wrong + (told and not true), \
                missed + (true and not told)  # fmt: skip
        shares += [_bcubed(one, here, found) for one in here]
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    b_p, b_r = (sum(part) / len(shares) for part in zip(*shares, strict=True))
    return Measured(
        precision,
        recall,
        _f1(precision, recall),
        _f1(b_p, b_r),
        _root_error(planted, found),
        len(_union(one.roots for one in planted)),
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _bcubed(one: Planted, here: Sequence[Planted], found: Roots) -> tuple[float, float]:
    told = {b.item.item_id for b in here if found[one.item.item_id] & found[b.item.item_id]}
    true = {b.item.item_id for b in here if one.roots & b.roots}
    return len(told & true) / len(told), len(told & true) / len(true)


def _root_error(planted: Sequence[Planted], found: Roots) -> int:
    error = 0
    for event in {one.event for one in planted}:
        here = [one for one in planted if one.event == event]
        told = _union(found[one.item.item_id] for one in here)
        error += abs(len(told) - len(_union(one.roots for one in here)))
    return error


def _union(parts: object) -> set[str]:
    return set().union(*parts)  # type: ignore[misc]


def every_item(planted: Sequence[Planted]) -> Roots:
    return {one.item.item_id: frozenset({one.item.item_id}) for one in planted}


def exact(planted: Sequence[Planted]) -> Roots:
    return {one.item.item_id: frozenset({" ".join(one.item.text.split())}) for one in planted}


def jaccard(planted: Sequence[Planted], threshold: float = 0.5) -> Roots:
    bags = [frozenset(_words(one.item.text)) for one in planted]
    return _joined(planted, lambda a, b: len(bags[a] & bags[b]) / len(bags[a] | bags[b]), threshold)


def tf_idf(planted: Sequence[Planted], threshold: float) -> Roots:
    counts = [Counter(_words(one.item.text)) for one in planted]
    spread = Counter(word for count in counts for word in count)
    size = len(planted)
    told = {word: math.log((1 + size) / (1 + held) + 1) for word, held in spread.items()}
    vectors = [{word: n * told[word] for word, n in count.items()} for count in counts]  # fmt: skip
    norms = [math.sqrt(sum(value**2 for value in vector.values())) for vector in vectors]

    def cosine(a: int, b: int) -> float:
        shared = vectors[a].keys() & vectors[b].keys()
        return sum(vectors[a][w] * vectors[b][w] for w in shared) / (norms[a] * norms[b])

    return _joined(planted, cosine, threshold)


def best_tf_idf(planted: Sequence[Planted]) -> tuple[Measured, float]:
    """The threshold that is best on the very set that is measured: favourable to the baseline."""
    tried = [(measure(planted, by_event(planted, lambda some, t=at: tf_idf(some, t))), at)  # type: ignore[misc]
             for at in (step / 20 for step in range(1, 20))]  # fmt: skip
    return max(tried, key=lambda one: one[0].f1)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _joined(planted: Sequence[Planted], like: Callable[[int, int], float],
            threshold: float) -> Roots:  # fmt: skip
    """Items joined by likeness, and all that hang together."""
    group = list(range(len(planted)))
    for a, b in combinations(range(len(planted)), 2):
        if like(a, b) >= threshold:
            old, new = group[b], group[a]
            group = [new if one == old else one for one in group]
    members = defaultdict(list)
    for place, one in enumerate(group):
        members[one].append(place)
    return {planted[place].item.item_id: frozenset({str(one)})
            for one, places in members.items() for place in places}  # fmt: skip
