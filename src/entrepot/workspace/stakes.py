"""Exposure on real figures: which window, whose exports, and what share of all trade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from entrepot.codes.country import name
from entrepot.codes.flow import Flow
from entrepot.codes.period import end, is_month, parse_period
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.measures.book import Rulebook
from entrepot.measures.exposure import Exposure, Rules, exposure
from entrepot.measures.inquiry import EXPORTERS, under
from entrepot.measures.values import sold, whole
from entrepot.units import MONTHS_PER_YEAR
from entrepot.workspace.straight import Figures


@dataclass(frozen=True)
class Stakes:
    """An exposure, the periods of the figures behind it, and all trade in them.

    `total` null: the figures hold no value for all goods together, so no share can be given.
    `is_mirror`: the hub's own import figures (valued with freight) stand in for the exporters'.
    """

    exposure: Exposure
    periods: tuple[str, ...]
    total: float | None
    is_mirror: bool


def exposure_of(
    figures: Figures,
    book: Rulebook,
    hub: str,
    first: Rules,
    second: Rules,
    *,
    regime: str,
    period: str = "",
    currency: str = "EUR",
    engine: Engine,
) -> Stakes:
    """What the second rules would take from the hub that the first do not.

    Args:
        figures: what was imported, or ships.
        book: the measures.
        hub: ISO alpha-3.
        first: the rules that hold.
        second: the rules to compare with; figures are taken from before the earlier day.
        regime: whose exporters and measures.
        period: `2021`, or `2021-03:2022-02`; empty: the last twelve months (or the last year)
            that ended by the day, or else the last in the figures.
        currency: EUR or USD.
        engine: where the figures live.

    Raises:
        RequestError: no such regime, no exports to the hub, or none in the period.
    """
    if regime not in EXPORTERS:
        raise RequestError(f"got regime {regime}, expected one of {', '.join(EXPORTERS)}")
    exporters = under(regime)
    sales = _sales(figures.flows, hub, exporters)
    held = _held(sales, engine)
    is_mirror = not held
    if is_mirror:
        sales = _purchases(figures.flows, hub, exporters)
        held = _held(sales, engine)
    if not held:
        raise RequestError(
            f"the figures hold no exports of {regime} members to {name(hub)}, nor its imports",
            hint="Give figures that do, or see what is held: entrepot sources",
        )
    periods = chosen(held, min(first.on, second.on), period)
    values = sold(sales, hub, exporters, periods, currency, engine)
    if not values.num_rows:
        raise RequestError(f"none of these figures has a value in {currency}")
    total = whole(sales, hub, exporters, periods, currency, engine)
    found = exposure(values, book, first, second, (regime,))
    return Stakes(found, periods, total, is_mirror)


def chosen(held: Sequence[str], on: date, period: str) -> tuple[str, ...]:
    """The periods asked for, or the last year of them that ended by a day.

    Raises:
        RequestError: the period is not well formed, or none of it is held.
    """
    if not period:
        ended = [one for one in held if end(one) <= on] or list(held)
        return tuple(ended[-MONTHS_PER_YEAR if is_month(ended[-1]) else -1 :])
    first, _, last = period.partition(":")
    low, high = parse_period(first), parse_period(last or first)
    found = tuple(one for one in held if low <= one and (one <= high or one.startswith(high)))
    if not found:
        raise RequestError(
            f"got period {period!r}, expected one within {held[0]} to {held[-1]}",
            hint="Write 2021 for a year and 2021-03:2022-02 for a span.",
        )
    return found


def _sales(flows: ir.Table, hub: str, exporters: frozenset[str]) -> ir.Table:
    return flows.filter(
        flows.flow == Flow.X.value, flows.partner == hub, flows.reporter.isin(sorted(exporters))
    )


def _purchases(flows: ir.Table, hub: str, exporters: frozenset[str]) -> ir.Table:
    """What the hub says it imported, written as the exporters' sales."""
    own = flows.filter(
        flows.flow == Flow.M.value, flows.reporter == hub, flows.partner.isin(sorted(exporters))
    )
    return own.mutate(reporter=own.partner, partner=own.reporter, flow=ibis.literal(Flow.X.value))


def _held(sales: ir.Table, engine: Engine) -> list[str]:
    """Periods in the figures; a year holds its months, so where both are there months count."""
    periods = sorted(engine.fetch(sales.select("period").distinct())["period"].to_pylist())
    return [one for one in periods if is_month(one)] or periods
