"""The three-leg screen on generated trade of the world, beside the same in polars and pandas.

    python benchmarks/bench_scale.py [--rows 10] [--cap 6] [--leads]

One JSON line a measurement, each in a process of its own: rows, who, seconds of the screen (figures
read, nothing else), seconds of the whole process, peak resident megabytes. Sizes: 10, 25, 50 and 75
million rows of `generate_baci.py`, all seven years, sparser where smaller. A process that needs
more than `--cap` gigabytes of data is told as "did not finish". `--leads` adds `detect`, level 4.

The peers (`screen_peers.py`) must find equal numbers, or the run ends with an error.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.engine import open_engine
from entrepot.signals.question import Question
from entrepot.signals.screen.screen import screen
from screen_peers import KEYS, NUMBERS, QUESTION, eu_rules, of_pandas, of_polars

SIZES = (10, 25, 50, 75)
CENT = 0.011
"""A half cent may be rounded up by one and down by another."""

BYTES_A_ROW = 20
"""On disk, with room to spare; measured: 15."""

GIGABYTE = 1 << 30


def of_entrepot(folder: Path) -> pa.Table:
    with open_engine() as engine:
        flows = engine.read_parquet(sorted(folder.glob("*.parquet")))
        found = screen(flows, eu_rules(), QUESTION, engine)
    return found.rows.select([*KEYS, *NUMBERS])


def of_leads(folder: Path) -> pa.Table:
    from entrepot.signals.detect import detect

    with open_engine() as engine:
        flows = engine.read_parquet(sorted(folder.glob("*.parquet")))
        found = detect(flows, eu_rules(), Question.ask(level=4), engine)
    return pa.table({"lead_id": [lead.lead_id for lead in found.listed()]})


WHO: dict[str, Callable[[Path], pa.Table]] = {
    "entrepot": of_entrepot,
    "polars": of_polars,
    "pandas": of_pandas,
    "leads": of_leads,
}


def child(who: str, folder: Path, out: Path, cap: float) -> None:
    """Run one of them under a cap on memory, and write its result and what it took."""
    limit = int(cap * GIGABYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    began = time.monotonic()
    found = WHO[who](folder)
    seconds = time.monotonic() - began
    usage = resource.getrusage(resource.RUSAGE_SELF)
    pq.write_table(found, out)
    print(
        json.dumps(
            {
                "seconds": round(seconds, 1),
                "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
                "peak_mb": round(usage.ru_maxrss / 1024),
                "result_rows": found.num_rows,
            }
        )
    )


def measured(who: str, folder: Path, out: Path, cap: float) -> dict[str, Any]:
    """One run in its own process; what it took, or that it did not finish."""
    command = [sys.executable, __file__, "--child", who, str(folder), str(out), "--cap", str(cap)]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    whole = round(time.monotonic() - began, 1)
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["killed"])[-1]
        return {"who": who, "outcome": f"did not finish in {cap:g} GB", "because": words[:200],
                "process_seconds": whole}  # fmt: skip
    return {"who": who, "outcome": "done", **json.loads(done.stdout), "process_seconds": whole}


def refuse_different(one: Path, other: Path, who: str) -> None:
    """End the run where a peer found other numbers."""
    frames = [
        pq.read_table(path).sort_by([(key, "ascending") for key in KEYS]) for path in (one, other)
    ]
    frames = [frame.filter(_traded(frame)) for frame in frames]
    if frames[0].select(KEYS) != frames[1].select(KEYS).cast(frames[0].select(KEYS).schema):
        raise SystemExit(f"{who} found other rows: {frames[0].num_rows} and {frames[1].num_rows}")
    for name in NUMBERS:
        ours, theirs = (frame[name].to_numpy() for frame in frames)
        near = 0.0 if name.endswith("_growth") else CENT
        same = np.isclose(ours, theirs, rtol=1e-9, atol=near, equal_nan=True)
        if not same.all():
            first = int(np.argmin(same))
            raise SystemExit(
                f"{who}: {name} differs in {(~same).sum()} rows, first {ours[first]} and "
                f"{theirs[first]} of {frames[0].slice(first, 1).to_pylist()}"
            )


def _traded(frame: pa.Table) -> pa.Array:
    """Rows with any trade in a year that the window uses."""
    names = ("in_before", "in_after", "onward_before", "onward_after")
    values = sum(np.nan_to_num(frame[name].to_numpy()) for name in names)
    return pa.array(values > 0)


def planted_found(folder: Path, result: Path) -> dict[str, Any]:
    """How many planted pairs are among as many first rows of the screen."""
    told = {tuple(one.values()) for one in json.loads((folder / "planted.json").read_text())}
    rows = pq.read_table(result).slice(0, len(told)).to_pylist()
    hits = sum((row["hub"], row["commodity_code"]) in told for row in rows)
    return {"planted": len(told), "among_the_first": hits}


def measure(millions: float, who: Sequence[str], cap: float) -> None:
    rows = int(millions * 1e6)
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        free = shutil.disk_usage(name).free
        if free < 2 * rows * BYTES_A_ROW:
            raise SystemExit(f"{free / GIGABYTE:.1f} GB are free in {name}, too few for {rows:,}")
        folder = Path(name) / "baci"
        maker = Path(__file__).with_name("generate_baci.py")
        command = [sys.executable, str(maker), str(folder), "--rows", str(millions)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        paths = list(folder.glob("*.parquet"))
        about = {
            "rows": sum(pq.read_metadata(path).num_rows for path in paths),
            "bytes": sum(path.stat().st_size for path in paths),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        }
        ours = Path(name) / "entrepot.parquet"
        for one in who:
            out = Path(name) / f"{one}.parquet"
            line = {**about, **measured(one, folder, out, cap)}
            if line["outcome"] == "done" and one == "entrepot":
                line |= planted_found(folder, out)
            elif line["outcome"] == "done" and one in ("polars", "pandas") and ours.exists():
                refuse_different(ours, out, one)
                line["equal"] = True
            print(json.dumps(line), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the three-leg screen as figures grow.")
    parser.add_argument("--rows", type=float, help="millions of rows; all four sizes if not given")
    parser.add_argument("--cap", type=float, default=6, help="gigabytes a process may take")
    parser.add_argument("--leads", action="store_true", help="also all leads at 4 digits")
    parser.add_argument("--who", help="only these, by comma")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rows is not None and options.rows < SIZES[0]:
        # In a sparser world some codes lack one side of a change, which the peers do not know of.
        parser.error(f"got --rows {options.rows:g}, expected at least {SIZES[0]}")
    if options.child:
        who, folder, out = options.child
        child(who, Path(folder), Path(out), options.cap)
        return
    who = options.who.split(",") if options.who else ["entrepot", "polars", "pandas"]
    for millions in (options.rows,) if options.rows else SIZES:
        measure(millions, [*who, *(["leads"] if options.leads else [])], options.cap)


if __name__ == "__main__":
    main()
