"""Quantity: a price rise looks like more trade when only values are compared.

Where the publisher prints masses, the rise must also be there in kilograms. Pitfall: currency and
price; the remedy is quantities beside values. Innocent reasons for a dearer kilogram: shortage,
a better mix of goods, the exchange rate.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from entrepot.signals.amounts import percent
from entrepot.signals.check import NOT_TESTABLE, Check, outcome
from entrepot.signals.innocent.series import Cells, Floats, sides
from entrepot.signals.innocent.source import Source
from entrepot.signals.innocent.stated import Stated
from entrepot.signals.windows import Window

QUESTION = "Did the quantity rise too, and not only the price?"

MASS_SHARE = 0.90
"""Masses count for a cell when the rows that print one hold this share of its value, before and
after: else a change of what is printed would look like a change of quantity."""


@dataclass(frozen=True)
class Masses:
    """Net mass in kg, and the value of the rows that print one: hubs x baskets x periods."""

    mass: Cells
    value: Cells


def masses(source: Source) -> Masses:
    """What the figures print of masses, of restricted goods sold to the hubs."""
    rows = source.exports()
    weighed = rows.filter(rows.net_mass_kg.notnull(), rows.partner.isin(list(source.hubs)))
    columns = ("net_mass_kg", "value")
    found = source.summed(weighed, source.restricted, ["partner"], columns)
    mass, value = (source.cells(found, source.hubs, "partner", one) for one in columns)
    return Masses(mass, value)


@dataclass(frozen=True)
class Quantity:
    """Net mass in kg over the window, hubs x baskets; nan where too few rows print one."""

    before: Floats
    after: Floats


def quantity(masses: Masses | None, before: Floats, after: Floats, window: Window) -> Quantity:
    """Quantities of one window.

    Args:
        masses: what the figures print; null: nothing.
        before: value of each cell in the season before, over the whole window.
        after: value of each cell after.
        window: the periods compared.
    """
    nothing = np.full(before.shape, np.nan)
    if masses is None:
        return Quantity(nothing, nothing)
    kg_before, kg_after = sides(masses.mass, window)
    worth_before, worth_after = sides(masses.value, window)
    whole = (worth_before >= MASS_SHARE * before) & (worth_after >= MASS_SHARE * after)
    seen = whole & (kg_before + kg_after > 0)
    return Quantity(np.where(seen, kg_before, np.nan), np.where(seen, kg_after, np.nan))


def check(kg_before: float | None, kg_after: float | None, lead: Stated) -> Check:
    """Whether the mass, too, rose by more than the growth that is allowed for."""
    if (why := lead.untested()) is not None:
        return Check(QUESTION, NOT_TESTABLE, why)
    if kg_before is None or kg_after is None:
        need = f"the figures print no mass for {percent(MASS_SHARE)} of the value, before and after"
        return Check(QUESTION, NOT_TESTABLE, need)
    growth = max(1.0, lead.growth)
    grown = f", growth of {growth:.2f} times allowed for" if growth > 1 else ""
    detail = f"{_kg(kg_after)} against {_kg(kg_before)} in the same periods before{grown}"
    return Check(QUESTION, outcome(kg_after > kg_before * growth), detail)


def _kg(mass: Any) -> str:
    return f"{mass:,.0f} kg" if mass < 10_000 else f"{mass / 1_000:,.0f} t"
