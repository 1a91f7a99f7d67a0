"""A lead made by hand that passes every named test, and what stands beside it."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.baskets import Basket
from entrepot.signals.firsts import NewSellers
from entrepot.signals.innocent import Facts
from entrepot.signals.innocent.currency import Drift
from entrepot.signals.lead import Lead
from entrepot.signals.neighbours import Nearby, Neighbours
from entrepot.signals.panel import Panel, Sellers, Silence
from entrepot.signals.pitfalls_rows import Again, Opened, Split
from entrepot.signals.windows import Window

Place = tuple[int, int]
ONE = np.ones(1)


def near(hub: float = -0.1, target: float = -0.1) -> Neighbours:
    """One hub and basket with two free neighbours: by how much (log) they rose and held."""
    nearby = (Nearby((1, 2), "heading"),)
    return Neighbours(
        nearby, ONE[None] * hub, ONE[None] * hub, ONE * target, ONE * target, -ONE, ONE
    )


FACTS = Facts(
    before=50.0, drift=Drift(1.0, 1.1), kg_before=10.0, kg_after=100.0, unhidden=0.0, late=(),
    kept_before=None, kept_after=None, owed=0.0, section="XVI", section_growth=1.2,
    section_goods=6, lost_elsewhere=0.0, others=30, bought=50.0, sold=0.0, sold_here=None,
    shared_since=None,
)  # fmt: skip


BAN = date(2022, 2, 26)
BASKET = Basket(
    "8542:restricted", "8542", True, banned_from=BAN, codes=("8542",), lines=("854231",)
)
PERIODS = ("2021-03", "2021-04", "2022-03", "2022-04")
WINDOW = Window((0, 1), (2, 3), ((0, 0.5), (1, 0.5)))
NOBODY = np.empty(0, dtype=np.int64)


def panel(periods: tuple[str, ...] = PERIODS, *, singapore: float = 10.0) -> Panel:
    """The hub, and Singapore with 10 a period before and as much or more after."""
    there = [10.0 if one < "2022-03" else singapore for one in periods]
    values = np.array([[[0.0] * len(periods)], [there]])
    nobody = Sellers((), NOBODY, NOBODY, NOBODY, np.empty((0, len(periods))))
    return Panel(("KGZ", "SGP"), (BASKET,), periods, values, "EUR", Silence(), nobody)


@dataclass(frozen=True)
class Around:
    """What a lead asks of the numbers beside it."""

    neighbours: Neighbours
    panel: Panel
    hubs: tuple[str, ...] = ("KGZ", "SGP")
    window: Window = WINDOW
    found: Facts = FACTS
    logs: tuple[float | None, float | None] = (0.1, 0.3)
    first: NDArray[np.float64] = field(default_factory=lambda: np.zeros((1, 1)))

    @staticmethod
    def of(change: dict[str, object]) -> "Around":
        """What stands beside a lead that is made otherwise."""
        made = change["beside"]
        assert isinstance(made, Around)
        return made

    def facts(self, _: Place) -> Facts:
        return self.found

    def gap_logs(self, _: Place) -> tuple[float | None, float | None]:
        return self.logs

    def new_sellers(self, _: Place) -> NewSellers:
        return NewSellers(("FRA",), ("DEU", "FRA"), 0.25)


AROUND = Around(near(), panel())
GOOD = Lead(
    lead_id="lea_1", rank=1, hub="KGZ", target="RUS", commodity_code="8542", commodity="circuits",
    valid_measures=("msr_1",), period_from="2022-03", period_to="2022-11", currency="EUR",
    expected=100.0, actual=1_000.0, excess=900.0, excess_low=800.0, excess_high=950.0,
    q_value=0.04, direct_loss=90_000.0, onward_excess=500.0, rerouted_low=400.0,
    rerouted_high=600.0, phantom_share_low=0.1, phantom_share_high=0.25, status="lead",
    basket=BASKET, score=0.5, steadiness=0.8, expected_past=100.0,
    expected_panel=120.0, past_miss=0.2, panel_miss=0.3, p_value=0.001, growth=1.5, free_goods=25,
    goods_growth=1.2, destinations=30, banned_from=BAN, periods=PERIODS,
    values=(10.0, 20.0, 500.0, 400.0), before=(0, 1), after=(2, 3), season=((0, 0.5), (1, 0.5)),
    top_share=0.2, vanished_share=0.9, direct_before=100_000.0, wanted=10_000.0, placebo_cells=500,
    reporters=(("DEU", 1.0, 51.0), ("FRA", 0.0, 50.0)),
    onward_low=400.0, onward_high=600.0, onward_source="exports as reported by Kyrgyzstan",
    substitution_low=400 / 90_000, substitution_high=600 / 90_000, arrived=675.0, undecidable=135.0,
    missing=90.0, new_line_share=0.5, beside=AROUND,  # type: ignore[arg-type]
)  # fmt: skip
BARE = replace(
    GOOD, beside=None, onward_excess=None, onward_low=None, onward_high=None, onward_source=None,
    phantom_share_low=None, phantom_share_high=None, rerouted_low=None, rerouted_high=None,
)  # fmt: skip
"""The same from the coalition's exports alone."""


OPENED = Opened(
    split=Split(rows=30, cells=30, procedures=(), split=0, repeated=0, totals=0),
    again=Again(sold=600.0, again=600.0), full=("854231",), in_full=1_000.0, in_full_before=30.0,
    mixed=0.0,
)  # fmt: skip


def around(**change: object) -> dict[str, object]:
    return {"beside": replace(AROUND, **change)}  # type: ignore[arg-type]


def facts(**change: object) -> dict[str, object]:
    return around(found=replace(FACTS, **change))  # type: ignore[arg-type]


def late_listing(risen: float) -> dict[str, object]:
    """Other goods were restricted from 2021, these from 2022; 10 a month before, `risen` between.

    After, 500 a month in January and February 2022.
    """
    periods = tuple(f"{year}-{month:02}" for year in (2020, 2021) for month in range(1, 13))
    periods = (*periods, "2022-01", "2022-02")
    season = tuple((i, 0.25) for i in (0, 1, 12, 13))
    late = replace(BASKET, banned_from=date(2022, 1, 1))
    first = replace(BASKET, basket_id="8541:restricted", banned_from=date(2021, 1, 1))
    made = replace(panel(periods), baskets=(late, first))
    return {
        "periods": periods, "values": (*[10.0] * 12, *[risen] * 12, 500.0, 500.0),
        "before": tuple(range(24)), "after": (24, 25), "season": season, "basket": late,
        "banned_from": late.banned_from,
        **around(panel=made, window=Window(tuple(range(24)), (24, 25), season)),
    }  # fmt: skip
