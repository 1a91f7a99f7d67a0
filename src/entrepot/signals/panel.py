"""From published cells to one monthly (or yearly) series per country and basket.

The engine does the heavy part: it adds up lines and reporters, and takes for each cell the
published figure or the sum of its children, so that a heading and its children never meet in one
sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entrepot.engine import Engine
from entrepot.signals.baskets import NODE_LEVELS, Basket, Span
from entrepot.signals.windows import first_touched

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KEYS = ("reporter", "partner", "basket_id", "period")
NODES = tuple(f"node{level}" for level in NODE_LEVELS)

MATTERS_SHARE = 0.01
"""A reporter matters with at least this share of all value: small ones trade now and then."""

STEADY_SHARE = 0.90
"""A reporter is missed only if it reports in this share of the periods from its first to its last,
or in all but one; with one that trades now and then, no figure is no trade."""

LAG_SHARE = 0.10
"""Last periods in which reporters of this share of all value are missing are not used."""

LAG_PERIODS = 2
"""A reporter may be late by this many periods; where it is later, those periods are not used."""


@dataclass(frozen=True)
class Silence:
    """Missing reports of reporters that matter: absence is not zero.

    `dropped` periods are not used at all. `lagging` names reporters that had not reported the last
    one or two periods yet, as "NLD 2022-11": those periods stay. What a late reporter would add is
    missing from them: it can hide a rise, and make growth of the hub or a direct loss look off by
    at most its share.
    """

    dropped: frozenset[str] = frozenset()
    lagging: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sellers:
    """Who sold what to whom: one row a reporter, partner and basket that ever traded.

    `reporter`, `partner` and `basket` are places in `names` and in the axes of the panel; `values`
    is rows x periods, 0 where nothing was published. Rows are sorted by partner, basket, reporter.
    """

    names: tuple[str, ...]
    reporter: Ints
    partner: Ints
    basket: Ints
    values: Floats

    def of(self, partner: int, basket: int) -> slice:
        """The rows of one partner and basket."""
        first, last = np.searchsorted(self.partner, [partner, partner + 1])
        low, high = np.searchsorted(self.basket[first:last], [basket, basket + 1])
        return slice(int(first + low), int(first + high))


@dataclass(frozen=True)
class Panel:
    """Values by partner x basket x period, in `currency`.

    `values[p, b, t]` is the sum over reporters; 0 where no reporter published a cell. A period in
    which a reporter that matters is missing is not in `periods`, since its absence is not zero:
    `silence` says which. `sellers` is the same trade by reporter.
    """

    partners: tuple[str, ...]
    baskets: tuple[Basket, ...]
    periods: tuple[str, ...]
    values: Floats
    currency: str
    silence: Silence
    sellers: Sellers


def code_spans(flows: ir.Table, engine: Engine) -> dict[str, Span]:
    """First and last period of every commodity code in `flows`."""
    spans = flows.group_by("commodity_code").agg(first=flows.period.min(), last=flows.period.max())
    rows = engine.fetch(spans).to_pylist()
    return {row["commodity_code"]: (row["first"], row["last"]) for row in rows}


def cells(
    flows: ir.Table,
    baskets: Sequence[Basket],
    engine: Engine,
    *,
    by: Sequence[str] = KEYS,
    sums: Sequence[str] = ("value",),
) -> ir.Table:
    """Published cells added up; no parent is added to its children.

    Args:
        flows: rows of `TRADE_FLOW` of one direction, with the float columns of `sums`.
        baskets: what counts in which series.
        engine: where `flows` lives.
        by: the keys of the result, among `reporter, partner, basket_id, period`.
        sums: the columns to add up.

    Returns:
        `by` and `sums`. From the finest level up, each cell (reporter, partner, good, period) takes
        its own published figure, or the sum of its children where there is none: a published
        heading holds what its children hold and what the publisher keeps secret.
    """
    lines = _lines(baskets)
    known = flows.join(engine.table(lines), "commodity_code")
    levels = sorted({len(code) for code in lines["commodity_code"].to_pylist()}, reverse=True)
    if len(levels) == 1:
        # No parent can meet its children, so the goods between need not be told apart.
        return _added(known, by, sums)
    keys = [*KEYS, *NODES]
    rows = _added(known, [*keys, "level"], sums)
    found: ir.Table | None = None
    for level in levels:
        own = rows.filter(rows.level == level).select(*keys, *sums)
        found = own if found is None else _own_or_children(own, found, level, sums)
    if found is None:
        found = rows.select(*keys, *sums)
    return _added(found, by, sums)


def _added(rows: ir.Table, keys: Sequence[str], sums: Sequence[str]) -> ir.Table:
    return rows.group_by(list(keys)).agg(**{name: rows[name].sum() for name in sums})


def _lines(baskets: Sequence[Basket]) -> pa.Table:
    """One row a line: its basket and the good it belongs to at 8, 6 and 4 digits."""
    rows = [
        (line, basket.basket_id, *nodes)
        for basket in baskets
        for line, nodes in zip(basket.lines, basket.nodes, strict=True)
    ]
    names = ("commodity_code", "basket_id", *NODES)
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table(
        [pa.array(column, pa.string()) for column in columns],
        schema=pa.schema([(name, pa.string()) for name in names]),
    )


def _own_or_children(own: ir.Table, finer: ir.Table, level: int, sums: Sequence[str]) -> ir.Table:
    """A good's own published cell, or the sum of its children where it has none."""
    keys = [*KEYS, *NODES]
    above = {name for name, at in zip(NODES, NODE_LEVELS, strict=True) if at > level}
    risen = finer.mutate(**dict.fromkeys(above, ibis.literal("")))
    children = _added(risen, keys, sums)
    alone = children.anti_join(own, keys).select(*own.columns)
    return ibis.union(own, alone)


def panel(
    rows: pa.Table,
    baskets: Sequence[Basket],
    *,
    currency: str,
    silence: Silence,
) -> Panel:
    """Arrange summed cells as a dense array, and the same by reporter.

    Args:
        rows: `reporter, partner, basket_id, period, value`, one row a cell.
        baskets: order of the second axis; a basket without any cell keeps a row of zeros.
        currency: EUR or USD.
        silence: what to leave out because a reporter that matters is missing.
    """
    dropped = pa.array(sorted(silence.dropped), pa.string())
    partners = tuple(sorted(pc.unique(rows["partner"]).to_pylist()))
    rows = rows.filter(pc.invert(pc.is_in(rows["period"], dropped)))
    periods = tuple(sorted(pc.unique(rows["period"]).to_pylist()))
    names = tuple(sorted(pc.unique(rows["reporter"]).to_pylist()))
    ids = [basket.basket_id for basket in baskets]
    sellers = _sellers(rows, names, partners, ids, periods)
    values = np.zeros((len(partners), len(baskets), len(periods)))
    np.add.at(values, (sellers.partner, sellers.basket), sellers.values)
    return Panel(partners, tuple(baskets), periods, values, currency, silence, sellers)


def _sellers(
    rows: pa.Table,
    names: Sequence[str],
    partners: Sequence[str],
    ids: Sequence[str],
    periods: Sequence[str],
) -> Sellers:
    key = _places(rows["partner"], partners) * max(1, len(ids)) + _places(rows["basket_id"], ids)
    key = key * max(1, len(names)) + _places(rows["reporter"], names)
    cells, where = np.unique(key, return_inverse=True)
    values = np.zeros((len(cells), len(periods)))
    np.add.at(values, (where, _places(rows["period"], periods)), rows["value"].to_numpy())
    rest, of_reporter = np.divmod(cells, max(1, len(names)))
    of_partner, of_basket = np.divmod(rest, max(1, len(ids)))
    return Sellers(tuple(names), of_reporter, of_partner, of_basket, values)


def _places(column: pa.ChunkedArray, order: Sequence[str]) -> Ints:
    """The place of each value in `order`; every value is there."""
    found = pc.index_in(column, value_set=pa.array(order, pa.string()))
    return np.asarray(found.to_numpy(), dtype=np.int64)


def clean_until(panel: Panel) -> Ints:
    """Per basket, the first period that its own ban touches."""
    days = [basket.banned_from for basket in panel.baskets]
    return np.array([first_touched(panel.periods, day) for day in days], dtype=np.int64)


def silence(presence: pa.Table) -> Silence:
    """Find missing reports.

    Args:
        presence: `reporter, period, value`, the whole trade of a reporter in a period.
    """
    totals: dict[str, float] = {}
    seen: dict[str, set[str]] = {}
    for row in presence.to_pylist():
        totals[row["reporter"]] = totals.get(row["reporter"], 0.0) + row["value"]
        seen.setdefault(row["reporter"], set()).add(row["period"])
    whole = sum(totals.values())
    periods = sorted(set().union(*seen.values())) if seen else []
    weight = {
        name: value / whole
        for name, value in totals.items()
        if whole and value / whole >= MATTERS_SHARE and _is_steady(seen[name], periods)
    }
    dropped: set[str] = set()
    lagging: list[str] = []
    for period in periods:
        absent = sorted(name for name in weight if period not in seen[name])
        if not absent:
            continue
        lags = all(_lag(seen[name], period, periods) for name in absent)
        if lags and sum(weight[name] for name in absent) < LAG_SHARE:
            lagging.extend(f"{name} {period}" for name in absent)
        else:
            dropped.add(period)
    return Silence(frozenset(dropped), tuple(lagging))


def _is_steady(reported: set[str], periods: Sequence[str]) -> bool:
    span = [period for period in periods if min(reported) <= period <= max(reported)]
    return len(reported) >= min(len(span) - 1, STEADY_SHARE * len(span))


def _lag(reported: set[str], period: str, periods: Sequence[str]) -> bool:
    """Whether a period is one of the last few that a reporter may still owe."""
    owed = [one for one in periods if one > max(reported)]
    return period in owed and len(owed) <= LAG_PERIODS
