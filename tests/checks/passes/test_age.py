"""Tolerances by the age of elements, against what element sets of the same satellites show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import atan2, ceil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.checks.passes.age import (
    FLOOR_S,
    is_extrapolated,
    keep_young,
    oldest_days,
    tolerance_s,
    too_old,
)
from entrepot.checks.passes.chance import Pass
from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.satellite import Elements, Satellite, Sensor
from entrepot.checks.passes.sensors import lines, sensor_of

SENSORS = {one.sensor.name: one.sensor for one in lines()}
HIGH, LOW = SENSORS["Sentinel-2 MSI"], SENSORS["SkySat"]
EPOCH = datetime(2022, 8, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sensor", "days", "seconds"),
    [(HIGH, 0, FLOOR_S), (HIGH, 7, 5.5), (HIGH, 41, 134), (HIGH, 69, 221), (LOW, 7, 17.7),
     (LOW, 69, 2249), (HIGH, -41, 134), (HIGH, 138, 884)],
)  # fmt: skip
def test_measured_ages_give_what_was_measured(sensor: Sensor, days: float, seconds: float):
    assert tolerance_s(sensor, days) == pytest.approx(seconds)


@given(st.floats(0, 400), st.floats(0, 400), st.sampled_from([HIGH, LOW]))
def test_older_is_never_better(a, b, sensor):
    early, late = sorted((a, b))
    assert FLOOR_S <= tolerance_s(sensor, early) <= tolerance_s(sensor, late) + 1e-9
    assert tolerance_s(sensor, -late) == tolerance_s(sensor, late)


def test_the_guide_prints_the_tolerances_of_the_code():
    guide = Path(__file__).parents[3].joinpath("docs", "elements.md").read_text(encoding="utf-8")
    days = (0, 3, 7, 10, 14, 22, 41, 69, 90)
    for name, sensor in (("ordinary", HIGH), ("low", LOW)):
        told = [
            ceil(round(tolerance_s(sensor, one), 6)) for one in days if one <= oldest_days(sensor)
        ]
        cells = [f"{one} s" for one in told] + ["refused"] * (len(days) - len(told))
        assert f"| {name} | {' | '.join(cells)} |" in guide


def test_beyond_the_measured_it_is_said():
    assert not is_extrapolated(HIGH, 69)
    assert is_extrapolated(HIGH, 70)


@pytest.mark.parametrize(("sensor", "oldest"), [(LOW, 14), (HIGH, 90)])
def test_the_last_day_is_told_and_the_next_is_not(sensor: Sensor, oldest: float):
    assert oldest_days(sensor) == oldest
    assert too_old(sensor, oldest) is None
    assert too_old(sensor, -oldest) is None
    after, before = too_old(sensor, oldest + 0.1), too_old(sensor, -oldest - 0.1)
    assert after is not None
    assert "after the epoch" in after
    assert before is not None
    assert "before the epoch" in before


def _pass(sensor: Sensor, days: float, number: int = 1) -> Pass:
    at = EPOCH + timedelta(days=days)
    return Pass(
        site="a place", satellite=f"SAT {number}", norad_id=number, sensor=sensor.name,
        spectrum=sensor.spectrum, mode="agile", at=at, from_at=at, to_at=at, off_nadir_deg=10.0,
        incidence_deg=11.0, elevation_deg=79.0, look_side="left", sun_elevation_deg=30.0,
        gsd_m=None, tolerance_s=1.0, epoch_at=EPOCH, age_days=days, operator="", service="",
        source="",
    )  # fmt: skip


def test_passes_too_far_from_the_epoch_are_left_out_and_counted():
    satellites = [
        Satellite(Elements(f"SAT {number}", number, EPOCH, None, ""), sensor)  # type: ignore[arg-type]
        for number, sensor in ((1, LOW), (2, LOW), (3, HIGH))
    ]
    passes = [_pass(LOW, 13.9), _pass(LOW, 14.1), _pass(LOW, 20, 2), _pass(HIGH, 20, 3)]
    kept = keep_young(passes, satellites)
    assert kept.passes == (passes[0], passes[3])
    assert kept.notes == (
        "SkySat: 2 of 3 passes, of 2 satellites, are left out: they are more than 14 days from the "
        "elements (2022-08-17) and may come "
        f"{tolerance_s(LOW, 20) / 60:.0f} minutes earlier or later",
    )
    assert keep_young([passes[0]], satellites) == replace(kept, passes=(passes[0],), notes=())


# ---- measured anew: an old set carried to the epoch of a newer one of the same satellite


def _off_s(old: Elements, new: Elements) -> float | None:
    """Seconds along the track by which the old set is off; null: it has fallen."""
    at = new.satrec.jdsatepoch, new.satrec.jdsatepochF
    code, place, _ = old.satrec.sgp4(*at)
    _, true, speed = new.satrec.sgp4(*at)
    if code:
        return None
    here, there, moved = np.array(place), np.array(true), np.array(speed)
    up = there / np.linalg.norm(there)
    along = np.cross(np.cross(there, moved), up)
    along /= np.linalg.norm(along)
    turn = np.linalg.norm(moved) / np.linalg.norm(there)
    return float(atan2(here @ along, here @ up) / turn)


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [("2026-05-24/resource.tle", "2026-05-30/resource.tle", 0.9),
     ("2022-08-17/resource.txt", "2022-10-25/resource.txt", 0.85)],
)  # fmt: skip
def test_nine_of_ten_real_satellites_are_within_the_tolerance(
    shared: Path, old: str, new: str, fits: float
):
    folder = shared / "verification" / "tle"
    later = {one.norad_id: one for one in read_elements([folder / new]).elements}
    within = []
    for one in read_elements([folder / old]).elements:
        sensor, newer = sensor_of(one), later.get(one.norad_id)
        if sensor is None or newer is None or newer.epoch_at - one.epoch_at < timedelta(days=1):
            continue
        off = _off_s(one, newer)
        age = (newer.epoch_at - one.epoch_at) / timedelta(days=1)
        within.append(off is not None and abs(off) <= tolerance_s(sensor, age))
    assert len(within) > 35
    assert sum(within) / len(within) >= fits
