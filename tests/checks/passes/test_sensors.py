"""The table of sensors, and what a satellite's service was on a day."""

from dataclasses import replace
from datetime import date
from math import asin, atan2, cos, degrees, radians, sin
from pathlib import Path

import pytest
from orbiting import made_elements

from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.elementsfleet import fleet_for
from entrepot.checks.passes.satellite import Elements
from entrepot.checks.passes.sensors import is_out, lines, sensor_of, service_on
from entrepot.checks.window import Window
from entrepot.errors import RequestError

AUGUST = Window.of_days(date(2022, 8, 26), date(2022, 9, 8))
EARTH_KM = 6371.0


def _named(name: str, norad_id: int = 99_999) -> Elements:
    return Elements(name, norad_id, None, None, "f, line 1")  # type: ignore[arg-type]


def test_every_line_is_whole():
    for one in lines():
        sensor = one.sensor
        assert sensor.spectrum in ("optical", "radar")
        assert sensor.look in ("both", "left", "right")
        pairs = [(sensor.swath_from_deg, sensor.swath_to_deg),
                 (sensor.agile_from_deg, sensor.agile_to_deg)]  # fmt: skip
        given = [pair for pair in pairs if pair != (None, None)]
        assert len(given) == 1, "a sensor records a strip, or it is turned"
        assert all(0 <= near < far < 65 for near, far in given)  # type: ignore[operator]
        assert (sensor.least_sun_deg is None) == (sensor.spectrum == "radar")
        assert sensor.begins in ("launch", "service")
        assert "http" in sensor.source or "TX-GS-DD-3302" in sensor.source
        assert sensor.source.count("read") + sensor.source.count("from memory") >= 2
        if sensor.service_from and sensor.service_to:
            assert sensor.service_from < sensor.service_to


def test_no_number_stands_twice_and_each_finds_its_own_name():
    numbers = [one.norad_id for one in lines() if one.norad_id]
    assert len(set(numbers)) == len(numbers)


def _half_angle(half_swath_km: float, height_km: float) -> float:
    """Off-nadir angle of a place beside the track, on a sphere."""
    turn = half_swath_km / EARTH_KM
    return degrees(atan2(EARTH_KM * sin(turn), height_km + EARTH_KM * (1 - cos(turn))))


def _off_nadir(incidence_deg: float, height_km: float) -> float:
    return degrees(asin(EARTH_KM / (EARTH_KM + height_km) * sin(radians(incidence_deg))))


def test_angles_follow_from_published_widths_and_heights():
    """Swaths and heights as ESA and USGS print them; incidence is not off-nadir angle."""
    by_name = {one.sensor.name: one.sensor for one in lines()}
    assert by_name["Sentinel-2 MSI"].swath_to_deg == pytest.approx(_half_angle(145, 786), abs=0.2)
    assert by_name["Landsat OLI"].swath_to_deg == pytest.approx(_half_angle(92.5, 705), abs=0.1)
    radar = by_name["Sentinel-1 IW radar"]
    assert radar.swath_from_deg == pytest.approx(_off_nadir(29.1, 693), abs=0.1)
    assert radar.swath_to_deg == pytest.approx(_off_nadir(46.0, 693), abs=0.1)
    assert radar.look == "right"
    wide = by_name["COSMO-SkyMed radar"]
    assert wide.agile_to_deg == pytest.approx(_off_nadir(60, 619), abs=0.1)
    assert by_name["PlanetScope Dove"].swath_to_deg == pytest.approx(
        _half_angle(16.25, 475), abs=0.1
    )


@pytest.mark.parametrize(
    ("name", "number", "sensor"),
    [
        ("SENTINEL-2A", 40697, "Sentinel-2 MSI"),
        ("another name", 40697, "Sentinel-2 MSI"),
        ("SENTINEL-2A", 1, "Sentinel-2 MSI"),
        ("WORLDVIEW-2 (WV-2)", 1, "WorldView-2 WV110"),
        ("HARBINGER (ICEYE-X3)", 1, "ICEYE radar"),
        ("Flock 4x-7", 1, "PlanetScope Dove"),
        ("LEGION 2", 1, "WorldView Legion"),
        ("PLEIADES NEO 3", 1, "Pleiades Neo"),
        ("PLEIADES 1A", 1, "Pleiades HiRI"),
        ("SPOT 7", 1, "SPOT NAOMI"),
        ("SPOT 70", 1, None),
        ("SENTINEL-5P", 1, None),
        ("SENTINEL-3A", 41335, None),
        ("LANDSAT 5", 1, None),
        ("NOTASKYSAT", 1, None),
    ],
)
def test_the_number_decides_and_else_the_name(name, number, sensor):
    found = sensor_of(_named(name, number))
    assert (found.name if found else None) == sensor


@pytest.mark.parametrize(
    ("name", "day", "said"),
    [
        ("SENTINEL-1B", date(2021, 12, 22), "in service"),
        ("SENTINEL-1B", date(2021, 12, 23), "out of service since 2021-12-23: its radar"),
        ("SENTINEL-1C", date(2022, 8, 26), "not yet launched"),
        ("SENTINEL-2C", date(2024, 12, 1), "not yet in service before 2025-01-21"),
        ("SENTINEL-2C", date(2025, 1, 21), "in service"),
        ("SENTINEL-2A", date(2022, 8, 31), "in service"),
        ("SENTINEL-2A", date(2026, 5, 24), "not known since 2026-02-05"),
        ("SPOT 7", date(2023, 3, 16), "in service"),
        ("SPOT 7", date(2023, 3, 17), "out of service since 2023-03-17"),
        ("LANDSAT 7", date(2024, 1, 20), "out of service since 2024-01-20"),
        ("WORLDVIEW-4", date(2018, 11, 30), "in service"),
        ("WORLDVIEW-4", date(2018, 12, 24), "not known since 2018-12-01"),
        ("WORLDVIEW-4", date(2022, 8, 26), "out of service"),
        ("SKYSAT-C1", date(2022, 8, 26), "in service"),
        ("SKYSAT-C1", date(2026, 5, 24), "not known since 2024-02-05"),
        ("ICEYE-X2", date(2022, 8, 26), "not known"),
        ("JILIN-1 03", date(2022, 8, 26), "not known: several kinds of satellite"),
        ("SENTINEL-1C", date(2024, 12, 4), "not yet launched"),
        ("SENTINEL-1C", date(2024, 12, 5), "not known: launched 2024-12-05, it may still be under"),
        ("SENTINEL-1C", date(2025, 6, 2), "not known: launched 2024-12-05"),
        ("SENTINEL-1C", date(2025, 6, 3), "in service"),
        ("LANDSAT 8", date(2013, 5, 30), "in service"),
    ],
)
def test_listed_is_not_working(name, day, said):
    sensor = sensor_of(_named(name))
    assert sensor is not None
    state = service_on(sensor, day)
    assert (
        state == said
        if said in ("in service", "not known", "not yet launched")
        else state.startswith(said)
    )
    assert is_out(sensor, day) == state.startswith(("out of", "not yet"))


# ---- the fleet for a window, from real element sets


def _sets(shared: Path, *names: str) -> tuple[Elements, ...]:
    return read_elements([shared / "verification" / "tle" / name for name in names]).elements


def test_the_worked_example_has_31_agile_cameras(shared: Path):
    """31 tasked high-resolution satellites: 4 of Maxar, 4 Pleiades, 2 SPOT, 21 SkySat."""
    fleet = fleet_for(_sets(shared, "2022-08-17/resource.txt", "2022-08-17/planet.txt"), AUGUST)
    agile = [one for one in fleet.satellites
             if one.sensor.agile_to_deg and one.sensor.spectrum == "optical"]  # fmt: skip
    assert len(agile) == 31
    assert sum(one.sensor.name == "SkySat" for one in agile) == 21
    names = {one.elements.name for one in fleet.satellites}
    assert "SENTINEL-1A" in names
    assert "SENTINEL-1B" not in names
    assert any(note.startswith("SENTINEL-1B is listed but left out: out of service")
               for note in fleet.notes)  # fmt: skip
    assert fleet.others == 142
    assert "142 of 369 satellites in the files are not known" in fleet.notes[-1]


def test_a_window_before_the_elements_exist_is_one_sentence(shared: Path):
    with pytest.raises(RequestError, match="which lies before these elements exist") as caught:
        fleet_for(_sets(shared, "2026-05-24/resource.tle"), AUGUST)
    assert "2026-05-2" in str(caught.value)
    assert "space-track" in caught.value.hint


def test_a_window_long_after_the_elements_is_one_sentence(shared: Path):
    window = Window.of_days(date(2026, 1, 1), date(2026, 1, 9))
    with pytest.raises(RequestError, match="too long after them"):
        fleet_for(_sets(shared, "2022-08-17/resource.txt"), window)


def test_elements_newer_than_the_window_are_told_and_low_flyers_left_out(shared: Path):
    fleet = fleet_for(_sets(shared, "2022-10-25/resource.txt"), AUGUST)
    assert not any(one.sensor.is_low for one in fleet.satellites)
    told = " ".join(fleet.notes)
    assert "SkySat is left out (SKYSAT-A, SKYSAT-B" in told
    assert "and 7 more" in told
    assert "are newer than the window" in told
    assert "ages are negative" in told


def test_satellites_that_were_launched_later_are_left_out(shared: Path):
    """The year in the designator is enough to know that a Dove of 2023 saw nothing in 2022."""
    elements = _sets(shared, "2024-08-14/planet.txt")
    flock = [one for one in elements if one.satrec.intldesg.startswith("23")]
    moved = [
        Elements(one.name, one.norad_id, AUGUST.from_at, one.satrec, one.source) for one in flock
    ]
    fleet = fleet_for(moved, AUGUST)
    assert not fleet.satellites
    assert fleet.notes[0].endswith("is listed but left out: not yet launched.")


def test_a_satellite_that_has_fallen_is_one_sentence(shared: Path):
    """Doves at 280 km of October 2022, asked for twelve days later."""
    window = Window.of_days(date(2022, 11, 5), date(2022, 11, 6))
    fleet = fleet_for(_sets(shared, "2022-10-25/planet.txt"), window)
    fallen = [note for note in fleet.notes if "in no orbit" in note]
    assert fallen
    assert all("SGP4" not in note or note.endswith(".") for note in fallen)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("SENTINEL-1B", date(2021, 12, 20), date(2021, 12, 26)),
     ("SENTINEL-2C", date(2025, 1, 15), date(2025, 1, 25))],
)  # fmt: skip
def test_a_satellite_in_service_for_a_part_of_the_window_stays(name, first, last):
    window = Window.of_days(first, last)
    elements = replace(made_elements(), name=name, epoch_at=window.from_at)
    fleet = fleet_for([elements], window)
    assert [one.elements.name for one in fleet.satellites] == [name]


def test_where_no_satellite_is_left_a_broken_set_is_told():
    window = Window.of_days(date(2022, 8, 26), date(2022, 8, 27))
    other = replace(made_elements(), name="OTHER", norad_id=1, epoch_at=window.from_at)
    with pytest.raises(RequestError, match="none is known") as told:
        fleet_for([other], window, ["a.txt, line 8: SENTINEL-2B: got checksum 4, expected 3"])
    assert "a.txt, line 8" in str(told.value.hint)


def test_files_without_imaging_satellites_say_so(shared: Path):
    elements = [one for one in _sets(shared, "2022-08-17/resource.txt") if sensor_of(one) is None]
    with pytest.raises(RequestError, match="none is known to take images"):
        fleet_for(elements, AUGUST)


def test_the_guide_shows_every_sensor_with_its_source():
    guide = Path(__file__).parents[3].joinpath("docs", "elements.md").read_text(encoding="utf-8")
    for one in lines():
        assert f"| {one.sensor.name} | " in guide
        for day in (one.sensor.service_from, one.sensor.service_to, one.sensor.unknown_from):
            assert day is None or str(day) in guide
