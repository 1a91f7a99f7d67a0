"""From a file to distinct names: every row once through, each distinct name once for scoring.

rows.parquet       `row` (from 1, in the order of the file), `name`, `fault`, `key`
distinct.parquet   `key` (from 0, in the order of the texts, so that one name on several days
                   stands together), `name`, the other columns used, `entity`, `day`, `rows` (how
                   many), `first_row`

Texts are never null: the empty text is "absent". A row without a name or an identifier has no key.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.engine import open_engine
from entrepot.errors import SourceError
from entrepot.parties.match.clean import NAME_LIMIT
from entrepot.parties.watched import IDENTIFIERS
from entrepot.workspace.screening.columns import Columns
from entrepot.workspace.screening.days import day_text
from entrepot.workspace.screening.linerows import ENTITY, NAME
from entrepot.workspace.screening.rows import Batch
from entrepot.workspace.screening.tables import Input

MEMORY_MB: Final = 512
"""What DuckDB may take before it spills to the work folder."""

FACT: Final = "fact_"
"""Before the names of columns with facts."""

ROWS, DISTINCT = "rows.parquet", "distinct.parquet"
Told = Callable[[str, int, int], None]
"""Told a step, how much is done and of how much; 0: not known."""


def stage(source: Input, columns: Columns, folder: Path, told: Told) -> None:
    """Write `rows.parquet` and `distinct.parquet` to a folder, each whole or not at all.

    Raises:
        SourceError: the file is damaged, not text, or has no rows.
    """
    raw = folder / ".raw.parquet"
    try:
        count = _write_raw(raw, source, columns, told)
        if not count:
            raise SourceError("got no rows, expected at least one", locator=source.path.name)
        told("distinct names", 0, 0)
        _distinct(raw, folder)
    finally:
        raw.unlink(missing_ok=True)


def _schema(columns: Columns) -> pa.Schema:
    texts = ["name", "fault", *(f"{FACT}{key}" for key in columns.facts), "day", "entity"]
    return pa.schema([("row", pa.int64()), *((name, pa.string()) for name in texts)])


def _write_raw(path: Path, source: Input, columns: Columns, told: Told) -> int:
    schema, count = _schema(columns), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in source.rows.batches(columns.used):
            if batch.table.num_rows:
                writer.write_table(_staged(batch, columns, count, schema))
                count += batch.table.num_rows
                told("reading", count, 0)
    return count


def _staged(batch: Batch, columns: Columns, done: int, schema: pa.Schema) -> pa.Table:
    table, count = batch.table, batch.table.num_rows
    empty = pa.array([""] * count, pa.string())
    faults = [""] * count
    for place, words in batch.faults.items():
        faults[place] = words
    there = {name: pc.utf8_trim_whitespace(table.column(name)) for name in table.column_names}
    named = there.get(columns.name or NAME, empty)
    for place, size in enumerate(pc.utf8_length(named).to_pylist()):
        if size > NAME_LIMIT:
            faults[place] = f"only the first {NAME_LIMIT} of {size:,} characters were compared"
    days = there.get(columns.day, empty)
    found: dict[str, pa.Array | pa.ChunkedArray] = {
        "row": pa.array(range(done + 1, done + count + 1), pa.int64()),
        "name": named,
        "fault": pa.array(faults, pa.string()),
        "day": _days(days) if columns.day else empty,
        "entity": there.get(ENTITY, empty) if not columns.name else empty,
    }
    for key, column in columns.facts.items():
        found[f"{FACT}{key}"] = there[column]
    return pa.table([found[name] for name in schema.names], schema=schema)


def _days(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days as ISO text; what is no day is empty. Each distinct text is read once."""
    coded = column.combine_chunks().dictionary_encode()
    read = pa.array([day_text(text) for text in coded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([read.take(coded.indices)])


def _distinct(raw: Path, folder: Path) -> None:
    spill = folder / ".spill"
    with open_engine(memory_mb=MEMORY_MB, spill_dir=spill) as engine:
        rows = engine.read_parquet([raw])
        by = [name for name in rows.columns if name not in ("row", "fault", "day")] + ["day"]
        asked = rows.filter(_is_asked(rows, by))
        counted = asked.group_by(by).aggregate(first_row=asked.row.min(), rows=asked.count())
        numbered = counted.mutate(key=ibis.row_number().over(ibis.window(order_by=by)))
        target = folder / DISTINCT
        _write(engine.write_parquet, numbered.order_by("key"), target)
        keys = engine.read_parquet([target]).select("key", *by)
        joined = rows.left_join(keys, by).select(rows.row, rows.name, rows.fault, keys.key)
        _write(engine.write_parquet, joined.order_by("row"), folder / ROWS)


def _is_asked(rows: ir.Table, by: Sequence[str]) -> ir.BooleanValue:
    """Rows with a name, or with an identifier without one; an entity may have either."""
    found = (rows.name != "") | (rows.entity != "")
    for key in IDENTIFIERS:
        if f"{FACT}{key}" in by:
            found = found | (rows[f"{FACT}{key}"] != "")
    return found


def _write(write: Callable[[ir.Table, Path], None], table: ir.Table, target: Path) -> None:
    temporary = target.with_name(f".{target.name}.tmp")
    write(table, temporary)
    temporary.replace(target)


def count_rows(path: Path) -> int:
    """How many rows a Parquet file has."""
    return int(pq.read_metadata(path).num_rows)


def read_distinct(folder: Path, size: int) -> Iterator[list[dict[str, object]]]:
    """Distinct names in lists of `size`, in the order of their keys."""
    waiting: list[dict[str, object]] = []
    with pq.ParquetFile(folder / DISTINCT) as opened:
        for batch in opened.iter_batches(batch_size=max(size, 10_000)):
            waiting.extend(batch.to_pylist())
            while len(waiting) >= size:
                yield waiting[:size]
                waiting = waiting[size:]
    if waiting:
        yield waiting
