"""Yearly trade of the shape of CEPII BACI, generated: for `bench_scale.py`.

    python benchmarks/generate_baci.py FOLDER [--rows 10] [--seed 1]

Seven years (2017 to 2023), 225 countries, the 5,386 subheadings of HS 2017. BACI has one figure a
flow (t, i, j, k, v in thousand dollars, q in tonnes), reconciled from both reports, so a row here
is an export (X) of i to j with dollars and kilograms. Each year is one Parquet file in the columns
of TRADE_FLOW that the product reads, sorted by exporter, partner and code as BACI is.

Sparse and skewed by gravity: whether a cell has a figure, and how large it is, goes with the size
of exporter, partner and good, a distance, and chance. Values are log-normal: the median is a few
thousand dollars, the mean a hundred times that. A cell stays from year to year in most cases.
Exports of EU members to Russia fall where the rule base bans them. Rerouting is planted in seven
hubs: `planted.json` says which hub and code. Memory holds one exporter at a time.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pycountry
from numpy.typing import NDArray

from entrepot.codes.commodity import children
from entrepot.codes.country import members
from entrepot.codes.editions import links
from entrepot.measures.base import load
from entrepot.measures.scope import codes_restricted

Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

YEARS = tuple(range(2017, 2024))
COUNTRIES = 225
LARGEST = """
    CHN USA DEU JPN NLD KOR ITA FRA BEL HKG GBR CAN MEX SGP ESP RUS TWN POL CHE IND AUS MYS VNM ARE
    THA CZE AUT BRA TUR SAU IDN SWE HUN IRL DNK ZAF ROU SVK NOR PRT FIN UKR GRC KAZ LTU SVN BGR LVA
    EST LUX HRV MLT CYP BLR UZB GEO ARM KGZ
"""
"""In about the order of their exports; the others follow by chance."""

TARGET = "RUS"
HUBS = ("ARE", "ARM", "GEO", "KAZ", "KGZ", "TUR", "UZB")
SELLERS = ("DEU", "ITA", "POL")
PLANTED_A_HUB = 40
STEADY = 0.85  # share of cells whose presence is not drawn afresh each year

ROWS_A_GROUP = 122_880
SAMPLE = 23  # every so many codes are looked at to find how sparse the world must be


@dataclass(frozen=True)
class World:
    """Names and sizes (natural logarithm) of countries and codes, and the year of each EU ban."""

    countries: tuple[str, ...]
    codes: tuple[str, ...]
    sizes: Floats
    places: Floats
    popular: Floats
    banned: Indices  # 9999: not banned
    intercept: float = 0.0

    @classmethod
    def draw(cls, rows: int, seed: int) -> "World":
        rng = np.random.default_rng([seed, 0])
        rest = sorted({one.alpha_3 for one in pycountry.countries} - set(LARGEST.split()))
        others = rng.permutation(rest)[: COUNTRIES - len(LARGEST.split())].tolist()
        ranked = LARGEST.split() + others
        size = {name: -1.15 * np.log(rank + 3) for rank, name in enumerate(ranked)}
        countries = tuple(sorted(ranked))
        codes = tuple(sorted(hs2017()))
        world = cls(
            countries,
            codes,
            np.array([size[name] for name in countries], np.float32),
            rng.random((COUNTRIES, 2), np.float32),
            rng.standard_normal(len(codes), np.float32),
            ban_years(codes),
        )
        return world.fitted(rows)

    def fitted(self, rows: int) -> "World":
        """The same with the intercept that gives about `rows` rows."""
        near = self._halved(rows)
        return self._halved(rows * near.expected(SAMPLE) / near.expected(1))

    def _halved(self, rows: float) -> "World":
        """Find the intercept by halving, on a sample of the codes."""
        low, high = -20.0, 40.0
        for _ in range(20):
            middle = (low + high) / 2
            is_many = replace(self, intercept=middle).expected(SAMPLE) > rows
            low, high = (low, middle) if is_many else (middle, high)
        return replace(self, intercept=high)

    def expected(self, step: int) -> float:
        """Expected rows, judged by every `step`-th code."""
        codes = slice(None, None, step)
        cells = sum(float(self.chance(i, codes).sum()) for i in range(COUNTRIES))
        return cells * len(YEARS) * len(self.codes) / len(self.codes[codes])

    def pull(self, i: int) -> Floats:
        """Gravity of exporter i and each partner; a country does not trade with itself."""
        distance = np.hypot(*(self.places - self.places[i]).T)
        pull = 1.5 * self.sizes[i] + 1.1 * self.sizes - 1.5 * distance
        pull[i] = -1e6
        return np.asarray(pull, np.float32)

    def chance(self, i: int, codes: slice) -> Floats:
        """Partners x codes: chance that a cell has a figure in a year."""
        score = np.float32(self.intercept) + self.pull(i)[:, None] + 1.2 * self.popular[None, codes]
        return np.asarray(1 / (1 + np.exp(-np.clip(score, -60, 60))), np.float32)


def hs2017() -> set[str]:
    """Subheadings of HS 2017: those of 2022 without the new ones, and those that ended then."""
    changed = [one for one in links() if (one.level, one.year) == (6, 2022)]
    new, old = {one.new for one in changed}, {one.old for one in changed if one.old}
    headings = {heading for n in range(1, 98) for heading in children(f"{n:02}")}
    return ({code for heading in headings for code in children(heading)} - (new - old)) | (
        old - new
    )


def ban_years(codes: tuple[str, ...]) -> Indices:
    """First year in which an EU measure restricts each code to Russia; 9999: none."""
    rows = codes_restricted(load(), codes, destination=TARGET, regimes=["EU"]).to_pylist()
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row["commodity_code"], row["valid_from"].year)
    return np.array([first.get(code, 9999) for code in codes], np.int64)


@dataclass(frozen=True)
class Addition:
    """Dollars a year that are planted in one cell, from 2017 on."""

    exporter: str
    partner: str
    code: str
    dollars: tuple[float, ...]


def planted(world: World, seed: int) -> tuple[list[Addition], list[dict[str, str]]]:
    """Rerouting of goods banned in 2022: what to add where, and the list of hub and code."""
    rng = np.random.default_rng([seed, 1])
    banned = np.flatnonzero(world.banned == 2022)
    additions: list[Addition] = []
    told: list[dict[str, str]] = []
    for hub in HUBS:
        for k in sorted(rng.choice(banned, PLANTED_A_HUB, replace=False)):
            code = world.codes[k]
            amount = float(np.exp(rng.uniform(np.log(2e6), np.log(3e7))))
            later = (0.0,) * 5 + (0.4, 1.0)
            told.append({"hub": hub, "commodity_code": code})
            additions += [
                Addition(who, hub, code, tuple(amount / len(SELLERS) * f for f in later))
                for who in SELLERS
            ]
            additions.append(Addition(hub, TARGET, code, tuple(0.8 * amount * f for f in later)))
            lost = (1.0,) * 5 + (0.3, 0.05)
            additions.append(Addition("DEU", TARGET, code, tuple(1.5 * amount * f for f in lost)))
    return additions, told


def years_of(
    world: World, i: int, seed: int, additions: list[Addition]
) -> Iterator[tuple[int, Indices, NDArray[np.int64], NDArray[np.float64]]]:
    """Each year of one exporter: flat place (partner x code) of its cells, cents, kilograms."""
    rng = np.random.default_rng([seed, 2, i])
    chance = world.chance(i, slice(None))
    level = (9.2 + 0.75 * (world.pull(i) - world.pull(i).max()))[:, None] + world.popular
    level = level + 2.6 * rng.standard_normal(chance.shape, np.float32)
    steady = rng.random(chance.shape, np.float32)
    width, where = len(world.codes), {name: n for n, name in enumerate(world.countries)}
    code_at = {code: n for n, code in enumerate(world.codes)}
    forced = np.array(
        [where[one.partner] * width + code_at[one.code] for one in additions], np.int64
    )
    for t, year in enumerate(YEARS):
        fresh = rng.random(chance.shape, np.float32)
        again = rng.random(chance.shape, np.float32) > STEADY
        there = np.where(again, fresh, steady) < chance
        has = np.array([one.dollars[t] > 0 for one in additions], np.bool_)
        there.reshape(-1)[forced[has]] = True
        place = np.flatnonzero(there)
        wave = 0.5 * rng.standard_normal(place.size, np.float32) + 0.04 * t
        dollars = np.exp((level.reshape(-1)[place] + wave).astype(np.float64))
        dollars *= _ban(world, i, place, year)
        for cell, one in zip(forced, additions, strict=True):
            if one.dollars[t]:
                dollars[np.searchsorted(place, cell)] += one.dollars[t]
        kilograms = dollars / np.exp(rng.normal(2.0, 1.2, place.size))
        yield t, place, np.maximum(np.round(dollars), 1).astype(np.int64) * 100, kilograms


def _ban(world: World, i: int, place: Indices, year: int) -> NDArray[np.float64]:
    """What a ban leaves of the exports of EU members to Russia: 40 % in its year, then 5 %."""
    left = np.ones(place.size)
    if world.countries[i] not in members("EU"):
        return left
    to_target = place // len(world.codes) == world.countries.index(TARGET)
    banned = world.banned[place % len(world.codes)]
    left[to_target & (banned == year)] = 0.4
    left[to_target & (banned < year)] = 0.05
    return left


SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("reporter", "partner", "flow", "commodity_code")),
        ("level", pa.int8()),
        *((name, pa.string()) for name in ("hs_edition", "period")),
        ("value_eur", pa.decimal128(18, 2)),
        ("value_usd", pa.decimal128(18, 2)),
        ("net_mass_kg", pa.float64()),
    ]
)


def rows_of(
    world: World, i: int, t: int, place: Indices, cents: Indices, mass: NDArray[np.float64]
) -> pa.Table:
    """One exporter and year as rows of TRADE_FLOW."""
    size, width = place.size, len(world.codes)
    wide = np.zeros((size, 2), np.int64)
    wide[:, 0] = cents
    money = pa.Array.from_buffers(pa.decimal128(18, 2), size, [None, pa.py_buffer(wide)])

    def named(index: NDArray[np.int64] | int, names: tuple[str, ...]) -> pa.Array:
        full = np.broadcast_to(np.asarray(index, np.int32), size)
        return pa.DictionaryArray.from_arrays(pa.array(full), pa.array(names))

    columns = [
        named(i, world.countries), named(place // width, world.countries), named(0, ("X",)),
        named(place % width, world.codes), pa.array(np.full(size, 6, np.int8)),
        named(0, ("2017",)), named(t, tuple(map(str, YEARS))), pa.nulls(size, money.type), money,
        pa.array(mass),
    ]  # fmt: skip
    return pa.table(columns, names=SCHEMA.names)


def generate(folder: Path, rows: int, seed: int = 1) -> int:
    """Write one file a year and `planted.json` into `folder`; says how many rows there are."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World.draw(rows, seed)
    additions, told = planted(world, seed)
    (folder / "planted.json").write_text(json.dumps(told), encoding="utf-8")
    written = 0
    with ExitStack() as stack:
        writers: list[pq.ParquetWriter] = []
        waiting: list[list[pa.Table]] = [[] for _ in YEARS]
        for i, name in enumerate(world.countries):
            own = [one for one in additions if one.exporter == name]
            for t, place, cents, mass in years_of(world, i, seed, own):
                waiting[t].append(rows_of(world, i, t, place, cents, mass))
                written += place.size
            if not writers:
                kind = waiting[0][0].schema
                writers = [stack.enter_context(_writer(folder, year, kind)) for year in YEARS]
            for t, writer in enumerate(writers):
                waiting[t] = _flush(writer, waiting[t], is_last=i == COUNTRIES - 1)
    return written


def _writer(folder: Path, year: int, kind: pa.Schema) -> pq.ParquetWriter:
    # Without the Arrow schema, so that every reader sees plain text and no categories.
    return pq.ParquetWriter(
        folder / f"baci_{year}.parquet", kind, compression="zstd", store_schema=False,
        store_decimal_as_integer=True,
    )  # fmt: skip


def _flush(writer: pq.ParquetWriter, waiting: list[pa.Table], *, is_last: bool) -> list[pa.Table]:
    """Write whole row groups and hand back the rest."""
    rows = pa.concat_tables(waiting)
    size = rows.num_rows if is_last else rows.num_rows // ROWS_A_GROUP * ROWS_A_GROUP
    if size:
        writer.write_table(rows.slice(0, size), row_group_size=ROWS_A_GROUP)
    return [rows.slice(size)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=float, default=10, help="millions of rows")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{generate(asked.folder, int(asked.rows * 1e6), asked.seed):,} rows in {asked.folder}")


if __name__ == "__main__":
    main()
