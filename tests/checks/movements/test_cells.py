"""The grid must never hide a place that is near enough."""

from math import asin, atan2, cos, degrees, floor, radians, sin

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entrepot.checks.movements.airports import airport, airports_near
from entrepot.checks.movements.cells import CELL_DEG, cells_near
from entrepot.checks.site import Site, distance_km
from entrepot.errors import RequestError
from entrepot.units import EARTH_RADIUS_KM


@settings(max_examples=100, deadline=None)
@given(
    st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 360), st.floats(0, 1), st.floats(1, 100)
)
def test_every_place_near_enough_lies_in_a_cell(
    lat: float, lon: float, way: float, share: float, km: float
) -> None:
    there = _on(lat, lon, way, share * km)
    assume(distance_km(Site("a", lat, lon), Site("b", *there)) <= km)
    cell = floor(there[0] / CELL_DEG), floor(there[1] / CELL_DEG)
    assert cell in set(cells_near(lat, lon, km))


def _on(lat: float, lon: float, way: float, km: float) -> tuple[float, float]:
    """Where one comes so many kilometres on, by the cosine rule of the sphere."""
    north, turn, arc = radians(lat), radians(way), km / EARTH_RADIUS_KM
    up = asin(max(-1.0, min(1.0, sin(north) * cos(arc) + cos(north) * sin(arc) * cos(turn))))
    east = atan2(sin(turn) * sin(arc) * cos(north), cos(arc) - sin(north) * sin(up))
    return degrees(up), (lon + degrees(east) + 180) % 360 - 180


def test_airports_that_the_package_lacks_or_has_wrong() -> None:
    assert airport("uumb").country == "RUS"
    assert airport("UMGM").elevation_m is None
    # 0 in the package is "not known" far from the sea
    assert airport("UMMA").elevation_m is None
    # The package has Borovaya 46 km to the south-west of where it is
    assert [one.icao for one, _ in airports_near(Site("", 53.96, 27.65), 5)] == ["UMMB"]
    with pytest.raises(RequestError, match="'ZZZZ', expected an ICAO code"):
        airport("ZZZZ")


def test_two_fields_32_km_apart_stay_two() -> None:
    near = airports_near(Site("Machulishchy", 53.7733, 27.58))
    assert [one.icao for one, _ in near] == ["UMLI"]
