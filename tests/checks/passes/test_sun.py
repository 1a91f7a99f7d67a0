"""The Sun against printed almanacs; none of the numbers comes from a library that is used here."""

from datetime import UTC, datetime

import numpy as np
import pytest

from entrepot.checks.passes.geometry import Ground
from entrepot.checks.passes.instants import gmst, seconds_of
from entrepot.checks.passes.sun import right_ascension_declination, sun_elevation_deg
from entrepot.checks.site import Site


def sun_over(at: datetime, latitude_deg: float, longitude_deg: float) -> float:
    up = Ground.of([Site("here", latitude_deg, longitude_deg)]).up
    return float(sun_elevation_deg(np.array([seconds_of(at)]), up)[0])


# The Almanac's formulas worked by hand for 7 August 1997, 11:00 UT: ecliptic longitude 134.97925,
# http://stargazing.net/kepler/sun.html (page C24 of 1996)
def test_the_worked_example_of_the_almanac():
    seconds = np.array([seconds_of(datetime(1997, 8, 7, 11, tzinfo=UTC))])
    ascension, north = right_ascension_declination(seconds)
    tilt = np.radians(23.439)
    longitude = np.arctan2(
        np.sin(ascension) * np.cos(tilt) + np.tan(north) * np.sin(tilt), np.cos(ascension)
    )
    assert np.degrees(longitude[0]) == pytest.approx(134.97925, abs=0.002)


# Almanac for surveyors, 0 h UT: declination and Greenwich hour angle, https://cadastral.com/1999aug.htm
@pytest.mark.parametrize(
    ("day", "north", "west"),
    [
        (1, 18 + 10 / 60 + 51.9 / 3600, 178 + 24 / 60 + 39.3 / 3600),
        (7, 16 + 36 / 60 + 17.9 / 3600, 178 + 32 / 60 + 14.2 / 3600),
        (20, 12 + 39 / 60 + 47.1 / 3600, 179 + 6 / 60 + 14.4 / 3600),
    ],
)
def test_declination_and_hour_angle_of_a_printed_almanac(day, north, west):
    seconds = np.array([seconds_of(datetime(1999, 8, day, tzinfo=UTC))])
    ascension, declination = right_ascension_declination(seconds)
    hour_angle = np.degrees(gmst(seconds) - ascension)[0] % 360
    assert np.degrees(declination[0]) == pytest.approx(north, abs=0.01)
    assert hour_angle == pytest.approx(west, abs=0.015)


# NREL/TP-560-34302, appendix A.5: Golden, zenith 50.11162 degrees with a refraction of 0.0163
def test_the_worked_example_of_the_solar_position_algorithm():
    at = datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC)
    assert sun_over(at, 39.742476, -105.1786) == pytest.approx(90 - 50.11162 - 0.0163, abs=0.015)


def test_night_is_below_zero_and_the_other_side_of_the_world_mirrors_it():
    noon = datetime(2022, 8, 26, 10, 15, tzinfo=UTC)
    assert sun_over(noon, 53.1, 26.05) == pytest.approx(90 - 53.1 + 10.3, abs=0.3)
    assert sun_over(noon, 53.1, 26.05) == pytest.approx(-sun_over(noon, -53.1, -153.95), abs=1e-9)
