"""Reroutings planted in real figures of a calm period, beside benign changes, all seeded.

The ground is the edition that ships: exports of the 27 EU members to seven partners by HS6 and
month, January 2020 to December 2021, when nothing of this kind was banned. On it are laid

* bans to Russia of a random part of the goods, on one day or on several;
* reroutings: a banned good, one to three hubs, one to three reporters, EUR 10,000 to 10 million
  in all, spread evenly in logs; flat or a ramp; uneven months;
* the fall of direct exports of banned goods (or none);
* as many benign booms (a cell multiplied from a random month on), as many lumps (one delivery), and
  growth of everything in two of six hubs. They fall on banned and free goods alike.

`World.truth` names the planted cells. No method of the product reads anything here.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entrepot.measures.rows import SCHEMA
from entrepot.sources import pocket
from flowrows import export_rows

Floats = NDArray[np.float64]

HUBS = ("ARM", "BLR", "GEO", "KAZ", "KGZ", "UZB")
PERIODS = tuple(f"{year}-{month:02}" for year in (2020, 2021) for month in range(1, 13))
SMALLEST, LARGEST = 1e4, 1e7
"""EUR in all, from the ban to the end of 2021."""


@dataclass(frozen=True)
class Recipe:
    """How a world is made: `planted` cells, `benign` booms and as many lumps."""

    name: str
    planted: int = 120
    benign: int = 120
    banned_share: float = 0.45
    days: tuple[int, ...] = (12,)
    known_sellers: bool = False
    direct_falls: bool = True
    smallest: float = SMALLEST


RECIPES = (
    Recipe("one day"),
    Recipe("several days", days=(12, 14, 16, 18)),
    Recipe("sellers who sold there before", known_sellers=True),
    Recipe("direct trade untouched", direct_falls=False),
    Recipe("few reroutings", planted=30),
    Recipe("EUR 100 k and more", smallest=1e5, benign=40),
)


@dataclass(frozen=True)
class World:
    """Rows of TRADE_FLOW, rows of MEASURE, and the truth: (hub, HS6) to euros planted."""

    flows: pa.Table
    measures: pa.Table
    truth: dict[tuple[str, str], float]


@lru_cache(maxsize=1)
def ground() -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """Reporters, HS6 codes, and values: reporters x (hubs, Russia) x codes x months, EUR."""
    rows = pocket.flows()
    rows = rows.filter(pc.equal(pc.utf8_length(rows["commodity_code"]), 6))
    columns = [rows[n].to_pylist() for n in ("reporter", "partner", "commodity_code", "period")]
    reporters, codes = tuple(sorted(set(columns[0]))), tuple(sorted(set(columns[2])))
    places = [{n: i for i, n in enumerate(axis)} for axis in (reporters, (*HUBS, "RUS"), codes)]
    month = {period: i for i, period in enumerate(PERIODS)}
    values = np.zeros((len(reporters), len(HUBS) + 1, len(codes), len(PERIODS)))
    for *keys, period, value in zip(*columns, rows["value_eur"].to_pylist(), strict=True):
        if period in month and value is not None:
            where = tuple(place[key] for place, key in zip(places, keys, strict=True))
            values[(*where, month[period])] += float(value)
    return reporters, codes, values


def world(recipe: Recipe, seed: int) -> World:
    rng = np.random.default_rng([seed, 20_220_826])
    reporters, codes, real = ground()
    values = real.copy()
    banned = rng.random(len(codes)) < recipe.banned_share
    begins = rng.choice(recipe.days, len(codes))
    _benign(values, recipe.benign, rng)
    if recipe.direct_falls:
        for k in np.flatnonzero(banned):
            values[:, -1, k, begins[k] :] *= rng.uniform(0.03, 0.5)
    truth = _plant(values, recipe, banned, begins, rng)
    named = {(HUBS[h], codes[k]): size for (h, k), size in truth.items()}
    return World(_flows(values, reporters, codes), _measures(codes, banned, begins), named)


def _benign(values: Floats, count: int, rng: np.random.Generator) -> None:
    reporters, _, _, months = values.shape
    alive = np.argwhere(values[:, :-1].sum(axis=(0, 3)) > 0)
    for h, k in alive[rng.integers(0, len(alive), count)]:
        values[:, h, k, rng.integers(4, 20) :] *= np.exp(rng.uniform(*np.log([1.5, 6.0])))
    for h, k in alive[rng.integers(0, len(alive), count)]:
        lump = np.exp(rng.uniform(*np.log([3e4, LARGEST])))
        values[rng.integers(0, reporters), h, k, rng.integers(0, months)] += lump
    for h in rng.choice(len(HUBS), 2, replace=False):
        values[:, h, :, rng.integers(8, 16) :] *= rng.uniform(1.3, 2.5)


def _plant(
    values: Floats,
    recipe: Recipe,
    banned: NDArray[np.generic],
    begins: NDArray[np.generic],
    rng: np.random.Generator,
) -> dict[tuple[int, int], float]:
    months = values.shape[-1]
    sold = values[:, -1, :, :12].sum(axis=(0, 2)) > 1e5
    goods = np.flatnonzero(banned & sold)  # a good the target bought: otherwise nothing to reroute
    planted: dict[tuple[int, int], float] = {}
    while len(planted) < recipe.planted:
        k = int(rng.choice(goods))
        for h in rng.choice(len(HUBS), rng.integers(1, 4), replace=False):
            if (int(h), k) in planted:
                continue
            size = float(np.exp(rng.uniform(*np.log([recipe.smallest, LARGEST]))))
            length = months - begins[k]
            shape = np.ones(length) if rng.random() < 0.5 else np.linspace(0.2, 1.8, length)
            shape = shape * rng.gamma(3.0, 1 / 3, length)
            sellers = _sellers(values[:, h, k, : begins[k]], recipe.known_sellers, rng)
            parts = rng.dirichlet(np.full(len(sellers), 2.0))
            added = size * parts[:, None] * (shape / shape.sum())[None, :]
            values[sellers, h, k, begins[k] :] += added
            planted[int(h), k] = size
    return planted


def _sellers(before: Floats, known: bool, rng: np.random.Generator) -> NDArray[np.int64]:
    reporters, count = len(before), rng.integers(1, 4)
    weight = before.sum(axis=1)
    if known and weight.sum() > 0:
        return np.unique(rng.choice(reporters, count, p=weight / weight.sum()))
    return rng.choice(reporters, count, replace=False)


def _flows(values: Floats, reporters: tuple[str, ...], codes: tuple[str, ...]) -> pa.Table:
    r, p, k, t = np.nonzero(values >= 0.005)
    text = pa.string()
    axes = {
        "reporter": (reporters, r),
        "partner": ((*HUBS, "RUS"), p),
        "commodity_code": (codes, k),
        "period": (PERIODS, t),
    }
    texts = {
        name: pa.DictionaryArray.from_arrays(where, pa.array(names, text)).cast(text)
        for name, (names, where) in axes.items()
    }
    return export_rows(texts, values[r, p, k, t], 6)


def _measures(
    codes: tuple[str, ...], banned: NDArray[np.generic], begins: NDArray[np.generic]
) -> pa.Table:
    rows = []
    for k in np.flatnonzero(banned):
        year, month = PERIODS[begins[k]].split("-")
        row: dict[str, object] = dict.fromkeys(SCHEMA.names)
        row.update(
            measure_id=f"msr_{codes[k]}", regime="EU", instrument="planted", article="", annex="",
            destination="RUS", effect="export_ban", code_system="HS", commodity_code=codes[k],
            is_partial=False, valid_from=date(int(year), int(month), 1), certainty="derived",
            citation="benchmarks/planted.py", note="",
        )  # fmt: skip
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=SCHEMA)
