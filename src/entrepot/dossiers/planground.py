"""The ground around a site in kilometres: where places and countries lie as seen from it.

Projection: azimuthal equidistant on a sphere (Snyder, Map Projections: A Working Manual, USGS
Professional Paper 1395, 1987, chapter 25). Distance and direction from the middle are true, so
rings of distance are circles, and neither the poles nor the 180th meridian are special.
"""

from math import hypot
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box

from entrepot.checks.site import Site
from entrepot.dossiers.outlines import Ring, outlines
from entrepot.units import EARTH_RADIUS_KM

Points = NDArray[np.float64]

_FAR_KM: Final = 10_000
"""A ring that begins farther away may hold the antipode, which would turn it inside out."""
_STEP_DEG: Final = 1.0
"""Edges are bent at least so often, since a straight one in degrees is none on the ground."""
_SEAM_KM: Final = 0.6
"""Closes the cut along the 180th meridian; half of the thickness of a line on the map."""


def ground_km(site: Site, longitudes_deg: Points, latitudes_deg: Points) -> Points:
    """Kilometres east and north of the site, one row each."""
    north, middle = np.radians(latitudes_deg), np.radians(site.latitude_deg)
    east = np.radians(longitudes_deg - site.longitude_deg)
    toward = np.sin(middle) * np.sin(north) + np.cos(middle) * np.cos(north) * np.cos(east)
    away = np.arccos(np.clip(toward, -1.0, 1.0))
    sine = np.sin(away)
    # at the middle and its antipode every direction is right: the factor's limit is 1
    factor = EARTH_RADIUS_KM * np.where(sine > 1e-12, away / np.where(sine > 1e-12, sine, 1), 1.0)
    x = factor * np.cos(north) * np.sin(east)
    y = factor * (np.cos(middle) * np.sin(north) - np.sin(middle) * np.cos(north) * np.cos(east))
    return np.column_stack([x, y])


def countries(site: Site, width_km: float, height_km: float) -> dict[str, Any]:
    """Outlines around a site by code, cut to a box and moved to kilometres east and north.

    Args:
        site: the middle.
        width_km: from the middle to the left and right edge of the box.
        height_km: from the middle to its upper and lower edge.
    """
    frame = box(-width_km, -height_km, width_km, height_km)
    corner = hypot(width_km, height_km)
    found = {}
    for code, rings in outlines().items():
        parts = [one for ring in rings if (one := _polygon(site, ring, corner)) is not None]
        if not parts:
            continue
        whole = parts[0]
        for part in parts[1:]:
            whole = whole.symmetric_difference(part)
        # Before the seam is closed the outline is cut: what is far would only cost time.
        cut = whole.intersection(frame.buffer(2 * _SEAM_KM))
        if any((np.abs(ring[:, 0]) >= 180).any() for ring in rings):
            cut = cut.buffer(_SEAM_KM).buffer(-_SEAM_KM)
        cut = cut.intersection(frame)
        if cut.area > 0:
            found[code] = cut
    return found


def _polygon(site: Site, ring: Ring, corner_km: float) -> Any:
    """What a ring encloses; null: nothing that could lie inside the box."""
    points = ground_km(site, *_bent(ring).T)
    low, high = points.min(axis=0), points.max(axis=0)
    if (low > corner_km).any() or (high < -corner_km).any():
        return None
    if np.hypot(*points.T).min() > _FAR_KM:
        return None
    return shapely.make_valid(Polygon(points))


def _bent(ring: Ring) -> Points:
    """The ring with more corners: none of its edges spans more than a degree."""
    ahead = np.roll(ring, -1, axis=0)
    # the edge that closes a ring around a pole leads over the 180th meridian, not around the Earth
    step = ahead - ring
    step[:, 0] = (step[:, 0] + 180) % 360 - 180
    many = np.maximum(1, np.ceil(np.abs(step).max(axis=1) / _STEP_DEG)).astype(int)
    begins = np.repeat(ring, many, axis=0)
    steps = np.repeat(step / many[:, None], many, axis=0)
    place = np.concatenate([np.arange(one) for one in many])[:, None]
    return np.asarray(begins + steps * place, dtype=np.float64)
