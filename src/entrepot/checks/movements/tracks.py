"""Positions of aircraft to flights, as one expression that runs on either engine.

A flight is a run of positions in the air of one transponder. It ends where the aircraft is on the
ground, where the source says that a new leg begins, and where nothing is heard for longer than
`LONGEST_SILENCE_S`; not where an aircraft at height is silent and comes back so far on that it
cannot have landed. Everything a flight needs stands in its first and last row, so the rows between
are read once and let go.

Its ends are airports only where it was heard near one: on the ground, or low and climbing away or
coming down. Else an end is empty, which means "not heard near an airport" and nothing more.
"""

from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from entrepot.checks.movements.cells import CELL_DEG, airport_cells, kilometres
from entrepot.engine import Engine

LONGEST_SILENCE_S: Final = 1800.0
"""Seconds without a position that end a flight. A judgement: longer than most holes over land,
shorter than a landing, a turn-round and a climb that nobody heard."""

LONGEST_CRUISE_SILENCE_S: Final = 3 * 3600.0
"""Seconds of silence at height that a flight can bridge. A stop with descent and climb takes 40
minutes and more, so up to here it would show as less than 0.8 of the way (see below)."""

CRUISE_M: Final = 3000.0
"""Metres above which an aircraft counts as at height on both sides of a silence. A judgement."""

LEAST_WAY: Final = 0.8
"""Share of the way, at the speed before the silence, that must lie behind it: with a stop of 40 of
180 minutes it is 0.78."""

FASTEST_ON_GROUND_M_S: Final = 105.0
"""Above this a position "on the ground" is a fault of the transponder: tyres of airliners bear some
235 mph, 105 m/s (from memory)."""

NEAR_KM: Final = 15.0
LOW_M: Final = 1000.0
"""An end belongs to an airport within 15 km, lower than 1,000 m above it: a glide path of 3 degrees
is 790 m high at 15 km. Where the height of the field is not known it is taken as sea level, so ends
at high fields stay empty. A judgement."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a flight is made by; the defaults are those of the module."""

    silence_s: float = LONGEST_SILENCE_S
    cruise_silence_s: float = LONGEST_CRUISE_SILENCE_S
    near_km: float = NEAR_KM
    low_m: float = LOW_M


def flights_of(engine: Engine, positions: ir.Table, limits: Limits | None = None) -> pa.Table:
    """Flights, one row each, in order of first moment and address.

    Columns: icao24, callsign (the last one heard; null: none), first_at and last_at (seconds since
    1970), origin and destination (ICAO, the nearest; null: not heard near an airport),
    origin_fits and destination_fits (how many airports fit; null: none), positions (count).
    Aircraft that were heard on the ground only make no flight.

    Args:
        engine: where the positions live.
        positions: columns of `sources.statevectors.POSITION`, in any order of rows.
        limits: see `Limits`; null: the defaults.
    """
    asked = limits or Limits()
    ends = engine.keep(_ends(positions, asked))
    both = _pair(ends)
    near = engine.keep(_airports(engine, ends, asked))
    with_origin = _with_end(both, near.filter(near.is_start), "origin")
    whole = _with_end(with_origin, near.filter(~near.is_start), "destination")
    found = whole.select("icao24", "callsign", "first_at", "last_at", "origin", "destination",
                         "origin_fits", "destination_fits", "positions")  # fmt: skip
    return engine.fetch(found.order_by("first_at", "icao24"))


def _ends(positions: ir.Table, limits: Limits) -> ir.Table:
    """First and last row of each flight, numbered within the aircraft."""
    by = ibis.window(group_by="icao24", order_by="at")
    rows = positions.select(
        "icao24", "at", "lat", "lon", "callsign", "is_new_leg", height="altitude_m",
        speed="speed_m_s", climb="climb_m_s",
        ground=positions.on_ground
        & (positions.speed_m_s.fill_null(0.0) <= FASTEST_ON_GROUND_M_S),
    )  # fmt: skip
    beside = {
        f"{word}_{name}": getattr(rows[name], word)().over(by)
        for word in ("lag", "lead")
        for name in ("at", "lat", "lon", "height", "ground", "speed")
    }
    marked = rows.mutate(
        **beside,
        lead_new=rows.is_new_leg.lead().over(by),
        number=ibis.row_number().over(by),
    )
    marked = marked.mutate(is_start=_begins(marked, limits), is_end=_stops(marked, limits))
    kept = marked.filter(~marked.ground & (marked.is_start | marked.is_end))
    # A flight of one position is a start and an end: one row for each
    starts = kept.filter(kept.is_start)
    return ibis.union(_end(starts, limits, is_start=True),
                      _end(kept.filter(kept.is_end), limits, is_start=False))  # fmt: skip


def _begins(rows: ir.Table, limits: Limits) -> ir.BooleanValue:
    """Whether a flight begins with a row in the air."""
    here = _Point(rows.at, rows.lat, rows.lon, rows.height, rows.speed)
    before = _Point(rows.lag_at, rows.lag_lat, rows.lag_lon, rows.lag_height, rows.lag_speed)
    return (
        rows.lag_at.isnull()
        | rows.lag_ground.fill_null(False)
        | rows.is_new_leg
        | _is_split(before, here, limits)
    )


def _stops(rows: ir.Table, limits: Limits) -> ir.BooleanValue:
    """Whether a flight ends with a row in the air."""
    here = _Point(rows.at, rows.lat, rows.lon, rows.height, rows.speed)
    after = _Point(rows.lead_at, rows.lead_lat, rows.lead_lon, rows.lead_height, rows.lead_speed)
    return (
        rows.lead_at.isnull()
        | rows.lead_ground.fill_null(False)
        | rows.lead_new.fill_null(False)
        | _is_split(here, after, limits)
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """One position as columns."""

    at: Any
    lat: Any
    lon: Any
    height: Any
    speed: Any


def _is_split(one: _Point, other: _Point, limits: Limits) -> Any:
    """Whether two positions in the air that follow each other belong to two flights."""
    silence = other.at - one.at
    is_at_height = (
        (silence <= limits.cruise_silence_s)
        & (one.height.fill_null(0.0) >= CRUISE_M)
        & (other.height.fill_null(0.0) >= CRUISE_M)
    )
    way_m = kilometres(one.lat, one.lon, other.lat, other.lon) * 1000
    is_on_its_way = way_m >= LEAST_WAY * one.speed * silence
    return ibis.cases(
        (silence <= limits.silence_s, False),
        (~is_at_height, True),
        (one.speed.isnull(), True),
        (is_on_its_way, False),
        else_=True,
    ).fill_null(False)


def _end(rows: ir.Table, limits: Limits, *, is_start: bool) -> ir.Table:
    """Where and how an end was heard; the place on the ground beside it counts for its own."""
    word = "lag" if is_start else "lead"
    beside = {name: rows[f"{word}_{name}"] for name in ("at", "lat", "lon", "ground", "height")}
    silence = (rows.at - beside["at"]).abs()
    stood = (beside["ground"] & (silence <= limits.silence_s)).fill_null(False)
    inner = rows.lead_height if is_start else rows.lag_height
    rise = inner - rows.height if is_start else rows.height - inner
    # The other side of a flight of one position is not its own, and says nothing of its climb
    alone = rows.is_start & rows.is_end
    climb = rows.climb.fill_null(ibis.ifelse(alone, ibis.null("float32"), rise))
    return rows.select(
        "icao24", "at", "callsign", "number",
        place=ibis.row_number().over(ibis.window(group_by="icao24", order_by="at")),
        is_start=ibis.literal(is_start),
        lat=ibis.ifelse(stood, beside["lat"], rows.lat),
        lon=ibis.ifelse(stood, beside["lon"], rows.lon),
        stood=stood,
        height=rows.height,
        is_turned=(climb >= 0 if is_start else climb <= 0).fill_null(False),
    )  # fmt: skip


def _pair(ends: ir.Table) -> ir.Table:
    """Flights: the n-th start of an aircraft with its n-th end."""
    first, last = ends.filter(ends.is_start).view(), ends.filter(~ends.is_start).view()
    return first.join(
        last, [first.icao24 == last.icao24, first.place == last.place]
    ).select(
        first.icao24, first.place, first_at=first.at, last_at=last.at,
        callsign=ibis.coalesce(last.callsign, first.callsign),
        positions=last.number - first.number + 1,
    )  # fmt: skip


def _airports(engine: Engine, ends: ir.Table, limits: Limits) -> ir.Table:
    """The nearest airport of each end that was heard at one."""
    cells = engine.table(airport_cells(limits.near_km))
    placed = ends.mutate(
        cell_lat=(ends.lat / CELL_DEG).floor().cast("int32"),
        cell_lon=(ends.lon / CELL_DEG).floor().cast("int32"),
    )
    beside = placed.join(cells, ["cell_lat", "cell_lon"])
    beside = beside.mutate(
        km=kilometres(beside.lat, beside.lon, beside.airport_lat, beside.airport_lon)
    )
    is_low = (beside.height - beside.elevation_m < limits.low_m).fill_null(False)
    held = beside.filter(
        (beside.km <= limits.near_km) & (beside.stood | (is_low & beside.is_turned))
    )
    order = ibis.window(group_by=["icao24", "place", "is_start"], order_by=[held.km, held.airport])
    alike = ibis.window(group_by=["icao24", "place", "is_start"])
    ranked = held.mutate(
        nearness=ibis.row_number().over(order), fits=held.airport.count().over(alike)
    )
    nearest = ranked.filter(ranked.nearness == 0)
    return nearest.select("icao24", "place", "is_start", "airport", "fits")


def _with_end(flights: ir.Table, near: ir.Table, name: str) -> ir.Table:
    side = near.view()
    joined = flights.left_join(
        side, [flights.icao24 == side.icao24, flights.place == side.place]
    )  # fmt: skip
    columns = [flights[one] for one in flights.columns]
    return joined.select(*columns, side.airport.name(name), side.fits.name(f"{name}_fits"))
