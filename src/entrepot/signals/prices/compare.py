"""Prices: what was paid for a country's goods, or asked for goods sold to it, against others.

Two published signs, of which neither is evidence by itself. Exports that a sanctioned country can
sell to few buyers go at a discount; goods that it may no longer buy are sold to it, or to a hub, at
a mark-up (Haidar 2017; Chupilkin, Javorcik and Plekhanov 2025). Each cell (counterpart, line,
period) is compared

* with the same counterpart's trade with all other countries, in the same line and period;
* with the other counterparts' trade with the same country, at six digits.

Innocent reasons for a gap: another quality or mix of goods under one code, freight and insurance
(imports are CIF, exports FOB), a contract priced months before, a quantity in the wrong unit, other
sellers under measures of their own. What lasts is taken out by `change`, the difference in
differences against the base; what began at the same time as the measures is not. Formulas of the
middle and its interval: `signals.unitvalues`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np

from entrepot.codes.country import name
from entrepot.codes.period import is_month
from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.signals.prices.cells import Supply, supply
from entrepot.signals.prices.question import PriceQuestion
from entrepot.signals.prices.unitvalues import (
    Cells,
    Flags,
    Gaps,
    Middle,
    Texts,
    against_own,
    against_peers,
    beyond,
    change,
    shared_lines,
    summarise,
)

ALL = "ALL"
"""Stands for all counterparts together where a country code stands otherwise."""

AGAINST = {
    ("from", "own"): "other_sellers",
    ("from", "peers"): "other_buyers",
    ("to", "own"): "other_destinations",
    ("to", "peers"): "other_sellers",
}
"""What a row is compared with, by side and kind of reference."""


@dataclass(frozen=True)
class Price:
    """One counterpart and span against one reference.

    `counterpart` is ISO alpha-3 or `ALL`. `span` is "whole" (all periods since), "base", or the
    bucket asked for. `value` and `quantity` are those of the cells compared, as reported and added
    up; `at_reference` is what the same quantities would have cost at the reference of their own
    line and period (money). `gap` is the middle of ln(unit value / reference); `change` the same
    less its base (null: no base, or no line in both; only for the whole span). `left_out` counts
    cells without a reference, and `beyond` those more than `OUTLIER_FACTOR` times off their line.
    Where the figures hold no reference at all, `against` is "nothing", and reference, gap and
    change are null.
    """

    counterpart: str
    against: str
    span: str
    period_from: str
    period_to: str
    value: float
    quantity: float
    at_reference: float | None
    gap: Middle | None
    change: Middle | None
    left_out: int
    beyond: int

    @property
    def unit_value(self) -> float:
        """Money per unit of quantity of the cells compared."""
        return self.value / self.quantity

    @property
    def reference(self) -> float | None:
        """Money per unit of quantity that the same goods would have cost at the reference."""
        return None if self.at_reference is None else self.at_reference / self.quantity


@dataclass(frozen=True)
class Prices:
    """The answer: rows, and what they rest on.

    `beyond` counts cells left out as typing errors, `beyond_share` is their share of all cells (0
    to 1), `odd_periods` are those in which most cells are beyond: the unit of the figures may have
    changed there. `absent` are countries asked for that have no cell.
    """

    question: PriceQuestion
    supply: Supply
    rows: tuple[Price, ...]
    beyond: int
    beyond_share: float
    odd_periods: tuple[str, ...]
    absent: tuple[str, ...]


def prices(flows: ir.Table, question: PriceQuestion, engine: Engine) -> Prices:
    """Unit values of one good against their references.

    Args:
        flows: rows of `TRADE_FLOW`.
        question: the parameters.
        engine: where `flows` lives; results are equal on every engine.

    Returns:
        Rows by reference, counterpart (all together first, then by value) and span. There is no row
        where nothing can be compared; where that is everywhere, rows against "nothing".

    Raises:
        RequestError: the figures hold no quantity, no such trade, or none in any span.
    """
    found = supply(flows, question, engine)
    cells = found.cells
    _refuse_finer(cells, question)
    far = beyond(cells)
    rows = [row for sheet in _sheets(cells, far, question) for row in _rows(sheet)]
    rows = rows or list(_plain(cells, far, question))
    if not rows:
        raise _nothing_since(found, question)
    listed = set(cells.other[cells.is_focus])
    return Prices(
        question,
        found,
        tuple(rows),
        int(far.sum()),
        float(far.mean()),
        _odd_periods(cells.period, far),
        tuple(sorted(set(question.hubs) - listed)),
    )


def _refuse_finer(cells: Cells, question: PriceQuestion) -> None:
    if question.by != "year" and len(cells.period) and not is_month(cells.period[0]):
        raise RequestError(
            f"got --by {question.by} for yearly figures, expected year",
            hint="Give monthly figures, or leave --by out.",
        )


def _nothing_since(found: Supply, question: PriceQuestion) -> RequestError:
    periods = found.cells.period[found.cells.is_focus]
    return RequestError(
        f"no unit value of {question.code}, {question.side} {name(question.country)}, is left: the "
        f"figures have some from {min(periods)} to {max(periods)}, and --since is {question.since}",
        hint="Give an earlier --since, or later figures; those beyond a factor are not counted.",
    )


def _odd_periods(period: Texts, far: Flags) -> tuple[str, ...]:
    return tuple(str(one) for one in np.unique(period) if far[period == one].mean() > 0.5)


@dataclass(frozen=True)
class _Sheet:
    """What the rows of one reference are read from."""

    question: PriceQuestion
    kind: str
    gaps: Gaps
    good: Cells
    far: Cells
    spans: dict[str, list[str]]

    def compared(self, who: str, span: str) -> Flags:
        """Comparisons of a counterpart in a span."""
        return _mark(self.gaps.other, self.gaps.period, who, self.spans[span])


def _mark(other: Texts, period: Texts, who: str, periods: list[str]) -> Flags:
    marked: Flags = np.isin(period, periods)
    return marked if who == ALL else marked & (other == who)


def _sheets(cells: Cells, far: Flags, question: PriceQuestion) -> Iterator[_Sheet]:
    """One a reference: the counterpart's own other trade, and the other counterparts."""
    spans = _spans([str(one) for one in np.unique(cells.period)], question)
    good, off = cells.pick(~far), cells.pick(far & cells.is_focus)
    focus = good.pick(good.is_focus)
    yield _Sheet(question, "own", against_own(good), focus, off, spans)
    shared = shared_lines(focus)
    yield _Sheet(question, "peers", against_peers(shared), shared, off, spans)


def _spans(periods: Sequence[str], question: PriceQuestion) -> dict[str, list[str]]:
    """Periods of each span: the whole time after, the base, and the buckets asked for."""
    after = [one for one in periods if question.is_after(one)]
    spans = {"whole": after, "base": [one for one in periods if question.is_base(one)]}
    for one in after:
        spans.setdefault(_bucket(one, question.by), []).append(one)
    return spans


def _bucket(period: str, by: str) -> str:
    if by == "year":
        return period[:4]
    return period if by == "month" else f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}"


def _rows(sheet: _Sheet) -> Iterator[Price]:
    for who in _counterparts(sheet):
        for span in sheet.spans:
            row = _row(sheet, who, span)
            if row is not None:
                yield row


def _counterparts(sheet: _Sheet) -> list[str]:
    """Who gets rows: all together, then each by value. Peers among themselves have no sum."""
    gaps, hubs = sheet.gaps, sheet.question.hubs
    value = {
        str(who): float(gaps.value[sheet.compared(str(who), "whole")].sum())
        for who in np.unique(gaps.other)
    }
    listed = [who for who in value if not hubs or who in hubs]
    ordered = sorted(listed, key=lambda who: (-value[who], who))
    together = sheet.kind == "own" and len(value) > 1 and not hubs
    return [ALL, *ordered] if together else ordered


def _row(sheet: _Sheet, who: str, span: str) -> Price | None:
    """One counterpart in one span; null where nothing can be compared."""
    gaps, good, far = sheet.gaps, sheet.good, sheet.far
    marked = sheet.compared(who, span)
    middle = summarise(gaps, marked)
    if middle is None:
        return None
    held = int(_mark(good.other, good.period, who, sheet.spans[span]).sum())
    moved = change(gaps, marked, sheet.compared(who, "base")) if span == "whole" else None
    periods = np.unique(gaps.period[marked])
    return Price(
        who, AGAINST[sheet.question.side, sheet.kind], span,
        str(periods[0]), str(periods[-1]),
        float(gaps.value[marked].sum()), float(gaps.quantity[marked].sum()),
        float(gaps.at_reference[marked].sum()), middle, moved, held - int(marked.sum()),
        int(_mark(far.other, far.period, who, sheet.spans[span]).sum()),
    )  # fmt: skip


def _plain(cells: Cells, far: Flags, question: PriceQuestion) -> Iterator[Price]:
    """Unit values alone, where the figures hold nothing to compare them with."""
    spans = _spans([str(one) for one in np.unique(cells.period)], question)
    good, off = cells.pick(cells.is_focus & ~far), cells.pick(cells.is_focus & far)
    for who in np.unique(good.other):
        if question.hubs and who not in question.hubs:
            continue
        for span, held in spans.items():
            marked = _mark(good.other, good.period, str(who), held)
            if not marked.any():
                continue
            periods = np.unique(good.period[marked])
            yield Price(
                str(who), "nothing", span, str(periods[0]), str(periods[-1]),
                float(good.value[marked].sum()), float(good.quantity[marked].sum()), None, None,
                None, int(marked.sum()), int(_mark(off.other, off.period, str(who), held).sum()),
            )  # fmt: skip
