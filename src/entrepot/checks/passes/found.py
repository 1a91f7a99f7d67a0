"""Passes in columns: hundreds of thousands of them without an object each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.checks.passes.angles import MODES
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.instants import DAY_S, Floats, moments_of
from entrepot.checks.passes.satellite import Satellite, Sensor
from entrepot.checks.passes.sensors import service_on
from entrepot.checks.site import Site

Tolerance = Callable[[Sensor, float], float]
"""Seconds within which nine of ten passes lie, by the sensor and the age of its elements, days."""

SIDES: Final = ("left", "right")


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a pass; see `chance.Pass` for what they mean.

    Attributes:
        satellite: index of the satellite in what was asked.
        site: index of the site.
        seconds: of the culmination, from `instants.ZERO_AT`.
        from_seconds: of the first instant inside the limit of the mode.
        to_seconds: of the last one.
        mode: `angles.SWATH` or `angles.AGILE`.
        off_nadir_deg: at the satellite.
        incidence_deg: at the site.
        is_right: whether the site is to the right of the direction of flight.
        sun_elevation_deg: at the site.
        gsd_m: NaN: not known.
    """

    satellite: NDArray[np.int32]
    site: NDArray[np.int32]
    seconds: Floats
    from_seconds: Floats
    to_seconds: Floats
    mode: NDArray[np.int8]
    off_nadir_deg: Floats
    incidence_deg: Floats
    is_right: NDArray[np.bool_]
    sun_elevation_deg: Floats
    gsd_m: Floats

    def at(self, chosen: NDArray[np.intp]) -> "Columns":
        """Some of the passes, in the order given."""
        return Columns(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence["Columns"]) -> "Columns":
        """One after the other."""
        return cls(
            *(np.concatenate([getattr(one, field.name) for one in parts]) for field in fields(cls))
        )

    @classmethod
    def none(cls) -> "Columns":
        """No pass at all."""
        kinds = {"satellite": np.int32, "site": np.int32, "mode": np.int8, "is_right": np.bool_}
        return cls(*(np.empty(0, kinds.get(field.name, np.float64)) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Found:
    """All passes of a question, in order of time, then of satellite and site.

    Attributes:
        satellites: as asked.
        sites: as asked.
        columns: the passes.
        refusals: satellites, or some of their passes, that were left out: one sentence each.
        tolerance: how far the time may be off.
    """

    satellites: tuple[Satellite, ...]
    sites: tuple[Site, ...]
    columns: Columns
    refusals: tuple[str, ...]
    tolerance: Tolerance

    def __len__(self) -> int:
        return len(self.columns.seconds)

    def passes(self) -> Iterator[Pass]:
        """Each pass as an object; 100,000 take some three seconds."""
        columns = self.columns
        instants = (columns.seconds, columns.from_seconds, columns.to_seconds)
        at, from_at, to_at = (moments_of(one).tolist() for one in instants)
        for row in range(len(self)):
            yield self._pass(row, _utc(at[row]), _utc(from_at[row]), _utc(to_at[row]))

    def _pass(self, row: int, at: datetime, from_at: datetime, to_at: datetime) -> Pass:
        columns, one = self.columns, self.satellites[int(self.columns.satellite[row])]
        elements, sensor = one.elements, one.sensor
        age_days = (at - elements.epoch_at).total_seconds() / DAY_S
        gsd_m = float(columns.gsd_m[row])
        incidence_deg = float(columns.incidence_deg[row])
        return Pass(
            site=self.sites[int(columns.site[row])].name,
            satellite=elements.name,
            norad_id=elements.norad_id,
            sensor=sensor.name,
            spectrum=sensor.spectrum,
            mode=MODES[int(columns.mode[row])],
            at=at,
            from_at=from_at,
            to_at=to_at,
            off_nadir_deg=float(columns.off_nadir_deg[row]),
            incidence_deg=incidence_deg,
            elevation_deg=90.0 - incidence_deg,
            look_side=SIDES[int(columns.is_right[row])],
            sun_elevation_deg=float(columns.sun_elevation_deg[row]),
            gsd_m=None if np.isnan(gsd_m) else gsd_m,
            tolerance_s=self.tolerance(sensor, age_days),
            epoch_at=elements.epoch_at,
            age_days=age_days,
            operator=sensor.operator,
            service=service_on(sensor, at.date()),
            source=elements.source,
        )

    def table(self) -> pa.Table:
        """The same in columns of Arrow, with names and moments in place of numbers."""
        columns = self.columns
        names = pa.array([one.elements.name for one in self.satellites], pa.string())
        sensors = pa.array([one.sensor.name for one in self.satellites], pa.string())
        numbers = np.array([one.elements.norad_id for one in self.satellites], np.int64)
        sites = pa.array([one.name for one in self.sites], pa.string())
        utc = pa.timestamp("us", "UTC")
        return pa.table(
            {
                "site": sites.take(pa.array(columns.site)),
                "satellite": names.take(pa.array(columns.satellite)),
                "norad_id": numbers[columns.satellite],
                "sensor": sensors.take(pa.array(columns.satellite)),
                "mode": np.array(["", *MODES.values()])[columns.mode],
                "at": pa.array(moments_of(columns.seconds)).cast(utc),
                "from": pa.array(moments_of(columns.from_seconds)).cast(utc),
                "to": pa.array(moments_of(columns.to_seconds)).cast(utc),
                "off_nadir_deg": columns.off_nadir_deg,
                "incidence_deg": columns.incidence_deg,
                "look_side": np.array(SIDES)[columns.is_right.astype(np.int8)],
                "sun_elevation_deg": columns.sun_elevation_deg,
                "gsd_m": pa.array(columns.gsd_m, from_pandas=True),
            }
        )


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)
