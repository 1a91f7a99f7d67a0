"""From flows to leads on a small world worked by hand, on both engines.

The world: the EU is Germany and France. Good 8542 is banned to Russia from 26 February 2022.
Kyrgyzstan buys EUR 1,000 a month before and 500,000 after; Armenia gets one delivery; Kazakhstan
does not change. Thirty free goods grow by half in Kyrgyzstan and stand still elsewhere.
"""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from tests.signals.conftest import Cell, flow_table, months

from entrepot.engine import Engine
from entrepot.errors import RequestError
from entrepot.measures.rows import SCHEMA
from entrepot.signals.baskets import Restriction, baskets
from entrepot.signals.detect import detect
from entrepot.signals.panel import cells, code_spans, silence
from entrepot.signals.question import Question
from entrepot.signals.trace import rows_behind

PERIODS = months(2020, 2022)[:35]
FREE = [f"61{number:02}" for number in range(1, 18)] + [f"62{number:02}" for number in range(1, 18)]
AFTER = [period for period in PERIODS if period >= "2022-03"]


def measure(code: str, valid_from: date, **fields: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(SCHEMA.names)
    row.update(
        measure_id=f"msr_{code}", regime="EU", instrument="Reg. X", article="1", annex="I",
        destination="RUS", effect="export_ban", code_system="HS", commodity_code=code,
        is_partial=False, valid_from=valid_from, certainty="text", citation="made up", note="",
    )  # fmt: skip
    return {**row, **fields}


MEASURES = pa.Table.from_pylist(
    [measure("8542", date(2022, 2, 26)), measure("88", date(2022, 2, 26))], schema=SCHEMA
)


def world() -> list[Cell]:
    made: list[Cell] = []
    for t, period in enumerate(PERIODS):
        is_after = period in AFTER
        made.append(("DEU", "RUS", "8542", period, 2e6 if is_after else 5e7))
        made.append(("DEU", "KGZ", "8542", period, 300_000.0 if is_after else 600.0))
        made.append(("FRA", "KGZ", "8542", period, 200_000.0 if is_after else 400.0))
        made.append(("DEU", "KAZ", "8542", period, 700_000.0 + 1_000 * (t % 5)))
        if period == "2022-06":
            made.append(("DEU", "ARM", "8542", period, 4_000_000.0))
        old, new = ("8803", "8807") if period < "2022" else ("8807", "8807")
        code = old if period < "2022" else new
        made.append(("FRA", "KAZ", code, period, 900_000.0 - (500_000 if is_after else 0)))
        for good, free in enumerate(FREE):
            base = 20_000.0 * (1 + good % 4) * (1 + 0.05 * ((t * 7 + good) % 3))
            made.append(("DEU", "KGZ", free, period, base * (1.5 if is_after else 1.0)))
            made.append(("FRA", "KAZ", free, period, base))
            made.append(("FRA", "ARM", free, period, base))
    return made


@pytest.fixture
def flows(engine: Engine):
    return engine.table(flow_table(world()))


def test_the_world_comes_out_as_worked_by_hand(engine: Engine, flows) -> None:
    found = detect(flows, MEASURES, Question.ask(), engine)
    by_hub = {(lead.hub, lead.commodity_code): lead for lead in found.leads}
    kyrgyz = by_hub["KGZ", "8542"]
    assert (kyrgyz.status, kyrgyz.rank) == ("lead", 1)
    assert (kyrgyz.period_from, kyrgyz.period_to) == ("2022-03", "2022-11")
    assert kyrgyz.actual == 9 * 500_000.0
    assert kyrgyz.growth == pytest.approx(1.5, rel=0.05)
    assert kyrgyz.expected == pytest.approx(9 * 1_000 * 1.5, rel=0.05)
    assert kyrgyz.direct_loss == 9 * (5e7 - 2e6)
    assert kyrgyz.vanished_share == pytest.approx(0.96)
    assert kyrgyz.valid_measures == ("msr_8542",)
    assert kyrgyz.reporters == (("DEU", 600.0, 300_000.0), ("FRA", 400.0, 200_000.0))
    assert kyrgyz.onward_excess is None
    assert kyrgyz.phantom_share_low is None
    assert by_hub["ARM", "8542"].status == "note"
    assert by_hub["KAZ", "8542"].status in ("below_threshold", "no_rise")
    aircraft = by_hub["KAZ", "8807"]
    assert aircraft.status == "fall"
    assert aircraft.basket.codes == ("8803", "8807")
    assert aircraft.actual == 9 * 400_000.0


def test_order_of_rows_and_an_unrelated_hub_change_nothing(engine: Engine) -> None:
    one = detect(engine.table(flow_table(world())), MEASURES, Question.ask(), engine)
    mixed = [*reversed(world()), *[("DEU", "BRA", "4011", p, 5_000.0) for p in PERIODS]]
    other = detect(engine.table(flow_table(mixed)), MEASURES, Question.ask(), engine)
    numbers = [
        {lead.lead_id: (lead.actual, lead.expected, lead.status) for lead in found.leads}
        for found in (one, other)
    ]
    assert numbers[0] == numbers[1]


WHOLE = Restriction(date(2022, 2, 26), True, ("msr_whole",))


def summed(
    engine: Engine, published: list[Cell], level: int, bound: dict[str, Restriction]
) -> dict[tuple[str, str, str], float]:
    """Value by reporter, basket and period of exports to Kyrgyzstan."""
    table = engine.table(flow_table(published))
    made = baskets(code_spans(table, engine), bound, level=level)
    table = table.mutate(value=table.value_eur.cast("float64"))
    rows = engine.fetch(cells(table, made, engine)).to_pylist()
    found = {(row["reporter"], row["basket_id"], row["period"]): row["value"] for row in rows}
    return dict(sorted(found.items()))


def test_a_heading_and_its_children_are_never_added(engine: Engine) -> None:
    published: list[Cell] = [
        ("DEU", "KGZ", "8471", "2022-01", 100.0),
        ("DEU", "KGZ", "847130", "2022-01", 60.0),
        ("DEU", "KGZ", "847141", "2022-01", 30.0),
        ("FRA", "KGZ", "847130", "2022-01", 7.0),
    ]
    found = summed(engine, published, 4, {"8471": WHOLE})
    assert found == {
        ("DEU", "8471:restricted", "2022-01"): 100.0,
        ("FRA", "8471:restricted", "2022-01"): 7.0,
    }


def test_the_level_that_covers_more_periods_wins(engine: Engine) -> None:
    published: list[Cell] = [
        ("DEU", "KGZ", "8471", "2022-01", 100.0),
        ("DEU", "KGZ", "847130", "2022-01", 60.0),
        ("DEU", "KGZ", "847130", "2022-02", 50.0),
    ]
    found = summed(engine, published, 4, {"8471": WHOLE})
    assert list(found.values()) == [60.0, 50.0]


def test_children_at_mixed_depths_all_count_once(engine: Engine) -> None:
    """847130 is published itself and by CN8, 847141 by CN8 only, 847149 at six digits only."""
    published: list[Cell] = [
        ("DEU", "KGZ", "847130", "2022-01", 60.0),
        ("DEU", "KGZ", "84713000", "2022-01", 55.0),
        ("DEU", "KGZ", "84714110", "2022-01", 20.0),
        ("DEU", "KGZ", "84714190", "2022-01", 10.0),
        ("DEU", "KGZ", "847149", "2022-01", 5.0),
    ]
    assert list(summed(engine, published, 4, {"8471": WHOLE}).values()) == [95.0]
    six = summed(engine, published, 6, {})
    assert {key[1][:6]: value for key, value in six.items()} == {
        "847130": 60.0, "847141": 30.0, "847149": 5.0,
    }  # fmt: skip


def test_a_chapter_of_headings_some_published_and_some_not(engine: Engine) -> None:
    published: list[Cell] = [
        ("DEU", "KGZ", "8471", "2022-01", 100.0),
        ("DEU", "KGZ", "847130", "2022-01", 60.0),
        ("DEU", "KGZ", "847330", "2022-01", 9.0),
    ]
    assert list(summed(engine, published, 2, {"84": WHOLE}).values()) == [109.0]
    with_own = [*published, ("DEU", "KGZ", "84", "2022-01", 120.0)]
    assert list(summed(engine, with_own, 2, {"84": WHOLE}).values()) == [120.0]


def test_a_chapter_restricted_in_part_is_split_below_its_headings(engine: Engine) -> None:
    """The rows of 84 and 8471 hold both sides, so neither may count."""
    published: list[Cell] = [
        ("DEU", "KGZ", "84", "2022-01", 500.0),
        ("DEU", "KGZ", "8471", "2022-01", 100.0),
        ("DEU", "KGZ", "847130", "2022-01", 60.0),
        ("DEU", "KGZ", "847141", "2022-01", 30.0),
        ("DEU", "KGZ", "8473", "2022-01", 9.0),
    ]
    part = Restriction(date(2022, 2, 26), False, ("msr_part",))
    bound = {"847130": WHOLE, "8471": part, "84": part}
    assert summed(engine, published, 2, bound) == {
        ("DEU", "84:restricted", "2022-01"): 60.0,
        ("DEU", "84:free", "2022-01"): 39.0,
    }


def test_editions_take_their_level_together(engine: Engine) -> None:
    """8803 is published itself, 8807 by its lines only: lines cover all periods, so lines it is."""
    published: list[Cell] = [
        ("DEU", "KGZ", "8803", "2021-12", 100.0),
        ("DEU", "KGZ", "880330", "2021-12", 80.0),
        ("DEU", "KGZ", "880730", "2022-01", 70.0),
    ]
    found = summed(engine, published, 4, {"8803": WHOLE, "8807": WHOLE})
    assert list(found.values()) == [80.0, 70.0]


def test_spans(engine: Engine) -> None:
    table = engine.table(flow_table([("DEU", "KGZ", "8542", p, 1.0) for p in PERIODS[3:7]]))
    assert code_spans(table, engine) == {"8542": ("2020-04", "2020-07")}


def test_rows_behind_a_lead_add_up_to_it(engine: Engine, flows) -> None:
    found = detect(flows, MEASURES, Question.ask(), engine)
    lead = found.leads[0]
    rows = rows_behind(flows, lead, found.question, engine)
    assert sum(row["value"] for row in rows.to_pylist()) == lead.actual
    assert {row["locator"][:5] for row in rows.to_pylist()} == {"line "}


def test_as_of_uses_only_periods_that_had_ended(engine: Engine, flows) -> None:
    found = detect(flows, MEASURES, Question.ask(as_of=date(2022, 8, 26)), engine)
    assert found.panel.periods[-1] == "2022-07"
    assert found.leads[0].period_to == "2022-07"


def test_a_measure_of_later_date_binds_nothing_yet(engine: Engine, flows) -> None:
    later = pa.Table.from_pylist([measure("8542", date(2023, 2, 26))], schema=SCHEMA)
    with pytest.raises(RequestError, match="no restricted goods"):
        detect(flows, later, Question.ask(), engine)


def test_dollars_are_kept_as_dollars_and_mixed_money_is_refused(engine: Engine) -> None:
    dollars = flow_table(world(), usd=True)
    found = detect(engine.table(dollars), MEASURES, Question.ask(), engine)
    assert found.leads[0].currency == "USD"
    mixed = pa.concat_tables([dollars, flow_table(world()[:5])])
    with pytest.raises(RequestError, match="expected one currency"):
        detect(engine.table(mixed), MEASURES, Question.ask(), engine)


def test_no_exports_of_the_coalition_is_said(engine: Engine) -> None:
    table = engine.table(flow_table([("CHN", "KGZ", "8542", "2022-01", 1.0)]))
    with pytest.raises(RequestError, match="no exports of EU"):
        detect(table, MEASURES, Question.ask(), engine)


def presence(*absent: tuple[str, str], weight: float = 50.0) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {"reporter": who, "period": period, "value": value}
            for who, value in (("DEU", 100.0), ("NLD", weight), ("MLT", 0.5))
            for period in ("2022-01", "2022-02", "2022-03")
            if (who, period) not in absent
        ]
    )


def test_a_reporter_missing_in_the_middle_drops_the_period() -> None:
    assert silence(presence(("NLD", "2022-02"))).dropped == {"2022-02"}


def test_a_late_reporter_of_small_weight_is_named_and_the_period_kept() -> None:
    found = silence(presence(("NLD", "2022-03"), weight=8.0))
    assert (found.dropped, found.lagging) == (frozenset(), ("NLD 2022-03",))


def test_a_late_reporter_of_great_weight_drops_the_period() -> None:
    assert silence(presence(("NLD", "2022-03"))).dropped == {"2022-03"}


def test_a_tiny_reporter_may_be_absent() -> None:
    assert silence(presence(("MLT", "2022-02"))) == silence(presence())


def test_a_lead_id_is_the_same_on_every_machine(engine: Engine, flows) -> None:
    found = detect(flows, MEASURES, Question.ask(), engine)
    assert found.leads[0].lead_id == "lea_2a469ddad6af"  # KGZ 8542 RUS, as in the pocket edition


def test_the_same_lead_at_another_threshold_keeps_its_numbers(engine: Engine, flows) -> None:
    question = Question.ask()
    one = detect(flows, MEASURES, question, engine).leads[0]
    other = detect(flows, MEASURES, replace(question, fdr=0.01), engine).leads
    same = next(lead for lead in other if lead.lead_id == one.lead_id)
    assert (same.excess, same.q_value) == (one.excess, one.q_value)
