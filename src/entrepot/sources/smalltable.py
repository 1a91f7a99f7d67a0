"""A small table in a CSV file, read strictly: its columns, and each line with its place."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from entrepot.codes.period import FIRST_YEAR, LAST_YEAR
from entrepot.errors import SourceError

MOST_BYTES: Final = 200_000_000
"""A larger file is refused: it is no table that was written by hand or cut to a case."""


def rows(
    path: Path, columns: Sequence[str], optional: Sequence[str], hint: str
) -> Iterator[tuple[Mapping[str, str], str]]:
    """Each line as text by column, and its place as `file, line n`.

    Args:
        path: CSV in UTF-8, comma or semicolon between cells, names of columns in the first line.
        columns: must be there.
        optional: may be there; empty text where they are not.
        hint: said with every refusal.

    Raises:
        SourceError: the file cannot be read, is empty, a web page or no UTF-8 text, lacks a
            column, or a line has more or fewer cells than the first.
    """
    text = _text(path, hint)
    head = text.partition("\n")[0]
    delimiter = ";" if ";" in head and "," not in head else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        _check(names, columns, path, hint)
        reader.fieldnames = names
        for line in reader:
            place = f"{path.name}, line {reader.line_num}"
            if None in line or None in line.values():
                raise SourceError(
                    f"got more or fewer cells than the first line has, expected {len(names)}",
                    locator=place, hint=hint,
                )  # fmt: skip
            if any(str(cell).strip() for cell in line.values()):
                wanted = (*columns, *optional)
                yield {name: (line.get(name) or "").strip() for name in wanted}, place
    except csv.Error as error:
        raise SourceError(
            f"the table is broken: {error}", locator=f"{path.name}, line {reader.line_num}",
            hint=hint,
        ) from error  # fmt: skip


def _text(path: Path, hint: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(
                f"got more than {MOST_BYTES // 1_000_000} MB, expected a table cut to the case",
                locator=path.name, hint=hint,
            )  # fmt: skip
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}", locator=str(path), hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"got bytes that are not UTF-8 at byte {error.start}, expected UTF-8 text",
            locator=path.name, hint="Save the file as CSV UTF-8.",
        ) from error  # fmt: skip
    if got := what_else(text):
        raise SourceError(f"got {got}, expected a table in CSV", locator=path.name, hint=hint)
    return text


def what_else(text: str) -> str:
    """What a file is that holds no table: empty, or a page that a site sent in its place.

    Returns:
        Words for a refusal; empty: it may be a table.
    """
    head = text.lstrip()[:9].lower()
    if not head:
        return "an empty file"
    return "a web page" if head.startswith(("<!doctype", "<html")) else ""


def _check(names: Sequence[str], columns: Sequence[str], path: Path, hint: str) -> None:
    missing = [name for name in columns if name not in names]
    if missing or len(set(names)) < len(names):
        said = f"expected also {', '.join(missing)}" if missing else "expected each once"
        raise SourceError(
            f"got columns {', '.join(names) or 'none'}, {said}",
            locator=f"{path.name}, line 1", hint=hint,
        )  # fmt: skip


def instant(text: str, column: str, place: str, hint: str) -> datetime:
    """A moment in UTC from ISO text or seconds since 1970; a time without a zone is UTC.

    Raises:
        SourceError: it is neither.
    """
    try:
        if text.isdigit() and len(text) > len("20220826"):
            return datetime.fromtimestamp(int(text), UTC)
        found = datetime.fromisoformat(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError(text)
    except (ValueError, OverflowError, OSError) as error:
        raise SourceError(
            f"got {column} {text!r}, expected a moment such as 2022-08-26T10:30",
            locator=place, hint=hint,
        ) from error  # fmt: skip
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def day(text: str, column: str, place: str, hint: str) -> date:
    """The day of a moment, in UTC.

    Raises:
        SourceError: it is no day and no moment.
    """
    return instant(text, column, place, hint).date()
