"""All leads, panel model included: the edition that ships, and a panel of 2 million rows.

    python benchmarks/bench_leads.py

Targets (not tests): the edition that ships under 20 s, 2 million rows under 30 s, both under 3 GB
on two cores. Each measurement is a process of its own; a bare scan of the same rows stands beside.
"""

import argparse
import json
import resource
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa

from entrepot.engine import Engine, open_engine
from entrepot.signals.detect import detect
from entrepot.signals.question import Question
from entrepot.sources import pocket
from entrepot.workspace import rules
from flowrows import export_rows

DESTINATIONS, MONTHS, ROWS = 40, 35, 2_000_000
SELLERS = ("DEU", "FRA", "ITA", "NLD", "POL")
CASES = ("shipped 4", "shipped 6", "panel 6")


def made(seed: int = 0) -> pa.Table:
    """A panel of `ROWS` cells x months: random trade of the shipped codes with 40 destinations."""
    rng = np.random.default_rng(seed)
    shipped = pocket.flows()
    codes = sorted({code for code in shipped["commodity_code"].to_pylist() if len(code) == 6})
    periods = sorted(set(shipped["period"].to_pylist()))[:MONTHS]
    cells = min(ROWS // MONTHS, len(codes) * DESTINATIONS)
    hubs = np.array(["RUS", *(one for one in ISO if one != "RUS")][: DESTINATIONS + 1])
    key = rng.permutation(len(hubs) * len(codes))[:cells]
    size = np.exp(rng.normal(10, 2, cells))
    t = np.tile(np.arange(len(periods)), cells)
    cell = np.repeat(np.arange(cells), len(periods))
    value = size[cell] * rng.gamma(0.7, 1 / 0.7, len(cell))
    seller = rng.integers(0, len(SELLERS), cells)[cell]
    columns = {
        "reporter": np.array(SELLERS)[seller],
        "partner": hubs[key // len(codes)][cell],
        "commodity_code": np.array(codes)[key % len(codes)][cell],
        "period": np.array(periods)[t],
    }
    texts = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return export_rows(texts, value, 6)


ISO = (
    "ARE", "ARG", "ARM", "AUS", "AZE", "BLR", "BRA", "CAN", "CHE", "CHL", "CHN", "COL", "EGY",
    "GBR", "GEO", "HKG", "IDN", "IND", "ISR", "JPN", "KAZ", "KGZ", "KOR", "MAR", "MEX", "MYS",
    "NOR", "PER", "PHL", "RUS", "SAU", "SGP", "SRB", "THA", "TUN", "TUR", "UKR", "USA", "UZB",
    "VNM", "ZAF",
)  # fmt: skip


def measure(case: str) -> dict[str, object]:
    what, level = case.split()
    with open_engine("duckdb") as engine:
        flows = engine.table(pocket.flows() if what == "shipped" else made())
        scan = _scan(engine, flows)
        question = Question(level=int(level))
        measures = rules(question)
        began = time.monotonic()
        found = detect(flows, measures, question, engine)
        seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hubs, baskets, periods = found.panel.values.shape
    return {
        "benchmark": "leads", "case": case, "seconds": round(seconds, 1), "peak_mb": round(peak),
        "scan_seconds": round(scan, 3), "ratio": round(seconds / scan, 1),
        "cells_x_periods": hubs * baskets * periods, "judged": len(found.leads),
        "listed": len(found.listed()), "by_panel_model": sum(one.is_panel for one in found.leads),
    }  # fmt: skip


def _scan(engine: Engine, flows: object) -> float:
    began = time.monotonic()
    engine.fetch(flows.aggregate(total=flows.value_eur.sum()))  # type: ignore[attr-defined]
    return time.monotonic() - began


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--case", choices=CASES)
    case = options.parse_args().case
    if case:
        print(json.dumps(measure(case)))
        return
    for one in CASES:
        subprocess.run([sys.executable, __file__, "--case", one], check=True)


if __name__ == "__main__":
    main()
