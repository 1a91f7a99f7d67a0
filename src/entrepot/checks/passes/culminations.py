"""When a satellite stands highest over sites: a coarse look at the whole orbit, then SGP4 itself.

A grid of some fifteen points a revolution shows near which of them it comes closest. From there the
motion along a great circle tells the moment within seconds, and Newton steps on SGP4 bring it to a
tenth of a millisecond. The grid hangs on `instants.ZERO_AT`, not on the window, so
the same pass comes out of any window, and windows that meet neither lose nor double one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sgp4.api import Satrec

from entrepot.checks.passes.geometry import EQUATOR_KM, POLE_KM, Ground
from entrepot.checks.passes.instants import Floats, Instants, moments_of
from entrepot.checks.passes.orbits import (
    State,
    acceleration,
    cross,
    dot,
    error_words,
    fixed,
    state,
    teme,
)

STEP_DEG: Final = 30.0
"""Most that a satellite moves along its orbit between points of the grid, at its fastest."""
STEP_OF_S: Final = 15.0
"""The step is a multiple of it, so that satellites of like orbits share their grid."""
SLACK_DEG: Final = 2.0
"""Most by which a great circle is wrong over half a step: the turn of the Earth bends the track by
0.3 degrees, and the vertical of the ellipsoid leans by 0.2 degrees."""
BLOCK: Final = 2_000_000
"""Points times sites looked at in one go, 16 MB a column."""
LONGEST: Final = 50_000
"""Points of the grid in one go."""
LOWEST_KM: Final = 100.0
"""Below this no satellite completes a revolution; the border of space in FAI's sporting code."""
SETTLED_S: Final = 0.2
"""A Newton step as short as this ends the search; it is still taken, along the local parabola."""
TRIES: Final = 8
NEAR_EARTH_S: Final = 225 * 60.0
"""Longer revolutions are deep space to SGP4; Hoots and Roehrich, Spacetrack Report 3 (1980)."""


@dataclass(frozen=True, slots=True)
class Culminations:
    """Moments at which a satellite stands highest over a site.

    Attributes:
        site: index of the site.
        seconds: from `instants.ZERO_AT`.
        state: of the satellite at that moment.
    """

    site: NDArray[np.intp]
    seconds: Floats
    state: State

    def at(self, chosen: NDArray[np.intp]) -> "Culminations":
        """Some of them, in the order given."""
        return Culminations(self.site[chosen], self.seconds[chosen], self.state.at(chosen))


class NoOrbitError(Exception):
    """Why no passes can be told for a satellite, in words that follow its name."""


def culminations(
    satrec: Satrec, ground: Ground, from_s: float, to_s: float, widest_deg: float
) -> Culminations:
    """All moments in [from_s, to_s) at which a satellite stands highest over each site.

    Args:
        satrec: the initialised SGP4 record.
        ground: the sites.
        from_s: seconds from `instants.ZERO_AT`.
        to_s: the same.
        widest_deg: largest angle off nadir that is asked for. What comes out reaches a little
            beyond it; nothing within is lost.

    Raises:
        NoOrbitError: the satellite has decayed, or its orbit is too high.
    """
    step = grid_step_s(satrec)
    found = [
        _settled(satrec, ground, near)
        for near in _near(satrec, ground, from_s, to_s, widest_deg, step)
    ]
    site, seconds = (np.concatenate([one[part] for one in found]) for part in (0, 1))
    position = np.concatenate([one[2].position for one in found], axis=1)
    velocity = np.concatenate([one[2].velocity for one in found], axis=1)
    # to the microsecond that is printed, so that a pass is on one side of an edge only
    rounded = np.rint(seconds * 1e6) / 1e6
    all_of_them = Culminations(site, seconds, State(position, velocity))
    return all_of_them.at(np.flatnonzero((rounded >= from_s) & (rounded < to_s)))


def grid_step_s(satrec: Satrec) -> float:
    """Seconds between points of the grid.

    Raises:
        NoOrbitError: a revolution takes longer than SGP4's border to deep space, or never ends.
    """
    mean_motion, eccentricity = satrec.no_kozai / 60, satrec.ecco  # radians a second
    if not (mean_motion > 0 and 0 <= eccentricity < 1):
        raise NoOrbitError("its element set is of no closed orbit")
    revolution_s = 2 * np.pi / mean_motion
    if revolution_s >= NEAR_EARTH_S:
        raise NoOrbitError(
            f"a revolution takes {revolution_s / 60:,.0f} minutes, and passes are told for low "
            f"orbits only, up to {NEAR_EARTH_S / 60:.0f} minutes"
        )
    fastest = mean_motion * (1 + eccentricity) ** 2 / (1 - eccentricity**2) ** 1.5
    return float(max(1.0, np.radians(STEP_DEG) / fastest // STEP_OF_S) * STEP_OF_S)


_Near = tuple[NDArray[np.intp], Floats]


def _near(
    satrec: Satrec, ground: Ground, from_s: float, to_s: float, widest_deg: float, step: float
) -> Iterator[_Near]:
    """Sites, and moments within seconds of passes over them."""
    first, last = int(from_s // step) - 1, int(to_s // step) + 2
    length = min(LONGEST, max(64, BLOCK // max(1, ground.up.shape[1])))
    for begin in range(first, last + 1, length):
        # one point more at both ends, to see whether the first and the last one are nearest
        instants = _grid(begin - 1, min(begin + length, last + 1) + 1, step)
        yield _nearest(satrec, ground, instants, widest_deg, step)


@lru_cache(maxsize=32)
def _grid(begin: int, end: int, step: float) -> Instants:
    """Points of the grid, made once for the satellites that share it."""
    return Instants.of(np.arange(begin, end, dtype=np.float64) * step)


def _nearest(
    satrec: Satrec, ground: Ground, instants: Instants, widest_deg: float, step: float
) -> _Near:
    seconds = instants.seconds
    codes, places, speeds = teme(satrec, instants)
    if codes.any():
        bad = int(np.argmax(codes != 0))
        raise NoOrbitError(_decayed(seconds[bad], error_words(int(codes[bad]))))
    whole = fixed(places, speeds, instants)
    distance = np.sqrt(dot(whole.position, whole.position))
    if distance.min() < EQUATOR_KM + LOWEST_KM:
        bad = int(np.argmin(distance))
        raise NoOrbitError(_decayed(seconds[bad], f"{distance[bad] - EQUATOR_KM:,.0f} km high"))
    reach = reach_rad(float(distance.max()), widest_deg) + np.radians(SLACK_DEG)
    moved = np.sqrt(dot(whole.velocity, whole.velocity) / distance**2).max() * step
    closeness = ground.towards.T @ (whole.position / distance)
    inner = closeness[:, 1:-1]
    within = np.flatnonzero(inner > np.cos(min(np.pi, reach + moved / 2)))
    site, point = np.divmod(within, inner.shape[1])
    here = inner[site, point]
    is_nearest = (here > closeness[site, point]) & (here >= closeness[site, point + 2])
    site, point = site[is_nearest], point[is_nearest] + 1
    return _along_great_circle(site, seconds[point], whole.at(point), ground, reach)


def _decayed(seconds: float, what: str) -> str:
    at = np.datetime_as_string(moments_of(np.array([seconds]))[0], unit="m")
    return f"by its element set it is in no orbit at {at}Z ({what})"


def _along_great_circle(
    site: NDArray[np.intp], seconds: Floats, at: State, ground: Ground, reach: float
) -> _Near:
    """When it would come closest if it went straight on; who stays out of reach is left out."""
    towards, distance = ground.towards[:, site], np.sqrt(dot(at.position, at.position))
    down_range = at.position / distance
    across = cross(at.position, at.velocity)
    across /= np.sqrt(dot(across, across))
    ahead = cross(across, down_range)
    is_reached = np.abs(dot(towards, across)) < np.sin(min(reach, np.pi / 2))
    turn = np.arctan2(dot(towards, ahead), dot(towards, down_range))
    moment = seconds + turn * distance / dot(at.velocity, ahead)
    kept = np.flatnonzero(is_reached)
    return site[kept], moment[kept]


def _settled(satrec: Satrec, ground: Ground, near: _Near) -> tuple[NDArray[np.intp], Floats, State]:
    """Newton steps on SGP4 until the satellite stands highest.

    Each pass takes its own steps, so that it comes out the same in whatever company it is asked.
    """
    site, seconds = near[0], near[1].copy()
    here = ground.at(site)
    at = state(satrec, seconds)
    move = _to_highest(at, here)
    for _ in range(TRIES):
        far = np.flatnonzero(np.abs(move) > SETTLED_S)
        if not len(far):
            break
        seconds[far] += move[far]
        again = state(satrec, seconds[far])
        at.position[:, far], at.velocity[:, far] = again.position, again.velocity
        move[far] = _to_highest(again, here.at(far))
    return site, seconds + move, at.moved(move)


def _to_highest(at: State, ground: Ground) -> Floats:
    """Seconds to the moment at which the sine of the elevation is largest, by one Newton step."""
    sight = at.position - ground.position
    pull = acceleration(at)
    rise, out = dot(at.velocity, ground.up), dot(sight, at.velocity)
    height, square = dot(sight, ground.up), dot(sight, sight)
    slope = rise * square - height * out
    bend = (
        dot(pull, ground.up) * square
        + rise * out
        - height * (dot(at.velocity, at.velocity) + dot(sight, pull))
    )
    return np.clip(-slope / bend, -120.0, 120.0)


def reach_rad(distance_km: float, widest_deg: float) -> float:
    """Largest angle at the centre of the Earth between a satellite and a site that it can see."""
    sine = distance_km / POLE_KM * np.sin(np.radians(min(widest_deg, 90.0)))
    if sine >= 1:
        return float(np.arccos(POLE_KM / distance_km))
    return float(np.arcsin(sine) - np.radians(widest_deg))
