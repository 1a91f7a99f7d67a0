"""How often the interval of a lead holds the truth, in worlds where the truth is known.

    python benchmarks/bench_coverage.py [--seeds 3] [--level 6] [--level 4]

Nominal: 90 % (`units.INTERVAL_SHARE`). A lead says "above expectation, from `excess_low` to
`excess_high`". In a planted world (`planted.py`) the truth is the euros planted in that cell from
the ban on, 0 where nothing was planted; all else, booms and lumps too, is ordinary change. The
interval covers where the truth lies in it. `over`: the truth lies below it, so the lead says too
much; `under`: above it.

Windows: 9 and 12 months after the ban lie in the figures that ship, of the calm years 2020 and
2021. For 24 months and for years those are too short, so further years are made (`longer`): each is
one of the cell's two real years, drawn by lot. Where the same one comes twice in a row it is times
a step drawn from the changes from 2020 to 2021 of cells of like size. So a year's change is as in
the figures; whether longer changes are, nobody can tell from two years.

Recipes: "noise" has nothing but growth of two hubs, "planted" 120 reroutings and as many booms and
lumps. Seeds 0, 1, ...; progress goes to stderr, one JSON line a class to stdout, a table at the
end.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.codes.period import start
from entrepot.engine import open_engine
from entrepot.signals.counterfactual import THIN_SHARE
from entrepot.signals.detect import detect
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.units import LOW_BASE_PER_MONTH, MONTHS_PER_YEAR
from flowrows import export_rows
from planted import HUBS, Recipe, World, _benign, _measures, _plant, ground

Floats = NDArray[np.float64]

CENT = 0.01
REAL_MONTHS = 24
SIZES = (("under EUR 10 k a year", 1e4), ("10 k to 100 k", 1e5), ("100 k to 1 m", 1e6),
         ("above 1 m", np.inf))  # fmt: skip
SIZE_CLASSES = 10
"""Classes of like size in which a step is drawn."""

RECIPES = (
    Recipe("noise", planted=0, benign=0),
    Recipe("planted"),
)


@dataclass(frozen=True)
class Span:
    """How long the figures are and when the ban begins, in months; `is_yearly`: made years."""

    name: str
    months: int
    banned_at: int
    is_yearly: bool = False

    def periods(self) -> tuple[str, ...]:
        years = range(2022 - self.months // MONTHS_PER_YEAR, 2022)
        if self.is_yearly:
            return tuple(str(year) for year in years)
        return tuple(f"{year}-{month:02}" for year in years for month in range(1, 13))

    def since(self) -> str:
        return self.periods()[self.banned_at // (MONTHS_PER_YEAR if self.is_yearly else 1)]


SPANS = (
    Span("9 months", 24, 15),
    Span("12 months", 24, 12),
    Span("24 months", 48, 24),
    Span("2 years", 72, 48, is_yearly=True),
)


def longer(real: Floats, months: int, rng: np.random.Generator) -> Floats:
    """The two real years, and made ones after them up to `months` (last axis)."""
    years = [real[..., :MONTHS_PER_YEAR], real[..., MONTHS_PER_YEAR:REAL_MONTHS]]
    base = LOW_BASE_PER_MONTH * MONTHS_PER_YEAR
    first, second = (year.sum(axis=(0, -1)) for year in years)
    alive = (first + second) > 0
    change = np.log((second + base) / (first + base))[alive]
    ranked = np.argsort(np.argsort((first + second)[alive], kind="stable"), kind="stable")
    of_class = ranked * SIZE_CLASSES // len(ranked)
    for one in range(SIZE_CLASSES):
        change[of_class == one] -= np.median(change[of_class == one])
    made, level, last = list(years), np.zeros(alive.shape), np.ones(alive.shape, dtype=bool)
    while len(made) * MONTHS_PER_YEAR < months:
        drawn, is_second = np.zeros(alive.shape), rng.random(alive.shape) < 1 / 2
        drawn[alive] = _like(change, of_class, rng)
        level += np.where(is_second == last, drawn, 0.0)
        block = np.where(is_second[None, ..., None], years[1], years[0])
        made.append(block * np.exp(level)[None, ..., None])
        last = is_second
    return np.concatenate(made, axis=-1)


def _like(change: Floats, of_class: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    """For each cell the change of another of its class."""
    drawn = np.empty(len(change))
    for one in range(SIZE_CLASSES):
        here = of_class == one
        drawn[here] = rng.choice(change[here], here.sum())
    return drawn


def made_ground(months: int, seed: int) -> Floats:
    real = ground()[2]
    if months <= REAL_MONTHS:
        return real
    return longer(real, months, np.random.default_rng([seed, 20_210_101]))


def made_world(span: Span, recipe: Recipe, seed: int) -> World:
    """As `planted.world`, on a ground of any length, all bans on one day."""
    rng = np.random.default_rng([seed, 20_220_826])
    reporters, codes, _ = ground()
    values = made_ground(span.months, seed).copy()
    banned = rng.random(len(codes)) < recipe.banned_share
    begins = np.full(len(codes), span.banned_at)
    # A year before the ban at the earliest, so that changes fall before and after it.
    _benign(values[..., span.banned_at - MONTHS_PER_YEAR :], recipe.benign, rng)
    values[:, -1, banned, span.banned_at :] *= rng.uniform(0.03, 0.5, banned.sum())[None, :, None]
    truth = _plant(values, recipe, banned, begins, rng)
    named = {(HUBS[h], codes[k]): size for (h, k), size in truth.items()}
    if span.is_yearly:
        shape = (*values.shape[:-1], span.months // MONTHS_PER_YEAR, MONTHS_PER_YEAR)
        values = values.reshape(shape).sum(axis=-1)
    flows = _flows(values, reporters, codes, span.periods())
    return World(flows, _dated(_measures(codes, banned, np.full(len(codes), 0)), span), named)


def _dated(measures: pa.Table, span: Span) -> pa.Table:
    place = measures.schema.get_field_index("valid_from")
    days = pa.array([start(span.since())] * measures.num_rows, measures.schema.field(place).type)
    return measures.set_column(place, measures.schema.field(place), days)


def _flows(
    values: Floats, reporters: Sequence[str], codes: Sequence[str], periods: Sequence[str]
) -> pa.Table:
    r, p, k, t = np.nonzero(values >= CENT / 2)
    axes = {
        "reporter": (reporters, r),
        "partner": ((*HUBS, "RUS"), p),
        "commodity_code": (codes, k),
        "period": (periods, t),
    }
    text = pa.string()
    texts = {
        name: pa.DictionaryArray.from_arrays(where, pa.array(names, text)).cast(text)
        for name, (names, where) in axes.items()
    }
    return export_rows(texts, values[r, p, k, t], 6)


@dataclass(frozen=True)
class Case:
    """One lead with an interval: -1 the truth lies below it, 0 in it, 1 above."""

    side: int
    size: str
    is_thin: bool
    is_planted: bool
    is_panel: bool


def cases(leads: Iterable[Lead], truth: dict[tuple[str, str], float]) -> Iterator[Case]:
    for lead in leads:
        if lead.excess_low is None or lead.excess_high is None or lead.expected is None:
            continue
        planted = truth.get((lead.hub, lead.commodity_code), 0.0)
        side = (planted > lead.excess_high + CENT) - (planted < lead.excess_low - CENT)
        months = len(lead.after) * (1 if "-" in lead.periods[0] else MONTHS_PER_YEAR)
        a_year = lead.expected / months * MONTHS_PER_YEAR
        name = next(name for name, top in SIZES if a_year < top)
        traded = np.mean([lead.values[i] > 0 for i in lead.before])
        yield Case(side, name, bool(traded < THIN_SHARE), planted > 0, lead.is_panel)


def run(span: Span, recipe: Recipe, seed: int, level: int) -> list[Case]:
    made = made_world(span, recipe, seed)
    truth: dict[tuple[str, str], float] = {}
    for (hub, code), size in made.truth.items():
        truth[hub, code[:level]] = truth.get((hub, code[:level]), 0.0) + size
    with open_engine("duckdb") as engine:
        question = Question(level=level, since=span.since())
        found = detect(engine.table(made.flows), made.measures, question, engine)
    return list(cases(found.leads, truth))


def classes(found: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    yield "all", list(found)
    yield "thin", [one for one in found if one.is_thin]
    yield "thick", [one for one in found if not one.is_thin]
    for name, _ in SIZES:
        yield name, [one for one in found if one.size == name]
    if any(one.is_planted for one in found):
        yield "planted cells", [one for one in found if one.is_planted]


def told(of_seeds: Sequence[Sequence[Case]], name: str) -> dict[str, float | int]:
    """Coverage over all seeds, and that of the worst seed."""
    parts = [dict(classes(one)).get(name, []) for one in of_seeds]
    sides = np.array([one.side for part in parts for one in part])
    if not len(sides):
        return {"cells": 0}
    shares = [np.mean([one.side == 0 for one in part]) for part in parts if part]
    return {
        "cells": len(sides),
        "coverage": round(float((sides == 0).mean()), 3),
        "worst_seed": round(float(min(shares)), 3),
        "over": round(float((sides < 0).mean()), 3),
        "under": round(float((sides > 0).mean()), 3),
    }


def table(lines: Sequence[dict[str, object]]) -> str:
    """Markdown: a row a window, level and recipe; a column a class."""
    names = list(dict.fromkeys(str(line["class"]) for line in lines))
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for line in lines:
        key: tuple[object, ...] = (line["window"], line["level"], line["recipe"])
        rows.setdefault(key, {})[str(line["class"])] = line.get("coverage")
    head = ["window", "level", "recipe", *names]
    out = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for key, row in rows.items():
        shares = [f"{row[n]:.2f}" if row.get(n) is not None else "–" for n in names]
        out.append("| " + " | ".join([*(str(one) for one in key), *shares]) + " |")
    return "\n".join(out)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--level", type=int, action="append", choices=(4, 6))
    options.add_argument("--window", action="append", choices=[one.name for one in SPANS])
    options.add_argument("--recipe", action="append", choices=[one.name for one in RECIPES])
    asked = options.parse_args()
    lines: list[dict[str, object]] = []
    began = time.monotonic()
    for span, level, recipe in product(SPANS, asked.level or (6, 4), RECIPES):
        if asked.window and span.name not in asked.window:
            continue
        if asked.recipe and recipe.name not in asked.recipe:
            continue
        about = {"window": span.name, "level": level, "recipe": recipe.name, "seeds": asked.seeds}
        found = []
        for seed in range(asked.seeds):
            found.append(run(span, recipe, seed, level))
            spent = f"{time.monotonic() - began:5.0f} s"
            print(spent, *about.values(), "seed", seed, file=sys.stderr, flush=True)
        for name in dict(classes([one for part in found for one in part])):
            lines.append({"benchmark": "coverage", **about, "class": name, **told(found, name)})
            print(json.dumps(lines[-1]), flush=True)
    print(table(lines))


if __name__ == "__main__":
    main()
