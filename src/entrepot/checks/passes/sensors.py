"""The table of sensors: which satellites take images, within which angles, and in which years.

`data/sensors.tsv` has the limits of each sensor, `data/services.tsv` the satellites that carry it.
Each line has its source, and whether that was read or is given from memory. Limits and days are
facts of the publishers; values in the column `judged` are our choice and say so.

A satellite without a line is not known to us to take images of places on the ground. That is no
finding: it may be a new one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Final

from entrepot.checks.passes.elementset import launch_year
from entrepot.checks.passes.satellite import Elements, Sensor

IN_SERVICE: Final = "in service"
NOT_KNOWN: Final = "not known"

COMMISSIONING: Final = timedelta(days=180)
"""After a launch, where the first day of service is not known. Our choice: Landsat 8 took 106 days
and Sentinel-2C 138 (both days in `services.tsv`)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of satellites: by number, else by name, and its sensor."""

    norad_id: int | None
    name_pattern: re.Pattern[str]
    sensor: Sensor


def sensor_of(elements: Elements) -> Sensor | None:
    """The sensor of a satellite with its days of service; null: none is known to us.

    The catalogue number decides; only where no line has it, the name does.
    """
    by_number, by_name = _index()
    found = by_number.get(elements.norad_id)
    if found is not None:
        return found
    name = elements.name.upper()
    return next((one.sensor for one in by_name if one.name_pattern.search(name)), None)


def service_on(sensor: Sensor, day: date) -> str:
    """What is known of a satellite's service on a day, in words.

    One of `in service`, `not yet launched`, `not yet in service`, `out of service since DATE`,
    `not known`; the last three with what the table says of it. Listed is not working: without a
    first day in the table nothing is known, nor in the months after a launch (`COMMISSIONING`).
    """
    if sensor.service_to is not None and day >= sensor.service_to:
        return _with(f"out of service since {sensor.service_to}", sensor.note)
    if sensor.service_from is not None and day < sensor.service_from:
        if sensor.begins == "launch":
            return "not yet launched"
        return _with(f"not yet in service before {sensor.service_from}", sensor.note)
    first = sensor.service_from
    if first is not None and sensor.begins == "launch" and day < first + COMMISSIONING:
        return f"{NOT_KNOWN}: launched {first}, it may still be under test"
    if sensor.unknown_from is not None:
        if day >= sensor.unknown_from:
            return _with(f"{NOT_KNOWN} since {sensor.unknown_from}", sensor.note)
        return IN_SERVICE
    return IN_SERVICE if first is not None else _with(NOT_KNOWN, sensor.note)


def is_out(sensor: Sensor, day: date) -> bool:
    """Whether a satellite is known not to work on a day."""
    return not service_on(sensor, day).startswith((IN_SERVICE, NOT_KNOWN))


def launched_after(elements: Elements, day: date) -> bool:
    """Whether the year in a set's international designator is later than that of a day."""
    year = launch_year(elements.satrec)
    return year is not None and year > day.year


@cache
def lines() -> tuple[Line, ...]:
    """The table of satellites, in the order of its file."""
    limits = {row["sensor"]: row for row in _rows("sensors.tsv")}
    return tuple(
        Line(
            int(row["norad_id"]) if row["norad_id"] else None,
            re.compile(rf"\b(?:{row['name_pattern']})"),
            _sensor(limits[row["sensor"]], row),
        )
        for row in _rows("services.tsv")
    )


@cache
def _index() -> tuple[Mapping[int, Sensor], tuple[Line, ...]]:
    by_number = {one.norad_id: one.sensor for one in lines() if one.norad_id is not None}
    return by_number, lines()


def _sensor(limits: Mapping[str, str], service: Mapping[str, str]) -> Sensor:
    judged = f"; our choice: {limits['judged']}" if limits["judged"] else ""
    return Sensor(
        name=limits["sensor"],
        operator=limits["operator"],
        spectrum=limits["spectrum"],
        swath_from_deg=_number(limits["swath_from_deg"]),
        swath_to_deg=_number(limits["swath_to_deg"]),
        agile_from_deg=_number(limits["agile_from_deg"]),
        agile_to_deg=_number(limits["agile_to_deg"]),
        look=limits["look"],
        gsd_m=_number(limits["gsd_m"]),
        least_sun_deg=_number(limits["least_sun_deg"]),
        is_low=limits["is_low"] == "yes",
        service_from=_day(service["service_from"]),
        service_to=_day(service["service_to"]),
        source=f"limits ({limits['certainty']}{judged}): {limits['source']}. "
        f"Service ({service['certainty']}): {service['source']}",
        begins=service["begins"] or "service",
        unknown_from=_day(service["unknown_from"]),
        note=service["note"],
    )


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    file = resources.files("entrepot.checks.passes").joinpath("data", name)
    head, *rest = file.read_text("utf-8").splitlines()
    for line in rest:
        yield dict(zip(head.split("\t"), line.split("\t"), strict=True))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _with(state: str, note: str) -> str:
    return f"{state}: {note}" if note else state
