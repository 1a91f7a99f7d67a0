"""Re-exports, double counting and codes barred in part, from published rows, on both engines.

The world: Germany sells circuits (8542 31 and 8542 39) to Kyrgyzstan, 1,000 and 100 a month in 2021
and ten times as much from March 2022, when both are restricted to Russia. Kyrgyzstan sells 600 a
month on to Russia, and tells 250 of them as re-exports.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.conftest import Cell, flow_table, months
from tests.signals.goodlead import BASKET, GOOD, OPENED, around, panel
from tests.signals.test_detect import measure

from entrepot.engine import Engine
from entrepot.measures.rows import SCHEMA
from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checkgroups import Named
from entrepot.signals.checks import checks
from entrepot.signals.detect import Findings, detect
from entrepot.signals.lead import Lead
from entrepot.signals.pitfalls_rows import Again, Opened, Split, _has_total, open_rows
from entrepot.signals.question import Question

PERIODS = months(2021, 2022)
AFTER = PERIODS[14:]
BAN = date(2022, 2, 26)
WHOLE, PART = "854231", "854239"


def rules(*, whole: bool = True) -> pa.Table:
    """One line is restricted as a whole (or not), the other one in part."""
    rows = [measure(WHOLE, BAN, is_partial=not whole), measure(PART, BAN, is_partial=True)]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def sold(code: str, base: float, *, parts: int = 1) -> list[Cell]:
    return [
        ("DEU", "KGZ", code, period, base * (10 if period in AFTER else 1) / parts)
        for period in PERIODS
        for _ in range(parts)
    ]


def onward(value: float, code: str = WHOLE) -> list[Cell]:
    return [("KGZ", "RUS", code, period, value) for period in PERIODS]


EXPORTS = [*sold(WHOLE, 1_000.0), *sold(PART, 100.0)]


def run(engine: Engine, flows: pa.Table, measures: pa.Table) -> tuple[Lead, Opened]:
    table = engine.table(flows)
    found: Findings = detect(table, measures, Question.ask(), engine)
    (lead,) = (one for one in found.leads if one.hub == "KGZ")
    return lead, open_rows(table, lead, found, measures, engine)


def told(name: str, lead: Lead, opened: Opened | None) -> Named:
    (found,) = [one for one in checks(lead, 0.1, opened) if one.name == name]
    return found


# -- re-exports (8) -------------------------------------------------------------------------------


def with_onward(exports: float, again: float | None, code: str = WHOLE) -> pa.Table:
    tables = [flow_table([*EXPORTS, *onward(exports)])]
    if again is not None:
        tables.append(flow_table(onward(again, code), flow="RX"))
    return pa.concat_tables(tables)


def test_re_exports_are_read_beside_exports_and_not_added(engine: Engine) -> None:
    """Ten months after: 6,000 sold, of them 2,500 re-exported; the leg holds the exports alone."""
    lead, opened = run(engine, with_onward(600.0, 250.0), rules())
    assert opened.again == Again(sold=6_000.0, again=2_500.0)
    assert lead.beside is not None
    assert lead.beside.onward.actual[lead.place] == 6_000.0
    found = told("re-exports", lead, opened)
    assert found.outcome == PASSED
    assert found.detail == (
        "to Russia exports of EUR 6.00 k, re-exports of EUR 2.50 k, a part of them and not added"
    )


def test_re_exports_above_exports_are_not_among_them(engine: Engine) -> None:
    lead, opened = run(engine, with_onward(600.0, 601.0), rules())
    assert told("re-exports", lead, opened).outcome == FAILED


@pytest.mark.parametrize("again", [None, 250.0], ids=["none told", "told by chapter only"])
def test_without_re_exports_as_fine_as_the_goods_nothing_is_told(
    engine: Engine, again: float | None
) -> None:
    lead, opened = run(engine, with_onward(600.0, again, "85"), rules())
    assert opened.again is None
    assert told("re-exports", lead, opened).outcome == NOT_TESTABLE


# -- double counting (9) --------------------------------------------------------------------------


def by_procedure(procedures: tuple[str, ...], shares: tuple[float, ...]) -> pa.Table:
    """The exports of the line, each cell in several rows, one a customs procedure."""
    tables = []
    for procedure, share in zip(procedures, shares, strict=True):
        made = flow_table(sold(WHOLE, 1_000.0 * share))
        column = made.column_names.index("customs_procedure")
        tables.append(made.set_column(column, "customs_procedure", pa.array([procedure] * 24)))
    return pa.concat_tables(tables)


def test_one_row_a_cell(engine: Engine) -> None:
    lead, opened = run(engine, flow_table(EXPORTS), rules())
    assert opened.split == Split(rows=20, cells=20, procedures=(), split=0, repeated=0, totals=0)
    assert told("double counting", lead, opened).detail == "20 rows, one a cell"


def test_parts_by_procedure_exclude_each_other(engine: Engine) -> None:
    flows = by_procedure(("1", "2", "3"), (0.6, 0.3, 0.2))
    lead, opened = run(engine, flows, rules())
    assert opened.split == Split(30, 10, ("1", "2", "3"), split=10, repeated=0, totals=0)
    found = told("double counting", lead, opened)
    assert found.outcome == PASSED
    assert found.detail == (
        "10 of 10 cells are split by procedure (1, 2, 3) into parts that exclude each other"
    )


@pytest.mark.parametrize(
    ("procedures", "shares"),
    [(("0", "1", "2"), (1.0, 0.6, 0.4)), (("C00", "C01"), (1.0, 0.9))],
    ids=["one part is the sum of the others", "the code of all procedures"],
)
def test_a_total_beside_its_parts(
    engine: Engine, procedures: tuple[str, ...], shares: tuple[float, ...]
) -> None:
    lead, opened = run(engine, by_procedure(procedures, shares), rules())
    assert opened.split.totals == 10
    found = told("double counting", lead, opened)
    assert found.outcome == FAILED
    assert "in 10 one part is the sum of all" in found.detail


def test_a_cell_that_stands_there_twice(engine: Engine) -> None:
    lead, opened = run(engine, flow_table(sold(WHOLE, 1_000.0, parts=2)), rules())
    assert (opened.split.rows, opened.split.cells, opened.split.repeated) == (20, 10, 10)
    found = told("double counting", lead, opened)
    assert (found.outcome, found.detail) == (FAILED, "10 of 10 cells stand there more than once")


@given(st.lists(st.decimals(1, 10**9, places=2), min_size=2, max_size=9))
def test_parts_and_their_sum_are_a_total_beside_its_parts(values: list[Decimal]) -> None:
    parts = [{"value": one, "customs_procedure": str(i)} for i, one in enumerate(values)]
    assert _has_total([*parts, {"value": sum(values), "customs_procedure": "all"}])
    assert _has_total(parts) == (2 * max(values) == sum(values))


# -- codes barred in part (14) --------------------------------------------------------------------


def test_the_lines_restricted_as_a_whole_carry_the_rise(engine: Engine) -> None:
    """Ten months: 100,000 in the whole line, against 1,000 a month before."""
    lead, opened = run(engine, flow_table(EXPORTS), rules())
    assert lead.basket.is_partial
    assert opened.full == (WHOLE,)
    assert (opened.in_full, opened.mixed) == (100_000.0, 0.0)
    assert opened.in_full_before == pytest.approx(10_000.0)
    found = told("part of a code", lead, opened)
    assert found.outcome == PASSED
    assert "1 of 2 lines as a whole, with EUR 100 k against" in found.detail


def test_where_no_line_is_restricted_as_a_whole_the_figures_cannot_tell(engine: Engine) -> None:
    lead, opened = run(engine, flow_table(EXPORTS), rules(whole=False))
    assert (opened.full, opened.in_full) == ((), 0.0)
    found = told("part of a code", lead, opened)
    assert found.outcome == NOT_TESTABLE
    assert found.detail.startswith("2 lines, in part by description, value or use")


def test_a_measure_that_came_later_did_not_make_it_whole_on_the_first_day(engine: Engine) -> None:
    late = pa.Table.from_pylist([measure(WHOLE, date(2022, 7, 1))], schema=SCHEMA)
    measures = pa.concat_tables([rules(whole=False), late.set_column(
        0, "measure_id", pa.array(["msr_late"])
    )])  # fmt: skip
    _, opened = run(engine, flow_table(EXPORTS), measures)
    assert opened.full == ()


def test_rows_of_both_kinds_are_told_and_not_counted(engine: Engine) -> None:
    """The heading, 13,000 a month, holds two restricted lines and a free one of 1,000."""
    free = [("DEU", "KGZ", "854290", period, 1_000.0) for period in PERIODS]
    heading = [("DEU", "KGZ", "8542", period, 13_000.0) for period in PERIODS]
    lead, opened = run(engine, flow_table([*EXPORTS, *free, *heading]), rules())
    assert lead.actual == 110_000.0
    assert lead.basket.unused == ("8542",)
    assert opened.mixed == 130_000.0
    detail = told("part of a code", lead, opened).detail
    assert "restricted lines hold 92 % of the good by value" in detail  # 110 of 120
    assert detail.endswith("rows of 8542, restricted and free together, EUR 130 k")


PARTIAL = replace(GOOD, basket=replace(BASKET, is_partial=True))


@pytest.mark.parametrize(
    ("in_full", "expected"),
    [(101.0, PASSED), (100.0, NOT_TESTABLE), (33.4, NOT_TESTABLE), (33.3, FAILED)],
)
def test_the_bounds_of_the_whole_lines_by_hand(in_full: float, expected: str) -> None:
    """Expected 100 of all lines, 10 x 100 / 30 = 33.33 of the whole ones."""
    opened = replace(OPENED, in_full=in_full, in_full_before=10.0)
    assert told("part of a code", PARTIAL, opened).outcome == expected


def test_a_good_without_a_day_of_restriction_is_not_judged() -> None:
    free = replace(GOOD, basket=Basket("1:free", "1", False))
    assert told("part of a code", free, OPENED).outcome == NOT_TESTABLE


def test_free_lines_of_the_good_are_told_where_the_rows_were_not_opened() -> None:
    """The lead holds 1,000, the free lines of the good 2 x 500."""
    made = panel()
    free = Basket("8542:free", "8542", False)
    values = made.values.repeat(2, axis=1)
    values[0, 1, 2:] = 500.0
    beside = around(panel=replace(made, baskets=(*made.baskets, free), values=values))
    lead = replace(PARTIAL, **beside)  # type: ignore[arg-type]
    assert told("part of a code", lead, None).detail.endswith(
        "restricted lines hold 50 % of the good by value"
    )
