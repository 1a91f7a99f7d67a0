"""The chain of two hubs and the onward series of one lead, on the world of `test_detect`.

Beside it Kyrgyzstan says that it sold 50 a month of good 8542 to Kazakhstan before the ban and
200,000 after; Kazakhstan, that it sold 100 to Russia before and 150,000 after. Both sold the
thirty-four free goods as ever, so nothing is taken off for growth.
"""

from collections.abc import Sequence

import ibis.expr.types as ir
import pyarrow as pa
import pytest
from tests.signals.conftest import Cell, flow_table
from tests.signals.test_detect import AFTER, FREE, MEASURES, PERIODS, world

from entrepot.engine import Engine
from entrepot.signals.check import NOT_TESTABLE, PASSED
from entrepot.signals.detect import Findings, detect
from entrepot.signals.gaps import lead_gaps, levels_check
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question
from entrepot.signals.route import onward_series, route


def sales(seller: str, buyer: str, before: float, after: float) -> list[Cell]:
    """Good 8542 and the free goods, of which 1,000 a month go on as ever."""
    made: list[Cell] = []
    for t, period in enumerate(PERIODS):
        made.append((seller, buyer, "8542", period, after if period in AFTER else before))
        made.extend((seller, buyer, one, period, 1_000.0 + 10 * (t % 3)) for one in FREE)
    return made


TO_KAZAKHSTAN = sales("KGZ", "KAZ", 50.0, 200_000.0)
TO_RUSSIA = sales("KAZ", "RUS", 100.0, 150_000.0)
ARMENIA = [*sales("KGZ", "ARM", 70.0, 70.0), *sales("ARM", "RUS", 70.0, 70.0)]
"""A second row of free goods: with it there are 34 goods x 2 hubs x 2 windows = 136 cells, enough
for an interval."""
BOUGHT: list[Cell] = [
    ("KGZ", seller, "8542", period, 250_000.0 if period in AFTER else 500.0)
    for period in PERIODS
    for seller in ("DEU", "FRA")
]


def flows_of(engine: Engine, sold: Sequence[Cell] = (), bought: Sequence[Cell] = ()) -> ir.Table:
    """The world, and what other countries say they sold (X) and bought (M)."""
    tables = [flow_table(world()), flow_table(sold), flow_table(bought, flow="M")]
    return engine.table(pa.concat_tables(tables))


def kyrgyz(flows: ir.Table, engine: Engine) -> tuple[Lead, Findings]:
    """The lead of the world, and its run."""
    found = detect(flows, MEASURES, Question.ask(), engine)
    return next(x for x in found.leads if (x.hub, x.commodity_code) == ("KGZ", "8542")), found


def judged(
    engine: Engine, sold: Sequence[Cell] = (), bought: Sequence[Cell] = ()
) -> tuple[Lead, Findings]:
    return kyrgyz(flows_of(engine, sold, bought), engine)


def test_the_second_hub_is_worked_by_hand(engine: Engine) -> None:
    lead, found = judged(engine, [*TO_KAZAKHSTAN, *TO_RUSSIA, *ARMENIA])
    way = route(lead, found)
    assert way.hub == "KAZ"
    # The least of the three excesses is Kazakhstan's: nine months of 150,000 for 100.
    assert way.value == pytest.approx(9 * (150_000 - 100))
    assert way.low is not None
    assert way.high is not None
    assert 0 < way.low <= way.value <= way.high
    assert way.check.outcome == PASSED
    assert "Kazakhstan" in way.check.detail


def test_too_few_placebo_cells_give_a_value_without_an_interval(engine: Engine) -> None:
    lead, found = judged(engine, [*TO_KAZAKHSTAN, *TO_RUSSIA])
    way = route(lead, found)
    assert (way.hub, way.low, way.high) == ("KAZ", None, None)
    assert way.check.outcome == NOT_TESTABLE


def test_without_a_leg_there_is_no_chain_and_null_is_not_zero(engine: Engine) -> None:
    for sold in ([], TO_KAZAKHSTAN, TO_RUSSIA):
        lead, found = judged(engine, sold)
        way = route(lead, found)
        assert (way.hub, way.value, way.low, way.high) == (None, None, None, None)
        assert way.check.outcome == NOT_TESTABLE


def test_where_the_second_hub_sold_no_more_the_value_is_zero(engine: Engine) -> None:
    lead, found = judged(engine, [*TO_KAZAKHSTAN, *sales("KAZ", "RUS", 100.0, 40.0)])
    way = route(lead, found)
    assert (way.hub, way.value) == (None, 0.0)


def test_the_onward_series_is_what_the_hub_says(engine: Engine) -> None:
    lead, found = judged(engine, sales("KGZ", "RUS", 10.0, 90_000.0))
    told = onward_series(found.leads, found)
    assert told[lead.lead_id] == tuple(90_000.0 if one in AFTER else 10.0 for one in PERIODS)
    assert {x.hub for x in found.leads if x.lead_id in told} == {"KGZ"}


def test_a_period_that_the_hub_did_not_report_is_null(engine: Engine) -> None:
    gone = PERIODS[3]
    kept = [one for one in sales("KGZ", "RUS", 10.0, 90_000.0) if one[3] != gone]
    lead, found = judged(engine, kept)
    series = onward_series([lead], found)[lead.lead_id]
    assert [period for period, one in zip(PERIODS, series, strict=True) if one is None] == [gone]


def test_nobody_else_reports_so_there_is_nothing(engine: Engine) -> None:
    lead, found = judged(engine)
    assert onward_series(found.leads, found) == {}
    assert lead_gaps(lead, found.legs) == ()


def test_gaps_of_a_lead_of_a_run(engine: Engine) -> None:
    lead, found = judged(engine, bought=BOUGHT)
    gaps = lead_gaps(lead, found.legs)
    assert [one.digits for one in gaps] == [4, 2]
    assert gaps[0].exported == 9 * 500_000.0
    assert gaps[0].imported == 9 * 500_000.0
    assert levels_check(gaps).outcome == PASSED
