"""What an angle does to a picture, and what a sensor's limits make of an angle."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from entrepot.checks.passes.geometry import POLE_KM, View
from entrepot.checks.passes.instants import Floats
from entrepot.checks.passes.satellite import Sensor

LOWEST_DEG: Final = 5.0
"""A site sees the satellite at least so high: nearer to the horizon no picture shows anything.
A judgement; the widest limits in use leave 20 degrees and more."""

OUT, AGILE, SWATH = 0, 1, 2
"""Codes of a mode in a column: not to be seen, only if turned, inside the strip."""
MODES: Final = {AGILE: "agile", SWATH: "swath"}


def modes(sensor: Sensor, view: View) -> NDArray[np.int8]:
    """`SWATH`, `AGILE` or `OUT` for each pass, by angle and side of look."""
    angle = view.off_nadir_deg
    side = np.ones(len(angle), dtype=bool)
    if sensor.look != "both":
        side = view.is_right if sensor.look == "right" else ~view.is_right
    is_up = side & (view.elevation_deg >= LOWEST_DEG)
    found = np.zeros(len(angle), dtype=np.int8)
    for code, (near, far) in limits(sensor).items():
        found[is_up & (angle >= near) & (angle <= far)] = code
    return found


def limits(sensor: Sensor) -> dict[int, tuple[float, float]]:
    """Nearest and farthest angle of each mode that the sensor has; the stronger mode last."""
    given = {
        AGILE: (sensor.agile_from_deg, sensor.agile_to_deg),
        SWATH: (sensor.swath_from_deg, sensor.swath_to_deg),
    }
    return {code: (near or 0.0, far) for code, (near, far) in given.items() if far is not None}


def widest_deg(sensor: Sensor) -> float:
    """Largest angle off nadir at which the sensor sees anything; 0: it has no limits at all."""
    return max((far for _, far in limits(sensor).values()), default=0.0)


def capped_deg(limit_deg: Floats, distance_km: Floats) -> Floats:
    """A limit, or the angle at which the satellite stands `LOWEST_DEG` high, if that is nearer.

    It is reckoned on a ball as small as the Earth is at the poles: the satellite stands up to 2.5
    degrees higher than that elsewhere, never lower.

    Args:
        limit_deg: angles off nadir.
        distance_km: of the satellite from the centre of the Earth.
    """
    sine = POLE_KM / distance_km * np.cos(np.radians(LOWEST_DEG))
    capped: Floats = np.minimum(limit_deg, np.degrees(np.arcsin(sine)))
    return capped


def gsd_m(sensor: Sensor, view: View) -> Floats:
    """Ground sample distance across the line of flight, metres; NaN: not known.

    A camera's pixel covers a fixed angle. Its length on the ground, along the direction of look,
    grows with the distance and with the slant of the ground: straight-down distance times
    range / height / cos(incidence). Source: "Ground sample distance", general case,
    https://en.wikipedia.org/wiki/Ground_sample_distance (read), with the incidence at the ground,
    which on a round Earth is larger than the angle off nadir. Across the direction of look it grows
    with the distance only, so a picture is sharper than this in one of its two directions. A
    radar's is kept as in the table of sensors: mode and bandwidth set it, not the distance.
    """
    if sensor.gsd_m is None:
        return np.full(len(view.range_km), np.nan)
    if sensor.spectrum == "radar":
        return np.full(len(view.range_km), sensor.gsd_m)
    slant = np.cos(np.radians(view.incidence_deg))
    grown: Floats = sensor.gsd_m * view.range_km / view.height_km / slant
    return grown
