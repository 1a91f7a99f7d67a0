"""Places near airports and sites as a join: a grid of cells, then the exact distance."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import asin, ceil, cos, degrees, floor, radians, sin
from typing import Any, Final

import ibis
import pyarrow as pa

from entrepot.checks.movements.airports import airports
from entrepot.units import EARTH_RADIUS_KM

CELL_DEG: Final = 0.5
"""Width of a cell of the grid in degrees: some 55 km north to south."""

LAST_CELL: Final = ceil(180 / CELL_DEG)


def kilometres(lat_a: Any, lon_a: Any, lat_b: Any, lon_b: Any) -> Any:
    """Great-circle kilometres between columns of degrees; null where one is null."""
    north_a, north_b = lat_a.radians(), lat_b.radians()
    half_north, half_east = (north_b - north_a) / 2, (lon_b - lon_a).radians() / 2
    chord = (
        half_north.sin() * half_north.sin()
        + north_a.cos() * north_b.cos() * half_east.sin() * half_east.sin()
    )
    return 2 * EARTH_RADIUS_KM * ibis.least(chord.sqrt(), 1.0).asin()


@cache
def airport_cells(within_km: float) -> pa.Table:
    """Each airport with every cell that holds a place within a distance of it.

    Columns: airport, airport_lat, airport_lon, elevation_m (0 where not known), cell_lat, cell_lon.
    """
    rows = [
        (one.icao, one.latitude_deg, one.longitude_deg, one.elevation_m or 0.0, *cell)
        for one in airports().values()
        for cell in cells_near(one.latitude_deg, one.longitude_deg, within_km)
    ]
    names = ("airport", "airport_lat", "airport_lon", "elevation_m", "cell_lat", "cell_lon")
    types = (pa.string(), *[pa.float64()] * 3, pa.int32(), pa.int32())
    columns: Sequence[tuple[Any, ...]] = tuple(zip(*rows, strict=True))
    arrays = [pa.array(one, kind) for one, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=list(names))


def cells_near(lat: float, lon: float, within_km: float) -> Iterator[tuple[int, int]]:
    """Cells that a circle touches, or a few more; over the antimeridian and at the poles too."""
    reach = within_km / EARTH_RADIUS_KM
    south, north = lat - degrees(reach), lat + degrees(reach)
    round_pole = north >= 90 or south <= -90
    widest = 180.0 if round_pole else degrees(asin(min(1.0, sin(reach) / cos(radians(lat)))))
    easts = {
        (one + LAST_CELL) % (2 * LAST_CELL) - LAST_CELL
        for one in range(floor((lon - widest) / CELL_DEG), floor((lon + widest) / CELL_DEG) + 1)
    }
    if lon + widest >= 180:
        easts.add(LAST_CELL)  # exactly 180 degrees east has a cell of its own
    for up in range(floor(max(south, -90) / CELL_DEG), floor(min(north, 90) / CELL_DEG) + 1):
        for east in sorted(easts):
            yield up, east
