"""A small invented world: two hubs, two goods, 23 months; every number is made up by hand."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
import pyarrow as pa

from entrepot.records.rules import MEASURE
from entrepot.signals.baskets import Basket
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.legs.legs import Legs, Reports
from entrepot.signals.panel import Panel, Sellers, Silence
from entrepot.signals.question import Question

PERIODS = tuple(f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13))[:23]
AFTER = tuple(range(14, 23))
BEFORE = tuple(range(13))
BAN = date(2022, 2, 26)
PARTNERS = ("BLR", "GEO", "KGZ", "RUS")
HOSTILE = "<script>alert('x')</script> & \"parts\""

CHIPS = Basket(
    "8542:restricted", "8542", True, banned_from=BAN, measure_ids=("msr_chips",), codes=("8542",),
    lines=("8542",),
)  # fmt: skip
PARTS = Basket(
    "8807:restricted", "8807", True, banned_from=BAN, measure_ids=("msr_88",),
    codes=("8803", "8807"), lines=("8803", "8807"),
    chained_on="2022",
)  # fmt: skip


def series(before: float, after: float) -> tuple[float, ...]:
    return tuple(after if i in AFTER else before for i in range(len(PERIODS)))


VALUES = {
    ("KGZ", "8542"): series(10_000, 100_000),
    ("GEO", "8542"): series(30_000, 40_000),
    ("BLR", "8542"): series(0, 0),
    ("RUS", "8542"): series(5_000_000, 100_000),
    ("KGZ", "8807"): series(5_000, 20_000),
    ("GEO", "8807"): series(0, 1_000),
    ("BLR", "8807"): series(200_000, 20_000),
    ("RUS", "8807"): series(1_000_000, 10_000),
}


def world_panel() -> Panel:
    values = np.array(
        [[VALUES[partner, basket.code] for basket in (CHIPS, PARTS)] for partner in PARTNERS]
    )
    silence = Silence(lagging=("NLD 2022-11",))
    return Panel(PARTNERS, (CHIPS, PARTS), PERIODS, values, "EUR", silence, world_sellers(values))


def world_sellers(values: np.ndarray) -> Sellers:
    """Germany sells everything: one row a partner and basket, sorted."""
    partner, basket = (one.ravel() for one in np.indices(values.shape[:2]))
    return Sellers(
        ("DEU",), np.zeros_like(partner), partner, basket, values.reshape(-1, values.shape[-1])
    )


def world_legs() -> Legs:
    """No other country reports, so no engine is asked."""
    nothing = cast(Any, None)
    return Legs(
        ("BLR", "GEO", "KGZ"), world_panel(), Reports({}, {}, {}), (CHIPS, PARTS), np.array([4, 4]),
        "RUS", frozenset({"DEU", "LVA", "NLD"}), nothing, nothing,
    )  # fmt: skip


def lead(hub: str, basket: Basket, status: str, **changed: Any) -> Lead:
    values = VALUES[hub, basket.code]
    actual, expected = sum(values[i] for i in AFTER), 9 * values[0] * 1.5
    made = Lead(
        lead_id=f"lea_{hub}{basket.code}".lower(), rank=None, hub=hub, target="RUS",
        commodity_code=basket.code, commodity="made-up goods", valid_measures=basket.measure_ids,
        period_from="2022-03", period_to="2022-11", currency="EUR", expected=expected,
        expected_past=expected, expected_panel=expected * 2, past_miss=0.2, panel_miss=0.4,
        steadiness=0.9, season=tuple((i, 1 / 9) for i in range(2, 11)),
        actual=actual, excess=actual - expected, excess_low=actual - expected * 2,
        excess_high=actual - expected / 2, q_value=0.5, direct_loss=44_100_000.0,
        onward_excess=None, rerouted_low=None, rerouted_high=None, phantom_share_low=None,
        phantom_share_high=None, status=status, tell=lambda _: ("An explanation.",), basket=basket,
        score=0.0, p_value=0.4, growth=1.5, top_share=0.11, vanished_share=0.98,
        direct_before=45_000_000.0, banned_from=BAN, placebo_cells=500, periods=PERIODS,
        values=values, direct=VALUES["RUS", basket.code],
        band=(values[0] * 1.5, 0.0, values[0] * 3), before=BEFORE, after=AFTER,
        reporters=(("DEU", 8_000.0, 90_000.0), ("LVA", 2_000.0, 10_000.0)),
    )  # fmt: skip
    return replace(made, **changed)


def world_findings(*, many: int = 0, **changed: Any) -> Findings:
    """One lead (fields may be changed), a rise below the threshold, falls, a new code.

    `many` adds that many copies of the lead with falling excess.
    """
    told = {"rank": 1, "q_value": 0.01, "score": 0.5, **changed}
    first = replace(lead("KGZ", CHIPS, "lead"), **told)
    copies = [
        replace(
            first, rank=i + 2, lead_id=f"lea_copy{i}", hub="GEO" if i % 2 else "KGZ",
            commodity=f"copy {i}", excess=(first.excess or 0) - 1000.0 * (i + 1),
        )
        for i in range(many)
    ]  # fmt: skip
    leads = (
        first,
        *copies,
        lead("KGZ", PARTS, "below_threshold", rank=many + 2),
        lead("BLR", PARTS, "fall"),
        lead("GEO", CHIPS, "new_code", expected=None, actual=None, excess=None, excess_low=None,
             excess_high=None, q_value=None, band=None, before=(), after=()),
    )  # fmt: skip
    return Findings(
        question=Question(), leads=leads, panel=world_panel(), legs=world_legs(),
        reporters=("DEU", "LVA", "NLD"),
    )  # fmt: skip


def world_measures(**changed: Any) -> pa.Table:
    rows = [
        measure("msr_chips", "RUS", "8542", BAN, article="2a(1)", annex="VII Part A"),
        measure("msr_88", "RUS", "88", BAN, article="3c(1)", annex="XI A"),
        measure("msr_88b", "BLR", "88", date(2023, 8, 5), article="1sa(1)", annex="XVII"),
        measure("msr_piston", "BLR", "8407", date(2022, 3, 3), article="1s(1)(a)", annex="XIV"),
        measure("msr_av1", "BLR", "852610", date(2022, 3, 3), annex="Va Part A, X.A.IV.008.a"),
        measure("msr_av2", "BLR", "841111", date(2022, 3, 3), annex="Va Part A, X.A.VII.002.c"),
    ]
    rows = [{**row, **changed} for row in rows]
    return pa.table({name: [row[name] for row in rows] for name in MEASURE})


def measure(one: str, to: str, code: str, day: date, **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(MEASURE), "measure_id": one, "regime": "EU", "instrument": "Reg. (EU) 1/1",
        "destination": to, "effect": "export_ban", "code_system": "CN", "commodity_code": code,
        "is_partial": False, "valid_from": day, "certainty": "text", "citation": "OJ L 1", **more,
    }  # fmt: skip
