"""Rows on the regression of EBRD working paper 276: relative fall to Russia, rise to hubs."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from entrepot.signals.baskets import Basket
from entrepot.signals.effect.design import Cells, cells_by_reporter
from entrepot.signals.effect.effect import Cluster, Effect, Estimate, effect
from entrepot.signals.question import Question
from published.row import Row, points, share
from published.world import CCA3, OTHERS, World, months

LEVEL = 6
LAST = "2022-08"
REST = "rest"
FIRST = "2020-01"


@dataclass(frozen=True)
class Reading:
    """One way to read the published definition."""

    words: str
    cells: Cells
    cluster: Cluster
    cause: str


def rows(world: World) -> list[Row]:
    made = []
    for reading in _readings(world):
        found = {
            model: effect(
                reading.cells,
                Question(),
                CCA3,
                controls=OTHERS,
                model=model,
                cluster=reading.cluster,
            )
            for model in ("ppml", "log_ols")
        }
        made += [
            _row(reading, found, *asked)
            for asked in (
                (
                    "target",
                    "EBRD WP 276, Feb 2023 (and Javorcik 2023)",
                    "fall to RU about 80 % stronger for sanctioned goods",
                    -0.80,
                ),
                (
                    "hubs",
                    "EBRD WP 276, Feb 2023",
                    "sanctioned goods to AM, KZ, KG up about 30 %",
                    0.30,
                ),
            )
        ]
    return made


def _row(
    reading: Reading, found: dict[str, Effect], group: str, study: str, words: str, theirs: float
) -> Row:
    both = {"PPML": found["ppml"], "least squares on logs": found["log_ols"]}
    ours = {name: one.of(group) for name, one in both.items()}
    used = found["ppml"]
    return Row(
        study,
        words,
        "part",
        f"equation of the paper, monthly, {FIRST} to {LAST}, {reading.words}; controls GE and UZ; "
        f"{used.restricted_goods} sanctioned and {used.control_goods} free goods, "
        f"{used.observations:,} observations, {used.clusters:,} clusters; 95 % interval",
        "; ".join(f"{name} {_told(one)}" for name, one in ours.items()),
        "; ".join(
            "-" if one.change is None else points(one.change, theirs) for one in ours.values()
        ),
        reading.cause,
    )


def _told(one: Estimate) -> str:
    if one.change is None or one.change_low is None or one.change_high is None:
        return f"null ({one.reason})"
    return f"{share(one.change)} ({share(one.change_low)} to {share(one.change_high)})"


def _readings(world: World) -> list[Reading]:
    panel = world.found(LEVEL, LAST).panel
    by_reporter = cells_by_reporter(world.by_reporter(LEVEL, LAST), panel.baskets)
    free = _about_free(world)
    return [
        Reading(
            "HS6, EU27 as one exporter, free goods of the file as controls",
            by_merging(by_reporter),
            "jk",
            free,
        ),
        Reading(
            "by reporter, sanctioned goods added up by day of ban against all other exports (whole "
            "exports less sanctioned goods); clustered by reporter x destination x good",
            _against_rest(world, by_reporter),
            "ijk",
            "checked: with all other exports as the control instead of the file's free "
            "goods. Left: two "
            "vintages of the figures, sanctioned goods outside the file stand among the "
            "others, GE and "
            "UZ stand for the rest of the world, base from 2020 instead of 2017, no UK or "
            "US: size of "
            "each not checked",
        ),
    ]


def by_merging(cells: Cells) -> Cells:
    """The reporters as one exporter; what a silent reporter lacks is left out of the sum."""
    sums: dict[tuple[str, str], np.ndarray] = {}
    goods = {one.basket_id: one for one in cells.baskets}
    for partner, basket, values in zip(cells.partners, cells.baskets, cells.values, strict=True):
        key = (partner, basket.basket_id)
        sums[key] = sums.get(key, 0.0) + np.nan_to_num(values)
    return Cells(
        ("EU27",) * len(sums),
        tuple(partner for partner, _ in sums),
        tuple(goods[good] for _, good in sums),
        cells.periods,
        np.array(list(sums.values())),
    )


def _about_free(world: World) -> str:
    """What the free goods of the file are, and how they moved: computed, so it is checked."""
    trade = world.goods(LEVEL, LAST)
    free = [one for one in world.found(LEVEL, LAST).panel.baskets if not one.is_restricted]
    steel = [one.basket_id for one in free if one.code[:2] in ("72", "73")]
    ids = [one.basket_id for one in free]
    after, before = months("2022-03", LAST), months("2021-03", "2021-08")
    grown = {
        group: trade.sum(to=to, goods=ids, when=after) / trade.sum(to=to, goods=ids, when=before)
        for group, to in (("AM + KZ + KG", CCA3), ("GE + UZ", OTHERS), ("RU", ("RUS",)))
    }
    part = trade.sum(goods=steel) / trade.sum(goods=ids)
    return (
        f"checked: the file was made of sanctioned headings; {100 * part:.0f} % of its free "
        "goods by "
        "value are iron and steel, which moved by themselves (March to August 2022 / 2021: "
        + ", ".join(f"{name} x{one:.1f}" for name, one in grown.items())
        + "), so they are a poor picture of ordinary demand; a reading with other "
        "controls stands below"
    )


def _against_rest(world: World, cells: Cells) -> Cells:
    """Two kinds of goods: sanctioned by day of ban, and everything else a reporter sold."""
    rows: list[tuple[str, str, str, str, float]] = []
    bound: dict[tuple[str, str, str], float] = {}
    days: dict[str, Basket] = {}
    for who, to, basket, values in zip(
        cells.exporters, cells.partners, cells.baskets, cells.values, strict=True
    ):
        if basket.banned_from is None or to == "BLR":
            continue
        name = str(basket.banned_from)
        days[name] = Basket(name, name, True, banned_from=basket.banned_from)
        for period, value in zip(cells.periods, values, strict=True):
            if value > 0:
                rows.append((who, to, name, period, value))
                bound[who, to, period] = bound.get((who, to, period), 0.0) + value
    totals = world.totals.rows.to_pylist()
    for row in totals:
        if row["period"] in cells.periods:
            key = (row["reporter"], row["partner"], row["period"])
            left = max(0.0, row["value"] - bound.get(key, 0.0))
            rows.append((*key[:2], REST, key[2], left))
    names = ["reporter", "partner", "basket_id", "period", "value"]
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    return cells_by_reporter(table, [*days.values(), Basket(REST, REST, False)])
