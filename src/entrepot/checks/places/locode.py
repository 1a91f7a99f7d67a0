"""Towns with their coordinates from a UN/LOCODE list that the user gives.

The list is UNECE's, under the terms of the United Nations; it is not shipped. Read in the shape of
its CSV release since 2013: no header row, eleven cells and remarks, coordinates as `5340N 02343E`.
Many rows have none.
"""

import bz2
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from entrepot.checks.places.point import point_of
from entrepot.checks.places.said import LOCODE, Said, fold
from entrepot.codes import country
from entrepot.errors import CodeError, RequestError, SourceError

CELLS: Final = 11
MOST_BYTES: Final = 100_000_000
"""Larger than any edition opened (8.8 MB in 2018-1), so that a packed file cannot fill memory."""

HINT: Final = "Give UNECE's CSV file, plain or .bz2; all parts in one file, in UTF-8."


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    name: str
    folded: frozenset[str]
    country: str
    coordinates: str
    place: str


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
    return [
        _said(row)
        for row in (_by_country(path).get(country_code, ()) if country_code else _rows(path))
        if row.coordinates and (not row.folded.isdisjoint(names) or row.code.lower() in names)
    ]


def _said(row: _Row) -> Said:
    try:
        point = point_of(row.coordinates)
    except RequestError as error:
        raise SourceError(str(error), locator=row.place, hint=HINT) from error
    if point is None:
        raise SourceError(
            f"got coordinates {row.coordinates!r}, expected some like 5340N 02343E",
            locator=row.place, hint=HINT,
        )  # fmt: skip
    return Said(LOCODE, row.code, row.name, *point, row.country, row.folded | {row.code.lower()})


@cache
def _rows(path: Path) -> tuple[_Row, ...]:
    return tuple(_read(path))


@cache
def _by_country(path: Path) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in _rows(path):
        found.setdefault(row.country, []).append(row)
    return found


def _read(path: Path) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        for cells in reader:
            place = f"{path.name}, line {reader.line_num}"
            if not any(cells):
                continue
            if len(cells) < CELLS or len(cells[1].strip()) != 2:
                raise SourceError(
                    f"got {len(cells)} cells and {' '.join(cells[1:2]) or 'nothing'!r} for the "
                    f"country, expected {CELLS} or more cells and a code of two letters",
                    locator=place, hint=HINT,
                )  # fmt: skip
            if cells[2].strip() and cells[10].strip():
                yield _row([cell.strip() for cell in cells], place)
    except csv.Error as error:
        raise SourceError(
            f"the table is broken: {error}", locator=f"{path.name}, line {reader.line_num}",
            hint=HINT,
        ) from error  # fmt: skip


def _row(cells: list[str], place: str) -> _Row:
    code, name, plain, at = cells[1] + cells[2], cells[3], cells[4], cells[10]
    names = frozenset({fold(one) for one in {name, plain} if one})
    return _Row(code, plain or name, names, _alpha3(cells[1]), at, place)


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
