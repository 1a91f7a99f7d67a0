"""Leads: which rises count, and in which order.

The rank answers "how well does rerouting explain this rise?", not "how large is it?": see `score`.
A lead is a reason to look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from entrepot.codes.period import is_month
from entrepot.signals.chance import q_values
from entrepot.signals.lead import Lead, Sellers, gains
from entrepot.signals.steady import NOTHING_PER_MONTH
from entrepot.units import MONTHS_PER_YEAR

LUMP_SHARE = 0.60
"""One period that holds this share of the value after the ban makes a rise a note, not a lead."""


STEADY_PART = 0.9
"""Part of the score that rests on steadiness alone."""


def status(lead: Lead, q_value: float | None, fdr: float) -> str:
    """One of records.leads.STATUSES, from the numbers of a lead and the false share asked for."""
    if lead.excess is None or lead.expected is None:
        return "too_recent" if lead.basket.is_comparable else "new_code"
    if lead.excess <= 0:
        return "fall" if _fell(lead) else "no_rise"
    if lead.top_share is not None and lead.top_share > LUMP_SHARE:
        return "note"
    if lead.excess < NOTHING_PER_MONTH * _months(lead):
        return "below_threshold"
    passed = q_value is not None and q_value <= fdr
    rerouting_possible = lead.direct_loss is None or lead.direct_loss > 0
    return "lead" if passed and rerouting_possible else "below_threshold"


def _months(lead: Lead) -> int:
    """Months in the window."""
    is_yearly = lead.period_from is not None and not is_month(lead.period_from)
    per_period = MONTHS_PER_YEAR if is_yearly else 1
    return len(lead.after) * per_period


def _fell(lead: Lead) -> bool:
    """Below what was usual even without the hub's growth, by more than ordinary change."""
    if lead.actual is None or lead.expected is None or lead.excess_high is None:
        return False
    return lead.excess_high < 0 and lead.actual < (lead.usual or 0.0)


def score(lead: Lead, wanted: float) -> float:
    """How well rerouting explains the rise (0 to 1): steadiness first, then the direct trade.

    Nine tenths rest on the steadiness of the rise, which by itself tells planted reroutings best
    from other changes (docs/planted.md). The rest is a product of three shares, so that among
    equally steady rises the direct trade decides:

    * supply: loss / (loss + wanted), `wanted` being the excess of all hubs in these goods. Where
      the rises ask for as much as was lost, every lost euro would have had to be rerouted; studies
      find a tenth at most (EBRD working paper 276, 2023), so a loss that dwarfs the rise explains
      it best;
    * vanished: share of the direct trade that is gone;
    * breadth: 1 - concentration / 2 over reporters (Herfindahl index of their gains): a rise
      carried by one reporter counts half, as one project can be the reason.

    What was not measured counts 1. Zero where nothing rose.
    """
    if lead.excess is None or lead.steadiness is None or lead.excess <= 0:
        return 0.0
    second = 1.0 - concentration(lead.reporters) / 2
    if lead.direct_loss is not None:
        supply = lead.direct_loss / (lead.direct_loss + wanted)
        second *= supply * (lead.vanished_share or 0.0)
    return max(0.0, lead.steadiness) * (STEADY_PART + (1 - STEADY_PART) * second)


def concentration(reporters: Sellers) -> float:
    """Herfindahl index of the reporters' gains (0 to 1); 1 where nobody or only one gained."""
    gained = [gain for _, gain in gains(reporters)]
    whole = sum(gained)
    return sum((gain / whole) ** 2 for gain in gained) if whole else 1.0


_RANKED: Mapping[str, int] = {"lead": 0, "below_threshold": 1, "note": 2}


def among(leads: Sequence[Lead], hubs: Sequence[str]) -> list[Lead]:
    """The leads of the hubs asked for; of all where none is named."""
    return [lead for lead in leads if not hubs or lead.hub in hubs]


def rank_leads(
    leads: Sequence[Lead], fdr: float, wanted: Mapping[str, float] | None = None
) -> list[Lead]:
    """Give q-value, status, score and rank: leads first, then what is below the threshold.

    Args:
        leads: judged rows of one run; the error rate holds for them together.
        fdr: largest expected share of false leads.
        wanted: excess of all hubs by basket, where `leads` holds only some of them; null: sum it
            from `leads`.

    Returns:
        The rows in order. Rank is null for what did not rise or cannot be judged.
    """
    asked = excess_by_basket(leads) if wanted is None else wanted
    judged = [
        _Judged(lead, q, status(lead, q, fdr), share, score(lead, share))
        for lead, q in zip(leads, _q_of(leads), strict=True)
        for share in [asked.get(lead.basket.basket_id, 0.0)]
    ]
    return [one.at(place) for place, one in enumerate(sorted(judged, key=_Judged.order), start=1)]


class _Judged(NamedTuple):
    """A lead with what ranking gives it; a lead is made anew once only, as there can be many."""

    lead: Lead
    q_value: float | None
    status: str
    wanted: float
    score: float

    def order(self) -> tuple[int, float, float, str, str]:
        first = _RANKED.get(self.status, len(_RANKED))
        lead = self.lead
        return first, -self.score, -(lead.excess or 0.0), lead.hub, lead.commodity_code

    def at(self, place: int) -> Lead:
        return replace(
            self.lead,
            q_value=self.q_value,
            status=self.status,
            wanted=self.wanted,
            score=self.score,
            rank=place if self.status in _RANKED else None,
        )


def _q_of(leads: Sequence[Lead]) -> list[float | None]:
    p_values = [np.nan if lead.p_value is None else lead.p_value for lead in leads]
    q = q_values(np.array(p_values, dtype=np.float64))
    return [None if np.isnan(value) else float(value) for value in q]


def excess_by_basket(leads: Iterable[Lead]) -> dict[str, float]:
    """What the rises of all hubs together ask for: they draw on the same vanished trade."""
    total: dict[str, float] = {}
    for lead in leads:
        if lead.excess is not None and lead.excess > 0:
            total[lead.basket.basket_id] = total.get(lead.basket.basket_id, 0.0) + lead.excess
    return total
