"""Pitfalls of trade figures as named tests, as far as a lead holds the data that separates them.

Entrepots (7), contaminated controls (12) and lists made from the outcome (16); the numbers are
those of the register in docs/innocent.md. What takes the published rows is in `pitfalls_rows`.
Passed: the pitfall does not explain the rise; failed: it does or may.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np

from entrepot.codes.country import name
from entrepot.codes.period import end, is_month, start
from entrepot.signals.amounts import money
from entrepot.signals.beside import Beside
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check, outcome
from entrepot.signals.checkgroups import DESTINATIONS, FIGURES, INNOCENT, SIZE, Named, named
from entrepot.signals.growth import MIN_DESTINATIONS, MIN_FREE_GOODS, season_mean
from entrepot.signals.lead import Lead, gains
from entrepot.signals.windows import MIN_PERIODS_AFTER, window
from entrepot.units import LOW_BASE_PER_MONTH, MONTHS_PER_YEAR

ENTREPOTS: Final = ("NLD", "BEL", "HKG", "SGP", "ARE")
"""ISO alpha-3 of countries whose trade is to a large part the trade of others. Fisman, Moustakerski
and Wei 2008 (Review of Economics and Statistics 90, 587) study Hong Kong and Singapore as
entrepots; the Netherlands, Belgium and the Emirates are our choice."""

PLACEBO: Final = "SGP"
"""The entrepot whose growth is held against the hub's. Fisman, Moustakerski and Wei 2008 use
Singapore as the one through which nothing was rerouted. Where it is on the way itself, the test
fails leads that are none; it cannot pass one wrongly for that."""

CONTROL_SHARE: Final = 0.50
"""Each set of controls must leave this share of the stated rise: what one of them takes more than
half of depends on the choice of controls."""

STEADY_SHARE: Final = 0.75
"""Share of pairs (a period after, a period before) in which the later one must be higher: half is
what chance gives."""


def _idle(lead: Lead) -> str:
    """Why nothing can be asked of a rise; empty where there is one."""
    if lead.excess is None or lead.actual is None or lead.usual is None:
        return "not judged"
    return "" if lead.excess > 0 else "it did not rise"


@named("entrepots", INNOCENT, pitfalls=(7,))
def _entrepots(lead: Lead) -> Check:
    """What an entrepot sells or buys may be on its way from anywhere to anywhere."""
    question = "Does the rise hold without known entrepots?"
    if why := _idle(lead):
        return Check(question, NOT_TESTABLE, why)
    if lead.hub in ENTREPOTS:
        return Check(question, *_entrepot_hub(lead))
    there = [who for who, _ in gains(lead.reporters) if who in ENTREPOTS]
    if not there:
        return Check(question, PASSED, "no entrepot among those who sold more than before")
    actual, expected = _without(lead, there)
    detail = (
        f"without {' and '.join(name(who) for who in there)} {money(actual, lead.currency)} "
        f"against {money(expected, lead.currency)} expected"
    )
    return Check(question, outcome(actual > expected), detail)


def _entrepot_hub(lead: Lead) -> tuple[str, str]:
    """Outcome and detail where the hub is an entrepot: what it sold to the target decides."""
    hub, target = name(lead.hub), name(lead.target)
    if lead.onward_low is None or lead.onward_high is None:
        need = f"needed: what it sold to {target}, and of that its re-exports (RX)"
        return NOT_TESTABLE, f"{hub} is itself an entrepot; {need}"
    low, high = (money(one, lead.currency) for one in (lead.onward_low, lead.onward_high))
    detail = f"{hub} is itself an entrepot; to {target} it sold {low} to {high} above expectation"
    return (PASSED if lead.onward_low > 0 else FAILED), detail


def _without(lead: Lead, sellers: list[str]) -> tuple[float, float]:
    """Actual and expected over the window without some sellers: by their share of the past.

    Where nothing was sold before, all that was expected is expected of the others.
    """
    before = sum(base for _, base, _ in lead.reporters)
    kept = [(base, after) for who, base, after in lead.reporters if who not in sellers]
    share = sum(base for base, _ in kept) / before if before else 1.0
    return sum(after for _, after in kept) * len(lead.after), share * (lead.expected or 0.0)


@named("Singapore test", INNOCENT, DESTINATIONS, (7,))
def _singapore(lead: Lead) -> Check:
    """Trade of entrepots rose by itself if the one through which nothing was rerouted rose too."""
    question = f"Is it more than the growth at {name(PLACEBO)}, the placebo entrepot?"
    if (why := _idle(lead)) or lead.beside is None:
        return Check(question, NOT_TESTABLE, why or "not judged")
    if lead.hub == PLACEBO:
        return Check(question, NOT_TESTABLE, "the hub is the placebo entrepot")
    growth = _growth_at(PLACEBO, lead, lead.beside)
    if growth is None:
        return Check(question, NOT_TESTABLE, f"no exports of these goods to {name(PLACEBO)}")
    # At least the level before, as of every growth: what shrank there must not pass a lead.
    usual = max(1.0, growth) * (lead.usual or 0.0)
    actual, asked = money(lead.actual or 0.0, lead.currency), money(usual, lead.currency)
    detail = f"there they changed {growth:.2f} times; {actual} here against {asked}"
    return Check(question, outcome((lead.actual or 0.0) > usual), detail)


def _growth_at(country: str, lead: Lead, around: Beside) -> float | None:
    """The shrunken ratio after to before of these goods at another destination; null: no trade."""
    panel, window = around.panel, around.window
    if country not in around.hubs:
        return None
    values = panel.values[panel.partners.index(country), lead.place[1]]
    base, mean = float(season_mean(values, window)), float(values[list(window.after)].mean())
    low = LOW_BASE_PER_MONTH * (1 if is_month(panel.periods[0]) else MONTHS_PER_YEAR)
    return (mean + low) / (base + low) if base > 0 or mean > 0 else None


@named("control sets", SIZE, DESTINATIONS, (12,))
def _controls(lead: Lead) -> Check:
    """Free goods of the hub, and the same goods elsewhere: a ban may have touched one of them."""
    question = "Do two sets of controls each leave most of the rise?"
    if why := _idle(lead):
        return Check(question, NOT_TESTABLE, why)
    actual, usual = lead.actual or 0.0, lead.usual or 0.0
    here = (lead.free_goods or 0) >= MIN_FREE_GOODS and lead.growth is not None
    there = (lead.destinations or 0) >= MIN_DESTINATIONS and lead.goods_growth is not None
    left = [actual - (growth or 1.0) * usual for growth in (lead.growth, lead.goods_growth)]
    of_hub, of_goods = (money(one, lead.currency) for one in left)
    if here and there:
        least = CONTROL_SHARE * (lead.excess or 0.0)
        detail = f"free goods of the hub leave {of_hub}, the same goods elsewhere {of_goods}"
        return Check(question, outcome(min(left) >= least), detail)
    detail = "only one set can be told: free goods of the hub"
    if not here:
        detail = f"needed: {MIN_FREE_GOODS} free goods of the hub"
        detail += f"; the same goods elsewhere leave {of_goods}" if there else ""
    return Check(question, NOT_TESTABLE, detail)


@named("listing", FIGURES, "a year of figures before the first goods were restricted", (16,))
def _listing(lead: Lead) -> Check:
    """A list may be made from growth in trade; then growth says nothing new of what is on it."""
    question = "Was it restricted before it rose?"
    if lead.beside is None or lead.banned_from is None or not lead.values:
        return Check(question, NOT_TESTABLE, "not judged")
    first = _first_ban(lead.beside, lead.banned_from)
    own, monthly = lead.banned_from, is_month(lead.periods[0])
    between = [one for one in lead.periods if start(one) >= first and end(one) <= own]
    if len(between) < MIN_PERIODS_AFTER[monthly]:
        told = f"restricted from {own}, {_after(first, own)}"
        return Check(question, PASSED, told)
    early = window(lead.periods, first, banned_to=own)
    if early is None:
        return Check(question, NOT_TESTABLE, f"the figures begin too late before {first}")
    values = np.array(lead.values)
    before, after = values[list(early.before)] * lead.allowed, values[list(early.after)]
    above, pairs = int((after[:, None] > before[None, :]).sum()), len(after) * len(before)
    detail = (
        f"restricted from {own}, the first goods from {first}; between, {above:,} of {pairs:,} "
        "pairs of periods were higher, growth allowed for"
    )
    return Check(question, outcome(above <= STEADY_SHARE * pairs), detail)


def _after(first: date, own: date) -> str:
    """How soon after the first goods, where that is too soon for a list made from figures."""
    if own <= first:
        return "not later than the first goods"
    return f"{(own - first).days} days after the first goods: too soon for figures of a rise"


def _first_ban(around: Beside, own: date) -> date:
    """The day on which the first goods of the run were restricted, within its figures."""
    begins = start(around.panel.periods[0])
    days = [one.banned_from for one in around.panel.baskets if one.banned_from is not None]
    return min([day for day in days if day >= begins], default=own)


CHECKS: Final[tuple[Callable[[Lead], Named], ...]] = (_controls, _entrepots, _singapore, _listing)
