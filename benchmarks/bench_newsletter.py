"""100,000 letters to a mail server on loopback: rate, memory, and none twice after three kills.

    python benchmarks/bench_newsletter.py [--addresses 100000] [--kills 3]

The sender is a process of its own that is killed (kill -9) in the midst of its work and started
again; the server counts what it took. What it took may not hold an address twice; each address
must be there or be listed as unsure.
"""

import argparse
import asyncio
import multiprocessing
import os
import resource
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from entrepot.dossiers.letters import importing, sendlog
from entrepot.dossiers.letters.item import Item
from entrepot.dossiers.letters.message import sender
from entrepot.dossiers.letters.sending import planned, send_digests
from entrepot.dossiers.letters.smtp import Server
from entrepot.dossiers.letters.store import Store

WRITER = sender("Case letters <letters@example.org>", links="https://letters.example.org")
TOPICS = ("all", "hub:GEO", "hub:ARE;code:8807", "code:8542")


def items(day: str, count: int = 5) -> tuple[Item, ...]:
    """Made-up items; each reader above wants at least one."""
    return tuple(
        Item(f"dos_{number:012d}", f"cas_{number:012d}", f"Case {number} (made up)",
             f"https://example.org/case/{number}/", "Exports fell. The cause is not known. " * 4,
             ("GEO", "ARE"), ("RUS",), ("8807", "8542"), day, "published", ())
        for number in range(count)
    )  # fmt: skip


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, log: Any) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError):  # the sender was killed
        await _talk(reader, writer, log)
    writer.close()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, log: Any) -> None:
    """A mail server in the fewest words: the sender is measured and not the server."""
    writer.write(b"220 ready\r\n")
    to = ""
    while line := await reader.readline():
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            log.write(to + "\n")
            log.flush()
        elif word == b"RCPT":
            to = line.partition(b"<")[2].partition(b">")[0].decode()
        elif word == b"QUIT":
            break
        writer.write(b"250 OK\r\n")


def serve(port: Any, counted: Path) -> None:
    """Run the server; the port goes to the parent."""

    async def run() -> None:
        with counted.open("a") as log:
            found = await asyncio.start_server(
                lambda r, w: _answer(r, w, log), "127.0.0.1", 0, limit=1 << 22
            )
            port.value = found.sockets[0].getsockname()[1]
            await found.serve_forever()

    asyncio.run(run())


def work(path: Path, port: int) -> None:
    """One sender; says its peak memory when it comes to its end."""
    with Store.open(path) as store:
        tally = send_digests(store, items(store.today()), WRITER,
                             Server("127.0.0.1", port, "none", hello="example.org"))  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"last run sent {tally.ends['sent']:,}; peak memory {peak:,.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=3)
    asked = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path, counted = Path(folder) / "newsletter.sqlite", Path(folder) / "taken.txt"
        counted.touch()
        fill(path, asked.addresses)
        port = spawn.Value("i", 0)
        server = spawn.Process(target=serve, args=(port, counted), daemon=True)
        server.start()
        while not port.value:
            time.sleep(0.05)
        began = time.perf_counter()
        for number in range(asked.kills + 1):
            sender_process = spawn.Process(target=work, args=(path, port.value))
            sender_process.start()
            if number < asked.kills:
                kill_at(sender_process, counted, asked.addresses * (number + 1) // 5)
            sender_process.join()
        seconds = time.perf_counter() - began
        server.terminate()
        server.join()
        report(path, counted, asked.addresses, seconds)


def fill(path: Path, addresses: int) -> None:
    """Import the list, and count what is due."""
    began = time.perf_counter()
    with Store.open(path, create=True) as store:
        done = importing.add(
            store,
            ((line, {"address": f"reader{line}@example.org", "topics": TOPICS[line % len(TOPICS)],
                     "consented_on": "2026-01-01", "source": "form"})
             for line in range(addresses)),
        )  # fmt: skip
        print(f"imported {done.active:,} in {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        plan = planned(store, items(store.today()), WRITER, retry_unsure=False)
        print(f"counted {plan.letters:,} letters due in {time.perf_counter() - began:.1f} s")


def kill_at(process: Any, counted: Path, letters: int) -> None:
    """Kill -9 once the server has had so many letters."""
    while process.is_alive():
        with counted.open("rb") as stream:
            if (
                sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
                >= letters
            ):
                os.kill(process.pid, signal.SIGKILL)
                print(f"killed after {letters:,} letters", flush=True)
                return
        time.sleep(0.2)


def report(path: Path, counted: Path, addresses: int, seconds: float) -> None:
    """What the server took beside what the store says."""
    taken = Counter(counted.read_text().split())
    with Store.open(path) as store, store.reading() as connection:
        doubtful = {one["address"] for one in sendlog.unsure_letters(connection)}
    twice = [one for one, number in taken.items() if number > 1]
    missing = addresses - len(set(taken) | doubtful)
    print(f"server took {sum(taken.values()):,} letters, {len(twice)} addresses twice, "
          f"{len(doubtful)} unsure, {missing} missing")  # fmt: skip
    print(f"{seconds:.0f} s in all, {sum(taken.values()) / seconds:,.0f} letters a second; "
          f"store {path.stat().st_size / 1e6:.0f} MB, SQLite {sqlite3.sqlite_version}")  # fmt: skip
    if twice or missing:
        sys.exit("a letter was repeated or lost")


if __name__ == "__main__":
    main()
