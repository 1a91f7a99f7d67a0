"""Flight lists in the layout of the OpenSky Network: one line a flight that receivers heard.

Columns `callsign, icao24, registration, typecode, origin, destination, firstseen, lastseen`; others
are left aside. `origin` and `destination` are ICAO codes of airports, empty where the receivers did
not hear the aircraft near one. Receivers stand where volunteers put them, and a transponder can be
off: a flight that is not in the list may have taken place.

Layout: the network's own description of its flight lists, Strohmeier et al. 2021, Earth System
Science Data 13, "Crowdsourced air traffic data from the OpenSky Network 2019-2020".
"""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.sources.smalltable import instant, rows

COLUMNS: Final = ("callsign", "icao24", "origin", "destination", "firstseen", "lastseen")
OPTIONAL: Final = ("registration", "typecode", "day")
HINT: Final = (
    "The first line names the columns callsign, icao24, registration, typecode, origin, "
    "destination, firstseen, lastseen, as the OpenSky Network writes them: docs/assess.md."
)
LONGEST_PREFIX: Final = 4


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight, moments in UTC. Empty text: not heard. `origin`, `destination`: ICAO codes."""

    callsign: str
    icao24: str
    registration: str
    typecode: str
    origin: str
    destination: str
    first_at: datetime
    last_at: datetime
    locator: str

    def names(self) -> frozenset[str]:
        """What the aircraft goes by, upper case, without hyphens and blanks."""
        own = (self.callsign, self.icao24, self.registration)
        return frozenset(plain(one) for one in own if one)


def plain(text: str) -> str:
    """A call sign or registration without what people write in different ways."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def read_flights(path: Path) -> tuple[Flight, ...]:
    """The flights of a list, in its order.

    Raises:
        SourceError: the file is not as this module says, at a line; or it holds no flight.
    """
    found = []
    for cells, place in rows(path, COLUMNS, OPTIONAL, HINT):
        first = instant(cells["firstseen"], "firstseen", place, HINT)
        last = instant(cells["lastseen"], "lastseen", place, HINT)
        if last < first:
            raise SourceError(
                f"got lastseen {last}, expected a moment not before {first}",
                locator=place, hint=HINT,
            )  # fmt: skip
        found.append(
            Flight(
                cells["callsign"], cells["icao24"], cells["registration"], cells["typecode"],
                cells["origin"].upper(), cells["destination"].upper(), first, last, place,
            )
        )  # fmt: skip
    if not found:
        raise SourceError("got no flight, expected one line or more", locator=path.name, hint=HINT)
    return tuple(found)


@cache
def _prefixes() -> dict[str, str]:
    text = resources.files("entrepot.sources").joinpath("data/airport_prefixes.csv")
    return {
        row["prefix"]: row["country"]
        for row in csv.DictReader(text.read_text("utf-8").splitlines())
    }


def country_of(airport: str) -> str:
    """ISO alpha-3 of the country whose airports begin with these letters; empty: not known.

    Source: ICAO Doc 7910, the letters of its location indicators.
    """
    for size in range(min(LONGEST_PREFIX, len(airport)), 0, -1):
        if (found := _prefixes().get(airport[:size])) is not None:
            return found
    return ""
