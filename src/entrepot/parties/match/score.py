"""From the evidence of two names to one score, 0 to 1.

A sum of weighted measures, as in logistic regression, stretched so that 0.7 is the point where
about 3 of 1,000 unlisted names raise an alarm. Every weight is at least 0, so that more agreement
never lowers a score. The weights were fitted on one half of the development aliases and tried on
the other (docs/screening.md). The score ranks; it is not a probability.
"""

import math
from dataclasses import dataclass

from entrepot.parties.match.evidence import Evidence

MATCHED_CAP = 2.5
"""Matched weight beyond which more words prove no more: about three rare words."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the measures of `Evidence`, of logic-v2's score, and the sum that scores 0.7."""

    query_share: float
    listed_share: float
    product: float
    matched: float
    worst: float
    exact: float
    order: float
    rarest: float
    conflict: float
    weak: float
    logic: float
    at_070: float


PERSONS = Weights(3.96, 0.61, 3.83, 3.09, 1.99, 1.48, 1.82, 0.37, 3.0, 1.39, 0.0, 15.4)
OTHERS = Weights(1.85, 1.32, 3.53, 5.17, 2.67, 0.86, 0.3, 0.0, 3.0, 2.1, 0.0, 13.9)
PERSONS_JOINT = Weights(2.93, 0.51, 2.92, 2.8, 1.49, 0.77, 1.71, 0.28, 3.0, 1.3, 3.68, 14.15)
OTHERS_JOINT = Weights(1.17, 1.09, 2.71, 4.81, 1.61, 0.84, 0.3, 0.0, 3.0, 2.0, 3.41, 12.92)

MIDDLE_CLASH = 2.5
"""Taken off the sum where patronymics or middle initials differ: fathers of different persons."""

NUMBER_CAP = 0.6
"""Highest score where both names bear a number and the numbers differ (Plant 3, Plant 5)."""

ABOVE, BELOW = 2.5, 4.0
"""How fast the score nears 1 above 0.7, and 0 below it, in units of the sum."""

IDENTICAL, IDENTICAL_WEAK = 0.9, 0.75
"""Least score where every word is the same on both sides; of a weak alias or a single word."""

HOPELESS = -1.0
"""Sum with logic-v2's highest score below which it is not asked: it could not make a hit of it."""

CERTAIN_SHARE = 0.93
"""Share of both names that matched, above which logic-v2 is not asked: it would agree."""

LIKELY, NEUTRAL = 0.9, 0.5
"""What logic-v2 is taken to say of a certain pair, and of any other that it was not asked about."""


def total(evidence: Evidence, weak: bool, weights: Weights, second: float = 0.0) -> float:
    """The weighted sum, above 0 where the pair scores above 0.7."""
    return (
        weights.query_share * evidence.query_share
        + weights.listed_share * evidence.listed_share
        + weights.product * evidence.query_share * evidence.listed_share
        + weights.matched * min(evidence.matched, MATCHED_CAP)
        + weights.worst * evidence.worst
        + weights.exact * evidence.exact
        + weights.order * evidence.order
        + weights.rarest * evidence.rarest
        - weights.conflict * evidence.conflict
        - weights.weak * weak
        + weights.logic * second
        - MIDDLE_CLASH * evidence.middle_clash
        - weights.at_070
    )


def stretched(total: float) -> float:
    """A sum as a score: 0 becomes 0.7, more nears 1, less nears 0."""
    if total >= 0:
        return 1 - 0.3 * math.exp(-total / ABOVE)
    return 0.7 * math.exp(total / BELOW)


def own_total(evidence: Evidence, *, person: bool, weak: bool) -> float:
    """The sum by the own layers alone."""
    return total(evidence, weak, PERSONS if person else OTHERS)


def joint_total(evidence: Evidence, second: float, *, person: bool, weak: bool) -> float:
    """The sum of the own layers and logic-v2's score."""
    return total(evidence, weak, PERSONS_JOINT if person else OTHERS_JOINT, second)


def final(total: float, evidence: Evidence, weak: bool) -> float:
    """A sum as a score, with its bounds: the same name is always shown, other numbers never."""
    if evidence.number_clash:
        return min(NUMBER_CAP, stretched(total))
    return max(stretched(total), floor(evidence, weak))


def floor(evidence: Evidence, weak: bool) -> float:
    """Least score of a pair: a listed name written the same is always shown."""
    if evidence.query_share < 0.9999 or evidence.listed_share < 0.9999:
        return 0.0
    return IDENTICAL_WEAK if weak or evidence.links < 2 else IDENTICAL
