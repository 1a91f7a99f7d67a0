"""Who published what, to which depth, in which period: silence is not a zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from entrepot.codes.flow import Flow
from entrepot.codes.period import end
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.figures import CURRENCIES, one_currency, refuse_mixed_periods
from entrepot.signals.legs.legs import CHAPTER, HEADING, Source
from entrepot.signals.question import Question


@dataclass(frozen=True)
class Reports:
    """What each source published in `currency`, at the level asked for or finer.

    `periods` are those of the coalition's exports in order. `digits`: for a source, the longest
    code of each period; a period that is not there was not reported. `headings`: of which headings
    and chapters it has any row in that time, whichever partner; for exports of all and for the
    target's imports. `other_currency` counts the coalition's export figures without a value in
    `currency`.
    """

    currency: str
    periods: tuple[str, ...]
    digits: Mapping[Source, Mapping[str, int]]
    headings: Mapping[Source, frozenset[str]]
    other_currency: int

    @classmethod
    def read(cls, flows: ir.Table, question: Question, engine: Engine) -> "Reports":
        """Count the figures of every reporter, flow and period, and find its headings.

        Raises:
            RequestError: no exports of the coalition, several currencies, or months beside years.
        """
        every = engine.fetch(_counted(flows, question.level)).to_pylist()
        rows = [row for row in every if row["is_fine"] and _is_out(row, question)]
        members = question.exporters()
        own = [row for row in rows if row["reporter"] in members and row["flow"] == Flow.X.value]
        currency, others = _currency(own, question)
        periods = tuple(sorted({row["period"] for row in own if row[currency]}))
        refuse_mixed_periods(periods)
        digits: dict[Source, dict[str, int]] = {}
        for row in rows:
            if row[currency]:
                one = Source(row["reporter"], row["flow"])
                digits.setdefault(one, {})[row["period"]] = row[_digits(currency)]
        told = flows.filter((flows.flow == Flow.X.value) | (flows.reporter == question.target))
        # Columns are dear: they are read only where some row would be left out.
        if any(row[currency] < row["rows"] for row in every):
            told = told.filter(told[f"value_{currency.lower()}"].notnull())
        if any(not periods[0] <= row["period"] <= periods[-1] for row in every):
            told = told.filter(told.period.between(periods[0], periods[-1]))
        return cls(currency, periods, digits, _headings(told, engine), others)

    def exporters(self) -> frozenset[str]:
        """Reporters with any export figure in the currency."""
        return frozenset(one.reporter for one in self.digits if one.flow == Flow.X.value)

    def within(self, flows: ir.Table, question: Question) -> ir.Table:
        """The figures of periods that had ended by the day asked for."""
        if question.as_of is None:
            return flows
        return flows.filter(flows.period.isin(self.periods))


def _digits(currency: str) -> str:
    return f"digits_{currency}"


def _counted(flows: ir.Table, level: int) -> ir.Table:
    """Rows, figures in each currency and their longest code, by reporter, flow and period.

    Apart by `is_fine`: of `level` digits or more.
    """
    money = {"EUR": flows.value_eur, "USD": flows.value_usd}
    counts = {name: column.count() for name, column in money.items()}
    deepest = {
        _digits(name): flows.level.max(where=column.notnull()) for name, column in money.items()
    }
    paid = (flows.value_eur.notnull() | flows.value_usd.notnull()).sum()
    is_fine = (flows.level >= level).name("is_fine")
    return flows.group_by(["reporter", "flow", "period", is_fine]).agg(
        **counts, **deepest, paid=paid, rows=flows.count()
    )


def _is_out(row: Mapping[str, Any], question: Question) -> bool:
    return question.as_of is None or end(row["period"]) <= question.as_of


def _headings(told: ir.Table, engine: Engine) -> dict[Source, frozenset[str]]:
    """Headings and chapters of which a source has any row."""
    heading = told.commodity_code.substr(0, HEADING)
    held = engine.fetch(told.select("reporter", "flow", heading=heading).distinct())
    lists = held.group_by(["reporter", "flow"]).aggregate([("heading", "list")])
    named = zip(*(lists[n].to_pylist() for n in ("reporter", "flow", "heading_list")), strict=True)
    return {
        Source(reporter, flow): frozenset(found) | {one[:CHAPTER] for one in found}
        for reporter, flow, found in named
    }


def _currency(own: list[dict[str, Any]], question: Question) -> tuple[str, int]:
    """The currency asked for, or that of every figure; and how many figures lack it."""
    paid = sum(row["paid"] for row in own)
    held = {currency: sum(row[currency] for row in own) for currency in CURRENCIES}
    if not paid:
        raise RequestError(
            f"the figures hold no exports of {question.coalition} by codes of {question.level} "
            "digits or more",
            hint="Check reporters and flow (X is an export seen from the reporter), --level or "
            "--as-of.",
        )
    return one_currency(question.currency, paid, held)
