"""Raw rows and what they mean, as one Parquet file for the engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.sources.parsing import MEANT, Understanding
from entrepot.sources.raw import RAW

STAGED: Final = pa.schema([*RAW, *[pa.field(name, kind) for name, kind in MEANT]])


def stage(batches: Iterator[pa.Table], understanding: Understanding, path: Path) -> int:
    """Write raw rows with their meaning to `path` and say how many there are.

    Raises:
        SourceError: from the reader that gives the batches.
    """
    ordinal = 0
    repeated = [field.name for field in STAGED if pa.types.is_dictionary(field.type)]
    writer = pq.ParquetWriter(
        path, STAGED, compression="lz4", use_dictionary=repeated, write_statistics=False
    )
    with writer:
        for rows in batches:
            count = rows.num_rows
            numbers = pa.array(range(ordinal, ordinal + count), pa.int64())
            full = understanding.add(rows.add_column(0, "ordinal", numbers))
            writer.write_table(_as_staged(full), row_group_size=max(count, 1))
            ordinal += count
    return ordinal


def _as_staged(rows: pa.Table) -> pa.Table:
    """The columns in order, text of few distinct values as dictionaries."""
    columns = []
    for field in STAGED:
        column = rows.column(field.name)
        if pa.types.is_dictionary(field.type) and pa.types.is_string(column.type):
            column = column.dictionary_encode()
        columns.append(column.cast(field.type))
    return pa.table(columns, schema=STAGED)
