"""Where the onward leg of the three-leg screen is silent, on both engines: the rule of a lead.

The world is that of `test_screen`: 854231 is banned, 2022 holds the ban, 2023 is after.
"""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.signals.conftest import Cell, flow_table
from tests.signals.test_screen import (
    BANNED,
    COALITION,
    MEASURES,
    YEARS,
    by_pair,
    look,
    measure,
    series,
    world,
)

from entrepot.engine import Engine, open_engine
from entrepot.measures.rows import SCHEMA
from entrepot.signals.detect import detect
from entrepot.signals.question import Question
from entrepot.signals.screen.screen import screen

WINE = series("GEO", "RUS", "220421", 5, 5, 5, 5, 5)
"""Georgia names the target, and no good of the restricted heading."""


def test_a_zero_of_a_hub_that_has_the_heading_is_a_zero(engine: Engine) -> None:
    """Georgia sold Germany other circuits (8542) in one year; to the target it sells wine only."""
    circuits: list[Cell] = [("GEO", "DEU", "854290", "2019", 3)]
    row = by_pair(look(world(*WINE, *circuits), engine))["GEO", BANNED]
    assert (row["onward_source"], row["onward_after"], row["rerouted_most"]) == ("hub", 0, 0)


def test_a_hub_without_any_row_of_the_heading_is_silent(engine: Engine) -> None:
    """Georgia's file may hold wine alone, so that it has no circuits says nothing."""
    row = by_pair(look(world(*WINE), engine))["GEO", BANNED]
    told = {name: row[name] for name in row if name.startswith("onward_")}
    assert set(told.values()) == {None}
    assert (row["rerouted_most"], row["substitution_share"]) == (None, None)


def test_what_a_hub_does_not_tell_the_targets_imports_may(engine: Engine) -> None:
    """Russia names Georgia, and has circuits from others: it bought none there."""
    bought = flow_table(series("RUS", "GEO", "220421", 5, 5, 5, 5, 5), flow="M")
    table = pa.concat_tables([world(*WINE), bought])
    row = by_pair(look(table, engine))["GEO", BANNED]
    assert (row["onward_source"], row["onward_before"], row["onward_after"]) == ("target", 0, 0)


def test_too_coarse_figures_are_silence(engine: Engine) -> None:
    """Of 8542 only two lines are restricted; Georgia publishes headings, so it cannot tell."""
    free_line = series("DEU", "KGZ", "854290", 9, 9, 9, 9, 9)
    headings = series("GEO", "RUS", "8542", 5, 5, 5, 5, 5)
    found = by_pair(look(world(*free_line, *headings), engine, level=4))
    assert found["GEO", "8542"]["onward_source"] is None
    assert found["KGZ", "8542"]["onward_source"] == "hub"


def test_one_coarse_year_of_the_window_is_silence(engine: Engine) -> None:
    """In 2020 Georgia publishes the heading alone, in all other years the subheading."""
    free_line = series("DEU", "KGZ", "854290", 9, 9, 9, 9, 9)
    sales: list[Cell] = [
        ("GEO", "RUS", "8542" if year == "2020" else BANNED, year, 5.0) for year in YEARS
    ]
    row = by_pair(look(world(*free_line, *sales), engine, level=4))["GEO", "8542"]
    assert row["onward_source"] is None


def test_a_subheading_that_is_restricted_in_part_tells_nothing(engine: Engine) -> None:
    """The EU publishes 85423110 (restricted) and 85423190 (free); others have only 854231."""
    ban = pa.Table.from_pylist([measure("85423110", date(2022, 2, 26))], schema=SCHEMA)
    cells = [
        *series("DEU", "KGZ", "85423110", 5, 5, 5, 5, 9),
        *series("DEU", "KGZ", "85423190", 5, 5, 5, 5, 5),
        *series("DEU", "RUS", "85423110", 5, 5, 5, 5, 0),
        *series("KGZ", "RUS", "854231", 1, 1, 1, 1, 4),
    ]
    question = Question.ask(level=6)
    (row,) = screen(engine.table(flow_table(cells)), ban, question, engine).rows.to_pylist()
    assert (row["commodity_code"], row["in_after"]) == (BANNED, 9)
    assert (row["onward_source"], row["rerouted_most"]) == (None, None)


def test_national_lines_of_a_hub_count_by_their_subheading(engine: Engine) -> None:
    """All of 854231 is restricted; Kyrgyzstan's own line 85423155, which the EU lacks, is in it."""
    cells = [
        *series("DEU", "KGZ", "85423110", 5, 5, 5, 5, 9),
        *series("DEU", "RUS", "85423110", 5, 5, 5, 5, 0),
        *series("KGZ", "RUS", "85423155", 1, 1, 1, 1, 4),
    ]
    row = by_pair(look(flow_table(cells), engine))["KGZ", BANNED]
    assert (row["onward_source"], row["onward_before"], row["onward_after"]) == ("hub", 1, 4)


HUB_ROWS = [
    (who, to, code)
    for who in ("KGZ", "GEO")
    for to in ("RUS", "DEU")
    for code in (BANNED, "854290", "8542", "220421")
]


@settings(max_examples=25, deadline=None)
@given(
    kept=st.sets(st.tuples(st.sampled_from(HUB_ROWS), st.sampled_from(YEARS)), max_size=24),
    whole=st.sets(st.sampled_from(HUB_ROWS), max_size=4),
    level=st.sampled_from([4, 6]),
)
def test_the_screen_is_silent_where_the_legs_of_a_lead_are(
    kept: set[tuple[tuple[str, str, str], str]], whole: set[tuple[str, str, str]], level: int
) -> None:
    """The hub's exports count in the screen just where all years of the window are told there."""
    rows = kept | {(row, year) for row in whole for year in YEARS}
    sold = [(*row, year, 5.0) for row, year in sorted(rows)]
    free_line = series("DEU", "KGZ", "854290", 9, 9, 9, 9, 9)
    table = flow_table([*COALITION, *free_line, *sold])
    question = Question.ask(level=level)
    with open_engine() as engine:
        found = screen(engine.table(table), MEASURES, question, engine)
        legs = detect(engine.table(table), MEASURES, question, engine).legs
        own, _ = legs.onward()
    goods = {one.code: b for b, one in enumerate(legs.baskets) if one.is_restricted}
    used = [legs.panel.periods.index(year) for year in ("2019", "2020", "2021", "2023")]
    for row in found.rows.to_pylist():
        values = own.values[legs.hubs.index(row["hub"]), goods[row["commodity_code"]], used]
        assert (row["onward_source"] == "hub") == (not np.isnan(values).any())
        if row["onward_source"] == "hub":
            assert (row["onward_before"], row["onward_after"]) == (
                pytest.approx(values[:3].mean(), abs=0.01), values[3],
            )  # fmt: skip
