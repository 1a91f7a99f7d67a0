"""Pitfalls that only the published rows tell: re-exports, double counting, codes barred in part.

Numbers 8, 9 and 14 of the register in docs/innocent.md. `open_rows` reads for one lead, while the
engine is open, what is too dear to read for all; without it these tests are not testable.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import ibis.expr.types as ir
import pyarrow as pa

from entrepot.codes.country import name
from entrepot.codes.flow import Flow
from entrepot.engine import Engine
from entrepot.signals.amounts import money, percent
from entrepot.signals.bans import restrictions
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.checkgroups import EXPORTS, FIGURES, LEGS, Named, named
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.panel import cells
from entrepot.signals.trace import sold_to_hub, top_rows

ALL_PROCEDURES: Final = frozenset({"C00"})
"""Customs procedure codes that stand for all procedures together: UN Comtrade prints C00."""

TOTALS_SHARE: Final = 0.50
"""Above this share of the split cells, a part that is the sum of the others is no coincidence."""

UNOPENED: Final = "the published rows were not opened"


@dataclass(frozen=True)
class Split:
    """How the rows behind a lead are split by customs procedure.

    `cells` counts reporter x code x period. Of them `split` have several procedures, `repeated` the
    same procedure more than once, and in `totals` one part is all procedures together.
    """

    rows: int
    cells: int
    procedures: tuple[str, ...]
    split: int
    repeated: int
    totals: int


@dataclass(frozen=True)
class Again:
    """By the hub's own figures, of these goods to the target over the window: money.

    `sold`: its exports (X); `again`: its re-exports (RX).
    """

    sold: float
    again: float


@dataclass(frozen=True)
class Opened:
    """What the published rows tell of one lead; money in its currency over the window.

    `again` is null where the hub tells no re-exports to the target apart, or not as finely. `full`
    are the lines that were restricted as a whole from the first day, `in_full` what they hold
    after, `in_full_before` in the same calendar months before. `mixed`: what the rows hold that
    stand for restricted and free goods together (0: none).
    """

    split: Split
    again: Again | None
    full: tuple[str, ...]
    in_full: float
    in_full_before: float
    mixed: float


def open_rows(
    flows: ir.Table, lead: Lead, found: Findings, measures: pa.Table, engine: Engine
) -> Opened:
    """Read what the published rows tell of one lead.

    Args:
        flows: rows of `TRADE_FLOW`, the same as the lead was found in.
        lead: a lead of the run, judged or not.
        found: the run; its engine is still open.
        measures: rows of `MEASURE`, the same as the run used.
        engine: where `flows` lives; results are equal on every engine.
    """
    sold = sold_to_hub(flows, lead, lead.basket.lines, found.question)
    full, mixed = _full_lines(lead, found, measures), lead.basket.unused
    earlier = [lead.periods[i] for i, _ in lead.season]
    past = sold_to_hub(flows, lead, lead.basket.lines, found.question, earlier)
    weights = {lead.periods[i]: weight * len(lead.after) for i, weight in lead.season}
    both = sold_to_hub(flows, lead, mixed, found.question)
    return Opened(
        split=_split(sold, engine),
        again=_again(flows, lead, found, engine),
        full=full,
        in_full=_total(sold, full, engine),
        in_full_before=_total(past, full, engine, weights),
        mixed=_total(both, mixed, engine),
    )


def _total(
    sold: ir.Table,
    codes: Collection[str],
    engine: Engine,
    weights: Mapping[str, float] | None = None,
) -> float:
    """The sum over rows of some codes that stand below no other row; weighed by period."""
    if not codes:
        return 0.0
    rows = top_rows(sold, engine).to_pylist()
    return sum(
        float(row["value"]) * (1.0 if weights is None else weights[row["period"]])
        for row in rows
        if row["commodity_code"] in codes
    )


def _full_lines(lead: Lead, found: Findings, measures: pa.Table) -> tuple[str, ...]:
    if lead.banned_from is None:
        return ()
    spans = dict.fromkeys(lead.basket.lines, ("", ""))
    bound = restrictions(measures, spans, found.question, lead.target, lead.banned_from)
    return tuple(one for one in lead.basket.lines if one in bound and bound[one].is_full)


def _split(sold: ir.Table, engine: Engine) -> Split:
    keys = ["reporter", "commodity_code", "period", "customs_procedure"]
    summed = sold.group_by(keys).agg(rows=sold.count(), value=sold.value.sum())
    parts: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in engine.fetch(summed).to_pylist():
        parts.setdefault(tuple(row[key] for key in keys[:3]), []).append(row)
    named = {row["customs_procedure"] for found in parts.values() for row in found} - {None}
    several = [found for found in parts.values() if len(found) > 1]
    return Split(
        rows=sum(row["rows"] for found in parts.values() for row in found),
        cells=len(parts),
        procedures=tuple(sorted(named)),
        split=len(several),
        repeated=sum(any(row["rows"] > 1 for row in found) for found in parts.values()),
        totals=sum(_has_total(found) for found in several),
    )


def _has_total(parts: list[Mapping[str, Any]]) -> bool:
    """Whether one part is all together, by its code or to the cent."""
    values = [row["value"] for row in parts]
    is_sum = 2 * max(values) == sum(values) > 0
    return is_sum or any(row["customs_procedure"] in ALL_PROCEDURES for row in parts)


def _again(flows: ir.Table, lead: Lead, found: Findings, engine: Engine) -> Again | None:
    """Exports and re-exports of the hub to the target, each without parents added to children."""
    if lead.beside is None:
        return None
    place, column = lead.place[1], f"value_{lead.currency.lower()}"
    rows = flows.filter(
        flows.reporter == lead.hub,
        flows.partner == lead.target,
        flows.flow.isin([Flow.X.value, Flow.RX.value]),
        flows.period.isin([lead.periods[i] for i in lead.after]),
        flows[column].notnull(),
    )
    rows = rows.mutate(value=rows[column].cast("float64"))
    told = engine.fetch(rows.group_by("flow").agg(digits=rows.level.max())).to_pylist()
    digits = {row["flow"]: row["digits"] for row in told}
    need = int(found.legs.needs[place])
    if any(digits.get(flow.value, 0) < need for flow in (Flow.X, Flow.RX)):
        return None
    sums = {}
    for flow in (Flow.X.value, Flow.RX.value):
        summed = cells(rows.filter(rows.flow == flow), [found.legs.baskets[place]], engine)
        values = engine.fetch(summed.aggregate(value=summed.value.sum()))["value"].to_pylist()
        sums[flow] = float(values[0] or 0.0)
    return Again(sums[Flow.X.value], sums[Flow.RX.value])


@named("re-exports", LEGS, EXPORTS, (8,))
def _reexports(lead: Lead, opened: Opened | None) -> Check:
    """Exports hold re-exports by the UN's definition; a publisher may leave them out."""
    question = f"Do the exports of {name(lead.hub)} hold its re-exports?"
    if opened is None:
        return Check(question, NOT_TESTABLE, UNOPENED)
    if opened.again is None:
        return Check(question, NOT_TESTABLE, "it does not tell both apart for this trade")
    sold, again = (money(one, lead.currency) for one in (opened.again.sold, opened.again.again))
    detail = f"to {name(lead.target)} exports of {sold}, re-exports of {again}"
    if opened.again.again > opened.again.sold:
        return Check(question, FAILED, f"{detail}: not among them, so what was sold on is too low")
    return Check(question, PASSED, f"{detail}, a part of them and not added")


@named("double counting", FIGURES, pitfalls=(9,))
def _double(_: Lead, opened: Opened | None) -> Check:
    """One cell may be printed by procedure and for all procedures together."""
    question = "Was every cell counted once?"
    if opened is None or not opened.split.rows:
        return Check(question, NOT_TESTABLE, UNOPENED if opened is None else "no row behind it")
    found = opened.split
    if found.repeated:
        detail = f"{found.repeated} of {found.cells} cells stand there more than once"
        return Check(question, FAILED, detail)
    if not found.split:
        return Check(question, PASSED, f"{found.rows} rows, one a cell")
    ways = f"{found.split} of {found.cells} cells are split by procedure"
    ways = f"{ways} ({', '.join(found.procedures)})"
    if found.totals > TOTALS_SHARE * found.split:
        return Check(question, FAILED, f"{ways}; in {found.totals} one part is the sum of all")
    return Check(question, PASSED, f"{ways} into parts that exclude each other")


@named("part of a code", FIGURES, pitfalls=(14,))
def _part(lead: Lead, opened: Opened | None) -> Check:
    """Where a code is restricted in part, its figures hold goods that were free all along."""
    question = "Are these goods restricted as a whole?"
    basket = lead.basket
    if basket.banned_from is None:
        return Check(question, NOT_TESTABLE, "not judged")
    size = f"{len(basket.lines)} line{'' if len(basket.lines) == 1 else 's'}"
    if not basket.is_partial:
        return Check(question, PASSED, f"{size}, as a whole from {basket.banned_from}")
    if lead.expected is None or (lead.excess or 0.0) <= 0:
        why = "not judged" if lead.expected is None else "it did not rise"
        return Check(question, NOT_TESTABLE, why)
    if opened is None:
        detail = f"{size}, in part; which of them as a whole was not read{_beside(lead)}"
        return Check(question, NOT_TESTABLE, detail)
    result, detail = _by_lines(lead, opened, size)
    return Check(question, result, f"{detail}{_beside(lead)}{_mixed(lead, opened)}")


def _by_lines(lead: Lead, opened: Opened, size: str) -> tuple[str, str]:
    """Outcome and detail from the lines that are restricted as a whole.

    Passed where they alone hold more than was expected of all lines; failed where they did not
    rise, so that the rise is in lines restricted in part; else the figures cannot tell.
    """
    if not opened.full:
        why = "in part by description, value or use, which the figures do not tell"
        return NOT_TESTABLE, f"{size}, {why}"
    own = opened.in_full_before * lead.factor
    held, usual = money(opened.in_full, lead.currency), money(own, lead.currency)
    detail = f"{len(opened.full)} of {size} as a whole, with {held} against {usual} expected"
    if opened.in_full > (lead.expected or 0.0):
        return PASSED, detail
    return (FAILED if opened.in_full <= own else NOT_TESTABLE), detail


def _beside(lead: Lead) -> str:
    """What share of the good the counted lines hold; empty where it has no free lines."""
    if lead.beside is None or not lead.actual:
        return ""
    panel = lead.beside.panel
    free = [
        i for i, one in enumerate(panel.baskets)
        if one.code == lead.basket.code and not one.is_restricted
    ]  # fmt: skip
    row = panel.values[panel.partners.index(lead.hub)]
    other = float(row[free][:, list(lead.after)].sum())
    share = percent(lead.actual / (lead.actual + other))
    return f"; restricted lines hold {share} of the good by value" if free else ""


def _mixed(lead: Lead, opened: Opened) -> str:
    """Rows that hold both kinds of goods, beside what was counted."""
    if not opened.mixed:
        return ""
    codes = ", ".join(lead.basket.unused)
    return f"; rows of {codes}, restricted and free together, {money(opened.mixed, lead.currency)}"


CHECKS: Final[tuple[Callable[[Lead, Opened | None], Named], ...]] = (_reexports, _double, _part)
