"""PPML against a known truth, beside least squares on logs.

    python benchmarks/bench_ppml.py [--seeds 3] [--sizes small,full]

A made-up panel: exporters x destinations x goods x 24 months; three destinations are hubs whose
purchases of restricted goods rise by exp(0.260) - 1 after the ban, one is the target, whose fall
to a fifth. Values are whole numbers drawn around the truth with exponential noise, so many are
zero. Fixed effects exporter x destination x good, exporter x destination x month, exporter x good x
month; errors clustered by exporter x destination x good. Goods are banned in three months.

Prints one JSON line a size and seed: b and standard error of both methods, how many standard errors
they are off, rows, share of zeros, seconds of each, and peak memory of the whole process.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from datetime import date
from typing import Any

import numpy as np

from entrepot.signals.baskets import Basket
from entrepot.signals.effect.design import Cells
from entrepot.signals.effect.effect import Model, effect
from entrepot.signals.question import Question

TRUTH = {"hubs": 0.260, "target": math.log(0.2)}
HUBS = ("ARM", "KAZ", "KGZ")
BANS = (date(2022, 3, 16), date(2022, 4, 9), date(2022, 7, 22))
MONTHS = tuple(f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13))

SIZES = {"small": (8, 20, 50), "full": (16, 50, 100)}
"""Exporters, destinations, goods."""


def made_up(size: tuple[int, int, int], seed: int) -> Cells:
    """A panel in which the effects are known; half of the goods are restricted."""
    exporters, places, goods = size
    draw = np.random.default_rng(seed)
    names = ("RUS", *HUBS, *(f"D{i:02}" for i in range(places - 4)))
    baskets = [
        Basket(f"{k:04}", f"{k:04}", k % 2 == 0, banned_from=None if k % 2 else BANS[k % 3])
        for k in range(goods)
    ]
    months = np.arange(len(MONTHS))
    first = np.array([_first_month(one.banned_from) for one in baskets])
    after = months[None, :] >= first[:, None]
    effects = np.zeros(places)
    effects[0], effects[1:4] = TRUTH["target"], TRUTH["hubs"]
    level = draw.normal(1.0, 1.0, (exporters, places, goods, 1))
    level = level + draw.normal(0, 0.3, (exporters, places, 1, len(MONTHS)))
    level = level + draw.normal(0, 0.3, (exporters, 1, goods, len(MONTHS)))
    level = level + effects[None, :, None, None] * after[None, None, :, :]
    value = draw.poisson(np.exp(level) * draw.exponential(1.0, level.shape)).astype(np.float64)
    cells = [(i, j, k) for i in range(exporters) for j in range(places) for k in range(goods)]
    return Cells(
        tuple(f"E{i:02}" for i, _, _ in cells),
        tuple(names[j] for _, j, _ in cells),
        tuple(baskets[k] for _, _, k in cells),
        MONTHS,
        value.reshape(len(cells), len(MONTHS)),
    )


def _first_month(banned_from: date | None) -> int:
    """The month of the ban belongs to neither side; it is drawn as before."""
    if banned_from is None:
        return len(MONTHS)
    return MONTHS.index(f"{banned_from:%Y-%m}") + 1


def measure(size: str, seed: int) -> dict[str, Any]:
    """One panel, both methods."""
    import pyfixest  # noqa: F401  its import is not what is measured

    cells = made_up(SIZES[size], seed)
    out: dict[str, Any] = {
        "size": size,
        "seed": seed,
        "rows": cells.values.size,
        "zero_share": round(float((cells.values == 0).mean()), 3),
        "truth": TRUTH["hubs"],
    }
    models: tuple[Model, ...] = ("ppml", "log_ols")
    for model in models:
        began = time.monotonic()
        found = effect(cells, Question(), HUBS, model=model, cluster="ijk")
        seconds = time.monotonic() - began
        for group, truth in TRUTH.items():
            one = found.of(group)
            if one.b is None or one.standard_error is None:
                raise SystemExit(f"{model} gave no effect for {group}: {one.reason}")
            name = f"{model}_{group}"
            out[name] = round(one.b, 4)
            out[f"{name}_error"] = round(one.standard_error, 4)
            out[f"{name}_off"] = round((one.b - truth) / one.standard_error, 2)
        out[f"{model}_seconds"] = round(seconds, 1)
    out["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="PPML against a known truth.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sizes", default="small,full")
    parser.add_argument("--one", nargs=2, metavar=("SIZE", "SEED"), help="one panel, in here")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one[0], int(asked.one[1]))))
        return
    for size in asked.sizes.split(","):
        for seed in range(asked.seeds):
            # A process each, so that peak memory is that of one panel.
            command = [sys.executable, __file__, "--one", size, str(seed)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
