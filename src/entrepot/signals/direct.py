"""The direct trade that vanished: what the coalition sold to the target before and sells no more.

A loss has other causes than the ban (over-compliance, lost demand, currency), so it bounds what
rerouting can explain; it does not show that anything was rerouted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.growth import season_mean
from entrepot.signals.windows import Window

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class DirectLoss:
    """Per basket, money over the window: `before` the earlier level, `loss` what is missing of it.

    `vanished_share` is loss over earlier level (0 to 1), null (nan) where nothing was sold before.
    """

    before: Floats
    loss: Floats
    vanished_share: Floats


def direct_loss(
    sold: Floats, basket: Ints, baskets: int, window: Window, is_silent: Flags | None = None
) -> DirectLoss:
    """Loss of direct sales to the target: the sum over exporters of what each sells less.

    D_k = sum over i of max(0, earlier level of i - sales of i), so that one exporter's gain does
    not hide another's loss (docs/methods.md, "Direct loss").

    Args:
        sold: rows (one an exporter and basket) x periods, exports to the target, in one currency.
        basket: place of the basket of each row.
        baskets: how many there are.
        window: periods before and after the ban; the earlier level is the mean of the same
            calendar months, without growth.
        is_silent: rows of exporters that reported nothing at all in the whole window after: what
            they sell now is unknown, so they lose nothing. Null: none.
    """
    earlier = season_mean(sold, window) * len(window.after)
    lost = np.maximum(0.0, earlier - sold[:, list(window.after)].sum(axis=-1))
    if is_silent is not None:
        lost = np.where(is_silent, 0.0, lost)
    before, loss = np.zeros(baskets), np.zeros(baskets)
    np.add.at(before, basket, earlier)
    np.add.at(loss, basket, lost)
    share = np.divide(loss, before, out=np.full_like(loss, np.nan), where=before > 0)
    return DirectLoss(before, loss, share)
