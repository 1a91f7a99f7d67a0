"""How far a pass may be off by the age of its element set, and when it is no longer told.

Elements are fitted to a day. Drag and manoeuvres then move the satellite along its track, so that
it comes earlier or later, and over a place a little to the east or west, as the Earth turns by a
quarter of a degree a minute.

The times were measured: old sets were carried to the epochs of newer ones of the same satellites
(benchmarks/bench_elements.py; sets of Aug and Oct 2022 and May 2026). Nine of ten lay within:

* 6.8 days: 5.3 s over the 29 satellites of ordinary height in the table of sensors (1.5 s half of
  them); 6.6 days: 15.6 s SkySat. Carried on to 7 days by the power below: 5.5 and 17.7 s;
* 41 days: 134 s over 19 (without radars, sets of Oct and Dec 2022);
* 69 days: 221 s over 24 (86 s half of them), 2,249 s SkySat, 1,690 s Flock.

Single satellites that manoeuvred were off by 100 s after a week and by 11 minutes after ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.satellite import Satellite, Sensor

FLOOR_S: Final = 2.0
"""Never less: Earth's turn is taken without UT1-UTC (up to 0.9 s), SGP4 is a kilometre off at its
own epoch (0.13 s; Vallado and others, AIAA 2006-6753), and tiles of images have one time for 15 s
of flight. Our choice."""

MEASURED_S: Final = ((7.0, 5.5), (41.0, 134.0), (69.0, 221.0))
MEASURED_LOW_S: Final = ((7.0, 17.7), (69.0, 2249.0))
"""Age in days and seconds, nine of ten; low flyers apart."""

DRAG_POWER: Final = 2.0
"""A steady error of drag moves the place along the track with the square of time: beyond what was
measured the tolerance is taken to grow so."""

OLDEST_LOW_DAYS: Final = 14.0
OLDEST_DAYS: Final = 90.0
"""Our choice. At two weeks a low flyer is within a minute and a half; at 90 days another is within
six and a half minutes, in which the Earth turns by 1.6 degrees, 105 km at 53 degrees north: more
than half a swath of Landsat, so the pass may belong to the neighbouring track."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Passes whose elements are young enough, and one sentence for each kind that is not."""

    passes: tuple[Pass, ...]
    notes: tuple[str, ...]


def tolerance_s(sensor: Sensor, age_days: float) -> float:
    """Seconds within which nine of ten passes come.

    Straight from the floor to the first measured age, then as a power of the age through the
    measured ones, then with its square. Elements newer than the pass are as good as older ones.

    Args:
        sensor: of the satellite; `is_low` decides which measurement counts.
        age_days: pass less epoch; its sign does not matter.
    """
    age = abs(age_days)
    table = MEASURED_LOW_S if sensor.is_low else MEASURED_S
    first_age, first_s = table[0]
    if age <= first_age:
        return FLOOR_S + (first_s - FLOOR_S) * age / first_age
    for (from_age, from_s), (to_age, to_s) in pairwise(table):
        if age <= to_age:
            power = log(to_s / from_s) / log(to_age / from_age)
            return float(from_s * (age / from_age) ** power)
    last_age, last_s = table[-1]
    return float(last_s * (age / last_age) ** DRAG_POWER)


def is_extrapolated(sensor: Sensor, age_days: float) -> bool:
    """Whether a tolerance goes beyond the ages that were measured."""
    return abs(age_days) > (MEASURED_LOW_S if sensor.is_low else MEASURED_S)[-1][0]


def too_old(sensor: Sensor, age_days: float) -> str | None:
    """Why a pass is not told, in one sentence; null: its elements are young enough."""
    oldest = oldest_days(sensor)
    if abs(age_days) <= oldest:
        return None
    side = "after" if age_days > 0 else "before"
    why = "it flies so low that" if sensor.is_low else "by then"
    seconds = tolerance_s(sensor, age_days)
    return (
        f"{sensor.name}: a pass {abs(age_days):.0f} days {side} the epoch of its elements is not "
        f"told (limit {oldest:.0f} days): {why} it may come {_span(seconds)} earlier or later"
    )


def oldest_days(sensor: Sensor) -> float:
    """The greatest age at which passes are told."""
    return OLDEST_LOW_DAYS if sensor.is_low else OLDEST_DAYS


def keep_young(passes: Sequence[Pass], satellites: Sequence[Satellite]) -> Kept:
    """Leave out passes that are too far from the epoch of their elements, and say how many.

    Args:
        passes: of the satellites.
        satellites: with the sensors that the limits go by; a pass of another is kept.
    """
    sensors = {(one.elements.norad_id, one.sensor.name): one.sensor for one in satellites}
    kept, left = list[Pass](), dict[str, list[Pass]]()
    for one in passes:
        sensor = sensors.get((one.norad_id, one.sensor))
        if sensor is not None and too_old(sensor, one.age_days):
            left.setdefault(one.sensor, []).append(one)
        else:
            kept.append(one)
    notes = tuple(
        _left_out(name, found, [one for one in passes if one.sensor == name],
                  next(one for (_, kind), one in sensors.items() if kind == name))
        for name, found in left.items()
    )  # fmt: skip
    return Kept(tuple(kept), notes)


def _left_out(name: str, left: Sequence[Pass], of: Sequence[Pass], sensor: Sensor) -> str:
    satellites = len({one.norad_id for one in left})
    epochs = sorted(one.epoch_at.date() for one in left)
    span = str(epochs[0]) if epochs[0] == epochs[-1] else f"{epochs[0]} to {epochs[-1]}"
    worst = max(tolerance_s(sensor, one.age_days) for one in left)
    return (
        f"{name}: {len(left):,} of {len(of):,} passes, of {satellites} "
        f"satellite{'s' if satellites > 1 else ''}, are left out: they are more than "
        f"{oldest_days(sensor):.0f} days from the elements ({span}) and may come "
        f"{_span(worst)} earlier or later"
    )


def _span(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"
