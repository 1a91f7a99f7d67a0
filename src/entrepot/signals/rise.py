"""The rise: what a hub bought after the ban against what it would have bought without rerouting.

Size and steadiness are judged apart. The size is actual less expected (`counterfactual`); the
steadiness counts in how many pairs of periods the later one is higher, growth allowed for
(`steady`), in all sales and in those of the steadiest seller. How often chance alone gives as much
is read from placebo cells (`chance`). No distribution is assumed.

A rise has innocent causes (new demand, a plant being built, firms that moved, migrants, a price
rise in one good), so it is a reason to look, never evidence by itself. Formulas and limits:
docs/methods.md, "The rise".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from entrepot.signals.chance import MIN_PLACEBO_CELLS, tail_shares
from entrepot.signals.counterfactual import THIN_SHARE, Expected, Tried, choose
from entrepot.signals.demand import expected
from entrepot.signals.growth import (
    MIN_DESTINATIONS,
    Levels,
    goods_growth,
    hub_growth,
    levels,
    season_mean,
    without_one_delivery,
)
from entrepot.signals.steady import NOTHING_PER_MONTH, SHARPNESS, steadiest, steadiness
from entrepot.signals.windows import Window
from entrepot.units import LOW_BASE_PER_MONTH, MONTHS_PER_YEAR

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

PLACEBO_HUB_SHARE = 0.05
"""A country is a placebo hub where at most this share of its restricted goods are steadier than all
but this share of its free goods, which is what chance gives."""


@dataclass(frozen=True)
class Trade:
    """What is judged: hubs only, without the target; one currency.

    `values` is hubs x baskets x periods. `is_free` (hubs x baskets): restricted neither to the
    target nor to the hub. `clean_until`: per basket, the first period that its own ban touches.
    `seller_hub`, `seller_basket` and `seller_values` (sellers x periods): the same trade by seller.
    `index` is ordinary demand of the panel model (`demand`); null: none could be fitted.
    `own_until`: hubs x baskets, the first period that a measure on the hub itself touches.
    `is_monthly`: periods are months.
    """

    values: Floats
    is_free: Flags
    clean_until: Ints
    seller_hub: Ints
    seller_basket: Ints
    seller_values: Floats
    index: Floats | None = None
    is_monthly: bool = True
    own_until: Ints = field(default_factory=lambda: np.array([[np.iinfo(np.int64).max]]))

    @property
    def per_period(self) -> int:
        """Months in a period."""
        return 1 if self.is_monthly else MONTHS_PER_YEAR


@dataclass(frozen=True)
class Rise:
    """Arrays of shape hubs x baskets of one window; money over the whole window.

    `steady` is the steadiness (-1 to 1): the mean of that of all sales and of the steadiest seller.
    `p_value`: the share of placebo cells at least as steady; nan where there are too few of them.
    `past` and `panel` are what the two counterfactuals expect (`panel` nan: says nothing); `mean`
    holds what was used, a period. `growth` is per hub (dimensionless, at least 1), from
    `free_goods` unrestricted goods; `goods_growth` per basket (the same), from `destinations` third
    countries. `placebo_hubs`: places of the countries that served as placebo. `is_short`: placebo
    years are shorter than the window, so the interval is too narrow.
    """

    actual: Floats
    past: Floats
    panel: Floats
    mean: Expected
    steady: Floats
    p_value: Floats
    top_share: Floats
    growth: Floats
    goods_growth: Floats
    free_goods: Ints
    destinations: Ints
    placebo_cells: int
    placebo_hubs: Ints
    is_short: bool


@dataclass(frozen=True)
class _Look:
    """One window: levels, allowed growth, both expectations and steadiness (hubs x baskets)."""

    levels: Levels
    growth: Floats
    goods_growth: Floats
    past: Floats
    panel: Floats
    thin: Flags
    steady: Floats
    after: Floats

    @property
    def usable(self) -> Floats:
        """What the panel model expects; nan for thin cells, where it rests on too little."""
        return np.where(self.thin, np.nan, self.panel)

    def tried(self, cells: Flags) -> Tried:
        return Tried(self.past[cells], self.usable[cells], self.after[cells])


def rise(
    trade: Trade,
    real: Window,
    placebos: Sequence[Window],
    *,
    low_base: float = LOW_BASE_PER_MONTH,
    nothing: float = NOTHING_PER_MONTH,
) -> Rise:
    """Judge every hub x basket of one window.

    Args:
        trade: the figures.
        real: periods before and after the ban.
        placebos: the same window in earlier years, when nothing was banned.
        low_base: added to both sides of a ratio of levels, in currency a month.
        nothing: added to both sides of a pair of periods, in currency a month.
    """
    base, least = low_base * trade.per_period, nothing * trade.per_period
    look = _look(trade, real, base, least)
    traded = look.levels.traded
    free = trade.is_free & traded
    is_long = len(real.after) > MONTHS_PER_YEAR
    is_short = is_long and free.sum() < MIN_PLACEBO_CELLS
    earlier = [(_look(trade, one, base, least), _clean(trade, one)) for one in placebos]
    years = [(one, clean & one.levels.traded) for one, clean in earlier]
    hubs = placebo_hubs(look.steady, free, traded & ~trade.is_free)
    same = [(look, free), (look, traded & ~trade.is_free & hubs[:, None])]
    p_value, cells = _chance(look, [*same, *years])
    if is_long and not is_short:
        # A year's placebo is calmer than a longer window, free goods may be calmer than restricted.
        p_value = np.fmax(p_value, _chance(look, same)[0])
    # A placebo year of yearly figures has a shorter past than the window, so it is too calm.
    alone = is_long or not trade.is_monthly
    nulls = [(look, free), *(years if not alone or free.sum() < MIN_PLACEBO_CELLS else [])]
    periods = len(real.after)
    total = look.after.sum(axis=-1)
    return Rise(
        actual=total,
        past=look.past * periods,
        panel=look.panel * periods,
        mean=choose(look.past, look.usable, [one.tried(cells) for one, cells in nulls], base),
        steady=look.steady,
        p_value=np.where(traded, p_value, np.nan),
        top_share=np.divide(
            look.after.max(axis=-1), total, out=np.zeros_like(total), where=total > 0
        ),
        growth=look.growth,
        goods_growth=look.goods_growth,
        free_goods=free.sum(axis=1),
        destinations=traded.sum(axis=0),
        placebo_cells=cells,
        placebo_hubs=np.flatnonzero(hubs),
        is_short=bool(is_short),
    )


def _chance(look: _Look, nulls: Sequence[tuple[_Look, Flags]]) -> tuple[Floats, int]:
    """How often placebo cells are as steady (hubs x baskets), and how many cells there are."""
    null = np.concatenate([one.steady[cells] for one, cells in nulls])
    goods = np.concatenate([np.nonzero(cells)[1] for _, cells in nulls])
    return tail_shares(look.steady, null, goods), len(null)


def _look(trade: Trade, window: Window, base: float, least: float) -> _Look:
    found = levels(trade.values, window)
    growth = hub_growth(found, trade.is_free, base)
    of_goods = goods_growth(found, base)
    allowed = np.maximum(growth[:, None], of_goods[None, :])
    usual = season_mean(without_one_delivery(trade.values, window), window)
    panel = np.full(allowed.shape, np.nan)
    if trade.index is not None:
        # Not below the level before, as no growth is: what shrank elsewhere must not make a lead.
        panel = np.maximum(expected(trade.values, trade.index, window), usual)
    return _Look(
        levels=found,
        growth=growth,
        goods_growth=of_goods,
        past=allowed * usual,
        panel=panel,
        thin=_thin(trade.values, window),
        steady=_steady(trade, window, allowed, least),
        after=trade.values[..., list(window.after)],
    )


def _thin(values: Floats, window: Window) -> Flags:
    """Cells traded in few of the periods before (`THIN_SHARE`)."""
    traded = (values[..., list(window.before)] > 0).mean(axis=-1)
    return np.asarray(traded < THIN_SHARE)


def _steady(trade: Trade, window: Window, allowed: Floats, least: float) -> Floats:
    """Mean of the steadiness of all sales and of that of the steadiest seller."""
    before, after = list(window.before), list(window.after)
    shape = allowed.shape
    flat = trade.values.reshape(-1, trade.values.shape[-1])
    sharp = SHARPNESS[trade.is_monthly]
    together = steadiness(allowed.reshape(-1, 1) * flat[:, before], flat[:, after], least, sharp)
    grown = allowed[trade.seller_hub, trade.seller_basket][:, None]
    sold = trade.seller_values
    alone = steadiness(grown * sold[:, before], sold[:, after], least, sharp)
    of_sellers = steadiest(alone, trade.seller_hub, trade.seller_basket, shape)
    return np.asarray((together.reshape(shape) + of_sellers) / 2, dtype=np.float64)


def _clean(trade: Trade, window: Window) -> Flags:
    """Hubs x baskets that neither their ban nor a measure on the hub touches in the window."""
    clean = trade.clean_until > max(window.after)
    return np.asarray(clean[None, :] & (trade.own_until > max(window.after)))


def placebo_hubs(steady: Floats, free: Flags, restricted: Flags) -> Flags:
    """Countries in which restricted goods held no better than free ones (`PLACEBO_HUB_SHARE`).

    With at least `MIN_PLACEBO_CELLS` goods of either kind in it, and only where there are at least
    `MIN_DESTINATIONS` countries: among a few neighbours of the target all may be hubs, and the few
    reroutings of one of them would be taken for chance.
    """
    found = np.zeros(len(steady), dtype=bool)
    if len(steady) < MIN_DESTINATIONS:
        return found
    enough = (free.sum(axis=1) >= MIN_PLACEBO_CELLS) & (restricted.sum(axis=1) >= MIN_PLACEBO_CELLS)
    for hub in np.flatnonzero(enough):
        usual = np.quantile(steady[hub][free[hub]], 1 - PLACEBO_HUB_SHARE)
        found[hub] = (steady[hub][restricted[hub]] > usual).mean() <= PLACEBO_HUB_SHARE
    return found
