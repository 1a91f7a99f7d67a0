"""The hub's own production: who makes and sells a good buys parts of it for its industry.

A net exporter of the good before the ban has a demand of its own that may grow by itself: more of
it bought need not be for anyone else. Measured at the level of the question, restricted and free
lines together, since an exporter's own figures need not be as fine as the coalition's. Re-exports
are taken off where the hub tells them apart, or an entrepot would look like a factory. Pitfalls:
legitimate demand, offshore production, entrepots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np

from entrepot.codes.flow import Flow
from entrepot.signals.baskets import Basket, baskets
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.innocent.series import Cells, Flags, Floats, Places, cells_of, place_in
from entrepot.signals.innocent.source import Source
from entrepot.signals.innocent.stated import Stated
from entrepot.signals.panel import Panel, code_spans
from entrepot.signals.windows import Window

QUESTION = "Did the hub not make and sell these goods itself before?"

PRODUCER_RATIO = 1.0
"""From this ratio of what it sells to what it buys from the coalition on, a hub counts as a maker:
it sells more than it buys here."""


@dataclass(frozen=True)
class Sold:
    """What hubs sold to the world without the target, by the figures of one side.

    `cells` are hubs x goods x periods, money; `reports` (hubs x periods) is 1 where that side
    reports anything; `known` (one a good) whether the good is in its figures at all.
    """

    cells: Cells
    reports: Floats
    known: Flags


@dataclass(frozen=True)
class Production:
    """Hubs x baskets, mean money a period before the ban; nan: not in the figures.

    `bought` from the coalition, `sold` by the hub's own figures, `sold_here` by those of the
    coalition, which sees its own purchases only. All three count all lines of the good.
    """

    bought: Floats
    sold: Floats
    sold_here: Floats


def good_places(made: Sequence[Basket]) -> Places:
    """Per basket the place of its good: the restricted and the free part have one."""
    axis = {code: place for place, code in enumerate(sorted({basket.code for basket in made}))}
    return np.array([axis[basket.code] for basket in made], dtype=np.int64)


def own_sales(source: Source) -> Sold:
    """Exports as the hubs report them, less re-exports where they tell them apart."""
    rows = source.paid()
    abroad = rows.filter(
        rows.reporter.isin(list(source.hubs)), rows.partner != source.question.target
    )
    whole = _sold(source, abroad.filter(abroad.flow == Flow.X.value), "reporter")
    again = _sold(source, abroad.filter(abroad.flow == Flow.RX.value), "reporter")
    return Sold(_less(whole.cells, again.cells), whole.reports, whole.known)


def mirrored_sales(source: Source) -> Sold:
    """Imports from the hubs as the coalition reports them: only what the hubs sold to it."""
    rows = source.paid()
    bought = rows.filter(
        rows.flow == Flow.M.value,
        rows.reporter.isin(source.members),
        rows.partner.isin(list(source.hubs)),
    )
    return _sold(source, bought, "partner")


def _sold(source: Source, rows: ir.Table, hub: str) -> Sold:
    """Sales by hub and good, `hub` being the column that names the hub."""
    goods = _goods(source.panel.baskets)
    size = (len(source.hubs), max(goods.values(), default=-1) + 1, len(source.panel.periods))
    made = _restricted_goods(source, rows, goods)
    table = source.summed(rows, made, [hub])
    places = {one.basket_id: _place(one, goods) for one in made}
    ids = sorted(places)
    at = place_in(ids, table["basket_id"])
    columns = np.array([places[name] for name in ids], dtype=np.int64)[at]
    found = cells_of(place_in(source.hubs, table[hub]), columns, table, size)
    known = np.zeros(size[1], dtype=np.bool_)
    known[columns] = True
    return Sold(found, _reports(source, rows, hub), known)


def _goods(made: Sequence[Basket]) -> Mapping[str, int]:
    """The place of the good of each code at the level of the question, old codes and new ones."""
    places = good_places(made)
    return {code: int(at) for one, at in zip(made, places, strict=True) for code in one.codes}


def _place(basket: Basket, goods: Mapping[str, int]) -> int:
    return next((goods[code] for code in basket.codes if code in goods), -1)


def _restricted_goods(source: Source, rows: ir.Table, goods: Mapping[str, int]) -> list[Basket]:
    """The baskets of these rows that hold a restricted good of the panel, whole."""
    spans = code_spans(rows, source.engine)
    wanted = {_place(basket, goods) for basket in source.restricted}
    made = baskets(spans, {}, level=source.question.level)
    return [basket for basket in made if _place(basket, goods) in wanted]


def _reports(source: Source, rows: ir.Table, hub: str) -> Floats:
    """Hubs x periods: 1 where there is any row."""
    table = source.timed(source.engine.fetch(rows.select(hub, "period").distinct()))
    out = np.zeros((len(source.hubs), len(source.panel.periods)))
    out[place_in(source.hubs, table[hub]), np.asarray(table["at"].to_numpy())] = 1.0
    return out


def _less(whole: Cells, part: Cells) -> Cells:
    """The cells of both, those of `part` taken off."""
    return Cells(
        np.concatenate([whole.row, part.row]),
        np.concatenate([whole.column, part.column]),
        np.concatenate([whole.period, part.period]),
        np.concatenate([whole.value, -part.value]),
        whole.shape,
    )


def production(
    own: Sold | None,
    mirror: Sold | None,
    panel: Panel,
    rows: Sequence[int],
    window: Window,
) -> Production:
    """Sales of the hubs before the ban, beside what they bought.

    Args:
        own: by the figures of the hubs; null: not in the figures.
        mirror: by those of the coalition; null: not in the figures.
        panel: the coalition's exports.
        rows: places of the hubs among the partners.
        window: `before` is used, and of it the periods for which that side reports.
    """
    goods = good_places(panel.baskets)
    before = np.zeros(len(panel.periods))
    before[list(window.before)] = 1.0
    mean = (panel.values @ (before / len(window.before)))[list(rows)]
    bought = np.zeros((len(mean), int(goods.max(initial=-1)) + 1))
    np.add.at(bought.T, goods, mean.T)
    sold, sold_here = (_mean(one, bought.shape, before)[:, goods] for one in (own, mirror))
    return Production(bought[:, goods], sold, sold_here)


def _mean(sold: Sold | None, shape: tuple[int, ...], before: Floats) -> Floats:
    """Mean a period over those in which there are reports; nan where there are none."""
    out = np.full(shape, np.nan)
    if sold is None:
        return out
    periods = (sold.reports @ before)[:, None]
    total = np.maximum(sold.cells.weighed(before), 0.0)
    some = (periods > 0) & sold.known[None, :]
    np.divide(total, periods, out=out, where=some)
    return out


def check(bought: float, sold: float | None, sold_here: float | None, lead: Stated) -> Check:
    """Whether the hub was a maker of the good before the ban.

    The coalition's figures of what it bought can show a maker; they cannot show that there was
    none, since they do not see what was sold elsewhere.
    """
    if (why := lead.untested()) is not None:
        return Check(QUESTION, NOT_TESTABLE, why)
    best = sold if sold is not None else sold_here
    if best is None:
        need = "neither the hub's own exports nor the coalition's imports from it are loaded"
        return Check(QUESTION, NOT_TESTABLE, need)
    whom = "the world" if sold is not None else "the coalition alone"
    detail = (
        f"before, it sold {lead.worth(best)} a period to {whom} and bought {lead.worth(bought)} "
        "from the coalition"
    )
    if best > 0 and best >= PRODUCER_RATIO * bought:
        return Check(QUESTION, FAILED, detail)
    if sold is None:
        return Check(QUESTION, NOT_TESTABLE, f"{detail}; what it sold elsewhere is not loaded")
    return Check(QUESTION, PASSED, detail)
