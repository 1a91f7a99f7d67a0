"""Short, exact sentences made from the numbers of a lead.

They say what the figures show, what the method allowed for, and what was not measured. Words for a
verdict (diverted, evaded, smuggled) do not occur: a rise can be consistent with rerouting, no more.
"""

import numpy as np

from entrepot.codes.country import name
from entrepot.signals.amounts import money, percent
from entrepot.signals.lead import Lead, gains

WHOLE_SHARE = 0.9
"""Where the fall of all direct exports is at least this share of what single exporters lost, the
two are told as one."""


def explain(lead: Lead) -> tuple[str, ...]:
    """The explanations of one lead, most important first."""
    if lead.expected is None:
        return (_untestable(lead), *_codes(lead))
    return (
        _headline(lead),
        *_steadiness(lead),
        *_counterfactuals(lead),
        *_growth(lead),
        *_breadth(lead),
        *_first_times(lead),
        *_codes(lead),
        *_law(lead),
        *_window(lead),
        *_legs(lead),
        *_unmeasured(lead),
    )


def _untestable(lead: Lead) -> str:
    if lead.basket.is_comparable:
        return (
            f"Restricted from {lead.banned_from}: the time since, or the past before, is too short "
            "in these figures to compare."
        )
    codes = ", ".join(lead.basket.lines)
    return (
        f"The nomenclature changed and only one side of the change is in these figures ({codes}): "
        "a rise or fall cannot be told from the change of codes."
    )


def _headline(lead: Lead) -> str:
    if lead.expected is None or lead.actual is None or lead.excess is None:
        return _untestable(lead)
    hub, target, unit = name(lead.hub), name(lead.target), lead.currency
    actual, expected = money(lead.actual, unit), money(lead.expected, unit)
    span = f"{lead.period_from} to {lead.period_to}"
    if lead.status == "fall":
        usual = lead.usual or lead.expected
        return (
            f"Exports to {hub} fell: {actual} in {span} against {money(usual, unit)} in the same "
            f"months before ({percent(1 - lead.actual / usual)} less)."
        )
    if lead.excess <= 0:
        return f"Exports to {hub} were {actual} in {span}, not above the expected {expected}."
    if lead.status != "lead":
        why = _why_not(lead, target)
        return f"Exports to {hub} were {actual} in {span} against {expected} expected{why}."
    unsure = ""
    if lead.excess_low is not None and lead.excess_low <= 0:
        unsure = " Its size is uncertain: the interval reaches to zero or below."
    return f"Consistent with rerouting: {_above(lead)} in {span}{_loss(lead, target)}.{unsure}"


def _why_not(lead: Lead, target: str) -> str:
    """Why a rise is no lead; nothing where the next sentence says it."""
    if lead.status == "note":
        return ""
    if lead.direct_loss == 0:
        return f"; no direct trade with {target} was lost, so rerouting cannot explain it"
    if lead.excess_low is None:
        return "; no interval could be given, so nothing more is said"
    if lead.direct_loss == 0:
        return f"; no direct trade with {target} was lost, so rerouting cannot explain it"
    return "; not safely told from ordinary change"


def _above(lead: Lead) -> str:
    text = f"{money(lead.excess or 0.0, lead.currency)} above expectation"
    if lead.excess_low is None or lead.excess_high is None:
        return text
    low, high = money(lead.excess_low, lead.currency), money(lead.excess_high, lead.currency)
    return f"{text} ({low} to {high})"


def _loss(lead: Lead, target: str) -> str:
    if lead.direct_loss is None:
        return f"; direct exports to {target} are not in these figures"
    if not lead.direct_before:
        return ""
    lost = f"{money(lead.direct_loss, lead.currency)} ({percent(lead.vanished_share or 0.0)})"
    if lead.direct_change is None or -lead.direct_change >= WHOLE_SHARE * lead.direct_loss:
        return f", while direct exports to {target} fell by {lost}"
    side = "rose" if lead.direct_change > 0 else "fell"
    return (
        f", while those who sold less to {target} directly sold {lost} less; all direct exports "
        f"together {side} by {money(abs(lead.direct_change), lead.currency)}"
    )


def _steadiness(lead: Lead) -> list[str]:
    after = [lead.values[i] for i in lead.after]
    before = [lead.values[i] for i in lead.before]
    if not after or not before:
        return []
    if lead.top_share is not None and lead.status == "note":
        return [
            f"One period alone holds {percent(lead.top_share)} of the value after the ban: "
            "one delivery is a note, not a lead."
        ]
    above, pairs = pairs_above(lead)
    return [
        f"{len(after)} periods after the ban and {len(before)} before make {pairs:,} pairs: in "
        f"{percent(above / pairs)} of them the later one is higher, growth allowed for."
    ]


def pairs_above(lead: Lead) -> tuple[int, int]:
    """Pairs of a period after and one before, grown, in which the later is higher; and all."""
    before = np.array([lead.values[i] for i in lead.before]) * lead.allowed
    after = np.array([lead.values[i] for i in lead.after])
    return int((after[:, None] > before[None, :]).sum()), len(after) * len(before)


def _counterfactuals(lead: Lead) -> list[str]:
    """Both expectations, which was used, and why."""
    if lead.expected_past is None:
        return []
    past = money(lead.expected_past, lead.currency)
    if lead.expected_panel is None:
        why = lead.panel_reason or _why_silent(lead)
        return [f"Expected from its own past: {past}. The panel model says nothing: {why}."]
    panel = money(lead.expected_panel, lead.currency)
    used = "the panel model" if lead.is_panel else "its own past"
    return [
        f"Expected two ways: {panel} by a panel model of the trade that no ban touched, {past} by "
        f"its own past and growth. Used: {used}, as {_why_used(lead)}."
    ]


def _why_silent(lead: Lead) -> str:
    """Why a model that was fitted expects nothing here."""
    if not any(lead.values[i] for i in lead.before):
        return "these goods were not sold there before"
    return "the trade that no ban touched does not show the demand there over all these periods"


def _why_used(lead: Lead) -> str:
    if lead.past_miss is None or lead.panel_miss is None:
        return "there are too few placebo cells to try the model on"
    if not lead.is_panel and lead.panel_miss < lead.past_miss:
        return "it was traded in fewer than half of the periods before, too few for the model"
    near, far = sorted((lead.past_miss, lead.panel_miss))
    return (
        "on placebo cells of this size it is usually off by a factor of "
        f"{np.exp(near):.2f}, the other by {np.exp(far):.2f}"
    )


def _growth(lead: Lead) -> list[str]:
    if lead.growth is None:
        return []
    hub = name(lead.hub)
    if lead.allowed <= 1.005:
        return [
            f"{hub}'s purchases of unrestricted goods did not grow, or there are too few of them "
            "to tell; no growth was allowed for."
        ]
    if lead.goods_growth is not None and lead.goods_growth > lead.growth:
        return [
            f"Allowed for: the median of {lead.destinations} destinations bought "
            f"{lead.goods_growth:.2f} times as much of these goods."
        ]
    return [
        f"Allowed for: {hub}'s purchases of unrestricted goods, counted as {lead.growth:.2f} times "
        f"the level before{'' if lead.is_panel else ', in the expectation too'}."
    ]


def _breadth(lead: Lead) -> list[str]:
    rises = gains(lead.reporters)
    if not rises:
        return []
    share = rises[0][1] / sum(gain for _, gain in rises)
    who = name(rises[0][0])
    if len(rises) == 1:
        return [f"One reporter, {who}, sold more than before."]
    return [
        f"{len(rises)} reporters sold more than before; {who} holds {percent(share)} of what they "
        "gained."
    ]


def _first_times(lead: Lead) -> list[str]:
    """Trade that had never been there: new sellers, and lines the hub had never bought."""
    if (lead.excess or 0.0) <= 0 or lead.beside is None:
        return []
    said = []
    sellers = lead.beside.new_sellers(lead.place)
    if sellers.new and sellers.new_share:
        said.append(
            f"{len(sellers.new)} of {len(sellers.tested)} sellers had never sold these goods to "
            f"{name(lead.hub)} in these figures; they hold {percent(sellers.new_share)} of the "
            "value after the ban."
        )
    if lead.beside.first[lead.place] == 1:
        said.append(
            f"First trade: {name(lead.hub)} had never bought these goods in these figures, and the "
            "trade held."
        )
    elif lead.new_line_share:
        said.append(
            f"{percent(lead.new_line_share)} of the value after the ban is in lines that "
            f"{name(lead.hub)} had never bought in these figures."
        )
    return said


def _codes(lead: Lead) -> list[str]:
    said = []
    basket = lead.basket
    if basket.chained_on and len(basket.codes) > 1 and basket.is_comparable:
        said.append(
            f"Codes changed in {basket.chained_on[:4]}: {', '.join(basket.codes)} are counted as "
            "one series."
        )
    if basket.left_out and basket.is_comparable:
        said.append(
            f"Left out, because only one side of a change of codes is in these figures: "
            f"{', '.join(basket.left_out)}."
        )
    if basket.unused:
        said.append(
            f"Not counted, as they hold restricted and free goods together: rows of "
            f"{', '.join(basket.unused)}."
        )
    return said


def _law(lead: Lead) -> list[str]:
    said = []
    if lead.basket.is_partial:
        said.append(
            "The measures cover these goods in part (by description, value or some lines only): "
            "part of this trade may have been free all along."
        )
    if lead.hub_bound_from is not None:
        said.append(
            f"{name(lead.hub)} itself is under measures on these goods or part of them, from "
            f"{lead.hub_bound_from}."
        )
    return said


def _window(lead: Lead) -> list[str]:
    if not lead.is_short or lead.excess_low is None:
        return []
    return ["The interval is that of a window of one year; for this longer one it is too narrow."]


def _legs(lead: Lead) -> list[str]:
    """What the hub sold on, what arrived, and the room that all legs leave."""
    hub, target, unit = name(lead.hub), name(lead.target), lead.currency
    said = []
    if lead.onward_excess is not None:
        bounds = _bounds(lead.onward_low, lead.onward_high, unit)
        side = "above" if lead.onward_excess >= 0 else "below"
        said.append(
            f"By {lead.onward_source}: {hub} sold {money(abs(lead.onward_excess), unit)} {side} "
            f"expectation to {target}{bounds}."
        )
    if lead.rerouted_low is not None and lead.rerouted_high is not None:
        of_loss = ""
        if lead.substitution_low is not None and lead.substitution_high is not None:
            low, high = percent(lead.substitution_low), percent(lead.substitution_high)
            of_loss = f", {low} to {high} of the direct loss"
        said.append(
            f"All three legs leave room for {money(lead.rerouted_low, unit)} to "
            f"{money(lead.rerouted_high, unit)} of rerouting{of_loss} (90 % interval)."
        )
    if lead.arrived is not None and lead.undecidable is not None and lead.missing is not None:
        said.append(
            f"By {hub}'s own import figures {money(lead.arrived, unit)} of the rise arrived, "
            f"{money(lead.missing, unit)} did not, and for {money(lead.undecidable, unit)} the "
            "freight (0 to 20 %) decides."
        )
    return said


def _bounds(low: float | None, high: float | None, unit: str) -> str:
    return "" if low is None or high is None else f" ({money(low, unit)} to {money(high, unit)})"


def _unmeasured(lead: Lead) -> list[str]:
    missing = []
    if lead.onward_excess is None:
        missing.append(f"what {name(lead.hub)} sold on to {name(lead.target)}")
    if lead.phantom_share_low is None:
        missing.append(f"whether the goods arrived in {name(lead.hub)}")
    said = [f"Not measured with these figures: {' and '.join(missing)}."] if missing else []
    if lead.status == "lead":
        said.append(
            "Innocent reasons stay possible: new demand for these goods alone, firms or people "
            "that moved, a project, a price rise of these goods. The named tests say which of them "
            "these figures speak against."
        )
    return said
