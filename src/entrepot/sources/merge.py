"""Imported files that speak of the same cells: whether they do, and which figure then counts.

Files of different days of publication are vintages of the same figures. As of an earlier day only
those count that were out by then (`choose`); of these the latest one of each cell (`latest`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.engine import Engine
from entrepot.sources.publication import Edge, delay_of, edge
from entrepot.sources.summary import ImportSummary

KEY: Final = ("reporter", "partner", "flow", "commodity_code", "period")
"""What makes two rows of different files speak of the same cell."""


def overlap(summaries: Sequence[ImportSummary]) -> bool:
    """Whether two files may hold the same cell: they share periods, reporters and partners."""
    for i, one in enumerate(summaries):
        for other in summaries[i + 1 :]:
            if _share_periods(one, other) and _share_countries(one, other):
                return True
    return False


def _share_periods(one: ImportSummary, other: ImportSummary) -> bool:
    return (one.period_to or "") >= (other.period_from or "") and (other.period_to or "") >= (
        one.period_from or ""
    )


def _share_countries(one: ImportSummary, other: ImportSummary) -> bool:
    reporters, partners = set(one.reporters), set(one.partners)
    return bool(reporters & set(other.reporters)) and bool(partners & set(other.partners))


def _share_flows(one: ImportSummary, other: ImportSummary) -> bool:
    """Whether both hold exports, or imports; true where an old summary does not say."""
    return not one.flows or not other.flows or bool(set(one.flows) & set(other.flows))


@dataclass(frozen=True)
class Choice:
    """Which files speak as of a day.

    Attributes:
        of_the_time: published by then, the oldest vintage first.
        later: of another day or an unknown one, used as no file of the time speaks of the same
            countries and flow. They are cut to the periods that were due, and hold revisions made
            since.
        left_out: published later, or with no period that was due.
    """

    of_the_time: tuple[ImportSummary, ...]
    later: tuple[ImportSummary, ...]
    left_out: tuple[ImportSummary, ...]


def choose(summaries: Sequence[ImportSummary], as_of: date) -> Choice:
    """The files that speak as of a day; to add a file that was published later changes nothing.

    A file of a later day is not used at all where one of the time holds the same reporters,
    partners and flow, whatever its periods: else the answer for one day would change whenever a
    newer file is imported. Of several later files on the same periods the one nearest to the day
    counts, and one of unknown day before those, as it may be of the time.

    Args:
        summaries: files, in the order in which a later one counts where days do not decide.
        as_of: the day, itself included.
    """
    dated = [one for one in summaries if one.published_on and one.published_on <= str(as_of)]
    dated.sort(key=lambda one: one.published_on or "")
    rest = [one for one in summaries if one not in dated]
    used: list[ImportSummary] = []
    for one in sorted(rest, key=lambda one: one.published_on or ""):
        is_due = edge(as_of, delay_of(one.publisher)).holds(one.period_from or "9999")
        if is_due and not _is_spoken_for(one, dated, used):
            used.append(one)
    left_out = [one for one in rest if one not in used]
    # The order given still decides between files of the same day.
    later = [one for one in rest if one in used]
    return Choice(tuple(dated), tuple(later), tuple(left_out))


def _is_spoken_for(
    one: ImportSummary, of_the_time: Sequence[ImportSummary], used: Sequence[ImportSummary]
) -> bool:
    """Whether a file of the time, or a later one nearer to it, speaks in place of this one."""
    rivals = [other for other in used if other.published_on != one.published_on]
    rivals = [other for other in rivals if _share_periods(one, other)]
    return any(
        _share_countries(one, other) and _share_flows(one, other)
        for other in [*of_the_time, *rivals]
    )


def cut(flows: ir.Table, edges: Mapping[str, Edge | None]) -> ir.Table:
    """Rows of the files named, of each only the periods that were due.

    Args:
        flows: rows of `TRADE_FLOW`.
        edges: by file id; null: every period of that file.
    """
    groups: dict[Edge | None, list[str]] = {}
    for file_id, last in edges.items():
        groups.setdefault(last, []).append(file_id)
    is_year = flows.period.length() == len("2022")
    kept = [
        flows.file_id.isin(ids)
        & (
            (is_year & (flows.period <= last.year)) | (~is_year & (flows.period <= last.month))
            if last
            else flows.period.notnull()
        )
        for last, ids in groups.items()
    ]
    return flows.filter(reduce(or_, kept))


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
