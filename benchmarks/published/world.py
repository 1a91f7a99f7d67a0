"""The figures at hand, read by the product's own readers, and sums over them."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from currency_converter import CurrencyConverter

from entrepot.codes.country import members
from entrepot.engine import Engine
from entrepot.signals.baskets import Basket
from entrepot.signals.detect import Findings, detect
from entrepot.signals.panel import cells
from entrepot.signals.question import Question
from entrepot.sources.store import import_file
from entrepot.workspace import rules

CCA3 = ("ARM", "KAZ", "KGZ")
OTHERS = ("GEO", "UZB")
SIX = ("ARM", "BLR", "GEO", "KAZ", "KGZ", "UZB")
NEEDED = (
    "eu_exports_monthly_cn8_2020_2022.parquet",
    "eu_total_exports_monthly_2019_2024.csv",
    "us_exports_total_monthly_by_country_2013_2024.parquet",
)


def months(first: str, last: str) -> tuple[str, ...]:
    """Months from first to last, both included."""
    begin, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
    return tuple(f"{n // 12}-{n % 12 + 1:02}" for n in range(begin, end + 1))


AXES = ("reporter", "partner", "good", "period")


class Trade:
    """Values by reporter, partner, good and period, as one dense array; sums over any part."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows
        coded = [rows[name].combine_chunks().dictionary_encode() for name in AXES]
        self.places = [
            {text: i for i, text in enumerate(one.dictionary.to_pylist())} for one in coded
        ]
        self.values = np.zeros([len(one) for one in self.places])
        index = tuple(one.indices.to_numpy() for one in coded)
        np.add.at(self.values, index, rows["value"].to_numpy().astype(float))

    def sum(
        self,
        *,
        who: Collection[str] = (),
        to: Collection[str] = (),
        goods: Collection[str] | None = None,
        when: Collection[str] = (),
    ) -> float:
        """The sum of the cells that match; an empty filter lets all through."""
        asked = (who or None, to or None, goods, when or None)
        chosen = [
            range(len(places))
            if wanted is None
            else [places[one] for one in wanted if one in places]
            for places, wanted in zip(self.places, asked, strict=True)
        ]
        return float(self.values[np.ix_(*(np.asarray(one, dtype=int) for one in chosen))].sum())


@dataclass(frozen=True, eq=False)
class World:
    """All that the rows need.

    `flows`: EU exports by code and month, January 2020 to November 2022. `totals`: EU exports of
    all goods, January 2019 to August 2024 (without Belarus). `us`: US exports of all goods, USD.
    """

    engine: Engine
    flows: ir.Table
    totals: Trade
    us: Trade

    @cache  # noqa: B019  one world a run
    def found(self, level: int, until: str) -> Findings:
        """The product's own leads on the figures up to a month."""
        kept = self.flows.filter(self.flows.period <= until)
        question = Question.ask(level=level)
        return detect(kept, rules(question), question, self.engine)

    @cache  # noqa: B019  one world a run
    def by_reporter(self, level: int, until: str) -> pa.Table:
        """`reporter, partner, basket_id, period, value` of the same baskets."""
        exports = self.flows.filter(
            self.flows.period <= until, self.flows.reporter.isin(sorted(members("EU")))
        )
        exports = exports.mutate(value=exports.value_eur.cast("float64"))
        baskets = self.found(level, until).panel.baskets
        return self.engine.fetch(cells(exports, baskets, self.engine))

    @cache  # noqa: B019  one world a run
    def goods(self, level: int, until: str) -> Trade:
        """The same with the basket as the good."""
        return Trade(
            self.by_reporter(level, until).rename_columns(
                ["reporter", "partner", "good", "period", "value"]
            )
        )

    def restricted(self, level: int, until: str) -> list[Basket]:
        """Comparable baskets that were restricted by the end of the figures."""
        made = self.found(level, until).panel.baskets
        return [one for one in made if one.is_restricted and one.is_comparable]

    def raw(self, partner: str, starts: Iterable[str], level: int, when: Collection[str]) -> float:
        """Published rows of one level whose code begins with one of `starts`, EUR."""
        rows = self.flows.filter(
            self.flows.partner == partner,
            self.flows.level == level,
            self.flows.period.isin(list(when)),
        )
        begins = None
        for text in starts:
            one = rows.commodity_code.startswith(text)
            begins = one if begins is None else begins | one
        rows = rows if begins is None else rows.filter(begins)
        total = rows.aggregate(value=rows.value_eur.cast("float64").sum())
        return float(self.engine.fetch(total)["value"][0].as_py() or 0.0)


def open_world(shared: Path, scratch: Path, engine: Engine) -> World:
    trade = shared / "trade"
    frames = []
    for name in NEEDED[:2]:
        flow = "X" if name.endswith("parquet") else None
        retrieved = datetime(2026, 1, 1, tzinfo=UTC)
        summary = import_file(trade / name, scratch, retrieved_at=retrieved, assume_flow=flow)
        frames.append(engine.read_parquet([scratch / "flows" / f"{summary.file_id}.parquet"]))
    totals = frames[1].select(
        "reporter",
        "partner",
        "period",
        good="commodity_code",
        value=frames[1].value_eur.cast("float64"),
    )
    return World(engine, frames[0], Trade(engine.fetch(totals)), _us(trade / NEEDED[2]))


US_NAMES = {"ARMENIA": "ARM", "KAZAKHSTAN": "KAZ", "KYRGYZSTAN": "KGZ", "RUSSIA": "RUS"}


def _us(path: Path) -> Trade:
    """Single countries only: the column mixes them with groups."""
    rows = [
        (
            "USA",
            US_NAMES[row["CTY_NAME"]],
            "TOTAL",
            f"{row['YEAR']}-{row['MONTH']}",
            float(row["ALL_VAL_MO"]),
        )
        for row in pq.read_table(path).to_pylist()
        if row["CTY_NAME"] in US_NAMES
    ]
    names = ["reporter", "partner", "good", "period", "value"]
    return Trade(pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))))


@cache
def _rates() -> CurrencyConverter:
    return CurrencyConverter(fallback_on_missing_rate=True)


@cache
def usd(period: str) -> float:
    """Dollars for a euro: the ECB's reference rates, mean over the days of a month."""
    year, month = int(period[:4]), int(period[5:])
    days = [date(year, month, day) for day in range(1, 29)]
    return float(sum(_rates().convert(1, "EUR", "USD", day) for day in days)) / len(days)


def in_usd(
    trade: Trade, *, who: Collection[str] = (), to: Collection[str], when: Iterable[str]
) -> float:
    """A sum in dollars, each month at its own rate."""
    return sum(trade.sum(who=who, to=to, when=[one]) * usd(one) for one in when)


def priority_codes(shared: Path) -> frozenset[str]:
    """The common high priority codes of the shared list (HS6)."""
    with (shared / "measures" / "chpl.csv").open(encoding="utf-8") as file:
        return frozenset(row["hs6"] for row in csv.DictReader(file))
