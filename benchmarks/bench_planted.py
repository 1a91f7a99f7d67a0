"""How often the list is right: planted reroutings, ours against the rules in use.

    python benchmarks/bench_planted.py [--seeds 5] [--level 6]

Targets (not tests): average precision at least 0.85, false share at most 0.10 at q = 0.1, recall at
least 0.85 above EUR 1 million and 0.80 from EUR 100,000 to a million. One JSON line a recipe and
method; means over the seeds, and the worst seed where it matters.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence

import numpy as np

from entrepot.engine import open_engine
from entrepot.signals.detect import detect
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from planted import RECIPES, World, world

SIZES = ((1e4, 1e5), (1e5, 1e6), (1e6, 1e9))
FALSE_SHARE = 0.1
FIRST = 50

Score = Callable[[Lead], float]


def levels(lead: Lead) -> tuple[float, float]:
    """Mean a month before and after."""
    before, after = ([lead.values[i] for i in places] for places in (lead.before, lead.after))
    return float(np.mean(before)), float(np.mean(after))


def year_on_year(lead: Lead) -> float:
    last, same = lead.values[-1], lead.values[-13]
    return last / same if same else float("inf") if last else 0.0


def commission(lead: Lead) -> float:
    """Over EUR 1 m a year and at least twice the mean before, by size; 0 where it does not hold."""
    before, after = levels(lead)
    return after if 12 * after > 1e6 and after >= 2 * before else 0.0


def z_of_median(lead: Lead) -> float:
    before = np.array([lead.values[i] for i in lead.before])
    after = np.median([lead.values[i] for i in lead.after])
    return float((after - before.mean()) / (before.std() + 1e4))


def low_against_high(lead: Lead) -> float:
    """A low month after (70 % reach it) against a high month before (15 % reach it)."""
    before, after = (sorted(lead.values[i] for i in s) for s in (lead.before, lead.after))
    low = after[len(after) - int(np.ceil(0.70 * len(after)))]
    high = before[len(before) - int(np.ceil(0.15 * len(before)))]
    return float(np.log((low + 1e4) / (high + 1e4)))


RULES: dict[str, Score] = {
    "gain": lambda lead: levels(lead)[1] - levels(lead)[0],
    "ratio to the mean before (Statistics Netherlands)": lambda lead: (
        levels(lead)[1] / max(1.0, levels(lead)[0])
    ),
    "year on year, last month": year_on_year,
    "Commission: over EUR 1 m and doubled": commission,
    "volume": lambda lead: levels(lead)[1],
    "z-score of the median month": z_of_median,
    "low month against high month": low_against_high,
}


def average_precision(hits: Sequence[bool]) -> float:
    found = np.asarray(hits)
    reached = np.cumsum(found) / np.arange(1, len(found) + 1)
    return float(reached[found].mean())


def judge(made: World, level: int) -> tuple[list[Lead], dict[tuple[str, str], float]]:
    truth: dict[tuple[str, str], float] = {}
    for (hub, code), size in made.truth.items():
        truth[hub, code[:level]] = truth.get((hub, code[:level]), 0.0) + size
    with open_engine("duckdb") as engine:
        question = Question(level=level, since="2021-01", fdr=FALSE_SHARE)
        found = detect(engine.table(made.flows), made.measures, question, engine)
    return list(found.leads), truth


def ranked(leads: Sequence[Lead], truth: dict[tuple[str, str], float]) -> dict[str, float]:
    hits = [(lead.hub, lead.commodity_code) in truth for lead in leads]
    return {"ap": average_precision(hits), f"precision_at_{FIRST}": float(np.mean(hits[:FIRST]))}


def listed(leads: Sequence[Lead], truth: dict[tuple[str, str], float]) -> dict[str, float]:
    names = {(one.hub, one.commodity_code) for one in leads if one.status == "lead"}
    out = {
        "listed": len(names),
        "false_share": len(names - truth.keys()) / max(1, len(names)),
    }
    for low, high in SIZES:
        there = [key for key, size in truth.items() if low <= size < high]
        out[f"recall_{low:.0f}"] = (
            float(np.mean([key in names for key in there])) if there else float("nan")
        )
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--level", type=int, default=6, choices=(4, 6))
    asked = options.parse_args()
    for recipe in RECIPES:
        began = time.monotonic()
        rows: dict[str, list[dict[str, float]]] = {}
        for seed in range(asked.seeds):
            leads, truth = judge(world(recipe, seed), asked.level)
            rows.setdefault("entrepot", []).append(ranked(leads, truth) | listed(leads, truth))
            alive = [one for one in leads if one.before and one.after]
            for name, score in RULES.items():
                order = sorted(alive, key=score, reverse=True)
                rows.setdefault(name, []).append(ranked(order, truth))
        for name, found in rows.items():
            means = {key: round(float(np.nanmean([r[key] for r in found])), 3) for key in found[0]}
            line = {"benchmark": "planted", "recipe": recipe.name, "level": asked.level,
                    "seeds": asked.seeds, "method": name, **means}  # fmt: skip
            if "false_share" in means:
                line["worst_false_share"] = round(max(r["false_share"] for r in found), 3)
                line["seconds"] = round(time.monotonic() - began, 1)
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
