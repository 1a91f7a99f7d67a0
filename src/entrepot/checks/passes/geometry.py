"""Angles between a satellite and places on the WGS 84 ellipsoid.

Off-nadir is counted from the line to the centre of the Earth. A satellite that points along the
vertical of the ellipsoid leans by up to 0.2 degrees from it, northward or southward; as most
imaging satellites fly north or south, that moves the angle across the track by some 0.05 degrees.
Incidence and elevation are counted from the vertical of the ellipsoid at the site.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from entrepot.checks.passes.instants import Floats
from entrepot.checks.passes.orbits import State, cross, dot
from entrepot.checks.site import Site

EQUATOR_KM: Final = 6_378.137
FLATTENING: Final = 1 / 298.257_223_563
"""Both: WGS 84, NIMA TR8350.2, table 3.1."""
POLE_KM: Final = EQUATOR_KM * (1 - FLATTENING)
ECCENTRICITY_SQUARED: Final = FLATTENING * (2 - FLATTENING)


@dataclass(frozen=True, slots=True)
class Ground:
    """Sites as vectors of shape (3, sites) in the Earth-fixed frame.

    Attributes:
        position: kilometres from the centre of the Earth.
        towards: unit vectors from the centre to the sites.
        up: unit vectors along the vertical of the ellipsoid.
    """

    position: Floats
    towards: Floats
    up: Floats

    @classmethod
    def of(cls, sites: Sequence[Site]) -> "Ground":
        """Any latitude and longitude: the poles and 180 degrees are places like others."""
        north = np.radians([site.latitude_deg for site in sites])
        east = np.radians([site.longitude_deg for site in sites])
        height = np.array([site.height_m for site in sites]) / 1_000
        up = np.stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))
        across = EQUATOR_KM / np.sqrt(1 - ECCENTRICITY_SQUARED * up[2] ** 2)
        position = up * (across + height)
        position[2] -= ECCENTRICITY_SQUARED * across * up[2]
        return cls(position, position / np.sqrt(dot(position, position)), up)

    def at(self, chosen: NDArray[np.intp]) -> "Ground":
        """Some of the sites, in the order given."""
        return Ground(self.position[:, chosen], self.towards[:, chosen], self.up[:, chosen])


@dataclass(frozen=True, slots=True)
class View:
    """A satellite seen from its site and the site seen from it, one value a moment.

    Attributes:
        off_nadir_deg: at the satellite, from straight down to the site.
        incidence_deg: at the site, from the vertical to the satellite.
        is_right: whether the site is to the right of the direction of flight over ground.
        range_km: between them.
        height_km: of the satellite above the ellipsoid.
    """

    off_nadir_deg: Floats
    incidence_deg: Floats
    is_right: NDArray[np.bool_]
    range_km: Floats
    height_km: Floats

    @classmethod
    def of(cls, satellite: State, ground: Ground) -> "View":
        """Satellite and site pair by pair."""
        sight = ground.position - satellite.position
        return cls(
            angle_deg(sight, -satellite.position),
            angle_deg(-sight, ground.up),
            dot(cross(satellite.velocity, satellite.position), sight) > 0,
            np.sqrt(dot(sight, sight)),
            height_of(satellite.position),
        )

    def at(self, chosen: NDArray[np.intp]) -> "View":
        """Some of the moments, in the order given."""
        return View(
            self.off_nadir_deg[chosen],
            self.incidence_deg[chosen],
            self.is_right[chosen],
            self.range_km[chosen],
            self.height_km[chosen],
        )

    @property
    def elevation_deg(self) -> Floats:
        """Of the satellite above the horizon of the site."""
        return 90.0 - self.incidence_deg


def angle_deg(a: Floats, b: Floats) -> Floats:
    """Between vectors of shape (3, n); exact for small angles too."""
    crossed = cross(a, b)
    return np.degrees(np.arctan2(np.sqrt(dot(crossed, crossed)), dot(a, b)))


def height_of(position: Floats) -> Floats:
    """Kilometres above the ellipsoid, along the line to its centre: within 50 m for low orbits."""
    square = dot(position, position)
    level = (position[0] ** 2 + position[1] ** 2) / square
    height: Floats = np.sqrt(square) - POLE_KM / np.sqrt(1 - ECCENTRICITY_SQUARED * level)
    return height
