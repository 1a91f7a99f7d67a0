"""How fast the rule base answers: one question, and a million trade flows on their own dates.

    python benchmarks/bench_rules.py [--rows 1000000]

Prints one JSON line. `ask`: milliseconds a question once the base is loaded, over 3,000 questions
on different subheadings, days and destinations, none asked twice (so no answer is remembered), and
over every chapter, which asks for all its parts. `flows`:
seconds to flag one million flows, all to restricted destinations, with DuckDB on two threads,
beside a bare scan that only adds up the same file; and the rows flagged.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.codes.commodity import children
from entrepot.engine import Engine, open_engine
from entrepot.measures.ask import ask, shipped
from entrepot.measures.book import Rulebook
from entrepot.measures.flows import flagged
from entrepot.measures.inquiry import Inquiry

SEED = 833
PLACES = ("RUS", "BLR")
REPORTERS = ("DEU", "FRA", "ITA", "POL", "NLD", "LTU", "LVA", "FIN", "ESP", "CZE")
FIRST = date(2022, 1, 1)


def codes() -> list[str]:
    """Every subheading of HS 2022."""
    chapters = [f"{number:02d}" for number in range(1, 98) if number != 77]
    headings = [heading for chapter in chapters for heading in children(chapter)]
    return [code for heading in headings for code in children(heading)]


def questions(count: int) -> list[Inquiry]:
    dice = random.Random(SEED)
    known = codes()
    return [
        Inquiry(
            dice.choice(("EU", "EU", "US", "UK")),
            dice.choice((*PLACES, "KGZ")),
            code,
            FIRST + timedelta(days=dice.randrange(1400)),
        )
        for code in dice.sample(known, count)
    ]


def time_asking(count: int) -> dict[str, Any]:
    began = time.perf_counter()
    book = shipped()
    loaded = time.perf_counter() - began
    taken = []
    for inquiry in questions(count):
        began = time.perf_counter()
        ask(inquiry, book)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    wide = sorted(_chapters(book))
    return {
        "measures": len(book.rows),
        "load_seconds": round(loaded, 2),
        "ask_ms_median": round(statistics.median(taken), 3),
        "ask_ms_99th": round(taken[int(len(taken) * 0.99)], 3),
        "ask_chapter_ms_median": round(statistics.median(wide), 3),
        "ask_chapter_ms_most": round(wide[-1], 1),
    }


def _chapters(book: Rulebook) -> list[float]:
    taken = []
    for number in range(1, 98):
        if number != 77:
            inquiry = Inquiry("EU", "RUS", f"{number:02d}", date(2023, 3, 1))
            began = time.perf_counter()
            ask(inquiry, book)
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def write_flows(path: Path, rows: int) -> None:
    """Flows in the columns of `TRADE_FLOW`: any subheading, any month of 2022 to 2024."""
    dice = random.Random(SEED)
    known = codes()
    months = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    columns = {
        "reporter": dice.choices(REPORTERS, k=rows),
        "partner": dice.choices(PLACES, k=rows),
        "flow": ["X"] * rows,
        "commodity_code": dice.choices(known, k=rows),
        "period": dice.choices(months, k=rows),
        "value_eur": [float(dice.randrange(1, 10**6)) for _ in range(rows)],
    }
    names = [*columns, "file_id", "locator"]
    lines = pa.array([f"line {n}" for n in range(rows)])
    made = [*(pa.array(column) for column in columns.values()), pa.array(["b" * 64] * rows), lines]
    pq.write_table(pa.table(made, names=names), path, compression="zstd")


def time_flows(path: Path, engine: Engine) -> dict[str, Any]:
    began = time.perf_counter()
    scan = engine.read_parquet([path])
    engine.fetch(scan.group_by("partner", "period").agg(value=scan.value_eur.sum()))
    bare = time.perf_counter() - began
    began = time.perf_counter()
    found = flagged(engine.read_parquet([path]), shipped(), engine)
    counted = engine.keep(found)
    seconds = time.perf_counter() - began
    rows = engine.fetch(counted.aggregate(n=counted.count()))["n"][0].as_py()
    return {
        "flows_seconds": round(seconds, 2),
        "flows_flagged": rows,
        "bare_scan_seconds": round(bare, 3),
        "ratio": round(seconds / bare, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the rule base.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    asked = time_asking(3_000)
    with tempfile.TemporaryDirectory(prefix="entrepot-bench-") as name:
        path = Path(name) / "flows.parquet"
        write_flows(path, rows)
        with open_engine(threads=2) as engine:
            flows = time_flows(path, engine)
    print(json.dumps({**asked, "rows": rows, **flows}))


if __name__ == "__main__":
    main()
