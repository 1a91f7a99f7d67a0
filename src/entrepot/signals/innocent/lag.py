"""Lag: reporters that were late with the last periods.

What a late reporter sold is missing, so it can hide a rise; it cannot make one. It makes the direct
trade that vanished look larger by at most what that reporter used to sell, and the growth of the
hub too small in those periods. Pitfall: reporting lag; the remedy is to compare common periods.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from entrepot.signals.amounts import percent
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check, outcome
from entrepot.signals.innocent.series import Floats
from entrepot.signals.innocent.stated import Stated
from entrepot.signals.panel import Panel
from entrepot.signals.windows import Window

QUESTION = "Does it hold without the periods in which reporters were late?"


SMALL_SHARE = 0.001
"""A share below this is not printed beside the amount."""


@dataclass(frozen=True)
class Lag:
    """One window without its late periods; money over the periods that are left.

    `late` reporters and periods as "NLD 2022-11", those inside the window only. `before` and
    `after` are hubs x baskets (nan: no period is left); `owed` per basket what the late reporters
    sold to the target in the same calendar months before: the direct loss may be too large by as
    much (nan: no figures of direct trade).
    """

    late: tuple[str, ...]
    before: Floats
    after: Floats
    owed: Floats


def lag(panel: Panel, rows: Sequence[int], window: Window, target: str) -> Lag:
    """What is left of a window without its late periods.

    Args:
        panel: its `silence` names who was late.
        rows: places of the hubs.
        window: the periods compared.
        target: whose direct trade the late reporters owe.
    """
    periods, shape = panel.periods, (len(rows), len(panel.baskets))
    inside = {periods[i] for i in window.after}
    owing = tuple(one for one in panel.silence.lagging if one[4:] in inside)
    late = {one[4:] for one in owing}
    kept = [i for i in window.after if periods[i] not in late]
    before = after = np.full(shape, np.nan)
    if owing and kept:
        before = (panel.values @ _same_months(periods, window, kept))[list(rows)]
        counted = np.zeros(len(periods))
        counted[kept] = 1.0
        after = (panel.values @ counted)[list(rows)]
    return Lag(owing, before, after, _owed(panel, target, window, owing))


def _owed(panel: Panel, target: str, window: Window, owing: Sequence[str]) -> Floats:
    """Per basket, what late reporters sold to the target in the calendar months they owe."""
    owed = np.zeros(len(panel.baskets))
    if target not in panel.partners:
        return np.full(len(owed), np.nan)
    sellers = panel.sellers
    direct = sellers.partner == panel.partners.index(target)
    for one in owing:
        rows = direct & (np.array(sellers.names)[sellers.reporter] == one[:3])
        usual = _same_months(panel.periods, window, [panel.periods.index(one[4:])])
        np.add.at(owed, sellers.basket[rows], sellers.values[rows] @ usual)
    return owed


def _same_months(periods: Sequence[str], window: Window, after: Sequence[int]) -> Floats:
    """Per period, its weight in the sum of what was usual in the calendar months of `after`."""
    weights = np.zeros(len(periods))
    for place in after:
        same = [i for i, _ in window.season if periods[i][5:] == periods[place][5:]]
        weights[same] += 1 / len(same)
    return weights


def check(
    late: Sequence[str],
    before: float | None,
    after: float | None,
    owed: float | None,
    lead: Stated,
) -> Check:
    """Whether the rise and the direct loss stand without what late reporters owe."""
    if (why := lead.untested()) is not None:
        return Check(QUESTION, NOT_TESTABLE, why)
    if not late:
        return Check(QUESTION, PASSED, "no reporter that matters was late in this time")
    said = f"not yet reported: {', '.join(late)}"
    if before is None or after is None:
        return Check(QUESTION, NOT_TESTABLE, f"{said}; no other period is left")
    usual = before * lead.growth
    detail = f"{said}; without it {lead.worth(after)} against {lead.worth(usual)} expected"
    if lead.direct_loss is None or owed is None:
        return Check(QUESTION, outcome(after > usual), detail)
    detail += f"; what is owed takes at most {lead.worth(owed)} off the direct loss"
    if lead.direct_loss and owed / lead.direct_loss > SMALL_SHARE:
        detail += f" ({percent(min(1.0, owed / lead.direct_loss))})"
    if lead.direct_loss <= owed:
        return Check(QUESTION, FAILED, detail)
    return Check(QUESTION, outcome(after > usual), detail)
