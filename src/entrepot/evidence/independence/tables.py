"""Items in one file: CSV, TSV or JSON lines with a column for each property."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from entrepot.errors import DocumentError
from entrepot.evidence.independence.item import Item

ENDINGS: Final = (".csv", ".tsv", ".jsonl", ".ndjson")
"""Endings of files that hold many items."""

COLUMNS: Final = ("item_id", "publisher", "published_on", "title", "text", "url", "cites")
"""Columns that are read. `text` is needed; `cites` holds ids or addresses, parted by blanks, bars
or, in JSON, as a list."""

MOST_BYTES: Final = 200_000_000
_CELL: Final = 4_000_000


def read_table(path: Path) -> list[Item]:
    """The items of a table, in its order. An empty day is null; an item without id gets its row.

    Raises:
        DocumentError: no table of items, or a row without text or with a day that is none.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DocumentError(f"the table has over {MOST_BYTES // 1_000_000} MB",
                                locator=path.name, hint="Split it.")  # fmt: skip
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", locator=path.name) from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 (byte {error.start})", locator=path.name,
                            hint="Save the table as UTF-8.") from error  # fmt: skip
    rows = _lines(content, path) if path.suffix.lower() in ENDINGS[2:] else _cells(content, path)
    return [_item(row, f"{path.name} row {number}", path) for number, row in rows]


def _lines(content: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise DocumentError(f"line {number} is no JSON", locator=path.name) from error
        if not isinstance(row, dict):
            raise DocumentError(f"line {number} is no JSON object", locator=path.name)
        yield number, row


def _cells(content: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(_CELL)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        if "text" not in (reader.fieldnames or ()):
            raise DocumentError(
                f"got the columns {', '.join(reader.fieldnames or ()) or 'none'}, expected text",
                locator=path.name,
                hint=f"A table of items has the columns {', '.join(COLUMNS)}; text is needed.",
            )
        yield from enumerate(reader, start=2)
    except csv.Error as error:
        raise DocumentError(f"line {reader.line_num}: {error}", locator=path.name) from error


def _item(row: Mapping[str, Any], place: str, path: Path) -> Item:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise DocumentError(f"{place} has no text", locator=path.name)
    told = {name: _said(row.get(name)) for name in ("item_id", "publisher", "title", "url")}
    day = _day(row.get("published_on"), place, path)
    return Item(
        told["item_id"] or place, text, told["publisher"], day,
        told["title"], told["url"], _cites(row.get("cites")), told["item_id"] or place,
    )  # fmt: skip


def _said(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _day(value: Any, place: str, path: Path) -> date | None:
    told = _said(value)
    try:
        return date.fromisoformat(told[:10]) if told else None
    except ValueError as error:
        raise DocumentError(
            f"{place}: got the day {told!r}, expected one such as 2022-08-26", locator=path.name,
            hint="Leave the cell empty where the day is not known.",
        ) from error  # fmt: skip


def _cites(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_said(one) for one in value if _said(one))
    return tuple(one for one in _said(value).replace("|", " ").split() if one)
