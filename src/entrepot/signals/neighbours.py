"""Free neighbours of restricted goods: did they rise where restricted ones rose or fell?

Two results that speak for different things and are never added:

* in the hub: if free goods of the same heading rose beyond the hub's growth too, plain demand for
  such goods is a better explanation than rerouting;
* in direct trade with the target: if free neighbours rose while the restricted goods fell, part of
  the goods may go on under a neighbour's code, and the direct loss is then too large. Fisman and
  Wei (2004) read such a switch from the negative coefficient on the tax of neighbours.

Innocent causes of a rise of neighbours at the target: real substitution (another good does the
same work), a code that was split, a project. Nothing here says that goods were declared falsely.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.amounts import money
from entrepot.signals.baskets import Basket
from entrepot.signals.check import NOT_TESTABLE, Check, outcome
from entrepot.signals.growth import hub_growth, levels, reached
from entrepot.signals.windows import Window
from entrepot.units import LOW_BASE_PER_MONTH

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HELD_SHARE = 0.70
"""A rise of neighbours must hold in this share of the periods after the ban."""

HIGH_SHARE = 0.15
"""It is compared with the level that this share of earlier periods reached."""

HEADING = "heading"
CHAPTER = "chapter"


NEIGHBOURS_STILL = "Did free goods of the same heading not rise likewise in the hub?"
NO_SWITCH = "Did direct sales of free neighbour codes to the target not rise instead?"


@dataclass(frozen=True)
class Nearby:
    """The free neighbours of one basket: their places among the baskets, and how near they are.

    `kind` is "heading" (free lines of the same heading), "chapter" (free headings of the same
    chapter, where the heading has no free line), or empty where there are none.
    """

    places: tuple[int, ...]
    kind: str

    def told(self) -> str:
        """Their number in words."""
        count = len(self.places)
        return f"{count} free neighbour{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Neighbours:
    """Arrays of hubs x baskets (`hub_`) and of baskets (`target_`); nan: no free neighbour.

    `_rose` are logs of the shrunken ratio after to before, less the log of the growth of all free
    goods there (dimensionless): above 0, neighbours rose by more than that. `_held` is the same of
    a low period after against a high period before, so that one delivery does not count.
    `target_restricted` is the log ratio of the restricted goods themselves, without growth, and
    `target_gain` what the neighbours gained beyond growth, in currency over the window, at least 0.
    """

    nearby: tuple[Nearby, ...]
    hub_rose: Floats
    hub_held: Floats
    target_rose: Floats
    target_held: Floats
    target_restricted: Floats
    target_gain: Floats

    def is_switch(self) -> Floats:
        """Baskets: 1 where neighbours rose at the target and held while the restricted fell."""
        found = (self.target_held > 0) & (self.target_rose > 0) & (self.target_restricted < 0)
        known = ~np.isnan(self.target_held)
        return np.where(known, found.astype(np.float64), np.nan)


def nearby(baskets: Sequence[Basket]) -> tuple[Nearby, ...]:
    """The free neighbours of every restricted basket; none for a free one.

    Neighbours stand at the level of the baskets: for codes of six digits or more the heading is the
    first four; for a heading they are the free lines of the heading itself. Baskets that cannot be
    compared are no neighbours. Baskets of two digits have the free part of their own chapter.
    """
    free = [i for i, one in enumerate(baskets) if not one.is_restricted and one.is_comparable]
    heads: dict[str, list[int]] = {}
    chapters: dict[str, list[int]] = {}
    for i in free:
        heads.setdefault(baskets[i].code[:4], []).append(i)
        chapters.setdefault(baskets[i].code[:2], []).append(i)
    found = []
    for basket in baskets:
        near = heads.get(basket.code[:4], []) if len(basket.code) >= 4 else []
        wider = chapters.get(basket.code[:2], [])
        if not basket.is_restricted or not wider:
            found.append(Nearby((), ""))
        else:
            found.append(Nearby(tuple(near or wider), HEADING if near else CHAPTER))
    return tuple(found)


def neighbours(
    baskets: Sequence[Basket],
    hubs: Floats,
    target: Floats | None,
    growth: Floats,
    window: Window,
    *,
    low_base: float = LOW_BASE_PER_MONTH,
) -> Neighbours:
    """Judge the free neighbours of every restricted basket in one window.

    Args:
        baskets: the second axis.
        hubs: hubs x baskets x periods, money.
        target: baskets x periods, exports to the target; null: not in the figures.
        growth: per hub, of its unrestricted goods (`Rise.growth`, at least 1). With few free goods
            the neighbours are a part of it, which makes their own rise look smaller.
        window: periods before and after; baskets with another window are judged with theirs.
        low_base: added to both sides of each ratio, in currency a period.
    """
    near = nearby(baskets)
    summed = _summed(hubs, near)
    rose, held = _logs(summed, growth[:, None], window, low_base)
    has = np.array([bool(one.places) for one in near], dtype=np.bool_)
    known = levels(summed, window).traded & has
    target_rose, target_held, fell, gain = _at_target(baskets, near, target, window, low_base)
    return Neighbours(
        nearby=near,
        hub_rose=np.where(known, rose, np.nan),
        hub_held=np.where(known, held, np.nan),
        target_rose=target_rose,
        target_held=target_held,
        target_restricted=fell,
        target_gain=gain,
    )


def _at_target(
    baskets: Sequence[Basket],
    near: Sequence[Nearby],
    target: Floats | None,
    window: Window,
    low_base: float,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Growth, persistence, restricted goods and gain of neighbours at the target."""
    nothing = np.full(len(baskets), np.nan)
    if target is None:
        return nothing, nothing, nothing, nothing
    summed = _summed(target, near)
    own, found = levels(target[None], window), levels(summed, window)
    free = np.array([[not one.is_restricted and one.is_comparable for one in baskets]])
    growth = hub_growth(own, free, low_base)
    rose, held = _logs(summed, growth, window, low_base)
    gain = np.maximum(0.0, found.mean - growth * found.base) * len(window.after)
    fell = np.log((own.mean[0] + low_base) / (own.base[0] + low_base))
    known = found.traded & np.array([bool(one.places) for one in near], dtype=np.bool_)
    rose, held, fell, gain = (np.where(known, one, np.nan) for one in (rose, held, fell, gain))
    return rose, held, fell, gain


def _summed(values: Floats, near: Sequence[Nearby]) -> Floats:
    """The neighbours of each basket added up, in the place of the basket."""
    out = np.zeros_like(values)
    for i, one in enumerate(near):
        if one.places:
            out[..., i, :] = values[..., list(one.places), :].sum(axis=-2)
    return out


def _logs(values: Floats, growth: Floats, window: Window, low_base: float) -> tuple[Floats, Floats]:
    """Log of the mean after to before, and of a low period after to a high one before."""
    found = levels(values, window)
    low = reached(values[..., list(window.after)], HELD_SHARE)
    high = reached(values[..., list(window.before)], HIGH_SHARE)
    rose = np.log((found.mean + low_base) / (growth * found.base + low_base))
    held = np.log((low + low_base) / (growth * high + low_base))
    return rose, held


def hub_check(found: Neighbours, hub: int, basket: int) -> Check:
    """Whether free neighbours stood still in the hub while the restricted goods rose."""
    near = found.nearby[basket]
    held, rose = found.hub_held[hub, basket], found.hub_rose[hub, basket]
    if np.isnan(held):
        return Check(NEIGHBOURS_STILL, NOT_TESTABLE, "no trade in free goods nearby")
    detail = (
        f"{near.told()} in the same {near.kind}: {np.exp(rose):.2f} times the "
        "level that the hub's growth explains"
    )
    return Check(NEIGHBOURS_STILL, outcome(not (held > 0 and rose > 0)), detail)


def target_check(found: Neighbours, basket: int, currency: str) -> Check:
    """Whether direct sales of free neighbours to the target did not rise as restricted ones fell.

    Failed: the direct loss may be too large by up to the amount told.
    """
    near = found.nearby[basket]
    switch = found.is_switch()[basket]
    if np.isnan(switch):
        return Check(NO_SWITCH, NOT_TESTABLE, "no direct trade in free goods nearby")
    detail = (
        f"{near.told()} in the same {near.kind} gained "
        f"{money(float(found.target_gain[basket]), currency)}, growth allowed for"
    )
    return Check(NO_SWITCH, outcome(not switch), detail)
