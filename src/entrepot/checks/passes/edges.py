"""When a satellite comes inside the limit of an angle and when it leaves it."""

from typing import Final

import numpy as np

from entrepot.checks.passes.angles import capped_deg
from entrepot.checks.passes.culminations import Culminations
from entrepot.checks.passes.geometry import Ground, angle_deg
from entrepot.checks.passes.instants import EARTH_RATE, Floats
from entrepot.checks.passes.orbits import GRAVITY_KM3_S2, dot

ROUNDS: Final = 4
"""Chords drawn; after four the instants stand still within a hundredth of a second."""
NOT_ZERO: Final = 1e-18


def edges(
    ground: Ground, found: Culminations, off_nadir_deg: Floats, limit_deg: Floats
) -> tuple[Floats, Floats]:
    """Seconds of the first and the last moment at which an angle off nadir is within a limit.

    The tangent of the angle is the distance over ground by the height, so its square is almost a
    straight line in the square of the time from the culmination. Chords of it are drawn, one for
    the way in and one for the way out, until they meet the limit. For these few minutes the pull of
    a round Earth is enough: against SGP4 the instants are within a tenth of a second.

    Args:
        ground: all sites.
        found: culminations, each inside its limit.
        off_nadir_deg: the angle at the culmination.
        limit_deg: farthest angle, one a culmination. Where the site would see the satellite lower
            than `angles.LOWEST_DEG`, that counts.
    """
    distance = np.sqrt(dot(found.state.position, found.state.position))
    limit = np.maximum(capped_deg(limit_deg, distance), off_nadir_deg)
    least = _square_of_tangent(off_nadir_deg)
    goal = _square_of_tangent(limit) - least
    here = ground.at(found.site)
    height = distance - np.sqrt(dot(here.position, here.position))
    speed = np.sqrt(dot(found.state.velocity, found.state.velocity))
    flat = goal * (height / speed) ** 2
    before, after = (_side(side, flat, goal, least, found, here) for side in (-1.0, 1.0))
    return found.seconds - before, found.seconds + after


def _side(
    side: float, flat: Floats, goal: Floats, least: Floats, found: Culminations, here: Ground
) -> Floats:
    """Seconds from the culmination to the limit; the first guess is a flat Earth's."""
    square, last_square, last_risen = flat, np.zeros_like(flat), np.zeros_like(flat)
    for _ in range(ROUNDS):
        angle = _off_nadir_after(side * np.sqrt(square), found, here)
        risen = _square_of_tangent(angle) - least
        run, rise = square - last_square, risen - last_risen
        # where both points are one, the limit is met
        is_apart = (run * rise) > NOT_ZERO
        step = (goal - risen) * np.divide(run, rise, out=np.zeros_like(run), where=is_apart)
        last_square, last_risen = square, risen
        square = np.clip(square + step, square / 4, square * 4)
    away: Floats = np.sqrt(square)
    return away


def _square_of_tangent(angle: Floats) -> Floats:
    squared: Floats = np.tan(np.radians(angle)) ** 2
    return squared


def _off_nadir_after(time: Floats, found: Culminations, here: Ground) -> Floats:
    """The angle some minutes before or after, in the frame that stood still at the culmination.

    Source: the f and g series, Bate, Mueller and White, "Fundamentals of Astrodynamics" (1971),
    section 5.4, with all terms to the fourth and for g the fifth power of the time.
    """
    position, velocity = found.state.position, found.state.velocity.copy()
    velocity[0] -= EARTH_RATE * position[1]
    velocity[1] += EARTH_RATE * position[0]
    square = dot(position, position)
    pull = GRAVITY_KM3_S2 / square**1.5
    climb = dot(position, velocity) / square
    rest = dot(velocity, velocity) / square - pull
    bent = 3 * rest - 15 * climb**2 + pull
    second = time * time
    f = 1 - pull * second * (0.5 - climb * time / 2 - bent * second / 24)
    g = time * (
        1 - pull * second * (1 / 6 - climb * time / 4 - (3 * bent - 2 * pull) * second / 120)
    )
    satellite = f * position + g * velocity
    cos, sin = np.cos(EARTH_RATE * time), np.sin(EARTH_RATE * time)
    x, y, z = here.position
    site = np.stack((cos * x - sin * y, sin * x + cos * y, z))
    return angle_deg(site - satellite, -satellite)
