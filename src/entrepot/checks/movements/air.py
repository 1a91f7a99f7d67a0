"""Flights at a site, from a flight list; days on which none is listed are unknown."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from entrepot.checks.check import Gap
from entrepot.checks.movements.airports import Airport
from entrepot.checks.movements.heard import Heard
from entrepot.checks.movements.movement import Movement
from entrepot.checks.movements.spans import DAY, HOUR, begin, days_of, hours_of, runs
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.sources.flightlist import Flight

KIND: Final = "flight"
NEEDED: Final = (
    "Flights that receivers heard: a flight list of the OpenSky Network with --flights FILE, or "
    "positions, turned into one by: entrepot flights FILE... --format csv --out FLIGHTS.csv"
)
UNHEARD: Final = "not heard near an airport"

Listed = Callable[[Flight], str]
"""What the lists say of a flight's aircraft and operator on its day."""
Operated = Callable[[Flight], str]
"""Who flies it, where a table says so; empty: not known."""


def air_movements(
    flights: Sequence[Flight], site: Site, window: Window, codes: Collection[str],
    *, listed: Listed | None = None, operated: Operated | None = None,
) -> tuple[Movement, ...]:  # fmt: skip
    """Flights that left or reached an airport of the site in the window, in order of time.

    Args:
        flights: of a list.
        site: the place.
        window: the take-off or landing at the site lies in it.
        codes: ICAO codes of the site's airports.
        listed: what the lists say; null: no lists are loaded.
        operated: who flies it; null: no table is loaded.
    """
    held = [one for one in flights if any(window.holds(at) for at in _moments(one, codes))]
    found = [
        Movement(
            KIND, site.name, what_of(one), one.first_at, one.last_at,
            operated(one) if operated else "", one.registration, listed(one) if listed else "",
            one.locator,
        )
        for one in held
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.from_at, one.source)))


def air_gaps(
    flights: Sequence[Flight] | None, site: Site, window: Window, near: Sequence[Airport],
    *, heard: Heard | None = None,
) -> tuple[Gap, ...]:  # fmt: skip
    """Where nothing is known of flights at the site. Never "no flight".

    Args:
        flights: of a list; null: none is loaded.
        site: the place.
        window: the time.
        near: airports of the site.
        heard: hours in which receivers heard anything near; null: a flight list does not say.
    """
    if flights is None and heard is None:
        return (_whole(site, "No flight records are loaded, so nothing is known of flights."),)
    if heard is not None:
        missing = [hour for hour in hours_of(window) if not heard.has(site, hour)]
        why = (
            f"No position of any aircraft within {heard.radius_km:g} km: receivers may not have "
            "heard so far, so flights are unknown."
        )
        return tuple(_gap(site, why, *span) for span in runs(missing, HOUR, window))
    if not near:
        return (_whole(site, "No airport is known near this place, and a flight list speaks of "
                             "airports only: flights are unknown."),)  # fmt: skip
    codes = {one.icao for one in near}
    held = {at.date() for one in flights or () for at in _moments(one, codes)}
    missing = [begin(day) for day in days_of(window) if day not in held]
    why = (
        f"No flight of {', '.join(sorted(codes))} is in the list, which does not say when "
        "receivers listened: unknown."
    )
    return tuple(_gap(site, why, *span) for span in runs(missing, DAY, window))


def what_of(one: Flight) -> str:
    """A flight in words: call sign, type, tail, from, to."""
    known = (one.callsign or f"address {one.icao24}", one.typecode, one.registration)
    ends = f"{one.origin or UNHEARD} to {one.destination or UNHEARD}"
    return f"{' '.join(dict.fromkeys(filter(None, known)))}, {ends}"


def _moments(one: Flight, codes: Collection[str]) -> list[datetime]:
    """When it was at an airport of these: first heard on leaving it, last heard on reaching it."""
    ends = ((one.origin, one.first_at), (one.destination, one.last_at))
    return [at for airport, at in ends if airport in codes]


def _whole(site: Site, why: str) -> Gap:
    return Gap(KIND, site.name, None, None, why, NEEDED)


def _gap(site: Site, why: str, from_at: datetime, to_at: datetime) -> Gap:
    return Gap(KIND, site.name, from_at, to_at, why, NEEDED)
