"""A pass: a satellite with a camera or a radar could see the site. A chance, not an image."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from entrepot.checks.check import row_of


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over one site.

    A pass is a chance: cloud, tasking and on/off plans are not in orbital elements.

    Attributes:
        site: name of the place.
        satellite: name as in the element set.
        norad_id: catalogue number.
        sensor: name of the sensor in the table of sensors, such as `Sentinel-2 MSI`.
        spectrum: `optical` or `radar`.
        mode: `swath` inside the strip that is recorded as a rule; `agile` only if the satellite is
            turned to the site.
        at: UTC instant of the closest approach, the highest elevation.
        from_at: first UTC instant inside the limit of the mode.
        to_at: last UTC instant inside it.
        off_nadir_deg: angle at the satellite at `at`.
        incidence_deg: angle at the site between the vertical and the line of sight at `at`.
        elevation_deg: of the satellite above the horizon of the site at `at`.
        look_side: `left` or `right` of the direction of flight.
        sun_elevation_deg: at the site at `at`.
        gsd_m: ground sample distance at this angle, across; null: not known.
        tolerance_s: nine of ten passes are within so many seconds, by the age of the elements.
        epoch_at: of the element set.
        age_days: pass less epoch; negative where the elements are newer.
        operator: whose satellite.
        service: what is known of the satellite's service on that day, in words.
        source: file and line of the element set.
    """

    kind: ClassVar[str] = "pass"
    site: str
    satellite: str
    norad_id: int
    sensor: str
    spectrum: str
    mode: str
    at: datetime
    from_at: datetime
    to_at: datetime
    off_nadir_deg: float
    incidence_deg: float
    elevation_deg: float
    look_side: str
    sun_elevation_deg: float
    gsd_m: float | None
    tolerance_s: float
    epoch_at: datetime
    age_days: float
    operator: str
    service: str
    source: str

    def row(self) -> dict[str, Any]:
        """The columns of `records.checks.CHECK`."""
        turned = "inside its swath" if self.mode == "swath" else "if turned to the place"
        return row_of(
            self.kind, self.site, f"{self.satellite} ({self.sensor}, {self.spectrum}), {turned}",
            at=self.at, satellite=self.satellite, norad_id=self.norad_id, mode=self.mode,
            off_nadir_deg=round(self.off_nadir_deg, 1),
            sun_elevation_deg=round(self.sun_elevation_deg, 1), look_side=self.look_side,
            gsd_m=None if self.gsd_m is None else round(self.gsd_m, 2),
            tolerance_s=round(self.tolerance_s, 1), operator=self.operator, status=self.service,
            source=self.source,
        )  # fmt: skip
