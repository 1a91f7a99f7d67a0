"""First trade and new sellers: series of a dozen numbers, and a small world on both engines."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.conftest import Cell, flow_table, months

from entrepot.engine import Engine
from entrepot.signals.baskets import Restriction, baskets, broken_lines
from entrepot.signals.firsts import (
    NewSellers,
    first_trade,
    is_held,
    line_cells,
    line_shares,
    new_line_share,
    new_sellers,
)
from entrepot.signals.panel import Silence, cells, code_spans, panel
from entrepot.signals.windows import Window, window

PERIODS = months(2021, 2022)
BAN = date(2022, 2, 26)
WINDOW = window(PERIODS, BAN)
assert WINDOW is not None
BEFORE, AFTER = 14, 10  # January 2021 to February 2022 less the month of the ban: 13, and 10 after


def series(before: float, after: list[float]) -> list[float]:
    """Values of 2021 to February 2022, and of the ten months after."""
    return [before] * BEFORE + after


EVERY = [5.0] * AFTER


def test_the_window_of_this_file() -> None:
    assert WINDOW is not None
    assert (len(WINDOW.before), len(WINDOW.after)) == (13, 10)


@pytest.mark.parametrize(
    ("after", "held"),
    [
        (EVERY, True),
        ([0.0] * 10, False),
        ([9.0, *[0.0] * 9], False),  # one delivery
        ([1.0, 1.0, 1.0, 0, 1.0, 0, 1.0, 0, 1.0, 1.0], True),  # seven of ten
        ([1.0, 1.0, 1.0, 0, 1.0, 0, 1.0, 0, 0, 1.0], False),  # six of ten
        ([*[0.0] * 6, 1.0, 1.0, 1.0, 1.0], True),  # begins late, four of four
        ([*[0.0] * 7, 1.0, 1.0, 1.0], False),  # three months say nothing yet
    ],
)
def test_one_delivery_is_no_trade(after: list[float], held: bool) -> None:
    assert WINDOW is not None
    assert bool(is_held(np.array(series(0.0, after)), WINDOW, PERIODS)) is held


def test_first_trade_of_cells() -> None:
    assert WINDOW is not None
    nothing = [0.0] * AFTER
    values = np.array(
        [
            [series(0, EVERY), series(1e-9, EVERY), series(0, EVERY)],
            [series(0, nothing), series(3, nothing), series(3, EVERY)],
        ]
    )
    found = first_trade(values, np.array([True, True, False]), WINDOW, PERIODS)
    np.testing.assert_array_equal(found, [[1.0, 0.0, np.nan], [0.0, 0.0, np.nan]])


def test_trade_in_the_month_of_the_ban_came_before() -> None:
    """It is compared on neither side, but who sold then had sold before."""
    assert WINDOW is not None
    values = np.array([0.0] * 13 + [7.0] + EVERY)
    assert first_trade(values[None, None], np.array([True]), WINDOW, PERIODS) == 0.0


def test_a_short_past_says_nothing() -> None:
    short = Window(tuple(range(3, 14)), tuple(range(14, 24)), ((3, 1.0),))
    values = np.array([[series(0, EVERY)]])
    assert np.isnan(first_trade(values, np.array([True]), short, PERIODS)).all()
    assert np.isnan(new_line_share(values, np.array([True]), short, PERIODS)).all()
    silent = np.ones((1, 24), dtype=np.bool_)
    assert new_sellers(values[0], silent, ["DEU"], short, PERIODS).new_share is None


def test_share_of_new_lines_by_hand() -> None:
    """After: 50 in an old line, 30 in a new one, 20 in one delivery of a new one: 30 of 100."""
    assert WINDOW is not None
    lines = [series(1, [5.0] * 10), series(0, [3.0] * 10), series(0, [20.0, *[0.0] * 9])]
    values, known = np.array(lines), np.ones(3, dtype=np.bool_)
    assert new_line_share(values, known, WINDOW, PERIODS) == pytest.approx(0.30)
    # a renamed code is on neither side: 30 of 50 without the old line
    known[0] = False
    assert new_line_share(values, known, WINDOW, PERIODS) == pytest.approx(0.60)
    assert np.isnan(new_line_share(values, np.zeros(3, dtype=np.bool_), WINDOW, PERIODS))
    assert np.isnan(new_line_share(np.zeros((3, 24)), np.ones(3, dtype=np.bool_), WINDOW, PERIODS))


def test_new_sellers_by_hand() -> None:
    """France is new, Germany is not, Italy was silent in one month of the past: not tested."""
    assert WINDOW is not None
    values = np.array([series(1, EVERY), series(0, EVERY), series(0, EVERY), series(0, [0.0] * 10)])
    reported = np.ones((4, 24), dtype=np.bool_)
    reported[2, 3] = False
    found = new_sellers(values, reported, ["DEU", "FRA", "ITA", "POL"], WINDOW, PERIODS)
    assert found == NewSellers(("FRA",), ("DEU", "FRA"), 0.5)


LINE = st.lists(st.sampled_from([0.0, 1.0, 7.5]), min_size=24, max_size=24)


@given(st.lists(LINE, min_size=1, max_size=5), st.floats(1e-3, 1e6))
def test_currency_and_order_of_lines_do_not_matter(rows: list[list[float]], rate: float) -> None:
    assert WINDOW is not None
    values, known = np.array(rows), np.ones(len(rows), dtype=np.bool_)
    share = new_line_share(values, known, WINDOW, PERIODS)
    for other in (values * rate, values[::-1]):
        np.testing.assert_allclose(new_line_share(other, known, WINDOW, PERIODS), share)
    ours = first_trade(values[None], known, WINDOW, PERIODS)
    np.testing.assert_array_equal(ours, first_trade(values[None] * rate, known, WINDOW, PERIODS))


BOUND = {"8542": Restriction(BAN, BAN, ("msr",))}


def world() -> list[Cell]:
    """Circuits to Kyrgyzstan: 8542 31 always, 8542 39 from the ban on, and a heading of France."""
    made: list[Cell] = []
    for period in PERIODS:
        made.append(("DEU", "KGZ", "854231", period, 7.0))
        made.append(("FRA", "KAZ", "6101", period, 1.0))
        if period > "2022-02":
            made.append(("DEU", "KGZ", "854239", period, 3.0))
            made.append(("DEU", "KGZ", "8542", period, 11.0))  # holds the two and a secret 1
            made.append(("FRA", "KGZ", "854239", period, 10.0))
    return made


def exports(engine: Engine, rows: list[Cell]):
    table = engine.table(flow_table(rows))
    return table.mutate(value=table.value_eur.cast("float64"))


def test_lines_and_sellers_of_a_small_world(engine: Engine) -> None:
    assert WINDOW is not None
    flows = exports(engine, world())
    spans = code_spans(flows, engine)
    made = baskets(spans, BOUND, level=4)
    windows = {"8542:restricted": WINDOW}
    lines = engine.fetch(line_cells(flows, made, engine))
    new = broken_lines(spans, PERIODS[0], PERIODS[-1])
    # 13 of 20 a month are in 8542 39; the heading is not added to its lines
    assert line_shares(lines, PERIODS, windows, new) == {
        ("KGZ", "8542:restricted"): pytest.approx(13 / 20)
    }
    found = panel(engine.fetch(cells(flows, made, engine)), made, currency="EUR", silence=Silence())
    circuits = next(i for i, one in enumerate(made) if one.basket_id == "8542:restricted")
    rows = found.sellers.of(found.partners.index("KGZ"), circuits)
    names = [found.sellers.names[i] for i in found.sellers.reporter[rows]]
    reported = np.ones((len(names), len(PERIODS)), dtype=bool)
    sellers = new_sellers(found.sellers.values[rows], reported, names, WINDOW, PERIODS)
    # of 11 + 10 a month France has 10
    assert (sellers.new, sellers.tested) == (("FRA",), ("DEU", "FRA"))
    assert sellers.new_share == pytest.approx(10 / 21)


def test_a_renamed_line_is_no_first_trade(engine: Engine) -> None:
    """8803 30 until 2021 and 8807 30 from 2022 on are one line."""
    assert WINDOW is not None
    rows: list[Cell] = [
        ("FRA", "KAZ", "880730" if period >= "2022" else "880330", period, 5.0)
        for period in PERIODS
    ]
    flows = exports(engine, rows)
    spans = code_spans(flows, engine)
    made = baskets(spans, {"8807": BOUND["8542"], "8803": BOUND["8542"]}, level=4)
    lines = engine.fetch(line_cells(flows, made, engine))
    assert set(lines["line"].to_pylist()) == {"880730"}
    key = made[0].basket_id
    found = line_shares(lines, PERIODS, {key: WINDOW}, broken_lines(spans, "2021-01", "2022-12"))
    assert found == {("KAZ", key): 0.0}


def test_a_code_without_a_past_is_null() -> None:
    assert WINDOW is not None
    size = len(WINDOW.after)
    rows = pa.table(
        {
            "partner": ["KGZ"] * size,
            "basket_id": ["8517:restricted"] * size,
            "line": ["851713"] * size,
            "period": [PERIODS[i] for i in WINDOW.after],
            "value": [1.0] * size,
        }
    )
    windows = {"8517:restricted": WINDOW}
    key = ("KGZ", "8517:restricted")
    assert line_shares(rows, PERIODS, windows, frozenset({"851713"})) == {key: None}
    assert line_shares(rows, PERIODS, windows, frozenset()) == {key: 1.0}
