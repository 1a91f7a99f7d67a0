"""The rule base that ships, and the user's own measure files."""

import csv
import io
from collections.abc import Iterator, Mapping
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
    "eu_ex_codes.csv",
    "eu_by_description.csv",
    "eu_in_words.csv",
    "eu_clauses.csv",
    "us.csv",
    "us_lists.csv",
    "uk.csv",
    "uk_lists.csv",
    "ch.csv",
    "parties.csv",
    "watchlists.csv",
)
"""Files of the base, under `measures/base/`; docs/rules.md says what each holds."""

LISTS: Final = "lists.csv"
"""What all codes of one list of an act share; a line of a file names its list and the code."""

EMPTY: Final[Mapping[str, Mapping[str, str]]] = {}

STATE_TO: Final = "2025-10-24"
"""Last day for which the EU's acts were read; `base/regimes.csv` says it for each regime."""


@cache
def load() -> pa.Table:
    """The rule base: columns of `records.rules.MEASURE`, one row per measure.

    Null `valid_to`: no end known; null `wind_down_to`: none known. Empty text means not given.
    State: `STATE_TO`. Sources: the acts named in `citation`.

    Raises:
        RuleError: a line of the base is not well formed.
    """
    folder = resources.files("entrepot.measures").joinpath("base")
    shared = csv.DictReader(folder.joinpath(LISTS).read_text("utf-8").splitlines())
    lists = {line["list"]: line for line in shared}
    rows: list[dict[str, Any]] = []
    for name in FILES:
        rows += _measures(folder.joinpath(name).read_text("utf-8"), f"base/{name}", lists)
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
    text = _text(path)
    rows = list(_measures(text, path.name))
    if not rows:
        raise RuleError(
            f"{path.name}: got no measure, expected at least one line", hint="See docs/rules.md."
        )
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def check_measure_file(path: Path) -> tuple[pa.Table, list[str]]:
    """The well-formed measures of a file, and a sentence for each line that is not.

    Raises:
        RuleError: the file cannot be read, or lacks a column.
    """
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    for cells, place in _lines(_text(path), path.name):
        try:
            rows += _line(cells, place)
        except RuleError as error:
            faults.append(str(error))
    return pa.Table.from_pylist(rows, schema=SCHEMA), faults


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise RuleError(
            f"{path}: the measure file cannot be read: {error.strerror}", hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise RuleError(
            f"{path}: got bytes that are not UTF-8 at byte {error.start}, expected UTF-8 text",
            hint="Save the file as CSV UTF-8.",
        ) from error


def _measures(
    text: str, name: str, lists: Mapping[str, Mapping[str, str]] = EMPTY
) -> Iterator[dict[str, Any]]:
    """The measures of a file, line by line."""
    for cells, place in _lines(text, name, lists):
        yield from _line(cells, place, lists)


def _lines(
    text: str, name: str, lists: Mapping[str, Mapping[str, str]] = EMPTY
) -> Iterator[tuple[dict[str, Any], str]]:
    """Each line that holds anything, by column, and its place as `file:line`."""
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    columns = [column.strip() for column in reader.fieldnames or ()]
    required = ("commodity_code",) if "list" in columns and lists else REQUIRED
    missing = [column for column in required if column not in columns]
    if missing:
        raise RuleError(
            f"{name}:1: got columns {', '.join(columns) or 'none'}, "
            f"expected also {', '.join(missing)}",
            hint="The first line must name the columns.",
        )
    reader.fieldnames = columns
    for cells in reader:
        if None in cells or any(cell and cell.strip() for cell in cells.values()):
            yield cells, f"{name}:{reader.line_num}"


def _line(
    cells: dict[Any, Any], place: str, lists: Mapping[str, Mapping[str, str]] = EMPTY
) -> list[dict[str, Any]]:
    """The measures of a line; one that names a list has one for each of its destinations."""
    if None in cells:
        known = len(cells) - 1
        raise RuleError(
            f"{place}: got {known + len(cells[None])} cells, expected {known}",
            hint="Put text that holds a comma in double quotes.",
        )
    if not lists or not cells.get("list"):
        return [measure(cells, place)]
    shared = _shared(lists, cells["list"], place)
    return [
        measure({**shared, **cells, "destination": destination}, place)
        for destination in shared["destination"].split()
    ]


def _shared(lists: Mapping[str, Mapping[str, str]], name: str, place: str) -> Mapping[str, str]:
    if name not in lists:
        raise RuleError(f"{place}: got list {name!r}, expected one of {LISTS}")
    return lists[name]
