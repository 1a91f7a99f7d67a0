"""Who published anything at all in which period: a silent reporter is not one without trade."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

from entrepot.codes.flow import Flow
from entrepot.codes.period import end
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.figures import CURRENCIES, one_currency, refuse_mixed_periods
from entrepot.signals.question import Question


@dataclass(frozen=True)
class Reports:
    """`exported[r]` and `imported[r]`: periods for which r published such a figure in `currency`.

    `periods` are those of the coalition's exports in order; `other_currency` counts the coalition's
    export figures without a value in `currency`.
    """

    currency: str
    periods: tuple[str, ...]
    exported: Mapping[str, frozenset[str]]
    imported: Mapping[str, frozenset[str]]
    other_currency: int

    @classmethod
    def read(cls, flows: ir.Table, question: Question, engine: Engine) -> "Reports":
        """Count the figures of every reporter, flow and period at the level asked for or finer.

        Raises:
            RequestError: no exports of the coalition, several currencies, or months beside years.
        """
        kept = flows.filter(flows.level >= question.level)
        counted = kept.group_by(["reporter", "flow", "period"]).agg(
            EUR=kept.value_eur.count(),
            USD=kept.value_usd.count(),
            paid=(kept.value_eur.notnull() | kept.value_usd.notnull()).sum(),
        )
        rows = [row for row in engine.fetch(counted).to_pylist() if _is_out(row, question)]
        members = question.exporters()
        own = [row for row in rows if row["reporter"] in members and row["flow"] == Flow.X.value]
        currency, others = _currency(own, question)
        known = [row for row in rows if row[currency]]
        periods = tuple(sorted({row["period"] for row in own if row[currency]}))
        refuse_mixed_periods(periods)
        return cls(currency, periods, _by(known, Flow.X), _by(known, Flow.M), others)

    def within(self, flows: ir.Table, question: Question) -> ir.Table:
        """The figures of periods that had ended by the day asked for."""
        if question.as_of is None:
            return flows
        return flows.filter(flows.period.isin(self.periods))


def _is_out(row: Mapping[str, str], question: Question) -> bool:
    return question.as_of is None or end(row["period"]) <= question.as_of


def _by(rows: list[dict[str, str]], flow: Flow) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["flow"] == flow.value:
            found.setdefault(row["reporter"], set()).add(row["period"])
    return {reporter: frozenset(periods) for reporter, periods in found.items()}


def _currency(own: list[dict[str, int]], question: Question) -> tuple[str, int]:
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
