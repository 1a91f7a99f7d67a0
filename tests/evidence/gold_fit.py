"""When a proposed claim fits a gold claim, and which goes with which.

A proposal **fits** a gold claim when one of two things holds:

1. intersection over union of both spans is at least 0.5; or
2. the proposal lies inside the gold claim's *room* and covers at least 60 % of the gold span.

The room is the stretch of the gold claim's own sentence that no other gold claim owns: it runs from
the end of the nearest gold claim before it (else the start of the sentence) to the start of the
nearest one after it (else the end of the sentence). Gold claims that overlap this one share its
clause and set no border, nor do optional ones. So a whole sentence may stand for its only claim,
and a stretch over two claims of one sentence fits neither by the second rule. A few words inside a
clause never fit.

Pairing is one to one: as many pairs as possible, and among those the pairing with the best fit.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Span = tuple[int, int]

LEAST_UNION = 0.5
LEAST_COVER = 0.6
COUNT_FIRST = 1000.0
"""Worth of one more pair: more than all bonuses of a report together (at most 4 a pair)."""

_END = re.compile(
    r"[.!?…][\"”»’')\]]*\s+(?=[\"“«‘'(\[]?[A-ZА-ЯЁЄІЇҐ0-9])|\n\s*\n|\n(?=\s*(?:[-*•–]\s))"
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|No|Nos|St|Art|Reg|approx|Inc|Ltd|Co|v|vs|cf|Jan|Feb|Aug|Sept|Oct|Nov"
    r"|Dec|г|гг|ст|п|м|р|рр|№)|\b[A-ZА-Я]|^\s*\d{1,3})\.$"
)


def size(span: Span) -> int:
    return max(0, span[1] - span[0])


def overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def union_share(one: Span, other: Span) -> float:
    """Intersection over union; two empty spans have none."""
    shared = overlap(one, other)
    whole = size(one) + size(other) - shared
    return shared / whole if whole else 0.0


def sentence_bounds(text: str) -> list[int]:
    """Starts of sentences, and the end of the text; found without the product's own splitter."""
    bounds = [0]
    for found in _END.finditer(text):
        before = text[max(bounds[-1], found.start() - 12) : found.start() + 1]
        if found.group().startswith(".") and _SHORT.search(before.splitlines()[-1]):
            continue
        bounds.append(found.end())
    return [*bounds, len(text)]


def sentence_of(bounds: Sequence[int], span: Span) -> Span:
    """The sentence, or run of sentences, that holds the span."""
    start = max(bound for bound in bounds if bound <= span[0])
    end = min(bound for bound in bounds if bound >= span[1])
    return start, end


def room(bounds: Sequence[int], gold: Span, others: Sequence[Span]) -> Span:
    """What of the gold claim's sentence no other gold claim owns; `others` may hold it too."""
    start, end = sentence_of(bounds, gold)
    apart = [other for other in others if not overlap(other, gold)]
    start = max([start, *(other[1] for other in apart if other[1] <= gold[0])])
    end = min([end, *(other[0] for other in apart if other[0] >= gold[1])])
    return start, end


def fits(proposal: Span, gold: Span, within: Span) -> bool:
    """Whether a proposal fits a gold claim whose room is `within`: see the head of this module."""
    if union_share(proposal, gold) >= LEAST_UNION:
        return True
    inside = within[0] <= proposal[0] and proposal[1] <= within[1]
    return inside and overlap(proposal, gold) >= LEAST_COVER * size(gold) > 0


def pair(
    golds: int, proposals: int, worth: Callable[[int, int], float | None]
) -> list[tuple[int, int]]:
    """Largest one-to-one pairing of gold with proposal, in order of gold.

    `worth(gold, proposal)` is None where the two do not fit, else a bonus of 0 to 4 that decides
    among pairings of the same size.
    """
    if not golds or not proposals:
        return []
    value = np.zeros((golds, proposals))
    for row in range(golds):
        for column in range(proposals):
            bonus = worth(row, column)
            value[row, column] = 0.0 if bonus is None else COUNT_FIRST + bonus
    rows, columns = linear_sum_assignment(value, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)
            if value[row, column] > 0]  # fmt: skip
