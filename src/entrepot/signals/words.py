"""Short, exact sentences made from the numbers of a lead.

They say what the figures show, what the method allowed for, and what was not measured. Words for a
verdict (diverted, evaded, smuggled) do not occur: a rise can be consistent with rerouting, no more.
"""

import numpy as np

from entrepot.codes.country import name
from entrepot.signals.lead import Lead, gains
from entrepot.signals.rise import SHARE_BEFORE, reached
from entrepot.units import MONTHS_PER_YEAR


def explain(lead: Lead) -> tuple[str, ...]:
    """The explanations of one lead, most important first."""
    if lead.expected is None:
        return (_untestable(lead), *_codes(lead))
    return (
        _headline(lead),
        *_persistence(lead),
        *_growth(lead),
        *_breadth(lead),
        *_codes(lead),
        *_law(lead),
        *_window(lead),
        *_unmeasured(lead),
    )


def money(value: float, currency: str = "EUR") -> str:
    """An amount in words of fitting size: EUR 1.67 m, EUR 310 k, EUR 25."""
    size = abs(value)
    sign = "-" if value < 0 else ""
    currency = f"{currency} " if currency else ""
    if size >= 999_500_000:
        return f"{sign}{currency}{_three(size / 1e9)} bn"
    if size >= 999_500:
        return f"{sign}{currency}{_three(size / 1e6)} m"
    if size >= 999.5:
        return f"{sign}{currency}{_three(size / 1e3)} k"
    return f"{sign}{currency}{size:.0f}"


def _three(value: float) -> str:
    """Three significant digits, never fewer than the whole number."""
    decimals = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{decimals}f}"


def percent(share: float) -> str:
    """A share in whole percent; near the ends with one digit, so that 99.6 % is not printed 100."""
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{share * 100:.1f} %"
    return f"{share * 100:.0f} %"


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
        usual = lead.expected / lead.allowed
        return (
            f"Exports to {hub} fell: {actual} in {span} against {money(usual, unit)} in the same "
            f"months before ({percent(1 - lead.actual / usual)} less)."
        )
    if lead.excess <= 0:
        return f"Exports to {hub} were {actual} in {span}, not above the expected {expected}."
    if lead.status != "lead":
        why = _why_not(lead, target)
        return f"Exports to {hub} were {actual} in {span} against {expected} expected{why}."
    return f"Consistent with rerouting: {_above(lead)} in {span}{_loss(lead, target)}."


def _why_not(lead: Lead, target: str) -> str:
    """Why a rise is no lead; nothing where the next sentence says it."""
    if lead.status == "note":
        return ""
    if lead.excess_low is None:
        return "; no interval could be given, so nothing more is said"
    if lead.direct_loss == 0 and lead.excess_low > 0:
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
    return (
        f", while direct exports to {target} fell by {money(lead.direct_loss, lead.currency)} "
        f"({percent(lead.vanished_share or 0.0)})"
    )


def _persistence(lead: Lead) -> list[str]:
    after = [lead.values[i] for i in lead.after]
    before = [lead.values[i] for i in lead.before]
    if not after or not before:
        return []
    if lead.top_share is not None and lead.status == "note":
        return [
            f"One period alone holds {percent(lead.top_share)} of the value after the ban: "
            "one delivery is a note, not a lead."
        ]
    high = float(reached(np.array(before), SHARE_BEFORE)) * lead.allowed
    held = sum(value > high for value in after)
    return [
        f"In {held} of {len(after)} periods after the ban it stood above "
        f"{money(high, lead.currency)}: the level that one in seven of the {len(before)} periods "
        "before reached, growth allowed for."
    ]


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
        f"Allowed for: {hub}'s purchases of unrestricted goods grew {lead.growth:.2f} times, and "
        "the expectation with them."
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
        f"{len(rises)} reporters sold more than before; {who} holds {percent(share)} of the rise."
    ]


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
    if len(lead.after) <= MONTHS_PER_YEAR:
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
            "Innocent reasons not ruled out: new demand for these goods alone, firms or people "
            "that moved, a project, a price rise of these goods."
        )
    return said
