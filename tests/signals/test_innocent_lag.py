"""Lag: the rise and the direct loss without what late reporters owe."""

from dataclasses import replace

import pytest
from tests.signals.conftest import Cell, flow_table
from tests.signals.test_innocent_measure import (
    AFTER,
    HUBS,
    KYRGYZ,
    PERIODS,
    measured,
    place,
    source_of,
    world,
)

from entrepot.engine import Engine
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent.lag import check


def late_world() -> list[Cell]:
    """The Netherlands have not reported November 2022; Russia bought 7,000 there in November 2020
    and 9,000 in November 2021, and 1,000 in every other month."""
    usual = {"2020-11": 7_000.0, "2021-11": 9_000.0}
    dutch: list[Cell] = [
        ("NLD", "RUS", "8542", period, usual.get(period, 1_000.0)) for period in PERIODS[:-1]
    ]
    dutch += [("NLD", "KGZ", "8401", period, 200_000.0) for period in PERIODS[:-1]]
    return [*world(), *dutch]


def test_what_is_left_and_what_is_owed_by_hand(engine: Engine) -> None:
    """Eight months are left: 8 x 1,000 before and 8 x 50,000 after. Owed: the mean November."""
    source = source_of(engine, flow_table(late_world()), quiet=False)
    assert source.panel.silence.lagging == ("NLD 2022-11",)
    row = measured(source).at(HUBS.index("KGZ"), place(source, "8542:restricted"))
    assert row.late == ("NLD 2022-11",)
    assert (row.kept_before, row.kept_after) == pytest.approx((8_000.0, 400_000.0))
    assert row.owed == pytest.approx(8_000.0)


def test_without_figures_of_direct_trade_nothing_is_known_of_what_is_owed(engine: Engine) -> None:
    cells = [cell for cell in late_world() if cell[1] != "RUS"]
    source = source_of(engine, flow_table(cells), quiet=False)
    row = measured(source).at(HUBS.index("KGZ"), place(source, "8542:restricted"))
    assert (row.late, row.owed) == (("NLD 2022-11",), None)


def test_where_nobody_is_late_it_passes() -> None:
    assert check((), None, None, 0.0, KYRGYZ).outcome == PASSED


LATE = ("NLD 2022-11",)


@pytest.mark.parametrize(
    ("after", "owed", "expected_outcome"),
    [
        (12_001.0, 1_000.0, PASSED),
        (12_000.0, 1_000.0, FAILED),  # 8,000 before x 1.5
        (400_000.0, 899_999.0, PASSED),
        (400_000.0, 900_000.0, FAILED),  # the whole direct loss
    ],
)
def test_it_must_stand_without_the_late_periods(
    after: float, owed: float, expected_outcome: str
) -> None:
    assert check(LATE, 8_000.0, after, owed, KYRGYZ).outcome == expected_outcome


def test_the_detail_names_who_is_late_and_how_much_it_can_change() -> None:
    assert check(LATE, 8_000.0, 400_000.0, 9_000.0, KYRGYZ).detail == (
        "not yet reported: NLD 2022-11; without it EUR 400 k against EUR 12.0 k expected; "
        "what is owed takes at most EUR 9.00 k off the direct loss (1 %)"
    )


def test_a_lead_without_direct_trade_is_tested_by_its_own_months() -> None:
    lead = replace(KYRGYZ, direct_loss=None)
    assert check(LATE, 8_000.0, 400_000.0, None, lead).outcome == PASSED


def test_where_every_period_is_late_it_is_not_testable() -> None:
    late = tuple(f"NLD {period}" for period in AFTER)
    assert check(late, None, None, 0.0, KYRGYZ).outcome == NOT_TESTABLE
