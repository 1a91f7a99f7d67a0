"""The same passes as skyfield finds, a library by others; benchmarks/bench_passes.py has thousands.

skyfield: https://rhodesmill.org/skyfield/earth-satellites.html. It takes UT1-UTC into account, we
do not: that is the tenth of a second by which culminations may differ.
"""

from datetime import timedelta

import numpy as np
import pytest
from orbiting import made, made_elements, no_tolerance, shipped_elements
from skyfield.api import EarthSatellite, load, wgs84
from skyfield.framelib import itrs

from entrepot.checks.passes.find import find_passes
from entrepot.checks.passes.instants import seconds_of
from entrepot.checks.passes.satellite import Elements
from entrepot.checks.site import Site
from entrepot.checks.window import Window

SITES = (Site("Baranovichi", 53.10, 26.05), Site("south", -34.0, 180.0), Site("polar", 84.0, -60.0))
DAYS = timedelta(days=3)
LOW_DEG = 25.0


def theirs(elements: Elements, site: Site, window: Window) -> list[tuple[float, float, float]]:
    """Seconds, elevation and angle off nadir of each culmination above 25 degrees."""
    scale = load.timescale(builtin=True)
    craft = EarthSatellite.from_satrec(elements.satrec, scale)
    place = wgs84.latlon(site.latitude_deg, site.longitude_deg)
    times, kinds = craft.find_events(
        place, *(scale.from_datetime(at) for at in (window.from_at, window.to_at)),
        altitude_degrees=LOW_DEG,
    )  # fmt: skip
    found = []
    for at, kind in zip(times, kinds, strict=True):
        if kind == 1:
            here = craft.at(at).frame_xyz(itrs).km
            sight = place.at(at).frame_xyz(itrs).km - here
            cosine = -sight @ here / np.linalg.norm(sight) / np.linalg.norm(here)
            elevation = (craft - place).at(at).altaz()[0].degrees
            found.append((seconds_of(at.utc_datetime()), elevation, np.degrees(np.arccos(cosine))))
    return found


# CBERS 2, an imaging satellite; Vanguard 1, on a long ellipse (e 0.19); an orbit of our own
@pytest.mark.parametrize(
    "elements",
    [shipped_elements("28057"), shipped_elements("00005"), made_elements(510, 97.4)],
    ids=["CBERS 2", "Vanguard 1", "made"],
)
def test_skyfield_finds_the_same(elements):
    begin = elements.epoch_at + timedelta(days=1)
    window = Window(begin, begin + DAYS)
    found = find_passes([made(elements, agile_to_deg=85.0)], SITES, window, tolerance=no_tolerance)
    ours = [one for one in found.passes() if one.elevation_deg >= LOW_DEG]
    compared = 0
    for site in SITES:
        mine = [one for one in ours if one.site == site.name]
        peers = theirs(elements, site, window)
        assert len(mine) == len(peers)
        for one, (seconds, elevation, off_nadir) in zip(mine, peers, strict=True):
            assert seconds_of(one.at) == pytest.approx(seconds, abs=0.2)
            assert one.elevation_deg == pytest.approx(elevation, abs=0.08)
            assert one.off_nadir_deg == pytest.approx(off_nadir, abs=0.08)
            compared += 1
    assert compared > 8
