"""The named tests of a lead: which it passed, failed, and which could not be made.

Each test stands for an innocent reason or a fault of the figures that would make a rise mean
nothing. Passing all of them does not make a lead a finding.
"""

from collections.abc import Callable
from typing import Final

from entrepot.codes.country import name
from entrepot.signals import pitfalls, pitfalls_rows
from entrepot.signals.amounts import money, percent
from entrepot.signals.chance import MIN_PLACEBO_CELLS
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check, outcome
from entrepot.signals.checkgroups import (
    DESTINATIONS,
    FIGURES,
    IMPORTS,
    INNOCENT,
    LEGS,
    SHAPE,
    SIZE,
    Named,
    named,
    with_name,
)
from entrepot.signals.growth import MIN_DESTINATIONS, MIN_FREE_GOODS
from entrepot.signals.innocent import Stated, innocent_checks
from entrepot.signals.lead import Lead, gains
from entrepot.signals.leads import LUMP_SHARE
from entrepot.signals.legs.onward import onward_check
from entrepot.signals.legs.phantom import arrived_check, freight_check
from entrepot.signals.neighbours import NEIGHBOURS_STILL, NO_SWITCH, hub_check, target_check
from entrepot.signals.pitfalls import STEADY_SHARE
from entrepot.signals.pitfalls_rows import Opened
from entrepot.signals.words import pairs_above

ONE_REPORTER_SHARE = 0.80
"""A rise of which one reporter holds more than this share may be one firm or one project."""

VANISHED_SHARE = 0.50
"""Direct trade counts as vanished when at least this share of it is gone."""


_PLACEBO: Final = f"{MIN_PLACEBO_CELLS} pairs of hub and goods with trade that no ban touched"
_FREE: Final = f"{MIN_FREE_GOODS} unrestricted goods that the hub bought"
_DIRECT: Final = "the coalition's exports to the target, before and after"
_SALES: Final = "what the hub sold to the target, as either of the two reports it"


def checks(lead: Lead, fdr: float, opened: Opened | None = None) -> tuple[Named, ...]:
    """All tests of a lead, in the order in which a reader asks them.

    Args:
        lead: a judged lead; one that could not be judged has all its tests not testable.
        fdr: the false share asked for.
        opened: the published rows behind it (`pitfalls_rows.open_rows`); null: not opened, so that
            what only they tell is not testable.
    """
    return (
        *(check(lead, fdr) for check in _CHECKS),
        *(check(lead) for check in pitfalls.CHECKS),
        *(check(lead, opened) for check in pitfalls_rows.CHECKS),
        *(with_name(check) for check in _innocent(lead)),
    )


@named("chance", SIZE, _PLACEBO, (6,))
def _rare(lead: Lead, fdr: float) -> Check:
    question = "Is it rarer than in years when nothing was banned?"
    if lead.q_value is None:
        return Check(question, NOT_TESTABLE, "too few placebo cells in these figures")
    detail = f"q = {lead.q_value:.3f} against {fdr:g}, from {lead.placebo_cells} placebo cells"
    return Check(question, outcome(lead.q_value <= fdr), detail)


@named("interval", SIZE, _PLACEBO)
def _above(lead: Lead, _: float) -> Check:
    question = "Is it above the whole interval of the expectation?"
    if lead.excess_low is None:
        return Check(question, NOT_TESTABLE, "no interval: too few placebo cells")
    detail = f"{money(lead.excess_low, lead.currency)} above its upper end"
    if lead.excess_low <= 0:
        detail = f"{money(-lead.excess_low, lead.currency)} below its upper end"
    return Check(question, outcome(lead.excess_low > 0), detail)


@named("both expectations", SIZE, _FREE)
def _both(lead: Lead, _: float) -> Check:
    question = "Is it above both expectations, the used one and the other?"
    if lead.expected_past is None or lead.expected_panel is None or lead.actual is None:
        return Check(question, NOT_TESTABLE, "only one expectation could be made")
    higher = max(lead.expected_past, lead.expected_panel)
    detail = f"{money(lead.actual, lead.currency)} against {money(higher, lead.currency)}"
    return Check(question, outcome(lead.actual > higher), detail)


@named("steadiness", SHAPE, pitfalls=(6,))
def _steady(lead: Lead, _: float) -> Check:
    question = "Did the rise hold: are periods after the ban above those before?"
    if lead.steadiness is None or not lead.after:
        return Check(question, NOT_TESTABLE, "not judged")
    above, pairs = pairs_above(lead)
    detail = f"in {above:,} of {pairs:,} pairs of periods, growth allowed for"
    return Check(question, outcome(above > STEADY_SHARE * pairs), detail)


@named("one delivery", SHAPE)
def _not_a_lump(lead: Lead, _: float) -> Check:
    question = "Is it more than one delivery?"
    if lead.top_share is None:
        return Check(question, NOT_TESTABLE, "not judged")
    detail = f"the largest period holds {percent(lead.top_share)} of the value after the ban"
    return Check(question, outcome(lead.top_share <= LUMP_SHARE), detail)


@named("several reporters", SHAPE)
def _several_reporters(lead: Lead, _: float) -> Check:
    question = "Do several reporters carry it?"
    gained = gains(lead.reporters)
    if (lead.excess or 0.0) <= 0 or not gained:
        return Check(question, NOT_TESTABLE, "it did not rise")
    share = gained[0][1] / sum(gain for _, gain in gained)
    detail = f"the largest of {len(gained)} holds {percent(share)} of the rise"
    return Check(question, outcome(share <= ONE_REPORTER_SHARE), detail)


def _grew(growth: float) -> str:
    """The growth is never taken below 1, so 1 is no measurement."""
    return f"grew {growth:.2f} times, allowed for" if growth > 1 else "did not grow"


@named("hub growth", INNOCENT, _FREE, (11,))
def _hub_growth(lead: Lead, _: float) -> Check:
    question = "Is it more than the growth of the hub's other purchases?"
    if lead.excess is None or lead.growth is None or (lead.free_goods or 0) < MIN_FREE_GOODS:
        return Check(question, NOT_TESTABLE, f"fewer than {MIN_FREE_GOODS} unrestricted goods")
    detail = f"{lead.free_goods} unrestricted goods {_grew(lead.growth)}"
    return Check(question, outcome(_is_above(lead, lead.growth)), detail)


@named("growth elsewhere", INNOCENT, DESTINATIONS, (11,))
def _goods_growth(lead: Lead, _: float) -> Check:
    question = "Is it more than the growth of these goods at other destinations?"
    if lead.excess is None or lead.goods_growth is None or not lead.destinations:
        return Check(question, NOT_TESTABLE, "not judged")
    if lead.destinations < MIN_DESTINATIONS:
        detail = f"{lead.destinations} destinations, of which all may be hubs"
        return Check(question, NOT_TESTABLE, detail)
    detail = f"the median of {lead.destinations} destinations {_grew(lead.goods_growth)}"
    return Check(question, outcome(_is_above(lead, lead.goods_growth)), detail)


def _is_above(lead: Lead, growth: float) -> bool:
    """Whether more was bought than the level before, grown."""
    return (lead.actual or 0.0) > growth * (lead.usual or 0.0)


@named("change of codes", FIGURES, pitfalls=(4,))
def _codes(lead: Lead, _: float) -> Check:
    question = "Is it free of a change of codes?"
    if not lead.basket.is_comparable or lead.basket.left_out:
        gone = ", ".join(lead.basket.left_out)
        return Check(question, FAILED, f"only one side of the change is in the figures: {gone}")
    if lead.basket.chained_on:
        return Check(question, PASSED, f"{', '.join(lead.basket.codes)} counted as one series")
    return Check(
        question,
        PASSED,
        f"no code of {len(lead.basket.code)} digits changed here in the time of the figures",
    )


@named("direct trade", LEGS, _DIRECT)
def _vanished(lead: Lead, _: float) -> Check:
    question = f"Did direct exports to {name(lead.target)} vanish at the same time?"
    if lead.vanished_share is None:
        return Check(question, NOT_TESTABLE, "no direct exports before, or no figures for them")
    detail = f"{percent(lead.vanished_share)} of {money(lead.direct_before or 0.0, lead.currency)}"
    return Check(question, outcome(lead.vanished_share >= VANISHED_SHARE), detail)


@named("supply", LEGS, _DIRECT)
def _supply(lead: Lead, _: float) -> Check:
    question = "Was enough direct trade lost to feed the rises at all hubs?"
    if lead.direct_loss is None or lead.excess is None:
        return Check(question, NOT_TESTABLE, "no figures for direct exports")
    lost, wanted = money(lead.direct_loss, lead.currency), money(lead.wanted, lead.currency)
    return Check(question, outcome(lead.direct_loss >= lead.wanted), f"{lost} against {wanted}")


@named("sold on", LEGS, _SALES)
def _onward(lead: Lead, _: float) -> Check:
    return onward_check(
        lead.hub, lead.target, lead.onward_excess, lead.onward_low, lead.onward_high,
        lead.currency, lead.onward_source,
    )  # fmt: skip


@named("arrival", LEGS, IMPORTS, (1,))
def _arrived(lead: Lead, _: float) -> Check:
    return arrived_check(lead.hub, lead.phantom_share_low, lead.phantom_share_high)


@named("freight", LEGS, IMPORTS, (2,))
def _freight(lead: Lead, _: float) -> Check:
    low, high = lead.gap_logs
    return freight_check(lead.hub, low, high)


@named("neighbours", INNOCENT, "trade in free goods of the same heading or chapter", (11, 12))
def _neighbours(lead: Lead, _: float) -> Check:
    if lead.beside is None:
        return Check(NEIGHBOURS_STILL, NOT_TESTABLE, "not judged")
    return hub_check(lead.beside.neighbours, *lead.place)


@named(
    "neighbour codes", INNOCENT, "direct trade in free goods of the same heading or chapter", (12,)
)
def _switched(lead: Lead, _: float) -> Check:
    if lead.beside is None:
        return Check(NO_SWITCH, NOT_TESTABLE, "not judged")
    return target_check(lead.beside.neighbours, lead.place[1], lead.currency)


def _innocent(lead: Lead) -> tuple[Check, ...]:
    """Innocent explanations, each with the data that separates it."""
    if lead.beside is None or lead.actual is None or lead.expected is None:
        return innocent_checks(None, None)
    facts = lead.beside.facts(lead.place)
    stated = Stated(
        lead.hub, lead.target, lead.currency, lead.actual, lead.expected, facts.before,
        lead.direct_loss, lead.onward_excess is not None,
    )  # fmt: skip
    return innocent_checks(facts, stated)


_CHECKS: Final[tuple[Callable[[Lead, float], Named], ...]] = (
    _rare,
    _above,
    _both,
    _steady,
    _not_a_lump,
    _several_reporters,
    _hub_growth,
    _goods_growth,
    _codes,
    _vanished,
    _supply,
    _onward,
    _arrived,
    _freight,
    _neighbours,
    _switched,
)
