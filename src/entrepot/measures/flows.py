"""Trade flows against the rules of their own day: which cells are of restricted goods."""

from collections.abc import Collection, Iterable
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes.flow import Flow
from entrepot.codes.period import end, start
from entrepot.engine import Engine
from entrepot.measures.book import Rulebook, restricts
from entrepot.measures.spells import barring
from entrepot.measures.winding import end_of
from entrepot.records.rules import ANY, STANDING
from entrepot.records.trade import TOTAL_CODE

KEYS: Final = ("partner", "commodity_code", "period")
_COVER: Final = pa.schema(
    [
        ("partner", pa.string()),
        ("commodity_code", pa.string()),
        ("measure_id", pa.string()),
        ("gives", pa.int8()),
        ("binds_from", pa.date32()),
        ("binds_to", pa.date32()),
        ("sure_from", pa.date32()),
    ]
)
_DAYS: Final = pa.schema(
    [("period", pa.string()), ("first_day", pa.date32()), ("day_after", pa.date32())]
)


def flagged(
    flows: ir.Table,
    book: Rulebook,
    engine: Engine,
    *,
    regimes: Iterable[str] | None = None,
    exporters: Collection[str] = (),
) -> ir.Table:
    """Flows whose goods were restricted to their partner at the time, with the deciding measure.

    A flow is known by its period only, and its contract not at all. So `prohibited` and `licence`
    mean that the measure covered the whole code over the whole period, after any wind-down;
    otherwise the answer is `possible`: a part of the code, a ban that began or ended within the
    period, or a running wind-down. A flagged flow may be lawful: by licence, exception, or because
    the published code is wider than the good.

    Args:
        flows: rows of `TRADE_FLOW` (exports to `partner`).
        book: the measures.
        engine: where `flows` lives; results are equal on every engine.
        regimes: whose measures; null: all.
        exporters: only flows of these reporters, whom the regimes bind; empty: all.

    Returns:
        The columns of `flows` for flagged rows, and `answer`, `measure_id`. Totals (code TOTAL)
        are never flagged.
    """
    named = {row["destination"] for row in book.rows if restricts(row)}
    exports = flows.filter(flows.flow == Flow.X.value, flows.commodity_code != TOTAL_CODE)
    if exporters:
        exports = exports.filter(exports.reporter.isin(sorted(exporters)))
    if ANY not in named:
        exports = exports.filter(exports.partner.isin(sorted(named) or [""]))
    cells = engine.keep(exports.select(*KEYS).distinct())
    pairs = engine.fetch(cells.select("partner", "commodity_code").distinct()).to_pylist()
    periods = engine.fetch(cells.select("period").distinct())["period"].to_pylist()
    cover = pa.Table.from_pylist(_cover(pairs, book, regimes), schema=_COVER)
    best = _best(cells, engine.table(_days(periods)), engine.table(cover))
    return exports.join(best, list(KEYS))


def flagged_goods(
    flows: ir.Table,
    book: Rulebook,
    engine: Engine,
    *,
    regimes: Iterable[str] | None = None,
    exporters: Collection[str] = (),
) -> ir.Table:
    """Flagged flows added up, ordered by partner, code and answer. See `flagged`.

    Columns: `partner, commodity_code, answer, measure_id, period_from, period_to, rows, value_eur,
    value_usd`; a sum is null where no row has a value in that currency.

    Parents and children may both be among the rows of a publisher, so sums over codes would count
    twice; a single code is exact.
    """
    found = flagged(flows, book, engine, regimes=regimes, exporters=exporters)
    keys = ["partner", "commodity_code", "answer", "measure_id"]
    summed = found.group_by(keys).agg(
        period_from=found.period.min(),
        period_to=found.period.max(),
        rows=found.count(),
        value_eur=found.value_eur.sum(),
        value_usd=found.value_usd.sum(),
    )
    return summed.order_by(keys)


def _days(periods: Iterable[str]) -> pa.Table:
    rows = [
        {"period": one, "first_day": start(one), "day_after": end(one)} for one in sorted(periods)
    ]
    return pa.Table.from_pylist(rows, schema=_DAYS)


def _cover(
    pairs: Iterable[dict[str, str]], book: Rulebook, regimes: Iterable[str] | None
) -> list[dict[str, Any]]:
    wanted = None if regimes is None else tuple(regimes)
    rows = []
    for pair in pairs:
        touches = book.touching(pair["commodity_code"])
        for touch in barring(book, pair["commodity_code"], pair["partner"], wanted):
            row = touch.row
            full = "prohibited" if row["effect"] == "export_ban" else "licence"
            rows.append(
                {
                    **pair,
                    "measure_id": row["measure_id"],
                    "gives": STANDING.index(full if touch.coverage == "full" else "possible"),
                    "binds_from": row["valid_from"],
                    "binds_to": row["valid_to"],
                    "sure_from": end_of(row, touches) or row["valid_from"],
                }
            )
    return rows


def _best(cells: ir.Table, days: ir.Table, cover: ir.Table) -> ir.Table:
    """The strongest answer for each partner, code and period, and a measure that gives it."""
    dated = cells.join(days, "period")
    met = dated.join(cover, ["partner", "commodity_code"])
    met = met.filter(
        met.binds_from < met.day_after, met.binds_to.isnull() | (met.binds_to > met.first_day)
    )
    lasts = met.binds_to.isnull() | (met.binds_to >= met.day_after)
    is_sure = (met.sure_from <= met.first_day) & lasts
    weight = ibis.ifelse(is_sure, met.gives, STANDING.index("possible"))
    # One text sorts by weight first and then by measure, the same on every engine.
    met = met.mutate(best=weight.cast("string") + "|" + met.measure_id)
    least = met.group_by(list(KEYS)).agg(best=met.best.min())
    names = ibis.literal(list(STANDING))
    place = least.best.substr(0, 1).cast("int32")
    return least.mutate(answer=names[place], measure_id=least.best.substr(2)).drop("best")
