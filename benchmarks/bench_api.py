"""How fast the API answers, through HTTP on this machine.

    python benchmarks/bench_api.py [--queries 400] [--algorithm best] LIST...

Serves the lists (files or folders), asks for names of listed parties with their types, and prints
one JSON line for each measure. Without a list it says so and ends.
"""

import argparse
import json
import resource
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from entrepot.web.server import Running, listen
from entrepot.web.service import Service
from entrepot.web.source import FilesSource

BATCH = 100
CLIENTS = 4
Queries = Sequence[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", nargs="*", type=Path)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--algorithm", default="best")
    asking = parser.parse_args()
    if not asking.lists:
        print("skipped: no list given")
        return
    service = Service(FilesSource(asking.lists), algorithm=asking.algorithm)
    wall, processor = time.perf_counter(), time.process_time()
    running = Running(service, listen("127.0.0.1", 0))
    running.load()
    say("ready", seconds=since(wall), processor_seconds=round(time.process_time() - processor, 2),
        parties=len(service.held.parties), algorithm=service.held.matcher.algorithm)  # fmt: skip
    queries = listed(service, asking.queries)
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        with httpx.Client(base_url=running.address, timeout=600, trust_env=False) as client:
            measure(client, queries)
    finally:
        running.stop()
        thread.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say("memory", peak_megabytes=peak // 1024)


def measure(client: httpx.Client, queries: Queries) -> None:
    post(client, queries[:1])
    times = [timed(partial(post, client, [one])) for one in queries]
    say("one query", **spread(times))
    batches = [queries[at : at + BATCH] for at in range(0, len(queries), BATCH)]
    say("batch", queries=BATCH, **spread([timed(partial(post, client, one)) for one in batches]))
    body = "\n".join(map(json.dumps, queries)).encode()
    seconds = timed(lambda: client.post("/match/default/stream", content=body).raise_for_status())
    say("stream", lines=len(queries), lines_a_second=round(len(queries) / seconds))
    say("healthz beside batches", clients=CLIENTS, **spread(beside(client, queries)))


def beside(client: httpx.Client, queries: Queries) -> list[float]:
    """Times of `/healthz` while other clients send batches."""
    stop = threading.Event()

    def press() -> None:
        with httpx.Client(base_url=client.base_url, timeout=600, trust_env=False) as own:
            while not stop.is_set():
                post(own, queries[:BATCH])

    pressing = [threading.Thread(target=press) for _ in range(CLIENTS)]
    for one in pressing:
        one.start()
    try:
        return [timed(lambda: client.get("/healthz").raise_for_status()) for _ in range(100)]
    finally:
        stop.set()
        for one in pressing:
            one.join()


def listed(service: Service, most: int) -> Queries:
    """Queries with the name and type of parties spread over the lists."""
    parties = list(service.held.parties.values())
    step = max(1, len(parties) // most)
    return [
        {"schema": one.schema, "properties": {"name": [one.caption]}} for one in parties[::step]
    ][:most]


def post(client: httpx.Client, queries: Queries) -> None:
    body = {"queries": {str(place): one for place, one in enumerate(queries)}}
    client.post("/match/default", json=body).raise_for_status()


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def since(start: float) -> float:
    return round(time.perf_counter() - start, 2)


def spread(times: Sequence[float]) -> dict[str, float]:
    """Half and 95 % of the times are at or below these, in milliseconds."""
    ranked = sorted(times)
    half, most = ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.95)]
    return {"count": len(ranked), "p50_ms": round(half * 1000, 1), "p95_ms": round(most * 1000, 1)}


def say(measure: str, **figures: object) -> None:
    print(json.dumps({"measure": measure, **figures}), flush=True)


if __name__ == "__main__":
    main()
