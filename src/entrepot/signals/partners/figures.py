"""What the figures hold of one country's trade with each partner, told by itself or by them.

The country's own import figures and its partners' export figures speak of the same trade, so both
are written in one form here, under one key each, and never added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes.country import name
from entrepot.codes.flow import Flow
from entrepot.codes.period import end, is_month
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.measures.values import MONEY
from entrepot.records.trade import TOTAL_CODE
from entrepot.signals.partners.months import OWN, SIDES, Cell, Line


@dataclass(frozen=True)
class Holdings:
    """The trade of one country as held: `lines` say what there is, `sales` hold the rows.

    `sales` has the columns `reporter, partner, flow, commodity_code, period, value_eur, value_usd`,
    where `reporter` is the key of a line, `partner` the country and `flow` always X: the form that
    `measures.values.sold` adds up without counting a heading and its lines twice. `other_kind`:
    partners that are left out, since they have yearly figures where the others have months (or
    the reverse).
    """

    country: str
    currency: str
    sales: ir.Table
    lines: tuple[Line, ...]
    other_kind: tuple[str, ...]


def holdings(
    flows: ir.Table, country: str, *, currency: str, as_of: date | None, engine: Engine
) -> Holdings:
    """Collect both sides of a country's trade.

    Args:
        flows: rows of `TRADE_FLOW`. Re-exports and re-imports (RX, RM) are left out: publishers
            count them in X and M too.
        country: ISO alpha-3.
        currency: EUR or USD; empty: that of all rows.
        as_of: only periods that ended by this day; null: all.
        engine: where `flows` lives.

    Raises:
        RequestError: the figures hold no trade of the country, or none in the currency.
    """
    sides = [_side(flows, country, *side) for side in SIDES]
    sales = engine.keep(ibis.union(*sides))
    unit = _currency(sales, country, currency, engine)
    cells = _cells(sales, unit, as_of, engine)
    if not cells:
        raise RequestError(
            f"the figures hold no trade of {name(country)} in {unit}"
            + (f" that had ended by {as_of}" if as_of else ""),
            hint="Leave out --as-of, or give figures of earlier periods.",
        )
    kept, left_out = _one_kind(cells)
    reported = _reported(flows, country, kept, unit, engine)
    lines = tuple(
        Line(
            *key,
            cells=found,
            reported=frozenset(
                one for one in reported.get(_publisher(key, country), ()) if _fits(one, found)
                and (as_of is None or end(one) <= as_of)
            ),
        )
        for key, found in sorted(kept.items())
    )  # fmt: skip
    return Holdings(country, unit, sales, lines, left_out)


Key = tuple[str, str, str]
"""Direction (imports, exports), source (own, mirror), partner."""

_FLOW: Final = {(direction, source): flow for direction, source, flow in SIDES}


def _side(flows: ir.Table, country: str, direction: str, source: str, flow: Flow) -> ir.Table:
    ours, theirs = ("reporter", "partner") if source == OWN else ("partner", "reporter")
    rows = flows.filter(flows.flow == flow.value, flows[ours] == country, flows[theirs] != country)
    return rows.select(
        "commodity_code", "period", "value_eur", "value_usd",
        reporter=ibis.literal(f"{direction}|{source}|") + rows[theirs],
        partner=ibis.literal(country),
        flow=ibis.literal(Flow.X.value),
    )  # fmt: skip


def _currency(sales: ir.Table, country: str, asked: str, engine: Engine) -> str:
    counted = engine.fetch(
        sales.agg(
            ALL=sales.count(), EUR=sales.value_eur.notnull().sum(),
            USD=sales.value_usd.notnull().sum(),
            either=(sales.value_eur.notnull() | sales.value_usd.notnull()).sum(),
        )
    ).to_pylist()[0]  # fmt: skip
    if not counted["ALL"]:
        raise RequestError(
            f"the figures hold no trade of {name(country)}, neither its own nor its partners'",
            hint="Give files that do, or see what was imported: entrepot import --help",
        )
    if asked:
        if not counted[asked]:
            raise RequestError(f"none of these figures has a value in {asked}")
        return asked
    for unit in ("EUR", "USD"):
        if counted[unit] == counted["either"]:
            return unit
    raise RequestError(
        f"got {counted['EUR']} figures in EUR and {counted['USD']} in USD, expected one currency",
        hint="Choose one with --currency; figures without it are then left out.",
    )


def _cells(
    sales: ir.Table, unit: str, as_of: date | None, engine: Engine
) -> dict[Key, dict[str, Cell]]:
    money = sales[f"value_{unit.lower()}"].cast(MONEY)
    rows = sales.mutate(value=money).filter(money.notnull())
    is_total = rows.commodity_code == TOTAL_CODE
    summed = rows.group_by("reporter", "period").agg(
        total=ibis.ifelse(is_total, rows.value, ibis.null()).sum().cast("float64"),
        goods=(~is_total).sum(),
        all_rows=rows.value.sum().cast("float64"),
    )
    found: dict[Key, dict[str, Cell]] = {}
    for row in engine.fetch(summed).to_pylist():
        if as_of is not None and end(row["period"]) > as_of:
            continue
        direction, source, other = row["reporter"].split("|")
        weight = row["all_rows"] if row["total"] is None else row["total"]
        cell = Cell(row["total"], int(row["goods"]) > 0, weight)
        found.setdefault((direction, source, other), {})[row["period"]] = cell
    return found


def _one_kind(
    cells: dict[Key, dict[str, Cell]],
) -> tuple[dict[Key, dict[str, Cell]], tuple[str, ...]]:
    """Months where at least as many lines hold months as years, else years; never both."""
    monthly = sum(any(map(is_month, found)) for found in cells.values())
    yearly = sum(not all(map(is_month, found)) for found in cells.values())
    kept: dict[Key, dict[str, Cell]] = {}
    for key, found in cells.items():
        fitting = {one: cell for one, cell in found.items() if is_month(one) == (monthly >= yearly)}
        if fitting:
            kept[key] = fitting
    lost = {other for _, _, other in cells} - {other for _, _, other in kept}
    return kept, tuple(sorted(lost))


def _publisher(key: Key, country: str) -> tuple[str, str]:
    """Who publishes a line, and as which flow."""
    direction, source, other = key
    return (country if source == OWN else other, _FLOW[direction, source].value)


def _fits(period: str, found: Iterable[str]) -> bool:
    return is_month(period) == is_month(next(iter(found)))


def _reported(
    flows: ir.Table, country: str, keys: Iterable[Key], unit: str, engine: Engine
) -> dict[tuple[str, str], list[str]]:
    """Periods in which each publisher reports anything with anybody: silence is no zero."""
    wanted = sorted({_publisher(key, country)[0] for key in keys})
    rows = flows.filter(
        flows.reporter.isin(wanted),
        flows.flow.isin([Flow.X.value, Flow.M.value]),
        flows[f"value_{unit.lower()}"].notnull(),
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in engine.fetch(rows.select("reporter", "flow", "period").distinct()).to_pylist():
        found.setdefault((row["reporter"], row["flow"]), []).append(row["period"])
    return found


def with_bucket(sales: ir.Table, buckets: dict[str, str], engine: Engine) -> ir.Table:
    """The rows of some periods, the key of each with its bucket (a year, a quarter) behind it."""
    table = pa.table({"period": list(buckets), "bucket": list(buckets.values())})
    known = sales.join(engine.table(table), "period")
    return known.mutate(reporter=known.reporter + ibis.literal("|") + known.bucket).drop("bucket")


def directions(lines: Sequence[Line], asked: str) -> tuple[str, ...]:
    """Which directions to rank: those asked for, or what is held.

    Both where some partner has both; else the one that holds more.

    Raises:
        RequestError: a direction asked for is not held.
    """
    held = {one.direction for one in lines}
    wanted = ("imports", "exports") if asked == "both" else (asked,) if asked else ()
    for one in wanted:
        if one not in held:
            raise RequestError(
                f"the figures hold no {one}, only {' and '.join(sorted(held))}, seen from the "
                "country asked",
                hint=f"Ask with --flow {min(held)}, or give figures that hold both.",
            )
    if wanted:
        return wanted
    partners = {side: {one.other for one in lines if one.direction == side} for side in held}
    if len(held) > 1 and set.intersection(*partners.values()):
        return ("imports", "exports")
    weight = {side: sum(one.weight for one in lines if one.direction == side) for side in held}
    return (max(sorted(held), key=weight.__getitem__),)
