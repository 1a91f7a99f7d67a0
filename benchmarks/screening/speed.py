"""Names a second on two processes, latency, memory, time until ready: of our matcher, each in a
fresh process, so that nothing else counts."""

import json
import subprocess
import sys
from pathlib import Path

_READY = """
import json, sys, time
began = time.perf_counter()
from pathlib import Path
from screening.sets import parties
listed = parties(Path(sys.argv[1]))
read = time.perf_counter() - began
from entrepot.parties.match.matcher import Matcher, Query
matcher = Matcher.build(listed, algorithm=sys.argv[2])
matcher.match(Query.of("Ann Example", "Person"))
print(json.dumps({
    "ready_seconds": round(time.perf_counter() - began, 2), "ready_reading_the_list": round(read, 2)
}))
"""

_WORK = """
import gc, json, multiprocessing, os, sys, time
from pathlib import Path
from entrepot.parties.match.matcher import Matcher, Query
from screening.sets import asked, parties

def size():
    path = Path(f"/proc/{os.getpid()}/smaps_rollup")
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

def share(place):
    for one in queries[place::2]:
        matcher.match(Query.of(one.name, one.schema))
    barrier.wait()
    return size()

folder, algorithm, sample = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
matcher = Matcher.build(parties(folder), algorithm=algorithm)
found = {(one.name, one.schema): one for one in asked(folder, sample or None)}
queries = list(found.values())
gc.collect()
gc.freeze()
fork = multiprocessing.get_context("fork")
barrier = fork.Barrier(2)
began = time.perf_counter()
with fork.Pool(2) as pool:
    sizes = pool.map(share, range(2), chunksize=1)
    seconds = time.perf_counter() - began
    sizes.append(size())
taken = []
for one in queries[:: max(1, len(queries) // 1000)]:
    start = time.perf_counter()
    matcher.match(Query.of(one.name, one.schema))
    taken.append((time.perf_counter() - start) * 1000)
taken.sort()
print(json.dumps({
    "names_per_second_on_two": round(len(queries) / seconds), "distinct_names": len(queries),
    "memory_mb_together": round(sum(sizes)), "query_ms_median": round(taken[len(taken) // 2], 2),
    "query_ms_95th": round(taken[int(len(taken) * 0.95)], 2),
    "logic_v2_pairs_a_query": round(matcher.judged / (len(taken) or 1), 2),
}))
"""


def ready(folder: Path, algorithm: str) -> dict[str, float]:
    """Seconds from the start of Python until the first answer, the list read from JSON."""
    return _run(_READY, str(folder), algorithm)


def work(folder: Path, algorithm: str, sample: int | None) -> dict[str, float]:
    """Distinct names a second end to end on two forked processes, and milliseconds of one query.

    Memory is that of both and their parent, pages that they share counted once (Linux).
    """
    return _run(_WORK, str(folder), algorithm, str(sample or 0))


def _run(code: str, *words: str) -> dict[str, float]:
    here = Path(__file__).resolve().parent.parent
    said = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, check=True, text=True, cwd=here
    )
    measured: dict[str, float] = json.loads(said.stdout)
    return measured
