"""The standing of a claim: independent roots and records, weighed by printed likelihood ratios.

Counted are roots, not items: seven reports of one statement are one root. The word says how the
evidence lies (`STANDINGS`), the probability how far it moves the odds; neither is a finding of
fact, and both change with the next piece of evidence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

from entrepot.evidence.standing.evidence import AGAINST, FOR, Evidence, RecordTest
from entrepot.evidence.standing.likelihood import (
    CONTRADICTED,
    DENIAL_BY_NAMED,
    PRIORS,
    SUPPORTED,
    Factor,
    capped,
    posterior,
    word_ratio,
)

REFUTED_BELOW: Final = 0.05
"""A claim is called refuted in the lowest band of ICD 203 only ("almost no chance")."""

RECORD_RATIO: Final = {
    "supported": SUPPORTED,
    "contradicted": CONTRADICTED,
    "partly": 1.0,
    "not_testable": 1.0,
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome of weighing.

    Attributes:
        word: one of `records.evidence.STANDINGS`.
        probability: 0 to 1, from the middle prior.
        low, high: the same from the outer priors.
        factors: every ratio used, in order of strength.
        items: reports that say something for or against.
        roots_for, roots_against: labels of independent roots, each once.
        record: the verdict of the records; null: no test was made.
        roots_both: roots that say both, and count on neither side.
    """

    word: str
    probability: float
    low: float
    high: float
    factors: tuple[Factor, ...]
    items: int
    roots_for: tuple[str, ...]
    roots_against: tuple[str, ...]
    record: str | None
    roots_both: tuple[str, ...] = ()


def weigh(evidence: Sequence[Evidence], record: RecordTest | None = None) -> Weighed:
    """Weigh all evidence of one claim; order and repeats of an entry do not matter.

    Of several words that come from one root on one side, the one counts that moves the odds most;
    a root on both sides counts on neither.

    Args:
        evidence: every source's word; empty is allowed.
        record: the test against records; null: none was made.
    """
    sides = {FOR: _by_root(evidence, FOR), AGAINST: _by_root(evidence, AGAINST)}
    both = set(sides[FOR]) & set(sides[AGAINST])
    words = [
        (side, _factor(found, side))
        for side, roots in sides.items()
        for root, found in roots.items()
        if root not in both
    ]
    ratios, tests = [one for _, one in words], _record(record)
    ratio = capped(prod(one.ratio for one in ratios)) * prod(one.ratio for one in tests)
    used = [*ratios, *_cap(prod(one.ratio for one in ratios)), *tests]
    low, middle, high = (posterior(prior, ratio) for prior in PRIORS)
    telling = sum(side == FOR and one.ratio > 1 for side, one in words)
    against = _labels(sides[AGAINST], both)
    verdict = record.verdict if record else None
    return Weighed(
        word=_word(telling, len(against) + len(both), verdict, middle),
        probability=middle,
        low=low,
        high=high,
        factors=tuple(sorted(used, key=lambda one: (-larger_way(one.ratio), one.name))),
        items=len({one.item or one.evidence_id for one in evidence if one.relation in sides}),
        roots_for=_labels(sides[FOR], both),
        roots_against=against,
        record=verdict,
        roots_both=_labels(sides[FOR], set(sides[FOR]) - both),
    )


def _labels(roots: Mapping[str, Sequence[Evidence]], without: set[str]) -> tuple[str, ...]:
    return tuple(sorted(found[0].root_label for root, found in roots.items()
                        if root not in without))  # fmt: skip


def _cap(product: float) -> list[Factor]:
    """What the cap takes off, so that the ratios that are printed multiply to the one used."""
    held = capped(product)
    if held == product:
        return []
    return [Factor("cap on all words together", held / product,
                   f"together {product:.3g}, held to {held:.3g}")]  # fmt: skip


def larger_way(ratio: float) -> float:
    """The larger of a ratio and its inverse: how far it is from 1, the same for 5 and 1/5."""
    return max(ratio, 1 / ratio)


def _by_root(evidence: Sequence[Evidence], side: str) -> Mapping[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for one in sorted(evidence, key=lambda one: one.evidence_id):
        if one.relation == side:
            found.setdefault(one.root, []).append(one)
    return dict(sorted(found.items()))


def _factor(found: Sequence[Evidence], side: str) -> Factor:
    """The factor of one root: of its words the one that moves the odds most."""
    ratio, why = max((_ratio(one, side) for one in found), key=lambda pair: larger_way(pair[0]))
    copies = len({one.item or one.evidence_id for one in found})
    if copies > 1:
        why += f"; {copies} items, one root, counted once"
    refs = tuple(dict.fromkeys(one.evidence_id for one in found))
    sign = "for" if side == FOR else "against"
    return Factor(f"root {sign}: {found[0].root_label}", ratio, why, refs)


def _ratio(one: Evidence, side: str) -> tuple[float, str]:
    if one.is_denial:
        why = f"a denial by the party named, which would come in either case: {DENIAL_BY_NAMED:.2f}"
        return DENIAL_BY_NAMED, why
    ratio, why = word_ratio(one.reliability, one.credibility, hedged=one.is_hedged)
    return (ratio, why) if side == FOR else (1 / ratio, f"{why}; against, so one over it")


def _record(record: RecordTest | None) -> list[Factor]:
    if record is None or RECORD_RATIO[record.verdict] == 1:
        return []
    ratio = RECORD_RATIO[record.verdict]
    return [Factor(f"records: {record.verdict}", ratio, f"a test that came out: {ratio:g}",
                   record.refs)]  # fmt: skip


def _word(roots_for: int, against: int, verdict: str | None, probability: float) -> str:
    """How the evidence lies. Records count as one more observer on the side they took.

    `roots_for` are those whose word moves the odds: an unreliable source corroborates nothing.
    """
    pro = roots_for + (verdict == "supported")
    contra = against + (verdict == "contradicted")
    if contra and probability < REFUTED_BELOW:
        return "refuted"
    if contra:
        return "contested"
    return "corroborated" if pro >= 2 else "uncorroborated"
