"""What the regression of `effect` reads: cells, groups of destinations, time since each ban.

Event time is per good: a good counts as restricted from its own first whole period after its ban.
The period that holds the ban, and those between it and the first that is asked for, are left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entrepot.codes.period import end, is_month, start
from entrepot.errors import RequestError
from entrepot.signals.baskets import Basket
from entrepot.signals.panel import Floats, Panel
from entrepot.signals.question import Question

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

PERIODS_A_STEP: Final = {True: 3, False: 1}
"""Months of a quarter since the ban; yearly figures step by years."""

STEPS_BEFORE: Final = 4
"""Steps before the ban that are told apart; the first of them holds all earlier ones too."""

STEPS_AFTER: Final = 8
"""Steps after the ban that are told apart; the last of them holds all later ones too."""

NEVER: Final = 10_000
"""Step of a good that is not restricted within the figures."""

CONTROL, TARGET, HUBS = 0, 1, 2
"""Groups of destinations."""


@dataclass(frozen=True)
class Cells:
    """Exporter x destination x good by period: what the regression reads.

    `values` is cells x periods, in one currency; nan where an exporter reported nothing at all in a
    period, since that is not zero. `partners`, `exporters` and `baskets` have one entry a cell.
    """

    exporters: tuple[str, ...]
    partners: tuple[str, ...]
    baskets: tuple[Basket, ...]
    periods: tuple[str, ...]
    values: Floats


def cells_of_panel(panel: Panel) -> Cells:
    """The coalition as one exporter: every destination x good of a panel."""
    places = [(who, good) for who in panel.partners for good in panel.baskets]
    return Cells(
        ("",) * len(places),
        tuple(who for who, _ in places),
        tuple(good for _, good in places),
        panel.periods,
        panel.values.reshape(len(places), len(panel.periods)),
    )


def cells_by_reporter(
    rows: pa.Table, baskets: Sequence[Basket], *, dropped: Collection[str] = ()
) -> Cells:
    """One cell per reporter, destination and good that has a figure in any period.

    Args:
        rows: `reporter, partner, basket_id, period, value`, as `panel.cells` gives them.
        baskets: what the ids mean; rows of others are left out.
        dropped: periods not to use.

    Returns:
        Cells in order of reporter, partner, basket. 0 where a reporter that published something in
        the period published nothing of this cell.
    """
    known = {basket.basket_id: basket for basket in baskets}
    wanted = pc.and_(
        pc.is_in(rows["basket_id"], pa.array(sorted(known), pa.string())),
        pc.invert(pc.is_in(rows["period"], pa.array(sorted(dropped), pa.string()))),
    )
    rows = rows.filter(wanted)
    (who, i), (where, j), (what, k), (when, t) = (
        _coded(rows[name]) for name in ("reporter", "partner", "basket_id", "period")
    )
    key, cell = np.unique((i * len(where) + j) * len(what) + k, return_inverse=True)
    values = np.zeros((len(key), len(when)))
    np.add.at(values, (cell, t), rows["value"].to_numpy())
    of = key // max(1, len(where) * len(what))
    reported = np.zeros((len(who), len(when)), dtype=bool)
    reported[i, t] = True
    return Cells(
        tuple(who[one] for one in of),
        tuple(where[one] for one in key // max(1, len(what)) % max(1, len(where))),
        tuple(known[what[one]] for one in key % max(1, len(what))),
        tuple(when),
        np.where(reported[of], values, np.nan),
    )


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """The different texts in order, and for each row the place of its own."""
    names = sorted(pc.unique(column).to_pylist())
    places = pc.index_in(column, pa.array(names, pa.string()))
    return names, places.to_numpy().astype(np.int64)


@dataclass(frozen=True)
class Design:
    """Observations in rows.

    `group` is one of `CONTROL`, `TARGET`, `HUBS`; `step` the quarter since the good's ban, below 0
    before it (`NEVER`: not restricted); `fixed` numbers the levels of each fixed effect, `cluster`
    the cells whose errors may hang together. Goods are counted before anything is left out.
    """

    value: Floats
    group: Ints
    step: Ints
    is_after: Flags
    fixed: dict[str, Ints]
    cluster: Ints
    controls: tuple[str, ...]
    restricted_goods: int
    control_goods: int

    def kept(self, keep: Flags) -> "Design":
        """Only some of the observations."""
        return replace(
            self,
            value=self.value[keep],
            group=self.group[keep],
            step=self.step[keep],
            is_after=self.is_after[keep],
            fixed={name: ids[keep] for name, ids in self.fixed.items()},
            cluster=self.cluster[keep],
        )


def design(
    figures: Panel | Cells,
    question: Question,
    hubs: Collection[str],
    controls: Collection[str],
    cluster: str,
) -> Design:
    """Arrange the figures for a regression; arguments and errors as in `effect.effect`."""
    cells = figures if isinstance(figures, Cells) else cells_of_panel(figures)
    named = _named(cells, question, hubs, controls)
    when = {one.basket_id: _steps(one, cells.periods, question.since) for one in cells.baskets}
    step = np.array([when[one.basket_id][0] for one in cells.baskets])
    usable = np.array([when[one.basket_id][1] for one in cells.baskets])
    usable &= ~np.isnan(cells.values) & np.array([one in named for one in cells.partners])[:, None]
    usable &= np.array([one.is_comparable for one in cells.baskets])[:, None]
    rows, times = np.nonzero(usable)
    ids = {
        "i": _numbers(cells.exporters)[rows],
        "j": _numbers(cells.partners)[rows],
        "k": _numbers([one.basket_id for one in cells.baskets])[rows],
        "t": times,
    }
    steps = step[rows, times]
    is_bound = np.isin(ids["k"], ids["k"][(steps >= 0) & (steps != NEVER)])
    goods = len(np.unique(ids["k"]))
    bound = len(np.unique(ids["k"][is_bound]))
    others = tuple(sorted(one for one, group in named.items() if group == CONTROL))
    fixed = {name: _together(ids, name) for name in ("ijk", "ijt", *(["ikt"] if others else []))}
    return Design(
        value=cells.values[rows, times],
        group=np.array([named.get(one, CONTROL) for one in cells.partners], dtype=np.int64)[rows],
        step=np.where(is_bound, steps, NEVER),
        is_after=is_bound & (steps >= 0),
        fixed=fixed,
        cluster=_together(ids, cluster),
        controls=others,
        restricted_goods=bound,
        control_goods=goods - bound,
    )


def _named(
    cells: Cells, question: Question, hubs: Collection[str], controls: Collection[str]
) -> dict[str, int]:
    """Destinations that take part, with their group."""
    there = set(cells.partners)
    missing = ({question.target} | set(hubs) | set(controls)) - there
    if missing:
        raise RequestError(
            f"got {', '.join(sorted(missing))}, expected destinations in these figures: "
            f"{', '.join(sorted(there))}"
        )
    twice = set(hubs) & set(controls) | {question.target} & (set(hubs) | set(controls))
    if twice:
        raise RequestError(f"got {', '.join(sorted(twice))} in two groups, expected one each")
    others = set(controls) or there - set(hubs) - {question.target}
    return dict.fromkeys(others, CONTROL) | {question.target: TARGET} | dict.fromkeys(hubs, HUBS)


def _steps(basket: Basket, periods: Sequence[str], since: str) -> tuple[Ints, Flags]:
    """Quarters since the ban of each period, and which periods count.

    A period that holds the ban, or lies between it and `since`, or after its end, does not count.
    A good that was restricted before the first period does not count at all: it has no before.
    """
    everything = np.ones(len(periods), dtype=bool)
    if basket.banned_from is None:
        return np.full(len(periods), NEVER, dtype=np.int64), everything
    first = max(basket.banned_from, start(since))
    after = np.array([start(one) >= first for one in periods])
    before = np.array([end(one) <= basket.banned_from for one in periods])
    if basket.banned_to is not None:
        after &= np.array([end(one) <= basket.banned_to for one in periods])
    size = PERIODS_A_STEP[is_month(periods[0])]
    step = np.full(len(periods), NEVER, dtype=np.int64)
    step[after] = np.minimum(np.arange(after.sum()) // size, STEPS_AFTER - 1)
    step[before] = np.maximum(-1 - np.arange(before.sum())[::-1] // size, -STEPS_BEFORE)
    return step, (before | after) if before.any() else ~everything


def _numbers(names: Sequence[str]) -> Ints:
    place = {name: i for i, name in enumerate(sorted(set(names)))}
    return np.array([place[name] for name in names], dtype=np.int64)


def _together(ids: dict[str, Ints], letters: str) -> Ints:
    """One number for each combination, such as exporter x destination x good."""
    key = np.zeros(len(ids["i"]), dtype=np.int64)
    for letter in letters:
        key = key * (int(ids[letter].max(initial=0)) + 1) + ids[letter]
    return np.unique(key, return_inverse=True)[1].astype(np.int64)
