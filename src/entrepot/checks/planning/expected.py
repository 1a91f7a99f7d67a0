"""By how much a check moves a probability on average, before anybody looks."""

from dataclasses import dataclass

from entrepot.checks.planning.worth import Worth


@dataclass(frozen=True, slots=True)
class Expected:
    """What a check would do to one claim.

    Attributes:
        change: mean size of the change over the outcomes, 0 to 1. An outcome that proves nothing
            counts as no change, so this is never too high.
        if_seen: probability after an outcome for the claim.
        if_not_seen: after an outcome against it; null: not seeing it proves nothing.
    """

    change: float
    if_seen: float
    if_not_seen: float | None


def expected(probability: float, row: Worth, look: float) -> Expected:
    """The mean size of the change of a probability.

    The outcomes are: nothing to be told (no image, cloud, a gap), which moves nothing; for the
    claim; and against it, where an absence says anything. Means over outcomes of |after - before|,
    each after by Bayes.

    Args:
        probability: before, 0 to 1.
        row: what the outcome says.
        look: chance of at least one usable look, 0 to 1.
    """
    true, false = row.for_if_true, row.for_if_false
    chance, seen = _after(probability, true, false)
    change = look * row.tells * chance * abs(seen - probability)
    if not row.is_absence_against:
        return Expected(change, seen, None)
    chance, not_seen = _after(probability, 1 - true, 1 - false)
    change += look * row.tells * chance * abs(not_seen - probability)
    return Expected(change, seen, not_seen)


def _after(probability: float, if_true: float, if_false: float) -> tuple[float, float]:
    """Chance of an outcome, and the probability after it."""
    chance = probability * if_true + (1 - probability) * if_false
    return chance, probability * if_true / chance if chance else probability
