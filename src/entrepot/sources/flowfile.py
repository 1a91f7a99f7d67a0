"""The flow file: the layout in which users bring their own figures, as CSV or Parquet."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.errors import SourceError
from entrepot.sources import meanings, raw
from entrepot.sources.delimited import Header, Layout, match, reader, require
from entrepot.sources.raw import Counts, Format, Meaning, Task

MEANING: Final = Meaning(
    country=meanings.country_of,
    flow=meanings.flow_of,
    code=meanings.code_of,
    period=meanings.period_of,
)

LAYOUT: Final = Layout(
    name="flow-file",
    title="flow file",
    roles={
        "reporter": ("reporter",),
        "partner": ("partner",),
        "flow": ("flow",),
        "code": ("commodity_code", "code"),
        "period": ("period",),
        "value_eur": ("value_eur",),
        "value_usd": ("value_usd",),
        "edition": ("hs_edition",),
        "mass": ("net_mass_kg",),
        "quantity": ("quantity",),
        "unit": ("quantity_unit",),
        "procedure": ("customs_procedure",),
    },
    required=(
        ("reporter",),
        ("partner",),
        ("flow",),
        ("code",),
        ("period",),
        ("value_eur", "value_usd"),
    ),
    meaning=MEANING,
)
"""`code` is an alias of `commodity_code`; other columns, such as `level`, are left unread."""

PARQUET_ROWS: Final = 200_000


def read_parquet(task: Task, counts: Counts) -> Iterator[pa.Table]:
    """Raw rows of a Parquet flow file; the locator is `row N`, 1 the first.

    Raises:
        SourceError: a column is missing, the file was cut short or is damaged, or a column holds
            lists or structures.
    """
    try:
        with pq.ParquetFile(task.path) as file:
            yield from _rows(file, task)
    except (pa.ArrowInvalid, OSError) as error:
        raise SourceError(
            f"the Parquet file is damaged or was cut short ({_first_sentence(error)})",
            locator=task.name,
            hint="Fetch or write the file again.",
        ) from error


def _rows(file: pq.ParquetFile, task: Task) -> Iterator[pa.Table]:
    names = tuple(file.schema_arrow.names)
    header = Header(names, ",", file.metadata.num_rows > 0)
    columns = require(match(header, LAYOUT), header, task)
    total = max(file.metadata.num_rows, 1)
    size, row = task.path.stat().st_size, 1
    for chunk in file.iter_batches(PARQUET_ROWS, columns=list(columns.values())):
        given = {role: as_text(chunk.column(name), name, task) for role, name in columns.items()}
        if task.options.assume_flow and "flow" not in columns:
            given["flow"] = raw.repeated(task.options.assume_flow, chunk.num_rows)
        count = chunk.num_rows
        numbers = pa.array(range(row, row + count), pa.int64())
        yield raw.batch({**given, "row": numbers, "place": "row "}, count)
        row += count
        if task.on_bytes:
            task.on_bytes(size * count // total)


def as_text(column: pa.Array, name: str, task: Task) -> pa.Array:
    """A column as it would be printed: whole numbers without point, nothing for null.

    Raises:
        SourceError: the column holds neither text nor numbers nor days.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_floating(kind):
        column = _float_text(column)
    elif pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        column = pc.strftime(column.cast(pa.timestamp("s")), format="%Y-%m")
    elif pa.types.is_nested(kind) or pa.types.is_binary(kind):
        raise SourceError(
            f"got column {name!r} of type {kind}, expected text or numbers", locator=task.name
        )
    return pc.fill_null(column.cast(pa.string()), "")


def _float_text(column: pa.Array) -> pa.Array:
    """Shortest decimal text; a whole number has no point, so that a code stays a code."""
    if pc.all(pc.equal(pc.round(column), column)).as_py() and _small(column):
        return column.cast(pa.int64()).cast(pa.string())
    texts = [None if value is None else _shortest(value) for value in column.to_pylist()]
    return pa.array(texts, pa.string())


def _small(column: pa.Array) -> bool:
    largest = pc.max(pc.abs(column)).as_py()
    return largest is None or largest < 2**53


def _shortest(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _first_sentence(error: Exception) -> str:
    return str(error).partition(". ")[0].rstrip(".")


CSV: Final = Format("flow-file", "flow file (CSV)", MEANING, reader(LAYOUT))
PARQUET: Final = Format("flow-file-parquet", "flow file (Parquet)", MEANING, read_parquet)
