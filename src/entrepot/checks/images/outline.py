"""The surroundings of a site, and how much of them lies inside the outline of an image.

Longitudes are unwrapped ring by ring, so an outline may cross the antimeridian in any of the ways
archives write it (split in two, jumping from 180 to -180, or running past 180) or circle a pole.
Areas are taken in the cylindrical equal-area projection, where the height is the sine of latitude.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import cos, degrees, isfinite, radians, sin
from typing import Any, Final

from shapely import MultiPolygon, Polygon, make_valid, unary_union
from shapely.affinity import translate
from shapely.errors import ShapelyError

from entrepot.checks.site import Site
from entrepot.errors import RequestError
from entrepot.units import EARTH_RADIUS_KM

BOX_KM: Final = 5.0
"""Side of the square around a site: an airfield or a works lies inside, its town does not."""

MOST_BOX_KM: Final = 200.0
FULL_TURN: Final = 360.0
LEAST_VERTICES: Final = 4
QUARTERS: Final = 4
DIGITS: Final = 6
"""Of degrees: a tenth of a metre."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees; the first is never greater than the third."""


def surroundings(site: Site, side_km: float = BOX_KM) -> tuple[Box, ...]:
    """The square around a site: one box, two at the antimeridian, a cap of latitude at a pole.

    Raises:
        RequestError: the side is not over 0 and at most `MOST_BOX_KM`.
    """
    if not 0 < side_km <= MOST_BOX_KM:
        raise RequestError(
            f"got a box of {side_km:g} km, expected more than 0 and at most {MOST_BOX_KM:g} km",
            hint="Such as --box 5: an airfield or a works lies inside.",
        )
    high = degrees(side_km / 2 / EARTH_RADIUS_KM)
    south = round(max(-90.0, site.latitude_deg - high), DIGITS)
    north = round(min(90.0, site.latitude_deg + high), DIGITS)
    farthest = max(abs(south), abs(north))
    wide = high / cos(radians(farthest)) if farthest < 90 else FULL_TURN
    if wide >= FULL_TURN / 2:
        return ((-180.0, south, 180.0, north),)
    west = round(site.longitude_deg - wide, DIGITS)
    east = round(site.longitude_deg + wide, DIGITS)
    if west < -180:
        return (
            (round(west + FULL_TURN, DIGITS), south, 180.0, north),
            (-180.0, south, east, north),
        )
    if east > 180:
        return (
            (west, south, 180.0, north),
            (-180.0, south, round(east - FULL_TURN, DIGITS), north),
        )
    return ((west, south, east, north),)


def holds(boxes: Iterable[Box], site: Site) -> bool:
    """Whether a site lies inside one of the boxes; the two names of the antimeridian are one."""
    east = site.longitude_deg
    names = (east, -east) if abs(east) == FULL_TURN / 2 else (east,)
    return any(
        south <= site.latitude_deg <= north and any(west <= x <= limit for x in names)
        for west, south, limit, north in boxes
    )


def coverage_pct(geometry: object, boxes: Sequence[Box]) -> float | None:
    """How much of the boxes lies inside an outline, 0 to 100.

    Args:
        geometry: GeoJSON of an item, a Polygon or MultiPolygon.
        boxes: from `surroundings`.

    Returns:
        Null where there is no outline: nothing is given, or it is no polygon or a broken one.
    """
    outline = _outline(geometry)
    if outline is None:
        return None
    turns = (-FULL_TURN, 0.0, FULL_TURN)
    everywhere = unary_union([translate(outline, xoff=turn) for turn in turns])
    parts = [_flat(_corners(box)) for box in boxes]
    whole = sum(part.area for part in parts)
    inside = sum(part.intersection(everywhere).area for part in parts)
    return round(min(100.0, 100.0 * float(inside) / float(whole)), 1)


def frame(bbox: object) -> dict[str, Any] | None:
    """GeoJSON of an item's bounding box; null where it has none. West may lie east of east."""
    if not isinstance(bbox, Sequence) or isinstance(bbox, str) or len(bbox) not in (4, 6):
        return None
    half = len(bbox) // 2
    numbers = [_number(value) for value in (bbox[0], bbox[1], bbox[half], bbox[half + 1])]
    if None in numbers:
        return None
    west, south, east, north = (float(value) for value in numbers if value is not None)
    wide = FULL_TURN if west > east else 0.0
    return {"type": "Polygon", "coordinates": [_corners((west, south, east + wide, north))]}


def _corners(box: Box) -> list[tuple[float, float]]:
    """The corners, with points between: half a turn in one step would be read the other way."""
    west, south, east, north = box
    along = [west + (east - west) * part / QUARTERS for part in range(QUARTERS + 1)]
    low = [(x, south) for x in along]
    return [*low, *((x, north) for x in reversed(along)), low[0]]


def _outline(geometry: object) -> Any | None:
    if not isinstance(geometry, Mapping):
        return None
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        return None
    try:
        parts = [
            _polygon(one) for one in (coordinates if kind == "MultiPolygon" else [coordinates])
        ]
        found = make_valid(MultiPolygon(parts) if len(parts) > 1 else parts[0])
    except (TypeError, ValueError, LookupError, ShapelyError):
        return None
    return found if found.area > 0 else None


def _polygon(rings: Any) -> Polygon:
    shell, *holes = [_unwrapped(ring) for ring in rings]
    flat = _flat(shell)
    for hole in holes:
        turn = round((shell[0][0] - hole[0][0]) / FULL_TURN) * FULL_TURN
        flat = flat.difference(_flat([(x + turn, y) for x, y in hole]))
    return flat


def _unwrapped(ring: Any) -> list[tuple[float, float]]:
    """A ring whose longitudes run on without a jump; one around a pole is closed over the pole."""
    points = [(_finite(point[0]), _finite(point[1])) for point in ring]
    if len(points) < LEAST_VERTICES or any(abs(y) > 90 for _, y in points):
        raise ValueError(ring)
    found = [points[0]]
    for (before, _), (x, y) in pairwise(points):
        step = x - before
        if abs(step) < FULL_TURN:  # from -180 to 180 is the whole way round, and meant so
            step = (step + FULL_TURN / 2) % FULL_TURN - FULL_TURN / 2
        found.append((found[-1][0] + step, y))
    if abs(found[-1][0] - found[0][0]) > FULL_TURN / 2:
        pole = 90.0 if sum(y for _, y in points) > 0 else -90.0
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def _flat(points: Iterable[tuple[float, float]]) -> Any:
    return make_valid(Polygon([(x, sin(radians(y))) for x, y in points]))


def _finite(value: Any) -> float:
    number = _number(value)
    if number is None:
        raise ValueError(value)
    return number


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)
