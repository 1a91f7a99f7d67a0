"""All explanations of one window, and the named tests of one lead."""

from collections.abc import Sequence
from typing import Final

import ibis.expr.types as ir
import numpy as np

from entrepot.codes.period import end, is_month
from entrepot.codes.sections import section
from entrepot.engine import Engine
from entrepot.signals.check import NOT_TESTABLE, Check
from entrepot.signals.innocent import (
    confidential,
    currency,
    customs_union,
    lag,
    production,
    quantity,
    relocation,
)
from entrepot.signals.innocent.facts import Facts, Innocent
from entrepot.signals.innocent.gather import Gathered, gather
from entrepot.signals.innocent.series import Flags, weights
from entrepot.signals.innocent.source import Source
from entrepot.signals.innocent.stated import Stated
from entrepot.signals.panel import Panel
from entrepot.signals.question import Question
from entrepot.signals.windows import Window
from entrepot.units import LOW_BASE_PER_MONTH, MONTHS_PER_YEAR

QUESTIONS: Final = (
    currency.QUESTION,
    quantity.QUESTION,
    confidential.QUESTION,
    lag.QUESTION,
    relocation.QUESTION_FREE,
    relocation.QUESTION_ELSEWHERE,
    production.QUESTION,
    customs_union.QUESTION,
)
"""What the tests ask, in their order."""


def innocent(
    flows: ir.Table,
    panel: Panel,
    hubs: Sequence[str],
    window: Window,
    question: Question,
    engine: Engine,
    *,
    is_free: Flags | None = None,
) -> Innocent:
    """Measure every innocent explanation of the rises of one window.

    For several windows, `gather` once and `measure` each: the engine is asked only by `gather`.

    Args:
        flows: rows of `TRADE_FLOW`, the same that the panel was made from.
        panel: the coalition's exports.
        hubs: third countries of the panel without the target, in the order of the rows.
        window: the periods compared.
        question: target and coalition.
        engine: where `flows` lives; results are equal on every engine.
        is_free: hubs x baskets, goods that are restricted neither to the target nor to the hub;
            null: all comparable goods that are not restricted to the target.

    Returns:
        Numbers of every hub and basket, nan where the figures cannot tell.
    """
    found = gather(Source(flows, panel, tuple(hubs), question, engine))
    return measure(found, panel, hubs, window, question, is_free=is_free)


def measure(
    found: Gathered,
    panel: Panel,
    hubs: Sequence[str],
    window: Window,
    question: Question,
    *,
    is_free: Flags | None = None,
) -> Innocent:
    """The same from what `gather` fetched; asks no engine."""
    rows = [panel.partners.index(hub) for hub in hubs]
    before_by, after_by = weights(window, len(panel.periods))
    before, after = (panel.values @ before_by)[rows], (panel.values @ after_by)[rows]
    months = 1 if is_month(panel.periods[0]) else MONTHS_PER_YEAR
    low = LOW_BASE_PER_MONTH * months * len(window.after)
    free = _free(panel, len(rows)) if is_free is None else is_free
    until = end(panel.periods[window.after[-1]])
    shared = [customs_union.shared_since(hub, question.target) for hub in hubs]
    return Innocent(
        before=before,
        drift=currency.drift(panel, window),
        quantity=quantity.quantity(found.masses, before, after, window),
        unhidden=confidential.unhidden(found.hidden, panel, rows, window),
        lag=lag.lag(panel, rows, window, question.target),
        relocation=relocation.relocation(before, after, panel.baskets, free, low),
        production=production.production(found.own, found.mirror, panel, rows, window),
        sections=tuple(section(basket.code)[0] for basket in panel.baskets),
        shared_since=tuple(day if day is not None and day < until else None for day in shared),
    )


def _free(panel: Panel, hubs: int) -> Flags:
    free = [not basket.is_restricted and basket.is_comparable for basket in panel.baskets]
    return np.broadcast_to(np.array(free, dtype=np.bool_), (hubs, len(free)))


def innocent_checks(facts: Facts | None, lead: Stated | None) -> tuple[Check, ...]:
    """The named tests of one lead: passed means that the explanation does not explain the rise.

    Args:
        facts: its numbers; null: the lead could not be judged.
        lead: what is stated of it; null: the same.

    Returns:
        One test for each of `QUESTIONS`, in their order.
    """
    if facts is None or lead is None:
        return tuple(Check(question, NOT_TESTABLE, "not judged") for question in QUESTIONS)
    return (
        currency.check(facts.drift, lead),
        quantity.check(facts.kg_before, facts.kg_after, lead),
        confidential.check(facts.unhidden, lead),
        lag.check(facts.late, facts.kept_before, facts.kept_after, facts.owed, lead),
        relocation.check_free(facts.section_growth, facts.section_goods, facts.section, lead),
        relocation.check_elsewhere(facts.lost_elsewhere, facts.others, lead),
        production.check(facts.bought, facts.sold, facts.sold_here, lead),
        customs_union.check(facts.shared_since, lead),
    )
