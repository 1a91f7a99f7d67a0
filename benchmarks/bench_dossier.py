"""A dossier of 200 claims and 20 charts: made, sealed, verified. Targets: 20 s and 2 s.

    python benchmarks/bench_dossier.py [FINDINGS] [CHARTS]

The dossier is made up. The raw measure beside it is hashing the same bytes once.
"""

import hashlib
import json
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.dossiers.dossier_world import large

from entrepot.dossiers.render.outputs import render_all
from entrepot.dossiers.seal.build import build
from entrepot.dossiers.seal.verify import verify

FINDINGS, CHARTS = 200, 20


def main(findings: int, charts: int) -> None:
    dossier = large(findings, charts)
    marks = [("start", time.perf_counter(), time.process_time())]
    files = render_all(dossier)
    marks.append(("render", time.perf_counter(), time.process_time()))
    with tempfile.TemporaryDirectory() as folder:
        built = build(files, Path(folder) / "d")
        marks.append(("seal", time.perf_counter(), time.process_time()))
        assert verify(built.folder).is_whole
        marks.append(("verify", time.perf_counter(), time.process_time()))
    for content in files.values():
        hashlib.sha256(content)
    marks.append(("hash once", time.perf_counter(), time.process_time()))
    size = sum(map(len, files.values()))
    print(json.dumps({"findings": findings, "charts": charts, "files": len(files), "bytes": size}))
    for (_, wall, cpu), (what, wall_after, cpu_after) in pairwise(marks):
        print(json.dumps({"what": what, "seconds": round(wall_after - wall, 2),
                          "cpu_seconds": round(cpu_after - cpu, 2)}))  # fmt: skip


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(*given if len(given) == 2 else (FINDINGS, CHARTS))
