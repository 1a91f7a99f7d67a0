"""From flows and measures to ranked leads: the one door of this floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.codes.country import name
from entrepot.codes.flow import Flow
from entrepot.codes.period import end
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.bans import last_day, restrictions
from entrepot.signals.baskets import Basket, Span, baskets, broken_lines
from entrepot.signals.beside import Sides
from entrepot.signals.figures import one_currency, refuse_mixed_periods
from entrepot.signals.firsts import line_cells, line_shares
from entrepot.signals.innocent import Source, gather
from entrepot.signals.judge import find_leads
from entrepot.signals.lead import Lead
from entrepot.signals.leads import among, excess_by_basket, rank_leads
from entrepot.signals.legs.legs import Legs, open_legs
from entrepot.signals.panel import Panel, cells, code_spans, panel, silence
from entrepot.signals.question import Question
from entrepot.signals.windows import Window


@dataclass(frozen=True)
class Findings:
    """What a run found: `leads` (all statuses, ranked) and the panel they were read from.

    `legs` reads the other legs while the engine is open. `other_currency` counts figures left out
    as they have no value in the panel's currency; `absent` names parts of the coalition without a
    single figure.
    """

    question: Question
    leads: tuple[Lead, ...]
    panel: Panel
    legs: Legs = field(repr=False, compare=False)
    reporters: tuple[str, ...]
    other_currency: int = 0
    absent: tuple[str, ...] = ()

    def listed(self) -> tuple[Lead, ...]:
        """Only the leads at the false share asked for."""
        return tuple(lead for lead in self.leads if lead.status == "lead")


def detect(flows: ir.Table, measures: pa.Table, question: Question, engine: Engine) -> Findings:
    """Find leads.

    Args:
        flows: rows of `TRADE_FLOW`.
        measures: rows of `MEASURE`, of the regimes that bind the coalition's exporters; those that
            restrict direct sale to the target count.
        question: the parameters.
        engine: where `flows` lives; results are equal on every engine.

    Raises:
        RequestError: the figures hold no exports of the coalition, or mix currencies.
    """
    currency, exports, left_out = _exports(flows, question, engine)
    exports = engine.keep(exports)
    spans = code_spans(exports, engine)
    presence = _presence(exports, engine)
    refuse_mixed_periods(set(presence["period"].to_pylist()))
    day = last_day(spans, question)
    bound = restrictions(measures, spans, question, question.target, day)
    made = baskets(spans, bound, level=question.level)
    if not any(basket.is_restricted for basket in made):
        raise _nothing_restricted(made, question, day)
    found = panel(
        engine.fetch(cells(exports, made, engine)),
        made,
        currency=currency,
        silence=silence(presence),
    )
    _refuse_absent(question, found)
    own = {
        hub: restrictions(measures, spans, question, hub, day)
        for hub in sorted(set(found.partners) & set(measures["destination"].to_pylist()))
    }
    legs = open_legs(flows, found, question, engine)
    source = Source(flows, found, legs.hubs, question, engine)
    sides = Sides.of(legs, gather(source), _reported(presence, found))
    judged = find_leads(found, question, sides, own)
    leads = rank_leads(among(judged, question.hubs), question.fdr, excess_by_basket(judged))
    lines = _new_lines(leads, exports, found, spans, engine)
    leads = [
        replace(lead, new_line_share=lines[_key(lead)]) if _key(lead) in lines else lead
        for lead in leads
    ]
    reporters = tuple(sorted(set(presence["reporter"].to_pylist())))
    return Findings(
        question, tuple(leads), found, legs, reporters, left_out, question.parts_without(reporters)
    )


def _reported(presence: pa.Table, found: Panel) -> NDArray[np.bool_]:
    """Reporters x periods: who published anything at all."""
    spoke = set(zip(*(presence[n].to_pylist() for n in ("reporter", "period")), strict=True))
    names = found.sellers.names
    return np.array([[(who, one) in spoke for one in found.periods] for who in names], dtype=bool)


def _key(lead: Lead) -> tuple[str, str]:
    return lead.hub, lead.basket.basket_id


def _new_lines(
    leads: Sequence[Lead],
    exports: ir.Table,
    found: Panel,
    spans: Mapping[str, Span],
    engine: Engine,
) -> dict[tuple[str, str], float | None]:
    """For what is listed, which share of it is in lines that the hub had never bought."""
    listed = [lead for lead in leads if lead.status == "lead"]
    if not listed:
        return {}
    goods = {lead.basket.basket_id: lead.basket for lead in listed}
    hubs = sorted({lead.hub for lead in listed})
    rows = line_cells(exports.filter(exports.partner.isin(hubs)), list(goods.values()), engine)
    windows = {
        lead.basket.basket_id: Window(lead.before, lead.after, lead.season) for lead in listed
    }
    first, last = min(one[0] for one in spans.values()), max(one[1] for one in spans.values())
    shares = line_shares(
        engine.fetch(rows), found.periods, windows, broken_lines(spans, first, last)
    )
    return {_key(lead): shares.get(_key(lead)) for lead in listed}


def _presence(exports: ir.Table, engine: Engine) -> pa.Table:
    """The whole trade of each reporter in each period: `reporter, period, value`."""
    keys = ["reporter", "period"]
    return engine.fetch(exports.group_by(keys).agg(value=exports.value.sum()).order_by(keys))


def _nothing_restricted(made: Sequence[Basket], question: Question, last_day: date) -> RequestError:
    if not made:
        return RequestError(
            f"the figures hold no codes of {question.level} digits or more",
            hint="Give a coarser --level.",
        )
    return RequestError(
        f"none of the {len(made)} goods in these figures is restricted to "
        f"{name(question.target)} by {last_day}, the last day that counts",
        hint="Another target, later figures, or your own rules with --measures may help.",
    )


def _refuse_absent(question: Question, found: Panel) -> None:
    absent = sorted(set(question.hubs) - set(found.partners))
    if absent:
        raise RequestError(
            f"got {', '.join(name(hub) for hub in absent)} as hub, expected a partner in these "
            f"figures: {', '.join(name(p) for p in found.partners if p != question.target)}"
        )


def _exports(flows: ir.Table, question: Question, engine: Engine) -> tuple[str, ir.Table, int]:
    """The coalition's exports to third countries and the target, with one money column.

    Also counts the rows that have money in the other currency only.
    """
    members = sorted(question.exporters())
    sold = flows.filter(flows.flow == Flow.X.value, flows.reporter.isin(members))
    # A join: DuckDB compares every row with every name of a long NOT IN.
    kept = sold.anti_join(engine.table(pa.table({"partner": members})), "partner")
    if question.as_of is not None:
        periods = engine.fetch(kept.select("period").distinct())["period"].to_pylist()
        ended = [p for p in periods if end(p) <= question.as_of]
        kept = kept.filter(kept.period.isin(ended or [""]))
    currency, left_out = _currency(kept, question, engine)
    column = f"value_{currency.lower()}"
    kept = kept.filter(kept[column].notnull())
    money = kept.select(
        "reporter", "partner", "commodity_code", "level", "period",
        value=kept[column].cast("float64"),
    )  # fmt: skip
    return currency, money, left_out


def _currency(kept: ir.Table, question: Question, engine: Engine) -> tuple[str, int]:
    """The currency asked for, or that of every row with money; and how many rows lack it.

    Rows with a mass and no money do not count.
    """
    paid = kept.filter(kept.value_eur.notnull() | kept.value_usd.notnull())
    counted = engine.fetch(
        paid.aggregate(rows=paid.count(), EUR=paid.value_eur.count(), USD=paid.value_usd.count())
    ).to_pylist()[0]
    rows = counted.pop("rows")
    if not rows:
        raise RequestError(
            f"the figures hold no exports of {question.coalition} to third countries",
            hint="Check reporters and flow (X is an export seen from the reporter), or --as-of.",
        )
    return one_currency(question.currency, rows, counted)
