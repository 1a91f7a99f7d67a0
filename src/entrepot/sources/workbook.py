"""Eurostat Data Browser workbooks: one sheet a slice, with its dimensions above the figures.

Above the figures stand the fixed dimensions (`PRODUCT [PRODUCT]`, `FLOW`, ...), then the rows that
head the columns (`TIME`, `FREQ (Labels)`), then the names of the row dimensions (`REPORTER
(Labels)`, ...). Which dimension stands where varies with the export, so it is read, not assumed.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa
import python_calamine as calamine

from entrepot.errors import SourceError
from entrepot.sources import raw
from entrepot.sources.delimited import hundred_kg
from entrepot.sources.eurostat_relational import EUROSTAT
from entrepot.sources.raw import Counts, Format, Task

MEANING: Final = replace(EUROSTAT, not_available=frozenset(), value_required=False)
NOT_AVAILABLE: Final = ":"
DIMENSIONS: Final = {
    "REPORTER": "reporter",
    "DECLARANT": "reporter",
    "PARTNER": "partner",
    "PRODUCT": "code",
    "FLOW": "flow",
    "TIME": "period",
    "TIME_PERIOD": "period",
    "PERIOD": "period",
    "INDICATORS": "indicator",
    "INDICATOR": "indicator",
    "STAT_PROCEDURE": "procedure",
    "STAT_REGIME": "procedure",
    "FREQ": "frequency",
}
"""Names of Eurostat's dimensions and the raw column that each fills."""

NEEDED: Final = ("reporter", "partner", "code", "flow", "period", "indicator")
INDICATORS: Final = {
    "VALUE_IN_EUROS": "value_eur",
    "VALUE_IN_EUR": "value_eur",
    "VALUE_EUR": "value_eur",
    "QUANTITY_IN_100KG": "mass_100kg",
    "QUANTITY_IN_KG": "mass",
    "SUPPLEMENTARY_QUANTITY": "quantity",
}
UNPLACED: Final = "indicator is neither euro nor mass"
Cell = tuple[str, str, str, str, str, str | None]


@dataclass(frozen=True)
class Slice:
    """A sheet of figures, taken apart."""

    name: str
    fixed: dict[str, str]
    heads: dict[str, list[str]]
    row_names: list[str]
    first_row: int


def read(task: Task, counts: Counts) -> Iterator[pa.Table]:
    """Raw rows of all sheets of figures; cells printed `:` are counted, not given.

    A mass or quantity joins the row of the money of the same cell; where there is no money it has
    a row of its own, without value.

    Raises:
        SourceError: the workbook is damaged or cut short, or holds no sheet of figures.
    """
    try:
        # Calamine takes a file with a broken directory for an empty one.
        with zipfile.ZipFile(task.path) as archive:
            archive.getinfo("xl/workbook.xml")
        book = calamine.CalamineWorkbook.from_path(str(task.path))
        yield from _tables(book, task, counts)
    except (calamine.CalamineError, zipfile.BadZipFile, KeyError) as error:
        raise SourceError(
            f"the workbook is damaged or was cut short ({type(error).__name__})",
            locator=task.name,
            hint="Fetch the file again.",
        ) from error


def _tables(book: calamine.CalamineWorkbook, task: Task, counts: Counts) -> Iterator[pa.Table]:
    size = task.path.stat().st_size // max(len(book.sheet_names), 1)
    slices: list[tuple[Slice, list[list[Any]]]] = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if found := take_apart(name, rows):
            slices.append((found, rows))
        if task.on_bytes:
            task.on_bytes(size)
    if not slices:
        raise SourceError(
            f"got sheets {', '.join(book.sheet_names)}, expected one with the lines PRODUCT, FLOW "
            "and INDICATORS above a row TIME",
            locator=task.name,
            hint="In the Data Browser choose Download, Spreadsheet (.xlsx).",
        )
    merged: dict[Cell, dict[str, str]] = {}
    loose: list[dict[str, str]] = []
    for found, rows in slices:
        _figures(found, rows, counts, merged, loose)
    for cells in (list(merged.values()), loose):  # second figures come after the first ones
        if cells:
            yield _table(cells)


def take_apart(name: str, rows: Sequence[Sequence[Any]]) -> Slice | None:
    """The dimensions of a sheet, or nothing when it is not a sheet of figures."""
    names = [_dimension(row[0]) if row else None for row in rows[:40]]
    known = [index for index, dimension in enumerate(names) if dimension]
    if not known:
        return None
    last = known[-1]
    labels = [str(cell) for cell in rows[last]]
    width = next((n for n, label in enumerate(labels) if not label.strip()), len(labels))
    row_names = [_dimension(label) or "" for label in labels[:width]]
    fixed: dict[str, str] = {}
    heads: dict[str, list[str]] = {}
    for index in known[:-1]:
        cells = [_text(cell) for cell in rows[index][1:]]
        dimension = names[index] or ""
        given = [cell for cell in cells if cell]
        if _is_head(rows, index, last):
            heads[dimension] = [""] * (width - 1) + cells[width - 1 :]
        elif given:
            fixed[dimension] = given[0]
    found = Slice(name, fixed, heads, row_names, last + 1)
    there = {*fixed, *heads, *row_names}
    return found if there.issuperset(NEEDED) else None


def _is_head(rows: Sequence[Sequence[Any]], index: int, last: int) -> bool:
    """Column heads stand right above the row names, with no empty row between."""
    return all(any(_text(cell) for cell in rows[n]) for n in range(index, last))


def _dimension(cell: object) -> str | None:
    plain = re.sub(r"\s*[\[(].*$", "", str(cell)).strip().upper()
    return DIMENSIONS.get(plain)


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m")
    return str(cell).strip()


def _figures(
    found: Slice,
    rows: Sequence[Sequence[Any]],
    counts: Counts,
    merged: dict[Cell, dict[str, str]],
    loose: list[dict[str, str]],
) -> None:
    """Figures of one cell gather in `merged`; those that cannot be joined go to `loose`."""
    columns = _figure_columns(found)
    for number, row in enumerate(rows[found.first_row :], start=found.first_row + 1):
        if not any(_text(cell) for cell in row):
            break
        at_row = found.fixed | {
            name: _text(row[n]) for n, name in enumerate(found.row_names) if name
        }
        for index, head in columns:
            printed = _text(row[index]) if index < len(row) else ""
            if printed in ("", NOT_AVAILABLE):
                counts.not_available += 1
                continue
            place = {"place": f"{found.name}!{column_letters(index)}", "row": str(number)}
            _add({**at_row, **head, **place}, printed, merged, loose)


def _figure_columns(found: Slice) -> list[tuple[int, dict[str, str]]]:
    """Columns with a period (or other head); columns of flags have none."""
    columns = []
    length = max((len(cells) for cells in found.heads.values()), default=0)
    for index in range(len(found.row_names), length + 1):
        head = {name: cells[index - 1] for name, cells in found.heads.items() if cells[index - 1 :]}
        if all(head.values()) and head:
            columns.append((index, head))
    return columns


def _add(
    cell: dict[str, str],
    printed: str,
    merged: dict[Cell, dict[str, str]],
    loose: list[dict[str, str]],
) -> None:
    indicator = re.sub(r"\s*\[.*\]$", "", cell.pop("indicator")).upper()
    cell.pop("frequency", None)
    role = INDICATORS.get(indicator)
    if role is None:
        loose.append(
            cell
            | {
                "fault": UNPLACED,
                "fault_got": indicator,
                "fault_expected": ", ".join(INDICATORS),
            }
        )
        return
    if role == "mass_100kg":
        role, printed = "mass", hundred_kg(printed)
    key: Cell = (
        cell["reporter"],
        cell["partner"],
        cell["flow"],
        cell["code"],
        cell["period"],
        cell.get("procedure"),
    )
    known = merged.setdefault(key, cell)
    if role in known:  # the same figure twice: a row of its own, for the check of duplicates
        loose.append(cell | {role: printed})
    else:
        known[role] = printed
        if role == "value_eur":  # the place of the money is the place of the row
            known.update(place=cell["place"], row=cell["row"])


def _table(rows: list[dict[str, str]]) -> pa.Table:
    names = [name for name in raw.RAW.names[2:] if any(name in row for row in rows)]
    columns: dict[str, Any] = {
        name: pa.array([row.get(name) for row in rows], pa.string()) for name in names
    }
    columns["row"] = pa.array([int(row["row"]) for row in rows], pa.int64())
    return raw.batch(columns, len(rows))


def column_letters(index: int) -> str:
    """Letters of a spreadsheet column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


WORKBOOK: Final = Format("eurostat-workbook", "Eurostat Data Browser workbook", MEANING, read)
