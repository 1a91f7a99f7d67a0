"""Likelihood ratios: by how much a piece of evidence moves the odds of a claim.

A ratio is P(this evidence | the claim is true) / P(this evidence | it is not). Above 1 it speaks
for the claim, below 1 against it. No study gives these numbers for trade claims: they are
choices of this project, printed with every standing, so that a reader can put in others. What
they keep to is known: an unknown source says little; a denial by the party named says hardly
anything, since it would come either way; copies of one source say nothing new.
"""

from dataclasses import dataclass
from typing import Final

BY_RELIABILITY: Final = {"A": 8.0, "B": 5.0, "C": 3.0, "D": 1.5, "E": 1.0, "F": 1.2}
"""Ratio of one root's word for a claim, by the letter of its grade. F (nobody has judged it) moves
hardly anything, so a claim that rests on one unknown source stays a roughly even chance. Choice."""

BY_CREDIBILITY: Final = {1: 1.0, 2: 1.0, 3: 1.0, 4: 0.5, 5: 0.0, 6: 1.0}
"""Power to which that ratio is raised, by the digit. A doubtful statement counts half (in logs), an
improbable one nothing. 1 ("confirmed by other sources") adds nothing here: the others are roots of
their own and would be counted twice. Choice."""

HEDGED: Final = 0.5
"""Power for a statement that its own author hedges ("probably"). Choice."""

DENIAL_BY_NAMED: Final = 1 / 1.2
"""Ratio of a denial by the party that is named: it would be denied in either case. Choice."""

SUPPORTED, CONTRADICTED = 10.0, 0.1
"""Ratio of a test against records that came out for or against the claim as it was said. Not
more: records see a part of the world (one publisher, direct trade, listed codes). Choice."""

TESTIMONY_CAP: Final = 50.0
"""Largest ratio of all words together, for or against: sources that look independent may share
one that nobody sees. Choice."""

PRIORS: Final = (0.3, 0.5, 0.7)
"""Probability before any evidence: low, middle, high. The middle one is used, the outer ones give
the range that is printed: nobody knows the base rate of true claims of a kind. Choice."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One likelihood ratio of a standing, with where it is from.

    Attributes:
        name: what it is from ("root: the General Staff").
        ratio: the likelihood ratio; 1: it moves nothing.
        why: how the ratio came about, in words and numbers.
        refs: ids of the evidence, report or record rows behind it.
    """

    name: str
    ratio: float
    why: str
    refs: tuple[str, ...] = ()


def word_ratio(
    reliability: str | None, credibility: int | None, *, hedged: bool = False
) -> tuple[float, str]:
    """Ratio of one root's word for a claim, and how it came about.

    Args:
        reliability: letter of the Admiralty code; null: not judged, taken as F.
        credibility: its digit; null: not judged, taken as 6.
        hedged: the root itself hedges.
    """
    letter, digit = reliability or "F", credibility or 6
    base, power = BY_RELIABILITY[letter], BY_CREDIBILITY[digit] * (HEDGED if hedged else 1.0)
    words = f"reliability {letter}: {base:g}"
    if BY_CREDIBILITY[digit] != 1:
        words += f", credibility {digit}: to the power of {BY_CREDIBILITY[digit]:g}"
    if hedged:
        words += f", hedged by its author: to the power of {HEDGED:g}"
    return float(base**power), words


def posterior(prior: float, ratio: float) -> float:
    """Probability after evidence: odds times ratio (Bayes)."""
    odds = prior / (1 - prior) * ratio
    return odds / (1 + odds)


def capped(ratio: float) -> float:
    """A product of words held within `TESTIMONY_CAP` on either side."""
    return min(max(ratio, 1 / TESTIMONY_CAP), TESTIMONY_CAP)
