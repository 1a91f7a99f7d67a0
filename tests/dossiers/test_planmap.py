"""The map of a plan: distances are true, countries lie where they do, labels do not overlap."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from math import hypot

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point
from tests.dossiers.plan_world import SITE, post, worked

from entrepot.checks.site import Site, distance_km
from entrepot.codes.country import name
from entrepot.dossiers.outlines import outlines
from entrepot.dossiers.planground import countries, ground_km
from entrepot.dossiers.planlabels import Board, Label
from entrepot.dossiers.planmap import HEIGHT, WIDTH, plan_map, towns


def land_at(latitude: float, longitude: float) -> set[str]:
    """Countries at the very place."""
    found = countries(Site("x", latitude, longitude), 30, 30)
    return {code for code, shape in found.items() if shape.intersects(Point(0, 0).buffer(0.1))}


@pytest.mark.parametrize(
    ("place", "code"),
    [((53.1, 26.05), "BLR"), ((50.4, 30.5), "UKR"), ((45.2, 34.2), "UKR"), ((35.3, 33.5), "CYP"),
     ((9.5, 45.0), "SOM"), ((42.6, 21.0), "XKX"), ((-29.5, 28.3), "LSO"), ((67.0, 179.9), "RUS"),
     ((67.0, -179.9), "RUS"), ((-90.0, 0.0), "ATA"), ((-85.5, 60.0), "ATA"),
     ((-17.8, 178.0), "FJI"),
     ((7.0, 30.0), "SSD"), ((48.9, 2.3), "FRA"), ((60.5, 9.0), "NOR")],
)  # fmt: skip
def test_countries_lie_where_they_do(place, code):
    assert land_at(*place) == {code}


@pytest.mark.parametrize("place", [(90.0, 0.0), (0.0, -140.0), (-45.0, 100.0), (-60, -53.1)])
def test_the_sea_belongs_to_nobody(place):
    assert land_at(*place) == set()


def test_land_does_not_end_at_the_180th_meridian():
    found = countries(Site("x", 67.0, 180.0), 100, 100)["RUS"]
    assert len(found.interiors) == 0
    # a map of 40 km around it is all land: nothing is cut out along the meridian
    inner = countries(Site("x", 67.2, 180.0), 40, 40)["RUS"]
    assert inner.area == pytest.approx(6400, rel=0.001)


def test_outlines_are_of_countries_that_have_codes_and_small():
    assert len(outlines()) > 170
    assert all(name(code) for code in outlines())
    text = (files("entrepot.dossiers") / "data" / "outlines.json").read_bytes()
    assert len(text) < 150_000
    about = json.loads((files("entrepot.dossiers") / "data" / "outlines.about.json").read_text())
    assert about["sha256"] == sha256(text).hexdigest()
    assert about["licence"] == "public domain"
    rings = [ring for found in outlines().values() for ring in found]
    assert all(np.abs(ring[:, 0]).max() <= 180 for ring in rings)


places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@settings(max_examples=60, deadline=None)
@given(places, places)
def test_distance_and_direction_from_the_middle_are_true(middle, other):
    site, far = Site("a", *middle), Site("b", *other)
    assume(distance_km(site, far) < 20_000)  # at the antipode every direction is right
    x, y = ground_km(site, np.array([other[1]]), np.array([other[0]]))[0]
    assert hypot(x, y) == pytest.approx(distance_km(site, far), abs=1.0)


def test_north_is_up_and_east_is_right_also_over_the_180th_meridian():
    site = Site("x", 60.0, 179.9)
    (x, y), (_, up) = ground_km(site, np.array([-179.9, 179.9]), np.array([60.0, 60.5]))
    assert x == pytest.approx(11.1, abs=0.1)
    assert abs(y) < 0.1
    assert up == pytest.approx(55.6, abs=0.1)


def test_missions_are_gathered_by_town_nearest_first():
    found = towns(worked())
    assert [(one.city, len(one.posts), one.is_shut) for one in found] == [
        ("Minsk", 4, False), ("Grodno", 1, False), ("Brest", 1, False), ("Vitebsk", 1, False),
    ]  # fmt: skip
    shut = post("USA", "Minsk", (53.9, 27.56), 132.0, is_closed=True)
    assert towns(worked(posts=(shut,)))[0].is_shut
    assert 'class="post shut"' in plan_map(worked(posts=(shut,)))
    assert 'class="post shut"' not in plan_map(worked())


def test_suburbs_count_with_their_town_and_other_countries_do_not():
    minsk = [post("POL", "Minsk", (53.90, 27.56), 132.0), post("DEU", "Minsk", (53.9, 27.5), 131.9)]
    suburb = post("CUB", "Zdanovicy", (53.95, 27.40), 131.0)
    abroad = post("RUS", "Nowhere", (53.9, 27.5), 131.8, host="LTU")
    first, second = towns(worked(posts=(*minsk, suburb, abroad)))
    assert (first.city, len(first.posts), first.distance_km) == ("Minsk", 3, 131.0)
    assert first.is_around
    assert (second.city, second.is_around) == ("Nowhere", False)


def test_rings_are_drawn_to_scale():
    drawn = str(plan_map(worked()))
    minsk = re.search(r'class="post" x="([\d.]+)" y="([\d.]+)"', drawn)
    away = hypot(float(minsk[1]) + 3.5 - WIDTH / 2, float(minsk[2]) + 3.5 - HEIGHT / 2)
    ring = float(re.search(r'class="ring" [^>]* r="([\d.]+)"', drawn)[1])
    assert away / ring == pytest.approx(1.32, abs=0.03)  # 132 km against the ring of 100 km


def test_a_map_without_missions_says_so():
    assert "No diplomatic mission is drawn" in plan_map(worked(posts=()))


def test_a_far_mission_does_not_shrink_the_map():
    near, far = (
        plan_map(worked(posts=())),
        plan_map(worked(posts=(post("POL", "Warsaw", (20.0, 90.0), 6000.0),))),
    )
    assert re.findall("<circle.*?>", near) == re.findall("<circle.*?>", far)
    assert "none inside the map" in far


@pytest.mark.parametrize("place", [(90, 0), (-90, 0), (66.5, -179.9), (0, 0), (-16.5, 180)])
def test_maps_can_be_drawn_everywhere(place):
    site = replace(SITE, name="x", latitude_deg=place[0], longitude_deg=place[1])
    drawn = plan_map(worked(site=site, posts=()))
    assert "nan" not in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 1


def test_labels_do_not_cover_each_other():
    board = Board(200, 100)
    sides = ("right", "left", "above", "below")
    first = board.put(Label("Minsk", 100, 50, 5, "town", 10), sides)
    second = board.put(Label("Brest", 100, 50, 5, "town", 10), sides)
    assert 'text-anchor="start"' in first[0]
    assert 'text-anchor="end"' in second[0]
    board.block(100, 50, 100)
    assert board.put(Label("Grodno", 100, 50, 5, "town", 10), sides) == []
    assert len(board.put(Label("Grodno", 100, 50, 5, "town", 10), sides, always=True)) == 1
    assert "&lt;b&gt;" in Board(200, 100).put(Label("<b>", 50, 50, 5, "x", 10), sides)[0]
