"""What the figures hold of the trade that a claim means: one value a period, nothing added twice.

Codes of the goods are chained over editions of the HS, and a heading never meets its children
(`signals.baskets`, `signals.panel`). Whose figures speak is part of the answer: the seller's
exports and the buyer's imports are two records of one trade, and are never added.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from entrepot.codes.flow import Flow
from entrepot.codes.period import is_month
from entrepot.evidence.assessing.chosen import Trade, is_in, largest, summed
from entrepot.evidence.assessing.records import Loaded
from entrepot.records.trade import TOTAL_CODE
from entrepot.signals.baskets import Basket, baskets
from entrepot.signals.panel import Silence, code_spans, silence

LEVELS: Final = (2, 4, 6, 8)


@dataclass(frozen=True)
class Series:
    """The trade by period, in `currency`.

    Attributes:
        trade: what was asked.
        values: money by period; a period without a row of these goods is 0 where reporters spoke.
        by_reporter: the same by reporter.
        periods: those in which every reporter that matters spoke, months or else years.
        currency: EUR or USD.
        lines: published codes that were added up; `left_out`: codes that could not be compared, as
            their other half under an older or newer code is not in the figures.
        silence: what was left out as a reporter was missing, and who was late.
        reporters: those that spoke at all.
    """

    trade: Trade
    values: Mapping[str, float]
    by_reporter: Mapping[str, Mapping[str, float]]
    periods: tuple[str, ...]
    currency: str
    lines: tuple[str, ...]
    left_out: tuple[str, ...]
    silence: Silence
    reporters: tuple[str, ...]

    def sum(self, periods: Collection[str]) -> float:
        """The money of these periods."""
        return sum(self.values.get(one, 0.0) for one in periods)


def series(loaded: Loaded, trade: Trade, currency: str = "") -> Series | None:
    """Read the trade; null: the figures hold nothing that could speak of it.

    Args:
        loaded: the figures.
        trade: what is asked.
        currency: EUR or USD; empty: the one in which more rows are given.
    """
    spoke = _presence(loaded, trade.flow)
    mine = spoke.filter(is_in(spoke["reporter"], trade.reporters))
    made = _baskets(loaded, trade.codes)
    if not mine.num_rows or (trade.codes and not made):
        return None
    quiet = silence(mine)
    unit = currency or _currency(loaded)
    lines = tuple(sorted({line for one in made for line in one.lines})) or (TOTAL_CODE,)
    rows = summed(loaded, trade, made, lines, unit)
    by_reporter: dict[str, dict[str, float]] = {}
    values: dict[str, float] = {}
    for row in rows:
        held = by_reporter.setdefault(row["reporter"], {})
        held[row["period"]] = held.get(row["period"], 0.0) + row["value"]
        values[row["period"]] = values.get(row["period"], 0.0) + row["value"]
    heard = {one for one in mine["period"].to_pylist() if one not in quiet.dropped}
    return Series(
        trade, values, by_reporter, _one_kind(heard), unit,
        lines, tuple(sorted({line for one in made for line in one.left_out})),
        quiet, tuple(sorted(set(mine["reporter"].to_pylist()))),
    )  # fmt: skip


def partners_held(loaded: Loaded, flow: str, reporters: Collection[str]) -> frozenset[str]:
    """Partners of whom these reporters give any figure."""

    def made() -> list[dict[str, Any]]:
        return _listed(loaded, loaded.flows.select("flow", "reporter", "partner").distinct())

    return frozenset(
        row["partner"]
        for row in loaded.once("partners", made)
        if row["flow"] == flow and row["reporter"] in reporters
    )


def has_total(loaded: Loaded) -> bool:
    """Whether the figures hold a value for all goods together."""
    return TOTAL_CODE in _spans(loaded)


def chapters_held(loaded: Loaded) -> tuple[str, ...]:
    """Chapters of the HS of which the figures hold any good."""
    return tuple(sorted({code[:2] for code in _spans(loaded) if code.isdigit()}))


def codes_held(loaded: Loaded) -> frozenset[str]:
    """Every code of which the figures hold a row."""
    return frozenset(_spans(loaded))


def reporters_held(loaded: Loaded, flow: str) -> frozenset[str]:
    """Who publishes figures of this direction."""
    return frozenset(_presence(loaded, flow)["reporter"].to_pylist())


def _listed(loaded: Loaded, rows: ir.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = loaded.engine.fetch(rows).to_pylist()
    return found


def _one_kind(periods: set[str]) -> tuple[str, ...]:
    months = {one for one in periods if is_month(one)}
    return tuple(sorted(months or periods))


def _presence(loaded: Loaded, flow: str) -> pa.Table:
    """All trade of each reporter in each period: who spoke, and how much it weighs."""
    found = _weights(loaded)
    return found.filter(pc.equal(found["flow"], flow)).select(["reporter", "period", "value"])


def _weights(loaded: Loaded) -> pa.Table:
    def made() -> pa.Table:
        flows = loaded.flows
        money = ibis.coalesce(flows.value_eur, flows.value_usd).cast("float64")
        known = flows.mutate(value=money).filter(money.notnull())
        summed = known.group_by("flow", "reporter", "period").agg(
            value=known.value.sum(),
            EUR=known.value_eur.notnull().sum(),
            USD=known.value_usd.notnull().sum(),
        )
        return loaded.engine.fetch(summed)

    found: pa.Table = loaded.once("weights", made)
    return found


def _spans(loaded: Loaded) -> Mapping[str, tuple[str, str]]:
    found: Mapping[str, tuple[str, str]] = loaded.once(
        "spans", lambda: code_spans(loaded.flows, loaded.engine)
    )
    return found


def _currency(loaded: Loaded) -> str:
    """The currency in which more figures are given."""
    euro, dollar = (pc.sum(_weights(loaded)[one]).as_py() or 0 for one in ("EUR", "USD"))
    return "USD" if dollar > euro else "EUR"


def _baskets(loaded: Loaded, codes: Sequence[str]) -> list[Basket]:
    """The series that hold the codes, each once; those of a level that is not held are missing."""
    found: dict[str, Basket] = {}
    for level in LEVELS:
        wanted = {code for code in codes if len(code) == level}
        for basket in _at(loaded, level) if wanted else ():
            if wanted & {basket.code, *basket.codes}:
                found[f"{level}/{basket.basket_id}"] = basket
    return [found[key] for key in sorted(found)]


def _at(loaded: Loaded, level: int) -> list[Basket]:
    found: list[Basket] = loaded.once(
        f"baskets {level}", lambda: baskets(_spans(loaded), {}, level=level)
    )
    return found


def references(loaded: Loaded, found: Series, *parts: Collection[str]) -> list[dict[str, Any]]:
    """The published rows behind the value of some periods, one reference for each part.

    `rows` counts them; of a heading and its children both are named, as both are published.
    `locators` names the largest ones, `file: locator`; empty: no row, which is why the value is 0.
    """
    held = largest(loaded, found.trade, found.lines, found.currency, [set(part) for part in parts])
    return [
        _reference(loaded, found, sorted(set(part)), [row for row in held if row["part"] == number])
        for number, part in enumerate(parts)
    ]


def _reference(
    loaded: Loaded, found: Series, periods: list[str], rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    files = list(dict.fromkeys(row["file_id"] for row in rows))
    return {
        "kind": "flows",
        "figures": loaded.title,
        "files": [{"file_id": one, "name": loaded.names.get(one)} for one in files],
        "reporters": sorted(found.by_reporter),
        "partners": sorted(found.trade.others) or None,
        "flow": found.trade.flow,
        "commodity_codes": list(found.lines),
        "periods": periods,
        "value": round(found.sum(periods), 2),
        "currency": found.currency,
        "rows": int(rows[0]["rows"]) if rows else 0,
        "locators": [f"{row['file_id'][:12]}: {row['locator']}" for row in rows],
    }


EXPORTS: Final = Flow.X.value
IMPORTS: Final = Flow.M.value
