"""From a lead back to the published rows it was made from."""

from collections.abc import Collection

import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question

COLUMNS = ("reporter", "commodity_code", "period", "value", "file_id", "locator")


def rows_behind(flows: ir.Table, lead: Lead, question: Question, engine: Engine) -> pa.Table:
    """The published rows of the hub in the lead's window, largest first.

    Args:
        flows: rows of `TRADE_FLOW`, the same as the lead was found in.
        lead: what to trace.
        question: coalition and currency of the run.
        engine: where `flows` lives.

    Returns:
        `reporter, commodity_code, period, value, file_id, locator`: the rows that were counted.
        Where a heading is published itself, its children are not among them.
    """
    return top_rows(sold_to_hub(flows, lead, lead.basket.lines, question), engine)


def sold_to_hub(
    flows: ir.Table,
    lead: Lead,
    codes: Collection[str],
    question: Question,
    periods: Collection[str] = (),
) -> ir.Table:
    """The coalition's exports of some codes to the hub, with one column `value`.

    Args:
        flows: rows of `TRADE_FLOW`.
        lead: its hub, currency and window.
        codes: published codes.
        question: the coalition.
        periods: which; empty: those after the ban, or all where the lead could not be judged.
    """
    column = f"value_{lead.currency.lower()}"
    wanted = periods or [lead.periods[i] for i in lead.after] or lead.periods
    kept = flows.filter(
        flows.flow == Flow.X.value,
        flows.partner == lead.hub,
        flows.reporter.isin(sorted(question.exporters())),
        flows.commodity_code.isin(sorted(codes)),
        flows.period.isin(sorted(wanted)),
        flows[column].notnull(),
    )
    return kept.mutate(value=kept[column])


def top_rows(sold: ir.Table, engine: Engine) -> pa.Table:
    """The rows of `sold_to_hub`, largest first, without those below another row of them."""
    ordered = sold.order_by([sold.value.desc(), "reporter", "commodity_code", "period", "locator"])
    return _counted(engine.fetch(ordered.select(*COLUMNS)))


def _counted(rows: pa.Table) -> pa.Table:
    """Leave out rows below another row of the same reporter and period."""
    cells = list(zip(*(rows[name].to_pylist() for name in COLUMNS[:3]), strict=True))
    published = set(cells)
    kept = [
        not any((who, code[:digits], period) in published for digits in range(2, len(code)))
        for who, code, period in cells
    ]
    return rows.filter(pa.array(kept, pa.bool_()))
