"""How long a Comext month takes to import, as a whole process, beside a plain DuckDB copy.

    python benchmarks/bench_import.py [--rows 4902194] [--packed]

Prints one JSON line: seconds and peak memory of `entrepot import` (hash, archive copy, checks,
Parquet), seconds of DuckDB reading the same text into Parquet unchecked, and the ratio.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from generate_comext import ROWS

RUN = """
import resource, sys
from pathlib import Path
from entrepot.cli.importing import import_
import_(sys.argv[2:], standalone_mode=False)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
Path(sys.argv[1]).write_text(str(peak))
"""


def whole_process(file: Path, workspace: Path) -> tuple[float, float]:
    """Seconds and peak resident megabytes of one `entrepot import`."""
    began = time.monotonic()
    note = workspace.with_name("peak.txt")
    command = [sys.executable, "-c", RUN, str(note), str(file), "--workspace", str(workspace)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    return seconds, float(note.read_text())


def plain_copy(file: Path, out: Path) -> float:
    """Seconds that DuckDB takes to turn the text into Parquet, with nothing checked."""
    began = time.monotonic()
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from read_csv('{file}', all_varchar = true, header = true)) "
            f"to '{out}' (format parquet, compression zstd)"
        )
    return time.monotonic() - began


def measure(rows: int, packed: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        folder = Path(name)
        month = folder / "full_v2_202208.dat"
        # In a process of its own: a child counts the memory of the process that starts it.
        maker = Path(__file__).with_name("generate_comext.py")
        subprocess.run(
            [sys.executable, str(maker), str(month), "--rows", str(rows)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        given = month.with_suffix(".7z") if packed else month
        if packed:
            command = [sys.executable, "-m", "py7zr", "c", str(given), month.name]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        seconds, megabytes = whole_process(given, folder / "workspace")
        plain = plain_copy(month, folder / "plain.parquet")
        return {
            "rows": rows,
            "packed": packed,
            "bytes": month.stat().st_size,
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
            "import_seconds": round(seconds, 1),
            "import_peak_mb": round(megabytes),
            "plain_duckdb_seconds": round(plain, 1),
            "ratio": round(seconds / plain, 1),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the import of a Comext month.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--packed", action="store_true", help="import it as a 7z archive")
    options = parser.parse_args()
    print(json.dumps(measure(options.rows, options.packed)))


if __name__ == "__main__":
    main()
