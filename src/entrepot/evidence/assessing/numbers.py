"""Whether a number in a claim and a number from records say the same, within what was printed."""

from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Final

from entrepot.evidence.claim import Claim

ROUNDED_SHARE: Final = 0.05
"""A printed amount is taken to be rounded to its last digit that is not zero, but never by more
than this share of it: "1 million" is not taken for anything from 0.5 to 1.5. A choice."""

ABOUT_SHARE: Final = 0.20
"""How far "about" reaches, as a share of the number. A choice."""

NEAR_SHARE: Final = 0.20
"""Up to this far off, another basis (freight, vintage, exchange rate) may explain the difference,
and the claim holds partly. A choice."""

PERCENT_POINTS: Final = 0.5
"""Rounding of a percentage without decimals."""

WORD_POINTS: Final = 5.0
"""Rounding of a share in words ("half", "a third") and of "about N %", in points. A choice."""


MOST_DIGITS: Final = 1e12
SMALLEST_STEP: Final = 1e-6
SAME: Final = 1e-9
"""Parts by which adding up and dividing may be off."""


@dataclass(frozen=True)
class Said:
    """The number of a claim: [`low`, `high`] as printed with its rounding; null end: open."""

    low: float | None
    high: float | None

    def holds(self, value: float) -> bool:
        """Whether a value lies inside; ends included."""
        under = self.low is not None and value < self.low - _grain(self.low)
        return not under and not (self.high is not None and value > self.high + _grain(self.high))

    def is_near(self, value: float) -> bool:
        """Whether a value lies inside, or off by `NEAR_SHARE` at most."""
        low = None if self.low is None else self.low - NEAR_SHARE * abs(self.low)
        high = None if self.high is None else self.high + NEAR_SHARE * abs(self.high)
        return Said(low, high).holds(value)


def in_digits(value: float) -> str:
    """A number with all its digits: 2,000,000 and 1,234,567, never rounded to six of them."""
    return f"{value:,.12g}" if abs(value) < MOST_DIGITS else f"{value:,.3e}"


def _grain(value: float) -> float:
    """What adding up may be off by, so that an end belongs to its range."""
    return SAME * max(1.0, abs(value))


def amount(claim: Claim, factor: float = 1.0) -> Said | None:
    """The amount that a claim prints, times `factor` (an exchange rate); null: none."""
    ends = _ends(claim)
    if ends is None:
        return None
    low, high = ends
    wide = ABOUT_SHARE if claim.bound == "about" else 0.0
    return _bounded(
        claim.bound,
        (low - max(rounding(low), wide * abs(low))) * factor,
        (high + max(rounding(high), wide * abs(high))) * factor,
    )


def points(claim: Claim) -> Said | None:
    """The percentage that a claim prints, in points; a share of 0.5 ("half") is 50. Null: none."""
    ends = _ends(claim)
    if ends is None:
        return None
    is_word = claim.unit == "share" or claim.bound == "about"
    low, high = (100.0 * one if claim.unit == "share" else one for one in ends)
    wide = WORD_POINTS if is_word else 0.0
    return _bounded(claim.bound, low - max(_digits(low), wide), high + max(_digits(high), wide))


def _ends(claim: Claim) -> tuple[float, float] | None:
    value, upper = claim.quantity, claim.quantity_to
    if value is None or not isfinite(value):
        return None
    if upper is None or not isfinite(upper):
        return value, value
    return min(value, upper), max(value, upper)


def _bounded(bound: str | None, low: float, high: float) -> Said:
    """The range that a bound leaves: "at least" has no upper end."""
    if bound in ("at_least", "more_than"):
        return Said(low, None)
    if bound in ("at_most", "less_than"):
        return Said(None, high)
    return Said(low, high)


def _digits(value: float) -> float:
    """Rounding of a percentage: half of its last decimal."""
    return PERCENT_POINTS if value == round(value) else PERCENT_POINTS / 10


def rounding(value: float) -> float:
    """Half of the last digit that is not zero, at most `ROUNDED_SHARE` of the value."""
    if not value:
        return 0.0
    step = 10.0 ** floor(log10(abs(value)))
    while step > SMALLEST_STEP and abs(value / step - round(value / step)) > SAME:
        step /= 10
    return min(step / 2, ROUNDED_SHARE * abs(value))
