"""Partners over time: one row a partner and year (or quarter), by the sources of the ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Final

from entrepot.codes.period import is_month
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.measures.values import sold
from entrepot.signals.partners.figures import with_bucket
from entrepot.signals.partners.months import VALUATION, Line, common
from entrepot.signals.partners.ranking import as_group, ranking, with_group
from entrepot.signals.partners.table import EU_LABEL, Trade
from entrepot.units import MONTHS_PER_YEAR
from entrepot.workspace.dealings import EU, Dealings, turnovers

MONTHS: Final = {"year": MONTHS_PER_YEAR, "quarter": 3}


@dataclass(frozen=True)
class Moment:
    """One partner in one year or quarter; null: not known, since its publisher is silent.

    `kind`: country, or group (the EU as one partner; its rank is the place it would have). `months`
    of `months_whole` are added up: only those that all partners that matter reported. Where they
    are fewer, values are no values of a whole year and only shares and ranks compare.
    """

    partner: str
    kind: str
    period: str
    value: float | None
    share: float | None
    rank: int | None
    months: int
    months_whole: int


def history(dealings: Dealings, per: str, engine: Engine) -> tuple[Moment, ...]:
    """All years or quarters of the figures, ordered by period and place.

    Args:
        dealings: a ranking, whose choice of sources is kept.
        per: year or quarter.
        engine: where the figures live.

    Raises:
        RequestError: quarters of yearly figures.
    """
    buckets = _buckets(dealings, per)
    used = {bucket: common(dealings.lines, wanted).used for bucket, wanted in buckets.items()}
    trades = _trades(dealings, used, engine)
    whole = _sums(trades)
    found: list[Moment] = []
    for bucket, held in used.items():
        if not held:
            continue
        known = [replace(one, base=whole[one.partner]) for one in trades[bucket]]
        alone, grouped = ranking(known), ranking(as_group(known, EU, EU_LABEL))
        months = len(held) * (1 if is_month(held[0]) else MONTHS_PER_YEAR)
        found += [
            Moment(
                row.trade.partner, row.kind, bucket, row.trade.now, row.share, row.rank,
                months, MONTHS[per],
            )
            for row in with_group(alone, grouped, EU_LABEL)
        ]  # fmt: skip
    return tuple(found)


def _buckets(dealings: Dealings, per: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for period in sorted(set().union(*(one.cells for one in dealings.lines))):
        if per == "quarter" and not is_month(period):
            raise RequestError(
                "got --by quarter for yearly figures, expected --by year",
                hint="Quarters need monthly figures.",
            )
        quarter = f"-Q{(int(period[5:]) + 2) // 3}" if per == "quarter" else ""
        found.setdefault(f"{period[:4]}{quarter}", []).append(period)
    return found


def _trades(
    dealings: Dealings, used: Mapping[str, Sequence[str]], engine: Engine
) -> dict[str, list[Trade]]:
    """The trades of every bucket; turnover where the ranking is of imports and exports."""
    goods = _goods(dealings, used, engine)
    every = [period for held in used.values() for period in held]
    found: dict[str, list[Trade]] = {}
    for bucket, held in used.items():
        made = {
            (one.direction, one.other): _trade(
                one, one.value(held, one.basis(every), goods.get(f"{one.key}|{bucket}", 0.0))
            )
            for one in dealings.lines
        }
        made = turnovers(made) if dealings.partners.flow == "both" else made
        found[bucket] = [one for _, one in sorted(made.items())]
    return found


def _goods(
    dealings: Dealings, used: Mapping[str, Sequence[str]], engine: Engine
) -> dict[str, float]:
    """Sums of goods by line and bucket."""
    place = {period: bucket for bucket, held in used.items() for period in held}
    if not place:
        return {}
    held = dealings.holdings
    rows = with_bucket(held.sales, place, engine)
    keys = [f"{one.key}|{bucket}" for one in dealings.lines for bucket in used]
    table = sold(rows, held.country, keys, list(place), held.currency, engine)
    summed = table.group_by("reporter").aggregate([("value", "sum")])
    return dict(zip(summed["reporter"].to_pylist(), summed["value_sum"].to_pylist(), strict=True))


def _trade(line: Line, value: float | None) -> Trade:
    valuation = VALUATION[line.direction, line.source]
    return Trade(line.other, value, None, line.source, valuation, "")


def _sums(trades: Mapping[str, Sequence[Trade]]) -> dict[str, float]:
    """Each partner's trade over all buckets: says which members a group may do without."""
    found: dict[str, list[float]] = {}
    for known in trades.values():
        for one in known:
            found.setdefault(one.partner, []).append(one.now or 0.0)
    return {partner: fsum(values) for partner, values in found.items()}
