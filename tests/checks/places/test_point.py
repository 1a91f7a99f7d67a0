"""Coordinates as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.checks.places.point import point_of
from entrepot.errors import RequestError


@pytest.mark.parametrize(
    "text",
    [
        "53.10,26.05",
        " 53.10 , 26.05 ",
        "53.10 26.05",
        "+53.10;+26.05",
        "53.10 N 26.05 E",
        "53.10N,26.05E",
        "N53.10 E26.05",
        "26.05 E 53.10 N",
        "5306N 02603E",
        "530600N 0260300E",
        "53°06'N 26°03'E",
        "53° 6' 0\" N, 26° 3' 0\" E",
        "53º06′ n 26º03′ e",
    ],
)
def test_ways_to_write_one_point(text: str) -> None:
    assert point_of(text) == pytest.approx((53.10, 26.05))


def test_south_and_west_are_negative() -> None:
    assert point_of("11.27 S 37.44 W") == pytest.approx((-11.27, -37.44))
    assert point_of("-11.27,-37.44") == pytest.approx((-11.27, -37.44))
    # UN/LOCODE writes minutes, not decimals: 5340N is 53 and two thirds
    assert point_of("5340N 02343E") == pytest.approx((53 + 40 / 60, 23 + 43 / 60))


@pytest.mark.parametrize(
    "text", ["Baranovichi", "558 ARZ", "558", "UMMA", "Minsk-2", "", "N", "S 1"]
)
def test_names_are_no_coordinates(text: str) -> None:
    assert point_of(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("53,10 26,05", "commas inside the numbers"),
        ("53,10;26,05", "commas inside the numbers"),
        ("53,10,26,05", "commas inside the numbers"),
        ("120,45", "latitude 120, expected -90 to 90"),
        ("53.10,200", "longitude 200, expected -180 to 180"),
        ("95,200", "latitude 95, expected -90 to 90"),
        ("53.10,26.05,7", "expected a latitude and a longitude"),
        ("53.10 N 26.05 N", "one of N and S, and one of E and W"),
        ("-53.10 N 26.05 E", "a minus and a letter"),
        ("53°61'N 26°03'E", "60 and more"),
        ("530N 02603E", "latitude 530"),
    ],
)
def test_what_is_unclear_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as refused:
        point_of(text)
    assert str(refused.value).startswith(f"got coordinates {text!r}")
    assert "53.10,26.05" in refused.value.hint


def test_a_swap_that_leaves_the_globe_is_named() -> None:
    with pytest.raises(RequestError) as refused:
        point_of("126.05,53.10")
    assert "53.1,126.05" in refused.value.hint


@settings(max_examples=50, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_printed_is_read_again(north: float, east: float) -> None:
    signed = point_of(f"{north:.4f},{east:.4f}")
    lettered = point_of(
        f"{abs(north):.4f} {'S' if north < 0 else 'N'} {abs(east):.4f} {'W' if east < 0 else 'E'}"
    )
    assert signed == pytest.approx((north, east), abs=1e-4)
    assert lettered == pytest.approx((north, east), abs=1e-4)
