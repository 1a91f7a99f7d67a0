"""Judge every hub and restricted good: the rise, joined with the direct trade that vanished."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from entrepot.codes.commodity import short_label
from entrepot.codes.period import is_month
from entrepot.records.ids import content_id
from entrepot.signals.baskets import Basket, Restriction
from entrepot.signals.beside import Beside, Sides, beside
from entrepot.signals.demand import calm, demand
from entrepot.signals.direct import DirectLoss, direct_loss
from entrepot.signals.growth import season_mean
from entrepot.signals.lead import Lead
from entrepot.signals.panel import Floats, Panel, Sellers, clean_until
from entrepot.signals.question import Question
from entrepot.signals.rise import Flags, Rise, Trade, rise
from entrepot.signals.windows import Window, first_touched, placebos, window
from entrepot.signals.words import explain
from entrepot.units import LOW_BASE_PER_MONTH

MIN_LUMP_PERIODS = 4
"""With fewer periods after a ban the largest of them says nothing of lumps."""


HubRules = Mapping[str, Mapping[str, Restriction]]
"""By hub, what binds each code sold to the hub itself."""


def find_leads(
    panel: Panel, question: Question, sides: Sides, hub_rules: HubRules | None = None
) -> list[Lead]:
    """Judge every third country and restricted basket in the figures.

    All of them, even where only some hubs are asked for: the others calibrate the error rate and
    draw on the same lost trade.

    Args:
        panel: the coalition's exports by partner, basket and period.
        question: target, and the first period that counts.
        sides: the other legs of the same figures.
        hub_rules: goods that may not be sold to a hub itself; they say nothing of its ordinary
            demand. Null: none.

    Returns:
        Every hub x restricted basket with trade before or after. Rank, q-value, status and score
        are still empty: `leads.rank_leads` fills them.
    """
    if not panel.periods or not set(panel.partners) - {question.target}:
        return []
    windows = _windows(panel, question)
    scene = _scene(panel, question, windows, hub_rules or {}, sides)
    found: list[Lead] = []
    for real, places in windows.items():
        found.extend(_judge(scene, real, places))
    judged = {place for places in windows.values() for place in places}
    found.extend(_untestable(panel, question, scene.hubs, judged))
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


@dataclass(frozen=True)
class _Scene:
    """What all windows of a run share: the hubs, their trade, and the exports to the target."""

    panel: Panel
    question: Question
    hubs: tuple[str, ...]
    bound: list[list[date | None]]
    trade: Trade
    panel_reason: str
    sides: Sides


def _scene(
    panel: Panel,
    question: Question,
    windows: Mapping[Window, Sequence[int]],
    hub_rules: HubRules,
    sides: Sides,
) -> _Scene:
    hubs = tuple(name for name in panel.partners if name != question.target)
    rows = np.array([panel.partners.index(hub) for hub in hubs])
    bound = _bound(panel, hubs, hub_rules)
    usable = np.array([basket.is_comparable for basket in panel.baskets])
    unrestricted = np.array([not basket.is_restricted for basket in panel.baskets])
    is_free = unrestricted[None, :] & np.array([[day is None for day in row] for row in bound])
    # A basket without trade takes no part in growth and placebo: so is one that cannot be compared.
    values = np.where(usable[None, :, None], panel.values[rows], 0.0)
    sold = panel.sellers
    place = np.full(len(panel.partners), -1)
    place[rows] = np.arange(len(rows))
    kept = (place[sold.partner] >= 0) & usable[sold.basket]
    trade = Trade(
        values=values,
        is_free=is_free,
        clean_until=clean_until(panel),
        seller_hub=place[sold.partner][kept],
        seller_basket=sold.basket[kept],
        seller_values=sold.values[kept],
        is_monthly=is_month(panel.periods[0]),
        own_until=np.array(
            [[first_touched(panel.periods, day) for day in row] for row in bound], dtype=np.int64
        ),
    )
    found = demand(values, _untouched(trade, windows), is_free)
    trade = replace(trade, index=found.index)
    return _Scene(panel, question, hubs, bound, trade, found.reason, sides)


def _untouched(trade: Trade, windows: Mapping[Window, Sequence[int]]) -> Flags:
    """Hubs x baskets x periods that neither the ban nor a measure on the hub touched.

    Of restricted goods also the later periods, in the middle half by growth of many destinations.
    """
    calm_cells = np.zeros(trade.is_free.shape, dtype=bool)
    for real, places in windows.items():
        found = calm(trade.values[:, places], real, LOW_BASE_PER_MONTH * trade.per_period)
        calm_cells[:, places] = found
    when = np.arange(trade.values.shape[-1])
    before = when[None, :] < trade.clean_until[:, None]
    is_free_of_own = when < trade.own_until[..., None]
    return (before[None] | calm_cells[..., None]) & is_free_of_own


def _judge(scene: _Scene, real: Window, places: Sequence[int]) -> list[Lead]:
    panel = scene.panel
    judged = rise(scene.trade, real, placebos(panel.periods, real))
    direct, loss = _direct(panel, scene.question.target, real, scene.sides.reported)
    around = beside(panel, scene.question, scene.hubs, scene.trade, real, judged, loss, scene.sides)
    made = []
    for h, hub in enumerate(scene.hubs):
        row = panel.partners.index(hub)
        for b in places:
            if not panel.values[row, b].any():
                continue
            made.append(
                Lead(
                    **_identity(panel, scene.question, hub, panel.baskets[b], real),
                    **_measured(judged, loss, h, b, len(real.after)),
                    **_legs(around, (h, b)),
                    values=_series(panel.values[row, b]),
                    direct=_series(direct[b]) if direct is not None else (),
                    hub_bound_from=scene.bound[h][b],
                    panel_reason=scene.panel_reason,
                    demand=_demand(scene.trade, real, h, b),
                    reporters=_reporters(panel.sellers, row, b, real),
                )
            )
    return made


def _reporters(
    sold: Sellers, partner: int, basket: int, real: Window
) -> tuple[tuple[str, float, float], ...]:
    """Per reporter, mean a period in the season before and after; who gained most comes first."""
    rows = sold.of(partner, basket)
    before = season_mean(sold.values[rows], real)
    after = sold.values[rows][:, list(real.after)].mean(axis=-1)
    names = [sold.names[i] for i in sold.reporter[rows]]
    found = zip(names, before.tolist(), after.tolist(), strict=True)
    return tuple(sorted(found, key=lambda row: (row[1] - row[2], row[0])))


def _demand(trade: Trade, real: Window, h: int, b: int) -> tuple[float, ...]:
    """Ordinary demand in each period after, by the panel model; empty: it says nothing."""
    if trade.index is None:
        return ()
    found = trade.index[h, b, list(real.after)]
    return () if np.isnan(found).any() else _series(found)


def _direct(
    panel: Panel, target: str, real: Window, reported: Flags
) -> tuple[Floats | None, DirectLoss | None]:
    if target not in panel.partners:
        return None, None
    place = panel.partners.index(target)
    rows = panel.sellers.partner == place
    sold, basket = panel.sellers.values[rows], panel.sellers.basket[rows]
    silent = np.asarray(~reported[:, list(real.after)].any(axis=1))
    loss = direct_loss(sold, basket, len(panel.baskets), real, silent[panel.sellers.reporter[rows]])
    return panel.values[place], loss


def _series(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _identity(
    panel: Panel, question: Question, hub: str, basket: Basket, real: Window | None
) -> dict[str, Any]:
    """What a lead is about, and what ranking fills in later."""
    first = panel.periods[real.after[0]] if real else None
    last = panel.periods[real.after[-1]] if real else None
    lead_id = content_id(
        "lea", question.coalition, hub, question.target, basket.code, str(question.level),
        panel.currency, question.since, first or "", last or "",
    )  # fmt: skip
    return {
        "lead_id": lead_id, "hub": hub, "target": question.target,
        "commodity_code": basket.code, "commodity": short_label(basket.code),
        "valid_measures": basket.measure_ids, "period_from": first, "period_to": last,
        "currency": panel.currency, "basket": basket, "banned_from": basket.banned_from,
        "periods": panel.periods, "before": real.before if real else (),
        "after": real.after if real else (), "season": real.season if real else (),
        "rank": None, "q_value": None, "status": "new_code", "score": 0.0,
        "tell": partial(explain, since=question.since or ""),
    }  # fmt: skip


def _measured(
    judged: Rise, loss: DirectLoss | None, h: int, b: int, periods: int
) -> dict[str, Any]:
    """The numbers of the rise; nan becomes null."""
    used = judged.mean
    mean, actual = float(used.mean[h, b]), float(judged.actual[h, b])
    low, high = _number(used.low[h, b] * periods), _number(used.high[h, b] * periods)
    single = (mean, float(used.period_low[h, b]), float(used.period_high[h, b]))
    return {
        "expected": mean * periods,
        "expected_past": _number(judged.past[h, b]),
        "expected_panel": _number(judged.panel[h, b]),
        "is_panel": bool(used.is_panel[h, b]),
        "past_miss": _number(used.past_miss[h, b]),
        "panel_miss": _number(used.panel_miss[h, b]),
        "is_short": judged.is_short,
        "actual": actual,
        "excess": actual - mean * periods,
        "excess_low": None if high is None else actual - high,
        "excess_high": None if low is None else actual - low,
        "p_value": _number(judged.p_value[h, b]),
        "steadiness": _number(judged.steady[h, b]),
        "growth": float(judged.growth[h]),
        "free_goods": int(judged.free_goods[h]),
        "goods_growth": float(judged.goods_growth[b]),
        "destinations": int(judged.destinations[b]),
        "top_share": float(judged.top_share[h, b]) if periods >= MIN_LUMP_PERIODS else None,
        "direct_loss": None if loss is None else float(loss.loss[b]),
        "direct_before": None if loss is None else float(loss.before[b]),
        "vanished_share": None if loss is None else _number(loss.vanished_share[b]),
        "placebo_cells": judged.placebo_cells,
        "band": None if low is None else single,
    }


_NO_MEASURE: dict[str, Any] = dict.fromkeys(
    ("expected", "actual", "excess", "excess_low", "excess_high", "direct_loss")
)
_NO_LEGS: dict[str, Any] = dict.fromkeys(
    ("onward_excess", "rerouted_low", "rerouted_high", "phantom_share_low", "phantom_share_high")
)


def _legs(around: Beside, place: tuple[int, int]) -> dict[str, Any]:
    """The other legs; nan becomes null."""
    onward, arrival = around.onward, around.phantom.split
    source = onward.source[place[0]]
    found = {
        "onward_excess": onward.excess,
        "onward_low": onward.excess_low,
        "onward_high": onward.excess_high,
        "rerouted_low": around.rerouted_low,
        "rerouted_high": around.rerouted_high,
        "substitution_low": around.substitution_low,
        "substitution_high": around.substitution_high,
        "phantom_share_low": arrival.share_low,
        "phantom_share_high": arrival.share_high,
        "arrived": arrival.arrived,
        "undecidable": arrival.undecidable,
        "missing": arrival.missing,
    }
    numbers: dict[str, Any] = {name: _number(values[place]) for name, values in found.items()}
    told = None if source is None else source.told()
    return {**numbers, "onward_source": told, "beside": around, "place": place}


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
                named = _identity(panel, question, hub, basket, None)
                yield Lead(**named, **_NO_MEASURE, **_NO_LEGS, values=_series(series))
