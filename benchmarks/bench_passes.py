"""Passes of 60 imaging satellites over 6 and over 100 sites in 30 days, beside skyfield.

    python benchmarks/bench_passes.py [--elements FILE] [--no-peer]

Reads element sets (FILE, or verification/tle/2026-05-30/resource.tle in ENTREPOT_SHARED), which are
not in the repository. Every pass within 45 degrees off nadir counts, day and night. skyfield's
`find_events` is called once for each satellite and site in the same run; of its culminations
those count that skyfield itself puts within 45 degrees. `lost`: none of ours is within 5 s of
skyfield's. `extra`: the other way round. One JSON line a measurement, a table at the end. Seconds
are of the clock; `cpu` of all threads, which other work on the machine disturbs less.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.find import find_passes
from entrepot.checks.passes.found import Found
from entrepot.checks.passes.instants import seconds_of
from entrepot.checks.passes.satellite import Elements, Satellite, Sensor
from entrepot.checks.site import Site
from entrepot.checks.window import Window

Floats = NDArray[np.float64]

SHARED = Path(
    os.environ.get("ENTREPOT_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data")
)
FILE = SHARED / "verification" / "tle" / "2026-05-30" / "resource.tle"
BEGIN = datetime(2026, 5, 31, tzinfo=UTC)
DAYS = 30
LIMIT_DEG = 45.0
SAME_S = 5.0
COUNT = 60
RUNS = 5

IMAGING = (
    "SENTINEL-1", "SENTINEL-2", "LANDSAT", "WORLDVIEW", "LEGION", "GEOEYE", "PLEIADES", "SPOT",
    "SKYSAT", "TERRASAR", "TANDEM", "COSMO", "CSG", "RADARSAT", "KOMPSAT", "ARIRANG", "ALOS",
    "CAS500", "KAZEOSAT", "VNREDSAT", "GOKTURK 1A", "FORMOSAT-5", "DEIMOS-2", "CARTOSAT-3",
    "DUBAISAT-2",
)  # fmt: skip
"""Names begin so; the first 60 in this order."""

SITES = (
    Site("Baranovichi", 53.10, 26.05), Site("Machulishchy", 53.7733, 27.58),
    Site("Minsk-2", 53.8825, 28.0307), Site("Kubinka", 55.6117, 36.65),
    Site("Orsha", 54.50, 30.40), Site("Mozyr", 52.05, 29.27),
)  # fmt: skip

ANY = Sensor("any", "", "optical", None, None, 0.0, LIMIT_DEG, "both", None, None,
             False, None, None, "")  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """skyfield's passes of one satellite and site."""

    satellite: int
    site: int
    seconds: Floats
    elevation_deg: Floats


def chosen(path: Path) -> list[Satellite]:
    read = read_elements([path])
    order = [(place, one) for place, name in enumerate(IMAGING)
             for one in read.elements if one.name.startswith(name)]  # fmt: skip
    return [Satellite(one, ANY) for _, one in order[:COUNT]]


def many_sites() -> list[Site]:
    """100 places between the polar circles, even over the sphere, drawn once."""
    dice = np.random.default_rng(7)
    north = np.degrees(np.arcsin(dice.uniform(-0.917, 0.917, 100)))
    east = dice.uniform(-180, 180, 100)
    return [Site(f"site {n}", float(north[n]), float(east[n])) for n in range(100)]


def time_ours(
    satellites: Sequence[Satellite], sites: Sequence[Site], runs: int
) -> tuple[Found, dict[str, Any]]:
    window = Window(BEGIN, BEGIN + timedelta(days=DAYS))
    clock, processor = [], []
    for _ in range(runs):
        began, worked = time.perf_counter(), time.process_time()
        found = find_passes(satellites, sites, window, tolerance=lambda sensor, age: 0.0)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
    return found, {
        "satellites": len(satellites), "sites": len(sites), "days": DAYS, "passes": len(found),
        "seconds_median": round(statistics.median(clock), 2), "seconds_least": round(min(clock), 2),
        "cpu_least": round(min(processor), 2),
    }  # fmt: skip


def time_peer(
    satellites: Sequence[Satellite], sites: Sequence[Site]
) -> tuple[list[Peer], dict[str, Any]]:
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale(builtin=True)
    first, last = scale.from_datetime(BEGIN), scale.from_datetime(BEGIN + timedelta(days=DAYS))
    places = [wgs84.latlon(one.latitude_deg, one.longitude_deg) for one in sites]
    began, worked = time.perf_counter(), time.process_time()
    events = []
    for number, one in enumerate(satellites):
        craft = EarthSatellite.from_satrec(one.elements.satrec, scale)
        lowest = lowest_elevation_deg(one.elements)
        for where, place in enumerate(places):
            moments, kinds = craft.find_events(place, first, last, altitude_degrees=lowest)
            events.append((number, where, craft, place, moments, kinds))
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    peers = [within(*event) for event in events]
    count = sum(len(one.seconds) for one in peers)
    return peers, {
        "peer": "skyfield",
        "passes": count,
        "seconds": round(seconds, 2),
        "cpu": round(worked, 2),
    }


def lowest_elevation_deg(elements: Elements) -> float:
    """A little lower than any satellite of this orbit stands at the limit."""
    satrec = elements.satrec
    highest = satrec.a * satrec.radiusearthkm * (1 + satrec.ecco) + 20
    sine = min(1.0, highest / 6356.0 * np.sin(np.radians(LIMIT_DEG)))
    return float(np.degrees(np.arccos(sine))) - 0.5


def within(
    satellite: int, site: int, craft: Any, place: Any, moments: Any, kinds: NDArray[np.int64]
) -> Peer:
    """The culminations that skyfield puts within the limit."""
    from skyfield.framelib import itrs

    highest = moments[kinds == 1]
    if not len(highest):
        return Peer(satellite, site, np.empty(0), np.empty(0))
    at = craft.at(highest).frame_xyz(itrs).km
    sight = place.at(highest).frame_xyz(itrs).km - at
    cosine = -(sight * at).sum(0) / np.linalg.norm(sight, axis=0) / np.linalg.norm(at, axis=0)
    kept = np.degrees(np.arccos(cosine)) <= LIMIT_DEG
    seconds = np.array([seconds_of(one) for one in highest.utc_datetime()])
    elevation = (craft - place).at(highest).altaz()[0].degrees
    return Peer(satellite, site, seconds[kept], elevation[kept])


def compared(found: Found, peers: Sequence[Peer]) -> dict[str, Any]:
    apart, lower = list[float](), list[float]()
    columns, lost, extra = found.columns, 0, 0
    for one in peers:
        here = np.flatnonzero((columns.satellite == one.satellite) & (columns.site == one.site))
        ours = columns.seconds[here]
        distance = np.abs(ours[:, None] - one.seconds[None, :])
        near = distance.argmin(axis=0) if len(ours) else np.empty(0, np.intp)
        match = distance.min(axis=0, initial=np.inf) < SAME_S
        lost += int((~match).sum())
        extra += int((distance.min(axis=1, initial=np.inf) >= SAME_S).sum())
        apart += distance[near[match], np.flatnonzero(match)].tolist() if len(ours) else []
        elevation = 90 - columns.incidence_deg[here][near[match]] if len(ours) else np.empty(0)
        lower += np.abs(elevation - one.elevation_deg[match]).tolist()
    return {
        "lost": lost, "extra": extra, "culmination_s_mean": round(float(np.mean(apart)), 3),
        "culmination_s_most": round(max(apart), 3),
        "elevation_deg_mean": round(float(np.mean(lower)), 4),
        "elevation_deg_most": round(max(lower), 3),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the passes and compare with skyfield.")
    parser.add_argument("--elements", type=Path, default=FILE)
    parser.add_argument("--no-peer", action="store_true", help="leave skyfield out")
    asked = parser.parse_args()
    if not asked.elements.is_file():
        print(f"skipped: no element sets at {asked.elements}; give --elements or ENTREPOT_SHARED")
        return
    satellites = chosen(asked.elements)
    found, few = time_ours(satellites, SITES, RUNS)
    print(json.dumps(few))
    _, many = time_ours(satellites, many_sites(), 2)
    print(json.dumps(many))
    lines = [("entrepot, 6 sites", few), ("entrepot, 100 sites", many)]
    if not asked.no_peer:
        peers, theirs = time_peer(satellites, SITES)
        differences = compared(found, peers)
        theirs["ratio_cpu"] = round(theirs["cpu"] / few["cpu_least"], 1)
        print(json.dumps({**theirs, **differences}))
        lines.append(("skyfield, 6 sites", theirs))
    print(f"\n{'':24}{'passes':>10}{'seconds':>10}{'cpu':>8}")
    for name, one in lines:
        taken, worked = one.get("seconds_median", one.get("seconds")), one.get("cpu_least")
        print(f"{name:24}{one['passes']:>10,}{taken:>10}{worked or one.get('cpu'):>8}")


if __name__ == "__main__":
    main()
