"""Each named test stands under one heading; what could not be made says what it needs."""

from dataclasses import replace

import pytest
from tests.dossiers.world import CHIPS, lead

from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED, Check
from entrepot.signals.checkgroups import (
    HEADINGS,
    INNOCENT,
    KINDS,
    LEGS,
    SHAPE,
    SIZE,
    groups,
    kinds,
    untested,
)
from entrepot.signals.checks import checks
from entrepot.signals.gaps import levels_check
from entrepot.signals.innocent import QUESTIONS
from entrepot.signals.legs.chain import chain_check
from entrepot.signals.neighbours import NEIGHBOURS_STILL, NO_SWITCH

CHAIN = chain_check("KGZ", None, "RUS", None, None, None, "EUR")
ALL = (*checks(lead("KGZ", CHIPS, "lead"), 0.1), levels_check(()), CHAIN)


def test_every_test_has_a_kind_and_no_kind_is_left_over() -> None:
    assert len(ALL) == len(KINDS)
    assert {heading for heading, _ in KINDS} == set(HEADINGS)


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("rarer than", SIZE), ("whole interval", SIZE), ("rise hold", SHAPE),
        ("one delivery", SHAPE), ("several reporters", SHAPE), ("hub's other purchases", INNOCENT),
        ("goods at other destinations", INNOCENT), ("change of codes", INNOCENT),
        ("vanish", LEGS), ("enough direct trade", LEGS), ("sell more of it", LEGS),
        ("rise arrive", LEGS), ("keep its sign", LEGS), (NEIGHBOURS_STILL, INNOCENT),
        (NO_SWITCH, INNOCENT), ("opposite signs", LEGS), ("second hub", LEGS),
        *((one, INNOCENT) for one in QUESTIONS[:-1]), (QUESTIONS[-1], LEGS),
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


def test_what_is_needed_is_told_unless_the_reason_tells_an_amount() -> None:
    arrived = next(i for i, one in enumerate(ALL) if "rise arrive" in one.question)
    assert "as the hub reports it" in untested(ALL[: arrived + 1])[-1].needed
    by_freight = "not recorded there: 40 % to 60 % of the rise, by the freight assumed"
    undecided = Check(ALL[arrived].question, NOT_TESTABLE, by_freight)
    (*_, told) = untested((*ALL[:arrived], undecided))
    assert (told.reason, told.needed) == (by_freight, "")
