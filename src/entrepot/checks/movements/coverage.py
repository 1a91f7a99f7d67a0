"""When somebody listened near a place, and when nobody is known to have: never "no flight"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pyarrow as pa

from entrepot.checks.check import Gap
from entrepot.checks.movements.air import air_gaps
from entrepot.checks.movements.airports import NEAR_KM, airports_near
from entrepot.checks.movements.ground import ground_gaps
from entrepot.checks.movements.heard import Heard
from entrepot.checks.movements.listening import RADIUS_KM, SECONDS_PER_HOUR, heard_of
from entrepot.checks.movements.spans import DAY, HOUR, begin, days_of, hours_of, runs
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.sources.flightlist import Flight
from entrepot.sources.observations import Observation

HEARD: Final = "heard"
LISTED: Final = "flights in the list"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time at a place [`from_at`, `to_at`).

    `state` is `HEARD`, `LISTED` or `UNKNOWN`. `aircraft`: how many were heard or listed; null:
    unknown. `lowest_m`: lowest position, 0 on the ground; null: unknown. `why`: one sentence.
    """

    place: str
    from_at: datetime
    to_at: datetime
    state: str
    aircraft: int | None
    lowest_m: float | None
    why: str


def coverage(
    site: Site, window: Window, *, flights: Sequence[Flight] | None = None,
    heard: Heard | None = None, observations: Sequence[Observation] | None = None,
) -> tuple[Gap, ...]:  # fmt: skip
    """Stretches of which nothing is known at a site, by air and, with a file, on the ground.

    Args:
        site: the place.
        window: the time.
        flights: of a flight list; null: none is loaded.
        heard: hours in which receivers heard anything near; null: not known.
        observations: of a file; null: the ground is not asked for.
    """
    near = [one for one, _ in airports_near(site, NEAR_KM)]
    by_air = air_gaps(flights, site, window, near, heard=heard)
    return by_air if observations is None else (*by_air, *ground_gaps(observations, site, window))


def timeline(
    site: Site, window: Window, gaps: Sequence[Gap], *,
    rows: pa.Table | None = None, flights: Sequence[Flight] = (),
) -> tuple[Stretch, ...]:  # fmt: skip
    """The window at a site, gaps and what lies between them, in order of time.

    Args:
        site: the place.
        window: the time.
        gaps: those of `coverage` by air.
        rows: of `listening.listened` for this place; null: only a flight list is known.
        flights: those at the site's airports.
    """
    unknown = [
        Stretch(site.name, one.from_at or window.from_at, one.to_at or window.to_at, UNKNOWN, None,
                None, one.why)
        for one in gaps
    ]  # fmt: skip
    known = _heard(site, window, rows) if rows is not None else _listed(site, window, flights)
    return tuple(sorted([*unknown, *known], key=lambda one: one.from_at))


def window_of(flights: Sequence[Flight], rows: pa.Table | None = None) -> Window | None:
    """From the first day on record to the last; null: nothing is."""
    days = [at.date() for one in flights for at in (one.first_at, one.last_at)]
    if rows is not None:
        hours = rows["hour"].to_pylist()
        days += [datetime.fromtimestamp(h * SECONDS_PER_HOUR, UTC).date() for h in hours]
    return Window.of_days(min(days), max(days)) if days else None


def _heard(site: Site, window: Window, rows: pa.Table) -> list[Stretch]:
    hours = heard_of(rows, [site]).hours[site.name]
    wanted = [one for one in hours_of(window) if one in hours]
    mine = [row for row in rows.to_pylist() if row["place"] == site.name]
    found = []
    for from_at, to_at in runs(wanted, HOUR, window):
        inside = [row for row in mine if _begins(row["hour"]) < to_at
                  and _begins(row["hour"]) + HOUR > from_at]  # fmt: skip
        aircraft = len({row["icao24"] for row in inside})
        heights = [row["lowest_m"] for row in inside if row["lowest_m"] is not None]
        lowest = 0.0 if any(row["on_ground"] for row in inside) else min(heights, default=None)
        why = f"Receivers heard aircraft within {RADIUS_KM:g} km in each of these hours."
        found.append(Stretch(site.name, from_at, to_at, HEARD, aircraft, lowest, why))
    return found


def _listed(site: Site, window: Window, flights: Sequence[Flight]) -> list[Stretch]:
    codes = {one.icao for one, _ in airports_near(site, NEAR_KM)}
    of_day: dict[datetime, set[str]] = {}
    for one in flights:
        for airport, at in ((one.origin, one.first_at), (one.destination, one.last_at)):
            if airport in codes:
                of_day.setdefault(begin(at.date()), set()).add(one.icao24 or one.callsign)
    wanted = [begin(day) for day in days_of(window) if begin(day) in of_day]
    return [
        Stretch(site.name, from_at, to_at, LISTED,
                len({name for day in _days(from_at, to_at) for name in of_day.get(day, ())}), None,
                "Each of these days has a flight in the list; others may be missing from it.")
        for from_at, to_at in runs(wanted, DAY, window)
    ]  # fmt: skip


def _days(from_at: datetime, to_at: datetime) -> list[datetime]:
    first = begin(from_at.date())
    return [first + timedelta(days=one) for one in range(-(-(to_at - first) // DAY))]


def _begins(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * SECONDS_PER_HOUR, UTC)
