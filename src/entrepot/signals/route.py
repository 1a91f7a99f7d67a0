"""The rest of a route, for one lead: a second hub, and the series of what the hub sold on.

Both ask the engine, so it must be open; where no other country reports, nothing is asked. Three
excesses in a row are consistent with a chain of two hubs and no more: see `legs.chain`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from entrepot.codes.period import is_month
from entrepot.signals.check import Check
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.legs.chain import Excess, chain_check, second_hub
from entrepot.signals.legs.onward import Floats, Onward, choose, excess_over
from entrepot.signals.panel import clean_until
from entrepot.units import LOW_BASE_PER_MONTH, MONTHS_PER_YEAR

Series = tuple[float | None, ...]
"""One value a period of the panel, in its currency; null: the source is silent."""


@dataclass(frozen=True)
class Route:
    """The chain of two hubs of one lead; money over its window, in its currency.

    `value` is the least of three excesses (coalition to hub, hub to second hub, on to the target),
    `low` and `high` the least of their ends. Null: no country has figures for all three legs.
    `hub` null with a `value` of 0: nowhere are all three above expectation.
    """

    hub: str | None
    value: float | None
    low: float | None
    high: float | None
    check: Check


def route(lead: Lead, found: Findings) -> Route:
    """Look for a second hub between a lead's hub and the target.

    How sales between hubs usually change is read from goods that no measure on the target touched;
    measures on a second hub itself (Belarus) are not taken out of them.

    Args:
        lead: a lead of the run.
        found: the run; its engine is still open.
    """
    around = lead.beside
    if around is None or lead.excess is None or not any(around.onward.source):
        return _route(lead, None, None, None, None)
    between = _between(lead, found)
    if not any(between.source):
        return _route(lead, None, None, None, None)
    here = slice(lead.place[1], lead.place[1] + 1)
    bought = Excess(*(_array(one) for one in (lead.excess, lead.excess_low, lead.excess_high)))
    barred = found.legs.members | {lead.target}
    among, onward = Excess.of(between, here), Excess.of(around.onward, here)
    second = second_hub(lead.hub, around.hubs, bought, among, onward, barred)
    value, low, high = (_number(one[0]) for one in (second.value, second.low, second.high))
    return _route(lead, second.hub[0], value, low, high)


def onward_series(leads: Sequence[Lead], found: Findings) -> dict[str, Series]:
    """What the hubs of these leads sold to the target, by lead; without those nobody reports.

    Args:
        leads: leads of the run.
        found: the run; its engine is still open.
    """
    if not found.legs.reports.digits:
        return {}
    own, mirror = found.legs.onward()
    told: dict[str, Series] = {}
    for lead in leads:
        if lead.beside is None or lead.onward_source is None:
            continue
        leg = choose(own, mirror, lead.beside.window, found.panel.periods)
        told[lead.lead_id] = tuple(_number(one) for one in leg.values[lead.place])
    return told


def _between(lead: Lead, found: Findings) -> Onward:
    """What the hub sold to every other one, above expectation."""
    assert lead.beside is not None
    panel, window = found.panel, lead.beside.window
    free = np.array([one.is_comparable and not one.is_restricted for one in panel.baskets])
    months = 1 if is_month(panel.periods[0]) else MONTHS_PER_YEAR
    return excess_over(
        choose(*found.legs.between(lead.hub), window, panel.periods), free, window, panel.periods,
        clean_until=clean_until(panel), low_base=LOW_BASE_PER_MONTH * months,
    )  # fmt: skip


def _route(
    lead: Lead, hub: str | None, value: float | None, low: float | None, high: float | None
) -> Route:
    check = chain_check(lead.hub, hub, lead.target, value, low, high, lead.currency)
    return Route(hub, value, low, high, check)


def _array(value: float | None) -> Floats:
    return np.array([np.nan if value is None else value])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
