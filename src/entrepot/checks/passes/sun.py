"""How high the Sun stands, to a hundredth of a degree, without a file of ephemerides.

Source: The Astronomical Almanac, page C5 (C24 in editions up to the 1990s), "Low precision formulas
for the Sun": within 0.01 degrees from 1950 to 2050. The elevation is that of the centre of the
disc, without refraction and parallax: the true one, as the Almanac's.
"""

from typing import Final

import numpy as np

from entrepot.checks.passes.instants import DAY_S, J2000_DAYS, Floats, gmst
from entrepot.checks.passes.orbits import dot

MEAN_LONGITUDE: Final = (280.460, 0.985_647_4)
MEAN_ANOMALY: Final = (357.528, 0.985_600_3)
OBLIQUITY: Final = (23.439, -0.000_000_4)
"""These three: degrees at J2000.0, degrees a day."""
CENTRE: Final = (1.915, 0.020)
"""Degrees that go with the sine of the anomaly, and of twice the anomaly."""


def right_ascension_declination(seconds: Floats) -> tuple[Floats, Floats]:
    """Apparent right ascension (-pi to pi) and declination of the Sun, radians."""
    days = seconds / DAY_S - J2000_DAYS
    anomaly = np.radians(MEAN_ANOMALY[0] + MEAN_ANOMALY[1] * days)
    centre = CENTRE[0] * np.sin(anomaly) + CENTRE[1] * np.sin(2 * anomaly)
    longitude = np.radians(MEAN_LONGITUDE[0] + MEAN_LONGITUDE[1] * days + centre)
    tilt = np.radians(OBLIQUITY[0] + OBLIQUITY[1] * days)
    ascension = np.arctan2(np.cos(tilt) * np.sin(longitude), np.cos(longitude))
    return ascension, np.arcsin(np.sin(tilt) * np.sin(longitude))


def sun_elevation_deg(seconds: Floats, up: Floats) -> Floats:
    """Elevation of the Sun in degrees, negative at night.

    Args:
        seconds: from `instants.ZERO_AT`, one a place.
        up: unit vectors along the vertical of the places, shape (3, n), Earth-fixed.
    """
    ascension, north = right_ascension_declination(seconds)
    east = ascension - gmst(seconds)
    towards = np.stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))
    return np.degrees(np.arcsin(np.clip(dot(towards, up), -1.0, 1.0)))
