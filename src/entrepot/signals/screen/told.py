"""Whose figures tell what a hub sold to the target: no row is a zero there, or silence.

The rule is that of the legs of a lead, and its code too (`legs.Reports`, `legs.leg_baskets`): a
source tells of a good only where it names the partner, has a row of the good's heading for any
partner and period, and publishes in every period of the window codes fine enough to tell the
restricted goods from others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.codes.flow import Flow
from entrepot.signals.legs.legs import Reports, Source
from entrepot.signals.screen.cube import NO_SOURCE, Goods
from entrepot.signals.screen.sides import MIRROR, ONWARD

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """What the sources publish, against the goods compared.

    `needs`: per good, the digits that a source must publish (`legs.leg_baskets`).
    """

    reports: Reports
    goods: Goods
    needs: Ints
    target: str

    def sources(self, hubs: Sequence[str]) -> Ints:
        """Hubs x goods: the leg that tells what the hub sold to the target; `NO_SOURCE`: none.

        The hub's own exports go before the target's imports.
        """
        there = Source(self.target, Flow.M.value)
        mirrored = self._covers(there) if there in self.reports.partners else self._none
        rows = []
        for hub in hubs:
            told = self.reports.known(Source(hub, Flow.X.value), self.target)
            own = self._covers(told) if told else self._none
            seen = mirrored if self.reports.known(there, hub) else self._none
            rows.append(np.where(own, ONWARD, np.where(seen, MIRROR, NO_SOURCE)))
        return np.array(rows, np.int64).reshape(len(hubs), len(self.goods.baskets))

    @property
    def _none(self) -> Flags:
        return np.zeros(len(self.goods.baskets), np.bool_)

    def _covers(self, source: Source) -> Flags:
        """Per good, whether the source tells every period that its window uses."""
        depth = self.reports.depth(source, self.goods.periods, self.goods.baskets)
        silent = depth < self.needs[:, None]
        return ~np.asarray((silent & self.goods.used()).any(axis=1))
