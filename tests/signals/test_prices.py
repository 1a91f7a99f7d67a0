"""Unit values against references: small worlds worked by hand, and laws of the comparison."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from math import exp, log

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.conftest import flow_table, months

from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError
from entrepot.signals.prices.compare import ALL, Price, Prices, prices
from entrepot.signals.prices.question import PriceQuestion
from entrepot.signals.prices.unitvalues import (
    MIN_CELLS,
    Cells,
    against_own,
    against_peers,
    beyond,
    change,
    median_interval,
    summarise,
)

Row = tuple[str, str, str, str, float, float | None]
"""Reporter, partner, code, period, value, kilograms."""


def weighed(rows: Iterable[Row], flow: str = "M") -> pa.Table:
    """Rows of TRADE_FLOW with a mass."""
    listed = list(rows)
    table = flow_table([row[:5] for row in listed], flow=flow)
    place = table.column_names.index("net_mass_kg")
    return table.set_column(place, "net_mass_kg", pa.array([r[5] for r in listed], pa.float64()))


def ask(engine: Engine, table: pa.Table, code: str = "2709", **options: object) -> Prices:
    given_ = {"seller": "RUS", **options} if "buyer" not in options else options
    return prices(engine.table(table), PriceQuestion.ask(code, **given_), engine)  # type: ignore[arg-type]


def one(found: Prices, who: str, against: str, span: str = "whole") -> Price:
    (row,) = [
        row
        for row in found.rows
        if (row.counterpart, row.against, row.span) == (who, against, span)
    ]
    return row


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    """What both engines do alike is tested on both; the arithmetic after it on one."""
    with open_engine("duckdb") as opened:
        yield opened


MONTHS = ["2022-03", "2022-04", "2022-05", "2022-06", "2022-07"]
FACTOR = [0.90, 0.80, 0.75, 0.70, 0.85]
"""India paid Russia this part of what it paid the two others together, month by month."""


def oil() -> list[Row]:
    """India pays Saudi Arabia 10 and Iraq 20 for 1 and 1 kg: 15 a kilogram."""
    made: list[Row] = []
    for month in ("2022-01", "2022-02"):
        made += [("IND", "RUS", "270900", month, 150.0, 10.0)]
        made += [
            ("IND", "SAU", "270900", month, 10.0, 1.0),
            ("IND", "IRQ", "270900", month, 20.0, 1.0),
        ]
    for month, factor in zip(MONTHS, FACTOR, strict=True):
        made += [("IND", "RUS", "270900", month, 150.0 * factor, 10.0)]
        made += [
            ("IND", "SAU", "270900", month, 10.0, 1.0),
            ("IND", "IRQ", "270900", month, 20.0, 1.0),
        ]
        made += [("TUR", "RUS", "270900", month, 300.0, 20.0)]  # at 15, and from nobody else
    return made


def test_the_discount_worked_by_hand(engine: Engine) -> None:
    found = ask(engine, weighed(oil()))
    assert (found.supply.flow, found.supply.per, found.supply.currency) == ("M", "kg", "EUR")
    india = one(found, "IND", "other_sellers")
    assert (india.value, india.quantity) == (600.0, 50.0)
    assert (india.unit_value, india.reference) == (12.0, 15.0)
    # the middle of 0.90 0.85 0.80 0.75 0.70, and with five months their ends
    assert exp(india.gap.value) == pytest.approx(0.80)
    assert india.gap is not None
    assert india.gap.low is not None
    assert india.gap.high is not None
    assert (exp(india.gap.low), exp(india.gap.high)) == pytest.approx((0.70, 0.90))
    assert (india.gap.cells, india.gap.over) == (5, "periods")
    base = one(found, "IND", "other_sellers", "base")
    assert (base.gap.value, base.gap.low, base.gap.cells) == (pytest.approx(0.0), None, 2)
    assert india.change is not None
    assert exp(india.change.value) == pytest.approx(0.80)
    assert india.change.low is None  # two months of base hold no interval


def test_against_other_buyers(duck: Engine) -> None:
    found = ask(duck, weighed(oil()))
    assert exp(one(found, "IND", "other_buyers").gap.value) == pytest.approx(0.80)
    assert exp(one(found, "TUR", "other_buyers").gap.value) == pytest.approx(1 / 0.80)
    assert not [
        row for row in found.rows if row.counterpart == ALL and row.against == "other_buyers"
    ]
    # Türkiye buys from nobody else, so there is no other seller to compare with
    assert not [
        row for row in found.rows if row.counterpart == "TUR" and row.against == "other_sellers"
    ]


def test_by_quarter_and_month(duck: Engine) -> None:
    found = ask(duck, weighed(oil()), by="quarter", hubs=("India",))
    second = one(found, "IND", "other_sellers", "2022-Q2")
    assert (second.period_from, second.period_to, second.gap.cells) == ("2022-04", "2022-06", 3)
    assert exp(second.gap.value) == pytest.approx(0.75)
    assert second.gap.low is None
    assert {row.counterpart for row in found.rows} == {"IND"}
    monthly = ask(duck, weighed(oil()), by="month")
    assert one(monthly, "IND", "other_sellers", "2022-06").unit_value == pytest.approx(15 * 0.70)


def test_a_heading_and_its_children_are_never_added(engine: Engine) -> None:
    """The heading holds 1,000 for 10 kg; its line is at 50 a kilogram: only the line counts."""
    rows: list[Row] = [
        ("IND", "RUS", "2709", "2022-04", 1_000.0, 10.0),
        ("IND", "RUS", "270900", "2022-04", 200.0, 4.0),
        ("IND", "SAU", "270900", "2022-04", 400.0, 4.0),
        ("TUR", "RUS", "2709", "2022-04", 60.0, 1.0),
        ("TUR", "RUS", "270900", "2022-04", 60.0, None),  # no mass: the heading has one
        ("TUR", "SAU", "2709", "2022-04", 80.0, 1.0),
    ]
    found = ask(engine, weighed(rows))
    india = one(found, "IND", "other_sellers")
    assert (india.value, india.quantity, exp(india.gap.value)) == (200.0, 4.0, pytest.approx(0.5))
    assert exp(one(found, "TUR", "other_sellers").gap.value) == pytest.approx(0.75)
    assert (found.supply.rows, found.supply.unpriced) == (4, 1)


def test_old_and_new_codes_are_one_line(engine: Engine) -> None:
    """8803 30 became 8807 30 on 1 January 2022: the base is that of the old code."""
    rows: list[Row] = []
    for month, code, paid in (("2021-05", "880330", 100.0), ("2022-05", "880730", 160.0)):
        rows += [("DEU", "KGZ", code, month, paid, 1.0), ("DEU", "UZB", code, month, 100.0, 1.0)]
    found = ask(engine, weighed(rows, "X"), "8807", buyer="KGZ")
    moved = one(found, "DEU", "other_destinations").change
    assert moved is not None
    assert exp(moved.value) == pytest.approx(1.6)


def goods(lines: int) -> list[Row]:
    """Germany sells to Kyrgyzstan at 1.5 times what it asks others, before; at 3 times, after.

    Each line has its own price; in 2022 all prices of Germany rose by a fifth.
    """
    made: list[Row] = []
    for n in range(lines):
        code = f"8542{31 + n}90"
        for month, factor, general in (("2021-06", 1.5, 1.0), ("2022-06", 3.0, 1.2)):
            price = 10.0 * (n + 1) * general
            made.append(("DEU", "KGZ", code, month, price * factor * 2, 2.0))
            made.append(("DEU", "UZB", code, month, price * 7, 7.0))
    return made


@pytest.mark.parametrize("lines", [4, 5])
def test_the_mark_up_is_a_difference_in_differences(duck: Engine, lines: int) -> None:
    found = ask(duck, weighed(goods(lines), "X"), "8542", buyer="KGZ", coalition="EU")
    row = one(found, "DEU", "other_destinations")
    assert exp(row.gap.value) == pytest.approx(3.0)
    assert row.change is not None
    assert exp(row.change.value) == pytest.approx(2.0)  # 3.0 / 1.5, and nothing of the fifth
    if lines < MIN_CELLS:
        assert (row.change.low, row.change.over) == (None, "periods")
    else:
        assert (row.change.cells, row.change.over) == (5, "lines")
        assert row.change.low == pytest.approx(log(2.0))


def test_only_the_sellers_of_the_coalition_count(duck: Engine) -> None:
    other = [("USA", *row[1:]) for row in goods(5)]
    found = ask(duck, weighed([*goods(5), *other], "X"), "8542", buyer="KGZ", coalition="EU")
    assert {row.counterpart for row in found.rows} == {"DEU"}
    both = ask(duck, weighed([*goods(5), *other], "X"), "8542", buyer="KGZ")
    assert {row.counterpart for row in both.rows} == {ALL, "DEU", "USA"}
    assert one(both, ALL, "other_destinations").gap.cells == 10


def test_a_slip_of_three_digits_is_counted_and_left_out(duck: Engine) -> None:
    """Tonnes for kilograms in one month of Russia's and one of Iraq's."""
    slips = {("RUS", "2022-05"), ("IRQ", "2022-06")}
    rows = [
        (*row[:5], (row[5] or 0) / (1000 if (row[1], row[3]) in slips else 1))
        for row in oil()
        if row[0] == "IND"
    ]
    found = ask(duck, weighed(rows))
    assert (found.beyond, found.beyond_share) == (2, pytest.approx(2 / 21))
    india = one(found, "IND", "other_sellers")
    assert (india.beyond, india.gap.cells) == (1, 4)
    # in June only Saudi Arabia is left, at 10: 10.5 / 10
    june = ask(duck, weighed(rows), by="month")
    assert exp(one(june, "IND", "other_sellers", "2022-06").gap.value) == pytest.approx(1.05)
    assert found.odd_periods == ()


def test_a_change_of_unit_in_the_figures_is_told(duck: Engine) -> None:
    rows = [(*r[:5], r[5] * 1000 if r[3] < "2022-03" and r[5] else r[5]) for r in oil()]
    found = ask(duck, weighed(rows))
    assert found.odd_periods == ("2022-01", "2022-02")
    assert one(found, "IND", "other_sellers").change is None


def test_cells_without_a_reference_are_counted(duck: Engine) -> None:
    rows = [row for row in oil() if not (row[1] != "RUS" and row[3] == "2022-04")]
    india = one(ask(duck, weighed(rows)), "IND", "other_sellers")
    assert (india.left_out, india.gap.cells) == (1, 4)


def test_without_a_reference_unit_values_stand_alone(duck: Engine) -> None:
    found = ask(duck, weighed([row for row in oil() if row[0] == "TUR"]))
    (whole, year) = found.rows
    assert (whole.against, whole.unit_value, whole.reference, whole.gap) == (
        "nothing",
        15.0,
        None,
        None,
    )
    assert (whole.left_out, year.span) == (5, "2022")


def test_kilograms_or_tonnes_give_the_same_ratios(duck: Engine) -> None:
    tonnes = [(*row[:5], row[5] / 1000 if row[5] else None) for row in oil()]
    ours, theirs = (one(ask(duck, weighed(r)), "IND", "other_sellers") for r in (oil(), tonnes))
    assert theirs.unit_value == pytest.approx(1000 * ours.unit_value)
    assert theirs.gap.value == pytest.approx(ours.gap.value)


def test_order_of_rows_changes_nothing(duck: Engine) -> None:
    one_way, other = (ask(duck, weighed(r)).rows for r in (oil(), reversed(oil())))
    assert one_way == other


def with_units(units: list[str | None]) -> pa.Table:
    """The oil with quantities in place of masses."""
    table = weighed([(*row[:5], None) for row in oil()])
    size = table.num_rows
    amounts = pa.array([row[5] for row in oil()], pa.float64())
    names = [units[i % len(units)] for i in range(size)]
    table = table.set_column(table.column_names.index("quantity"), "quantity", amounts)
    place = table.column_names.index("quantity_unit")
    return table.set_column(place, "quantity_unit", pa.array(names, pa.string()))


def test_one_supplementary_unit_stands_in_for_the_mass(engine: Engine) -> None:
    found = ask(engine, with_units(["barrel"]))
    assert found.supply.per == "barrel"
    assert exp(one(found, "IND", "other_sellers").gap.value) == pytest.approx(0.80)
    with pytest.raises(RequestError, match="no figure of 2709 has money in EUR and a mass above 0"):
        ask(engine, with_units(["barrel"]), per="kg")


@pytest.mark.parametrize("units", [["barrel", "litre"], ["barrel", None]])
def test_units_are_never_mixed(duck: Engine, units: list[str | None]) -> None:
    with pytest.raises(RequestError, match="expected one unit for all"):
        ask(duck, with_units(units))


def test_figures_without_mass_say_what_is_needed(duck: Engine) -> None:
    with pytest.raises(RequestError, match="none of the 26 figures has a mass") as caught:
        ask(duck, weighed([(*row[:5], None) for row in oil()]))
    assert "net_mass_kg" in caught.value.hint


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (oil(), {"seller": "IND"}, "hold no sales from India of 2709"),
        (oil(), {"flow": "X"}, "hold no sales from Russia of 2709 in figures of flow X"),
        ([(*r[:5], 0.0 if r[1] == "RUS" else 1.0) for r in oil()], {}, "mass or quantity above 0"),
        (oil(), {"since": "2023-01", "base": "2020"}, "some from 2022-01 to 2022-07, and --since"),
        ([(*r[:3], r[3][:4], *r[4:]) for r in oil()[:3]], {"by": "month"}, "for yearly figures"),
        (oil(), {"currency": "USD"}, "has a value in USD"),
    ],
)
def test_what_cannot_be_answered(
    duck: Engine, rows: list[Row], options: dict[str, str], said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        ask(duck, weighed(rows), **options)


def test_as_of_counts_a_month_once_it_has_ended(duck: Engine) -> None:
    found = ask(duck, weighed(oil()), as_of=date(2022, 6, 30))
    assert one(found, "IND", "other_sellers").period_to == "2022-05"


def test_the_sellers_own_figures_stand_in_for_the_buyers(duck: Engine) -> None:
    rows = [(r[1], r[0], *r[2:]) for r in oil()]
    found = ask(duck, weighed(rows, "X"))
    assert found.supply.flow == "X"
    assert exp(one(found, "IND", "other_sellers").gap.value) == pytest.approx(0.80)


def test_a_year_that_holds_the_ban_is_neither_before_nor_after() -> None:
    question = PriceQuestion.ask("2709", seller="RU", since="2022-03")
    assert [question.is_after(year) for year in ("2021", "2022", "2023")] == [False, False, True]
    assert [question.is_base(year) for year in ("2021", "2022", "2023")] == [True, False, False]
    assert PriceQuestion.ask("2709", seller="RU", since="2022-01").is_after("2022")
    named = PriceQuestion.ask("2709", seller="RU", base="2021-03:2022-02")
    assert [named.is_base(m) for m in ("2021-02", "2021-03", "2022-02", "2022-03")] == [
        False,
        True,
        True,
        False,
    ]
    assert named.is_after("2022-03")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "expected one of --from COUNTRY"),
        ({"seller": "RU", "buyer": "KG"}, "expected one of --from COUNTRY"),
        ({"buyer": "KG", "hubs": ("IN",)}, "got --hub with --to"),
        ({"seller": "RU", "coalition": "EU"}, "got --coalition with --from"),
        ({"seller": "RU", "hubs": ("IN,RU",)}, "got RUS on both sides"),
        ({"buyer": "DE", "coalition": "EU"}, "got DEU on both sides"),
        ({"seller": "RU", "base": "2022-02:2021-03"}, "expected its first period before its last"),
        ({"seller": "RU", "flow": "RX"}, "expected X or M"),
        ({"seller": "RU", "by": "week"}, "expected one of month, quarter, year"),
    ],
)
def test_parts_that_do_not_fit(options: dict[str, str], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        PriceQuestion.ask("2709", **options)  # type: ignore[arg-type]


def test_a_later_base_is_no_after() -> None:
    question = PriceQuestion.ask("2709", seller="RU", since="2022-03", base="2023")
    assert not question.is_after("2023-05")
    assert question.is_after("2024-01")


# The middle and its interval


def test_five_is_the_smallest_number_that_holds_a_median_in_nine_of_ten() -> None:
    assert median_interval(np.arange(MIN_CELLS - 1.0)) is None
    assert median_interval(np.arange(float(MIN_CELLS))) == (0.0, 4.0)
    # n = 9: P(Bin(9, 1/2) <= 1) = 10/512 = 0.02, P(<= 2) = 46/512 = 0.09: second to eighth
    assert median_interval(np.arange(9.0)) == (1.0, 7.0)


@pytest.mark.parametrize("size", [5, 8, 13, 40, 1500])
def test_the_interval_holds_the_median_of_a_skewed_spread(size: int) -> None:
    """Exponential values have their median at ln 2; 3,000 draws err by 0.55 points."""
    rng = np.random.default_rng(size)
    draws = rng.exponential(size=(3000, size))
    ends = [median_interval(row) for row in draws]
    held = np.mean([end is not None and end[0] <= log(2) <= end[1] for end in ends])
    assert held >= 0.90 - 0.017  # three standard errors
    if size >= 40:
        assert held <= 0.96


def test_an_interval_of_periods_in_two_windows_is_wide_enough() -> None:
    """Twelve months each of noise around a shift of 0.3: held in at least nine of ten."""
    rng = np.random.default_rng(4)
    periods = np.array(months(2021, 2022))
    after = periods >= "2022"
    held = 0
    for _ in range(300):
        noise = rng.normal(0, 0.2, len(periods)) + 0.3 * after
        moved = change(one_line(periods, noise), after, ~after)
        assert moved is not None
        assert moved.low is not None
        assert moved.high is not None
        held += moved.low <= 0.3 <= moved.high
    assert held >= 270


def one_line(periods, noise):
    """One line of one counterpart with these log ratios."""
    size = len(periods)
    text = np.full(size, "a")
    cells = Cells(np.concatenate([text, text]), np.concatenate([text, text]),
                  np.concatenate([periods, periods]), np.arange(2 * size) < size,
                  np.concatenate([np.exp(noise), np.ones(size)]), np.ones(2 * size))  # fmt: skip
    return against_own(cells)


LETTERS = st.sampled_from("abc")
CELL = st.tuples(LETTERS, LETTERS, LETTERS, st.booleans(), st.floats(1, 1e6), st.floats(1, 1e6))


def cells_of(rows: list[tuple[str, str, str, bool, float, float]]) -> Cells:
    columns = list(zip(*rows, strict=True))
    return Cells(
        *(np.array(columns[i], dtype=np.str_) for i in range(3)),
        np.array(columns[3], dtype=np.bool_),
        *(np.array(columns[i], dtype=np.float64) for i in (4, 5)),
    )


UNIQUE = st.lists(CELL, min_size=1, max_size=40, unique_by=lambda row: row[:4])


@given(UNIQUE, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_currency_and_unit_do_not_matter(rows, rate: float, unit: float) -> None:
    cells = cells_of(rows)
    other = replace(cells, value=cells.value * rate, quantity=cells.quantity * unit)
    for against in (against_own, against_peers):
        ours, theirs = against(cells), against(other)
        # a difference of sums: what is left of the others may be small beside their sum
        np.testing.assert_allclose(ours.log_ratio, theirs.log_ratio, atol=1e-6)
    keep = np.ones(len(against_own(cells).value), dtype=np.bool_)
    first, second = summarise(against_own(cells), keep), summarise(against_own(other), keep)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.value == pytest.approx(second.value, abs=1e-9)
        assert (first.cells, first.over) == (second.cells, second.over)


@given(UNIQUE, st.randoms(use_true_random=False))
def test_order_of_cells_does_not_matter(rows, random) -> None:
    mixed = list(rows)
    random.shuffle(mixed)
    results = [summarise(gaps, np.ones(len(gaps.value), dtype=np.bool_))
               for gaps in (against_own(cells_of(rows)), against_own(cells_of(mixed)))]  # fmt: skip
    assert (results[0] is None) == (results[1] is None)
    if results[0] and results[1]:
        assert results[0].value == pytest.approx(results[1].value, abs=1e-9)


def test_equal_unit_values_have_no_gap() -> None:
    rows = [
        (who, line, "p", focus, 3.0 * n, 1.0 * n)
        for n, who in enumerate("abc", 1)
        for line in "xy"
        for focus in (True, False)
    ]
    for against in (against_own, against_peers):
        np.testing.assert_allclose(against(cells_of(rows)).log_ratio, 0.0, atol=1e-12)


def test_beyond_is_a_factor_of_a_hundred() -> None:
    rows = [(letter, "x", "p", True, 1.0, 1.0) for letter in "abcde"]
    assert not beyond(cells_of([*rows, ("f", "x", "p", True, 99.0, 1.0)])).any()
    assert beyond(cells_of([*rows, ("f", "x", "p", True, 101.0, 1.0)])).tolist() == [False] * 5 + [
        True
    ]
    assert beyond(cells_of([*rows, ("f", "x", "p", True, 1.0, 101.0)]))[-1]


def test_months_of_one_line_are_not_taken_for_many_lines() -> None:
    """Six lines with lasting gaps 0 to 5 over twelve months: six witnesses, not 72."""
    rows = [
        ("a", f"l{n}", month, focus, exp(n) if focus else 1.0, 1.0)
        for n in range(6)
        for month in months(2022, 2022)
        for focus in (True, False)
    ]
    gaps = against_own(cells_of(rows))
    middle = summarise(gaps, np.ones(len(gaps.value), dtype=np.bool_))
    assert middle is not None
    assert (middle.cells, middle.over) == (6, "lines")
    assert (middle.value, middle.low, middle.high) == pytest.approx((2.5, 0.0, 5.0))
