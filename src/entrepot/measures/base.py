"""The rule base that ships, and the user's own measure files."""

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from entrepot.errors import RuleError
from entrepot.measures.rows import REQUIRED, SCHEMA, measure

FILES: Final = (
    "eu_russia.csv",
    "eu_belarus.csv",
    "eu_by_description.csv",
    "eu_clauses.csv",
    "watchlists.csv",
)
"""Files of the base, under `measures/base/`; docs/rules.md says what each holds."""

STATE_TO: Final = "2025-10-24"
"""Last day for which the acts were read. What changed later is not known to the base."""


@cache
def load() -> pa.Table:
    """The rule base: columns of `records.rules.MEASURE`, one row per measure.

    Null `valid_to`: no end known; null `wind_down_to`: none known. Empty text means not given.
    State: `STATE_TO`. Sources: the acts named in `citation`.

    Raises:
        RuleError: a line of the base is not well formed.
    """
    folder = resources.files("entrepot.measures").joinpath("base")
    rows: list[dict[str, Any]] = []
    for name in FILES:
        rows += _measures(folder.joinpath(name).read_text("utf-8"), f"base/{name}")
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def read_measure_file(path: Path) -> pa.Table:
    """The user's own measures, in the columns of `records.rules.MEASURE`.

    A CSV in UTF-8 with a head line, comma or semicolon between cells. Required: `commodity_code`,
    `destination` (any ISO form or name, `*` for any), `valid_from`. Optional: all other columns
    of `MEASURE`; they default to regime `user`, effect `export_ban`, not partial, certainty
    `recalled`. A code covers all codes that begin with it.

    Raises:
        RuleError: the file cannot be read, lacks a column, holds no measure, or a line is not
            well formed; the message names file and line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise RuleError(
            f"{path}: the measure file cannot be read: {error.strerror}", hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise RuleError(
            f"{path}: got bytes that are not UTF-8 at byte {error.start}, expected UTF-8 text",
            hint="Save the file as CSV UTF-8.",
        ) from error
    rows = list(_measures(text, path.name))
    if not rows:
        raise RuleError(
            f"{path.name}: got no measure, expected at least one line", hint="See docs/rules.md."
        )
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _measures(text: str, name: str) -> Iterator[dict[str, Any]]:
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    columns = [column.strip() for column in reader.fieldnames or ()]
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        raise RuleError(
            f"{name}:1: got columns {', '.join(columns) or 'none'}, "
            f"expected also {', '.join(missing)}",
            hint="The first line must name the columns.",
        )
    reader.fieldnames = columns
    for cells in reader:
        place = f"{name}:{reader.line_num}"
        if None in cells:
            raise RuleError(
                f"{place}: got {len(columns) + len(cells[None])} cells, expected {len(columns)}",
                hint="Put text that holds a comma in double quotes.",
            )
        if any(cell and cell.strip() for cell in cells.values()):
            yield measure(cells, place)
