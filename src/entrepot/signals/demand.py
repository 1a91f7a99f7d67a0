"""Ordinary demand by period: a panel model of the trade that no ban touched.

Poisson pseudo maximum likelihood with fixed effects, estimated by pyfixest:

    x_hkt = exp(a_hk + b_ht [+ c_kt])      over untouched cells h, k, t

`a` is the level of a cell, `b` the hub's growth and season, `c` the demand for a good, which only
destinations that no ban and no rerouting touched can show. Untouched are goods before their own ban
and goods never banned; where a good is sold to many destinations, also the middle half of them by
growth (a rise at a few hubs lies outside). What it gives for the touched cells is what they would
have bought. Why not least squares on logs: with zeros and errors that grow with the flow that is
off by a third on this very problem (Santos Silva and Tenreyro 2006, Rev. Econ. Stat. 88, 641-658;
`benchmarks/bench_ppml.py`). The idea of fitting on untouched cells and predicting the touched:
Borusyak, Jaravel and Spiess 2024, Rev. Econ. Stud. 91, 3253-3285.

A cell above this expectation has innocent causes too: the model knows what moved a whole hub or a
good everywhere, not what moved one good in one hub.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.growth import MIN_DESTINATIONS, MIN_FREE_GOODS
from entrepot.signals.windows import Window

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

MAX_ROWS = 3_000_000
"""Cells x periods above which the model is not fitted: it would take over half a minute on two
cores (`benchmarks/bench_leads.py`)."""


@dataclass(frozen=True)
class Demand:
    """What the panel model says of ordinary demand.

    `index` is hubs x baskets x periods, up to a constant per cell; nan where it is not identified.
    It leaves each untouched cell out of its own hub's growth, so that its error can be measured.
    Null, with a `reason`, where no model could be fitted. `rows` is the number of cells x periods
    it was fitted on; `has_goods`: whether it holds the demand for each good.
    """

    index: Floats | None
    rows: int = 0
    has_goods: bool = False
    reason: str = ""


def demand(values: Floats, untouched: Flags, free: Flags) -> Demand:
    """Fit the model.

    Args:
        values: hubs x baskets x periods, in one currency.
        untouched: the same shape; which of them no ban touched.
        free: hubs x baskets; goods that no ban ever touches there.
    """
    traded = (values * untouched).sum(axis=-1) > 0
    has_goods = bool((traded.sum(axis=0) >= MIN_DESTINATIONS).any())
    sample = _identified(values, untouched & traded[..., None], has_goods)
    rows = int(sample.sum())
    carrying = (free & traded).sum(axis=1)
    if not rows or carrying.max(initial=0) < MIN_FREE_GOODS:
        return Demand(None, rows, reason=f"no hub buys {MIN_FREE_GOODS} unrestricted goods")
    if rows > MAX_ROWS:
        return Demand(None, rows, reason=f"{rows:,} cells x periods are more than {MAX_ROWS:,}")
    effects = _fit(values, sample, has_goods)
    growth = np.where((carrying >= MIN_FREE_GOODS)[:, None], effects["ht"], np.nan)
    index = growth[:, None, :] + (effects["kt"][None] if has_goods else 0.0)
    index = np.broadcast_to(np.exp(index), values.shape)
    if has_goods:
        index = np.where(_linked(sample), index, np.nan)
    fitted = np.exp(effects["hk"])[..., None] * index
    return Demand(index * _without_itself(values, fitted, sample), rows, has_goods)


def calm(values: Floats, window: Window, low_base: float) -> Flags:
    """Cells in the middle half by growth of their good, where many destinations buy it.

    hubs x baskets; all false for goods with fewer than `MIN_DESTINATIONS`.
    """
    before = values[..., list(window.before)].mean(axis=-1)
    after = values[..., list(window.after)].mean(axis=-1)
    traded = (before > 0) | (after > 0)
    ratio = np.where(traded, np.log((after + low_base) / (before + low_base)), np.nan)
    many = traded.sum(axis=0) >= MIN_DESTINATIONS
    found = np.zeros(traded.shape, dtype=bool)
    low, high = np.nanquantile(ratio[:, many], [0.25, 0.75], axis=0) if many.any() else (0.0, 0.0)
    found[:, many] = (ratio[:, many] >= low) & (ratio[:, many] <= high)
    return found


def expected(values: Floats, index: Floats, window: Window) -> Floats:
    """Mean a period after, from each cell's own level before and the index (hubs x baskets).

    nan where the cell was not traded before, or the index is not known over the window.
    """
    before, after = list(window.before), list(window.after)
    demanded = index[..., before].sum(axis=-1)
    level = np.divide(
        values[..., before].sum(axis=-1), demanded, out=np.full(demanded.shape, np.nan),
        where=demanded > 0,
    )  # fmt: skip
    level[level == 0] = np.nan
    mean: Floats = level * index[..., after].mean(axis=-1)
    return mean


def _identified(values: Floats, sample: Flags, has_goods: bool) -> Flags:
    """The sample without hubs, goods and cells that traded nothing in what is left of a period.

    Their effect would be minus infinity (separation; Correia, Guimaraes and Zylkin 2019,
    arXiv:1903.01633).
    """
    while True:
        sold = values * sample
        kept = sample & (sold.sum(axis=-1, keepdims=True) > 0) & (sold.sum(axis=1) > 0)[:, None, :]
        if has_goods:
            kept &= (sold.sum(axis=0) > 0)[None]
        if kept.sum() == sample.sum():
            return sample
        sample = kept


def _linked(sample: Flags) -> Flags:
    """Where hub and good hang together in a period, by untouched cells of others (same shape).

    Otherwise their effects are measured from two different levels, and their sum means nothing.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    hubs, baskets, periods = sample.shape
    found = np.zeros(sample.shape, dtype=bool)
    for t in range(periods):
        h, k = np.nonzero(sample[..., t])
        edges = coo_array((np.ones(len(h)), (h, hubs + k)), shape=(hubs + baskets,) * 2)
        _, part = connected_components(edges, directed=False)
        found[..., t] = part[:hubs, None] == part[None, hubs:]
    return found


def _fit(values: Floats, sample: Flags, has_goods: bool) -> dict[str, Floats]:
    """Fixed effects as arrays: hk hubs x baskets, ht hubs x periods, kt baskets x periods."""
    # Imported here: it takes over a second that most commands do not need.
    import pandas as pd
    from pyfixest.estimation import fepois

    hubs, baskets, periods = values.shape
    h, k, t = np.nonzero(sample)
    rows = {"hk": h * baskets + k, "ht": h * periods + t, "kt": k * periods + t}
    shapes = {"hk": (hubs, baskets), "ht": (hubs, periods), "kt": (baskets, periods)}
    if not has_goods:
        del rows["kt"]
    with warnings.catch_warnings():
        # Its own use of pandas warns of what pandas 4 will drop; separated cells are expected.
        warnings.simplefilter("ignore")
        data = pd.DataFrame({"x": values[sample], **rows})
        fitted: Any = fepois(
            f"x ~ 1 | {' + '.join(rows)}", data=data, vcov="iid", fixef_rm="none",
            separation_check=[],  # `_identified` has left out what is separated
        )  # fmt: skip
        log_mean = fitted.predict(type="link")
    # Without a regressor its own `fixef` decomposes the figures, not the fitted logs (0.60).
    return _effects(np.asarray(log_mean, dtype=np.float64), rows, shapes)


def _effects(
    log_mean: Floats, rows: Mapping[str, Ints], shapes: Mapping[str, tuple[int, int]]
) -> dict[str, Floats]:
    """Split the fitted logs in their effects, which they are the exact sum of; nan: not there."""
    from scipy.sparse import csr_array, hstack
    from scipy.sparse.linalg import lsqr

    kept = np.isfinite(log_mean)
    levels = {name: np.unique(places[kept], return_inverse=True) for name, places in rows.items()}
    size = int(kept.sum())
    row = np.arange(size)
    # Columns of length one: unscaled, the solver takes several times as many rounds.
    scales = [1 / np.sqrt(np.bincount(where)) for _, where in levels.values()]
    parts = zip(levels.values(), scales, strict=True)
    design = hstack(
        [csr_array((one[at], (row, at)), (size, len(there))) for (there, at), one in parts]
    )
    solved = lsqr(design.tocsr(), log_mean[kept], atol=1e-13, btol=1e-13)[0]
    solved = solved * np.concatenate(scales)
    out = {}
    for name, (there, _) in levels.items():
        effect = np.full(shapes[name][0] * shapes[name][1], np.nan)
        effect[there], solved = solved[: len(there)], solved[len(there) :]
        out[name] = effect.reshape(shapes[name])
    return out


def _without_itself(values: Floats, fitted: Floats, sample: Flags) -> Floats:
    """Factor that takes a cell out of its own hub's growth, to first order (1 outside the sample).

    The model meets each hub's sum in each period exactly, so without one cell the growth is that of
    the others: their sum over what was fitted for them.
    """
    known = sample & ~np.isnan(fitted)
    actual, model = np.where(known, values, 0.0), np.where(known, fitted, 0.0)
    others = actual.sum(axis=1, keepdims=True) - actual
    fitted_others = model.sum(axis=1, keepdims=True) - model
    factor = np.divide(others, fitted_others, out=np.ones_like(actual), where=fitted_others > 0)
    return np.where(known, factor, 1.0)
