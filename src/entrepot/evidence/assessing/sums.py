"""What the sums of one record of a trade say to a claim: that it exists, rose, fell, stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from entrepot.codes.period import is_month
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    NOT_TESTABLE,
    PARTLY,
    SUPPORTED,
    Ground,
    turned,
)
from entrepot.evidence.assessing.numbers import Said, amount, in_digits
from entrepot.evidence.assessing.rates import is_currency, rate
from entrepot.evidence.assessing.records import Loaded
from entrepot.evidence.assessing.series import references
from entrepot.evidence.assessing.sizes import Sums, converted, size
from entrepot.evidence.assessing.views import View
from entrepot.evidence.assessing.windows import Window, spelled
from entrepot.evidence.claim import Claim
from entrepot.measures.cite import listed
from entrepot.signals.amounts import money, percent
from entrepot.units import LOW_BASE_PER_MONTH

FLAT_SHARE: Final = 0.05
"""A smaller change is called no change: prices and rates alone make as much. A choice."""

EXISTS_SHARE: Final = 0.5
"""Trade that goes on at less than this share of the same time before goes on in part. A choice."""

STOPPED_SHARE: Final = 0.1
"""What is left where trade has all but stopped: a claim that it stopped then holds partly. A
choice."""

QUIET_MONTHS: Final = 3
"""Months without any trade by which one that went on in a part of the time stopped in it. A
choice."""

TOLD_IN_TIMES: Final = 3.0
"""From this factor on, a rise is printed in times and not in percent."""


OTHER_BASIS: Final = (
    "Another source, valuation or set of goods may give another amount: find out what the claim "
    "counts."
)


@dataclass(frozen=True)
class Outcome:
    """What one record says; `part` where it says it of a part, `cautions` beside it."""

    verdict: str
    ground: Ground
    part: str = ""
    cautions: tuple[str, ...] = ()


def sums(loaded: Loaded, view: View, window: Window) -> Sums:
    """The sums of one record, its sentence, and the published rows behind it.

    Args:
        loaded: the figures.
        view: the record.
        window: periods of the claim; where none of the base is held it has no base.
    """
    found, has_base = view.series, bool(window.base)
    now = found.sum(window.now)
    base = found.sum(window.base) if has_base else None
    pairs = [(found.values.get(one, 0.0), found.values.get(before, 0.0))
             for one, before in zip(window.now, window.base, strict=has_base)]  # fmt: skip
    higher, lower = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    rows = tuple(references(loaded, found, *filter(None, (window.now, window.base))))
    said = Ground(_sentence(view, window, now, base, (higher, lower)), rows)
    return Sums(view, window, now, base, higher, lower, said)


def _sentence(
    view: View, window: Window, now: float, base: float | None, pairs: tuple[int, int]
) -> str:
    unit = view.series.currency
    whose = view.whose[:1].upper() + view.whose[1:]
    said = f"{whose}: {money(now, unit)} in {spelled(window.now)}"
    if base is None:
        return f"{said}; nothing is held to compare it with."
    said += f", {money(base, unit)} in {spelled(window.base)}"
    if base:
        said += f": {_moved(now / base - 1)}"
    higher, lower = pairs
    size = len(window.now)
    if size > 1:
        kind = "months" if len(window.now[0]) > 4 else "years"
        said += f" (higher in {higher}, lower in {lower} of {size} {kind})"
    return f"{said}."


def _moved(change: float) -> str:
    """A change in words; more than three times as much is told in times."""
    if change >= TOLD_IN_TIMES - 1:
        return f"{change + 1:.1f} times as much"
    return f"{'up' if change > 0 else 'down'} {percent(abs(change))}" if change else "no change"


def exists(claim: Claim, found: Sums, *, none: bool) -> Outcome:
    """Trade takes place, or none does. Zero counts only where the reporters spoke."""
    cautions = _cautions(found)
    if none:
        verdict = SUPPORTED if found.now == 0 else CONTRADICTED
        return Outcome(verdict, found.ground, cautions=cautions)
    if found.now == 0:
        return Outcome(CONTRADICTED, found.ground, cautions=cautions)
    if found.change is not None and found.now < EXISTS_SHARE * (found.base or 0.0):
        part = (
            f"some trade goes on ({found.money(found.now)} in {spelled(found.window.now)}); it is "
            f"{percent(-found.change)} less than in {spelled(found.window.base)} "
            f"({found.money(found.base or 0.0)})"
        )
        return Outcome(PARTLY, found.ground, part, cautions)
    if claim.quantity is not None:
        size = f"{in_digits(claim.quantity)} {claim.unit or ''}"
        part = f"trade takes place; {size} is not tested by money"
        return Outcome(PARTLY, found.ground, " ".join(part.split()), cautions)
    return Outcome(SUPPORTED, found.ground, cautions=cautions)


def stopped(claim: Claim, found: Sums) -> Outcome:
    """Trade stopped, or a named share of it was halted."""
    if claim.quantity is not None and claim.unit in ("%", "share"):
        return changed(claim, found, rises=False)
    cautions = _cautions(found)
    if found.base == 0 and found.now == 0:
        note = "There was no such trade before either, so nothing could stop."
        return Outcome(CONTRADICTED, found.ground, cautions=(*cautions, note))
    if found.now == 0 and found.base is None:
        return Outcome(NOT_TESTABLE, found.ground, cautions=cautions)
    if found.now == 0:
        return Outcome(SUPPORTED, found.ground, cautions=cautions)
    left = found.now / found.base if found.base else 1.0
    if found.base and left <= STOPPED_SHARE:
        part = f"{percent(1 - left)} of it stopped; {found.money(found.now)} went on"
        return Outcome(PARTLY, found.ground, part, cautions)
    if (since := _none_since(found)) is not None:
        part = f"{found.money(found.now)} went on; none is in the figures from {since} on"
        return Outcome(PARTLY, found.ground, part, cautions)
    return Outcome(CONTRADICTED, found.ground, cautions=cautions)


def _none_since(found: Sums) -> str | None:
    """From when there is no trade, in the time of the claim or after it, to the end of the figures.

    Null: there is some in the last `QUIET_MONTHS`, or the figures are by year.
    """
    held = [one for one in found.view.series.periods if one >= found.window.now[0]]
    trailing = list(takewhile(lambda one: not found.view.series.values.get(one), reversed(held)))
    if len(trailing) < QUIET_MONTHS or not is_month(trailing[-1]):
        return None
    return spelled(trailing[-1:])


def changed(claim: Claim, found: Sums, *, rises: bool) -> Outcome:
    """Trade rose or fell, and by as much as said."""
    cautions = _cautions(found)
    if found.base is None:
        return Outcome(NOT_TESTABLE, found.ground, cautions=cautions)
    if found.base == 0 and found.now == 0:
        return Outcome(CONTRADICTED, found.ground, cautions=cautions)
    moved = (found.now - found.base) * (1 if rises else -1)
    if found.base and abs(moved) < FLAT_SHARE * found.base:
        part = f"it hardly changed (less than {percent(FLAT_SHARE)} either way)"
        return Outcome(PARTLY, found.ground, part, cautions)
    if moved < 0:
        return Outcome(CONTRADICTED, found.ground, cautions=cautions)
    if not _is_broad(found, rises=rises):
        part = "the sum moved that way, and most of its periods did not: one of them makes it"
        return Outcome(PARTLY, found.ground, part, cautions)
    return _sized(claim, found, moved, cautions)


def _is_broad(found: Sums, *, rises: bool) -> bool:
    """Whether at least as many periods moved that way as the other."""
    return found.higher >= found.lower if rises else found.lower >= found.higher


def _sized(claim: Claim, found: Sums, moved: float, cautions: tuple[str, ...]) -> Outcome:
    """The direction holds: does the size that is said hold as well?"""
    said, actual, words = size(claim, found, moved)
    if claim.quantity is None:
        return Outcome(SUPPORTED, found.ground, cautions=cautions)
    if said is None or actual is None:
        why = words[0] if words else "The size stays untested."
        part = f"the direction holds; {why[:1].lower()}{why[1:].rstrip('.')}"
        return Outcome(PARTLY, found.ground, part, (*cautions, *words[1:]))
    if said.holds(actual):
        return Outcome(SUPPORTED, found.ground, cautions=(*cautions, *words[1:]))
    part = f"the direction holds, the size does not: {words[0]}"
    return Outcome(PARTLY, found.ground, part, (*cautions, *words[1:]))


def printed(claim: Claim, found: Sums) -> Said | None:
    """The amount of a claim in the currency of the figures; null: no amount, or no rate."""
    unit = claim.unit or ""
    factor = rate(unit, found.currency, found.window.now) if is_currency(unit) else None
    return None if factor is None else amount(claim, factor)


def worth(claim: Claim, found: Sums) -> Outcome:
    """Trade is worth an amount in the time of the claim."""
    cautions, unit = _cautions(found), claim.unit or ""
    said = printed(claim, found)
    if said is None:
        note = f"There is no reference rate of {unit} for that time." * is_currency(unit)
        return Outcome(NOT_TESTABLE, found.ground, cautions=(*cautions, *filter(None, (note,))))
    cautions = (*cautions, *converted(unit, found, rate(unit, found.currency, found.window.now)))
    if said.holds(found.now):
        return Outcome(SUPPORTED, found.ground, cautions=cautions)
    if said.is_near(found.now):
        part = (
            f"the order of size holds: {found.money(found.now)} in these figures; another basis, "
            "time or exchange rate may explain the rest"
        )
        return Outcome(PARTLY, found.ground, part, cautions)
    return Outcome(CONTRADICTED, found.ground, cautions=(*cautions, OTHER_BASIS))


def _cautions(found: Sums) -> tuple[str, ...]:
    said = list(found.view.notes)
    late = [one for one in found.view.series.silence.lagging
            if one.rpartition(" ")[2] in {*found.window.now, *found.window.base}]  # fmt: skip
    if late:
        said.append(f"Not reported in time, so their part is missing: {listed(late)}.")
    if found.now == 0:
        said.append("No figure is no trade here; one that a publisher keeps secret looks the same.")
    low = LOW_BASE_PER_MONTH * len(found.window.base)
    if found.base is not None and 0 < found.base < low:
        said.append(
            f"The earlier trade is small ({found.money(found.base)}): one delivery can move it."
        )
    return tuple(said)


def negated(outcome: Outcome) -> Outcome:
    """The outcome for the opposite claim; a part is told of what is denied."""
    part = outcome.part and f"of what is denied: {outcome.part}"
    return Outcome(turned(outcome.verdict), outcome.ground, part, outcome.cautions)


def joined(outcomes: Sequence[Outcome], names: Sequence[str]) -> tuple[str, str]:
    """One verdict from several records of one trade, and the part; they are never added.

    Records that say the same give that verdict. Where they do not agree the claim holds partly.
    """
    verdicts = {one.verdict for one in outcomes}
    if len(verdicts) == 1:
        part = "; ".join(dict.fromkeys(one.part for one in outcomes if one.part))
        return outcomes[0].verdict, part
    tested = [(one, whose) for one, whose in zip(outcomes, names, strict=True)
              if one.verdict != NOT_TESTABLE]  # fmt: skip
    if len({one.verdict for one, _ in tested}) == 1:
        return tested[0][0].verdict, tested[0][0].part
    said = [f"{whose}: {one.part or one.verdict}" for one, whose in tested]
    return PARTLY, f"the records of both sides differ: {'; '.join(said)}"
