"""A satellite as it is tracked (its element set) and as it sees (its sensor)."""

from dataclasses import dataclass
from datetime import date, datetime

from sgp4.api import Satrec


@dataclass(frozen=True, slots=True)
class Elements:
    """One element set of one satellite.

    Attributes:
        name: as in the file; `NORAD n` where the file has none.
        norad_id: catalogue number.
        epoch_at: UTC instant for which the elements were fitted.
        satrec: the initialised SGP4 record, WGS 72, mode `i`.
        source: file and line.
    """

    name: str
    norad_id: int
    epoch_at: datetime
    satrec: Satrec
    source: str


@dataclass(frozen=True, slots=True)
class Sensor:
    """What a satellite can see, one row of the table of sensors.

    Angles are off-nadir, at the satellite, across the track, in degrees.

    Attributes:
        name: such as `Sentinel-2 MSI`.
        operator: whose satellite.
        spectrum: `optical` or `radar`.
        swath_from_deg: nearest angle of the strip that is recorded as a rule (0 for cameras that
            look down, the near edge for radar); null: nothing is recorded as a rule.
        swath_to_deg: farthest angle of it; null: the same.
        agile_from_deg: nearest angle it can be turned to; null: it is not turned.
        agile_to_deg: farthest angle it is usually turned to; null: the same.
        look: `both`, `right` or `left` of the direction of flight.
        gsd_m: ground sample distance, straight down for cameras, across for radar; null: unknown.
        least_sun_deg: lowest sun at the site at which it is usually used; null: it needs none.
        is_low: so low, or manoeuvring so often, that old elements are soon worthless.
        service_from: first day of service; null: not known.
        service_to: day after the last one; null: still in service as far as is known.
        source: where the limits stand, with certainty.
        begins: what `service_from` is: `launch` or `service`.
        unknown_from: first day from which nothing is known of its service; null: no such day.
        note: what else is known of its service; or empty.
    """

    name: str
    operator: str
    spectrum: str
    swath_from_deg: float | None
    swath_to_deg: float | None
    agile_from_deg: float | None
    agile_to_deg: float | None
    look: str
    gsd_m: float | None
    least_sun_deg: float | None
    is_low: bool
    service_from: date | None
    service_to: date | None
    source: str
    begins: str = "service"
    unknown_from: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Satellite:
    """An element set with the sensor it carries; one satellite may stand in several of them."""

    elements: Elements
    sensor: Sensor
