"""The heat map: hubs against goods, as a table: read aloud, searched, printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.codes.country import name
from entrepot.signals.amounts import money, percent
from entrepot.signals.lead import Lead

STEPS: Final = (0.75, 0.85, 0.90, 0.95)
"""Scores at which the colour of a lead gets stronger (0 to 1). Those of the figures that ship lie
between 0.65 and 0.99, half of them above 0.80."""


@dataclass(frozen=True)
class Cell:
    """One hub x goods. `kind` is a CSS class: rise1 to rise5, pale, fall, flat or none."""

    kind: str
    text: str
    words: str


@dataclass(frozen=True)
class HeatRow:
    """One kind of goods with a cell for each hub."""

    code: str
    commodity: str
    cells: tuple[Cell, ...]


def heat_rows(leads: Sequence[Lead], hubs: Sequence[str], most: int = 35) -> tuple[HeatRow, ...]:
    """Goods with the strongest lead first, at most `most` of them."""
    best: dict[str, float] = {}
    by_place: dict[tuple[str, str], Lead] = {}
    for lead in leads:
        by_place[lead.basket.basket_id, lead.hub] = lead
        if lead.status == "lead":
            basket = lead.basket.basket_id
            best[basket] = max(best.get(basket, 0.0), lead.score)
    order = sorted(best, key=lambda basket: (-best[basket], basket))[:most]
    rows = []
    for basket in order:
        found = [by_place.get((basket, hub)) for hub in hubs]
        one = next(lead for lead in found if lead is not None)
        cells = tuple(_cell(lead, hub) for lead, hub in zip(found, hubs, strict=True))
        rows.append(HeatRow(one.commodity_code, one.commodity, cells))
    return tuple(rows)


def step_words() -> tuple[str, ...]:
    """What the five colours of a lead mean, weak to strong."""
    first, *rest = STEPS
    return (f"below {first:.2f}", *(f"{one:.2f}" for one in STEPS[:-1]), f"{rest[-1]:.2f} and more")


def _cell(lead: Lead | None, hub: str) -> Cell:
    if lead is None or lead.excess is None or lead.actual is None:
        return Cell("none", "", f"{name(hub)}: no trade, or not comparable")
    amount = money(lead.excess, lead.currency)
    if lead.status == "lead":
        step = 1 + sum(lead.score >= limit for limit in STEPS)
        words = f"{name(hub)}: lead, {amount} above expectation, score {lead.score:.2f}"
        return Cell(f"rise{step}", _short(lead.excess), words)
    if lead.status == "fall":
        share = 1 - lead.actual / lead.usual if lead.usual else 0.0
        return Cell("fall", f"-{percent(share)}", f"{name(hub)}: fell by {percent(share)}")
    if lead.excess > 0:
        words = f"{name(hub)}: {amount} above expectation, below the threshold"
        return Cell("pale", _short(lead.excess), words)
    return Cell("flat", "·", f"{name(hub)}: not above expectation")


def _short(value: float) -> str:
    return "+" + money(value, "").strip()
