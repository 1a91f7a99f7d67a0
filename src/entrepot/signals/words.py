"""Short, exact sentences made from the numbers of a lead.

They say what the figures show, what the method allowed for, and what was not measured. Words for a
verdict (diverted, evaded, smuggled) do not occur: a rise can be consistent with rerouting, no more.
"""

import numpy as np

from entrepot.codes.country import name
from entrepot.signals.amounts import money, percent
from entrepot.signals.expectwords import expectations_told, growth_told
from entrepot.signals.lead import Lead, gains
from entrepot.signals.legwords import legs_told
from entrepot.signals.ranges import interval
from entrepot.signals.recency import counted, shortness

WHOLE_SHARE = 0.9
"""Where the fall of all direct exports is at least this share of what single exporters lost, the
two are told as one."""


def explain(lead: Lead, since: str = "") -> tuple[str, ...]:
    """The explanations of one lead, most important first.

    Args:
        lead: of any status.
        since: first period that counts as after, as asked; it is needed only to count the periods
            of a ban that is too recent. Empty: from the ban on.
    """
    if lead.expected is None:
        return (_untestable(lead, since), *_codes(lead))
    return (
        _headline(lead),
        *_steadiness(lead),
        *expectations_told(lead),
        *growth_told(lead),
        *_breadth(lead),
        *_first_times(lead),
        *_codes(lead),
        *_law(lead),
        *_window(lead),
        *legs_told(lead),
        *_unmeasured(lead),
    )


def _untestable(lead: Lead, since: str = "") -> str:
    if lead.basket.is_comparable:
        found = shortness(lead, since)
        why = found.reason() if found else ""
        counts = f" ({why})" if why else ""
        return (
            f"Restricted from {lead.banned_from}: the time since, or the past before, is too short "
            f"in these figures to compare{counts}."
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
            f"months before, on average ({percent(1 - lead.actual / usual)} less)."
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
    return "; not safely told from ordinary change"


def _above(lead: Lead) -> str:
    text = f"{money(lead.excess or 0.0, lead.currency)} above expectation"
    if lead.excess_low is None or lead.excess_high is None:
        return text
    return f"{text} ({interval(lead.excess_low, lead.excess_high, lead.currency)})"


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
        f"{counted(len(after), 'period')} after the ban and {len(before)} before make {pairs:,} "
        f"pairs: in {percent(above / pairs)} of them the later one is higher, growth allowed for."
    ]


def pairs_above(lead: Lead) -> tuple[int, int]:
    """Pairs of a period after and one before, grown, in which the later is higher; and all."""
    before = np.array([lead.values[i] for i in lead.before]) * lead.allowed
    after = np.array([lead.values[i] for i in lead.after])
    return int((after[:, None] > before[None, :]).sum()), len(after) * len(before)


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
        whose = "it holds" if len(sellers.new) == 1 else "they hold"
        said.append(
            f"{len(sellers.new)} of {counted(len(sellers.tested), 'seller')} had never sold these "
            f"goods to {name(lead.hub)} in these figures; {whose} {percent(sellers.new_share)} of "
            "the value after the ban."
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
