"""Each named test stands under one heading; what could not be made says what it needs."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.dossiers.world import CHIPS, lead

from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.checkgroups import (
    FIGURES,
    HEADINGS,
    INNOCENT,
    KINDS,
    LEGS,
    SHAPE,
    SIZE,
    Named,
    groups,
    kinds,
    named,
    untested,
    with_name,
)
from entrepot.signals.checks import checks
from entrepot.signals.gaps import levels_check
from entrepot.signals.innocent import QUESTIONS
from entrepot.signals.legs.chain import chain_check
from entrepot.signals.neighbours import NEIGHBOURS_STILL, NO_SWITCH

CHAIN = chain_check("KGZ", None, "RUS", None, None, None, "EUR")
ALL = (*checks(lead("KGZ", CHIPS, "lead"), 0.1), levels_check(()), CHAIN)


PITFALLS = range(1, 17)
"""Numbers of the register of pitfalls (docs/innocent.md)."""


def test_every_registered_test_is_made_and_none_without_a_name() -> None:
    made = [one for one, _, _ in kinds(ALL)]
    assert Counter(one.name for one in made) == Counter(list(KINDS))
    assert {kind.heading for kind in KINDS.values()} == set(HEADINGS)
    assert all(name == kind.name for name, kind in KINDS.items())


def test_every_pitfall_of_the_register_has_a_named_test() -> None:
    assert {number for kind in KINDS.values() for number in kind.pitfalls} == set(PITFALLS)


def test_the_table_of_pitfalls_in_the_docs_is_the_one_of_the_code() -> None:
    text = (Path(__file__).parents[2] / "docs" / "innocent.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+)[^|]*\|([^|]*)\|", text, flags=re.MULTILINE)
    told = {(int(number), name) for number, names in rows for name in re.findall("`(.+?)`", names)}
    assert told == {(one, kind.name) for kind in KINDS.values() for one in kind.pitfalls}


def test_heading_and_need_follow_the_test_whatever_its_place() -> None:
    backwards = {one.name: (heading, need) for one, heading, need in kinds(ALL[::-1])}
    assert backwards == {one.name: (heading, need) for one, heading, need in kinds(ALL)}


def test_a_name_belongs_to_one_test() -> None:
    with pytest.raises(AssertionError, match="'chance'"):
        named("chance", SIZE)


def test_a_test_that_was_never_registered_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        with_name(Check("Is it blue?", PASSED, ""))


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("rarer than", SIZE), ("whole interval", SIZE), ("Did the rise hold", SHAPE),
        ("one delivery", SHAPE), ("several reporters", SHAPE), ("hub's other purchases", INNOCENT),
        ("goods at other destinations", INNOCENT), ("change of codes", FIGURES),
        ("whole?", FIGURES), ("counted once", FIGURES), ("before it rose", FIGURES),
        ("Singapore", INNOCENT), ("entrepots?", INNOCENT), ("sets of controls", SIZE),
        ("its re-exports", LEGS), ("secret", FIGURES), ("late?", FIGURES),
        ("vanish", LEGS), ("enough direct trade", LEGS), ("sell more of it", LEGS),
        ("rise arrive", LEGS), ("keep its sign", LEGS), (NEIGHBOURS_STILL, INNOCENT),
        (NO_SWITCH, INNOCENT), ("opposite signs", LEGS), ("second hub", LEGS),
        *((one, INNOCENT) for one in (*QUESTIONS[:2], *QUESTIONS[4:-1])), (QUESTIONS[-1], LEGS),
    ],
)  # fmt: skip
def test_the_heading_of_each_question(words: str, heading: str) -> None:
    (found,) = [own for one, own, _ in kinds(ALL) if words in one.question]
    assert found == heading


def test_groups_hold_what_was_made_and_the_rest_is_told_apart() -> None:
    made = [one for group in groups(ALL) for one in group.checks]
    assert {one.outcome for one in made} == {PASSED, FAILED}
    left = untested(ALL)
    assert len(made) + len(left) == len(ALL)
    assert [group.heading for group in groups(ALL)] == list(HEADINGS)
    assert groups([replace(one, outcome=NOT_TESTABLE) for one in ALL]) == ()


def arrival(detail: str = "no figures") -> Named:
    (found,) = [one for one, _, _ in kinds(ALL) if one.name == "arrival"]
    return replace(found, outcome=NOT_TESTABLE, detail=detail)


def test_what_is_needed_is_told_unless_the_reason_tells_an_amount() -> None:
    (told,) = untested([arrival()])
    assert "as the hub reports it" in told.needed
    by_freight = "not recorded there: 40 % to 60 % of the rise, by the freight assumed"
    (told,) = untested([arrival(by_freight)])
    assert (told.reason, told.needed) == (by_freight, "")
