"""Moments as seconds on one line, as SGP4 and the turning Earth want them.

Seconds count from 2000-01-01 00:00 UTC without leap seconds, as POSIX time does: every day has
86,400 of them. One microsecond is resolved for two centuries either side.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAY_S: Final = 86_400.0
ZERO_AT: Final = datetime(2000, 1, 1, tzinfo=UTC)
ZERO_JD: Final = 2_451_544.5
"""Julian date of `ZERO_AT`."""
J2000_DAYS: Final = 0.5
"""Days from `ZERO_AT` to the epoch J2000.0, 2000-01-01 12:00."""
JULIAN_CENTURY_DAYS: Final = 36_525.0

SIDEREAL: Final = (67_310.54841, 876_600 * 3_600 + 8_640_184.812866, 0.093104, -6.2e-6)
"""Greenwich mean sidereal time, seconds, by powers of Julian centuries of UT1 from J2000.0.

Source: IAU 1982 (Aoki et al., A&A 105, 1982), as in Vallado, Crawford, Hujsak and Kelso,
"Revisiting Spacetrack Report #3", AIAA 2006-6753, appendix C: the angle that belongs to TEME.
"""
EARTH_RATE: Final = 7.292_115_146_706_98e-5
"""Rotation of the Earth, radians a second. Source: as `SIDEREAL`."""


@dataclass(frozen=True, slots=True)
class Instants:
    """Many moments, with what is computed once for all satellites.

    Attributes:
        seconds: from `ZERO_AT`.
        jd: Julian date of the midnight before, UTC.
        fraction: of the day since.
        cos_gmst: cosine of Greenwich mean sidereal time.
        sin_gmst: sine of it.
    """

    seconds: Floats
    jd: Floats
    fraction: Floats
    cos_gmst: Floats
    sin_gmst: Floats

    @classmethod
    def of(cls, seconds: Floats) -> "Instants":
        """Split seconds as SGP4 takes them and turn the Earth.

        UT1 is taken as UTC: they differ by less than 0.9 s, so places are within 0.42 km at the
        equator, which a satellite crosses in 0.06 s. Polar motion, 15 m at most, is left out.
        """
        day = np.floor(seconds / DAY_S)
        fraction = seconds / DAY_S - day
        angle = gmst(seconds)
        return cls(seconds, day + ZERO_JD, fraction, np.cos(angle), np.sin(angle))


def gmst(seconds: Floats) -> Floats:
    """Greenwich mean sidereal time in radians, 0 to 2 pi, with UT1 taken as UTC."""
    century = (seconds / DAY_S - J2000_DAYS) / JULIAN_CENTURY_DAYS
    zero, first, second, third = SIDEREAL
    spun = zero + century * (first + century * (second + century * third))
    turned: Floats = np.mod(spun, DAY_S) * (2 * np.pi / DAY_S)
    return turned


def seconds_of(at: datetime) -> float:
    """Seconds from `ZERO_AT` to a moment that carries its zone."""
    return (at - ZERO_AT) / timedelta(seconds=1)


def moments_of(seconds: Floats) -> NDArray[np.datetime64]:
    """UTC moments to the microsecond, `datetime64[us]`."""
    zero = np.datetime64(ZERO_AT.replace(tzinfo=None), "us")
    moved = np.rint(seconds * 1e6).astype(np.int64)
    return zero + moved.astype("timedelta64[us]")
