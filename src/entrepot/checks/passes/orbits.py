"""Where a satellite is: SGP4 on whole arrays, turned into the frame that turns with the Earth.

Source: Vallado et al., AIAA 2006-6753. SGP4 speaks in TEME; a turn by Greenwich mean sidereal time
gives the Earth-fixed frame, within what `Instants.of` says.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sgp4.api import SGP4_ERRORS, Satrec

from entrepot.checks.passes.instants import EARTH_RATE, Floats, Instants

GRAVITY_KM3_S2: Final = 398_600.4418
"""GM of the Earth. Source: WGS 84, NIMA TR8350.2."""


@dataclass(frozen=True, slots=True)
class State:
    """Earth-fixed places and speeds, kilometres and km/s, of shape (3, moments).

    Attributes:
        position: from the centre of the Earth.
        velocity: seen from the ground that turns along.
    """

    position: Floats
    velocity: Floats

    def at(self, chosen: NDArray[np.intp]) -> "State":
        """Some of the moments, in the order given."""
        return State(self.position[:, chosen], self.velocity[:, chosen])

    def moved(self, by_s: Floats) -> "State":
        """A little later or earlier, by the pull of a round Earth; within a metre for 1 s."""
        pull = acceleration(self)
        return State(
            self.position + self.velocity * by_s + pull * (by_s * by_s / 2),
            self.velocity + pull * by_s,
        )


def teme(satrec: Satrec, instants: Instants) -> tuple[NDArray[np.uint8], Floats, Floats]:
    """SGP4 itself: error codes (0: none), places in km and speeds in km/s, of shape (n, 3)."""
    codes, places, speeds = satrec.sgp4_array(instants.jd, instants.fraction)
    return codes, places, speeds


def fixed(places: Floats, speeds: Floats, instants: Instants) -> State:
    """TEME places and speeds of shape (n, 3) in the Earth-fixed frame."""
    position, velocity = turned(places, instants), turned(speeds, instants)
    velocity[0] += EARTH_RATE * position[1]
    velocity[1] -= EARTH_RATE * position[0]
    return State(position, velocity)


def turned(vectors: Floats, instants: Instants) -> Floats:
    """Vectors of shape (n, 3) turned by sidereal time, as shape (3, n)."""
    made = np.empty((3, len(vectors)))
    cos, sin = instants.cos_gmst, instants.sin_gmst
    made[0] = cos * vectors[:, 0] + sin * vectors[:, 1]
    made[1] = cos * vectors[:, 1] - sin * vectors[:, 0]
    made[2] = vectors[:, 2]
    return made


def state(satrec: Satrec, seconds: Floats) -> State:
    """Earth-fixed places and speeds; NaN where SGP4 gives an error."""
    instants = Instants.of(seconds)
    codes, places, speeds = teme(satrec, instants)
    if codes.any():
        places[codes != 0], speeds[codes != 0] = np.nan, np.nan
    return fixed(places, speeds, instants)


def acceleration(of: State) -> Floats:
    """Pull of a round Earth with what the turning frame adds, km/s2, of shape (3, n)."""
    x, y, _ = of.position
    pull: Floats = of.position * (-GRAVITY_KM3_S2 / dot(of.position, of.position) ** 1.5)
    pull[0] += EARTH_RATE * (EARTH_RATE * x + 2 * of.velocity[1])
    pull[1] += EARTH_RATE * (EARTH_RATE * y - 2 * of.velocity[0])
    return pull


def dot(a: Floats, b: Floats) -> Floats:
    """Inner products of vectors of shape (3, n)."""
    summed: Floats = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return summed


def cross(a: Floats, b: Floats) -> Floats:
    """Outer products of vectors of shape (3, n)."""
    return np.stack(
        (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    )


def error_words(code: int) -> str:
    """What SGP4 says of an error."""
    return str(SGP4_ERRORS.get(code, f"error {code}"))
