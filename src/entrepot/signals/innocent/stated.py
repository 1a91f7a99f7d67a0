"""What is stated of a lead, as far as its innocent explanations are measured against it."""

from dataclasses import dataclass

from entrepot.signals.amounts import money


@dataclass(frozen=True)
class Stated:
    """The rise that is tested: money in `currency` over the window.

    `expected` includes the growth that the method allows for; `before` is the value of the same
    calendar months before, without any (`Facts.before`). Null `direct_loss`: no figures of direct
    trade. `has_onward`: figures of what the hub sold on to the target are loaded.
    """

    hub: str
    target: str
    currency: str
    actual: float
    expected: float
    before: float
    direct_loss: float | None = None
    has_onward: bool = False

    @property
    def excess(self) -> float:
        """Actual less expected."""
        return self.actual - self.expected

    @property
    def growth(self) -> float:
        """The growth that is expected (dimensionless); 1 where nothing was bought before."""
        return self.expected / self.before if self.before else 1.0

    def untested(self) -> str | None:
        """Why no explanation of a rise can be tested; null where one can."""
        return None if self.excess > 0 else "it did not rise"

    def rose(self) -> str:
        """The rise in words: how many times as much as expected."""
        if not self.expected:
            return "nothing was expected"
        ratio = self.actual / self.expected
        return f"it is {ratio:.{0 if ratio >= 9.95 else 1}f} times what was expected"

    def worth(self, value: float) -> str:
        """An amount in the lead's currency."""
        return money(value, self.currency)
