"""Rows of a few goods are picked in memory, those of many in the engine: the same comes out."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.assessing.world import exports, loaded
from tests.signals.conftest import Cell

from entrepot.engine import Engine, open_engine
from entrepot.evidence.assessing import chosen
from entrepot.evidence.assessing.chosen import Trade
from entrepot.evidence.assessing.series import references, series
from entrepot.records.trade import TOTAL_CODE

EU = frozenset({"DEU", "FRA"})
CELLS: list[Cell] = [
    ("DEU", "BLR", "8807", "2022-01", 100), ("DEU", "BLR", "880730", "2022-01", 60),
    ("DEU", "BLR", "880730", "2022-02", 40), ("DEU", "BLR", "880720", "2022-02", 5),
    ("FRA", "BLR", "880730", "2022-01", 7), ("FRA", "DEU", "880730", "2022-01", 900),
    ("DEU", "RUS", "8807", "2022-01", 3), ("DEU", "BLR", "8542", "2022-01", 800),
]  # fmt: skip
TRADES = (
    Trade("X", frozenset({"DEU"}), frozenset({"BLR"}), ("8807",)),
    Trade("X", EU, frozenset({"BLR", "RUS"}), ("8807",)),
    Trade("X", EU, frozenset(), ("8807", "880730")),
    Trade("X", frozenset({"DEU"}), frozenset(), ("880730",), within=EU),
    Trade("X", EU, frozenset({"KGZ"}), ("8807",)),
    Trade("X", EU, frozenset(), ()),
)


@pytest.fixture(scope="module")
def opened() -> Iterator[Engine]:
    with open_engine("duckdb") as found:
        yield found


def told(engine: Engine, cells: list[Cell], trade: Trade, *, few: int) -> object:
    """Values by reporter and period, and the largest rows of each period."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chosen, "FEW_LINES", few)
        patch.setattr(chosen, "MOST_LOCATORS", 2)
        held = loaded(engine, exports(cells))
        found = series(held, trade, "EUR")
        if found is None:
            return None
        named = references(held, found, *[[one] for one in found.periods])
        return found.values, found.by_reporter, named


def test_worked_by_hand(engine: Engine) -> None:
    """The heading counts where it is published, its children where it is not.

    FRA is silent in February, so that month is not among the periods of which rows are named.
    """
    made = told(engine, CELLS, TRADES[1], few=100)
    assert isinstance(made, tuple)
    values, by_reporter, named = made
    assert values == {"2022-01": 110.0, "2022-02": 45.0}
    assert by_reporter == {"DEU": {"2022-01": 103.0, "2022-02": 45.0}, "FRA": {"2022-01": 7.0}}
    assert [(one["rows"], one["locators"]) for one in named] == [
        (4, ["ffffffffffff: line 2", "ffffffffffff: line 3"])
    ]


def test_memory_and_engine_agree(engine: Engine) -> None:
    assert told(engine, CELLS, TRADES[2], few=100) == told(engine, CELLS, TRADES[2], few=0)


@given(st.lists(st.tuples(
    st.sampled_from(["DEU", "FRA"]), st.sampled_from(["BLR", "RUS", "DEU"]),
    st.sampled_from(["8807", "880720", "880730", "8542", TOTAL_CODE]),
    st.sampled_from(["2022-01", "2022-02"]), st.integers(1, 9),
), min_size=1, max_size=25), st.sampled_from(TRADES))  # fmt: skip
def test_they_agree_on_any_figures(opened: Engine, cells: list[Cell], trade: Trade) -> None:
    assert told(opened, cells, trade, few=100) == told(opened, cells, trade, few=0)
