"""What a country bought, and what of it rules would take: sums worked by hand."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.measures.small import book, day, rule
from tests.signals.conftest import Cell, flow_table

from entrepot.engine import Engine, open_engine
from entrepot.measures.book import Rulebook
from entrepot.measures.exposure import Exposure, Range, Rules, Share, exposure
from entrepot.measures.values import sold, whole

COALITION = ("DEU", "FRA")


def rows(
    cells: Iterable[Cell],
    engine: Engine,
    periods: tuple[str, ...] = ("2021",),
    currency: str = "EUR",
    usd: bool = False,
) -> list[tuple[str, str, float]]:
    flows = engine.table(flow_table(cells, usd=usd))
    found = sold(flows, "BLR", COALITION, periods, currency, engine)
    assert found.column_names == ["reporter", "commodity_code", "value"]
    return [tuple(row.values()) for row in found.to_pylist()]


def cell(code: str, value: float, period: str = "2021", reporter: str = "DEU") -> Cell:
    return (reporter, "BLR", code, period, value)


def test_a_heading_and_its_lines_are_counted_once_and_the_secret_rest_is_kept(
    engine: Engine,
) -> None:
    """88 holds 100: 8807 with 60 and 40 that nobody says; 8807 holds 880730 with 45."""
    cells = [cell("88", 100), cell("8807", 60), cell("880730", 45), cell("TOTAL", 900),
             cell("88073000", 45), cell("87", 7), cell("8703231910", 3)]  # fmt: skip
    assert rows(cells, engine) == [
        ("DEU", "87", 4.0),
        ("DEU", "8703231910", 3.0),
        ("DEU", "88", 40.0),
        ("DEU", "8807", 15.0),
        ("DEU", "88073000", 45.0),
    ]


def test_a_rest_below_zero_counts_as_zero(engine: Engine) -> None:
    """Per month: 8807 lacks 5 in one month and holds 3 more in the next."""
    cells = [cell("8807", 100, "2021-01"), cell("880730", 105, "2021-01"),
             cell("8807", 100, "2021-02"), cell("880730", 97, "2021-02")]  # fmt: skip
    found = rows(cells, engine, ("2021-01", "2021-02"))
    assert found == [("DEU", "8807", 3.0), ("DEU", "880730", 202.0)]


def test_reporters_are_apart_and_lines_of_one_do_not_empty_the_heading_of_another(
    engine: Engine,
) -> None:
    cells = [cell("8807", 10), cell("880730", 10, reporter="FRA"), cell("8807", 9, reporter="USA")]
    assert rows(cells, engine) == [("DEU", "8807", 10.0), ("FRA", "880730", 10.0)]
    cells.append(cell("8807", 12, reporter="FRA"))
    assert rows(cells, engine) == [
        ("DEU", "8807", 10.0), ("FRA", "8807", 2.0), ("FRA", "880730", 10.0)]  # fmt: skip


def test_only_asked_months_and_the_asked_partner_and_exports_count(engine: Engine) -> None:
    cells = [cell("88", 1, "2021-01"), cell("88", 2, "2021-02"), cell("88", 4, "2021-03"),
             ("DEU", "RUS", "88", "2021-02", 8.0)]  # fmt: skip
    assert rows(cells, engine, ("2021-01", "2021-02")) == [("DEU", "88", 3.0)]
    assert rows(cells, engine, ()) == []
    imports = engine.table(flow_table(cells, flow="M"))
    assert sold(imports, "BLR", COALITION, ["2021-01"], "EUR", engine).num_rows == 0


def test_a_line_of_one_month_does_not_empty_the_heading_of_another(engine: Engine) -> None:
    cells = [cell("8807", 10, "2021-01"), cell("880730", 10, "2021-02")]
    found = rows(cells, engine, ("2021-01", "2021-02"))
    assert found == [("DEU", "8807", 10.0), ("DEU", "880730", 10.0)]


def test_rows_of_one_cell_are_added_up(engine: Engine) -> None:
    """Two procedures of customs under one code."""
    cells = [cell("880730", 4), cell("880730", 5), cell("8807", 10)]
    assert rows(cells, engine) == [("DEU", "8807", 1.0), ("DEU", "880730", 9.0)]


def test_currencies_are_apart(engine: Engine) -> None:
    assert rows([cell("88", 5)], engine, currency="USD") == []
    assert rows([cell("88", 5)], engine, currency="USD", usd=True) == [("DEU", "88", 5.0)]


def test_cents_leave_no_rest() -> None:
    """0.10 and 0.70 are 0.80, whatever a computer makes of them."""
    with open_engine() as engine:
        cells = [cell("8807", 0.8), cell("880720", 0.1), cell("880730", 0.7)]
        assert [code for _, code, _ in rows(cells, engine)] == ["880720", "880730"]


def test_all_goods_together_where_published(engine: Engine) -> None:
    flows = engine.table(
        flow_table([cell("TOTAL", 900), cell("TOTAL", 90, reporter="FRA"), cell("88", 5),
                    cell("TOTAL", 9, reporter="USA"), cell("TOTAL", 8, "2020")])
    )  # fmt: skip
    assert whole(flows, "BLR", COALITION, ["2021"], "EUR", engine) == 990.0
    assert whole(flows, "BLR", COALITION, ["2021"], "USD", engine) is None
    assert whole(flows, "BLR", COALITION, ["2019"], "EUR", engine) is None


def values(*cells: tuple[str, str, float]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(("reporter", "commodity_code", "value"), one, strict=True)) for one in cells],
        schema=pa.schema(
            [("reporter", pa.string()), ("commodity_code", pa.string()), ("value", pa.float64())]
        ),
    )


ON = day("2022-08-26")
NOW, AS_RUSSIA = Rules("BLR", ON), Rules("RUS", ON)
COVERS: dict[str, dict[str, str] | None] = {"full": {}, "part": {"is_partial": "true"},
                                            "none": None}  # fmt: skip


@pytest.mark.parametrize(
    ("after", "before", "covered", "already", "at_stake"),
    [
        ("full", "full", (7, 7), (7, 7), (0, 0)),
        ("full", "part", (7, 7), (0, 7), (0, 7)),
        ("full", "none", (7, 7), (0, 0), (7, 7)),
        ("part", "full", (0, 7), (0, 7), (0, 0)),
        ("part", "part", (0, 7), (0, 7), (0, 7)),
        ("part", "none", (0, 7), (0, 0), (0, 7)),
        ("none", "full", (0, 0), (0, 0), (0, 0)),
        ("none", "part", (0, 0), (0, 0), (0, 0)),
        ("none", "none", (0, 0), (0, 0), (0, 0)),
    ],
)
def test_nine_ways_to_be_covered(
    after: str,
    before: str,
    covered: tuple[int, int],
    already: tuple[int, int],
    at_stake: tuple[int, int],
) -> None:
    asked = [rule("88", to, **more) for to, kind in (("RUS", after), ("BLR", before))
             if (more := COVERS[kind]) is not None]  # fmt: skip
    found = exposure(values(("DEU", "8807", 7.0)), book(*asked), NOW, AS_RUSSIA)
    assert found.recorded == 7
    assert found.covered == Range(*covered)
    assert found.already == Range(*already)
    assert found.at_stake == Range(*at_stake)
    assert len(found.goods) == (after != "none")


WORLD = book(
    rule("88"),
    rule("8542", is_partial="true"),
    rule("8407", effect="licence"),
    rule("8407", "BLR"),
    rule("88", "BLR", "2023-08-05", annex="XVII"),
    rule("8542", "BLR", "2023-08-05", annex="XVIII"),
)
TRADE = values(
    ("DEU", "8807", 100.0), ("FRA", "8807", 50.0), ("DEU", "8542", 30.0), ("FRA", "8407", 20.0),
    ("DEU", "0201", 10.0), ("FRA", "99", 1.0),
)  # fmt: skip


def shares(found: Iterable[Share]) -> list[tuple[str, float, Range]]:
    return [(one.key, one.value, one.at_stake) for one in found]


def test_what_if_worked_by_hand() -> None:
    found = exposure(TRADE, WORLD, NOW, AS_RUSSIA)
    assert [(one.commodity_code, one.value, one.at_stake) for one in found.goods] == [
        ("8807", 150.0, Range(150, 150)),
        ("8542", 30.0, Range(0, 30)),
        ("8407", 20.0, Range(0, 0)),
    ]
    assert found.recorded == 211
    assert (found.covered, found.already) == (Range(170, 200), Range(20, 20))
    assert found.at_stake == Range(150, 180)
    assert shares(found.sections) == [
        ("XVII", 150.0, Range(150, 150)),
        ("XVI", 50.0, Range(0, 30)),
        ("I", 10.0, Range()),
        ("–", 1.0, Range()),
    ]
    assert found.sections[0].label == "Vehicles, aircraft, ships"
    assert shares(found.reporters) == [
        ("DEU", 140.0, Range(100, 130)),
        ("FRA", 71.0, Range(50, 50)),
    ]
    assert [row["destination"] for row in found.goods[0].rows] == ["RUS"]


def test_looking_back_and_one_annex_only() -> None:
    before, after = Rules("BLR", day("2023-08-04")), Rules("BLR", day("2023-08-05"))
    found = exposure(TRADE, WORLD, before, after)
    assert (found.covered, found.already) == (Range(200, 200), Range(20, 20))
    assert found.at_stake == Range(180, 180)
    alone = exposure(TRADE, WORLD, before, Rules("BLR", day("2023-08-05"), "XVII"))
    assert (alone.covered, alone.already, alone.at_stake) == (
        Range(150, 150), Range(), Range(150, 150))  # fmt: skip
    assert exposure(TRADE, WORLD, before, Rules("BLR", ON, "LXX")).goods == ()
    same = exposure(TRADE, WORLD, after, after)
    assert (same.at_stake, same.already) == (Range(), same.covered)


def test_only_measures_of_the_asked_regimes_count() -> None:
    rules = book(rule("88", regime="US"), rule("8542"))
    assert exposure(TRADE, rules, NOW, AS_RUSSIA, ("EU",)).covered == Range(30, 30)
    assert exposure(TRADE, rules, NOW, AS_RUSSIA).covered == Range(180, 180)


CODES = ("88", "8807", "880730", "8542", "854231", "0201", "8407")
MONEY = st.integers(0, 10**9).map(float)
LAWS = st.builds(
    lambda code, to, ex: rule(code, to, is_partial=str(ex)),
    st.sampled_from(CODES), st.sampled_from(["RUS", "BLR"]), st.booleans(),
)  # fmt: skip


def add(found: Iterable[Any], name: str) -> Range:
    return sum((getattr(one, name) for one in found), Range())


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["DEU", "FRA"]), st.sampled_from(CODES), MONEY), max_size=8),
    st.lists(LAWS, max_size=6),
)
def test_bounds_and_sums(cells: list[tuple[str, str, float]], laws: list[dict[str, Any]]) -> None:
    rules: Rulebook = book(*laws)
    found: Exposure = exposure(values(*cells), rules, NOW, AS_RUSSIA)
    for one in (*found.goods, *found.sections, *found.reporters):
        for part in (one.covered, one.already, one.at_stake):
            assert 0 <= part.low <= part.high <= one.value
        assert one.covered.low >= one.at_stake.low
        assert one.covered.high >= one.at_stake.high
        assert one.already.low + one.at_stake.low <= one.covered.high
        assert one.already.high + one.at_stake.high >= one.covered.low
        assert one.already.low + one.at_stake.high <= one.covered.high
    for shared in (found.sections, found.reporters):
        assert sum(one.value for one in shared) == found.recorded == sum(c[2] for c in cells)
        for name in ("covered", "already", "at_stake"):
            assert add(shared, name) == getattr(found, name) == add(found.goods, name)
