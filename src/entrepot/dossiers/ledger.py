"""The numbers of one lead as lines that page and screen share: what, value, and its two ends."""

from dataclasses import dataclass
from typing import Final

from entrepot.codes.country import name
from entrepot.signals.amounts import money, percent
from entrepot.signals.lead import Lead

NOT_MEASURED: Final = "not measured"


@dataclass(frozen=True)
class Line:
    """One number in words, with its unit; `low` and `high` are empty where it has no interval.

    `value` is empty where only a range is known, and "not measured" where the number is null.
    """

    what: str
    value: str
    low: str = ""
    high: str = ""

    @property
    def is_measured(self) -> bool:
        """Whether there is a number."""
        return self.value != NOT_MEASURED


def ledger(lead: Lead) -> tuple[Line, ...]:
    """All lines of a lead, in the order in which they are reckoned."""
    return (*expectations(lead), *legs(lead), *arrival(lead), *judgement(lead))


def expectations(lead: Lead) -> tuple[Line, ...]:
    """What was bought, and both expectations; the one that was used has the interval."""
    span = f"{lead.period_from} to {lead.period_to}" if lead.period_from else "no window"
    bought = _money(lead, f"actual, {span}", lead.actual)
    usual = _money(lead, "the same months before, on average", lead.usual)
    past = _expected(lead, "its own past and growth", lead.expected_past, not lead.is_panel)
    panel = _expected(lead, "the panel model", lead.expected_panel, lead.is_panel)
    return (bought, usual, past, panel)


def _expected(lead: Lead, by: str, value: float | None, is_used: bool) -> Line:
    if value is None or not is_used:
        return _money(lead, f"expected by {by}", value)
    low = None if lead.excess_high is None else (lead.actual or 0.0) - lead.excess_high
    high = None if lead.excess_low is None else (lead.actual or 0.0) - lead.excess_low
    return _money(lead, f"expected by {by} (used)", value, low, high)


def legs(lead: Lead) -> tuple[Line, ...]:
    """The three legs, and the room that all of them leave."""
    hub, target = name(lead.hub), name(lead.target)
    source = f", by {lead.onward_source}" if lead.onward_source else ""
    share = f" ({percent(lead.vanished_share)})" if lead.vanished_share is not None else ""
    return (
        _money(lead, f"coalition to {hub}, above expectation",
               lead.excess, lead.excess_low, lead.excess_high),
        _money(lead, f"{hub} to {target}, above expectation{source}",
               lead.onward_excess, lead.onward_low, lead.onward_high),
        _money(lead, f"coalition to {target}, same months before", lead.direct_before),
        _money(lead, f"coalition to {target}, direct loss{share}", lead.direct_loss),
        _range(lead, "room for rerouting on all three legs",
               lead.rerouted_low, lead.rerouted_high),
        _shares("that room over the direct loss",
                lead.substitution_low, lead.substitution_high),
    )  # fmt: skip


def arrival(lead: Lead) -> tuple[Line, ...]:
    """The rise split by the hub's own import figures, freight of 0 to 20 % allowed for."""
    hub = name(lead.hub)
    return (
        _money(lead, f"of the rise, arrived in {hub}", lead.arrived),
        _money(lead, "of the rise, undecidable for its freight", lead.undecidable),
        _money(lead, f"of the rise, missing in {hub}", lead.missing),
        _shares("of the rise, missing share", lead.phantom_share_low, lead.phantom_share_high),
    )


def judgement(lead: Lead) -> tuple[Line, ...]:
    """What decides the place in the list."""
    return (
        _plain("steadiness (-1 to 1)", lead.steadiness, 2),
        _plain("q (expected false share down to here)", lead.q_value, 3),
        _plain("score (0 to 1), which gives the rank", lead.score, 2),
    )


def _money(
    lead: Lead, what: str, value: float | None, low: float | None = None, high: float | None = None
) -> Line:
    if value is None:
        return Line(what, NOT_MEASURED)
    ends = ("" if one is None else money(one, lead.currency) for one in (low, high))
    return Line(what, money(value, lead.currency), *ends)


def _range(lead: Lead, what: str, low: float | None, high: float | None) -> Line:
    if low is None or high is None:
        return Line(what, NOT_MEASURED)
    return Line(what, "", money(low, lead.currency), money(high, lead.currency))


def _shares(what: str, low: float | None, high: float | None) -> Line:
    if low is None or high is None:
        return Line(what, NOT_MEASURED)
    return Line(what, "", percent(low), percent(high))


def _plain(what: str, value: float | None, digits: int) -> Line:
    return Line(what, NOT_MEASURED if value is None else f"{value:.{digits}f}")
