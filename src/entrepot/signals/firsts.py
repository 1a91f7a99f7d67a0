"""First trade: goods that a hub never bought before in these figures, and sellers new to it.

A published sign: new exporters and first exports of controlled goods to the target's neighbours
(Statistics Netherlands and University of Groningen 2024). It has innocent causes: a new plant, a
line that was split or renamed, a shipment below the publisher's threshold or kept secret before.

"Never" reaches back as far as the figures do, at least `MIN_PERIODS_BEFORE`. One delivery is no
first trade: it must hold. A code that is new in the nomenclature has no past to be absent from, so
nothing is said of it (nan, not 0).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.codes.period import is_month
from entrepot.engine import Engine
from entrepot.signals.baskets import NODE_LEVELS, Basket
from entrepot.signals.windows import MIN_PERIODS_AFTER, MIN_PERIODS_BEFORE, Window

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HELD_SHARE = 0.70
"""A first trade must show in this share of the periods from its first on: one invoice is none."""


@dataclass(frozen=True)
class NewSellers:
    """Reporters that sold a basket to a hub.

    `new` are those with no sale in the whole past and a trade that held after; `tested` all that
    sold after and had themselves reported throughout the past. `new_share` is the new ones' share
    of the value after of those tested (0 to 1); null: none could be tested.
    """

    new: tuple[str, ...]
    tested: tuple[str, ...]
    new_share: float | None


def is_held(values: Floats, window: Window, periods: Sequence[str]) -> Flags:
    """Whether trade after the ban held, from its first period on.

    Args:
        values: any leading axes x periods; money.
        window: periods before and after.
        periods: the periods of the last axis; they say whether months or years.

    Returns:
        Leading axes: true where at least `HELD_SHARE` of the periods from the first trade on have
        trade, and these are at least `MIN_PERIODS_AFTER`. It may begin late after the ban.
    """
    after = values[..., list(window.after)] > 0
    size = after.shape[-1]
    since = size - np.argmax(after, axis=-1)
    held = after.sum(axis=-1) >= HELD_SHARE * since
    long_enough = since >= MIN_PERIODS_AFTER[is_month(periods[0])]
    out: Flags = after.any(axis=-1) & held & long_enough
    return out


def first_trade(values: Floats, is_known: Flags, window: Window, periods: Sequence[str]) -> Floats:
    """Cells with no trade in the whole past and a trade that held after the ban.

    Args:
        values: hubs x baskets x periods (or hubs x codes x periods); money, 0 where no figure.
        is_known: per basket, whether its code has a past in the nomenclature (`is_comparable`).
        window: periods before and after.
        periods: the periods of the last axis.

    Returns:
        hubs x baskets: 1 first trade, 0 none; nan where the code is new or the past is shorter than
        `MIN_PERIODS_BEFORE`.
    """
    found = (_past(values, window) == 0) & is_held(values, window, periods)
    tested = is_known & _is_long(window, periods)
    return np.where(np.broadcast_to(tested, found.shape), found.astype(np.float64), np.nan)


def new_line_share(
    values: Floats, is_known: Flags, window: Window, periods: Sequence[str]
) -> Floats:
    """Share of the value after the ban that is in lines never traded before.

    Args:
        values: any leading axes x lines x periods, the lines of one basket; money.
        is_known: per line, whether its code has a past in the nomenclature; others count on
            neither side.
        window: periods before and after.
        periods: the periods of the last axis.

    Returns:
        Leading axes, 0 to 1: value of lines without any trade before and with one that held, over
        the value of all known lines; nan where that is 0 or the past is too short.
    """
    after = values[..., list(window.after)].sum(axis=-1)
    new = (_past(values, window) == 0) & is_held(values, window, periods)
    whole = np.where(is_known, after, 0.0).sum(axis=-1)
    fresh = np.where(is_known & new, after, 0.0).sum(axis=-1)
    tested = (whole > 0) & _is_long(window, periods)
    share: Floats = np.divide(fresh, whole, out=np.full(whole.shape, np.nan), where=tested)
    return share


def new_sellers(
    values: Floats,
    reported: Flags,
    names: Sequence[str],
    window: Window,
    periods: Sequence[str],
) -> NewSellers:
    """Reporters that sold to one hub for the first time.

    Args:
        values: reporters x periods, one basket to one hub; money.
        reported: reporters x periods, whether the reporter published any figure at all: one that
            was silent in a period of the past is not tested, since absence is not zero.
        names: the reporters.
        window: periods before and after.
        periods: the periods of the last axis.
    """
    after = values[..., list(window.after)].sum(axis=-1)
    spoke = reported[..., list(window.before)].all(axis=-1)
    tested = spoke & (after > 0) & _is_long(window, periods)
    new = tested & (_past(values, window) == 0) & is_held(values, window, periods)
    whole = float(after[tested].sum())
    return NewSellers(
        tuple(name for name, is_new in zip(names, new, strict=True) if is_new),
        tuple(name for name, is_tested in zip(names, tested, strict=True) if is_tested),
        float(after[new].sum()) / whole if whole else None,
    )


def line_cells(exports: ir.Table, baskets: Sequence[Basket], engine: Engine) -> ir.Table:
    """Published values by partner, basket, line and period, no parent beside its children.

    Args:
        exports: `reporter, partner, commodity_code, level, period, value` of one direction.
        baskets: what counts in which series; editions of a line are chained by their `nodes`.
        engine: where `exports` lives.

    Returns:
        `partner, basket_id, line, period, value`. A row counts where its reporter published no
        finer row below it for the same partner and period.
    """
    rows = [
        (line, basket.basket_id, next((node for node in nodes if node), line))
        for basket in baskets
        for line, nodes in zip(basket.lines, basket.nodes, strict=True)
    ]
    names = ("commodity_code", "basket_id", "line")
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    table = pa.table([pa.array(column, pa.string()) for column in columns], names=list(names))
    known = engine.keep(exports.join(engine.table(table), "commodity_code"))
    keys = ["reporter", "partner", "period"]
    parents = [
        known.filter(known.level > digits)
        .select(*keys, commodity_code=known.commodity_code.left(digits))
        .distinct()
        for digits in (2, *NODE_LEVELS)
    ]
    finest = known.anti_join(ibis.union(*parents), [*keys, "commodity_code"])
    out = ["partner", "basket_id", "line", "period"]
    return finest.group_by(out).agg(value=finest.value.sum())


def line_shares(
    rows: pa.Table, periods: Sequence[str], windows: Mapping[str, Window], new: frozenset[str]
) -> dict[tuple[str, str], float | None]:
    """`new_line_share` of every partner and basket in fetched `line_cells`.

    Args:
        rows: `partner, basket_id, line, period, value`.
        periods: the periods of the panel; rows of other periods do not count.
        windows: the window of each basket; baskets without one are left out.
        new: lines that are new in the nomenclature (`baskets.broken_lines`, `born_codes`).

    Returns:
        By partner and basket; null: not measurable.
    """
    found: dict[tuple[str, str], float | None] = {}
    for key, cells in _by_key(rows, ("partner", "basket_id"), "line").items():
        if key[1] not in windows:
            continue
        lines = sorted(cells)
        known = np.array([line not in new for line in lines], dtype=np.bool_)
        share = new_line_share(_dense(cells, lines, periods), known, windows[key[1]], periods)
        found[key[0], key[1]] = None if np.isnan(share) else float(share)
    return found


def _past(values: Floats, window: Window) -> Floats:
    """All that was traded before the window, also in the month of the ban and until `since`."""
    total: Floats = values[..., : window.after[0]].sum(axis=-1)
    return total


def _is_long(window: Window, periods: Sequence[str]) -> bool:
    return len(window.before) >= MIN_PERIODS_BEFORE[is_month(periods[0])]


Held = dict[str, dict[str, float]]
"""By line (or reporter), value by period."""


def _by_key(rows: pa.Table, keys: tuple[str, str], inner: str) -> dict[tuple[str, str], Held]:
    found: dict[tuple[str, str], Held] = {}
    names = (*keys, inner, "period", "value")
    columns = (rows[one].to_pylist() for one in names)
    for first, second, one, period, value in zip(*columns, strict=True):
        held = found.setdefault((first, second), {}).setdefault(one, {})
        held[period] = held.get(period, 0.0) + value
    return found


def _dense(cells: Held, names: Sequence[str], periods: Sequence[str]) -> Floats:
    return np.array([[cells[one].get(period, 0.0) for period in periods] for one in names])
