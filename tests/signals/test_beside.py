"""The legs beside a rise, from flows to the numbers and words of a lead, on both engines.

The world: Germany sells 8542, banned to Russia from 26 February 2022, and sixty free goods that
never change. All money in EUR k a month, before -> after the ban (nine months, March to November):

    Germany to Russia        1,000 ->   100     direct loss    9 x 900 = 8,100
    Germany to Kyrgyzstan      100 ->   500     rise           9 x 400 = 3,600
    Kyrgyzstan to Russia        10 ->   310     sold on        9 x 300 = 2,700
    Kyrgyzstan from Germany    110 ->   310     bought (CIF)   9 x 200 = 1,800
    Germany to Armenia         100 ->   500     and Armenia publishes nothing

Free goods stand still, so growth is 1 and every interval is one point.
"""

from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pytest
from tests.signals.conftest import Cell, flow_table, months
from tests.signals.test_detect import MEASURES, measure

from entrepot.engine import Engine, open_engine
from entrepot.measures.rows import SCHEMA
from entrepot.signals.check import FAILED, PASSED
from entrepot.signals.checks import checks
from entrepot.signals.detect import detect
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question

PERIODS = months(2019, 2022)[:47]
FREE = [f"{chapter}{number:02}" for chapter in range(61, 67) for number in range(1, 11)]
K = 1_000.0


def monthly(who: str, partner: str, before: float, after: float) -> list[Cell]:
    """One series of 8542 in EUR k, with a standstill of all free goods beside it."""
    chips = [
        (who, partner, "8542", period, K * (after if period >= "2022-03" else before))
        for period in PERIODS
    ]
    return chips + [(who, partner, code, period, 50 * K) for code in FREE for period in PERIODS]


DIRECT = monthly("DEU", "RUS", 1_000, 100)
SOLD = [*monthly("DEU", "KGZ", 100, 500), *monthly("DEU", "ARM", 100, 500)]
ONWARD = monthly("KGZ", "RUS", 10, 310)
BOUGHT = monthly("KGZ", "DEU", 110, 310)


def leads_of(
    engine: Engine, *, direct: bool = True, onward: bool = True, bought: bool = True
) -> dict[str, Lead]:
    """The leads of 8542 by hub, where only some of the legs are in the figures."""
    exports = [*SOLD, *(DIRECT if direct else []), *(ONWARD if onward else [])]
    tables = [flow_table(exports), *([flow_table(BOUGHT, flow="M")] if bought else [])]
    found = detect(engine.table(pa.concat_tables(tables)), MEASURES, Question.ask(), engine)
    return {lead.hub: lead for lead in found.leads}


@cache
def alone(**legs: bool) -> dict[str, Lead]:
    """On one engine: that both agree is seen in the first test."""
    with open_engine("duckdb") as opened:
        return leads_of(opened, **legs)


def test_all_legs_come_out_as_worked_by_hand(engine: Engine) -> None:
    lead = leads_of(engine)["KGZ"]
    assert lead.status == "lead"
    assert lead.excess == pytest.approx(3_600 * K, rel=1e-6)
    assert (lead.excess_low, lead.excess_high) == pytest.approx((3_600 * K,) * 2, rel=1e-6)
    assert lead.direct_loss == pytest.approx(8_100 * K)
    assert lead.onward_excess == pytest.approx(2_700 * K)
    assert (lead.onward_low, lead.onward_high) == pytest.approx((2_700 * K,) * 2)
    assert lead.onward_source == "exports as reported by Kyrgyzstan"
    # Of the rise 1,500 to 1,800 arrived: min(1,500, 2,700, 8,100) to min(1,800, ...), over 8,100
    room = (lead.rerouted_low, lead.rerouted_high)
    assert room == pytest.approx((1_500 * K, 1_800 * K), rel=1e-5)
    share = (lead.substitution_low, lead.substitution_high)
    assert share == pytest.approx((15 / 81, 18 / 81), rel=1e-5)


def test_the_whole_rise_counts_where_nobody_says_what_arrived() -> None:
    """min(3,600, 2,700, 8,100), and that over 8,100."""
    lead = alone(bought=False)["KGZ"]
    assert (lead.rerouted_low, lead.rerouted_high) == pytest.approx((2_700 * K,) * 2)
    assert (lead.substitution_low, lead.substitution_high) == pytest.approx((1 / 3,) * 2)


def test_what_arrived_is_split_by_the_freight() -> None:
    """Of 3,600, by its own figures 1,800 without freight and 1,800 / 1.2 = 1,500 with 20 %."""
    lead = alone()["KGZ"]
    assert lead.arrived == pytest.approx(1_500 * K, rel=1e-5)
    assert lead.undecidable == pytest.approx(300 * K, rel=1e-5)
    assert lead.missing == pytest.approx(1_800 * K, rel=1e-5)
    assert lead.phantom_share_low == pytest.approx(1_800 / 3_600, rel=1e-5)
    assert lead.phantom_share_high == pytest.approx(2_100 / 3_600, rel=1e-5)
    low, high = lead.gap_logs  # ln(500 / 310), and ln(500 / 310 x 1.2)
    assert (low, high) == pytest.approx((0.478, 0.660), abs=0.001)


def test_the_legs_are_told_in_words() -> None:
    said = " ".join(alone()["KGZ"].explanations)
    assert (
        "By exports as reported by Kyrgyzstan: Kyrgyzstan sold EUR 2.70 m above expectation to "
        "Russia (both ends round to EUR 2.70 m)." in said
    )
    assert (
        "All three legs leave room for EUR 1.50 m to EUR 1.80 m of rerouting, 19 % to 22 % of the "
        "direct loss (90 % interval, of the rise only what arrived)." in said
    )
    assert (
        "By Kyrgyzstan's own import figures EUR 1.50 m of the rise arrived, EUR 1.80 m did not, "
        "and for EUR 300 k the freight (0 to 20 %) decides." in said
    )
    assert "Not measured" not in said


def test_the_legs_pass_and_fail_named_tests() -> None:
    found = {check.question: check.outcome for check in checks(alone()["KGZ"], 0.1)}
    assert found["Did Kyrgyzstan sell more of it to Russia than expected?"] == PASSED
    assert (
        found["Does the gap to Kyrgyzstan's own figures keep its sign for 0 to 20 % freight?"]
        == PASSED
    )
    customs = "Is the figure of what was sold on built on customs declarations?"
    assert found[customs] == FAILED  # one customs union


LEGS = ("onward_excess", "onward_low", "onward_high", "onward_source")
ROOM = ("rerouted_low", "rerouted_high", "substitution_low", "substitution_high")
ARRIVED = ("phantom_share_low", "phantom_share_high", "arrived", "undecidable", "missing")


def nulls(lead: Lead, names: tuple[str, ...]) -> set[bool]:
    return {getattr(lead, name) is None for name in names}


def test_a_hub_that_publishes_nothing_has_no_legs() -> None:
    lead = alone()["ARM"]
    assert lead.status == "lead"
    assert nulls(lead, LEGS + ROOM + ARRIVED) == {True}
    assert lead.gap_logs == (None, None)
    assert any("Not measured with these figures" in text for text in lead.explanations)


def test_without_the_hubs_exports_what_was_sold_on_is_null() -> None:
    lead = alone(onward=False)["KGZ"]
    assert nulls(lead, LEGS + ROOM) == {True}
    assert nulls(lead, ARRIVED) == {False}
    assert any("what Kyrgyzstan sold on to Russia." in text for text in lead.explanations)


def test_without_the_hubs_imports_what_arrived_is_null() -> None:
    lead = alone(bought=False)["KGZ"]
    assert nulls(lead, ARRIVED) == {True}
    assert nulls(lead, LEGS + ROOM) == {False}
    assert any("whether the goods arrived in Kyrgyzstan." in text for text in lead.explanations)


def test_without_direct_trade_there_is_no_room_to_measure() -> None:
    lead = alone(direct=False)["KGZ"]
    assert (lead.direct_loss, lead.vanished_share) == (None, None)
    assert nulls(lead, ROOM) == {True}
    assert nulls(lead, LEGS[:1] + ARRIVED) == {False}


def test_a_leg_changes_neither_the_rise_nor_its_rank() -> None:
    """Other countries' figures stand beside a lead; they are no part of its score."""
    for hub in ("KGZ", "ARM"):
        with_legs, bare = alone()[hub], alone(onward=False, bought=False)[hub]
        for name in ("expected", "excess", "excess_low", "q_value", "score", "rank", "lead_id"):
            assert getattr(with_legs, name) == getattr(bare, name)


def lumpy(cells: list[Cell], seed: int) -> list[Cell]:
    """The same in lumpy months."""
    shape = np.random.default_rng(seed).gamma(6, 1 / 6, len(cells))
    return [
        (*cell[:4], round(cell[4] * float(by), 2)) for cell, by in zip(cells, shape, strict=True)
    ]


def test_the_room_has_the_low_ends_of_all_legs_below_and_the_high_ends_above() -> None:
    tables = [flow_table(lumpy([*SOLD, *DIRECT], 1)), flow_table(lumpy(ONWARD, 2))]
    with open_engine("duckdb") as opened:
        table = opened.table(pa.concat_tables(tables))
        leads = detect(table, MEASURES, Question.ask(), opened).leads
    (lead,) = [one for one in leads if one.hub == "KGZ"]
    assert lead.excess_low is not None
    assert lead.excess_high is not None
    assert lead.onward_low is not None
    assert lead.onward_high is not None
    assert lead.direct_loss is not None
    assert lead.excess_low < lead.excess_high
    assert lead.onward_low < lead.onward_high
    low = min(lead.excess_low, lead.onward_low, lead.direct_loss)
    high = min(lead.excess_high, lead.onward_high, lead.direct_loss)
    assert (lead.rerouted_low, lead.rerouted_high) == pytest.approx((low, high))
    assert lead.substitution_high == pytest.approx(high / lead.direct_loss)


def test_the_room_follows_the_rise_where_that_is_the_smallest_leg() -> None:
    """Ten times as much is sold on: the ends are those of the rise."""
    more = [(*cell[:4], cell[4] * (10 if cell[2] == "8542" else 1)) for cell in lumpy(ONWARD, 2)]
    tables = [flow_table(lumpy([*SOLD, *DIRECT], 1)), flow_table(more)]
    with open_engine("duckdb") as opened:
        table = opened.table(pa.concat_tables(tables))
        leads = detect(table, MEASURES, Question.ask(), opened).leads
    (lead,) = [one for one in leads if one.hub == "KGZ"]
    assert (lead.rerouted_low, lead.rerouted_high) == pytest.approx(
        (lead.excess_low, lead.excess_high)
    )


def test_a_good_banned_earlier_is_no_placebo_of_what_is_sold_on() -> None:
    """Of 61 goods 6601 was banned in June 2020, so it touches both placebo years: 59 + 2 x 60."""
    earlier = pa.Table.from_pylist([measure("6601", date(2020, 6, 1))], schema=SCHEMA)
    with open_engine("duckdb") as opened:
        table = opened.table(flow_table([*SOLD, *DIRECT, *ONWARD]))
        rules = pa.concat_tables([MEASURES, earlier])
        leads = detect(table, rules, Question.ask(), opened).leads
    (lead,) = [one for one in leads if (one.hub, one.commodity_code) == ("KGZ", "8542")]
    assert lead.beside is not None
    assert lead.beside.onward.placebo_cells == 59 + 2 * 60


def test_who_sold_for_the_first_time_is_told() -> None:
    """France had never sold these goods to Kyrgyzstan; Germany had."""
    new = [("FRA", "KGZ", "8542", p, 500 * K) for p in PERIODS if p >= "2022-03"]
    old = [("FRA", "RUS", code, p, 50 * K) for code in FREE[:1] for p in PERIODS]
    with open_engine("duckdb") as opened:
        table = opened.table(flow_table([*SOLD, *DIRECT, *new, *old]))
        leads = detect(table, MEASURES, Question.ask(), opened).leads
    (lead,) = [one for one in leads if one.hub == "KGZ"]
    assert lead.beside is not None
    found = lead.beside.new_sellers(lead.place)
    assert (found.new, found.tested, found.new_share) == (("FRA",), ("DEU", "FRA"), 0.5)
    assert any("1 of 2 sellers had never sold these goods" in text for text in lead.explanations)
