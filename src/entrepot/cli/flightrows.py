"""Rows of `entrepot flights`: as data, and as people read them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from entrepot.checks.movements.air import Listed, Operated
from entrepot.checks.movements.airframes import Airframes, identified
from entrepot.checks.movements.coverage import UNKNOWN, Stretch
from entrepot.checks.movements.rates import Rate
from entrepot.checks.movements.routes import Route
from entrepot.checks.movements.spans import DAY, HOUR
from entrepot.checks.site import Site
from entrepot.checks.window import Window, moment
from entrepot.sources.flightlist import Flight

FLIGHTS: Final = (
    "callsign", "icao24", "registration", "typecode", "origin", "destination", "firstseen",
    "lastseen", "operator", "listing", "tail_from", "source",
)  # fmt: skip
"""The columns of a flight list, so that it can be read back, and what was added to them."""
ROUTES: Final = (
    "origin", "destination", "typecode", "operator", "change", "flights_before", "flights_after",
    "days_covered_before", "days_covered_after", "counted_before", "counted_after",
    "rate_before_per_day", "rate_before_low", "rate_before_high", "rate_after_per_day",
    "rate_after_low", "rate_after_high", "ratio", "ratio_low", "ratio_high", "in_baseline",
)  # fmt: skip
COVERAGE: Final = ("place", "from", "to", "state", "aircraft", "lowest_m", "why")


def flight_rows(
    flights: Sequence[Flight], tables: Sequence[Airframes], operated: Operated | None,
    listed: Listed | None,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Flights in the columns of `FLIGHTS`; null: not known, or no table or list is loaded."""
    for one in flights:
        known, said_by = identified(one, tables)
        yield {
            "callsign": known.callsign or None,
            "icao24": known.icao24 or None,
            "registration": known.registration or None,
            "typecode": known.typecode or None,
            "origin": known.origin or None,
            "destination": known.destination or None,
            "firstseen": moment(known.first_at),
            "lastseen": moment(known.last_at),
            "operator": (operated(known) or None) if operated else None,
            "listing": listed(known) if listed else None,
            "tail_from": said_by or None,
            "source": known.locator,
        }


def flights_shown(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same for a table: minutes are enough."""
    for row in rows:
        yield {
            "heard from": row["firstseen"][:16].replace("T", " "),
            "to (UTC)": row["lastseen"][:16].replace("T", " "),
            "call sign": row["callsign"],
            "address": row["icao24"],
            "tail": row["registration"],
            "type": row["typecode"],
            "from": row["origin"],
            "to": row["destination"],
            "operator": row["operator"],
            "lists": row["listing"],
        }


def route_rows(found: Sequence[Route]) -> Iterator[dict[str, Any]]:
    """Routes in the columns of `ROUTES`."""
    for one in found:
        yield {
            "origin": one.origin,
            "destination": one.destination,
            "typecode": one.typecode or None,
            "operator": one.operator or None,
            "change": one.word,
            "flights_before": one.flights[0],
            "flights_after": one.flights[1],
            "days_covered_before": one.covered[0],
            "days_covered_after": one.covered[1],
            "counted_before": one.counted[0],
            "counted_after": one.counted[1],
            **_rate("rate_before", one.before, "_per_day"),
            **_rate("rate_after", one.after, "_per_day"),
            **_rate("ratio", one.change, ""),
            "in_baseline": one.in_baseline,
        }


def routes_shown(found: Sequence[Route]) -> Iterator[dict[str, Any]]:
    """The same for a table: each rate with its interval in one cell."""
    for one in found:
        yield {
            "from": one.origin,
            "to": one.destination,
            "type": one.typecode or None,
            "flights": f"{one.flights[0]} then {one.flights[1]}",
            "covered days": f"{one.covered[0]} then {one.covered[1]}",
            "a day before": _said(one.before),
            "a day after": _said(one.after),
            "times": _said(one.change),
            "found": one.word,
        } | ({} if one.in_baseline is None else {"2014": "yes" if one.in_baseline else "no"})


def coverage_rows(found: Sequence[Stretch]) -> Iterator[dict[str, Any]]:
    """Stretches in the columns of `COVERAGE`."""
    for one in found:
        yield {
            "place": one.place,
            "from": moment(one.from_at),
            "to": moment(one.to_at),
            "state": one.state,
            "aircraft": one.aircraft,
            "lowest_m": None if one.lowest_m is None else round(one.lowest_m),
            "why": one.why,
        }


def coverage_shown(found: Sequence[Stretch]) -> Iterator[dict[str, Any]]:
    """The same for a table."""
    for one in found:
        yield {
            "from": _short(one.from_at),
            "to (UTC)": _short(one.to_at),
            "state": one.state,
            "aircraft": one.aircraft,
            "lowest m": None if one.lowest_m is None else f"{one.lowest_m:,.0f}",
            "why": one.why,
        }


def hours_said(
    found: Sequence[Stretch], site: Site, window: Window, *, by_hours: bool
) -> str:  # fmt: skip
    """How much is unknown, in one sentence; a flight list tells days and not hours."""
    length = sum((one.to_at - one.from_at for one in found if one.state == UNKNOWN), timedelta())
    if by_hours:
        whole = window.to_at - window.from_at
        return (
            f"{length / HOUR:,.0f} of {whole / HOUR:,.0f} hours at {site.name} are unknown, which "
            'is not "no flight".'
        )
    return (
        f"{length / DAY:,.0f} of {window.days:,.0f} days at {site.name} have no flight in the list "
        'and are unknown, which is not "no flight". The list does not say when receivers listened, '
        "so hours of the other days may be unknown too."
    )


def _rate(name: str, one: Rate | None, unit: str) -> dict[str, float | None]:
    if one is None:
        return {f"{name}{unit}": None, f"{name}_low": None, f"{name}_high": None}
    return {f"{name}{unit}": one.value, f"{name}_low": one.low, f"{name}_high": one.high}


def _said(one: Rate | None) -> str | None:
    if one is None:
        return None
    value = "not known" if one.value is None else f"{one.value:.2g}"
    high = "no upper end" if one.high is None else f"{one.high:.2g}"
    return f"{value} ({one.low:.2g} to {high})"


def _short(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
