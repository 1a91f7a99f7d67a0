"""Sentences on what would have been bought anyway: both expectations, and the growth."""

import numpy as np

from entrepot.codes.country import name
from entrepot.signals.amounts import money
from entrepot.signals.growth import MIN_FREE_GOODS
from entrepot.signals.lead import Lead
from entrepot.signals.recency import counted

GREW = 1.005
"""Growth up to this prints as 1.00 and is told as none (dimensionless)."""


def expectations_told(lead: Lead) -> list[str]:
    """Both expectations, which was used, and why."""
    if lead.expected_past is None:
        return []
    past = money(lead.expected_past, lead.currency)
    if lead.expected_panel is None:
        why = lead.panel_reason or _why_silent(lead)
        return [f"Expected from its own past: {past}. The panel model says nothing: {why}."]
    panel = money(lead.expected_panel, lead.currency)
    used = "the panel model" if lead.is_panel else "its own past"
    return [
        f"Expected two ways: {panel} by a panel model of the trade that no ban touched, {past} by "
        f"its own past and growth. Used: {used}, as {_why_used(lead)}."
    ]


def _why_silent(lead: Lead) -> str:
    """Why a model that was fitted expects nothing here."""
    if not any(lead.values[i] for i in lead.before):
        return "these goods were not sold there before"
    return "the trade that no ban touched does not show the demand there over all these periods"


def _why_used(lead: Lead) -> str:
    if lead.past_miss is None or lead.panel_miss is None:
        return "there are too few placebo cells to try the model on"
    if not lead.is_panel and lead.panel_miss < lead.past_miss:
        return "it was traded in fewer than half of the periods before, too few for the model"
    near, far = (f"{np.exp(miss):.2f}" for miss in sorted((lead.past_miss, lead.panel_miss)))
    if near == far:
        return (
            f"on placebo cells of this size both are usually off by a factor of {near}, this one "
            "by a little less"
        )
    return (
        f"on placebo cells of this size it is usually off by a factor of {near}, the other by {far}"
    )


def growth_told(lead: Lead) -> list[str]:
    """The growth that was allowed for, or why none was."""
    if lead.growth is None:
        return []
    hub = name(lead.hub)
    if lead.allowed <= GREW:
        own = " beside that of the panel model" if lead.is_panel else ""
        return [f"{_no_growth(lead, hub)}; none was allowed for{own}."]
    if lead.goods_growth is not None and lead.goods_growth > lead.growth:
        return [
            f"Allowed for: the median of {lead.destinations} destinations bought "
            f"{lead.goods_growth:.2f} times as much of these goods."
        ]
    return [
        f"Allowed for: {hub}'s purchases of unrestricted goods, counted as {lead.growth:.2f} times "
        f"the level before{'' if lead.is_panel else ', in the expectation too'}."
    ]


def _no_growth(lead: Lead, hub: str) -> str:
    """Why no growth of the hub was allowed for: it did not grow, or too few goods show it."""
    free = lead.free_goods
    if free is None or free >= MIN_FREE_GOODS:
        return f"{hub}'s purchases of unrestricted goods did not grow"
    return (
        f"{hub}'s own growth is not measured: {counted(free, 'unrestricted good')} traded in the "
        f"months compared, {MIN_FREE_GOODS} needed"
    )
