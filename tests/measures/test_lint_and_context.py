"""Faults of measure files, and the small tables that stand beside the measures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.measures.small import BELARUS_ACT, RUSSIA_ACT, day, rule, table

from entrepot.errors import RuleError
from entrepot.measures import context
from entrepot.measures.base import load
from entrepot.measures.context import (
    Instrument,
    Kinship,
    Partner,
    Reach,
    Regime,
    Remark,
    is_partner,
    reach,
)
from entrepot.measures.lint import lint
from entrepot.records.rules import ANY


def faults(*rows: dict[str, Any]) -> list[str]:
    return lint(table(*rows))


def test_a_sound_table_has_no_fault() -> None:
    assert faults() == []
    assert faults(
        rule("88", valid_to="2022-06-01"),
        rule("88", begins="2022-06-01", wind_down_to="2022-07-01", contracts_before="2022-06-01"),
        rule("8807", "BLR"),
        rule("8807", annex="X"),
        rule("8807", "*", effect="clause"),
        rule("*", goods="things in words"),
        rule("*", party="Alpha"),
        rule("*", party="Beta"),
        rule("98"),
        rule("8803"),  # ended in 2021
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"valid_to": day("2022-03-01")}, "valid_to 2022-03-01 is not after valid_from 2022-03-01"),
        ({"valid_to": day("2022-02-28")}, "valid_to 2022-02-28 is not after valid_from 2022-03-01"),
        ({"wind_down_to": day("2022-02-28")},
         "wind_down_to 2022-02-28 is before valid_from 2022-03-01"),
        ({"commodity_code": "8899"}, "the code is in no HS edition since 2012"),
        ({"contracts_before": day("2022-02-01")},
         "contracts_before 2022-02-01 without a wind_down_to"),
        ({"citation": ""}, "no citation"),
    ],
)  # fmt: skip
def test_each_fault_of_a_line(more: dict[str, Any], words: str) -> None:
    row = rule("88") | more
    (fault,) = faults(row)
    assert fault == (
        f"{row['commodity_code']} to RUS {RUSSIA_ACT} IX ({row['measure_id']}): {words}"
    )


def test_a_wind_down_may_end_on_the_first_day_of_the_ban() -> None:
    assert faults(rule("88") | {"wind_down_to": day("2022-03-01")}) == []


def test_the_same_measure_twice() -> None:
    (fault,) = faults(rule("88"), rule("88", note="said again"))
    assert fault.endswith("the same measure twice")


def test_one_place_in_force_twice_at_once() -> None:
    first = rule("88", valid_to="2022-06-01")
    later = rule("88", begins="2022-05-31")
    (fault,) = faults(later, first)
    assert fault.endswith(f"overlaps with {first['measure_id']} of the same place")
    assert later["measure_id"] in fault
    assert faults(first, rule("88", begins="2022-06-01")) == []
    assert len(faults(rule("88"), rule("88", begins="2030-01-01"))) == 1  # the first has no end
    for other in ({"to": "BLR"}, {"annex": "X"}, {"article": "1"}, {"effect": "licence"},
                  {"is_partial": "true"}, {"instrument": "other"}, {"regime": "UK"},
                  {"party": "Alpha"}, {"goods": "some"}, {"code_system": "CN"}):  # fmt: skip
        assert faults(first, rule("88", begins="2022-05-31", **other)) == []


def test_faults_come_in_order_all_at_once() -> None:
    found = faults(rule("8899", citation=""), rule("8898"), rule("88"))
    assert len(found) == 3
    assert found == sorted(found)


HEADS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "reach": (
        Reach,
        "regime,destination,commodity_code,known_from,known_to,is_hole,certainty,citation,note",
        "EU,RU,*,2022-01-01,2023-01-01,false,text,OJ,None held.",
    ),
    "partners": (
        Partner,
        "instrument,country,valid_from,valid_to,certainty,citation",
        "Reg. 1,JP,2022-01-01,,text,OJ",
    ),
    "remarks": (
        Remark,
        "regime,destination,commodity_code,topic,valid_from,valid_to,article,text,certainty,citation",
        "EU,*,88,easing,2022-01-01,2022-02-01,Art. 1,Text.,text,OJ",
    ),
    "regimes": (
        Regime,
        "regime,name,binds,follows_item,origin,state_to,limit,certainty,citation",
        "US,US,all,true,USA,2025-01-01,No more.,derived,eCFR",
    ),
}


def read(folder: Path, name: str, *lines: str) -> tuple[Any, ...]:
    """The file as the base reads its own; an absolute path leads out of the base's folder."""
    kind, head, _ = HEADS[name]
    path = folder / f"{name}.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return context._read(str(path), kind)


@pytest.mark.parametrize("name", HEADS)
def test_a_sound_line_is_read(tmp_path: Path, name: str) -> None:
    (one,) = read(tmp_path, name, HEADS[name][2])
    if isinstance(one, Reach):
        assert (one.destination, one.known_to, one.is_hole) == ("RUS", day("2023-01-01"), False)
    if isinstance(one, Partner):
        assert (one.country, one.valid_to) == ("JPN", None)
    if isinstance(one, Regime):
        assert (one.follows_item, one.state_to) == (True, day("2025-01-01"))


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("reach", "RU,", "Utopia,", "got destination 'Utopia'"),
        ("reach", "2022-01-01", "1.1.2022", "got known_from '1.1.2022'"),
        ("reach", "2023-01-01", "2023-02-30", "got known_to '2023-02-30'"),
        ("reach", "false", "no", "got is_hole 'no'"),
        ("reach", "false", "", "got is_hole ''"),
        ("reach", "text", "sure", "got certainty 'sure'"),
        ("reach", "text", "", "got certainty ''"),
        ("partners", "JP", "W00", "got country 'W00'"),
        ("partners", "2022-01-01", "2022-13-01", "got valid_from '2022-13-01'"),
        ("partners", "2022-01-01", "", "got valid_from ''"),  # only an end may be open
        ("remarks", "2022-02-01", "never", "got valid_to 'never'"),
        ("remarks", "EU,*", "EU,", "got destination ''"),
        ("regimes", "true", "True", "got follows_item 'True'"),
        ("regimes", "2025-01-01", "", "got state_to ''"),
        ("partners", "text,OJ", "text,OJ,more", ""),  # a comma too many
        ("partners", ",text,OJ", "", ""),  # cells that lack
    ],
)
def test_a_malformed_line_names_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, words: str
) -> None:
    good = HEADS[name][2]
    assert old in good
    with pytest.raises(RuleError) as caught:
        read(tmp_path, name, good, good.replace(old, new, 1))
    assert f"{name}.csv:3: " in str(caught.value)
    assert words in str(caught.value)
    assert caught.value.hint


def test_every_act_named_by_a_measure_stands_in_the_list_of_acts() -> None:
    named = {(row["instrument"], row["regime"]) for row in load().to_pylist()}
    held = {(one.instrument, one.regime) for one in context.instruments().values()}
    assert named - held == set()


def test_every_line_has_a_citation_and_a_regime_of_the_list() -> None:
    held = set(context.regimes())
    assert held == {"EU", "US", "UK", "CH", "UN"}
    cited: tuple[Any, ...] = (
        *context.reaches(),
        *context.remarks(),
        *context.partners(),
        *context.regimes().values(),
        *context.instruments().values(),
    )
    for one in cited:
        assert one.citation.strip(), one
    for line in (*context.reaches(), *context.remarks(), *context.instruments().values()):
        assert line.regime in held, line
    assert set(load()["regime"].to_pylist()) <= held


def test_dates_and_names_of_the_small_tables_hang_together() -> None:
    acts = context.instruments()
    for one in context.reaches():
        assert one.known_from < one.known_to, one
        limit = context.regimes()[one.regime].state_to
        assert (one.known_to - limit).days <= 1, one
    for partner in context.partners():
        assert partner.instrument in acts
        assert partner.valid_to is None or partner.valid_from < partner.valid_to
    for remark in context.remarks():
        assert remark.valid_to is None or remark.valid_from < remark.valid_to
        assert remark.text.endswith("."), remark
    assert {acts[act].subject for act in (RUSSIA_ACT, BELARUS_ACT)} == {"RUS", "BLR"}
    for regime in context.regimes().values():
        assert bool(regime.origin) == regime.follows_item
        assert regime.limit.endswith(".")
    kin = [(one.family, one.commodity_code) for one in context.families()]
    assert len(set(kin)) == len(kin)
    assert all(isinstance(one, Kinship) and one.goods for one in context.families())
    assert all(isinstance(one, Instrument) and one.title for one in acts.values())


def test_reach_is_half_open_and_of_one_place() -> None:
    days = ["2021-06-24", "2021-06-25", "2025-10-24", "2025-10-25"]
    found = [reach("EU", "BLR", "88", day(on)) is not None for on in days]
    assert found == [False, True, True, False]
    assert reach("EU", "CHN", "88", day("2022-06-01")) is None
    assert reach("UK", "BLR", "8807", day("2023-01-01")) is not None
    assert reach("UK", "BLR", "87", day("2023-01-01")) is None
    assert reach("UK", "BLR", ANY, day("2023-01-01")) is None


@pytest.mark.parametrize(
    ("act", "place", "on", "left_out"),
    [
        (RUSSIA_ACT, "CHE", "2023-06-23", False),
        (RUSSIA_ACT, "CHE", "2023-06-24", True),
        (BELARUS_ACT, "CHE", "2024-06-30", False),
        (BELARUS_ACT, "CHE", "2024-07-01", True),
        (RUSSIA_ACT, "ARM", "2024-07-01", False),
        ("other act", "CHE", "2024-07-01", False),
    ],
)
def test_partner_countries(act: str, place: str, on: str, left_out: bool) -> None:
    assert is_partner(act, place, day(on)) is left_out
