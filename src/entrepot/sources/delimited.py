"""Delimited text: find the header, match it with a known layout, read rows by role."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from entrepot.engine.text import TextBatch, TextShape, opener, read_text
from entrepot.errors import SourceError
from entrepot.sources import raw
from entrepot.sources.raw import Counts, Meaning, Task

DELIMITERS: Final = (",", ";", "\t", "|")
HEADER_BYTES: Final = 1 << 16
COLUMN_COUNT: Final = "wrong number of columns"


@dataclass(frozen=True)
class Layout:
    """Columns of one publisher's text file.

    Attributes:
        name, title: short name and words for people.
        roles: names a header may use for each column of the raw table, first match counts.
        required: roles that must be there; each entry is a set of roles of which one suffices.
        meaning: how the texts are understood.
        quoted: false where the publisher never quotes, so that a quote mark is a plain sign.
        marks: header names that only this layout has; they break ties.
    """

    name: str
    title: str
    roles: dict[str, tuple[str, ...]]
    required: tuple[tuple[str, ...], ...]
    meaning: Meaning
    quoted: bool = True
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """The first line of a file."""

    names: tuple[str, ...]
    delimiter: str
    has_rows: bool


@dataclass(frozen=True)
class Match:
    """A header against a layout: the column of each role, and what is missing."""

    layout: Layout
    columns: dict[str, str]
    missing: tuple[str, ...] = field(default=())

    @property
    def score(self) -> tuple[int, int, int]:
        """Better matches are greater."""
        names = {name.casefold() for name in self.columns.values()}
        marks = sum(mark.casefold() in names for mark in self.layout.marks)
        return (-len(self.missing), marks, len(self.columns))


def read_header(path: Path, encoding: str | None, label: str) -> Header:
    """Names of the columns and the separator, from the first line.

    Raises:
        SourceError: the file is empty, or its first line is not text.
    """
    with path.open("rb") as stream:
        start = stream.read(HEADER_BYTES)
    try:
        # The last sign may be cut by the read.
        text = start.decode(encoding or "utf-8-sig", errors="strict").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = start[: error.start].count(b"\n") + 1
        text = start[: error.start].decode(encoding or "utf-8-sig", errors="ignore")
        if line == 1 and len(start) - error.start > 4:
            raise SourceError(
                f"got byte 0x{start[error.start]:02X} at offset {error.start:,}, "
                f"expected {(encoding or 'UTF-8').upper()} text",
                locator=f"{label}, line 1",
                hint="If the file comes from a Windows program, try --encoding cp1252.",
            ) from error
    if "\0" in text:
        raise SourceError(
            "got zero bytes, expected text",
            locator=f"{label}, line 1",
            hint="Text of two bytes a letter without a mark: try --encoding utf-16-le.",
        )
    if "\n" not in text and "\r" in text:
        raise SourceError(
            "lines end with a carriage return alone, expected line feeds",
            locator=f"{label}, line 1",
            hint="An old Macintosh text: save it again with Unix or Windows line ends.",
        )
    first, _, rest = text.partition("\n")
    if not text.strip():
        raise SourceError(
            "the file is empty, expected a header line and rows", locator=f"{label}, line 1"
        )
    first = first.rstrip("\r")
    delimiter = max(DELIMITERS, key=first.count)
    names = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter), []))
    return Header(names, delimiter, bool(rest.strip()) or len(start) == HEADER_BYTES)


def match(header: Header, layout: Layout) -> Match:
    """Which columns of the header fill which roles of the layout."""
    there = {name.casefold(): name for name in header.names}
    columns: dict[str, str] = {}
    for role, names in layout.roles.items():
        found = next((there[name.casefold()] for name in names if name.casefold() in there), None)
        if found is not None:
            columns[role] = found
    missing = tuple(
        " or ".join(layout.roles[role][0] for role in choice)
        for choice in layout.required
        if not any(role in columns for role in choice)
    )
    return Match(layout, columns, missing)


def require(found: Match, header: Header, task: Task) -> dict[str, str]:
    """The columns of a match, or a clear refusal when some are missing.

    Raises:
        SourceError: a column is missing, is there twice, or there is nothing below the header.
    """
    missing = [name for name in found.missing if not (name == "flow" and task.options.assume_flow)]
    place = task.name
    if missing:
        only_flow = missing == ["flow"]
        raise SourceError(
            f"got columns {', '.join(header.names)}; missing {', '.join(missing)} "
            f"of the {found.layout.title}",
            locator=place,
            hint="If all rows are exports, give --flow X (or M, RX, RM)."
            if only_flow
            else "Rename the columns as in docs/import.md.",
        )
    double = sorted({name for name in header.names if header.names.count(name) > 1})
    if double:
        raise SourceError(
            f"got column {double[0]!r} more than once, expected each name once", locator=place
        )
    if not header.has_rows:
        raise SourceError(
            "got a header and no rows, expected at least one row below it", locator=place
        )
    return found.columns


def reader(layout: Layout) -> Callable[[Task, Counts], Iterator[pa.Table]]:
    """The function that reads files of this layout into raw rows."""

    def read(task: Task, counts: Counts) -> Iterator[pa.Table]:
        return read_rows(layout, task, place="line ")

    return read


def read_rows(layout: Layout, task: Task, *, place: str) -> Iterator[pa.Table]:
    """Raw rows of the file; `place` goes before the line number in each locator.

    Raises:
        SourceError: a column is missing, or the file is cut short or is not text.
    """
    header = read_header(task.path, task.options.encoding, task.name)
    columns = require(match(header, layout), header, task)
    role_of = {name: role for role, name in columns.items()}
    shape = TextShape(
        names=header.names,
        kept=tuple(name for name in header.names if name in role_of),
        delimiter=header.delimiter,
        quoted=layout.quoted,
        dictionaries=frozenset(name for name, role in role_of.items() if role in raw.REPEATED),
        encoding=task.options.encoding or "utf-8",
    )
    for found in read_text(opener(task.path), shape, label=task.name, on_bytes=task.on_bytes):
        if found.rows.num_rows:
            yield _good(found, columns, place, task.options.assume_flow)
        if found.bad:
            yield _bad(found, len(header.names), place)


def _good(
    found: TextBatch, columns: dict[str, str], place: str, assume_flow: str | None
) -> pa.Table:
    count = found.rows.num_rows
    given: dict[str, pa.Array | pa.ChunkedArray | str | None] = {
        role: found.rows.column(name) for role, name in columns.items() if role != "mass_100kg"
    }
    if "mass_100kg" in columns and "mass" not in columns:
        hundreds = found.rows.column(columns["mass_100kg"]).to_pylist()
        given["mass"] = pa.array([hundred_kg(text) for text in hundreds], pa.string())
    if assume_flow and "flow" not in columns:
        given["flow"] = assume_flow
    return raw.batch({**given, "row": pa.array(found.lines), "place": place}, count)


def _bad(found: TextBatch, expected: int, place: str) -> pa.Table:
    lines = np.array([line.line for line in found.bad], dtype=np.int64)
    got = pa.array([f"{line.columns} columns" for line in found.bad], pa.string())
    return raw.batch(
        {
            "row": pa.array(lines),
            "place": place,
            "fault": COLUMN_COUNT,
            "fault_got": got,
            "fault_expected": f"{expected} columns, as in the header",
        },
        len(found.bad),
    )


def hundred_kg(text: str) -> str:
    """Kilograms of a mass printed in hundreds of kilograms; other text stays as it is."""
    try:
        return format(Decimal(text.strip()) * 100, "f")
    except InvalidOperation:
        return text
