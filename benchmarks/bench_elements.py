"""Element sets: how fast they are read, and how far old ones are off.

    python benchmarks/bench_elements.py FOLDER

FOLDER holds files of element sets of several days (`*/*.txt`, `*/*.tle`). One JSON line a file:
sets, refused, seconds. Then, for each pair of files of one name and different days, one line for
satellites of ordinary height and one for each kind of low flyer: the time along the track by which
the old set, carried to the epoch of the newer one, is off: median, nine of ten, most; and the share
within `age.tolerance_s`.
"""

import argparse
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import numpy as np

from entrepot.checks.passes.age import tolerance_s
from entrepot.checks.passes.elements import read_elements
from entrepot.checks.passes.satellite import Elements
from entrepot.checks.passes.sensors import sensor_of

ORDINARY = "ordinary height"
LEAST_GAP, MOST_GAP = timedelta(days=1), timedelta(days=120)
"""After months a satellite is anywhere on its orbit, and the time means nothing."""


def off_s(old: Elements, new: Elements) -> float:
    """Seconds along the track by which an old set is off at the epoch of a new one; infinite: SGP4
    says the satellite has fallen."""
    at = new.satrec.jdsatepoch, new.satrec.jdsatepochF
    code, place, _ = old.satrec.sgp4(*at)
    _, true, speed = new.satrec.sgp4(*at)
    if code:
        return float("inf")
    here, there, moved = np.array(place), np.array(true), np.array(speed)
    up = there / np.linalg.norm(there)
    along = np.cross(np.cross(there, moved), up)
    along /= np.linalg.norm(along)
    turn = np.linalg.norm(moved) / np.linalg.norm(there)
    return abs(float(np.arctan2(here @ along, here @ up) / turn))


def compared(old: Path, new: Path) -> Iterator[tuple[str, float, float, bool]]:
    """Kind, age in days, seconds off, whether within the tolerance; one a satellite."""
    later = {one.norad_id: one for one in read_elements([new]).elements}
    for one in read_elements([old]).elements:
        sensor, newer = sensor_of(one), later.get(one.norad_id)
        if sensor is None or newer is None:
            continue
        if not LEAST_GAP <= newer.epoch_at - one.epoch_at <= MOST_GAP:
            continue
        age = (newer.epoch_at - one.epoch_at) / timedelta(days=1)
        seconds = off_s(one, newer)
        yield (
            sensor.name if sensor.is_low else ORDINARY,
            age,
            seconds,
            seconds <= tolerance_s(sensor, age),
        )


def main() -> None:
    """Read all, then compare the days in pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    files = sorted([*folder.glob("*/*.txt"), *folder.glob("*/*.tle")])
    for file in files:
        began = time.perf_counter()
        found = read_elements([file])
        print(json.dumps({
            "file": str(file.relative_to(folder)), "sets": len(found.elements),
            "refused": len(found.refusals), "seconds": round(time.perf_counter() - began, 3),
        }))  # fmt: skip
    for old, new in combinations(files, 2):
        rows = list(compared(old, new)) if old.name == new.name else []
        for kind in dict.fromkeys(row[0] for row in rows):
            chosen = [row for row in rows if row[0] == kind]
            seconds = [row[2] for row in chosen]
            print(json.dumps({
                "old": str(old.relative_to(folder)), "new": str(new.relative_to(folder)),
                "kind": kind, "satellites": len(chosen),
                "age_days": round(float(np.median([row[1] for row in chosen])), 1),
                "median_s": round(float(np.median(seconds)), 1),
                "nine_of_ten_s": round(float(np.quantile(seconds, 0.9)), 1),
                "most_s": round(max(seconds), 1),
                "within": round(float(np.mean([row[3] for row in chosen])), 3),
            }))  # fmt: skip


if __name__ == "__main__":
    main()
