"""The hub's own production."""

import numpy as np
import pyarrow as pa
import pytest
from tests.signals.conftest import Cell, flow_table
from tests.signals.test_innocent_measure import (
    HUBS,
    KYRGYZ,
    PERIODS,
    WHOLE,
    measured,
    place,
    source_of,
    world,
)

from entrepot.engine import Engine
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.facts import Facts
from entrepot.signals.innocent.production import check


def facts_with(engine: Engine, **tables: list[Cell]) -> Facts:
    """Kyrgyzstan's row, with further figures by flow."""
    more = [flow_table(cells, flow=flow) for flow, cells in tables.items()]
    source = source_of(engine, pa.concat_tables([flow_table(world()), *more]))
    return measured(source).at(HUBS.index("KGZ"), place(source, "8542:restricted"))


def sold(value: float, to: str = "TUR", code: str = "854231", step: int = 1) -> list[Cell]:
    return [("KGZ", to, code, period, value) for period in PERIODS[:26:step]]


def test_own_exports_by_hand(engine: Engine) -> None:
    """Two lines of 8542 to two countries: 300 + 500 a month; what went to Russia is left out."""
    cells = [*sold(300.0), *sold(500.0, "CHN", "854290"), *sold(9_999.0, "RUS")]
    facts = facts_with(engine, X=cells)
    assert (facts.bought, facts.sold) == pytest.approx((1_000.0, 800.0))


def test_re_exports_are_taken_off(engine: Engine) -> None:
    assert facts_with(engine, X=sold(800.0), RX=sold(750.0)).sold == pytest.approx(50.0)


def test_a_heading_and_its_lines_are_not_added(engine: Engine) -> None:
    cells = [*sold(800.0, code="8542"), *sold(300.0), *sold(500.0, code="854290")]
    assert facts_with(engine, X=cells).sold == pytest.approx(800.0)


def test_months_that_the_hub_does_not_report_are_not_zero(engine: Engine) -> None:
    """Every second month is there, with 800 each."""
    assert facts_with(engine, X=sold(800.0, step=2)).sold == pytest.approx(800.0)


def test_a_hub_that_reports_and_sells_none_sold_nothing(engine: Engine) -> None:
    """Armenia sells 8542, so the good is in these figures; Kyrgyzstan sells other goods."""
    others = [("ARM", "TUR", "8542", period, 10.0) for period in PERIODS]
    assert facts_with(engine, X=[*sold(5.0, code="0806"), *others]).sold == 0.0


def test_a_good_that_nobody_sells_may_not_be_loaded(engine: Engine) -> None:
    assert facts_with(engine, X=sold(5.0, code="0806")).sold is None


def test_the_mirror_sees_what_the_coalition_bought(engine: Engine) -> None:
    bought = [("DEU", "KGZ", "8542", period, 1_500.0) for period in PERIODS[:26]]
    facts = facts_with(engine, M=bought)
    assert facts.sold is None
    assert facts.sold_here == pytest.approx(1_500.0)


def test_old_and_new_codes_are_one_good(engine: Engine) -> None:
    """Aircraft parts are 8803 until 2021 and 8807 from 2022, on both sides."""
    ours = [
        ("DEU", "KGZ", "8803" if period < "2022" else "8807", period, 100.0) for period in PERIODS
    ]
    theirs = [
        ("KGZ", "TUR", "8803" if period < "2022" else "8807", period, 70.0) for period in PERIODS
    ]
    published = pa.concat_tables([flow_table([*world(), *ours]), flow_table(theirs)])
    source = source_of(engine, published, bound={"8803": WHOLE, "8807": WHOLE})
    at = next(i for i, one in enumerate(source.panel.baskets) if "8803" in one.codes)
    row = measured(source).at(HUBS.index("KGZ"), at)
    assert (row.bought, row.sold) == pytest.approx((100.0, 70.0))


def test_free_and_restricted_lines_count_together(engine: Engine) -> None:
    """Only 8542 31 is restricted; the hub publishes the heading, the coalition its lines."""
    ours = [("DEU", "KGZ", code, p, 100.0) for code in ("854231", "854290") for p in PERIODS]
    theirs = [("KGZ", "TUR", "8542", p, 250.0) for p in PERIODS]
    published = pa.concat_tables([flow_table(ours), flow_table(theirs)])
    source = source_of(engine, published, bound={"854231": WHOLE}, hubs=("KGZ",))
    row = measured(source).at(0, place(source, "8542:restricted"))
    assert (row.bought, row.sold) == pytest.approx((200.0, 250.0))


@pytest.mark.parametrize(
    ("own", "mirror", "outcome"),
    [
        (999.0, None, PASSED),
        (1_000.0, None, FAILED),
        (0.0, 5_000.0, PASSED),  # the hub's own figures go first
        (None, 1_000.0, FAILED),
        (None, 999.0, NOT_TESTABLE),  # sales elsewhere are not seen
        (None, None, NOT_TESTABLE),
    ],
)
def test_who_sells_more_than_it_buys_is_a_maker(
    own: float | None, mirror: float | None, outcome: str
) -> None:
    assert check(1_000.0, own, mirror, KYRGYZ).outcome == outcome


def test_who_neither_sold_nor_bought_is_no_maker() -> None:
    assert check(0.0, 0.0, None, KYRGYZ).outcome == PASSED


def test_scale(engine: Engine) -> None:
    """Ten times the money is ten times the mean, for both sides alike."""
    one = facts_with(engine, X=sold(300.0))
    ten = facts_with(engine, X=sold(3_000.0))
    assert one.sold is not None
    assert ten.sold == pytest.approx(10 * one.sold)
    assert np.isclose(one.bought, ten.bought)
