"""What the rules of the sellers' regimes bar of a country's earlier purchases."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from entrepot.measures.book import Rulebook, restricts
from entrepot.measures.context import reach
from entrepot.measures.exposure import Rules, exposure
from entrepot.measures.inquiry import EXPORTERS, under
from entrepot.signals.partners.months import IMPORTS, Line, Span
from entrepot.signals.partners.table import Under


def regime_of(country: str) -> str:
    """Whose rules bind the exporters of a country; empty: none in the base."""
    return next((regime for regime in EXPORTERS if country in under(regime)), "")


def first_ban(
    lines: Sequence[Line], book: Rulebook, country: str, *, after: date, on: date
) -> date | None:
    """First day of a ban or licence for the country, by the regime of most of its trade."""
    weight: dict[str, float] = {}
    for one in lines:
        regime = regime_of(one.other)
        weight[regime] = weight.get(regime, 0.0) + one.weight if regime else 0.0
    for regime in sorted((r for r in weight if r), key=lambda r: -weight[r]):
        days: list[date] = [
            row["valid_from"]
            for row in book.rows
            if restricts(row)
            and row["destination"] == country
            and row["regime"] == regime
            and after <= row["valid_from"] <= on
        ]
        if days:
            return min(days)
    return None


def under_rules(
    lines: Sequence[Line], span: Span, goods: pa.Table, country: str, book: Rulebook, on: date
) -> dict[str, Under]:
    """What of the earlier sales to the country is barred by the rules of each seller's regime.

    Args:
        lines: what is held; only the country's imports are judged.
        span: the times compared.
        goods: `reporter, commodity_code, value` of the earlier time (`values.sold`), by line.
        country: the destination.
        book: the measures.
        on: the day of the rules.

    Returns:
        By key of the line. No entry where the seller's regime is not in the base, where the country
        is under the regime itself, or where nothing is known of the goods: no answer is no zero.
    """
    found: dict[str, Under] = {}
    sellers = [one for one in lines if one.direction == IMPORTS]
    for regime in EXPORTERS:
        mine = {one.key: one for one in sellers if one.other in under(regime)}
        if not mine or country in under(regime):
            continue
        values = goods.filter(pc.is_in(goods["reporter"], pa.array(list(mine), pa.string())))
        judged = _judged(values, country, book, on, regime)
        for key, line in mine.items():
            made = _whole(judged.get(key, Under(0.0, 0.0, 0.0)), line, span)
            # Where nothing at all is known of the goods there is no answer, and no zero.
            if made is not None and made.value > made.unjudged:
                found[key] = made
    return found


def _judged(
    values: pa.Table, country: str, book: Rulebook, on: date, regime: str
) -> dict[str, Under]:
    """Sums by line; a code that no measure covers is free only where the base reaches."""
    rules = Rules(country, on)
    touched = exposure(values, book, rules, rules, (regime,))
    named = {one.commodity_code for one in touched.goods}
    others = set(values["commodity_code"].to_pylist()) - named
    blind = {code for code in others if reach(regime, country, code, on) is None}
    dark: dict[str, float] = {}
    for row in values.to_pylist():
        if row["commodity_code"] in blind:
            dark[row["reporter"]] = dark.get(row["reporter"], 0.0) + row["value"]
    return {
        one.key: Under(one.value, one.covered.low, one.covered.high, dark.get(one.key, 0.0))
        for one in touched.reporters
    }


def _whole(goods: Under, line: Line, span: Span) -> Under | None:
    """The same against all trade of the line: what the total holds beyond its goods is unjudged."""
    basis = line.basis([*span.now, *span.base])
    value = line.value(span.base, basis, goods.value)
    if value is None:
        return None
    return Under(value, goods.low, goods.high, goods.unjudged + max(0.0, value - goods.value))
