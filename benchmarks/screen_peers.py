"""The three-leg screen in polars and in pandas, as an analyst would write it: for `bench_scale.py`.

Both get more than Entrepot: which code is restricted from when, and how the years weigh, are worked
out for them (`Task`); they read the figures, add up, and judge who reported.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.measures.base import load
from entrepot.signals.bans import restrictions
from entrepot.signals.baskets import baskets
from entrepot.signals.question import Question
from entrepot.signals.screen.cube import Goods
from generate_baci import YEARS, hs2017

QUESTION = Question.ask(level=6)
MEMBERS = sorted(QUESTION.exporters())
TARGET = QUESTION.target
HEADING = 4
COLUMNS = ["reporter", "partner", "commodity_code", "period", "value_usd"]
KEYS = ["hub", "commodity_code"]
NUMBERS = [
    *("in_before", "in_after", "in_growth", "in_excess"),
    *("onward_before", "onward_after", "onward_growth", "onward_excess"),
    *("direct_loss", "rerouted_most", "substitution_share"),
]


def eu_rules() -> pa.Table:
    """What binds exporters of the EU."""
    base = load()
    return base.filter(pc.equal(base["regime"], "EU"))


@dataclass(frozen=True)
class Task:
    """What the peers are given: `lines` (code, good, window; window -1 with no good: free), the
    `headings` of each good, and how much each year weighs before and after, by window."""

    lines: dict[str, tuple[str, int]]
    headings: dict[str, set[str]]
    before: np.ndarray[Any, np.dtype[np.float64]]
    after: np.ndarray[Any, np.dtype[np.float64]]

    @classmethod
    def prepared(cls) -> "Task":
        periods = [str(year) for year in YEARS]
        spans = dict.fromkeys(sorted(hs2017()), (periods[0], periods[-1]))
        last = date(YEARS[-1], 12, 31)
        bound = restrictions(eu_rules(), spans, QUESTION, TARGET, last)
        made = baskets(spans, bound, level=6)
        goods = Goods.of(made, periods, QUESTION)
        free = [one for one in made if not one.is_restricted and one.is_comparable]
        lines = {line: ("", -1) for one in free for line in one.lines}
        for one, w in zip(goods.baskets, goods.where.tolist(), strict=True):
            lines |= dict.fromkeys(one.lines, (one.code, w))
        headings = {one.code: {code[:HEADING] for code in one.codes} for one in goods.baskets}
        return cls(lines, headings, goods.weigh[0], goods.weigh[1])

    def table(self) -> pa.Table:
        codes, goods = list(self.lines), list(self.lines.values())
        return pa.table(
            {
                "commodity_code": codes,
                "good": [good for good, _ in goods],
                "window": pa.array([w for _, w in goods], pa.int32()),
            }
        )

    def weights(self) -> pa.Table:
        """`window, period, b, a`: one row for each year that a window uses."""
        rows = [
            (w, str(year), self.before[w, t], self.after[w, t])
            for w in range(len(self.before))
            for t, year in enumerate(YEARS)
            if self.before[w, t] or self.after[w, t]
        ]
        w, period, b, a = zip(*rows, strict=True)
        return pa.table({"window": pa.array(w, pa.int32()), "period": period, "b": b, "a": a})


def of_polars(folder: Path) -> pa.Table:
    """Lazy and streaming, only the columns and rows needed."""
    task = Task.prepared()
    flows = pl.scan_parquet(str(folder / "*.parquet"))
    inside, to_target = pl.col("reporter").is_in(MEMBERS), pl.col("partner") == TARGET
    outside = ~pl.col("partner").is_in(MEMBERS)
    kept = flows.filter(pl.col("flow") == "X", (inside & outside) | to_target).select(
        "period", "commodity_code", v=pl.col("value_usd").cast(pl.Float64),
        leg=pl.when(inside & to_target).then(pl.lit("direct")).when(inside).then(pl.lit("in"))
        .otherwise(pl.lit("onward")),
        party=pl.when(to_target).then("reporter").otherwise("partner"),
    )  # fmt: skip
    lines = pl.LazyFrame(task.table())
    summed = kept.join(lines, on="commodity_code").group_by(
        "leg", "party", "good", "window", "period"
    )
    sold, heading = flows.filter(pl.col("flow") == "X"), pl.col("commodity_code").str.head(HEADING)
    shown = sold.select("reporter", "period", heading=heading).unique()
    named = sold.filter(to_target).select("reporter").unique()
    sums, seen, sellers = (
        one.collect(engine="streaming").to_arrow().to_pandas()
        for one in (summed.agg(pl.col("v").sum()), shown, named)
    )
    return finished(sums, seen, set(sellers["reporter"]), task)


def of_pandas(folder: Path) -> pa.Table:
    """Only the columns and rows needed; texts as categories and money as floats from the start."""
    task = Task.prepared()
    texts = [*COLUMNS[:-1]]
    wanted = [
        [("flow", "=", "X"), ("reporter", "in", MEMBERS), ("partner", "not in", MEMBERS)],
        [("flow", "=", "X"), ("partner", "=", TARGET)],
    ]
    paths = sorted(folder.glob("*.parquet"))
    rows = pq.read_table(paths, columns=COLUMNS, filters=wanted, read_dictionary=texts)
    place = rows.schema.get_field_index("value_usd")
    rows = rows.set_column(place, "v", rows["value_usd"].cast(pa.float64()))
    frame = rows.unify_dictionaries().to_pandas(self_destruct=True)
    inside, to_target = frame["reporter"].isin(MEMBERS), frame["partner"] == TARGET
    legs = np.where(inside, np.where(to_target, 0, 1), 2).astype(np.int8)
    frame["leg"] = pd.Categorical.from_codes(legs, ["direct", "in", "onward"])
    names = sorted({*frame["reporter"].cat.categories, *frame["partner"].cat.categories})
    sides = [frame[one].cat.set_categories(names).cat.codes for one in ("reporter", "partner")]
    frame["party"] = pd.Categorical.from_codes(np.where(to_target, *sides), names)
    sellers = set(frame.loc[to_target, "reporter"].unique())
    del sides, legs, inside, to_target
    frame = frame.drop(columns=["reporter", "partner"])
    lines = task.table().to_pandas().set_index("commodity_code")
    frame = frame[frame["commodity_code"].isin(lines.index)]
    goods = lines.reindex(frame["commodity_code"].cat.categories)
    codes = frame["commodity_code"].cat.codes.to_numpy()
    named = pd.Categorical(goods["good"])
    frame = frame.drop(columns="commodity_code").assign(
        good=pd.Categorical.from_codes(named.codes[codes], named.categories),
        window=goods["window"].fillna(-2).to_numpy(np.int8)[codes],
    )
    keys = ["leg", "party", "good", "window", "period"]
    sums = frame.groupby(keys, observed=True, as_index=False)["v"].sum()
    keys = ["reporter", "period", "commodity_code"]
    seen = pq.read_table(paths, columns=keys, filters=[("flow", "=", "X")], read_dictionary=texts)
    shown = seen.unify_dictionaries().group_by(keys).aggregate([]).to_pandas()
    shown["heading"] = shown["commodity_code"].astype(str).str[:HEADING]
    return finished(sums, shown.drop(columns="commodity_code"), sellers, task)


def finished(sums: pd.DataFrame, shown: pd.DataFrame, sellers: set[str], task: Task) -> pa.Table:
    """The small rest, the same for both peers: before and after, growth, excess, least of three.

    `shown`: of which headings each reporter published exports, by year; `sellers` named the target.
    """
    weights = task.weights().to_pandas()
    for frame in (sums, shown):
        for name in frame.columns.intersection(["period", "good", "party", "reporter", "leg"]):
            frame[name] = frame[name].astype(str)
    bound = (
        sums[sums["window"] >= 0]
        .astype({"window": "int32"})
        .merge(weights, on=["window", "period"])
    )
    free = sums[sums["window"] < 0].drop(columns="window").merge(weights, on="period")
    for frame in (bound, free):
        frame["before"], frame["after"] = frame["v"] * frame["b"], frame["v"] * frame["a"]
    sides = bound.groupby(["leg", "party", "good", "window"])[["before", "after"]].sum().round(2)
    grown = free.groupby(["leg", "party", "window"])[["before", "after"]].sum()
    grown["growth"] = grown["after"] / grown["before"].where(grown["before"] > 0)
    lost = sides.loc["direct"].eval("before - after").clip(lower=0).groupby("good").sum().round(2)
    named = [sides.loc[leg].reset_index() for leg in ("in", "onward")]
    rows = pd.concat([one[["party", "good", "window"]] for one in named]).drop_duplicates()
    for label, one in zip(("in", "onward"), named, strict=True):
        names = {"before": f"{label}_before", "after": f"{label}_after"}
        rows = rows.merge(one.rename(columns=names), how="left")
        growth = grown.loc[label]["growth"].rename(f"{label}_growth").reset_index()
        rows = rows.merge(growth, how="left")
    _silence(rows, shown, sellers, weights, task)
    return pa.Table.from_pandas(_judged(rows, lost), preserve_index=False)


def _silence(
    rows: pd.DataFrame, shown: pd.DataFrame, sellers: set[str], weights: pd.DataFrame, task: Task
) -> None:
    """Zero where a hub tells of the good in the years of the window, null where it does not.

    It tells where it reported all these years, named the target, and has the heading in any row.
    All codes of these figures have six digits, so none are too coarse.
    """
    years = shown[["reporter", "period"]].drop_duplicates()
    used = weights.merge(years, on="period").groupby(["reporter", "window"]).size()
    whole = used.eq(weights.groupby("window").size(), level="window")
    pairs = pd.MultiIndex.from_frame(rows[["party", "window"]])
    held = shown.groupby("reporter")["heading"].agg(set).to_dict()
    goods = zip(rows["party"], rows["good"], strict=True)
    has_heading = [not task.headings[good].isdisjoint(held.get(hub, ())) for hub, good in goods]
    told = whole.reindex(pairs, fill_value=False).to_numpy() & rows["party"].isin(sellers)
    told &= np.array(has_heading, dtype=bool)
    for name in ("in_before", "in_after", "onward_before", "onward_after"):
        rows[name] = rows[name].fillna(0.0)
    rows.loc[~told, ["onward_before", "onward_after", "onward_growth"]] = np.nan


def _judged(rows: pd.DataFrame, lost: pd.Series) -> pd.DataFrame:
    for label in ("in", "onward"):
        growth = rows[f"{label}_growth"].clip(lower=1.0).fillna(1.0)
        excess = rows[f"{label}_after"] - rows[f"{label}_before"] * growth
        rows[f"{label}_excess"] = excess.round(2)
    rows["direct_loss"] = rows["good"].map(lost).fillna(0.0)
    parts = [rows["in_excess"].clip(lower=0), rows["onward_excess"].clip(lower=0)]
    rows["rerouted_most"] = np.minimum(np.minimum(*parts), rows["direct_loss"])
    loss = rows["direct_loss"].where(rows["direct_loss"] > 0)
    rows["substitution_share"] = rows["rerouted_most"] / loss
    return rows.rename(columns={"party": "hub", "good": "commodity_code"})[[*KEYS, *NUMBERS]]
