"""The worked example: Baranovichi, 26 August to 8 September 2022, with elements of 17 August.

The numbers were made once by others with SGP4 every 10 seconds, angles from the line to the centre
of the Earth, and the smallest angle among those points taken. So times are on that grid, and angles
are those of the grid, up to half a degree above the true smallest one. `on_grid` does the same with
our own orbit, and everything comes out; where a count changes off the grid, it is said below.
"""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from orbiting import made, no_tolerance

from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.find import find_passes
from entrepot.checks.passes.found import Found
from entrepot.checks.passes.geometry import Ground, View
from entrepot.checks.passes.instants import moments_of
from entrepot.checks.passes.orbits import state
from entrepot.checks.passes.satellite import Elements
from entrepot.checks.site import Site
from entrepot.checks.window import Window

WINDOW = Window.of_days(date(2022, 8, 26), date(2022, 9, 8))
SITE = {
    "Baranovichi": Site("Baranovichi", 53.10, 26.05),
    "Machulishchy": Site("Machulishchy", 53.7733, 27.58),
    "Minsk-2": Site("Minsk-2", 53.8825, 28.0307),
    "Kubinka": Site("Kubinka", 55.6117, 36.65),
    "Orsha": Site("Orsha", 54.50, 30.40),
    "Mozyr": Site("Mozyr", 52.05, 29.27),
}
SENTINEL_2 = (r"SENTINEL-2", 10.3)
LANDSAT = (r"LANDSAT [89]$", 7.5)
GRID_S = 10.0


@pytest.fixture(scope="module")
def elements(shared: Path) -> dict[str, tuple[Elements, ...]]:
    folder = shared / "verification" / "tle" / "2022-08-17"
    return {name: read_elements([folder / f"{name}.txt"]).elements
            for name in ("resource", "planet")}  # fmt: skip


def named(elements: tuple[Elements, ...], pattern: str) -> list[Elements]:
    return [one for one in elements if re.match(pattern, one.name)]


def passes(chosen: list[Elements], place: str, limit: float, sun: float | None = 0.0) -> Found:
    satellites = [made(one, agile_to_deg=limit, least_sun_deg=sun) for one in chosen]
    return find_passes(satellites, [SITE[place]], WINDOW, tolerance=no_tolerance)


def on_grid(found: Found) -> list[tuple[str, str, float]]:
    """Moment to 10 s, satellite, and smallest angle among the points of the grid."""
    ground, rows = Ground.of(found.sites), []
    for which, seconds in zip(found.columns.satellite, found.columns.seconds, strict=True):
        grid = np.rint(seconds / GRID_S) * GRID_S + np.array([-GRID_S, 0, GRID_S])
        craft = found.satellites[which].elements
        view = View.of(state(craft.satrec, grid), ground.at(np.zeros(3, np.intp)))
        best = int(view.off_nadir_deg.argmin())
        moment = moments_of(grid)[best].item()
        rows.append((f"{moment:%m-%d %H:%M:%S}", craft.name, float(view.off_nadir_deg[best])))
    return rows


def count_on_grid(chosen: list[Elements], place: str, limit: float, sun: float = 0.0) -> int:
    wider = passes(chosen, place, limit + 1, sun)
    return sum(angle <= limit for _, _, angle in on_grid(wider))


def test_sentinel_2_to_the_second_shown(elements):
    found = passes(named(elements["resource"], SENTINEL_2[0]), "Baranovichi", SENTINEL_2[1])
    assert [(at, name[-2:], round(angle, 1)) for at, name, angle in on_grid(found)] == [
        ("08-26 09:25:40", "2B", 7.5),
        ("08-29 09:35:40", "2B", 4.3),
        ("08-31 09:26:00", "2A", 7.2),
        ("09-03 09:35:50", "2A", 4.8),
        ("09-05 09:25:40", "2B", 7.3),
        ("09-08 09:35:40", "2B", 4.8),
    ]
    # off the grid: the first is 3.9 s later and 0.3 degrees nearer
    first = next(found.passes())
    assert f"{first.at:%H:%M:%S}" == "09:25:43"
    assert first.off_nadir_deg == pytest.approx(7.21, abs=0.01)


def test_landsat_to_the_second_shown(elements):
    found = passes(named(elements["resource"], LANDSAT[0]), "Baranovichi", LANDSAT[1])
    assert [(at, name[-1], round(angle, 1)) for at, name, angle in on_grid(found)] == [
        ("08-27 09:13:40", "8", 1.7),
        ("08-28 09:07:10", "9", 7.0),
        ("09-04 09:13:20", "9", 1.4),
        ("09-05 09:07:30", "8", 6.9),
    ]


def tasked(elements: dict[str, tuple[Elements, ...]]) -> list[Elements]:
    others = named(elements["resource"], r"WORLDVIEW|GEOEYE|PLEIADES|SPOT")
    return others + named(elements["planet"], "SKYSAT")


@pytest.mark.parametrize(
    ("place", "chances"), [("Baranovichi", 243), ("Kubinka", 145), ("Mozyr", 260)]
)
def test_chances_of_31_satellites_that_are_turned(elements, place, chances):
    found = passes(tasked(elements), place, 30.0, sun=10.0)
    assert len(found.satellites) == 31
    assert len(found) == chances
    if place == "Baranovichi":
        days = np.unique(moments_of(found.columns.seconds).astype("datetime64[D]"),
                         return_counts=True)[1]  # fmt: skip
        assert (len(days), days.min(), days.max()) == (14, 15, 21)


# The example does not say its limits for radar; 18 to 45 degrees off nadir give its 16 on the grid
# (15 off it: one comes to 17.97). Half are to the left, where Sentinel-1 does not look. Within
# the strip of its usual mode, 26.0 to 40.4 degrees, 4 remain.
@pytest.mark.parametrize(
    ("near", "far", "both", "right"), [(18.0, 45.0, 16, 8), (26.0, 40.4, 8, 4)]
)
def test_sentinel_1_sees_half_of_what_geometry_would_let_it(elements, near, far, both, right):
    radar = named(elements["resource"], "SENTINEL-1A")
    for look, expected in (("both", both), ("right", right), ("left", both - right)):
        satellites = [made(one, look=look, agile_to_deg=far, spectrum="radar") for one in radar]
        found = find_passes(satellites, [SITE["Baranovichi"]], WINDOW, tolerance=no_tolerance)
        assert sum(angle >= near for _, _, angle in on_grid(found)) == expected


@pytest.mark.parametrize(
    ("place", "sentinel_2", "landsat"),
    [("Machulishchy", 6, 4), ("Minsk-2", 3, 4), ("Kubinka", 6, 3), ("Orsha", 6, 4),
     ("Mozyr", 5, 4)],
)  # fmt: skip
def test_passes_of_two_weeks_near_the_edges_of_swaths(elements, place, sentinel_2, landsat):
    two = named(elements["resource"], SENTINEL_2[0])
    eight = named(elements["resource"], LANDSAT[0])
    assert count_on_grid(two, place, SENTINEL_2[1]) == sentinel_2
    assert count_on_grid(eight, place, LANDSAT[1]) == landsat
    # off the grid the sixth pass over Mozyr comes within 10.3 degrees: the grid missed its top
    assert len(passes(two, place, SENTINEL_2[1])) == sentinel_2 + (place == "Mozyr")
    assert len(passes(eight, place, LANDSAT[1])) == landsat
