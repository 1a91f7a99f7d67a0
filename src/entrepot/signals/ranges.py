"""Two ends in words: `low to high`, or the one amount to which both round."""

from entrepot.signals.amounts import money, percent


def amounts(low: float, high: float, currency: str = "") -> str:
    """Money from `low` to `high`: `EUR 1.00 m to EUR 2.00 m`; said once where both print alike."""
    return joined(money(low, currency), money(high, currency))


def shares(low: float, high: float) -> str:
    """Shares (0 to 1) from `low` to `high`: `3 % to 10 %`; said once where both print alike."""
    return joined(percent(low), percent(high))


def joined(low: str, high: str, to: str = " to ") -> str:
    """Two printed ends, or one where they are the same text."""
    return low if low == high else f"{low}{to}{high}"


def interval(low: float, high: float, currency: str = "") -> str:
    """The two ends of an interval, for brackets; that they only round alike is said.

    A single amount beside a value would look like another estimate, or like certainty.
    """
    first, last = money(low, currency), money(high, currency)
    return f"both ends round to {first}" if first == last else joined(first, last)
