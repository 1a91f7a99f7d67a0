"""Airports and airfields with their coordinates, from the package airportsdata (MIT)."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Any, Final

import airportsdata

from entrepot.checks.places.reading import without_collecting
from entrepot.checks.places.said import AIRFIELDS, Said, apart_km, fold
from entrepot.codes import country
from entrepot.errors import CodeError

KM_PER_DEGREE: Final = 110.0
"""Kilometres per degree of latitude from below (110.6 at the equator); a sieve before distances are
reckoned."""

FOOT_M: Final = 0.3048
"""Metres in an international foot, by definition (1959)."""

CLOSE: Final = 0.85
"""Least share of letters in common between two spellings of one place. `Baranavichi` and
`Baranavichy` have 0.91; a judgement, not a measurement."""


def airfields_called(name: str) -> list[Said]:
    """Airfields with this ICAO or IATA code in capitals, this city, or the name in theirs."""
    wanted = fold(name)
    if not wanted:
        return []
    return [
        row
        for iata, row in _rows()
        if name.strip() in (row.key, iata)
        or wanted in row.names
        or (" " in wanted and any(f" {wanted} " in f" {one} " for one in row.names))
    ]


def airfields_near(town: Said, km: float) -> Iterator[Said]:
    """Airfields of a town's country, within so many kilometres, that go by its name or nearly."""
    for _, row in _rows():
        if (
            row.country == town.country
            and abs(row.latitude_deg - town.latitude_deg) * KM_PER_DEGREE <= km
            and apart_km(row, town) <= km
            and speaks_of(row, town)
        ):
            yield row


def speaks_of(airfield: Said, town: Said) -> bool:
    """Whether a town's names are those of an airfield, or of the city it serves."""
    return any(_same(one, name) for one in airfield.names for name in town.names)


def _same(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if not one or not other or one[0] != other[0] or abs(len(one) - len(other)) > 3:
        return False
    return SequenceMatcher(None, one, other).ratio() >= CLOSE


@cache
def _rows() -> tuple[tuple[str, Said], ...]:
    """The IATA code, where there is one, and the row of each airfield."""
    with without_collecting():
        return tuple((row["iata"] or "", _said(row)) for row in airportsdata.load("ICAO").values())


def _said(row: Mapping[str, Any]) -> Said:
    whole = fold(row["name"])
    names = {fold(row["city"]), whole, *(word for word in whole.split() if len(word) > 2)}
    return Said(
        AIRFIELDS, row["icao"], row["name"], row["lat"], row["lon"], _alpha3(row["country"]),
        frozenset(names - {""} - _COMMON), height_m=float(row["elevation"] or 0) * FOOT_M,
    )  # fmt: skip


_COMMON: Final = frozenset(
    {"airport", "airfield", "base", "international", "regional", "municipal", "county", "field"}
)
"""Words of airfields that name no place."""


@cache
def _alpha3(code: str) -> str:
    try:
        return country.parse(code)
    except CodeError:
        return code
