"""Trade figures against the rules of their own day, on both engines."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.measures.small import book, rule
from tests.signals.conftest import Cell, flow_table

from entrepot.codes.period import end, start
from entrepot.engine import Engine, open_engine
from entrepot.measures.book import Rulebook
from entrepot.measures.flows import flagged, flagged_goods
from entrepot.measures.spells import barring


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    with open_engine("duckdb") as opened:
        yield opened


def cell(code: str, period: str, to: str = "RUS", value: float = 10) -> Cell:
    return ("DEU", to, code, period, value)


def asked(
    rules: Rulebook, cells: Iterable[Cell], engine: Engine, **more: Any
) -> dict[tuple[str, str, str], str]:
    """The answer for each partner, code and period that is flagged."""
    flows = engine.table(flow_table(cells))
    found = engine.fetch(flagged(flows, rules, engine, **more)).to_pylist()
    return {(row["partner"], row["commodity_code"], row["period"]): row["answer"] for row in found}


def one(rules: Rulebook, period: str, engine: Engine, code: str = "8807") -> str | None:
    return asked(rules, [cell(code, period)], engine).get(("RUS", code, period))


@pytest.mark.parametrize(
    ("period", "answer"),
    [
        ("2022-01", None),
        ("2022-02", "possible"),  # begins on the 26th
        ("2022-03", "possible"),  # old contracts run until the 28th
        ("2022-04", "prohibited"),
        ("2022-11", "prohibited"),
        ("2022-12", "possible"),  # ends on the 15th
        ("2023-01", None),
        ("2022", "possible"),
        ("2023", None),
    ],
)
def test_a_ban_that_begins_and_ends_within_a_month(
    period: str, answer: str | None, duck: Engine
) -> None:
    ban = rule("88", begins="2022-02-26", valid_to="2022-12-16", wind_down_to="2022-03-29")
    assert one(book(ban), period, duck) == answer


@pytest.mark.parametrize(
    ("begins", "ends", "period", "answer"),
    [
        ("2022-03-01", "", "2022-03", "prohibited"),
        ("2022-03-02", "", "2022-03", "possible"),
        ("2022-03-31", "", "2022-03", "possible"),
        ("2022-04-01", "", "2022-03", None),
        ("2021-01-01", "2022-03-01", "2022-03", None),
        ("2021-01-01", "2022-03-02", "2022-03", "possible"),
        ("2021-01-01", "2022-04-01", "2022-03", "prohibited"),
        ("2021-01-01", "2022-03-31", "2022-03", "possible"),
        ("2022-01-01", "2023-01-01", "2022", "prohibited"),
        ("2022-01-02", "", "2022", "possible"),
        ("2022-12-31", "", "2022", "possible"),
        ("2023-01-01", "", "2022", None),
    ],
)
def test_edges_of_a_period(
    begins: str, ends: str, period: str, answer: str | None, duck: Engine
) -> None:
    assert one(book(rule("88", begins=begins, valid_to=ends)), period, duck) == answer


def test_a_wind_down_that_ends_with_the_month(duck: Engine) -> None:
    rules = book(rule("88", wind_down_to="2022-06-01"))
    assert one(rules, "2022-05", duck) == "possible"
    assert one(rules, "2022-06", duck) == "prohibited"
    later = book(rule("88", wind_down_to="2022-06-02"))
    assert one(later, "2022-06", duck) == "possible"


def test_a_wind_down_that_stands_in_a_list_of_its_own_counts_too(duck: Engine) -> None:
    """As Annexes XXIIIA to XXIIIG: the ban names the code, Art. 3k(3aa) which contracts run on."""
    ban = rule("3812", begins="2023-12-19", article="3k(1)", annex="XXIII")
    listed = rule("381210", begins="2023-12-19", article="3k(3aa)", annex="XXIIIA",
                  effect="wind_down", wind_down_to="2024-03-21")  # fmt: skip
    assert one(book(ban, listed), "2024-02", duck, "381210") == "possible"
    assert one(book(ban, listed), "2024-02", duck, "381220") == "prohibited"
    assert one(book(ban, listed), "2024-04", duck, "381210") == "prohibited"


MIXED = book(
    rule("88"),
    rule("8807", begins="2022-01-01", effect="licence"),
    rule("8542", is_partial="true"),
    rule("854231", begins="2022-04-01", effect="licence"),
    rule("88", "BLR", "2023-08-05"),
    rule("8703", regime="US", effect="licence"),
    rule("8704", effect="transit_ban"),
    rule("8705", party="Alpha"),
)
CELLS = [
    cell("8807", "2022-01"),
    cell("8807", "2022-04"),
    cell("8542", "2022-04"),
    cell("854231", "2022-04"),
    cell("85423190", "2022-03"),
    cell("8803", "2022-04"),
    cell("8807", "2022-04", "BLR"),
    cell("8807", "2022-04", "KGZ"),
    cell("8703", "2022-04"),
    cell("8704", "2022-04"),
    cell("8705", "2022-04"),
    cell("TOTAL", "2022-04"),
]


def test_part_licence_other_partners_and_totals(engine: Engine) -> None:
    assert asked(MIXED, CELLS, engine) == {
        ("RUS", "8807", "2022-01"): "licence",
        ("RUS", "8807", "2022-04"): "prohibited",
        ("RUS", "8542", "2022-04"): "possible",
        ("RUS", "854231", "2022-04"): "licence",
        ("RUS", "85423190", "2022-03"): "possible",
        ("RUS", "8803", "2022-04"): "prohibited",
        ("RUS", "8703", "2022-04"): "licence",
    }
    assert asked(MIXED, CELLS, engine, regimes=("US",)) == {("RUS", "8703", "2022-04"): "licence"}
    assert asked(MIXED, CELLS, engine, regimes=()) == {}
    assert asked(book(), CELLS, engine) == {}


def test_imports_are_never_flagged(engine: Engine) -> None:
    flows = engine.table(flow_table(CELLS, flow="M"))
    assert engine.fetch(flagged(flows, MIXED, engine)).num_rows == 0


def test_every_row_of_a_flagged_cell_comes_back_as_it_was(engine: Engine) -> None:
    cells = [("DEU", "RUS", "88", "2022-04", 5.25), ("FRA", "RUS", "88", "2022-04", 7.5),
             ("FRA", "RUS", "01", "2022-04", 9.0)]  # fmt: skip
    rules = book(rule("88"))
    found = engine.fetch(flagged(engine.table(flow_table(cells)), rules, engine)).to_pylist()
    wanted = flow_table(cells).to_pylist()[:2]
    found.sort(key=lambda row: row["reporter"])
    assert [{name: row[name] for name in wanted[0]} for row in found] == wanted
    assert {row["measure_id"] for row in found} == {rules.rows[0]["measure_id"]}


def test_a_measure_for_any_destination_flags_all_of_them(engine: Engine) -> None:
    rules = book(rule("88", "*"), rule("87"))
    cells = [cell("88", "2022-04", to) for to in ("RUS", "KGZ", "BLR")]
    assert set(asked(rules, cells, engine).values()) == {"prohibited"}
    assert len(asked(rules, cells, engine)) == 3


def test_flagged_goods_are_added_up(engine: Engine) -> None:
    rules = book(rule("88", begins="2022-03-15"))
    cells = [
        cell("8807", month, value=value)
        for month, value in (("2022-02", 1), ("2022-03", 2), ("2022-04", 4), ("2022-05", 8))
    ]
    cells.append(("FRA", "RUS", "8807", "2022-05", 16.5))  # fmt: skip
    cells.append(cell("8806", "2022-05", value=1))
    found = engine.fetch(flagged_goods(engine.table(flow_table(cells)), rules, engine)).to_pylist()
    told = [
        (row["commodity_code"], row["answer"], row["period_from"], row["period_to"], row["rows"],
         float(row["value_eur"]), row["value_usd"])
        for row in found
    ]  # fmt: skip
    assert told == [
        ("8806", "prohibited", "2022-05", "2022-05", 1, 1.0, None),
        ("8807", "possible", "2022-03", "2022-03", 1, 2.0, None),
        ("8807", "prohibited", "2022-04", "2022-05", 3, 28.5, None),
    ]


def test_of_equal_answers_the_same_measure_is_named_on_every_engine(engine: Engine) -> None:
    rules = book(rule("88", annex="A"), rule("8807", annex="B"), rule("8807", effect="licence"))
    flows = engine.table(flow_table([cell("8807", "2022-04")]))
    (row,) = engine.fetch(flagged(flows, rules, engine)).to_pylist()
    assert row["measure_id"] == min(r["measure_id"] for r in rules.rows[:2])


CODES = ("88", "8807", "880730", "8803", "8542", "854231")
PERIODS = ("2022-02", "2022-03", "2022-04", "2022", "2023")
DAYS = st.integers(0, 400).map(lambda n: date(2021, 12, 15) + timedelta(days=n))


@st.composite
def bans(draw: st.DrawFn) -> dict[str, Any]:
    begins = draw(DAYS)
    length, wind_down = draw(st.none() | st.integers(1, 400)), draw(st.none() | st.integers(1, 90))
    return rule(
        draw(st.sampled_from(CODES)),
        draw(st.sampled_from(["RUS", "BLR", "*"])),
        str(begins),
        valid_to="" if length is None else str(begins + timedelta(days=length)),
        wind_down_to="" if wind_down is None else str(begins + timedelta(days=wind_down)),
        effect=draw(st.sampled_from(["export_ban", "licence", "clause"])),
        is_partial=str(draw(st.booleans())),
    )


def by_days(rules: Rulebook, to: str, code: str, period: str) -> str | None:
    """The answer by looking at every day of the period."""
    days = [start(period) + timedelta(days=n) for n in range((end(period) - start(period)).days)]
    found = set()
    for touch in barring(rules, code, to):
        row = touch.row
        held = [row["valid_from"] <= day < (row["valid_to"] or date.max) for day in days]
        free = [row["wind_down_to"] is None or row["wind_down_to"] <= day for day in days]
        if all(held) and all(free) and touch.coverage == "full":
            found.add("prohibited" if row["effect"] == "export_ban" else "licence")
        elif any(held):
            found.add("possible")
    return next((a for a in ("prohibited", "licence", "possible") if a in found), None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(bans(), max_size=6))
def test_agrees_with_looking_at_every_day(duck: Engine, rows: list[dict[str, Any]]) -> None:
    rules = book(*({**row, "annex": str(place)} for place, row in enumerate(rows)))
    cells = [cell(code, period, to)
             for code in CODES for period in PERIODS for to in ("RUS", "BLR", "KGZ")]  # fmt: skip
    wanted = {
        (to, code, period): answer
        for _, to, code, period, _ in cells
        if (answer := by_days(rules, to, code, period))
    }
    assert asked(rules, cells, duck) == wanted
