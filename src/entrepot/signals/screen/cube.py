"""The legs as arrays: before and after, and growth of the free goods. Light arithmetic only."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from entrepot.signals.baskets import Basket
from entrepot.signals.question import Question
from entrepot.signals.screen.sides import DIRECT, FREE, IN, MIRROR, ONWARD
from entrepot.signals.windows import Window, window

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NO_SOURCE = -1


@dataclass(frozen=True)
class Goods:
    """Restricted goods that can be compared: each has a window, and a window weighs the periods.

    `where[k]` is the window of good k; `weigh[side, w, t]` the share of period t in the mean before
    (side 0) and after (1). `unjudged`: codes without a past or a time since, or that changed.
    """

    baskets: tuple[Basket, ...]
    windows: tuple[Window, ...]
    where: Ints
    weigh: Floats
    periods: tuple[str, ...]
    unjudged: tuple[str, ...]

    @classmethod
    def of(cls, made: Collection[Basket], periods: Sequence[str], question: Question) -> "Goods":
        """Windows of the restricted goods among `made`; periods in order."""
        found: dict[str, Window] = {}
        bound = [one for one in made if one.is_restricted]
        for one in bound:
            if one.is_comparable and one.banned_from is not None:
                real = window(periods, one.banned_from, question.since, one.banned_to)
                if real is not None:
                    found[one.basket_id] = real
        windows = tuple(dict.fromkeys(found.values()))
        weigh = np.zeros((2, len(windows), len(periods)))
        for w, real in enumerate(windows):
            for t, share in real.season:
                weigh[0, w, t] = share
            weigh[1, w, list(real.after)] = 1 / len(real.after)
        kept = tuple(one for one in bound if one.basket_id in found)
        where = np.array([windows.index(found[one.basket_id]) for one in kept], np.int64)
        unjudged = tuple(sorted({one.code for one in bound} - {one.code for one in kept}))
        return cls(kept, windows, where, weigh, tuple(periods), unjudged)

    def places(self, made: Collection[Basket]) -> dict[str, int]:
        """Number of each good, by basket id; the free ones share `FREE`."""
        free = [one.basket_id for one in made if not one.is_restricted and one.is_comparable]
        bound = {one.basket_id: k for k, one in enumerate(self.baskets)}
        return {**dict.fromkeys(free, FREE), **bound}

    def used(self) -> NDArray[np.bool_]:
        """Goods x periods: what the window of each uses."""
        used = np.asarray((self.weigh > 0).any(axis=0))
        return np.asarray(used[self.where])


@dataclass(frozen=True)
class Sides:
    """One leg: countries x goods, mean a period before and after.

    `growth` is of free goods, after by before, over the window of each good (the same shape); nan
    where there were none before.
    """

    before: Floats
    after: Floats
    growth: Floats


@dataclass(frozen=True)
class Cube:
    """All legs: `inward` and `onward` by hub, `direct` and `loss` by good.

    Onward and its growth are nan where `source[h, k]` is `NO_SOURCE`; direct and loss where no row
    of the figures is trade of the coalition with the target. `loss` adds up what each exporter
    lost; what others gained counts 0. `found` are the legs with any row.
    """

    hubs: tuple[str, ...]
    inward: Sides
    onward: Sides
    source: Ints
    direct: Sides
    loss: Floats
    found: frozenset[int]


class Sums:
    """The columns of `Legs.sums` as arrays; periods that no window may use are left out."""

    def __init__(self, sums: pa.Table, goods: Goods) -> None:
        place_of = {period: t for t, period in enumerate(goods.periods)}
        periods, self._t = _numbered(sums["period"])
        self._t = np.array([place_of.get(one, -1) for one in periods], np.int64)[self._t]
        self.names, self._party = _numbered(sums["party"])
        self._leg = sums["leg"].to_numpy()
        self._place = sums["place"].to_numpy().astype(np.int64)
        self._value = sums["value"].to_numpy()
        self._goods = goods

    def legs(self) -> frozenset[int]:
        """Legs that have any row."""
        return frozenset(np.unique(self._leg).tolist())

    def parties(self, *legs: int) -> tuple[str, ...]:
        """Countries in these legs, in order."""
        numbers = np.unique(self._party[np.isin(self._leg, legs)])
        return tuple(sorted(self.names[i] for i in numbers))

    def sides(self, leg: int, parties: Sequence[str]) -> Sides:
        """One leg for these countries."""
        goods, where = self._goods, {name: i for i, name in enumerate(parties)}
        row_of = np.array([where.get(name, -1) for name in self.names] or [-1], np.int64)
        kept = (self._leg == leg) & (self._t >= 0)
        party, place, t = row_of[self._party[kept]], self._place[kept], self._t[kept]
        value, shape = self._value[kept], (len(parties), len(goods.baskets))
        is_free = place == FREE
        cell = (party * shape[1] + place)[~is_free]
        w, when = goods.where[place[~is_free]], t[~is_free]
        before, after = np.zeros((2, shape[0] * shape[1]))
        np.add.at(before, cell, value[~is_free] * goods.weigh[0, w, when])
        np.add.at(after, cell, value[~is_free] * goods.weigh[1, w, when])
        free = np.zeros((len(parties), len(goods.periods)))
        np.add.at(free, (party[is_free], t[is_free]), value[is_free])
        base, now = (free @ side.T for side in goods.weigh)
        growth = np.divide(now, base, out=np.full_like(base, np.nan), where=base > 0)
        return Sides(
            in_cents(before).reshape(shape), in_cents(after).reshape(shape), growth[:, goods.where]
        )


def in_cents(values: Floats) -> Floats:
    """Money to the cent: the mean of equal years is that year, with no trace of division."""
    return np.asarray(np.round(values, 2), np.float64)


def _numbered(column: pa.ChunkedArray) -> tuple[list[str], Ints]:
    coded = pc.dictionary_encode(column).unify_dictionaries().combine_chunks()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)


def cube(sums: Sums, goods: Goods, source: Callable[[Sequence[str]], Ints]) -> Cube:
    """Put the legs of all hubs together; `source` says whose figures tell, hubs x goods."""
    hubs = sums.parties(IN, ONWARD, MIRROR)
    told, mirror, chosen = sums.sides(ONWARD, hubs), sums.sides(MIRROR, hubs), source(hubs)
    onward = Sides(
        _chosen(chosen, told.before, mirror.before),
        _chosen(chosen, told.after, mirror.after),
        _chosen(chosen, told.growth, mirror.growth),
    )
    direct = sums.sides(DIRECT, sums.parties(DIRECT))
    found = sums.legs()
    known = 1.0 if DIRECT in found else np.nan
    return Cube(
        hubs, sums.sides(IN, hubs), onward, chosen,
        Sides(direct.before.sum(axis=0) * known, direct.after.sum(axis=0) * known, direct.growth),
        in_cents(np.maximum(direct.before - direct.after, 0.0).sum(axis=0)) * known, found,
    )  # fmt: skip


def _chosen(source: Ints, told: Floats, mirror: Floats) -> Floats:
    return np.where(source == ONWARD, told, np.where(source == MIRROR, mirror, np.nan))
