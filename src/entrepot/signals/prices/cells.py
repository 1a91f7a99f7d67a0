"""From published rows to cells with a unit value: one good, one direction, one unit of quantity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from entrepot.codes.country import name
from entrepot.codes.editions import LEVELS, chains, kin
from entrepot.codes.flow import Flow
from entrepot.codes.period import end, is_month
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.figures import CURRENCIES, one_currency
from entrepot.signals.prices.question import PriceQuestion
from entrepot.signals.prices.unitvalues import Cells

KILOGRAM = "kg"
KEYS = ("seller", "buyer", "line", "period")


@dataclass(frozen=True)
class Supply:
    """The cells of a question, and what they were made from.

    `flow` says whose figures: M the buyers' imports (CIF), X the sellers' exports (FOB). `per` is
    kg or the one supplementary unit; `rows` counts the published rows of the country asked about,
    `unpriced` those of them without money in `currency` or with a quantity that is missing or zero.
    """

    cells: Cells
    flow: str
    per: str
    currency: str
    rows: int
    unpriced: int
    codes: tuple[str, ...]


def supply(flows: ir.Table, question: PriceQuestion, engine: Engine) -> Supply:
    """Cells by seller, buyer, line and period, no parent beside its children.

    Args:
        flows: rows of `TRADE_FLOW`.
        question: the good, the country and the side.
        engine: where `flows` lives; results are equal on every engine.

    Raises:
        RequestError: the figures hold no quantity at all, no such trade, mixed units, or mixed
            currencies.
    """
    _refuse_weightless(flows, engine)
    rows, codes = _rows(flows, question, engine)
    counted = _counted(rows, engine)
    flow = _flow(counted, question)
    counted = [row for row in counted if row["flow"] == flow]
    currency = _currency(counted, question)
    per = _measure(counted, question, currency)
    rows = rows.filter(rows.flow == flow)
    priced = engine.keep(_priced(rows, currency, per))
    focus = [row for row in counted if row["is_focus"]]
    found = engine.fetch(_leaves(priced).order_by(list(KEYS)))
    columns = {key: np.array(found[key].to_pylist(), dtype=np.str_) for key in KEYS}
    asked, other = ("seller", "buyer") if question.side == "from" else ("buyer", "seller")
    cells = Cells(
        columns[other],
        columns["line"],
        columns["period"],
        columns[asked] == question.country,
        found["value"].to_numpy(),
        found["amount"].to_numpy(),
    )
    good = sum(row[_priced_name(currency, per)] for row in focus)
    total = sum(row["rows"] for row in focus)
    return Supply(cells, flow, per, currency, total, total - good, codes)


def _refuse_weightless(flows: ir.Table, engine: Engine) -> None:
    held = flows.aggregate(
        rows=flows.count(), mass=flows.net_mass_kg.count(), quantity=flows.quantity.count()
    )
    row = engine.fetch(held).to_pylist()[0]
    if not row["mass"] and not row["quantity"]:
        raise RequestError(
            f"none of the {row['rows']:,} figures has a mass or a quantity, so no unit value can "
            "be made",
            hint="Give figures with a column net_mass_kg (or quantity and quantity_unit), for "
            "example imports of the buyers from Comext or UN Comtrade: docs/prices.md.",
        )


def _rows(
    flows: ir.Table, question: PriceQuestion, engine: Engine
) -> tuple[ir.Table, tuple[str, ...]]:
    """Rows of the good with seller, buyer and line; and the published codes they have."""
    kept = flows.filter(flows.flow.isin([Flow.X.value, Flow.M.value]))
    held = engine.fetch(kept.select("commodity_code", "period").distinct())
    periods = _periods(set(held["period"].to_pylist()), question)
    codes = _codes(set(held["commodity_code"].to_pylist()), periods, question.code)
    lines = engine.table(_as_table(codes))
    kept = kept.filter(kept.period.isin(periods or [""])).join(lines, "commodity_code")
    sells = kept.flow == Flow.X.value
    kept = kept.mutate(
        seller=ibis.ifelse(sells, kept.reporter, kept.partner),
        buyer=ibis.ifelse(sells, kept.partner, kept.reporter),
    )
    if members := question.sellers():
        kept = kept.filter(kept.seller.isin(sorted(members)))
    asked = kept.seller if question.side == "from" else kept.buyer
    return engine.keep(kept.mutate(is_focus=asked == question.country)), tuple(sorted(codes))


def _periods(held: set[str], question: PriceQuestion) -> list[str]:
    """Periods that had ended by the day asked for; a year holds its months, so months go first."""
    found = sorted(one for one in held if question.as_of is None or end(one) <= question.as_of)
    return [one for one in found if is_month(one)] or found


def _codes(held: set[str], periods: list[str], code: str) -> dict[str, str]:
    """Published codes of the good, with the line each belongs to; editions chained."""
    if not periods:
        return {}
    asked = {code, *(other for other, inside in kin(code).items() if inside)}
    renamed = {
        row["commodity_code"]: row["basket_code"]
        for level in LEVELS
        for row in chains(level, periods[0], periods[-1]).to_pylist()
    }
    return {
        one: renamed.get(one, one) for one in held if any(one.startswith(other) for other in asked)
    }


def _as_table(codes: Mapping[str, str]) -> pa.Table:
    pairs = sorted(codes.items())
    columns = [pa.array([pair[i] for pair in pairs], pa.string()) for i in (0, 1)]
    return pa.table(columns, names=["commodity_code", "line"])


def _priced_name(currency: str, per: str) -> str:
    return f"{currency}_{'mass' if per == KILOGRAM else 'quantity'}"


def _counted(rows: ir.Table, engine: Engine) -> list[dict[str, Any]]:
    """Rows by flow, side and unit: how many have money and a mass or quantity above 0."""
    money = {currency: rows[f"value_{currency.lower()}"] for currency in ("EUR", "USD")}
    tests = {
        f"{currency}_{what}": ((paid > 0) & (amount > 0)).fill_null(False).cast("int64").sum()
        for currency, paid in money.items()
        for what, amount in (("mass", rows.net_mass_kg), ("quantity", rows.quantity))
    }
    totals = {currency: paid.count() for currency, paid in money.items()}
    paid_rows = (money["EUR"].notnull() | money["USD"].notnull()).cast("int64").sum()
    counted = rows.group_by("flow", "is_focus", "quantity_unit").agg(
        rows=rows.count(), paid=paid_rows, **totals, **tests
    )
    return engine.fetch(counted).to_pylist()  # type: ignore[no-any-return]


def _flow(counted: list[dict[str, Any]], question: PriceQuestion) -> str:
    """The flow asked for; else that of the reporters on the other side, who know both prices."""
    best = Flow.M.value if question.side == "from" else Flow.X.value
    other = Flow.X.value if question.side == "from" else Flow.M.value
    held = {row["flow"] for row in counted if row["is_focus"]}
    priced = [
        row["flow"]
        for row in counted
        if row["is_focus"] and any(row[key] for key in row if "_mass" in key or "_quantity" in key)
    ]
    for one in (question.flow,) if question.flow else (best, other):
        if one in priced:
            return one
    trade = "sales from" if question.side == "from" else "sales to"
    of_asked = f" in figures of flow {question.flow}" if question.flow else ""
    if not held or (question.flow and question.flow not in held):
        raise RequestError(
            f"the figures hold no {trade} {name(question.country)} of {question.code}{of_asked}",
            hint="Give imports of the buyers, or exports of the seller, with net_mass_kg.",
        )
    raise RequestError(
        f"none of the figures of {question.code}, {trade} {name(question.country)}{of_asked}, has "
        "both money and a mass or quantity above 0",
        hint="Give figures with a column net_mass_kg, or quantity and quantity_unit.",
    )


def _currency(counted: list[dict[str, Any]], question: PriceQuestion) -> str:
    paid = sum(row["paid"] for row in counted)
    held = {currency: sum(row[currency] for row in counted) for currency in CURRENCIES}
    return one_currency(question.currency, paid, held)[0]


def _measure(counted: list[dict[str, Any]], question: PriceQuestion, currency: str) -> str:
    """Kilograms where any row compared has them; else the one supplementary unit of all rows."""
    has_mass = any(row[f"{currency}_mass"] for row in counted if row["is_focus"])
    if has_mass and question.per != "unit":
        return KILOGRAM
    units = {row["quantity_unit"] for row in counted if row[f"{currency}_quantity"]}
    if question.per == KILOGRAM or not units:
        raise RequestError(
            f"no figure of {question.code} has money in {currency} and "
            f"{'a mass' if question.per == KILOGRAM else 'a quantity'} above 0",
            hint="Choose another with --per or --currency.",
        )
    if len(units) > 1 or None in units:
        told = ", ".join(sorted(str(unit or "no unit named") for unit in units))
        raise RequestError(
            f"the quantities of {question.code} are in {told}, expected one unit for all",
            hint="Unit values in different units are never compared: ask for a finer code, or give "
            "figures with net_mass_kg.",
        )
    return str(units.pop())


def _priced(rows: ir.Table, currency: str, per: str) -> ir.Table:
    """Rows with money and quantity above 0."""
    amount = rows.net_mass_kg if per == KILOGRAM else rows.quantity
    made = rows.mutate(
        value=rows[f"value_{currency.lower()}"].cast("float64"), amount=amount.cast("float64")
    )
    made = made.filter(made.value > 0, made.amount > 0)
    return made.select("seller", "buyer", "line", "period", "commodity_code", "level",
                       "value", "amount")  # fmt: skip


def _leaves(priced: ir.Table) -> ir.Table:
    """Cells of the finest lines: a row is left out where finer ones below it have a unit value.

    A heading and its children never meet in one sum.
    """
    keys = ["seller", "buyer", "period"]
    parents = [
        priced.filter(priced.level > digits)
        .select(*keys, commodity_code=priced.commodity_code.left(digits))
        .distinct()
        for digits in LEVELS[:-1]
    ]
    finest = priced.anti_join(ibis.union(*parents), [*keys, "commodity_code"])
    return finest.group_by(list(KEYS)).agg(value=finest.value.sum(), amount=finest.amount.sum())
