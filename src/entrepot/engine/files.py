"""Tables to files, whole or not at all."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def table_to_parquet(rows: pa.Table, path: Path) -> None:
    """Write `rows` to `path` so that a reader sees the old file or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        pq.write_table(rows, temporary, compression="zstd", compression_level=9)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
