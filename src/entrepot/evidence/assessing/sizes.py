"""The number that a claim gives for a change of trade, beside the one in the figures."""

import re
from dataclasses import dataclass, replace
from typing import Final

from entrepot.evidence.assessing.assessment import Ground
from entrepot.evidence.assessing.numbers import Said, amount, points
from entrepot.evidence.assessing.rates import is_currency, rate
from entrepot.evidence.assessing.views import View
from entrepot.evidence.assessing.windows import Window, spelled
from entrepot.evidence.claim import Claim
from entrepot.signals.amounts import money

_ABOUT: Final = r"(?:about|around|nearly|almost|some|over|more than|почти|примерно|майже|близько)?"
LEVEL_BEFORE: Final = re.compile(rf"\b(?:to|до)\s+{_ABOUT}\s*[$€£]?\s*$", re.IGNORECASE)
LEVEL: Final = re.compile(rf"\b(?:to|до)\s+{_ABOUT}\s*[$€£]?\s*\d", re.IGNORECASE)
"""Words before a number by which it is a level: at the end of the words before it, or in a text."""


@dataclass(frozen=True)
class Sums:
    """The money of a claim's time and of the time before, of one record.

    `base` null: the time before is not held. `higher` and `lower` count pairs of periods.
    """

    view: View
    window: Window
    now: float
    base: float | None
    higher: int
    lower: int
    ground: Ground

    @property
    def currency(self) -> str:
        """Of all money here."""
        return self.view.series.currency

    @property
    def change(self) -> float | None:
        """Now over base, less one; null where there is no base, or nothing before."""
        return None if not self.base else self.now / self.base - 1

    def money(self, value: float) -> str:
        """An amount in words."""
        return money(value, self.currency)


def size(
    claim: Claim, found: Sums, moved: float
) -> tuple[Said | None, float | None, tuple[str, ...]]:
    """The size as said, as in the records, and that in words; cautions follow."""
    base, unit = found.base or 0.0, claim.unit or ""
    if unit in ("%", "share"):
        if not base:
            return None, None, ("There was no trade before, so no percentage can be given.",)
        return points(claim), 100 * moved / base, (f"{moved / base * 100:.1f} %",)
    if unit == "times":
        if not base or not found.now:
            return None, None, ("There was no trade on one side, so no factor can be given.",)
        ratio = max(found.now / base, base / found.now)
        if claim.quantity and 0 < claim.quantity < 1:  # "halved": 0.5 times is a factor of 2
            claim = replace(claim, quantity=1 / claim.quantity, quantity_to=None)
        return amount(claim), ratio, (f"a factor of {ratio:.1f}",)
    if is_currency(unit):
        factor = rate(unit, found.currency, found.window.now)
        if factor is None:
            return None, None, (f"No reference rate of {unit} for that time, so the size stays "
                                "untested.",)  # fmt: skip
        actual = found.now if is_level(claim) else moved
        return amount(claim, factor), actual, (
            found.money(actual), *converted(unit, found, factor)
        )  # fmt: skip
    if claim.quantity is None:
        return None, None, ()
    return None, None, (f"The size is given in {unit or 'no unit'}, the figures are in money: it "
                        "stays untested.",)  # fmt: skip


def is_level(claim: Claim) -> bool:
    """Whether the number is what trade came to, and not by how much: "rose to EUR 5 m"."""
    spans = claim.parts.get("quantity", ())
    before = claim.text[: max(0, spans[0][0] - claim.span[0])] if spans else claim.text
    return bool((LEVEL_BEFORE if spans else LEVEL).search(before))


def converted(unit: str, found: Sums, factor: float | None) -> tuple[str, ...]:
    """A sentence on the exchange rate; none where it is the same currency, or there is none."""
    if unit == found.currency or factor is None:
        return ()
    return (
        f"{unit} 1 was taken as {found.currency} {factor:.4g}, the mean of the ECB's reference "
        f"rates in {spelled(found.window.now)}.",
    )
