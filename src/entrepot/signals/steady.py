"""Steadiness: how often a period after the ban stands above a period before it.

One invoice, however large, is above the past in one period only; a rise that held is above it in
most. So the number of pairs counts, not the size of the largest. A steady rise has innocent causes
too (a plant that runs, a new dealer): it says that something lasting began, not why.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NOTHING_PER_MONTH = 1_000.0
"""EUR (or USD) a month added to both sides of each pair: less is not told from nothing. A single
consignment of about that value need not be recorded at all (Eurostat, Statistics on the trading of
goods: user guide, 1998, pp. 7-8, has ECU 800 for trade with third countries)."""

SHARPNESS = {True: 4, False: 1}
"""Power to which both sides are raised, for months (true) and for years. With 4 a period counts
0.19 where it is 10 % above, 0.88 at twice and 0.98 at three times; with 1 it is 0.05, 0.33 and
0.50. Months make hundreds of pairs, so the sign may speak; a few years make ten, so size must."""

CHUNK = 20_000
"""Series judged at a time: their pairs fill some 50 MB."""


def steadiness(before: Floats, after: Floats, nothing: float, sharpness: int = 4) -> Floats:
    """How far periods after exceed periods before, over all pairs (-1 to 1).

    The probability that a period after is higher, less that it is lower (Cliff's delta; Cliff 1993,
    Psychological Bulletin 114, 494-509), with a soft sign in place of the sign, so that a pair that
    hardly differs hardly counts: mean of (a^s - b^s) / (a^s + b^s).

    Args:
        before: series x periods, already grown to what would be usual after.
        after: series x periods.
        nothing: added to every value, in the same currency a period.
        sharpness: the power s, see `SHARPNESS`.
    """
    out = np.empty(before.shape[0])
    for first in range(0, len(out), CHUNK):
        part = slice(first, first + CHUNK)
        low = (before[part, None, :] + nothing) ** sharpness
        high = (after[part, :, None] + nothing) ** sharpness
        out[part] = ((high - low) / (high + low)).mean(axis=(1, 2))
    return out


def steadiest(found: Floats, hub: Ints, basket: Ints, shape: tuple[int, int]) -> Floats:
    """The highest steadiness among the sellers of each cell; -1 where nobody sold.

    Args:
        found: one per seller, as `steadiness` gives.
        hub: place of each seller's hub.
        basket: place of each seller's basket.
        shape: hubs, baskets.
    """
    out = np.full(shape, -1.0)
    np.maximum.at(out, (hub, basket), found)
    return out
