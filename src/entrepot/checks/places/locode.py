"""Towns with their coordinates from a UN/LOCODE list that the user gives.

The list is UNECE's, under the terms of the United Nations; it is not shipped. Read in the shape of
its CSV release since 2013: no header row, eleven cells and remarks, coordinates as `5340N 02343E`.
Many rows have none.
"""

import bz2
import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from entrepot.checks.places.point import point_of
from entrepot.checks.places.reading import without_collecting
from entrepot.checks.places.said import LOCODE, Said, fold
from entrepot.codes import country
from entrepot.errors import CodeError, RequestError, SourceError

CELLS: Final = 11
MOST_BYTES: Final = 100_000_000
"""Larger than any edition opened (8.8 MB in 2018-1), so that a packed file cannot fill memory."""

HINT: Final = "Give UNECE's CSV file, plain or .bz2; all parts in one file, in UTF-8."


_Row = tuple[list[str], int]
"""The cells of a row and its line."""


def codes_called(path: Path | None, names: frozenset[str], country_code: str = "") -> list[Said]:
    """Rows with coordinates of which a name, or the code, is one of these.

    Args:
        path: the list; null: there is none, and no row.
        names: folded; a code such as `bybnv` counts as a name.
        country_code: ISO alpha-3; empty: any.

    Raises:
        SourceError: the file cannot be read or is no such list.
    """
    if path is None:
        return []
    index = _by_name(path)
    found = {line: cells for name in names for cells, line in index.get(name, ())}
    return [
        one
        for line, cells in sorted(found.items())
        if not country_code or _alpha3(cells[1]) == country_code
        for one in (_said(cells, f"{path.name}, line {line}"),)
    ]


def _said(cells: list[str], place: str) -> Said:
    at = cells[10].strip()
    try:
        point = point_of(at)
    except RequestError as error:
        raise SourceError(str(error), locator=place, hint=HINT) from error
    if point is None:
        raise SourceError(
            f"got coordinates {at!r}, expected some like 5340N 02343E", locator=place, hint=HINT
        )
    code = (cells[1] + cells[2]).strip()
    return Said(
        LOCODE, code, cells[4] or cells[3], *point, _alpha3(cells[1]), frozenset(_names(cells))
    )


def _names(cells: list[str]) -> set[str]:
    """Its names as spelled and without accents, and its code."""
    names = {cells[3]} if cells[3] == cells[4] else {cells[3], cells[4]}
    return ({fold(one) for one in names} | {(cells[1] + cells[2]).lower()}) - {""}


@cache
def _by_name(path: Path) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    with without_collecting():
        for cells, line in _read(path):
            for name in _names(cells):
                found.setdefault(name, []).append((cells, line))
    return found


def _read(path: Path) -> Iterator[_Row]:
    """Rows of places with coordinates."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) < CELLS or len(cells[1]) != 2:
                raise SourceError(
                    f"got {len(cells)} cells and {' '.join(cells[1:2]) or 'nothing'!r} for the "
                    f"country, expected {CELLS} or more cells and a code of two letters",
                    locator=f"{path.name}, line {reader.line_num}", hint=HINT,
                )  # fmt: skip
            if cells[2] and cells[10]:
                yield cells, reader.line_num
    except csv.Error as error:
        raise SourceError(
            f"the table is broken: {error}", locator=f"{path.name}, line {reader.line_num}",
            hint=HINT,
        ) from error  # fmt: skip


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if raw.startswith(b"BZh"):
            raw = bz2.BZ2Decompressor().decompress(raw, MOST_BYTES)
        if len(raw) >= MOST_BYTES:
            raise SourceError(
                f"got {MOST_BYTES // 1_000_000} MB or more, expected a list of some 10 MB",
                locator=path.name, hint=HINT,
            )  # fmt: skip
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"got bytes that are not UTF-8 at byte {error.start}, expected UTF-8 text",
            locator=path.name, hint=HINT,
        ) from error  # fmt: skip
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror or error}", locator=str(path), hint=HINT
        ) from error


@cache
def _alpha3(code: str) -> str:
    try:
        return country.parse(code)
    except CodeError:
        return code
