"""A place on the ground: name, coordinates, and on whose word they stand."""

from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt

from entrepot.errors import RequestError
from entrepot.units import EARTH_RADIUS_KM

NO_HEIGHT = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """A place that is looked at.

    Attributes:
        name: as people call it, or its coordinates.
        latitude_deg: WGS 84, north is positive, -90 to 90.
        longitude_deg: WGS 84, east is positive, -180 up to 180.
        height_m: above the ellipsoid; 0 where it is not known, which moves a pass by less than
            a tenth of a second and a degree.
        country: ISO alpha-3; empty: not known.
        sources: who says where it is; one line each.
        note: what a reader must know of it, such as how far the sources lie apart; or empty.
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    height_m: float = NO_HEIGHT
    country: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not (isfinite(self.latitude_deg) and isfinite(self.longitude_deg)):
            raise RequestError(
                f"got the coordinates {self.latitude_deg}, {self.longitude_deg}, expected numbers"
            )
        if abs(self.latitude_deg) > 90:
            raise RequestError(
                f"got latitude {self.latitude_deg:g}, expected -90 to 90",
                hint="The order is latitude, longitude: --at 53.10,26.05.",
            )
        if abs(self.longitude_deg) > 180:
            raise RequestError(
                f"got longitude {self.longitude_deg:g}, expected -180 to 180",
                hint="The order is latitude, longitude: --at 53.10,26.05.",
            )


def coordinates(site: Site) -> str:
    """Latitude and longitude as printed: `53.10 N 26.05 E`."""
    north = "N" if site.latitude_deg >= 0 else "S"
    east = "E" if site.longitude_deg >= 0 else "W"
    return f"{abs(site.latitude_deg):.2f} {north} {abs(site.longitude_deg):.2f} {east}"


def distance_km(a: Site, b: Site) -> float:
    """Kilometres over ground on a sphere, within 0.6 % of the ellipsoid's."""
    north_a, north_b = radians(a.latitude_deg), radians(b.latitude_deg)
    half_north = (north_b - north_a) / 2
    half_east = radians(b.longitude_deg - a.longitude_deg) / 2
    chord = sin(half_north) ** 2 + cos(north_a) * cos(north_b) * sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
