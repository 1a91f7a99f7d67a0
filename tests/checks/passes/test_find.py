"""Passes: laws that hold for any orbit, edges of windows, satellites that cannot be told."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orbiting import EPOCH, made, made_elements, no_tolerance, shipped_elements

from entrepot.checks.passes import culminations as searching
from entrepot.checks.passes.angles import AGILE, SWATH
from entrepot.checks.passes.find import find_passes
from entrepot.checks.passes.found import Found
from entrepot.checks.passes.geometry import ECCENTRICITY_SQUARED, Ground, View
from entrepot.checks.passes.instants import moments_of, seconds_of
from entrepot.checks.passes.orbits import state
from entrepot.checks.passes.satellite import Satellite
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.errors import RequestError

HERE = Site("Baranovichi", 53.10, 26.05)
WEEK = Window(EPOCH, EPOCH + timedelta(days=7))


def found(*satellites: Satellite, sites=(HERE,), window=WEEK, **given) -> Found:
    return find_passes(satellites, sites, window, tolerance=no_tolerance, **given)


def under(satellite: Satellite, seconds: float, east_deg: float = 0.0) -> Site:
    """The place on the line from the satellite to the centre of the Earth, or east of it."""
    x, y, z = state(satellite.elements.satrec, np.array([seconds])).position[:, 0]
    level = np.hypot(x, y)
    # geocentric to geodetic latitude on the ellipsoid itself: exact, by its definition
    north = np.degrees(np.arctan2(z, level * (1 - ECCENTRICITY_SQUARED)))
    east = (np.degrees(np.arctan2(y, x)) + east_deg + 180) % 360 - 180
    return Site("under", float(north), float(east))


def test_a_place_on_the_ground_track_is_seen_straight_down():
    satellite = made()
    moment = seconds_of(EPOCH) + 40_000.0
    passes = list(found(satellite, sites=[under(satellite, moment)]).passes())
    straight = min(passes, key=lambda one: one.off_nadir_deg)
    assert straight.off_nadir_deg < 0.03
    assert abs(seconds_of(straight.at) - moment) < 0.5
    assert straight.gsd_m == pytest.approx(1.0, abs=0.001)


@given(
    node=st.floats(0, 360), anomaly=st.floats(0, 360), inclination=st.floats(20, 160),
    height=st.floats(300, 1_400), latitude=st.floats(-90, 90), longitude=st.floats(-180, 180),
    share=st.floats(0.01, 0.99),
)  # fmt: skip
@settings(max_examples=20, deadline=None)
def test_a_window_has_the_passes_of_its_two_halves(
    node, anomaly, inclination, height, latitude, longitude, share
):
    satellite = made(made_elements(height, inclination, node, anomaly))
    sites = [Site("a", latitude, longitude), Site("b", -latitude, longitude)]
    cut = EPOCH + timedelta(days=3) * share
    window = Window(EPOCH, EPOCH + timedelta(days=3))
    whole = found(satellite, sites=sites, window=window).columns
    halves = [found(satellite, sites=sites, window=one).columns
              for one in (Window(EPOCH, cut), Window(cut, window.to_at))]  # fmt: skip
    for name in ("seconds", "site", "off_nadir_deg", "from_seconds", "mode"):
        joined = np.concatenate([getattr(one, name) for one in halves])
        np.testing.assert_allclose(joined, getattr(whole, name), rtol=0, atol=1e-6)


@given(
    node=st.floats(0, 360), inclination=st.floats(20, 160), height=st.floats(300, 1_400),
    eccentricity=st.floats(0, 0.02), latitude=st.floats(-90, 90),
)  # fmt: skip
@settings(max_examples=15, deadline=None)
def test_no_pass_is_missed_by_a_look_every_ten_seconds(
    node, inclination, height, eccentricity, latitude
):
    satellite = made(made_elements(height, inclination, node, eccentricity=eccentricity))
    site, window = Site("here", latitude, 179.99), Window(EPOCH, EPOCH + timedelta(days=2))
    seconds = seconds_of(EPOCH) + np.arange(-10.0, 172_811.0, 10.0)
    ground = Ground.of([site]).at(np.zeros(len(seconds), np.intp))
    view = View.of(state(satellite.elements.satrec, seconds), ground)
    high = view.elevation_deg
    tops = np.flatnonzero((high[1:-1] > high[:-2]) & (high[1:-1] >= high[2:])) + 1
    # a minute from the edges and a degree inside the limit, so that the coarse look is sure
    sure = (view.off_nadir_deg[tops] < 44) & (high[tops] > 6)
    sure &= (tops > 6) & (tops < len(seconds) - 7)
    ours = found(satellite, sites=[site], window=window).columns.seconds
    for top in seconds[tops[sure]]:
        assert np.abs(ours - top).min(initial=np.inf) <= 10


def test_chunks_of_time_lose_and_double_nothing(monkeypatch):
    satellite, sites = made(), [Site(str(n), n, 3.0 * n) for n in range(-60, 61, 6)]
    whole = found(satellite, sites=sites).columns
    monkeypatch.setattr(searching, "LONGEST", 64)
    cut = found(satellite, sites=sites).columns
    np.testing.assert_array_equal(whole.site, cut.site)
    np.testing.assert_allclose(whole.seconds, cut.seconds, rtol=0, atol=1e-6)
    assert len(whole.seconds) > 100


def test_a_pass_belongs_to_the_window_that_holds_its_middle():
    one = next(found(made()).passes())
    tick = timedelta(microseconds=1)
    assert len(found(made(), window=Window(one.at, one.at + tick))) == 1
    assert len(found(made(), window=Window(one.from_at, one.at))) == 0
    assert len(found(made(), window=Window(one.at + tick, one.to_at))) == 0


def test_a_window_of_two_seconds_has_the_pass_in_its_middle():
    second = timedelta(seconds=1)
    for one in found(made()).passes():
        assert [two.at for two in found(made(), window=Window(one.at - second, one.at + second))
                .passes()] == [one.at]  # fmt: skip


def test_a_shifted_edge_takes_passes_one_by_one():
    everything = [one.at for one in found(made()).passes()]
    for number, at in enumerate(everything):
        later = Window(at + timedelta(seconds=1), WEEK.to_at)
        assert len(found(made(), window=later)) == len(everything) - number - 1


@pytest.mark.parametrize("limit", [20.0, 45.0, 60.0, 80.0])
def test_at_its_edges_a_pass_is_at_the_limit_by_sgp4_too(limit):
    satellite = made(agile_to_deg=limit)
    sites = [HERE, Site("pole", 90, 0), Site("line", 0, 180)]
    columns = found(satellite, sites=sites).columns
    ground = Ground.of(sites).at(columns.site.astype(np.intp))
    for edge in (columns.from_seconds, columns.to_seconds):
        view = View.of(state(satellite.elements.satrec, edge), ground)
        if limit < 80:
            assert np.abs(view.off_nadir_deg - limit).max() < 0.015
        else:  # beyond the horizon: where the satellite stands low, but never under 5 degrees
            assert view.elevation_deg.min() > 5
            assert view.elevation_deg.max() < 7.5
    assert (columns.from_seconds <= columns.seconds).all()
    assert (columns.seconds <= columns.to_seconds).all()
    assert len(columns.seconds) > 3


@pytest.mark.parametrize("latitude", [90.0, -90.0])
def test_a_pole_is_a_place_like_others(latitude):
    # 98.2 degrees: 8.2 from the pole, 47 off nadir, in every one of 14.6 revolutions a day
    passes = list(found(made(agile_to_deg=50.0), sites=[Site("pole", latitude, 0)]).passes())
    assert 100 <= len(passes) <= 103
    assert len({round(one.off_nadir_deg) for one in passes}) == 1


def test_both_names_of_the_date_line_see_the_same():
    east, west = (found(made(), sites=[Site("line", 10, side)]) for side in (180, -180))
    np.testing.assert_allclose(east.columns.seconds, west.columns.seconds, rtol=0, atol=1e-6)
    assert len(east) > 3


def test_a_radar_that_looks_to_the_right_sees_the_right_only():
    both = list(found(made(spectrum="radar")).passes())
    right = list(found(made(spectrum="radar", look="right")).passes())
    assert {one.look_side for one in both} == {"left", "right"}
    assert [one.at for one in right] == [one.at for one in both if one.look_side == "right"]


def test_least_sun_of_the_sensor_and_of_the_question():
    every = list(found(made()).passes())
    day = [one.at for one in every if one.sun_elevation_deg >= 10]
    assert 0 < len(day) < len(every)
    assert [one.at for one in found(made(least_sun_deg=10.0)).passes()] == day
    assert [one.at for one in found(made(least_sun_deg=60.0), least_sun_deg=10.0).passes()] == day
    assert len(found(made(spectrum="radar"), least_sun_deg=10.0)) == len(every)


def test_the_strip_comes_before_the_reach():
    wide = made(swath_from_deg=0.0, swath_to_deg=15.0)
    for one in found(wide, window=Window(EPOCH, EPOCH + timedelta(days=30))).passes():
        assert one.mode == ("swath" if one.off_nadir_deg <= 15 else "agile")


def test_each_mode_has_its_own_edges():
    satellite, month = made(swath_from_deg=0.0, swath_to_deg=15.0), EPOCH + timedelta(days=30)
    columns = found(satellite, window=Window(EPOCH, month)).columns
    ground = Ground.of([HERE]).at(columns.site.astype(np.intp))
    limit = np.where(columns.mode == SWATH, 15.0, 45.0)
    assert set(columns.mode) == {SWATH, AGILE}
    for edge in (columns.from_seconds, columns.to_seconds):
        view = View.of(state(satellite.elements.satrec, edge), ground)
        np.testing.assert_allclose(view.off_nadir_deg, limit, rtol=0, atol=0.015)


@pytest.mark.parametrize("limit", [3.0, 20.0])
def test_a_narrow_look_finds_what_a_wide_one_finds_inside_its_limit(limit):
    sites = [Site(f"{north} {east}", north, east) for north in range(-80, 81, 8)
             for east in range(-180, 180, 24)]  # fmt: skip
    wide, narrow = (found(made(agile_to_deg=most), sites=sites).columns for most in (60.0, limit))
    inside = wide.off_nadir_deg <= limit
    np.testing.assert_array_equal(wide.site[inside], narrow.site)
    np.testing.assert_allclose(wide.seconds[inside], narrow.seconds, rtol=0, atol=1e-5)
    assert len(narrow.seconds) > 100


def test_a_satellite_with_two_sensors_has_the_passes_of_both():
    elements = made_elements()
    two = found(made(elements, name="a", agile_to_deg=20.0), made(elements, name="b"))
    assert [sum(two.columns.satellite == n) for n in (0, 1)] == [
        len(found(made(elements, agile_to_deg=20.0))), len(found(made(elements)))
    ]  # fmt: skip


def test_no_pass_out_of_service_and_a_word_for_it():
    kept = found(made(service_from=date(2022, 8, 28), service_to=date(2022, 8, 30)))
    days = {one.at.date().day for one in kept.passes()}
    left_out = len(found(made())) - len(kept)
    assert days == {28, 29}
    assert kept.refusals == (
        f"made 90001 (90001): {left_out} passes are left out, for the service of camera "
        "began on 2022-08-28 and ended before 2022-08-30",
    )


def test_a_pass_as_an_object_and_as_a_row():
    one, table = next(found(made()).passes()), found(made()).table()
    assert one.site == "Baranovichi"
    assert one.epoch_at == EPOCH
    assert one.age_days == pytest.approx((one.at - EPOCH) / timedelta(days=1))
    assert one.elevation_deg + one.incidence_deg == pytest.approx(90)
    assert one.row()["check_id"].startswith("chk")
    assert table["at"][0].as_py() == one.at
    assert table.num_rows == len(found(made()))
    assert found(made(gsd_m=None)).table()["gsd_m"].null_count == table.num_rows


# SGP4's case 28872 comes down within its first hour
def test_a_satellite_that_has_come_down_is_refused_in_one_sentence():
    elements = shipped_elements("28872")
    begin = elements.epoch_at
    told = found(made(elements), made(), window=Window(begin, begin + timedelta(days=1)))
    assert len(told.refusals) == 1
    assert told.refusals[0].startswith(
        "28872 (28872) is left out: by its element set it is in no orbit"
    )
    assert set(told.columns.satellite) <= {1}


def test_a_satellite_that_hangs_over_one_place_is_refused_in_one_sentence():
    still = found(made(made_elements(height_km=35_786.0, inclination_deg=0.1)))
    assert len(still) == 0
    assert still.refusals == (
        "made 90001 (90001) is left out: a revolution takes 1,436 minutes, and passes are told "
        "for low orbits only, up to 225 minutes",
    )


def test_a_sensor_without_limits_is_refused_and_not_passed_over():
    assert found(made(agile_to_deg=None)).refusals == (
        "made 90001 (90001) is left out: no limit of angle is known for camera",
    )


def test_nothing_asked_is_nothing_found():
    assert len(found()) == 0
    assert len(found(made(), sites=[])) == 0
    assert list(found().passes()) == []
    assert found().table().num_rows == 0


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        (EPOCH, EPOCH, "expected an end after its begin"),
        (datetime(2022, 8, 26), datetime(2022, 8, 27), "expected moments with a zone"),  # noqa: DTZ001
    ],
)
def test_windows_that_are_none(begin, end, words):
    with pytest.raises(RequestError, match=words):
        found(made(), window=Window(begin, end))


def test_progress_is_told_after_each_element_set():
    told: list[tuple[int, int]] = []
    found(made(), made(made_elements(node_deg=90)), told=lambda *now: told.append(now))
    assert told == [(1, 2), (2, 2)]


def test_passes_come_in_order_of_time():
    several = found(made(), made(made_elements(node_deg=90)), sites=[HERE, Site("b", 40, 10)])
    assert (np.diff(several.columns.seconds) >= 0).all()
    assert moments_of(several.columns.seconds)[0] == np.datetime64(
        next(several.passes()).at.astimezone(UTC).replace(tzinfo=None)
    )
