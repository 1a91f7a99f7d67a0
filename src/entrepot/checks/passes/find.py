"""All passes of satellites over sites in a window.

    found = find_passes(satellites, sites, window, tolerance=tolerance_s)
    len(found), found.columns.off_nadir_deg, found.refusals, list(found.passes())

A pass is a chance, not an image. It counts when the satellite stands highest inside the half-open
window; its edges may lie outside.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entrepot.checks.passes.angles import OUT, gsd_m, limits, modes, widest_deg
from entrepot.checks.passes.culminations import Culminations, NoOrbitError, culminations
from entrepot.checks.passes.edges import edges
from entrepot.checks.passes.found import Columns, Found, Tolerance
from entrepot.checks.passes.geometry import Ground, View
from entrepot.checks.passes.instants import DAY_S, ZERO_AT, Floats, seconds_of
from entrepot.checks.passes.satellite import Satellite, Sensor
from entrepot.checks.passes.sun import sun_elevation_deg
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.errors import RequestError

Told = Callable[[int, int], None]
"""Called with element sets done and element sets in all."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is the same for all satellites."""

    ground: Ground
    from_s: float
    to_s: float
    least_sun_deg: float | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """All culminations of one element set, with what is the same for all sensors."""

    culminations: Culminations
    view: View
    sun_deg: Floats


def find_passes(
    satellites: Sequence[Satellite],
    sites: Sequence[Site],
    window: Window,
    *,
    tolerance: Tolerance,
    least_sun_deg: float | None = None,
    told: Told | None = None,
) -> Found:
    """Every pass inside the limits of its sensor, in order of time, then of satellite and site.

    Args:
        satellites: each with one element set, the one that fits the window best, and one sensor.
        sites: the places.
        window: a pass belongs to it by the moment of its highest elevation.
        tolerance: seconds by sensor and age of the elements in days; asked when objects are made.
        least_sun_deg: lowest sun for optical sensors, in place of each sensor's own.
        told: called after each element set.

    Returns:
        the passes. Satellites that have decayed, orbit too high or have no limits of angle stand
        in `refusals`, and so do those of which passes lie outside the sensor's service.

    Raises:
        RequestError: the window is empty, or its edges have no time zone.
    """
    from_s, to_s = _edges_of(window)
    asked = _Asked(Ground.of(sites), from_s, to_s, least_sun_deg)
    parts, refusals = [Columns.none()], list[str]()
    groups = _by_elements(satellites)
    for done, group in enumerate(groups, start=1):
        try:
            seen = _culminations(satellites[group[0]], _widest_deg(satellites, group), asked)
        except NoOrbitError as refused:
            one = satellites[group[0]].elements
            refusals.append(f"{one.name} ({one.norad_id}) is left out: {refused}")
        else:
            for index in group:
                columns = _seen_by(index, satellites[index], seen, asked)
                in_service = _in_service(satellites[index].sensor, columns)
                parts.append(columns.at(np.flatnonzero(in_service)))
                refusals += _out_of_service(satellites[index], int((~in_service).sum()))
        if told is not None:
            told(done, len(groups))
    columns = Columns.joined(parts)
    order = np.lexsort((columns.site, columns.satellite, columns.seconds))
    return Found(tuple(satellites), tuple(sites), columns.at(order), tuple(refusals), tolerance)


def _edges_of(window: Window) -> tuple[float, float]:
    if window.from_at.tzinfo is None or window.to_at.tzinfo is None:
        raise RequestError(
            f"got a window from {window.from_at} to {window.to_at}, expected moments with a zone",
            hint="Use UTC: datetime(2022, 8, 26, tzinfo=UTC).",
        )
    if window.to_at <= window.from_at:
        raise RequestError(
            f"got a window from {window.from_at} to {window.to_at}, expected an end after its begin"
        )
    return seconds_of(window.from_at), seconds_of(window.to_at)


def _by_elements(satellites: Sequence[Satellite]) -> list[list[int]]:
    """Indexes of satellites that share one element set: an orbit is computed once."""
    groups: dict[int, list[int]] = {}
    for index, one in enumerate(satellites):
        groups.setdefault(id(one.elements.satrec), []).append(index)
    return list(groups.values())


def _widest_deg(satellites: Sequence[Satellite], group: Sequence[int]) -> float:
    widest = max(widest_deg(satellites[index].sensor) for index in group)
    if widest <= 0:
        raise NoOrbitError(f"no limit of angle is known for {satellites[group[0]].sensor.name}")
    return widest


def _culminations(satellite: Satellite, widest: float, asked: _Asked) -> _Seen:
    found = culminations(satellite.elements.satrec, asked.ground, asked.from_s, asked.to_s, widest)
    view = View.of(found.state, asked.ground.at(found.site))
    return _Seen(found, view, sun_elevation_deg(found.seconds, asked.ground.up[:, found.site]))


def _seen_by(index: int, satellite: Satellite, seen: _Seen, asked: _Asked) -> Columns:
    """The passes among all culminations that are inside the limits of one sensor."""
    sensor = satellite.sensor
    mode = modes(sensor, seen.view)
    least = _least_sun_deg(sensor, asked)
    chosen = np.flatnonzero((mode != OUT) & (seen.sun_deg >= least))
    found, view, mode = seen.culminations.at(chosen), seen.view.at(chosen), mode[chosen]
    farthest = np.zeros(len(chosen))
    for code, (_, far) in limits(sensor).items():
        farthest[mode == code] = far
    begin, end = edges(asked.ground, found, view.off_nadir_deg, farthest)
    return Columns(
        np.full(len(chosen), index, np.int32), found.site.astype(np.int32), found.seconds,
        begin, end, mode, view.off_nadir_deg, view.incidence_deg, view.is_right,
        seen.sun_deg[chosen], gsd_m(sensor, view),
    )  # fmt: skip


def _least_sun_deg(sensor: Sensor, asked: _Asked) -> float:
    """The question's limit does not bind radar, which needs no light."""
    own = -90.0 if sensor.least_sun_deg is None else sensor.least_sun_deg
    if asked.least_sun_deg is None or sensor.spectrum == "radar":
        return own
    return asked.least_sun_deg


def _in_service(sensor: Sensor, columns: Columns) -> NDArray[np.bool_]:
    day = np.floor(columns.seconds / DAY_S)
    kept = np.ones(len(day), dtype=bool)
    if sensor.service_from is not None:
        kept &= day >= _day(sensor.service_from)
    if sensor.service_to is not None:
        kept &= day < _day(sensor.service_to)
    return kept


def _day(of: date) -> int:
    return of.toordinal() - ZERO_AT.toordinal()


def _out_of_service(satellite: Satellite, left_out: int) -> list[str]:
    """A satellite that is silent is still listed, and its passes are no chances."""
    if not left_out:
        return []
    one, sensor = satellite.elements, satellite.sensor
    known = [f"began on {sensor.service_from}"] if sensor.service_from else []
    known += [f"ended before {sensor.service_to}"] if sensor.service_to else []
    passes = "1 pass is" if left_out == 1 else f"{left_out} passes are"
    return [
        f"{one.name} ({one.norad_id}): {passes} left out, for the service of {sensor.name} "
        f"{' and '.join(known)}"
    ]
