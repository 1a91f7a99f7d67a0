"""The three-leg screen on a small world worked by hand, on both engines.

The EU is Germany and France. Good 854231 is banned to Russia from 26 February 2022, 854232 from
25 February 2023. Years 2019 to 2023, EUR: of 854231 the years before are 2019 to 2021, the year
after is 2023 (2022 holds the ban); of 854232 there is no year after.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.signals.conftest import Cell, flow_table, months

from entrepot.engine import Engine, open_engine
from entrepot.errors import RequestError
from entrepot.measures.rows import SCHEMA
from entrepot.signals.question import Question
from entrepot.signals.screen.screen import SCREENED, Screen, screen


def measure(code: str, valid_from: date) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(SCHEMA.names)
    row.update(
        measure_id=f"msr_{code}", regime="EU", instrument="Reg. X", article="1", annex="I",
        destination="RUS", effect="export_ban", code_system="HS", commodity_code=code,
        is_partial=False, valid_from=valid_from, certainty="text", citation="made up", note="",
    )  # fmt: skip
    return row


YEARS = [str(year) for year in range(2019, 2024)]
BANNED, LATER, FREE = "854231", "854232", "610910"
MEASURES = pa.Table.from_pylist(
    [measure(BANNED, date(2022, 2, 26)), measure(LATER, date(2023, 2, 25))], schema=SCHEMA
)


def series(who: str, to: str, code: str, *values: float) -> list[Cell]:
    return [(who, to, code, year, value) for year, value in zip(YEARS, values, strict=True)]


COALITION: list[Cell] = [
    # in: before 300 a year, after 5,000; free goods double, so 600 were to be expected
    *series("DEU", "KGZ", BANNED, 100, 200, 300, 900, 3_000),
    *series("FRA", "KGZ", BANNED, 100, 100, 100, 100, 2_000),
    *series("DEU", "KGZ", FREE, 500, 500, 500, 800, 1_000),
    # direct: Germany loses 9,000, France gains 1,000, which makes up for nothing
    *series("DEU", "RUS", BANNED, 9_000, 10_000, 11_000, 2_000, 1_000),
    *series("FRA", "RUS", BANNED, 0, 0, 0, 0, 1_000),
    *series("DEU", "RUS", LATER, 50, 50, 50, 50, 50),
    *series("DEU", "KGZ", LATER, 1, 1, 1, 1, 1_000),
    # a hub whose ordinary trade shrank, and one with no free goods
    *series("DEU", "ARM", BANNED, 10, 10, 10, 10, 70),
    *series("DEU", "ARM", FREE, 40, 40, 40, 40, 20),
    *series("DEU", "GEO", BANNED, 5, 5, 5, 5, 4),
]
ONWARD: list[Cell] = [
    # onward: before 0, after 2,000
    *series("KGZ", "RUS", BANNED, 0, 0, 0, 500, 2_000),
    *series("KGZ", "RUS", FREE, 100, 100, 100, 100, 90),
]
MIRRORED: list[Cell] = [
    # Russia's imports: Armenia reports nothing itself; Kyrgyzstan's own figures go first
    *series("RUS", "ARM", BANNED, 20, 20, 20, 20, 50),
    *series("RUS", "KGZ", BANNED, 7, 7, 7, 7, 7),
    *series("RUS", "DEU", BANNED, 7, 7, 7, 7, 7),
]


def world(*more: Cell) -> pa.Table:
    exports, imports = flow_table([*COALITION, *ONWARD, *more]), flow_table(MIRRORED, flow="M")
    return pa.concat_tables([exports, imports])


def look(table: pa.Table, engine: Engine, **asked: Any) -> Screen:
    question = Question.ask(**{"level": 6, **asked})
    return screen(engine.table(table), MEASURES, question, engine)


def by_pair(found: Screen) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["hub"], row["commodity_code"]): row for row in found.rows.to_pylist()}


def test_the_world_comes_out_as_worked_by_hand(engine: Engine) -> None:
    found = look(world(), engine)
    assert found.rows.schema == SCREENED
    assert (found.currency, found.missing, found.goods) == ("EUR", (), 1)
    row = by_pair(found)["KGZ", BANNED]
    assert row == {
        "rank": 1, "hub": "KGZ", "target": "RUS", "commodity_code": BANNED, "is_partial": False,
        "banned_from": date(2022, 2, 26), "period_from": "2023", "period_to": "2023",
        "currency": "EUR", "in_before": 300, "in_after": 5_000, "in_growth": 2,
        "in_excess": 5_000 - 300 * 2, "onward_source": "hub", "onward_before": 0,
        "onward_after": 2_000, "onward_growth": pytest.approx(0.9), "onward_excess": 2_000,
        "direct_before": 10_000, "direct_after": 2_000,
        "direct_loss": 9_000, "rerouted_most": 2_000,
        "substitution_share": pytest.approx(2 / 9), "valid_measures": [f"msr_{BANNED}"],
    }  # fmt: skip


def test_where_the_hub_is_silent_the_targets_imports_tell(engine: Engine) -> None:
    row = by_pair(look(world(), engine))["ARM", BANNED]
    assert row["onward_source"] == "target"
    assert (row["onward_before"], row["onward_after"]) == (20, 50)
    # ordinary trade halved: expectation is not lowered with it
    assert row["in_growth"] == pytest.approx(0.5)
    assert row["in_excess"] == 70 - 10
    assert row["rerouted_most"] == 30


def test_where_nobody_reports_it_is_null_and_not_zero(engine: Engine) -> None:
    found = look(world(), engine)
    row = by_pair(found)["GEO", BANNED]
    told = {name: row[name] for name in row if name.startswith("onward_")}
    assert set(told.values()) == {None}
    assert (row["rerouted_most"], row["substitution_share"]) == (None, None)
    assert row["in_growth"] is None
    assert row["in_excess"] == -1
    assert [r["hub"] for r in found.rows.to_pylist()] == ["KGZ", "ARM", "GEO"]


def test_a_reporter_silent_in_one_year_of_the_window_is_not_used(engine: Engine) -> None:
    """Kyrgyzstan without 2020: the target's imports are taken, which grew by nothing."""
    kept = [cell for cell in ONWARD if cell[3] != "2020"]
    exports, imports = flow_table([*COALITION, *kept]), flow_table(MIRRORED, flow="M")
    row = by_pair(look(pa.concat_tables([exports, imports]), engine))["KGZ", BANNED]
    assert (row["onward_source"], row["onward_excess"], row["rerouted_most"]) == (
        "target", 0, 0,
    )  # fmt: skip


def test_a_year_that_the_window_does_not_use_may_be_missing(engine: Engine) -> None:
    kept = [cell for cell in ONWARD if cell[3] != "2022"]
    row = by_pair(look(flow_table([*COALITION, *kept]), engine))["KGZ", BANNED]
    assert (row["onward_source"], row["rerouted_most"]) == ("hub", 2_000)


def test_a_hub_whose_figures_never_name_the_target_tells_nothing(engine: Engine) -> None:
    wine = series("GEO", "DEU", "220421", 5, 5, 5, 5, 5)
    assert by_pair(look(world(*wine), engine))["GEO", BANNED]["onward_source"] is None


def test_missing_legs_are_said(engine: Engine) -> None:
    inward = [cell for cell in COALITION if cell[1] != "RUS"]
    found = look(flow_table(inward), engine)
    assert found.missing == ("onward", "direct")
    row = by_pair(found)["KGZ", BANNED]
    assert {row[f"direct_{name}"] for name in ("before", "after", "loss")} == {None}
    assert row["rerouted_most"] is None
    assert found.rows["in_excess"].to_pylist() == sorted(found.rows["in_excess"].to_pylist())[::-1]


def test_nothing_lost_leaves_nothing_to_reroute(engine: Engine) -> None:
    grown = [(*c[:4], 10.0) if c[1:3] == ("RUS", BANNED) else c for c in COALITION]
    row = by_pair(look(flow_table([*grown, *ONWARD]), engine))["KGZ", BANNED]
    assert (row["direct_loss"], row["rerouted_most"]) == (0, 0)
    assert row["substitution_share"] is None


def test_each_good_has_its_own_day(engine: Engine) -> None:
    """With 2024 there is a year after the ban of February 2023; its years before end in 2022."""
    more = [
        (who, to, code, "2024", value)
        for who, to, code, period, value in [*COALITION, *ONWARD]
        if period == "2023"
    ]
    found = by_pair(look(world(*more), engine))
    row = found["KGZ", LATER]
    assert (row["period_from"], row["period_to"], row["in_before"]) == ("2024", "2024", 1)
    assert (found["KGZ", BANNED]["period_from"], found["KGZ", BANNED]["period_to"]) == (
        "2023", "2024",
    )  # fmt: skip


def test_a_ban_too_late_for_the_figures_is_left_out_and_said(engine: Engine) -> None:
    found = look(world(), engine)
    assert found.unjudged == (LATER,)
    assert ("KGZ", LATER) not in by_pair(found)


def test_finer_codes_are_cut_to_the_level_and_free_lines_stay_out(engine: Engine) -> None:
    """Heading 8542 holds two restricted lines and 854290, which is free and does not count.

    The heading is restricted from the day of its first line: 5,000 + 1,000 after, 300 + 1 before.
    """
    free_line = series("DEU", "KGZ", "854290", 9, 9, 9, 9, 9)
    row = by_pair(look(world(*free_line), engine, level=4))["KGZ", "8542"]
    assert (row["in_after"], row["in_before"], row["is_partial"]) == (
        6_000, 301, True,
    )  # fmt: skip


def test_a_heading_beside_its_children_counts_once(engine: Engine) -> None:
    """Germany publishes 8542 too, with 40 kept secret below it; the whole heading is banned."""
    whole = pa.Table.from_pylist([measure("8542", date(2022, 2, 26))], schema=SCHEMA)
    headings = series("DEU", "KGZ", "8542", 140, 240, 340, 940, 4_040)
    table = engine.table(world(*headings))
    found = by_pair(screen(table, whole, Question.ask(), engine))
    # Germany's own row of 4,040 holds 3,000 + 1,000 + 40; France adds 2,000
    assert found["KGZ", "8542"]["in_after"] == 6_040
    assert found["KGZ", "8542"]["onward_after"] == 2_000


def test_old_and_new_codes_of_one_good_are_one(engine: Engine) -> None:
    """Aircraft parts left 8803 for 8807 in 2022: a constant trade shows no rise."""
    ban = pa.Table.from_pylist([measure("88", date(2022, 2, 26))], schema=SCHEMA)
    cells: list[Cell] = [
        (who, to, "880330" if year < "2022" else "880730", year, 100.0)
        for year in YEARS
        for who, to in (("DEU", "KGZ"), ("DEU", "RUS"), ("KGZ", "RUS"))
    ]
    question = Question.ask(level=4)
    (row,) = screen(engine.table(flow_table(cells)), ban, question, engine).rows.to_pylist()
    assert (row["commodity_code"], row["in_excess"], row["direct_loss"]) == ("8807", 0, 0)


def test_months_are_compared_with_the_same_months_before(engine: Engine) -> None:
    """A Christmas trade of 1,200 in December and nothing else: the mean a month does not rise."""
    periods = months(2020, 2022)
    cells: list[Cell] = []
    for period in periods:
        value = 1_200.0 if period.endswith("-12") else 0.0
        cells += [("DEU", to, BANNED, period, value) for to in ("KGZ", "RUS")]
    (row,) = look(flow_table(cells), engine).rows.to_pylist()
    assert (row["period_from"], row["period_to"]) == ("2022-03", "2022-12")
    # ten months from March: 1,200 in one of them, as in each year before
    assert row["in_after"] == 120
    assert row["in_before"] == 120


def test_only_the_hubs_asked_for_and_with_the_same_numbers(engine: Engine) -> None:
    every, some = look(world(), engine), look(world(), engine, hubs=("KGZ",))
    assert set(by_pair(some)) == {("KGZ", BANNED)}
    assert by_pair(some)["KGZ", BANNED] == by_pair(every)["KGZ", BANNED]


def test_as_of_uses_only_what_had_ended(engine: Engine) -> None:
    more = [("DEU", "KGZ", BANNED, "2024", 9e9), ("DEU", "RUS", BANNED, "2024", 9e9)]
    found = look(world(*more), engine, as_of=date(2024, 6, 1))
    assert found.periods[-1] == "2023"
    assert by_pair(found)["KGZ", BANNED]["in_after"] == 5_000


def test_order_of_rows_changes_nothing(engine: Engine) -> None:
    table = world()
    turned = table.take(list(range(table.num_rows))[::-1])
    assert look(table, engine).rows.equals(look(turned, engine).rows)


@pytest.mark.parametrize(
    ("cells", "asked", "sentence"),
    [
        ([("CHN", "KGZ", BANNED, "2021", 1.0)], {}, "no exports of EU"),
        ([*COALITION, ("DEU", "KGZ", BANNED, "2021-05", 1.0)], {}, "1 months and 5 whole years"),
        (COALITION, {"hubs": ("TUR",)}, "got Türkiye as hub"),
        (series("DEU", "KGZ", FREE, 1, 1, 1, 1, 1), {}, "none of the 1 goods"),
        (COALITION, {"currency": "USD"}, "has a value in USD"),
        ([("DEU", "KGZ", "8542", "2021", 1.0)], {}, "by codes of 6 digits"),
    ],
)
def test_what_cannot_be_asked_is_told(
    cells: list[Cell], asked: Mapping[str, Any], sentence: str
) -> None:
    with open_engine() as engine, pytest.raises(RequestError, match=sentence):
        look(flow_table(cells), engine, **asked)


def test_mixed_money_is_refused_and_dollars_stay_dollars() -> None:
    dollars = flow_table([*COALITION, *ONWARD], usd=True)
    with open_engine() as engine:
        assert look(dollars, engine).currency == "USD"
        mixed = pa.concat_tables([dollars, flow_table(COALITION[:5])])
        with pytest.raises(RequestError, match="expected one currency"):
            look(mixed, engine)
        assert look(mixed, engine, currency="USD").other_currency == 5


def test_a_hub_that_reports_in_another_currency_is_null() -> None:
    table = pa.concat_tables([flow_table(COALITION), flow_table(ONWARD, usd=True)])
    with open_engine() as engine:
        assert by_pair(look(table, engine))["KGZ", BANNED]["onward_source"] is None


@settings(max_examples=15, deadline=None)
@given(
    values=st.lists(st.integers(0, 10**6), min_size=15, max_size=15),
    scale=st.integers(2, 50),
)
def test_least_of_three_and_scale(values: list[int], scale: int) -> None:
    """Never above any leg, a share is 0 to 1, and all money scales with the money."""
    made = [
        cell
        for i, (who, to) in enumerate((("DEU", "KGZ"), ("KGZ", "RUS"), ("DEU", "RUS")))
        for cell in series(who, to, BANNED, *values[5 * i : 5 * i + 5])
    ]
    large = [(*cell[:4], cell[4] * scale) for cell in made]
    with open_engine() as engine:
        one, other = (look(flow_table(cells), engine).rows.to_pylist() for cells in (made, large))
    for row, grown in zip(one, other, strict=True):
        legs = [max(0.0, row["in_excess"]), max(0.0, row["onward_excess"]), row["direct_loss"]]
        assert row["rerouted_most"] == min(legs)
        assert row["substitution_share"] is None or 0 <= row["substitution_share"] <= 1
        # each is rounded to the cent
        cent = 0.02 * scale
        assert grown["rerouted_most"] == pytest.approx(scale * row["rerouted_most"], abs=cent)
        if row["substitution_share"] is not None and row["direct_loss"] > 1_000:
            assert grown["substitution_share"] == pytest.approx(row["substitution_share"], abs=1e-4)
