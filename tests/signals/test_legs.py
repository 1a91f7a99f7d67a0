"""Other countries' figures, cut to the panel: what counts in which basket, and what is silent.

The world: Germany sells good 8542 (854231 and 854239) and shirts (6105) to Kyrgyzstan, Armenia and
Kazakhstan, in figures from January 2020 to December 2021.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from tests.signals.conftest import Cell, flow_table, months

from entrepot.engine import Engine, open_engine
from entrepot.signals.baskets import Basket, Restriction, baskets
from entrepot.signals.legs.legs import NEVER, Leg, Legs, Source, leg_baskets, open_legs
from entrepot.signals.panel import Panel, Silence, cells, code_spans, panel
from entrepot.signals.question import Question

PERIODS = months(2020, 2021)
WHOLE = Restriction(date(2022, 2, 26), date(2022, 2, 26), ("msr_1",))
EXPORTS: list[Cell] = [
    ("DEU", hub, code, period, value)
    for hub in ("ARM", "KAZ", "KGZ")
    for code, value in (("854231", 100.0), ("854239", 10.0), ("6105", 5.0))
    for period in PERIODS
]
KYRGYZ_SALES: list[Cell] = [
    ("KGZ", "RUS", code, period, 7.0) for code in ("854231", "610510") for period in PERIODS
]


def panel_of(
    exports: list[Cell], bound: dict[str, Restriction], engine: Engine, level: int = 4
) -> Panel:
    """The coalition's panel, made as `detect` makes it."""
    table = engine.table(flow_table(exports))
    made = baskets(code_spans(table, engine), bound, level=level)
    table = table.mutate(value=table.value_eur.cast("float64"))
    rows = engine.fetch(cells(table, made, engine))
    return panel(rows, made, currency="EUR", silence=Silence())


def legs_of(
    engine: Engine,
    exports: list[Cell] = EXPORTS,
    sold: list[Cell] = (),  # type: ignore[assignment]
    bought: list[Cell] = (),  # type: ignore[assignment]
    *,
    others: pa.Table | None = None,
    level: int = 4,
) -> Legs:
    """Legs of the coalition's exports, and of what others say they sold (X) and bought (M)."""
    tables = [flow_table(exports), flow_table(sold), flow_table(bought, flow="M")]
    whole = pa.concat_tables([*tables, *([others] if others is not None else [])])
    made = panel_of(exports, {"8542": WHOLE}, engine, level)
    return open_legs(engine.table(whole), made, Question.ask(), engine)


def at(legs: Legs, leg: Leg, hub: str, basket_id: str) -> list[float]:
    """One series of a leg."""
    place = [basket.basket_id for basket in legs.baskets].index(basket_id)
    return list(leg.values[leg.hubs.index(hub), place])


CHIPS = "8542:restricted"


@pytest.fixture
def duckdb() -> Iterator[Engine]:
    """For what both engines were already seen to do alike in other tests: Spark is slow."""
    with open_engine("duckdb") as opened:
        yield opened


def test_without_other_countries_every_leg_is_null(engine: Engine) -> None:
    legs = legs_of(engine)
    assert legs.reports.digits == {}
    for leg in (*legs.onward(), *legs.between("KGZ"), legs.imports()):
        assert leg.values.shape == (3, 2, 24)
        assert np.isnan(leg.values).all()
        assert leg.source == (None, None, None)


def test_what_a_hub_sells_to_the_target_and_what_the_target_says(engine: Engine) -> None:
    mirror: list[Cell] = [("RUS", "KGZ", "854231", period, 9.0) for period in PERIODS[:20]]
    legs = legs_of(engine, sold=KYRGYZ_SALES, bought=mirror)
    own, theirs = legs.onward()
    assert own.source == (None, None, Source("KGZ", "X"))
    assert theirs.source == (None, None, Source("RUS", "M"))
    assert at(legs, own, "KGZ", CHIPS) == [7.0] * 24
    told = at(legs, theirs, "KGZ", CHIPS)
    assert told[:20] == [9.0] * 20
    assert np.isnan(told[20:]).all()  # Russia publishes nothing from then on
    assert np.isnan(at(legs, own, "ARM", CHIPS)).all()
    # Russia has no row of chapter 61: those goods may not have been loaded
    assert np.isnan(at(legs, theirs, "KGZ", "6105:free")).all()


def test_a_period_told_without_the_goods_is_zero_and_a_silent_one_is_null(duckdb: Engine) -> None:
    sales: list[Cell] = [
        ("KGZ", "RUS", "854231", "2020-01", 3.0),
        ("KGZ", "KAZ", "610510", "2020-02", 1.0),
        ("KGZ", "RUS", "610510", "2020-04", 2.0),
    ]
    legs = legs_of(duckdb, sold=sales)
    own, _ = legs.onward()
    np.testing.assert_equal(at(legs, own, "KGZ", CHIPS)[:5], [3.0, 0.0, np.nan, 0.0, np.nan])


def test_a_partner_that_a_source_never_names_is_null(duckdb: Engine) -> None:
    """Kyrgyzstan's file holds its sales to Kazakhstan only: it says nothing of Russia."""
    sales: list[Cell] = [("KGZ", "KAZ", "854231", period, 3.0) for period in PERIODS]
    legs = legs_of(duckdb, sold=sales)
    own, _ = legs.onward()
    assert np.isnan(own.values).all()
    first, _ = legs.between("KGZ")
    assert first.source == (None, Source("KGZ", "X"), None)
    assert at(legs, first, "KAZ", CHIPS) == [3.0] * 24


def test_a_heading_and_its_children_meet_in_no_sum_on_other_legs(engine: Engine) -> None:
    """Kyrgyzstan publishes 854231 beside its national lines: the former counts, once."""
    sales: list[Cell] = [
        ("KGZ", "RUS", "854231", "2020-01", 7.0),
        ("KGZ", "RUS", "8542310001", "2020-01", 4.0),
        ("KGZ", "RUS", "8542310002", "2020-01", 2.0),
        ("KGZ", "RUS", "8542390000", "2020-01", 1.0),
    ]
    legs = legs_of(engine, sold=sales)
    assert at(legs, legs.onward()[0], "KGZ", CHIPS)[0] == 8.0


def test_a_heading_that_the_coalition_does_not_publish_is_too_coarse(duckdb: Engine) -> None:
    """The hub's 8542 may hold goods (854290) that are in no basket."""
    sales: list[Cell] = [("KGZ", "RUS", code, "2020-01", 7.0) for code in ("8542", "6105")]
    legs = legs_of(duckdb, sold=sales)
    own, _ = legs.onward()
    assert np.isnan(at(legs, own, "KGZ", CHIPS)).all()
    assert at(legs, own, "KGZ", "6105:free")[0] == 7.0


def test_between_uses_both_ends_and_no_country_sells_to_itself(duckdb: Engine) -> None:
    bought: list[Cell] = [("KAZ", "KGZ", "854239", period, 6.0) for period in PERIODS]
    sold: list[Cell] = [("KGZ", "KGZ", "854231", "2020-01", 1.0), *KYRGYZ_SALES]
    legs = legs_of(duckdb, sold=sold, bought=bought)
    own, mirror = legs.between("KGZ")
    assert mirror.source == (None, Source("KAZ", "M"), None)
    assert at(legs, mirror, "KAZ", CHIPS) == [6.0] * 24
    assert own.source == (None, None, None)
    assert np.isnan(own.values).all()


def test_imports_count_where_nearly_all_sellers_are_named(engine: Engine) -> None:
    """Germany sells all of EUR 115 a month; then France, never named, sells 2 of 117 (1.7 %)."""
    bought: list[Cell] = [("KGZ", "DEU", "854231", period, 50.0) for period in PERIODS]
    legs = legs_of(engine, bought=bought)
    assert legs.imports().source == (None, None, Source("KGZ", "M"))
    assert at(legs, legs.imports(), "KGZ", CHIPS) == [50.0] * 24
    french: list[Cell] = [("FRA", "KGZ", "854231", period, 2.0) for period in PERIODS]
    part = legs_of(engine, [*EXPORTS, *french], bought=bought)
    assert part.imports().source == (None, None, None)


def test_imports_from_others_and_re_exports_are_not_counted(duckdb: Engine) -> None:
    bought: list[Cell] = [
        *[("KGZ", "DEU", "854231", period, 50.0) for period in PERIODS],
        *[("KGZ", "CHN", "854231", period, 900.0) for period in PERIODS],
    ]
    again = flow_table([("KGZ", "RUS", "854231", period, 900.0) for period in PERIODS], flow="RX")
    legs = legs_of(duckdb, sold=KYRGYZ_SALES, bought=bought, others=again)
    assert at(legs, legs.imports(), "KGZ", CHIPS) == [50.0] * 24
    assert at(legs, legs.onward()[0], "KGZ", CHIPS) == [7.0] * 24


def test_rows_in_the_other_currency_or_by_year_say_nothing(duckdb: Engine) -> None:
    dollars = flow_table(KYRGYZ_SALES, usd=True)
    assert legs_of(duckdb, others=dollars).reports.digits == {}
    yearly: list[Cell] = [("KGZ", "RUS", "854231", "2020", 84.0)]
    assert legs_of(duckdb, sold=yearly).reports.digits == {}


def test_order_of_rows_and_an_unrelated_hub_change_nothing(duckdb: Engine) -> None:
    bought: list[Cell] = [("KGZ", "DEU", "854231", period, 50.0) for period in PERIODS]
    one = legs_of(duckdb, sold=KYRGYZ_SALES, bought=bought)
    brazil: list[Cell] = [("DEU", "BRA", "854231", period, 4.0) for period in PERIODS]
    more: list[Cell] = [("BRA", "RUS", "854231", period, 1e6) for period in PERIODS]
    other = legs_of(
        duckdb,
        [*reversed(EXPORTS), *brazil],
        [*more, *reversed(KYRGYZ_SALES)],
        list(reversed(bought)),
    )
    for a, b in zip(
        (*one.onward(), one.imports()), (*other.onward(), other.imports()), strict=True
    ):
        rows = [other.hubs.index(hub) for hub in one.hubs]
        np.testing.assert_array_equal(a.values, b.values[rows])


def basket(code: str, *lines: str, kind: str = "restricted", **fields: object) -> Basket:
    made = Basket(f"{code}:{kind}", code, kind == "restricted", codes=(code,), lines=lines)
    return replace(made, **fields)


@pytest.mark.parametrize(
    ("made", "codes", "lines", "needs"),
    [
        # all of 854231 is restricted, whatever a country's own lines below it are
        ([basket("8542", "85423110", "85423190")], ["854231", "8542310001"], [2], [6]),
        # 854239 is traded by nobody in the coalition, and 8542 is not published as such
        ([basket("8542", "85423110")], ["854239", "8542"], [0], [6]),
        # the coalition publishes the heading, so what lies below is in it
        ([basket("8542", "8542", "85423110")], ["854239", "8542", "85"], [2], [4]),
        # one subheading with restricted and free goods cannot be split elsewhere
        (
            [basket("8471", "84713010"), basket("8471", "84713090", kind="free")],
            ["847130"],
            [0, 0],
            [NEVER, NEVER],
        ),
        # old and new code of one good, the new one published as a heading
        ([basket("8807", "88033000", "8807")], ["880330", "880730"], [2], [6]),
        # what was left out of the basket is left out of the leg
        ([basket("8517", "85176200", left_out=("85171300",))], ["851762", "851713"], [1], [6]),
        ([basket("8517", "85171310", left_out=("85171390",))], ["851713"], [0], [NEVER]),
        # eight digits are national, unless they are the whole subheading
        ([basket("84713010", "84713010")], ["847130"], [1], [NEVER]),
        ([basket("84713000", "84713000")], ["847130"], [1], [6]),
        ([basket("85", "85")], ["85", "8542", "854231", "TOTAL"], [3], [2]),
    ],
)
def test_which_codes_of_others_count(
    made: list[Basket], codes: list[str], lines: list[int], needs: list[int]
) -> None:
    found, digits = leg_baskets(made, codes)
    assert [len(one.lines) for one in found] == lines
    assert list(digits) == needs


def test_a_national_line_of_a_hub_is_not_the_line_of_the_same_number(duckdb: Engine) -> None:
    """At eight digits only a whole subheading can be compared."""
    exports: list[Cell] = [
        ("DEU", "KGZ", code, period, 5.0) for code in ("85423110", "85423190") for period in PERIODS
    ]
    sales: list[Cell] = [("KGZ", "RUS", "85423110", period, 3.0) for period in PERIODS]
    legs = legs_of(duckdb, exports, sales, level=8)
    assert np.isnan(legs.onward()[0].values).all()


def test_a_source_in_words() -> None:
    assert Source("KGZ", "X").told() == "exports as reported by Kyrgyzstan"
    assert Source("RUS", "M").told() == "imports as reported by Russia"
