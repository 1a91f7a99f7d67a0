"""Missions as a list has them: whose, where, of which kind.

The lists are those of the public project database-of-embassies, made from Wikidata (CC0). They say
neither whether a mission works nor since when.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from entrepot.checks.site import Site, distance_km
from entrepot.codes import country
from entrepot.errors import CodeError, SourceError

COLUMNS: Final = ("operator", "country", "city", "latitude", "longitude", "type", "QID")
HINT: Final = (
    "Give a CSV file of github.com/database-of-embassies/database-of-embassies "
    "(semicolons, with a header row)."
)
MOST_BYTES: Final = 100_000_000
SAME_KM: Final = 1.0
"""Two rows of one operator, host, kind and city no farther apart are one mission; farther apart
both are kept, for they may be two houses. A choice."""

_NAMES: Final = {"Republic of Ireland": "IRL"}
"""What Wikidata calls a country, where no list of country names has it."""


@dataclass(frozen=True, slots=True)
class Mission:
    """One mission.

    Attributes:
        operator: ISO alpha-3 of whose it is; its name where it is no country.
        host: ISO alpha-3 of where it stands; its name where it is no country.
        kind_of_post: as the list says, such as `embassy` or `consulate general`.
        city: as the list says, sometimes a district; empty: not said.
        latitude_deg: WGS 84; null: not said.
        longitude_deg: WGS 84; null: not said.
        wikidata: its identifier, such as `Q33113473`.
    """

    operator: str
    host: str
    kind_of_post: str
    city: str
    latitude_deg: float | None
    longitude_deg: float | None
    wikidata: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What repeats have in common."""
        return self.operator, self.host, self.kind_of_post, self.city

    def place(self) -> Site | None:
        """Where it stands; null where the list does not say."""
        if self.latitude_deg is None or self.longitude_deg is None:
            return None
        return Site(self.city, self.latitude_deg, self.longitude_deg, country=self.host)


def read_missions(path: Path) -> list[Mission]:
    """All rows of a list, repeats and rows without coordinates among them.

    Raises:
        SourceError: the file cannot be read, lacks a column, or has no number where one belongs.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), delimiter=";", strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(
                f"got no column {', '.join(missing)}, expected {'; '.join(COLUMNS)}",
                locator=f"{path.name}, line 1", hint=HINT,
            )  # fmt: skip
        return list(_missions(reader, path))
    except csv.Error as error:
        raise SourceError(
            f"the table is broken: {error}", locator=f"{path.name}, line {reader.line_num}",
            hint=HINT,
        ) from error  # fmt: skip


def _missions(reader: "csv.DictReader[str]", path: Path) -> Iterator[Mission]:
    for row in reader:
        place = f"{path.name}, line {reader.line_num}"
        if any(row[name] is None for name in COLUMNS):
            raise SourceError(
                "got fewer cells than the first line has, expected as many",
                locator=place, hint=HINT,
            )  # fmt: skip
        yield _mission(row, place)


def _mission(row: Mapping[str, str], place: str) -> Mission:
    north, east = (_degrees(row, name, most, place) for name, most in _AXES)
    if north is None or east is None:
        north = east = None
    return Mission(
        alpha3(row["operator"].strip()), alpha3(row["country"].strip()), row["type"].strip(),
        row["city"].strip(), north, east, row["QID"].strip().rpartition("/")[2],
    )  # fmt: skip


_AXES: Final = (("latitude", 90.0), ("longitude", 180.0))


def _degrees(row: Mapping[str, str], name: str, most: float, place: str) -> float | None:
    text = row[name].strip()
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        found = most + 1
    if not abs(found) <= most:
        raise SourceError(
            f"got {name} {text!r}, expected degrees from -{most:g} to {most:g}",
            locator=place, hint=HINT,
        )  # fmt: skip
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(
                f"got more than {MOST_BYTES // 1_000_000} MB, expected a list of some 4 MB",
                locator=path.name, hint=HINT,
            )  # fmt: skip
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"got bytes that are not UTF-8 at byte {error.start}, expected UTF-8 text",
            locator=path.name, hint=HINT,
        ) from error  # fmt: skip
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}", locator=str(path), hint="Check the path."
        ) from error


@cache
def alpha3(name: str) -> str:
    """ISO alpha-3 of a country; the name itself where it is none."""
    if name in _NAMES:
        return _NAMES[name]
    try:
        return country.parse(name)
    except CodeError:
        return name


def without_repeats(missions: list[Mission]) -> list[Mission]:
    """Each mission once: of rows alike in operator, host, kind and city, those apart in place.

    Of two repeats the one with coordinates is kept. Rows without a city are all kept.
    """
    kept: dict[tuple[str, str, str, str], list[Mission]] = {}
    for one in sorted(missions, key=lambda row: row.latitude_deg is None):
        others = kept.setdefault(one.key, [])
        if not one.city or not any(_is_same(one, other) for other in others):
            others.append(one)
    chosen = {id(one) for others in kept.values() for one in others}
    return [one for one in missions if id(one) in chosen]


def repeats(missions: list[Mission]) -> int:
    """How many rows have the operator, host, kind and city of an earlier row."""
    return len(missions) - len({one.key for one in missions})


def _is_same(one: Mission, other: Mission) -> bool:
    here, there = one.place(), other.place()
    return here is None or there is None or distance_km(here, there) <= SAME_KM
