"""The direct trade that vanished: what the coalition sold to the target before and sells no more.

A loss has other causes than the ban (over-compliance, lost demand, currency), so it bounds what
rerouting can explain; it does not show that anything was rerouted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.rise import season_mean
from entrepot.signals.windows import Window

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DirectLoss:
    """Per basket, money over the window: `before` the earlier level, `loss` what is missing of it.

    `vanished_share` is loss over earlier level (0 to 1), null (nan) where nothing was sold before.
    """

    before: Floats
    loss: Floats
    vanished_share: Floats


def direct_loss(values: Floats, window: Window) -> DirectLoss:
    """Loss of direct sales to the target.

    Args:
        values: baskets x periods, the coalition's exports to the target, in one currency.
        window: periods before and after the ban; the earlier level is the mean of the same
            calendar months, without growth.
    """
    periods = len(window.after)
    before = season_mean(values, window) * periods
    loss = np.maximum(0.0, before - values[:, list(window.after)].sum(axis=-1))
    share = np.divide(loss, before, out=np.full_like(loss, np.nan), where=before > 0)
    return DirectLoss(before, loss, share)
