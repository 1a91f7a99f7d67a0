"""Relocation of demand: who moved to the hub buys there what was bought elsewhere.

Two kinds of data separate it. Who moves buys free goods too: machines, parts and household goods of
the same section of the Harmonized System that nobody banned. And what is bought here is no longer
bought elsewhere: other destinations lose what the hub gains. Demand that moved from the target
itself shows in the first, not in the second. Pitfall: legitimate demand; control: goods that were
not sanctioned.
"""

from dataclasses import dataclass

import numpy as np

from entrepot.codes.sections import section
from entrepot.signals.baskets import Basket
from entrepot.signals.check import NOT_TESTABLE, Check, outcome
from entrepot.signals.growth import MIN_DESTINATIONS, weighted_medians
from entrepot.signals.innocent.series import Flags, Floats, Places
from entrepot.signals.innocent.stated import Stated

QUESTION_FREE = "Is it more than the growth of free goods of the same section at the hub?"
QUESTION_ELSEWHERE = "Is it more than other destinations lost of these goods?"

MIN_SECTION_GOODS = 5
"""Free goods of a section below which its growth is not measured. The standard error of a median of
5 is six tenths of the spread of the goods (1.25 / sqrt(5)); all free goods of the hub together, the
growth that is allowed for, need 15."""


@dataclass(frozen=True)
class Relocation:
    """Arrays of hubs x baskets.

    `section_growth` is the growth of the hub's free goods of the basket's section (dimensionless;
    nan: too few), from `section_goods` of them; `lost_elsewhere` what all other third countries
    together bought less than before, over the window and at least 0 (nan: too few destinations),
    of `others` that trade in the good.
    """

    section_growth: Floats
    section_goods: Places
    lost_elsewhere: Floats
    others: Places


def relocation(
    before: Floats, after: Floats, baskets: tuple[Basket, ...], is_free: Flags, low: float
) -> Relocation:
    """Measure both for every hub and basket.

    Args:
        before: third countries x baskets, money over the window in the season before.
        after: the same, after.
        baskets: the second axis.
        is_free: hubs x baskets, goods that are restricted neither to the target nor to the hub.
        low: added to both sides of a ratio, money over the window.
    """
    growth, goods = _section_growth(before, after, baskets, is_free, low)
    traded = (before > 0) | (after > 0)
    others = traded.sum(axis=0)[None, :] - traded
    gain = after - before
    lost = np.maximum(0.0, gain - gain.sum(axis=0)[None, :])
    enough = others + 1 >= MIN_DESTINATIONS
    return Relocation(growth, goods, np.where(enough, lost, np.nan), others)


def _section_growth(
    before: Floats, after: Floats, baskets: tuple[Basket, ...], is_free: Flags, low: float
) -> tuple[Floats, Places]:
    named = np.array([section(basket.code)[0] for basket in baskets])
    traded = is_free & ((before > 0) | (after > 0))
    ratio = (after + low) / (before + low)
    weight = np.where(traded, ((before + low) * (after + low)) ** 0.25, 0.0)
    growth = np.full(before.shape, np.nan)
    goods = np.zeros(before.shape, dtype=np.int64)
    for one in sorted(set(named)):
        inside = named == one
        count = traded[:, inside].sum(axis=1)
        middle = weighted_medians(ratio[:, inside], weight[:, inside])
        enough = count >= MIN_SECTION_GOODS
        growth[:, inside] = np.where(enough, middle, np.nan)[:, None]
        goods[:, inside] = count[:, None]
    return growth, goods


def check_free(growth: float | None, goods: int, section_name: str, lead: Stated) -> Check:
    """Whether the good rose by more than the free goods of its section."""
    if (why := lead.untested()) is not None:
        return Check(QUESTION_FREE, NOT_TESTABLE, why)
    if growth is None:
        detail = (
            f"{goods} free goods of section {section_name} in these figures, "
            f"{MIN_SECTION_GOODS} needed"
        )
        return Check(QUESTION_FREE, NOT_TESTABLE, detail)
    usual = lead.before
    detail = (
        f"{goods} free goods of section {section_name} changed {growth:.2f} times; as much would "
        f"give {lead.worth(usual * growth)}, it was {lead.worth(lead.actual)}"
    )
    return Check(QUESTION_FREE, outcome(lead.actual > usual * growth), detail)


def check_elsewhere(lost: float | None, others: int, lead: Stated) -> Check:
    """Whether the hub gained more than all other third countries together lost."""
    if (why := lead.untested()) is not None:
        return Check(QUESTION_ELSEWHERE, NOT_TESTABLE, why)
    if lost is None:
        detail = f"{others} other destinations, {MIN_DESTINATIONS - 1} needed"
        return Check(QUESTION_ELSEWHERE, NOT_TESTABLE, detail)
    lost_said = f"bought {lead.worth(lost)} less" if lost else "bought no less"
    detail = (
        f"{others} other destinations together {lost_said}; the rise is {lead.worth(lead.excess)}"
    )
    return Check(QUESTION_ELSEWHERE, outcome(lead.excess > lost), detail)
