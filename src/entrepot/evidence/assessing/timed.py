"""Sums that hold a part of a claim's time only, or more than it: what they can still say.

A year of which eleven months are held is not that year; a month is not one day in it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from entrepot.codes.period import end, is_month, shift, start
from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    NOT_TESTABLE,
    PARTLY,
    SUPPORTED,
)
from entrepot.evidence.assessing.numbers import Said
from entrepot.evidence.assessing.sizes import Sums
from entrepot.evidence.assessing.sums import Outcome
from entrepot.evidence.assessing.whenmeant import Meant
from entrepot.evidence.assessing.windows import Window
from entrepot.evidence.claim import Claim
from entrepot.measures.cite import listed
from entrepot.units import MONTHS_PER_YEAR

MOST_TIME_SHARE: Final = 0.8
"""Share of a claim's time that must be held, and of what is held that must lie in it, to speak of a
change in that time. A choice."""


@dataclass(frozen=True)
class Gap:
    """What of a claim's time the periods leave out, and whether they reach well beyond it.

    `missing`: periods of the claim that are not held; `share` of its periods that are.
    """

    missing: tuple[str, ...] = ()
    share: float = 1.0
    is_wide: bool = False

    @property
    def words(self) -> str:
        """What is missing, or too much, in words."""
        said = [f"not in the figures: {listed(list(self.missing), most=4)}"] if self.missing else []
        if self.is_wide:
            said.append("the periods of the figures are longer than the time that is meant")
        return "; ".join(said)


def gap(found: Window, time: Meant | None, claim: Claim) -> Gap:
    """The gap between a claim's time and the periods that stand for it.

    None where the claim says no time, or no beginning. Days after the report's own are not missed.
    """
    if time is None or time.is_assumed or time.first is None or time.after is None or not found.now:
        return Gap()
    own, after = claim.reported_on, time.after
    last = min(after, own + timedelta(days=1)) if own and time.first <= own else after
    step = 1 if is_month(found.now[0]) else MONTHS_PER_YEAR
    here = f"{time.first:%Y-%m}" if step == 1 else f"{time.first:%Y}"
    wanted = []
    while start(here) < last:
        wanted.append(here)
        here = shift(here, step)
    missing = tuple(one for one in wanted if one not in found.now)
    days = sum((end(one) - start(one)).days for one in found.now)
    inside = sum((min(end(one), after) - max(start(one), time.first)).days for one in found.now)
    share = 1 - len(missing) / len(wanted) if wanted else 1.0
    return Gap(missing, share, inside < MOST_TIME_SHARE * days)


def timed_worth(said: Said, found: Sums, lack: Gap, made: Outcome) -> Outcome:
    """An amount where the time is held in part: what the rest may hold is left open.

    Each missing period is taken to hold anything from nothing to as much as the largest one held.
    """
    if not lack.words:
        return made
    values = [found.view.series.values.get(one, 0.0) for one in found.window.now]
    least = 0.0 if lack.is_wide else found.now
    most = found.now + len(lack.missing) * max(values)
    if said.holds(least) and said.holds(most):
        return Outcome(SUPPORTED, made.ground, "", (*made.cautions, f"{_upper(lack.words)}."))
    is_under = said.high is not None and Said(None, said.high).is_near(least)
    is_over = said.low is not None and Said(said.low, None).is_near(most)
    if not (is_under or said.high is None) or not (is_over or said.low is None):
        return Outcome(CONTRADICTED, made.ground, "", (*made.cautions, f"{_upper(lack.words)}."))
    if said.holds(found.now):
        return Outcome(PARTLY, made.ground, f"it holds for what is held; {lack.words}",
                       made.cautions)  # fmt: skip
    return Outcome(NOT_TESTABLE, made.ground, "", (*made.cautions, f"{_upper(lack.words)}."))


def timed_change(claim: Claim, lack: Gap, made: Outcome) -> Outcome:
    """A rise, a fall or a stop: most of the time must be held, for its size all of it."""
    if not lack.words or made.verdict == NOT_TESTABLE:
        return made
    is_most = lack.share >= MOST_TIME_SHARE and not lack.is_wide
    if is_most and (made.verdict != SUPPORTED or claim.quantity is None):
        return Outcome(made.verdict, made.ground, made.part, (*made.cautions,
                       f"{_upper(lack.words)}."))  # fmt: skip
    return _open(lack, made)


def timed_trade(lack: Gap, made: Outcome, *, none: bool) -> Outcome:
    """Trade or none: what is missing may hold some; what is too much may hold all of it."""
    is_seen = made.verdict == (CONTRADICTED if none else SUPPORTED)
    is_unseen = made.verdict == (SUPPORTED if none else CONTRADICTED)
    is_open = (is_seen and lack.is_wide) or (is_unseen and bool(lack.missing))
    return _open(lack, made) if is_open else made


def _open(lack: Gap, made: Outcome) -> Outcome:
    """What holds, holds in part; what does not may still do so in the rest."""
    if made.verdict == CONTRADICTED:
        return Outcome(NOT_TESTABLE, made.ground, "", (*made.cautions, f"{_upper(lack.words)}."))
    part = f"{made.part or 'it holds for what is held'}; {lack.words}"
    return Outcome(PARTLY, made.ground, part, made.cautions)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
