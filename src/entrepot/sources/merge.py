"""Imported files that speak of the same cells: whether they do, and which figure then counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.engine import Engine
from entrepot.sources.summary import ImportSummary

KEY: Final = ("reporter", "partner", "flow", "commodity_code", "period")
"""What makes two rows of different files speak of the same cell."""


def overlap(summaries: Sequence[ImportSummary]) -> bool:
    """Whether two files may hold the same cell: they share periods, reporters and partners."""
    for i, one in enumerate(summaries):
        for other in summaries[i + 1 :]:
            apart = (one.period_to or "") < (other.period_from or "") or (other.period_to or "") < (
                one.period_from or ""
            )
            if apart or not set(one.reporters) & set(other.reporters):
                continue
            if set(one.partners) & set(other.partners):
                return True
    return False


def latest(flows: ir.Table, file_ids: Sequence[str], engine: Engine) -> ir.Table:
    """Of a cell that stands in several files, the money of the last file that has any.

    Euro and dollars are settled apart, so that a later figure in one does not erase an earlier one
    in the other.
    """
    ages = engine.table(pa.table({"file_id": list(file_ids), "age": list(range(len(file_ids)))}))
    aged = flows.join(ages, "file_id")
    cell = ibis.window(group_by=list(KEY))
    newest = {
        name: ibis.ifelse(aged[name].notnull(), aged.age, ibis.null("int64")).max().over(cell)
        for name in ("value_eur", "value_usd")
    }
    marked = aged.mutate(
        newest=aged.age.max().over(cell),
        eur_age=newest["value_eur"],
        usd_age=newest["value_usd"],
    )
    settled = marked.mutate(
        value_eur=ibis.ifelse(marked.age == marked.eur_age, marked.value_eur, ibis.null()),
        value_usd=ibis.ifelse(marked.age == marked.usd_age, marked.value_usd, ibis.null()),
    )
    kept = settled.filter(
        settled.value_eur.notnull() | settled.value_usd.notnull() | (settled.age == settled.newest)
    )
    return kept.drop("age", "newest", "eur_age", "usd_age")


def is_whole(path: Path, rows: int) -> bool:
    """Whether a stored file is there, is Parquet to its end, and holds that many rows."""
    try:
        return int(pq.read_metadata(path).num_rows) == rows
    except (OSError, pa.ArrowInvalid):
        return False
