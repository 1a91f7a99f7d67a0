"""What every reader of rows hands over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from entrepot.errors import SourceError

BATCH_ROWS: Final = 50_000
"""Rows read at a time; a few batches are in memory at once."""


@dataclass(frozen=True)
class Batch:
    """Rows in the order of the file; `faults` says what is wrong with a row, by its place here.

    A row with a fault has empty texts.
    """

    table: pa.Table
    faults: Mapping[int, str] = field(default_factory=dict)


def text_table(table: pa.Table, used: Sequence[str], label: str) -> pa.Table:
    """These columns as text without nulls; an absent value is the empty text.

    Raises:
        SourceError: a column that has no text form, such as a list.
    """
    columns = {}
    for name in used:
        try:
            text = pc.cast(_whole(table.column(name)), pa.string())
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
            kind = table.schema.field(name).type
            raise SourceError(
                f"got column {name!r} of type {kind}, expected text, numbers or days",
                locator=label,
            ) from error
        columns[name] = pc.fill_null(text, "")
    return pa.table(columns)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Floating numbers that are all whole as whole ones: a number of a paper is no measure."""
    if not pa.types.is_floating(column.type):
        return column
    try:
        return pc.cast(column, pa.int64())
    except pa.ArrowInvalid:
        return column
