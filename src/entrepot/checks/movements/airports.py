"""Airports: codes, places and heights, and which lie near a site.

From the package airportsdata (MIT), and a few lines that it lacks or has wrong, each with its
source, in `data/airports_more.csv`. Only public locations of whole airports.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from entrepot.checks.site import Site, distance_km
from entrepot.codes import country
from entrepot.errors import CodeError, RequestError
from entrepot.sources.readsb import METRES_PER_FOOT

NEAR_KM: Final = 15.0
"""An airport within this distance of a site is the site's. A judgement: the fields of a town lie so
near, and Minsk-2 and Machulishchy, 32 km apart, stay two."""


@dataclass(frozen=True, slots=True)
class Airport:
    """One airport. `elevation_m` null: not known (the package writes 0 for that, and for the sea).

    `icao` is its code of four letters, `country` ISO alpha-3 or empty.
    """

    icao: str
    name: str
    country: str
    latitude_deg: float
    longitude_deg: float
    elevation_m: float | None
    source: str

    @property
    def site(self) -> Site:
        """As a place."""
        return Site(self.name, self.latitude_deg, self.longitude_deg, country=self.country,
                    sources=(self.source,))  # fmt: skip


@cache
def airports() -> Mapping[str, Airport]:
    """All airports that have an ICAO code, by code."""
    import airportsdata  # 0.2 s that only this asks for

    found = {
        code: _of_package(row)
        for code, row in airportsdata.load("ICAO").items()
        if len(code) == 4 and code.isalpha()
    }
    return MappingProxyType(found | {one.icao: one for one in _more()})


def airport(code: str) -> Airport:
    """The airport of an ICAO code.

    Raises:
        RequestError: there is none.
    """
    found = airports().get(code.strip().upper())
    if found is None:
        raise RequestError(
            f"got airport {code!r}, expected an ICAO code of four letters that is known",
            hint="Such as UMMS for Minsk; or give a place with --near.",
        )
    return found


def airports_near(site: Site, within_km: float = NEAR_KM) -> tuple[tuple[Airport, float], ...]:
    """Airports within a distance of a site, nearest first, each with its kilometres."""
    found = (
        (one, distance_km(site, one.site))
        for one in airports().values()
        if abs(one.latitude_deg - site.latitude_deg) < 1 + within_km / 100
    )
    return tuple(sorted((pair for pair in found if pair[1] <= within_km), key=lambda p: p[1]))


def _of_package(row: Mapping[str, Any]) -> Airport:
    feet = float(row["elevation"])
    return Airport(
        row["icao"], row["name"], _alpha3(row["country"]), float(row["lat"]), float(row["lon"]),
        feet * METRES_PER_FOOT if feet else None, "airportsdata (MIT)",
    )  # fmt: skip


def _more() -> list[Airport]:
    text = resources.files("entrepot.checks.movements").joinpath("data/airports_more.csv")
    return [
        Airport(
            row["icao"], row["name"], row["country"], float(row["latitude_deg"]),
            float(row["longitude_deg"]), float(row["elevation_m"]) if row["elevation_m"] else None,
            row["source"],
        )
        for row in csv.DictReader(text.read_text("utf-8").splitlines())
    ]  # fmt: skip


@cache
def _alpha3(code: str) -> str:
    try:
        return country.parse(code)
    except CodeError:
        return ""
