"""All innocent explanations of one small world, worked by hand, on both engines.

The world: Germany and France sell 8542 (banned to Russia from 26 February 2022) and six free goods
of the same section. Kyrgyzstan buys EUR 1,000 of 8542 a month before and 50,000 after, Armenia the
same 2,000 throughout. Other tests of this folder make their worlds with `source_of`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.signals.conftest import Cell, flow_table, months

from entrepot.engine import Engine
from entrepot.signals.baskets import Restriction, baskets
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.innocent import (
    QUESTIONS,
    Facts,
    Gathered,
    Innocent,
    Source,
    Stated,
    gather,
    innocent,
    innocent_checks,
    measure,
)
from entrepot.signals.innocent.currency import Drift
from entrepot.signals.innocent.customs_union import JOINED
from entrepot.signals.panel import Panel, Silence, cells, code_spans, panel, silence
from entrepot.signals.question import Question
from entrepot.signals.windows import Window, window

PERIODS = months(2020, 2022)[:35]
AFTER = [period for period in PERIODS if period >= "2022-03"]
BAN = date(2022, 2, 26)
WHOLE = Restriction(BAN, BAN, ("msr_whole",))
FREE = ("8401", "8402", "8403", "8404", "8405", "8406")
HUBS = ("ARM", "KGZ")


def window_of(found: Panel) -> Window:
    """March to November 2022 against the same months of 2020 and 2021."""
    made = window(found.periods, BAN, "2022-03")
    assert made is not None
    return made


def source_of(
    engine: Engine,
    published: pa.Table,
    *,
    bound: Mapping[str, Restriction] | None = None,
    level: int = 4,
    hubs: Sequence[str] = HUBS,
    quiet: bool = True,
) -> Source:
    """The figures and the panel of the EU's exports in them; `quiet`: nobody is late."""
    question = Question.ask(level=level)
    flows = engine.table(published)
    money = "value_usd" if pc.all(pc.is_null(published["value_eur"])).as_py() else "value_eur"
    rows = flows.filter(flows.flow == "X", flows.reporter.isin(sorted(question.exporters())))
    rows = rows.mutate(value=rows[money].cast("float64"))
    made = baskets(code_spans(rows, engine), bound or {"8542": WHOLE}, level=level)
    presence = rows.group_by(["reporter", "period"]).agg(value=rows.value.sum())
    quietness = Silence() if quiet else silence(engine.fetch(presence))
    summed = engine.fetch(cells(rows, made, engine))
    currency = money.removeprefix("value_").upper()
    found = panel(summed, made, currency=currency, silence=quietness)
    return Source(flows, found, tuple(hubs), question, engine)


def place(source: Source, basket_id: str) -> int:
    """The place of a basket."""
    return source.basket_ids.index(basket_id)


def world(free_growth: float = 1.5) -> list[Cell]:
    made: list[Cell] = []
    for period in PERIODS:
        is_after = period in AFTER
        made.append(("DEU", "RUS", "8542", period, 0.0 if is_after else 100_000.0))
        made.append(("DEU", "KGZ", "8542", period, 30_000.0 if is_after else 600.0))
        made.append(("FRA", "KGZ", "8542", period, 20_000.0 if is_after else 400.0))
        made.append(("FRA", "ARM", "8542", period, 2_000.0))
        for code in FREE:
            grown = free_growth if is_after else 1.0
            made.append(("DEU", "KGZ", code, period, 1_000_000.0 * grown))
    return made


def measured(source: Source) -> Innocent:
    """By way of the one entry point."""
    return innocent(
        source.flows, source.panel, source.hubs, window_of(source.panel), source.question,
        source.engine,
    )  # fmt: skip


KYRGYZ = Stated("KGZ", "RUS", "EUR", 450_000.0, 9_000.0 * 1.5, 9_000.0, direct_loss=900_000.0)


def facts_of(engine: Engine, published: pa.Table) -> Facts:
    source = source_of(engine, published)
    return measured(source).at(HUBS.index("KGZ"), place(source, "8542:restricted"))


def test_the_world_comes_out_as_worked_by_hand(engine: Engine) -> None:
    """The shrunken growth of a free good: (1.5 m + 10 k) / (1 m + 10 k) = 1.495."""
    facts = facts_of(engine, flow_table(world()))
    assert facts.before == pytest.approx(9_000.0)
    assert facts.drift is not None
    assert facts.section == "XVI"
    assert facts.section_goods == 6
    assert facts.section_growth == pytest.approx(1_510_000 / 1_010_000)
    assert (facts.others, facts.lost_elsewhere) == (1, None)
    assert facts.late == ()
    assert facts.bought == pytest.approx(1_000.0)
    nothing = (facts.kg_before, facts.kg_after, facts.unhidden, facts.sold, facts.sold_here)
    assert nothing == (None,) * 5
    assert facts.shared_since == JOINED["KGZ"]


def test_the_checks_come_in_the_order_of_the_questions(engine: Engine) -> None:
    checks = innocent_checks(facts_of(engine, flow_table(world())), KYRGYZ)
    assert tuple(check.question for check in checks) == QUESTIONS
    assert [check.outcome for check in checks] == [
        PASSED,  # 33-fold against a rate that explains a quarter
        NOT_TESTABLE,
        NOT_TESTABLE,
        PASSED,
        PASSED,  # 450,000 against 9,000 x 1.495
        NOT_TESTABLE,
        NOT_TESTABLE,
        NOT_TESTABLE,
    ]


def test_a_lead_that_was_not_judged_has_nothing_testable() -> None:
    checks = innocent_checks(None, None)
    assert tuple(check.question for check in checks) == QUESTIONS
    assert {check.outcome for check in checks} == {NOT_TESTABLE}


def test_what_did_not_rise_needs_no_explanation(engine: Engine) -> None:
    facts = facts_of(engine, flow_table(world()))
    checks = innocent_checks(facts, replace(KYRGYZ, actual=13_500.0))
    assert {check.outcome for check in checks} == {NOT_TESTABLE}
    assert {check.detail for check in checks[:-1]} == {"it did not rise"}


def test_absent_data_are_null_and_not_fetched(engine: Engine) -> None:
    found = gather(source_of(engine, flow_table(world())))
    assert found == Gathered(None, None, None, None)


def test_the_order_of_rows_changes_nothing(engine: Engine) -> None:
    table = flow_table(world())
    turned = table.take(list(reversed(range(table.num_rows))))
    assert facts_of(engine, table) == facts_of(engine, turned)


def test_an_unrelated_partner_changes_nothing(engine: Engine) -> None:
    more = [*world(), *[("DEU", "BRA", "4011", period, 5_000.0) for period in PERIODS]]
    one, other = facts_of(engine, flow_table(world())), facts_of(engine, flow_table(more))
    assert one == other


def test_goods_barred_for_the_hub_itself_are_no_free_goods(engine: Engine) -> None:
    source = source_of(engine, flow_table(world()))
    free = np.array([[not one.is_restricted for one in source.panel.baskets]] * 2)
    free[:, :2] = False  # two of the six free goods
    found = innocent(
        source.flows, source.panel, HUBS, window_of(source.panel), source.question, engine,
        is_free=free,
    )  # fmt: skip
    row = found.at(1, place(source, "8542:restricted"))
    assert (row.section_goods, row.section_growth) == (4, None)


def test_hubs_may_come_in_any_order(engine: Engine) -> None:
    table = flow_table(world())
    turned = source_of(engine, table, hubs=HUBS[::-1])
    at = place(turned, "8542:restricted")
    assert measured(turned).at(0, at) == facts_of(engine, table)


def dense(values: np.ndarray, codes: Sequence[str], currency: str) -> Panel:
    """A panel of partners P00, P01 ... sold to by Germany."""
    rows = [
        ("DEU", f"P{p:02}", f"{code}:{'restricted' if code == '8542' else 'free'}", period, value)
        for p, of_partner in enumerate(values)
        for code, series in zip(codes, of_partner, strict=True)
        for period, value in zip(PERIODS, series, strict=True)
    ]
    made = baskets(dict.fromkeys(codes, (PERIODS[0], PERIODS[-1])), {"8542": WHOLE}, level=4)
    names = ("reporter", "partner", "basket_id", "period", "value")
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    return panel(table, made, currency=currency, silence=Silence())


ARRAYS = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).gamma(0.5, 40_000.0, (21, 6, len(PERIODS)))
)
CODES = ("8542", *FREE[:5])
NOTHING = Gathered(None, None, None, None)


def numbers(values: np.ndarray, order: Sequence[int]) -> Innocent:
    found = dense(values[list(order)], CODES, "EUR")
    hubs = [f"P{p:02}" for p in range(len(order))]
    return measure(NOTHING, found, hubs, window_of(found), Question.ask())


@given(ARRAYS, st.permutations(range(21)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_hubs_is_no_number(values: np.ndarray, order: list[int]) -> None:
    one, other = numbers(values, range(21)), numbers(values, order)
    np.testing.assert_allclose(
        one.relocation.section_growth[order], other.relocation.section_growth
    )
    np.testing.assert_allclose(
        one.relocation.lost_elsewhere[order], other.relocation.lost_elsewhere, atol=1e-6
    )
    np.testing.assert_allclose(one.production.bought[order], other.production.bought)


@given(ARRAYS, st.floats(0.5, 4.0))
@settings(max_examples=15, deadline=None)
def test_money_scales_and_the_rate_does_not(values: np.ndarray, factor: float) -> None:
    one, other = numbers(values, range(21)), numbers(values * factor, range(21))
    assert one.drift == other.drift
    np.testing.assert_allclose(
        one.relocation.lost_elsewhere * factor, other.relocation.lost_elsewhere, atol=1e-6
    )
    np.testing.assert_allclose(one.production.bought * factor, other.production.bought)


def test_each_explanation_can_fail() -> None:
    """One row of facts in which every explanation holds."""
    facts = Facts(
        before=9_000.0, drift=Drift(2.0, 40.0), kg_before=100.0, kg_after=140.0, unhidden=440_000.0,
        late=("NLD 2022-11",), kept_before=8_000.0, kept_after=11_000.0, owed=1.0, section="XVI",
        section_growth=60.0, section_goods=9, lost_elsewhere=500_000.0, others=30, bought=1_000.0,
        sold=1_000.0, sold_here=None, shared_since=JOINED["KGZ"],
    )  # fmt: skip
    checks = innocent_checks(facts, replace(KYRGYZ, has_onward=True))
    assert [check.outcome for check in checks] == [FAILED] * len(QUESTIONS)
