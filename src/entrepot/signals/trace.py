"""From a lead back to the published rows it was made from."""

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
    column = f"value_{lead.currency.lower()}"
    after = [lead.periods[i] for i in lead.after] or list(lead.periods)
    kept = flows.filter(
        flows.flow == Flow.X.value,
        flows.partner == lead.hub,
        flows.reporter.isin(sorted(question.exporters())),
        flows.commodity_code.isin(list(lead.basket.lines)),
        flows.period.isin(after),
        flows[column].notnull(),
    )
    rows = kept.select(
        "reporter", "commodity_code", "period", "file_id", "locator", value=kept[column]
    )
    ordered = rows.order_by([rows.value.desc(), "reporter", "commodity_code", "period", "locator"])
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
