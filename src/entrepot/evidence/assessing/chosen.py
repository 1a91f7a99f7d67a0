"""The published rows of a trade: their sums by reporter and period, and the largest of them.

The claims of a report speak of the same few goods. So the rows of a few goods are fetched once, for
all sides, and each claim picks its own in memory: translating a question to SQL takes longer than
the answer. The rows of many goods stay in the engine.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.evidence.assessing.records import Loaded
from entrepot.signals.baskets import Basket
from entrepot.signals.panel import cells

FEW_LINES: Final = 100
"""Codes of which the rows are fetched for all sides at once. A choice: a heading and its children
are some 30 codes, a chapter of machines is 1,000."""
MOST_LOCATORS: Final = 20
"""Rows named one by one under a sentence; the rest are found by the same reporter, partner, codes
and periods, which the reference says in full."""

_SIDES: Final = ("reporter", "partner", "period")


@dataclass(frozen=True)
class Trade:
    """Whose figures of what: `flow` X are the sellers' exports, M the buyers' imports.

    Empty `others`: all partners together. `codes` empty: all goods. `within`: the group that the
    reporters are of; trade among its members is no trade of the group, though some do not report.
    """

    flow: str
    reporters: frozenset[str]
    others: frozenset[str]
    codes: tuple[str, ...]
    within: frozenset[str] = frozenset()

    @property
    def never(self) -> frozenset[str]:
        """Partners that are no other side."""
        return self.reporters | self.within


def summed(
    loaded: Loaded, trade: Trade, made: Sequence[Basket], lines: Sequence[str], unit: str
) -> list[dict[str, Any]]:
    """Money by `reporter` and `period`, no parent added to its children.

    Args:
        loaded: the figures.
        trade: what is asked.
        made: the series that hold the goods; empty: `lines` is the code of all goods together.
        lines: published codes of these series.
        unit: EUR or USD.
    """
    if len(lines) <= FEW_LINES:
        rows = _between(_sums_of_all(loaded, trade.flow, made, lines, unit), trade)
        groups = rows.group_by(["reporter", "period"], use_threads=False)
        return _listed(groups.aggregate([("value", "sum")]).rename_columns(
            {"value_sum": "value"}))  # fmt: skip
    kept, by = _kept(loaded, trade, lines, unit), ("reporter", "period")
    if not made:
        return _listed(loaded.engine.fetch(kept.group_by(*by).agg(value=kept.value.sum())))
    return _listed(loaded.engine.fetch(cells(kept, made, loaded.engine, by=by)))


def largest(
    loaded: Loaded, trade: Trade, lines: Sequence[str], unit: str, parts: Sequence[Collection[str]]
) -> list[dict[str, Any]]:
    """The largest rows of each part, the largest first.

    Args:
        loaded: the figures.
        trade: what was asked.
        lines: published codes.
        unit: EUR or USD.
        parts: periods.

    Returns:
        `part` (its number), `place` (from 0), `rows` (how many the part has), `file_id`, `locator`
        and `value`; at most `MOST_LOCATORS` a part.
    """
    if len(lines) <= FEW_LINES:
        rows = _between(_rows_of_all(loaded, trade.flow, lines, unit), trade)
        return [row for number, part in enumerate(parts) for row in _first(rows, number, part)]
    table = pa.table({"period": [one for part in parts for one in part],
                      "part": [number for number, part in enumerate(parts) for _ in part]},
                     schema=pa.schema([("period", pa.string()), ("part", pa.int64())]))  # fmt: skip
    known = _kept(loaded, trade, lines, unit).join(loaded.engine.table(table), "period")
    known = known.select("part", "file_id", "locator", "value")
    order = [ibis.desc(known.value), known.file_id, known.locator]
    placed = known.mutate(
        place=ibis.row_number().over(ibis.window(group_by="part", order_by=order)),
        rows=known.locator.count().over(ibis.window(group_by="part")),
    )
    first = loaded.engine.fetch(placed.filter(placed.place < MOST_LOCATORS))
    return sorted(_listed(first), key=lambda row: (row["part"], row["place"]))


def _first(rows: pa.Table, number: int, part: Collection[str]) -> list[dict[str, Any]]:
    mine = rows.filter(is_in(rows["period"], part))
    order = [("value", "descending"), ("file_id", "ascending"), ("locator", "ascending")]
    first = mine.select(["file_id", "locator", "value"]).sort_by(order).slice(0, MOST_LOCATORS)
    return [{"part": number, "place": place, "rows": mine.num_rows, **row}
            for place, row in enumerate(_listed(first))]  # fmt: skip


def _sums_of_all(
    loaded: Loaded, flow: str, made: Sequence[Basket], lines: Sequence[str], unit: str
) -> pa.Table:
    """Money of these goods by reporter, partner and period, in that order: sums always agree."""

    def fetched() -> pa.Table:
        rows = _of_goods(loaded, flow, lines, unit)
        if made:
            rows = cells(rows, made, loaded.engine, by=_SIDES)
        else:
            rows = rows.group_by(*_SIDES).agg(value=rows.value.sum())
        found = loaded.engine.fetch(rows)
        return found.sort_by([(one, "ascending") for one in _SIDES])

    goods = [one.basket_id for one in made]
    found: pa.Table = loaded.once(f"sums {flow} {goods} {lines} {unit}", fetched)
    return found


def _rows_of_all(loaded: Loaded, flow: str, lines: Sequence[str], unit: str) -> pa.Table:
    def fetched() -> pa.Table:
        rows = _of_goods(loaded, flow, lines, unit)
        return loaded.engine.fetch(rows.select(*_SIDES, "file_id", "locator", "value"))

    found: pa.Table = loaded.once(f"rows {flow} {lines} {unit}", fetched)
    return found


def _between(rows: pa.Table, trade: Trade) -> pa.Table:
    rows = rows.filter(is_in(rows["reporter"], trade.reporters))
    rows = rows.filter(pc.invert(is_in(rows["partner"], trade.never)))
    return rows.filter(is_in(rows["partner"], trade.others)) if trade.others else rows


def _kept(loaded: Loaded, trade: Trade, lines: Sequence[str], unit: str) -> ir.Table:
    """The rows of many goods between these sides, kept in the engine: they are read twice."""

    def made() -> ir.Table:
        rows = _of_goods(loaded, trade.flow, lines, unit)
        rows = rows.filter(rows.reporter.isin(sorted(trade.reporters) or [""]),
                           ~rows.partner.isin(sorted(trade.never) or [""]))  # fmt: skip
        if trade.others:
            rows = rows.filter(rows.partner.isin(sorted(trade.others)))
        return loaded.engine.keep(rows)

    sides = [sorted(one) for one in (trade.reporters, trade.within, trade.others)]
    found: ir.Table = loaded.once(f"kept {trade.flow} {sides} {lines} {unit}", made)
    return found


def _of_goods(loaded: Loaded, flow: str, lines: Sequence[str], unit: str) -> ir.Table:
    """The rows of these goods that have money in this currency."""
    # as words of a query 1,500 codes would cost more than their rows
    codes = loaded.engine.table(pa.table({"commodity_code": sorted(lines)}))
    flows = loaded.flows.semi_join(codes, "commodity_code")
    money = flows[f"value_{unit.lower()}"]
    return flows.filter(flows.flow == flow, money.notnull()).select(
        *_SIDES, "commodity_code", "level", "file_id", "locator", value=money.cast("float64")
    )


def is_in(column: pa.ChunkedArray, wanted: Iterable[str]) -> pa.ChunkedArray:
    """Where a column of words holds one of these; nowhere for none."""
    return pc.is_in(column, pa.array(sorted(wanted), pa.string()))


def _listed(rows: pa.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows.to_pylist()
    return found
