"""Partners on real figures: whose figures speak, which times, what the rules bar of the past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow as pa

from entrepot.codes.country import members
from entrepot.codes.period import end, parse_period, start
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.measures.book import Rulebook
from entrepot.measures.values import sold
from entrepot.signals.partners.figures import Holdings, directions, holdings
from entrepot.signals.partners.months import (
    IMPORTS,
    OWN,
    VALUATION,
    Line,
    Span,
    choose,
    compared,
    full_years,
    now_window,
    of_year,
)
from entrepot.signals.partners.ranking import (
    Ranking,
    as_group,
    in_group,
    one_sided,
    ranking,
    turnover,
    with_group,
)
from entrepot.signals.partners.table import (
    EU_LABEL,
    NOT_YET,
    NOTHING,
    SILENT,
    UNEVEN,
    UNNAMED,
    Partner,
    Partners,
    Trade,
    Under,
)
from entrepot.workspace.barred import first_ban, regime_of, under_rules
from entrepot.workspace.straight import Figures

EU: Final = members("EU")


@dataclass(frozen=True)
class Asked:
    """What is asked of the partners of one country.

    `on` null: `as_of`, or the day after the last period held. `base` a year, empty: chosen. `flow`
    imports, exports or both, empty: what is held. `group` EU: its members as one partner, with
    `split` listed under it. `currency` empty: that of all figures. `as_of`: only periods that had
    ended by then.
    """

    country: str
    on: date | None = None
    base: str = ""
    flow: str = ""
    group: str = ""
    split: bool = False
    currency: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Dealings:
    """The answer, with the lines it was made from, for a look over time (`partnerhistory`)."""

    partners: Partners
    holdings: Holdings
    lines: tuple[Line, ...]


def partners_of(figures: Figures, book: Rulebook, asked: Asked, *, engine: Engine) -> Dealings:
    """Rank the partners of a country around a day, and judge the earlier trade by the rules.

    Args:
        figures: what was imported, or ships.
        book: the measures.
        asked: the question.
        engine: where the figures live.

    Raises:
        RequestError: no trade of the country, nothing held before the day, no such base, or no
            calendar month common to both times.
    """
    held = holdings(
        figures.flows, asked.country, currency=asked.currency, as_of=asked.as_of, engine=engine
    )
    flows = directions(held.lines, asked.flow)
    lines = [one for one in held.lines if one.direction in flows]
    on = asked.on or asked.as_of or end(max(one for line in lines for one in line.cells))
    now = now_window(lines, on)
    year, why = _base(lines, now, book, on, asked)
    base = of_year(lines, year)
    chosen = choose(lines, now, base)
    span = compared(chosen, now, base)
    trades = _trades(chosen, span, held, book, on, engine)
    if len(flows) > 1:
        trades = turnovers(trades)
    known = [one for _, one in sorted(trades.items())]
    return Dealings(_answer(known, span, on, held, flows, asked, why), held, chosen)


def _answer(
    trades: Sequence[Trade],
    span: Span,
    on: date,
    held: Holdings,
    flows: Sequence[str],
    asked: Asked,
    why: str,
) -> Partners:
    alone, grouped = ranking(trades), ranking(as_group(trades, EU, EU_LABEL))
    judged = [one.under for one in trades if one.under is not None]
    is_sale = tuple(flows) == (IMPORTS,)
    unknown = sum(one.base or 0.0 for one in trades if one.under is None) if is_sale else 0.0
    first: Ranking = grouped if asked.group else alone
    return Partners(
        country=asked.country,
        flow="both" if len(flows) > 1 else flows[0],
        on=on,
        currency=held.currency,
        now=span.now,
        base=span.base,
        wanted=span.wanted,
        missing=span.missing,
        rows=_rows(alone, grouped, asked),
        total=alone.total,
        base_total=alone.base_total,
        largest_partner=first.first,
        base_largest_partner=first.base_first,
        largest_group=grouped.first,
        base_largest_group=grouped.base_first,
        share_under_measure=sum(judged[1:], judged[0]) if judged else None,
        unknown_rules=unknown,
        why_base=why,
        grouped=bool(asked.group),
    )


def _rows(alone: Ranking, grouped: Ranking, asked: Asked) -> tuple[Partner, ...]:
    if asked.group:
        return in_group(alone, grouped, EU, EU_LABEL, split=asked.split)
    return with_group(alone, grouped, EU_LABEL)


def _base(
    lines: Sequence[Line], now: Sequence[str], book: Rulebook, on: date, asked: Asked
) -> tuple[str, str]:
    """The year to compare with, and why it is that one; empty: none is held."""
    if asked.base:
        return _asked_base(lines, now, asked.base), "as asked"
    years = [year for year in full_years(lines) if start(year) < start(now[0])]
    if not years:
        return "", "No full calendar year is held before that time, so nothing is compared"
    ban = first_ban(lines, book, asked.country, after=end(years[0]), on=on)
    if ban is not None:
        before = str(ban.year - 1)
        fitting = [year for year in years if year <= before]
        if fitting:
            best = fitting[-1]
            last = "" if best == before else "the last full year held before "
            text = f"{last or 'the calendar year before '}the first measure in the time of these "
            return best, f"{text}figures, {ban}"
    whole = [year for year in years if end(year) <= start(now[0])] or years
    return whole[-1], "the last full year held before that time"


def _asked_base(lines: Sequence[Line], now: Sequence[str], text: str) -> str:
    year = parse_period(text)
    held = sorted({one[:4] for line in lines for one in line.reported})
    if len(year) > 4 or year not in held:
        raise RequestError(
            f"got --base {text}, expected a year within these figures: {held[0]} to {held[-1]}"
        )
    if start(year) >= start(now[0]):
        raise RequestError(
            f"got --base {year}, expected a year that began before {now[0]}, where the later time "
            "begins",
            hint="Choose an earlier base or a later --on.",
        )
    return year


def _trades(
    lines: Sequence[Line], span: Span, held: Holdings, book: Rulebook, on: date, engine: Engine
) -> dict[tuple[str, str], Trade]:
    """The trade of every line in both times, by direction and partner."""
    keys = [one.key for one in lines]
    goods = {
        when: sold(held.sales, held.country, keys, periods, held.currency, engine)
        for when, periods in (("now", span.now), ("base", span.base))
    }
    sums = {when: _by_line(table) for when, table in goods.items()}
    barred = under_rules(lines, span, goods["base"], held.country, book, on)
    return {
        (one.direction, one.other): _trade(one, span, sums["now"], sums["base"], barred)
        for one in lines
    }


def _trade(
    line: Line,
    span: Span,
    now_goods: Mapping[str, float],
    base_goods: Mapping[str, float],
    barred: Mapping[str, Under],
) -> Trade:
    basis = line.basis([*span.now, *span.base])
    now = line.value(span.now, basis, now_goods.get(line.key, 0.0))
    base = line.value(span.base, basis, base_goods.get(line.key, 0.0))
    return Trade(
        partner=line.other,
        now=now,
        base=base,
        source=line.source,
        valuation=VALUATION[line.direction, line.source],
        basis=basis or "unlike",
        regime=regime_of(line.other),
        under=barred.get(line.key) if base is not None else None,
        notes=tuple(_notes(line, span, basis, now, base)),
    )


def _notes(line: Line, span: Span, basis: str, now: float | None, base: float | None) -> list[str]:
    if not basis:
        return [UNEVEN]
    said = [] if base is not None or not span.base else [NOT_YET]
    if now is None:
        said.append(UNNAMED if line.source == OWN and line.speaks(span.now) else SILENT)
    elif now == 0:
        said.append(NOTHING)
    return said


def _by_line(goods: pa.Table) -> dict[str, float]:
    summed = goods.group_by("reporter").aggregate([("value", "sum")])
    return dict(zip(summed["reporter"].to_pylist(), summed["value_sum"].to_pylist(), strict=True))


def turnovers(trades: Mapping[tuple[str, str], Trade]) -> dict[tuple[str, str], Trade]:
    """Imports and exports of each partner together, under the key of its imports."""
    found: dict[tuple[str, str], Trade] = {}
    for (direction, other), one in trades.items():
        opposite = trades.get(("exports" if direction == IMPORTS else IMPORTS, other))
        if opposite is None:
            found[IMPORTS, other] = one_sided(one)
        elif direction == IMPORTS:
            found[IMPORTS, other] = turnover(one, opposite)
    return found
