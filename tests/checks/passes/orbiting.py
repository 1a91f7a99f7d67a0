"""Satellites and sensors for tests: made orbits, and those that the package sgp4 ships."""

from datetime import UTC, datetime, timedelta
from math import pi, sqrt
from pathlib import Path

import sgp4
from sgp4.api import WGS72, Satrec
from sgp4.conveniences import sat_epoch_datetime

from entrepot.checks.passes.satellite import Elements, Satellite, Sensor

VERIFICATION = Path(sgp4.__file__).parent / "SGP4-VER.TLE"
EPOCH = datetime(2022, 8, 26, tzinfo=UTC)
# SGP4's own constants, WGS 72: AIAA 2006-6753, appendix B
GRAVITY, RADIUS_KM = 398_600.8, 6_378.135


def shipped_elements(number: str) -> Elements:
    """One of SGP4's verification cases, by its catalogue number in five digits."""
    lines = VERIFICATION.read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith(f"1 {number}"))
    record = Satrec.twoline2rv(lines[place][:69], lines[place + 1][:69])
    return Elements(number, record.satnum, sat_epoch_datetime(record), record, f"line {place + 1}")


def made_elements(
    height_km: float = 700.0,
    inclination_deg: float = 98.2,
    node_deg: float = 0.0,
    anomaly_deg: float = 0.0,
    eccentricity: float = 0.0001,
    drag: float = 0.0,
    norad_id: int = 90_001,
) -> Elements:
    """An orbit of our own making, at midnight of 26 August 2022."""
    record = Satrec()
    days = (EPOCH - datetime(1949, 12, 31, tzinfo=UTC)) / timedelta(days=1)
    motion = 60 * sqrt(GRAVITY / (RADIUS_KM + height_km) ** 3)
    record.sgp4init(
        WGS72, "i", norad_id, days, drag, 0.0, 0.0, eccentricity, 0.0, inclination_deg * pi / 180,
        anomaly_deg * pi / 180, motion, node_deg * pi / 180,
    )  # fmt: skip
    return Elements(f"made {norad_id}", norad_id, EPOCH, record, "made")


def sensor(**given: object) -> Sensor:
    """Turned to 45 degrees on both sides, day and night, unless said otherwise."""
    usual: dict[str, object] = {
        "name": "camera", "operator": "nobody", "spectrum": "optical", "swath_from_deg": None,
        "swath_to_deg": None, "agile_from_deg": 0.0, "agile_to_deg": 45.0, "look": "both",
        "gsd_m": 1.0, "least_sun_deg": None, "is_low": False, "service_from": None,
        "service_to": None, "source": "made",
    }  # fmt: skip
    return Sensor(**(usual | given))  # type: ignore[arg-type]


def made(elements: Elements | None = None, **given: object) -> Satellite:
    return Satellite(elements or made_elements(), sensor(**given))


def no_tolerance(_: Sensor, __: float) -> float:
    return 0.0
