"""Angles: on the ellipsoid, on the sphere, left and right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from orbiting import sensor

from entrepot.checks.passes.angles import AGILE, OUT, SWATH, gsd_m, modes
from entrepot.checks.passes.geometry import EQUATOR_KM, POLE_KM, Ground, View
from entrepot.checks.passes.orbits import State
from entrepot.checks.site import Site

NORTHWARD = np.array([[0.0], [0.0], [7.5]])
"""Over the equator at longitude 0, flying north."""


def over_equator(height_km: float = 700.0) -> State:
    return State(np.array([[EQUATOR_KM + height_km], [0.0], [0.0]]), NORTHWARD)


def seen(state: State, latitude: float, longitude: float) -> View:
    return View.of(state, Ground.of([Site("here", latitude, longitude)]))


# WGS 84 by hand: the semi-axes, NIMA TR8350.2
@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (0, 0, (6378.137, 0, 0)),
        (0, 90, (0, 6378.137, 0)),
        (0, 180, (-6378.137, 0, 0)),
        (90, 0, (0, 0, 6356.7523)),
        (-90, 77, (0, 0, -6356.7523)),
    ],
)
def test_places_on_the_ellipsoid(latitude, longitude, place):
    ground = Ground.of([Site("here", latitude, longitude)])
    np.testing.assert_allclose(ground.position[:, 0], place, atol=1e-4)


def test_the_date_line_is_one_line():
    both = Ground.of([Site("east", 10, 180), Site("west", 10, -180)])
    np.testing.assert_allclose(both.position[:, 0], both.position[:, 1], atol=1e-9)


def test_height_of_a_site_is_added_along_its_vertical():
    ground = Ground.of([Site("low", 90, 0), Site("high", 90, 0, height_m=2_000)])
    assert ground.position[2, 1] - ground.position[2, 0] == pytest.approx(2.0)


def test_straight_below_nothing_leans():
    view = seen(over_equator(), 0, 0)
    assert view.off_nadir_deg[0] == pytest.approx(0, abs=1e-9)
    assert view.elevation_deg[0] == pytest.approx(90, abs=1e-9)
    assert view.height_km[0] == pytest.approx(700, abs=1e-6)


def test_height_over_a_pole_is_counted_from_the_pole():
    above = State(np.array([[0.0], [0.0], [POLE_KM + 700]]), np.array([[7.5], [0.0], [0.0]]))
    assert seen(above, 90, 0).height_km[0] == pytest.approx(700, abs=1e-6)


def test_east_is_to_the_right_of_who_flies_north_and_to_the_left_of_who_flies_south():
    north = over_equator()
    south = State(north.position, -NORTHWARD)
    assert seen(north, 0, 3).is_right[0]
    assert not seen(north, 0, -3).is_right[0]
    assert not seen(south, 0, 3).is_right[0]


# by compass bearings, with sphere and trigonometry only
@pytest.mark.parametrize("longitude", [0.0, 26.0, 90.0, 135.0, 180.0, -120.0, -60.0])
@pytest.mark.parametrize("latitude", [-80.0, -53.1, 0.0, 53.1, 80.0])
@pytest.mark.parametrize("heading", [350.0, 10.0, 90.0, 190.0, 170.0])
def test_side_by_compass_in_every_quarter_of_the_world(latitude, longitude, heading):
    north, east = np.radians(latitude), np.radians(longitude)
    up = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    to_north = np.array(
        [-np.sin(north) * np.cos(east), -np.sin(north) * np.sin(east), np.cos(north)]
    )
    to_east = np.array([-np.sin(east), np.cos(east), 0.0])

    def ahead(bearing: float) -> np.ndarray:
        turn = np.radians(bearing)
        return np.cos(turn) * to_north + np.sin(turn) * to_east

    state = State((7078 * up)[:, None], (7.5 * ahead(heading))[:, None])
    for apart, is_right in ((90.0, True), (60.0, True), (-90.0, False), (-150.0, False)):
        place = (6371 * up + 300 * ahead(heading + apart))[:, None]
        ground = Ground(place, place / np.linalg.norm(place), place / np.linalg.norm(place))
        assert bool(View.of(state, ground).is_right[0]) is is_right


@given(east=st.floats(0.01, 15), north=st.floats(-10, 10), height=st.floats(300, 900))
def test_left_mirrors_right(east, north, height):
    state = over_equator(height)
    right, left = seen(state, north, east), seen(state, north, -east)
    assert right.off_nadir_deg[0] == pytest.approx(left.off_nadir_deg[0], abs=1e-9)
    assert right.incidence_deg[0] == pytest.approx(left.incidence_deg[0], abs=1e-9)
    assert bool(right.is_right[0]) is not bool(left.is_right[0])


# the law of sines in the triangle centre, satellite, site; along the equator the Earth is round
@given(east=st.floats(0.001, 20), height=st.floats(250, 1_200))
def test_incidence_follows_from_the_angle_off_nadir(east, height):
    view = seen(over_equator(height), 0, east)
    expected = (EQUATOR_KM + height) / EQUATOR_KM * np.sin(np.radians(view.off_nadir_deg[0]))
    assert np.sin(np.radians(view.incidence_deg[0])) == pytest.approx(expected, abs=1e-9)


# the table of Sentinel-1: incidence 29.1 to 46.0 degrees at 693 km; 26.0 and 40.4 off nadir
@pytest.mark.parametrize(("incidence", "off_nadir"), [(29.1, 26.0), (46.0, 40.4)])
def test_off_nadir_is_not_incidence(incidence, off_nadir):
    degrees = np.linspace(0, 10, 100_001)
    ground = Ground.of([Site("", 0, float(one)) for one in (2.0, 5.0)])
    assert ground.up.shape == (3, 2)
    closest = min(
        (seen(over_equator(693.0), 0, float(one)) for one in degrees[20_000:70_000:500]),
        key=lambda view: abs(view.incidence_deg[0] - incidence),
    )
    assert closest.off_nadir_deg[0] == pytest.approx(off_nadir, abs=0.35)


def test_a_camera_sees_coarser_across_and_a_radar_does_not():
    straight, leaning = seen(over_equator(), 0, 0), seen(over_equator(), 0, 3.5)
    camera, radar = sensor(gsd_m=0.5), sensor(gsd_m=5.0, spectrum="radar")
    assert gsd_m(camera, straight)[0] == pytest.approx(0.5)
    # by hand: distance 816.5 km, incidence 35.7 degrees: 0.5 x 816.5 / 700 / cos 35.7
    by_hand = 0.5 * leaning.range_km[0] / 700 / np.cos(np.radians(leaning.incidence_deg[0]))
    assert gsd_m(camera, leaning)[0] == pytest.approx(by_hand, rel=1e-9)
    assert gsd_m(camera, leaning)[0] == pytest.approx(0.70, abs=0.03)
    assert gsd_m(radar, leaning)[0] == 5.0
    assert np.isnan(gsd_m(sensor(gsd_m=None), leaning)[0])


@pytest.mark.parametrize(
    ("given_limits", "longitude", "mode"),
    [
        ({"swath_from_deg": 0.0, "swath_to_deg": 10.0}, 1.0, SWATH),
        ({"swath_from_deg": 0.0, "swath_to_deg": 10.0}, 2.0, AGILE),
        ({"agile_to_deg": 10.0}, 2.0, OUT),
        ({"agile_from_deg": 20.0}, 1.0, OUT),
        ({"look": "right"}, 2.0, AGILE),
        ({"look": "right"}, -2.0, OUT),
        ({"look": "left"}, -2.0, AGILE),
        ({"agile_to_deg": 80.0}, 27.0, OUT),
        ({"agile_to_deg": None}, 0.0, OUT),
    ],
)
def test_mode_by_angle_and_side(given_limits, longitude, mode):
    # 1 degree east is some 9 degrees off nadir, 2 are 17; 27 are below the horizon
    assert modes(sensor(**given_limits), seen(over_equator(), 0, longitude))[0] == mode
