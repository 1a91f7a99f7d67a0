"""Judge every hub and restricted good: the rise, joined with the direct trade that vanished."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrepot.codes.commodity import short_label
from entrepot.codes.period import end, is_month
from entrepot.records.ids import content_id
from entrepot.signals.baskets import Basket, Restriction
from entrepot.signals.direct import DirectLoss, direct_loss
from entrepot.signals.lead import Lead
from entrepot.signals.panel import Floats, Panel
from entrepot.signals.question import Question
from entrepot.signals.rise import Rise, rise
from entrepot.signals.windows import Window, placebos, window
from entrepot.units import LOW_BASE_PER_MONTH, MONTHS_PER_YEAR

MIN_LUMP_PERIODS = 4
"""With fewer periods after a ban the largest of them says nothing of lumps."""


HubRules = Mapping[str, Mapping[str, Restriction]]
"""By hub, what binds each code sold to the hub itself."""


def find_leads(panel: Panel, question: Question, hub_rules: HubRules | None = None) -> list[Lead]:
    """Judge every third country and restricted basket in the figures.

    All of them, even where only some hubs are asked for: the others calibrate the error rate and
    draw on the same lost trade.

    Args:
        panel: the coalition's exports by partner, basket and period.
        question: target, and the first period that counts.
        hub_rules: goods that may not be sold to a hub itself; they say nothing of its ordinary
            demand. Null: none.

    Returns:
        Every hub x restricted basket with trade before or after. Rank, q-value, status, score and
        explanations are still empty: `leads.rank_leads` and `words.explain` fill them.
    """
    hubs = [name for name in panel.partners if name != question.target]
    if not hubs or not panel.periods:
        return []
    found: list[Lead] = []
    windows = _windows(panel, question)
    bound = _bound(panel, hubs, hub_rules or {})
    for real, places in windows.items():
        found.extend(_judge(panel, question, hubs, bound, real, places))
    judged = {place for places in windows.values() for place in places}
    found.extend(_untestable(panel, question, hubs, judged))
    return found


def _windows(panel: Panel, question: Question) -> dict[Window, list[int]]:
    """Restricted, comparable baskets by their window; those with too short a one are left out."""
    groups: dict[Window, list[int]] = {}
    for i, basket in enumerate(panel.baskets):
        if not basket.is_restricted or not basket.is_comparable or basket.banned_from is None:
            continue
        found = window(panel.periods, basket.banned_from, question.since, basket.banned_to)
        if found is not None:
            groups.setdefault(found, []).append(i)
    return groups


def _bound(panel: Panel, hubs: Sequence[str], hub_rules: HubRules) -> list[list[date | None]]:
    """Hubs x baskets: from when the hub itself may not be sold any of these goods; null: free."""
    return [
        [
            min((rules[line].valid_from for line in basket.lines if line in rules), default=None)
            for basket in panel.baskets
        ]
        for rules in (hub_rules.get(hub, {}) for hub in hubs)
    ]


def _judge(
    panel: Panel,
    question: Question,
    hubs: Sequence[str],
    bound: Sequence[Sequence[date | None]],
    real: Window,
    places: Sequence[int],
) -> list[Lead]:
    rows = [panel.partners.index(hub) for hub in hubs]
    usable = np.array([basket.is_comparable for basket in panel.baskets])
    unrestricted = np.array([not basket.is_restricted for basket in panel.baskets])
    is_free = unrestricted[None, :] & np.array([[day is None for day in row] for row in bound])
    # A basket without trade takes no part in growth and placebo: so is one that cannot be compared.
    values = np.where(usable[None, :, None], panel.values[rows], 0.0)
    judged = rise(
        values,
        is_free,
        real,
        placebos(panel.periods, real),
        clean_until=_clean_until(panel),
        low_base=LOW_BASE_PER_MONTH * (1 if is_month(panel.periods[0]) else MONTHS_PER_YEAR),
    )
    direct, loss = _direct(panel, question.target, real)
    made = []
    for h, hub in enumerate(hubs):
        for b in places:
            if not panel.values[rows[h], b].any():
                continue
            lead = _measured(
                _lead(panel, question, hub, panel.baskets[b], real), judged, loss, h, b
            )
            made.append(
                replace(
                    lead,
                    values=_series(panel.values[rows[h], b]),
                    direct=_series(direct[b]) if direct is not None else (),
                    hub_bound_from=bound[h][b],
                )
            )
    return made


def _clean_until(panel: Panel) -> NDArray[np.int64]:
    """Per basket, the first period that its own ban touches."""
    periods = len(panel.periods)
    return np.array(
        [
            next(
                (i for i, one in enumerate(panel.periods) if end(one) > basket.banned_from),
                periods,
            )
            if basket.banned_from is not None
            else periods
            for basket in panel.baskets
        ],
        dtype=np.int64,
    )


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
            panel.currency, question.since, first or "", last or "",
        ),
        rank=None, hub=hub, target=question.target, commodity_code=basket.code,
        commodity=short_label(basket.code), valid_measures=basket.measure_ids,
        period_from=first, period_to=last, currency=panel.currency,
        expected=None, actual=None, excess=None, excess_low=None, excess_high=None, q_value=None,
        direct_loss=None, onward_excess=None, rerouted_low=None, rerouted_high=None,
        phantom_share_low=None, phantom_share_high=None, status="new_code", explanations=(),
        basket=basket, score=0.0, banned_from=basket.banned_from, periods=panel.periods,
        before=real.before if real else (), after=real.after if real else (),
        season=real.season if real else (),
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
        goods_growth=float(judged.goods_growth[b]),
        destinations=int(judged.destinations[b]),
        top_share=float(judged.top_share[h, b]) if periods >= MIN_LUMP_PERIODS else None,
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
