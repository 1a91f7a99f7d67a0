import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.checks.images.outline import BOX_KM, Box, coverage_pct, frame, holds, surroundings
from entrepot.checks.site import Site
from entrepot.errors import RequestError

EQUATOR: tuple[Box, ...] = ((-1.0, -1.0, 1.0, 1.0),)
ACROSS: tuple[Box, ...] = ((179.0, -1.0, 180.0, 1.0), (-180.0, -1.0, -179.0, 1.0))


def polygon(*corners: tuple[float, float]) -> dict[str, object]:
    ring = [list(corner) for corner in (*corners, corners[0])]
    return {"type": "Polygon", "coordinates": [ring]}


def square(west: float, south: float, east: float, north: float) -> dict[str, object]:
    return polygon((west, south), (east, south), (east, north), (west, north))


def test_the_surroundings_are_a_square_in_kilometres() -> None:
    ((west, south, east, north),) = surroundings(Site("x", 60.0, 10.0))
    # a degree of latitude has 111.195 km on the sphere; on the parallel of 60 a degree has half
    assert (north - south) * 111.195 == pytest.approx(BOX_KM, rel=1e-3)
    assert (east - west) * 111.195 / 2 == pytest.approx(BOX_KM, rel=2e-3)


@pytest.mark.parametrize("side", [0.0, -1.0, 200.1, math.nan])
def test_a_side_out_of_range_is_refused(side: float) -> None:
    with pytest.raises(RequestError, match="expected more than 0"):
        surroundings(Site("x", 0, 0), side)


@pytest.mark.parametrize("longitude", [180.0, -180.0, 179.999, -179.999])
def test_at_the_antimeridian_the_square_has_two_parts(longitude: float) -> None:
    site = Site("x", 0.0, longitude)
    east_side, west_side = surroundings(site)
    assert (east_side[2], west_side[0]) == (180.0, -180.0)
    width = (east_side[2] - east_side[0]) + (west_side[2] - west_side[0])
    assert width * 111.195 == pytest.approx(BOX_KM, rel=1e-3)
    assert holds((east_side, west_side), site)


@pytest.mark.parametrize("latitude", [90.0, -90.0, 89.99])
def test_at_a_pole_the_surroundings_go_all_the_way_round(latitude: float) -> None:
    ((west, south, east, north),) = surroundings(Site("x", latitude, 12.0))
    assert (west, east) == (-180.0, 180.0)
    assert max(abs(south), abs(north)) == 90.0


def test_coverage_is_the_share_inside() -> None:
    assert coverage_pct(square(-2, -2, 2, 2), EQUATOR) == 100.0
    assert coverage_pct(square(0, -2, 2, 2), EQUATOR) == 50.0
    assert coverage_pct(polygon((-1, -1), (1, -1), (-1, 1)), EQUATOR) == 50.0
    assert coverage_pct(square(2, 2, 3, 3), EQUATOR) == 0.0


def test_coverage_is_of_area_and_not_of_degrees() -> None:
    # between 0 and 60 degrees lie sin 60 = 86.6 % of the area between 0 and 90
    whole: tuple[Box, ...] = ((0.0, 0.0, 10.0, 90.0),)
    assert coverage_pct(square(0, 0, 10, 60), whole) == 86.6


@pytest.mark.parametrize(
    "outline",
    [
        {"type": "MultiPolygon", "coordinates": [
            square(178, -2, 180, 2)["coordinates"], square(-180, -2, -178, 2)["coordinates"]]},
        square(178, -2, -178, 2),
        square(178, -2, 182, 2),
        square(-182, -2, -178, 2),
        polygon((178, -2), (178, 2), (-178, 2), (-178, -2)),
    ],
    ids=["split", "jumping", "past 180", "before -180", "the other way round"],
)  # fmt: skip
def test_an_outline_across_the_antimeridian_in_any_writing(outline: object) -> None:
    assert coverage_pct(outline, ACROSS) == 100.0
    assert coverage_pct(outline, EQUATOR) == 0.0


def test_an_outline_around_a_pole_covers_it() -> None:
    around = polygon(*((x, 80.0) for x in (-180, -120, -60, 0, 60, 120)))
    assert coverage_pct(around, surroundings(Site("x", 90.0, 0.0))) == 100.0
    assert coverage_pct(around, surroundings(Site("x", 70.0, 0.0))) == 0.0
    south = polygon(*((x, -80.0) for x in (-180, -120, -60, 0, 60, 120)))
    assert coverage_pct(south, surroundings(Site("x", -90.0, 0.0))) == 100.0


def test_the_whole_world_covers_everything() -> None:
    for site in (Site("x", 53.1, 26.05), Site("x", 0, 180.0), Site("x", -90, 0)):
        assert coverage_pct(square(-180, -90, 180, 90), surroundings(site)) == 100.0


def test_a_hole_is_not_covered() -> None:
    ring = square(-2, -2, 2, 2)["coordinates"]
    hole = square(-1, -1, 1, 1)["coordinates"]
    holed = {"type": "Polygon", "coordinates": [ring[0], hole[0]]}  # type: ignore[index]
    assert coverage_pct(holed, EQUATOR) == 0.0


def test_height_in_the_outline_is_passed_over_and_a_ring_that_crosses_itself_is_mended() -> None:
    ring = [[-2, -2, 9], [2, -2, 9], [2, 2, 9], [-2, 2, 9], [-2, -2, 9]]
    high = {"type": "Polygon", "coordinates": [ring]}
    assert coverage_pct(high, EQUATOR) == 100.0
    bow = polygon((-1, -1), (1, 1), (1, -1), (-1, 1))
    assert coverage_pct(bow, EQUATOR) == 50.0


@pytest.mark.parametrize(
    "outline",
    [
        None, "POLYGON", {}, {"type": "Point", "coordinates": [0, 0]}, {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[[0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], ["1", 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [math.inf, 0], [1, 1], [0, 0]]]},
        polygon((0, 0), (0, 95), (5, 95)), polygon((0, 0), (1, 0), (2, 0)),
        {"type": "MultiPolygon", "coordinates": [3]}, {"type": "MultiPolygon", "coordinates": {}},
    ],
)  # fmt: skip
def test_no_outline_is_null_and_not_nought(outline: object) -> None:
    assert coverage_pct(outline, EQUATOR) is None


def test_a_frame_may_cross_the_antimeridian_have_heights_or_be_missing() -> None:
    assert coverage_pct(frame([178, -2, -178, 2]), ACROSS) == 100.0
    assert coverage_pct(frame([-2, -2, 0, 2, 2, 9]), EQUATOR) == 100.0
    assert coverage_pct(frame([-180, -90, 180, 90]), ACROSS) == 100.0
    assert frame(None) is frame([1, 2, 3]) is frame(["a", 0, 1, 1]) is None


@settings(max_examples=50)
@given(
    st.floats(-89, 89), st.floats(-180, 180), st.floats(-3, 3), st.floats(-3, 3),
    st.sampled_from([-360.0, 0.0, 360.0]),
)  # fmt: skip
def test_coverage_does_not_depend_on_where_the_world_is_cut(
    latitude: float, longitude: float, east: float, north: float, turn: float
) -> None:
    boxes = surroundings(Site("x", latitude, longitude), 50)
    middle, height = longitude + east, max(-89.0, min(89.0, latitude + north))
    low, high = max(-90.0, height - 1), min(90.0, height + 1)
    plain = coverage_pct(square(middle - 1, low, middle + 1, high), boxes)
    turned = coverage_pct(square(middle - 1 + turn, low, middle + 1 + turn, high), boxes)
    assert plain is not None
    assert turned is not None
    assert 0 <= plain <= 100
    assert turned == pytest.approx(plain, abs=0.2)
