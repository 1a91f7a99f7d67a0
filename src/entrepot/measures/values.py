"""What a coalition sold to one country, by reporter and code, nothing counted twice."""

from collections.abc import Collection, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.records.trade import TOTAL_CODE

MONEY: Final = "decimal(38, 2)"
NOTHING: Final = ibis.literal(0).cast(MONEY)
"""Money stays exact while it is added and taken away: a rest of zero is zero."""

ABOVE: Final = (8, 6, 4, 2)
"""Digits at which a published cell may hold finer ones."""


def sold(
    flows: ir.Table,
    hub: str,
    exporters: Collection[str],
    periods: Sequence[str],
    currency: str,
    engine: Engine,
) -> pa.Table:
    """Value of exports to the hub in these periods: `reporter, commodity_code, value`.

    A heading and its lines may both be published: of the heading only the rest counts that its
    lines do not hold (what the publisher keeps secret below it), under the heading's own code; a
    rest below zero (rounding, late corrections) counts as zero. Figures for all goods together
    (`TOTAL`) are left out, and rows without a value in `currency`.

    Args:
        flows: rows of `TRADE_FLOW`.
        hub: ISO alpha-3 of the partner.
        exporters: reporters, ISO alpha-3.
        periods: as in `flows`.
        currency: EUR or USD.
        engine: where `flows` lives.
    """
    own = _cells(flows, hub, exporters, periods, currency)
    own = own.filter(own.commodity_code != TOTAL_CODE)
    cells = engine.keep(own)
    nearest = _nearest(cells)
    below = nearest.filter(nearest.above.notnull())
    held = below.group_by("reporter", "period", "above").agg(held=below.value.sum())
    joined = cells.left_join(
        held,
        [
            cells.reporter == held.reporter,
            cells.period == held.period,
            cells.commodity_code == held.above,
        ],
    ).select(
        cells.reporter,
        cells.commodity_code,
        value=cells.value - held.held.fill_null(NOTHING),
    )
    keys = ["reporter", "commodity_code"]
    rest = joined.filter(joined.value > NOTHING)
    return engine.fetch(
        rest.group_by(keys).agg(value=rest.value.sum().cast("float64")).order_by(keys)
    )


def whole(
    flows: ir.Table,
    hub: str,
    exporters: Collection[str],
    periods: Sequence[str],
    currency: str,
    engine: Engine,
) -> float | None:
    """Published value of all goods together (code TOTAL).

    Null where none is published, or not by every reporter in every period in which it has goods:
    a total that lacks some would make shares too large.
    """
    own = _cells(flows, hub, exporters, periods, currency)
    is_total = own.commodity_code == TOTAL_CODE
    by_cell = own.group_by("reporter", "period").agg(
        total=ibis.ifelse(is_total, own.value, ibis.null()).sum().cast("float64")
    )
    totals = engine.fetch(by_cell)["total"].to_pylist()
    return None if not totals or None in totals else sum(totals)


def _cells(
    flows: ir.Table, hub: str, exporters: Collection[str], periods: Sequence[str], currency: str
) -> ir.Table:
    money = flows[f"value_{currency.lower()}"].cast(MONEY)
    kept = flows.mutate(value=money).filter(
        flows.flow == Flow.X.value,
        flows.partner == hub,
        flows.reporter.isin(sorted(exporters)),
        flows.period.isin(list(periods) or [""]),
        flows[f"value_{currency.lower()}"].notnull(),
    )
    return kept.group_by("reporter", "period", "commodity_code").agg(value=kept.value.sum())


def _nearest(cells: ir.Table) -> ir.Table:
    """Each cell with the narrowest wider code published for the same reporter and period."""
    code = cells.commodity_code
    found = cells.mutate(
        **{f"up{n}": ibis.ifelse(code.length() > n, code.substr(0, n), ibis.null()) for n in ABOVE}
    )
    for digits in ABOVE:
        wider = cells.filter(code.length() == digits).select(
            r="reporter", p="period", **{f"at{digits}": "commodity_code"}
        )
        same = [
            found.reporter == wider.r,
            found.period == wider.p,
            found[f"up{digits}"] == wider[f"at{digits}"],
        ]
        found = found.left_join(wider, same).drop("r", "p")
    return found.mutate(above=ibis.coalesce(*[found[f"at{digits}"] for digits in ABOVE]))
