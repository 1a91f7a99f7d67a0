"""The three-leg screen: for every third country and restricted good, what went in, on, and away.

A plain before and after, quick on the trade of the whole world, to see where to look. It has no
interval and no error rate: `detect` judges. A row has innocent explanations: new demand in the hub
or the target, the hub's own products, goods of other origin, firms that moved, a price rise, a
project.

The least of the three legs is this project's own bound; the substitution ratio is that of
Chupilkin, Javorcik and Plekhanov (EBRD working paper 276, 2023; CEPR DP20097, 2025). Definitions as
built: docs/legs.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from entrepot.codes.country import name
from entrepot.codes.period import end
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.bans import restrictions
from entrepot.signals.baskets import baskets
from entrepot.signals.legs import legs as other_legs
from entrepot.signals.panel import Silence, silence
from entrepot.signals.question import Question
from entrepot.signals.screen.cube import Cube, Goods, Sides, Sums, cube, in_cents
from entrepot.signals.screen.reports import Reports
from entrepot.signals.screen.sides import DIRECT, MIRROR, ONWARD, Legs, Seen
from entrepot.signals.screen.told import Told

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SOURCES = {ONWARD: "hub", MIRROR: "target"}

SCREENED = pa.schema(
    [
        ("rank", pa.int32()),
        *((column, pa.string()) for column in ("hub", "target", "commodity_code")),
        ("is_partial", pa.bool_()),
        ("banned_from", pa.date32()),
        *((column, pa.string()) for column in ("period_from", "period_to", "currency")),
        *((f"in_{column}", pa.float64()) for column in ("before", "after", "growth")),
        ("in_excess", pa.float64()),
        ("onward_source", pa.string()),
        *((f"onward_{column}", pa.float64()) for column in ("before", "after", "growth")),
        ("onward_excess", pa.float64()),
        *((f"direct_{column}", pa.float64()) for column in ("before", "after", "loss")),
        ("rerouted_most", pa.float64()),
        ("substitution_share", pa.float64()),
        ("valid_measures", pa.list_(pa.string())),
    ]
)
"""Columns of `Screen.rows`.

Money is in `currency` a period (a month; in yearly figures a year), to the cent: `after` the mean
of the periods from `period_from` to `period_to`, `before` that of the same calendar months before
the ban.

* `in_`: coalition to hub. `onward_`: hub to target. `onward_source` is `hub` where the hub's
  exports tell of this good (`told`: they name the target, hold the heading, and go deep enough in
  all these periods), so that no row is a zero; `target` where only the target's imports do so (CIF
  and by country of origin, so goods of coalition origin may be missing); null where neither does:
  then all `onward_` figures, `rerouted_most` and `substitution_share` are null.
* `_growth`: rough; sum of goods that are not restricted, after by before, in the same leg; null
  where there were none before.
* `_excess`: after less before times growth. A growth below 1 or null counts as 1. Below 0 where
  trade fell behind.
* `direct_`: coalition to target. `direct_loss` adds up what each exporter lost; what another one
  gained does not make up for it. Null where no row of the figures is trade with the target.
* `rerouted_most`: the smallest of both excesses (0 where below) and the loss: the most that the
  legs allow, not what was rerouted.
* `substitution_share`: that by the loss, 0 to 1; null where nothing was lost."""


@dataclass(frozen=True)
class Screen:
    """What a screen found.

    `rows` in the columns of `SCREENED`, by `rerouted_most`, then `in_excess`, nulls last. `goods`
    counts the restricted goods compared. `missing`: legs without a row in the figures (`onward`,
    `direct`). `unjudged`: restricted goods without a past, without a time since, or of changed
    codes. `other_currency` counts the coalition's export figures without a value in `currency`;
    `absent` names parts of it without any.
    """

    question: Question
    rows: pa.Table
    currency: str
    periods: tuple[str, ...]
    goods: int
    missing: tuple[str, ...]
    unjudged: tuple[str, ...]
    silence: Silence
    other_currency: int
    absent: tuple[str, ...]


def screen(flows: ir.Table, measures: pa.Table, question: Question, engine: Engine) -> Screen:
    """Put the three legs of every third country and restricted good side by side.

    No row says that anything was rerouted: what the hub makes itself, buys elsewhere or asks for
    anew gives the same figures. `detect` holds a row against chance and the past.

    Args:
        flows: rows of `TRADE_FLOW`: exports of the coalition and, where there are any, exports of
            the hubs and imports of the target. Re-exports (RX) are part of exports and not read.
        measures: rows of `MEASURE` that bind the coalition's exporters.
        question: target, coalition, hubs, level, since, as_of and currency; fdr has no use here.
        engine: where `flows` lives; results are equal on every engine.

    Raises:
        RequestError: no exports of the coalition, several currencies, months beside years, a hub
            that is not in the figures, or no restricted good with a past and a time since.
    """
    reports = Reports.read(flows, question, engine)
    legs = Legs(reports.within(flows, question), question, reports.currency, engine)
    seen = legs.seen(reports.periods[0], reports.periods[-1])
    quiet = silence(seen.presence)
    periods = [one for one in reports.periods if one not in quiet.dropped]
    last = end(reports.periods[-1]) - timedelta(days=1)
    day = min(last, question.as_of or last)
    bound = restrictions(measures, seen.spans, question, question.target, day)
    made = baskets(seen.spans, bound, level=question.level)
    goods = Goods.of(made, periods, question)
    _refuse_empty(goods, len(made), question)
    far, needs = other_legs.leg_baskets(made, seen.codes)
    needed = dict(zip((one.basket_id for one in made), needs, strict=True))
    sums = Sums(legs.sums(made, far, goods.places(made)), goods)
    found = cube(sums, goods, _told(goods, reports, seen, needed, question).sources)
    _refuse_absent(found, question)
    return Screen(
        question, _ranked(_columns(found, goods, question, reports.currency)), reports.currency,
        tuple(periods), len(goods.baskets), _missing(found), goods.unjudged, quiet,
        reports.other_currency, question.parts_without(reports.exporters()),
    )  # fmt: skip


def _told(
    goods: Goods, reports: Reports, seen: Seen, needs: Mapping[str, int], question: Question
) -> Told:
    """Who tells of which good; `needs` are the digits that a source must publish, by basket id."""
    partners = {one: named for one, named in seen.partners.items() if one in reports.digits}
    known = other_legs.Reports(reports.digits, partners, reports.headings)
    digits = np.array([needs[one.basket_id] for one in goods.baskets], np.int64)
    return Told(known, goods, digits, question.target)


def _refuse_empty(goods: Goods, made: int, question: Question) -> None:
    if not goods.baskets:
        raise RequestError(
            f"none of the {made} goods in these figures is restricted to {name(question.target)} "
            "with figures before and after its ban",
            hint="Another target, later figures, or your own rules with --measures may help.",
        )


def _refuse_absent(found: Cube, question: Question) -> None:
    absent = sorted(set(question.hubs) - set(found.hubs))
    if absent:
        raise RequestError(
            f"got {', '.join(name(hub) for hub in absent)} as hub, expected a country that these "
            "figures hold trade with",
            hint="Without --hub every third country in the figures is looked at.",
        )


def _missing(found: Cube) -> tuple[str, ...]:
    onward = () if {ONWARD, MIRROR} & found.found else ("onward",)
    return (*onward, *(() if DIRECT in found.found else ("direct",)))


def _columns(found: Cube, goods: Goods, question: Question, currency: str) -> pa.Table:
    """One row for each hub and good that has any trade in or on; not ranked yet."""
    excess_in = _excess(found.inward)
    excess_on = _excess(found.onward)
    most = np.minimum(np.maximum(excess_in, 0), np.maximum(excess_on, 0))
    most = np.minimum(most, found.loss[None, :])
    share = np.divide(most, found.loss, out=np.full_like(most, np.nan), where=found.loss > 0)
    sides = (found.inward.before, found.inward.after, found.onward.before, found.onward.after)
    traded = np.stack([np.nan_to_num(side) for side in sides]).any(axis=0)
    h, k = np.nonzero(traded)
    legs = {
        f"{label}_{what}": values
        for label, leg, excess in (("in", found.inward, excess_in),
                                   ("onward", found.onward, excess_on))
        for what, values in (("before", leg.before[h, k]), ("after", leg.after[h, k]),
                             ("growth", leg.growth[h, k]), ("excess", excess[h, k]))
    }  # fmt: skip
    direct = {"before": found.direct.before, "after": found.direct.after, "loss": found.loss}
    columns = {
        **_labels(found, goods, question, currency, h, k),
        **legs,
        **{f"direct_{what}": values[k] for what, values in direct.items()},
        "rerouted_most": most[h, k],
        "substitution_share": share[h, k],
    }
    return pa.table([_arrow(columns[field.name], field.type) for field in SCREENED], SCREENED)


def _excess(leg: Sides) -> Floats:
    """After less what the growth of free goods makes of before, hubs x goods."""
    return in_cents(leg.after - leg.before * np.fmax(leg.growth, 1.0))


def _labels(
    found: Cube, goods: Goods, question: Question, currency: str, h: Ints, k: Ints
) -> dict[str, object]:
    """Columns that say what a row is about."""

    def taken(values: list[object], kind: pa.DataType, index: Ints) -> pa.Array:
        return pa.array(values, kind).take(pa.array(index))

    text, made = pa.string(), goods.baskets
    after = [goods.windows[w].after for w in goods.where]
    source = found.source[h, k]
    return {
        "rank": np.zeros(h.size, np.int32),
        "hub": taken(list(found.hubs), text, h),
        "target": pa.array([question.target] * h.size, text),
        "commodity_code": taken([one.code for one in made], text, k),
        "is_partial": taken([one.is_partial for one in made], pa.bool_(), k),
        "banned_from": taken([one.banned_from for one in made], pa.date32(), k),
        "period_from": taken([goods.periods[one[0]] for one in after], text, k),
        "period_to": taken([goods.periods[one[-1]] for one in after], text, k),
        "currency": pa.array([currency] * h.size, text),
        "onward_source": pa.array([SOURCES.get(leg) for leg in source.tolist()], text),
        "valid_measures": taken([list(one.measure_ids) for one in made], pa.list_(text), k),
    }


def _arrow(values: object, kind: pa.DataType) -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values, kind, from_pandas=True)


def _ranked(rows: pa.Table) -> pa.Table:
    """Largest first; what cannot be measured comes last, ties by hub and code."""
    keys = [("rerouted_most", "descending"), ("in_excess", "descending"),
            ("hub", "ascending"), ("commodity_code", "ascending")]  # fmt: skip
    ordered = rows.sort_by(keys)
    place = SCREENED.get_field_index("rank")
    return ordered.set_column(place, "rank", pa.array(range(1, rows.num_rows + 1), pa.int32()))
