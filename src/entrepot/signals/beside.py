"""What stands beside the rises of one window: the other legs, and what else could explain them.

All of it is measured for every hub and good at once and kept as arrays; a lead picks its own place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.direct import DirectLoss
from entrepot.signals.firsts import NewSellers, first_trade, new_sellers
from entrepot.signals.growth import season_mean
from entrepot.signals.innocent import Facts, Gathered, Innocent, measure
from entrepot.signals.legs.legs import Leg, Legs
from entrepot.signals.legs.onward import Onward, choose, excess_over, rerouted, substitution
from entrepot.signals.legs.phantom import Phantom, phantom
from entrepot.signals.neighbours import Neighbours, neighbours
from entrepot.signals.panel import Panel
from entrepot.signals.question import Question
from entrepot.signals.rise import Rise, Trade
from entrepot.signals.windows import Window
from entrepot.units import LOW_BASE_PER_MONTH

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Place = tuple[int, int]


@dataclass(frozen=True)
class Sides:
    """What a run measures once for all windows.

    `own` and `mirror` are the two sources of what hubs sold to the target, `imports` what hubs say
    they bought; `gathered` serves the innocent explanations; `reported` says which reporter spoke
    in which period (reporters x periods, in the order of the panel's sellers).
    """

    own: Leg
    mirror: Leg
    imports: Leg
    gathered: Gathered
    reported: Flags

    @classmethod
    def of(cls, legs: Legs, gathered: Gathered, reported: Flags) -> "Sides":
        """Read the legs of a run."""
        return cls(*legs.onward(), legs.imports(), gathered, reported)


@dataclass(frozen=True)
class Beside:
    """One window: arrays of hubs x baskets; money over the window; nan: not measurable.

    `rerouted_low` and `rerouted_high`: the room that all three legs leave, what did not arrive by
    the hub's own figures left out; `substitution_low` and
    `substitution_high`: the same over the direct loss. `first`: 1 where the hub had never bought
    the good before and the trade held.
    """

    panel: Panel
    hubs: tuple[str, ...]
    window: Window
    reported: Flags
    onward: Onward
    phantom: Phantom
    rerouted_low: Floats
    rerouted_high: Floats
    substitution_low: Floats
    substitution_high: Floats
    first: Floats
    neighbours: Neighbours
    innocent: Innocent

    def facts(self, place: Place) -> Facts:
        """The numbers of the innocent explanations of one lead."""
        return self.innocent.at(*place)

    def gap_logs(self, place: Place) -> tuple[float | None, float | None]:
        """The mirror discrepancy over the window for the lowest and the highest freight."""
        low, high = self.phantom.log_low[place], self.phantom.log_high[place]
        return (None, None) if np.isnan(low) else (float(low), float(high))

    def new_sellers(self, place: Place) -> NewSellers:
        """Reporters that sold these goods to this hub for the first time."""
        sold, panel = self.panel.sellers, self.panel
        rows = sold.of(panel.partners.index(self.hubs[place[0]]), place[1])
        who = sold.reporter[rows]
        names = [sold.names[i] for i in who]
        return new_sellers(sold.values[rows], self.reported[who], names, self.window, panel.periods)


def beside(
    panel: Panel,
    question: Question,
    hubs: tuple[str, ...],
    trade: Trade,
    window: Window,
    judged: Rise,
    loss: DirectLoss | None,
    sides: Sides,
) -> Beside:
    """Measure everything beside the rises of one window.

    Args:
        panel: the coalition's exports.
        question: target and coalition.
        hubs: third countries, in the order of the rows of `trade` and `judged`.
        trade: what was judged.
        window: periods before and after.
        judged: the rises.
        loss: direct trade lost per basket; null: no figures of the target.
        sides: the other legs.
    """
    base = LOW_BASE_PER_MONTH * trade.per_period
    onward = excess_over(
        choose(sides.own, sides.mirror, window, panel.periods), trade.is_free, window,
        panel.periods, clean_until=trade.clean_until, low_base=base,
    )  # fmt: skip
    months = len(window.after)
    expected, actual = judged.mean.mean * months, judged.actual
    usual = season_mean(trade.values, window) * months
    lost = np.full(len(panel.baskets), np.nan) if loss is None else loss.loss
    arrival = phantom(
        sides.imports, window, panel.periods, actual=actual, expected=expected,
        growth=_factor(expected, usual, judged),
    )  # fmt: skip
    least, most = arrival.split.arrived_shares()
    low, high = rerouted(
        least * (actual - judged.mean.high * months), actual - expected,
        most * (actual - judged.mean.low * months),
        onward.excess_low, onward.excess, onward.excess_high, lost,
    )  # fmt: skip
    shares = substitution(low, high, lost)
    known = np.array([basket.is_comparable for basket in panel.baskets])
    return Beside(
        panel=panel,
        hubs=hubs,
        window=window,
        reported=sides.reported,
        onward=onward,
        phantom=arrival,
        rerouted_low=low,
        rerouted_high=high,
        substitution_low=shares[0],
        substitution_high=shares[1],
        first=first_trade(trade.values, known, window, panel.periods),
        neighbours=_neighbours(panel, question, trade, window, judged, base),
        innocent=measure(sides.gathered, panel, hubs, window, question, is_free=trade.is_free),
    )


def _factor(expected: Floats, usual: Floats, judged: Rise) -> Floats:
    """What the expectation makes of the level before, per cell: the same for both ends of a trade.

    Where nothing was sold before it is the growth that the past allows for.
    """
    allowed = np.maximum(judged.growth[:, None], judged.goods_growth[None, :])
    allowed = np.broadcast_to(allowed, usual.shape)
    return np.divide(expected, usual, out=allowed.copy(), where=usual > 0)


def _neighbours(
    panel: Panel, question: Question, trade: Trade, window: Window, judged: Rise, base: float
) -> Neighbours:
    target = None
    if question.target in panel.partners:
        target = panel.values[panel.partners.index(question.target)]
    return neighbours(panel.baskets, trade.values, target, judged.growth, window, low_base=base)
