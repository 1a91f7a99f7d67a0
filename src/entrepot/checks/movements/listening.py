"""Who was heard near a place, hour by hour, from positions: what coverage is made of."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

import ibis.expr.types as ir
import pyarrow as pa

from entrepot.checks.movements.cells import CELL_DEG, cells_near, kilometres
from entrepot.checks.movements.heard import Heard
from entrepot.checks.site import Site
from entrepot.engine import Engine

RADIUS_KM: Final = 50.0
"""Positions within so far of a place show that some receiver heard there. A judgement: one at 10 km
of height is heard from 400 km, one on the ground from a few, so see `lowest_m` as well."""

SECONDS_PER_HOUR: Final = 3600


def listened(
    engine: Engine, positions: ir.Table, places: Sequence[Site], radius_km: float = RADIUS_KM
) -> pa.Table:
    """Aircraft heard near places, by hour.

    Columns: place (name), hour (hours since 1970, UTC), icao24, positions (count), lowest_m (above
    the sea by pressure; null: no altitude was told), on_ground (whether one stood on the ground).

    Args:
        engine: where the positions live.
        positions: columns of `sources.statevectors.POSITION`.
        places: by name.
        radius_km: what near means.
    """
    cells = engine.table(_cells(places, radius_km))
    placed = positions.mutate(
        cell_lat=(positions.lat / CELL_DEG).floor().cast("int32"),
        cell_lon=(positions.lon / CELL_DEG).floor().cast("int32"),
        hour=(positions["at"] / SECONDS_PER_HOUR).floor().cast("int64"),
    ).join(cells, ["cell_lat", "cell_lon"])
    away = kilometres(placed.lat, placed.lon, placed.place_lat, placed.place_lon)
    near = placed.filter(away <= radius_km)
    found = near.group_by(["place", "hour", "icao24"]).aggregate(
        positions=near.count(),
        lowest_m=near.altitude_m.min().cast("float64"),
        on_ground=near.on_ground.any(),
    )
    return engine.fetch(found.order_by("place", "hour", "icao24"))


def heard_of(rows: pa.Table, places: Sequence[Site], radius_km: float = RADIUS_KM) -> Heard:
    """The hours of `listened` by place; a place without any has none."""
    hours: dict[str, set[datetime]] = {one.name: set() for one in places}
    for place, hour in zip(rows["place"].to_pylist(), rows["hour"].to_pylist(), strict=True):
        hours[place].add(datetime.fromtimestamp(hour * SECONDS_PER_HOUR, UTC))
    return Heard(radius_km, {name: frozenset(held) for name, held in hours.items()})


def presence_in(rows: pa.Table) -> dict[str, dict[date, set[str]]]:
    """The aircraft of `listened` by place and day."""
    found: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows.select(["place", "hour", "icao24"]).to_pylist():
        day = datetime.fromtimestamp(row["hour"] * SECONDS_PER_HOUR, UTC).date()
        found[row["place"]][day].add(row["icao24"])
    return found


def _cells(places: Sequence[Site], radius_km: float) -> pa.Table:
    rows = [
        {"place": one.name, "place_lat": one.latitude_deg, "place_lon": one.longitude_deg,
         "cell_lat": up, "cell_lon": east}
        for one in places
        for up, east in cells_near(one.latitude_deg, one.longitude_deg, radius_km)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=pa.schema(
        {"place": pa.string(), "place_lat": pa.float64(), "place_lon": pa.float64(),
         "cell_lat": pa.int32(), "cell_lon": pa.int32()}))  # fmt: skip
