"""How long `entrepot demo` takes, as a whole process, beside a bare scan of the same figures.

    python benchmarks/bench_demo.py [--runs 5]

Prints one JSON line: median, lowest and highest seconds and peak memory of the command; seconds of
a Python process that only opens DuckDB and adds up the shipped file; and the ratio of the medians.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from entrepot.sources import pocket

RUN = """
import resource, sys
from pathlib import Path
from entrepot.cli import main
main(["demo", "--out", sys.argv[2], "--workspace", sys.argv[2] + "/none"], standalone_mode=False)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
Path(sys.argv[1]).write_text(str(peak))
"""

SCAN = """
import sys, duckdb
figures = "read_parquet('" + sys.argv[1] + "')"
duckdb.sql(
    f"select partner, commodity_code, period, sum(value_eur) from {figures} group by all"
).fetchall()
"""


def seconds_of(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


def measure(runs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        note = Path(name) / "peak.txt"
        demo = [sys.executable, "-c", RUN, str(note), name]
        scan = [sys.executable, "-c", SCAN, str(pocket.path())]
        seconds_of(demo)  # a warm-up: the first run reads files that later ones find in memory
        pairs = [(seconds_of(demo), seconds_of(scan)) for _ in range(runs)]
        peak = float(note.read_text())
    demos, scans = zip(*pairs, strict=True)
    return {
        "runs": runs,
        "demo_seconds": round(statistics.median(demos), 2),
        "lowest": round(min(demos), 2),
        "highest": round(max(demos), 2),
        "peak_mb": round(peak),
        "bare_scan_seconds": round(statistics.median(scans), 2),
        "ratio": round(statistics.median(demos) / statistics.median(scans), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Time entrepot demo.")
    parser.add_argument("--runs", type=int, default=5)
    print(json.dumps(measure(parser.parse_args().runs)))


if __name__ == "__main__":
    main()
