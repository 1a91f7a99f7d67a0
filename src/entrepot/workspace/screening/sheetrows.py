"""Workbooks with one party a row: the headings stand in the first row that is not empty."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from entrepot.errors import RequestError, SourceError
from entrepot.workspace.screening.rows import BATCH_ROWS, Batch


class SheetRows:
    """A sheet of a workbook; numbers without decimals are written as whole numbers."""

    def __init__(self, path: Path, sheet: str | None) -> None:
        self._path = path
        book = _opened(path)
        self._sheet = _chosen(book, sheet, path)
        names, self._head = _headings(_rows(book, self._sheet, path))
        if not names:
            raise SourceError(
                f"got sheet {self._sheet!r} without any text, expected headings and rows",
                locator=path.name,
            )
        self.names = tuple(names)
        others = [name for name in book.sheet_names if name != self._sheet]
        said = f"sheet {self._sheet!r} was read; others: {', '.join(map(repr, others))}"
        self.notes: tuple[str, ...] = (said,) if others and not sheet else ()

    def batches(self, used: Sequence[str]) -> Iterator[Batch]:
        """The rows in order; empty rows below the last filled one are left away."""
        places = [self.names.index(name) for name in used]
        kept: list[list[str]] = []
        empty = 0
        for number, row in enumerate(_rows(_opened(self._path), self._sheet, self._path)):
            if number <= self._head:
                continue
            if not any(_text(cell) for cell in row):
                empty += 1
                continue
            kept.extend([[""] * len(places) for _ in range(empty)])
            empty = 0
            kept.append([_text(row[place]) if place < len(row) else "" for place in places])
            if len(kept) >= BATCH_ROWS:
                yield Batch(_table(kept, used))
                kept = []
        yield Batch(_table(kept, used))


def _opened(path: Path) -> Any:
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except Exception as error:  # calamine raises errors of its own for each format
        raise SourceError(
            f"got a workbook that cannot be read ({error}), expected a whole one",
            locator=path.name,
            hint="The file was cut short or damaged, or has a password.",
        ) from error


def _rows(book: Any, sheet: str, path: Path) -> Iterator[list[Any]]:
    try:
        yield from book.get_sheet_by_name(sheet).iter_rows()
    except Exception as error:
        raise SourceError(
            f"got sheet {sheet!r} that cannot be read ({error})", locator=path.name
        ) from error


def _chosen(book: Any, sheet: str | None, path: Path) -> str:
    names = list(book.sheet_names)
    if sheet is not None and sheet not in names:
        raise RequestError(f"{path.name}: got sheet {sheet!r}, expected one of {names}")
    for name in [sheet] if sheet else names:
        if any(_text(cell) for row in _rows(book, str(name), path) for cell in row):
            return str(name)
    raise SourceError("got a workbook without any text, expected rows", locator=path.name)


def _headings(rows: Iterator[list[Any]]) -> tuple[list[str], int]:
    for number, row in enumerate(rows):
        texts = [_text(cell) for cell in row]
        if any(texts):
            return texts, number
    return [], 0


def _text(cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).strip()


def _table(rows: list[list[str]], used: Sequence[str]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in used]
    arrays = [pa.array(list(column), pa.string()) for column in columns]
    return pa.table(dict(zip(used, arrays, strict=True)))
