"""The grid must never hide a place that is near enough."""

from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.checks.movements.airports import airport, airports_near
from entrepot.checks.movements.cells import CELL_DEG, cells_near
from entrepot.checks.site import Site, distance_km
from entrepot.errors import RequestError


@settings(max_examples=200, deadline=None)
@given(
    st.floats(-90, 90), st.floats(-180, 180), st.floats(-1, 1), st.floats(-180, 180),
    st.floats(1, 100),
)  # fmt: skip
def test_every_place_near_enough_lies_in_a_cell(
    lat: float, lon: float, up: float, east: float, km: float
) -> None:
    there = (max(-90.0, min(90.0, lat + up)), (lon + east + 180) % 360 - 180)
    if distance_km(Site("a", lat, lon), Site("b", *there)) > km:
        return
    cell = floor(there[0] / CELL_DEG), floor(there[1] / CELL_DEG)
    assert cell in set(cells_near(lat, lon, km))


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
