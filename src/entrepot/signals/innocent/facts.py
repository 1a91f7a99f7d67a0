"""The numbers behind the innocent explanations: of all leads of a window, and of one of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from entrepot.signals.innocent.currency import Drift
from entrepot.signals.innocent.lag import Lag
from entrepot.signals.innocent.production import Production
from entrepot.signals.innocent.quantity import Quantity
from entrepot.signals.innocent.relocation import Relocation
from entrepot.signals.innocent.series import Floats


@dataclass(frozen=True)
class Facts:
    """The numbers of one lead; null: cannot be told from the figures.

    Money in the panel's currency. `before` value of the same calendar months before, over the
    window; `kg_before`, `kg_after` net mass over the window; `unhidden` the
    most that a change of secrecy explains of the rise; `late` reporters and periods, `kept_before`
    and `kept_after` the value of the other periods, `owed` what the late ones sold to the target
    before; `section_growth` of `section_goods` free goods of the section; `lost_elsewhere` what
    `others` destinations bought less; `bought`, `sold`, `sold_here` a period before the ban;
    `shared_since` the first day of hub and target in one customs union, null: in none.
    """

    before: float
    drift: Drift | None
    kg_before: float | None
    kg_after: float | None
    unhidden: float | None
    late: tuple[str, ...]
    kept_before: float | None
    kept_after: float | None
    owed: float | None
    section: str
    section_growth: float | None
    section_goods: int
    lost_elsewhere: float | None
    others: int
    bought: float
    sold: float | None
    sold_here: float | None
    shared_since: date | None


@dataclass(frozen=True)
class Innocent:
    """The numbers of one window, arrays of hubs x baskets unless their class says otherwise.

    `before` and `unhidden` as in `Facts`; `sections` one a basket, `shared_since` one a hub.
    """

    before: Floats
    drift: Drift
    quantity: Quantity
    unhidden: Floats
    lag: Lag
    relocation: Relocation
    production: Production
    sections: tuple[str, ...]
    shared_since: tuple[date | None, ...]

    def at(self, hub: int, basket: int) -> Facts:
        """The numbers of one lead, by the places of its hub and basket."""
        moved, made, here = self.relocation, self.production, (hub, basket)
        return Facts(
            before=float(self.before[here]),
            drift=None if np.isnan(self.drift.most) else self.drift,
            kg_before=_number(self.quantity.before[here]),
            kg_after=_number(self.quantity.after[here]),
            unhidden=_number(self.unhidden[here]),
            late=self.lag.late,
            kept_before=_number(self.lag.before[here]),
            kept_after=_number(self.lag.after[here]),
            owed=_number(self.lag.owed[basket]),
            section=self.sections[basket],
            section_growth=_number(moved.section_growth[here]),
            section_goods=int(moved.section_goods[here]),
            lost_elsewhere=_number(moved.lost_elsewhere[here]),
            others=int(moved.others[here]),
            bought=float(made.bought[here]),
            sold=_number(made.sold[here]),
            sold_here=_number(made.sold_here[here]),
            shared_since=self.shared_since[hub],
        )


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
