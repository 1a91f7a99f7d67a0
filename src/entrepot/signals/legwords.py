"""Sentences on the other legs of a lead: sold on, arrived, and the room that they leave."""

from entrepot.codes.country import name
from entrepot.signals.amounts import money
from entrepot.signals.lead import Lead
from entrepot.signals.ranges import amounts, interval, shares


def legs_told(lead: Lead) -> list[str]:
    """A sentence for each leg that was measured, and for the room that all of them leave."""
    hub, target, unit = name(lead.hub), name(lead.target), lead.currency
    said = []
    if lead.onward_excess is not None:
        bounds = _bounds(lead.onward_low, lead.onward_high, unit)
        side = "above" if lead.onward_excess >= 0 else "below"
        said.append(
            f"By {lead.onward_source}: {hub} sold {money(abs(lead.onward_excess), unit)} {side} "
            f"expectation to {target}{bounds}."
        )
    if lead.rerouted_low is not None and lead.rerouted_high is not None:
        room = amounts(lead.rerouted_low, lead.rerouted_high, unit)
        said.append(
            f"All three legs leave room for {room} of rerouting{_of_loss(lead)} (90 % interval"
            f"{', of the rise only what arrived' if lead.arrived is not None else ''})."
        )
    if lead.arrived is not None and lead.undecidable is not None and lead.missing is not None:
        said.append(
            f"By {hub}'s own import figures {money(lead.arrived, unit)} of the rise arrived, "
            f"{money(lead.missing, unit)} did not, and for {money(lead.undecidable, unit)} the "
            "freight (0 to 20 %) decides."
        )
    return said


def _of_loss(lead: Lead) -> str:
    if lead.substitution_low is None or lead.substitution_high is None:
        return ""
    return f", {shares(lead.substitution_low, lead.substitution_high)} of the direct loss"


def _bounds(low: float | None, high: float | None, unit: str) -> str:
    return "" if low is None or high is None else f" ({interval(low, high, unit)})"
