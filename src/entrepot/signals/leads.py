"""Leads: rises at a hub, joined with the direct trade that vanished, judged and ranked.

The rank answers "how well does rerouting explain this rise?", not "how large is it?". The score is
a product of four shares, each between 0 and 1: see `score`. A lead is a reason to look.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from entrepot.codes.commodity import short_label
from entrepot.records.ids import content_id
from entrepot.signals.baskets import Basket
from entrepot.signals.direct import DirectLoss, direct_loss
from entrepot.signals.panel import Floats, Panel
from entrepot.signals.question import Question
from entrepot.signals.rise import Rise, q_values, rise
from entrepot.signals.windows import Window, placebos, window

LUMP_SHARE = 0.60
"""One period that holds this share of the value after the ban makes a rise a note, not a lead."""


@dataclass(frozen=True)
class Lead:
    """One hub x basket x target. Money in `currency` over the window; null: not measurable.

    Fields up to `explanations` are the contract (records.leads.LEAD); the rest is what charts and
    explanations need: `periods` and `values` the whole series, `direct` the coalition's exports to
    the target, `band` one period's expected mean, low and high, `wanted` the excess of all hubs in
    these goods, `reporters` who sold: mean a period before and after.
    """

    lead_id: str
    rank: int | None
    hub: str
    target: str
    commodity_code: str
    commodity: str
    valid_measures: tuple[str, ...]
    period_from: str | None
    period_to: str | None
    currency: str
    expected: float | None
    actual: float | None
    excess: float | None
    excess_low: float | None
    excess_high: float | None
    q_value: float | None
    direct_loss: float | None
    onward_excess: float | None
    rerouted_low: float | None
    rerouted_high: float | None
    phantom_share_low: float | None
    phantom_share_high: float | None
    status: str
    explanations: tuple[str, ...]
    basket: Basket
    score: float
    persistence: float | None = None
    p_value: float | None = None
    growth: float | None = None
    free_goods: int | None = None
    top_share: float | None = None
    vanished_share: float | None = None
    direct_before: float | None = None
    wanted: float = 0.0
    banned_from: date | None = None
    placebo_cells: int = 0
    periods: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    direct: tuple[float, ...] = ()
    band: tuple[float, float, float] | None = None
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    reporters: tuple[tuple[str, float, float], ...] = ()

    def row(self) -> dict[str, Any]:
        """The contract's columns, money rounded to the cent."""
        from_self = {name: getattr(self, name) for name in _CONTRACT}
        return {
            name: list(value)
            if isinstance(value, tuple)
            else round(value, 6 if name in _SHARES else 2)
            if isinstance(value, float)
            else value
            for name, value in from_self.items()
        }


_CONTRACT = tuple(Lead.__annotations__)[: tuple(Lead.__annotations__).index("basket")]
_SHARES = ("q_value", "phantom_share_low", "phantom_share_high")


def find_leads(panel: Panel, question: Question) -> list[Lead]:
    """Judge every hub x restricted basket, and rank.

    Args:
        panel: the coalition's exports by partner, basket and period.
        question: target, hubs, level and the false share asked for.

    Returns:
        Every hub x restricted basket with trade before or after; rank, score and explanations
        are still empty: `rank_leads` and `words.explain` fill them.
    """
    hubs = hubs_of(panel, question)
    if not hubs or not panel.periods:
        return []
    found: list[Lead] = []
    windows = _windows(panel, question)
    for real, places in windows.items():
        found.extend(_judge(panel, question, hubs, real, places))
    judged = {place for places in windows.values() for place in places}
    found.extend(_untestable(panel, question, hubs, judged))
    return _with_q(found, question)


def hubs_of(panel: Panel, question: Question) -> tuple[str, ...]:
    """The third countries to look at: those asked for, or all in the figures but the target."""
    wanted = set(question.hubs) or set(panel.partners)
    return tuple(name for name in panel.partners if name in wanted and name != question.target)


def _windows(panel: Panel, question: Question) -> dict[Window, list[int]]:
    """Restricted, comparable baskets by their window; those with too short a one are left out."""
    groups: dict[Window, list[int]] = {}
    for i, basket in enumerate(panel.baskets):
        if not basket.is_restricted or not basket.is_comparable or basket.banned_from is None:
            continue
        found = window(panel.periods, basket.banned_from, question.since)
        if found is not None:
            groups.setdefault(found, []).append(i)
    return groups


def _judge(
    panel: Panel, question: Question, hubs: Sequence[str], real: Window, places: Sequence[int]
) -> list[Lead]:
    rows = [panel.partners.index(hub) for hub in hubs]
    usable = np.array([basket.is_comparable for basket in panel.baskets])
    is_free = np.array([not basket.is_restricted for basket in panel.baskets]) & usable
    values = np.where(usable[None, :, None], panel.values[rows], 0.0)
    judged = rise(values, is_free, real, placebos(panel.periods, real))
    direct, loss = _direct(panel, question.target, real)
    made = []
    for h, hub in enumerate(hubs):
        for b in places:
            if np.isnan(judged.p_value[h, b]) and not panel.values[rows[h], b].any():
                continue
            lead = _lead(panel, question, hub, panel.baskets[b], real)
            lead = _measured(lead, judged, loss, h, b)
            made.append(
                replace(
                    lead,
                    values=_series(panel.values[rows[h], b]),
                    direct=_series(direct[b]) if direct is not None else (),
                )
            )
    return made


def _direct(panel: Panel, target: str, real: Window) -> tuple[Floats | None, DirectLoss | None]:
    if target not in panel.partners:
        return None, None
    values = panel.values[panel.partners.index(target)]
    return values, direct_loss(values, real)


def _series(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _lead(panel: Panel, question: Question, hub: str, basket: Basket, real: Window | None) -> Lead:
    first = panel.periods[real.after[0]] if real else None
    last = panel.periods[real.after[-1]] if real else None
    return Lead(
        lead_id=content_id(
            "lea", question.coalition, hub, question.target, basket.code, str(question.level),
            first or "", last or "",
        ),
        rank=None, hub=hub, target=question.target, commodity_code=basket.code,
        commodity=short_label(basket.code), valid_measures=basket.measure_ids,
        period_from=first, period_to=last, currency=panel.currency,
        expected=None, actual=None, excess=None, excess_low=None, excess_high=None, q_value=None,
        direct_loss=None, onward_excess=None, rerouted_low=None, rerouted_high=None,
        phantom_share_low=None, phantom_share_high=None, status="new_code", explanations=(),
        basket=basket, score=0.0, banned_from=basket.banned_from, periods=panel.periods,
        before=real.before if real else (), after=real.after if real else (),
    )  # fmt: skip


def _measured(lead: Lead, judged: Rise, loss: DirectLoss | None, h: int, b: int) -> Lead:
    """Fill in the numbers; nan becomes null."""
    periods = len(lead.after)
    expected = float(judged.expected[h, b])
    actual = float(judged.actual[h, b])
    low, high = _number(judged.expected_low[h, b]), _number(judged.expected_high[h, b])
    band = (
        (expected / periods, float(judged.period_low[h, b]), float(judged.period_high[h, b]))
        if low is not None
        else None
    )
    return replace(
        lead,
        expected=expected,
        actual=actual,
        excess=actual - expected,
        excess_low=None if high is None else actual - high,
        excess_high=None if low is None else actual - low,
        p_value=_number(judged.p_value[h, b]),
        persistence=_number(judged.persistence[h, b]),
        growth=float(judged.growth[h]),
        free_goods=int(judged.free_goods[h]),
        top_share=float(judged.top_share[h, b]),
        direct_loss=None if loss is None else float(loss.loss[b]),
        direct_before=None if loss is None else float(loss.before[b]),
        vanished_share=None if loss is None else _number(loss.vanished_share[b]),
        placebo_cells=judged.placebo_cells,
        band=band,
    )


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def _untestable(
    panel: Panel, question: Question, hubs: Sequence[str], judged: set[int]
) -> Iterable[Lead]:
    """Baskets without a past to compare with or without time since the ban: told, never ranked."""
    for b, basket in enumerate(panel.baskets):
        if not basket.is_restricted or b in judged:
            continue
        for hub in hubs:
            series = panel.values[panel.partners.index(hub), b]
            if series.any():
                lead = _lead(panel, question, hub, basket, None)
                yield replace(lead, values=_series(series))


def _with_q(leads: list[Lead], question: Question) -> list[Lead]:
    p_values = np.array([np.nan if lead.p_value is None else lead.p_value for lead in leads])
    q = q_values(p_values)
    judged = [replace(lead, q_value=_number(v)) for lead, v in zip(leads, q, strict=True)]
    return [replace(lead, status=status(lead, question.fdr)) for lead in judged]


def _excess_by_basket(leads: Iterable[Lead]) -> dict[str, float]:
    """What the rises of all hubs together ask for: they draw on the same vanished trade."""
    total: dict[str, float] = {}
    for lead in leads:
        if lead.excess is not None and lead.excess > 0:
            total[lead.basket.basket_id] = total.get(lead.basket.basket_id, 0.0) + lead.excess
    return total


def status(lead: Lead, fdr: float) -> str:
    """One of records.leads.STATUSES, from the numbers of a lead and the false share asked for."""
    if lead.excess is None or lead.expected is None:
        return "too_recent" if lead.basket.is_comparable else "new_code"
    if lead.excess <= 0:
        return "fall" if _fell(lead) else "no_rise"
    if lead.top_share is not None and lead.top_share > LUMP_SHARE:
        return "note"
    passed = lead.q_value is not None and lead.q_value <= fdr
    above = lead.excess_low is not None and lead.excess_low > 0
    held = lead.persistence is not None and lead.persistence > 0
    rerouting_possible = lead.direct_loss is None or lead.direct_loss > 0
    tests = (passed, above, held, rerouting_possible)
    return "lead" if all(tests) else "below_threshold"


def _fell(lead: Lead) -> bool:
    """Below what was usual even without the hub's growth, by more than ordinary change."""
    if lead.actual is None or lead.expected is None or lead.excess_high is None:
        return False
    usual = lead.expected / (lead.growth or 1.0)
    return lead.excess_high < 0 and lead.actual < usual


def score(lead: Lead) -> float:
    """How well rerouting explains the rise: a product of four shares (0 to 1).

    * unexplained: share of the level after the ban that the past, grown with the hub, cannot
      explain, from the low month after against a high month before (1 - exp(-persistence));
    * supply: loss / (loss + wanted), `wanted` being the excess of all hubs in these goods. Where
      the rises ask for as much as was lost, every lost euro would have had to be rerouted; studies
      find a tenth at most (EBRD working paper 276, 2023), so a loss that dwarfs the rise explains
      it best;
    * vanished: share of the direct trade that is gone;
    * breadth: 1 - concentration / 2 over reporters (Herfindahl index of their gains): a rise
      carried by one reporter counts half, as one project can be the reason.

    What was not measured counts 1. Zero where nothing rose.
    """
    if lead.excess is None or lead.persistence is None or lead.excess <= 0:
        return 0.0
    unexplained = 1.0 - math.exp(-max(0.0, lead.persistence))
    breadth = 1.0 - concentration(lead.reporters) / 2
    if lead.direct_loss is None:
        return unexplained * breadth
    supply = lead.direct_loss / (lead.direct_loss + lead.wanted)
    return unexplained * supply * (lead.vanished_share or 0.0) * breadth


def concentration(reporters: Sequence[tuple[str, float, float]]) -> float:
    """Herfindahl index of the reporters' gains (0 to 1); 1 where nobody or only one gained."""
    gains = [max(0.0, after - before) for _, before, after in reporters]
    whole = sum(gains)
    return sum((gain / whole) ** 2 for gain in gains) if whole else 1.0


_RANKED: Mapping[str, int] = {"lead": 0, "below_threshold": 1, "note": 2}


def rank_leads(leads: Sequence[Lead]) -> list[Lead]:
    """Score and order: leads first, then what is below the threshold, notes, and the rest.

    Rank is null for what did not rise or cannot be judged.
    """
    last = len(_RANKED)
    wanted = _excess_by_basket(leads)
    asked = [replace(lead, wanted=wanted.get(lead.basket.basket_id, 0.0)) for lead in leads]
    scored = [replace(lead, score=score(lead)) for lead in asked]
    scored.sort(
        key=lambda lead: (
            _RANKED.get(lead.status, last),
            -lead.score,
            -(lead.excess or 0.0),
            lead.hub,
            lead.commodity_code,
        )
    )
    return [
        replace(lead, rank=place if lead.status in _RANKED else None)
        for place, lead in enumerate(scored, start=1)
    ]
