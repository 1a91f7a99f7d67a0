"""Named tests of a lead: each outcome from a lead made for it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.signals.goodlead import (
    BARE,
    BASKET,
    GOOD,
    OPENED,
    around,
    facts,
    late_listing,
    near,
    panel,
)

from entrepot.signals import leads
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checkgroups import Named
from entrepot.signals.checks import checks
from entrepot.signals.innocent import QUESTIONS
from entrepot.signals.innocent.currency import Drift
from entrepot.signals.leads import status
from entrepot.signals.pitfalls_rows import Again
from entrepot.signals.words import pairs_above

Change = dict[str, object]
"""Fields of a lead made otherwise; `opened`: of what the published rows tell (null: not opened)."""


@pytest.fixture(autouse=True)
def _single_euros(monkeypatch: pytest.MonkeyPatch) -> None:
    """These worlds count in single euros, so nothing is too little to be told."""
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 0.0)


NAMES = (
    "chance", "interval", "both expectations", "steadiness", "one delivery", "several reporters",
    "hub growth", "growth elsewhere", "change of codes", "direct trade", "supply", "sold on",
    "arrival", "freight", "neighbours", "neighbour codes", "control sets", "entrepots",
    "Singapore test", "listing", "re-exports", "double counting", "part of a code",
    "exchange rate", "quantity", "secrecy", "late reporters", "same section", "other destinations",
    "own production", "customs union",
)  # fmt: skip
"""In the order in which they are made."""


def made(change: Change) -> tuple[Named, ...]:
    fields = {"opened": OPENED, **change}
    opened = fields.pop("opened")
    return checks(replace(GOOD, **fields), 0.1, opened)  # type: ignore[arg-type]


def outcome(change: Change, name: str) -> str:
    (found,) = [check for check in made(change) if check.name == name]
    return found.outcome


def test_a_good_lead_passes_all_tests_in_their_order() -> None:
    assert tuple(check.name for check in made({})) == NAMES
    assert {check.outcome for check in made({})} == {PASSED}
    assert status(GOOD, GOOD.q_value, 0.1) == "lead"


def test_the_innocent_explanations_come_last_in_their_own_order() -> None:
    assert tuple(check.question for check in made({}))[-len(QUESTIONS) :] == QUESTIONS


def test_what_the_exports_of_the_coalition_alone_can_tell() -> None:
    """Eleven tests of the rise, two sets of controls, entrepots among sellers, whole codes."""
    passed = [check.name for check in checks(BARE, 0.1) if check.outcome == PASSED]
    assert passed == [*NAMES[:11], "control sets", "entrepots", "part of a code"]
    assert {check.outcome for check in checks(BARE, 0.1)} == {PASSED, NOT_TESTABLE}
    assert status(BARE, BARE.q_value, 0.1) == "lead"


FAILS: dict[str, Change] = {
    "chance": {"q_value": 0.11},
    "interval": {"excess_low": -1.0},
    "steadiness": {"values": (10.0, 20.0, 500.0, 5.0)},  # 500 above 15 and 30, 5 above neither
    "one delivery": {"top_share": 0.61},
    "several reporters": {"reporters": (("DEU", 0.0, 81.0), ("FRA", 0.0, 19.0))},
    "both expectations": {"expected_panel": 1_000.0},
    "hub growth": {"growth": 34.0},  # 34 x 2 x 15 is more than 1,000
    "growth elsewhere": {"goods_growth": 34.0},
    "change of codes": {"basket": replace(BASKET, left_out=("851713",))},
    "direct trade": {"vanished_share": 0.49},
    "supply": {"wanted": 90_001.0},
    "sold on": {"onward_low": -1.0},
    "arrival": {"phantom_share_low": 0.51, "phantom_share_high": 0.7},
    "freight": around(logs=(-0.1, 0.08)),
    "neighbours": around(neighbours=near(hub=0.1)),
    "neighbour codes": around(neighbours=near(target=0.1)),
    "exchange rate": facts(drift=Drift(9.0, 10.0)),  # 1,000 is not more than 100 x 10
    "quantity": facts(kg_after=20.0),  # growth of 100 / 50 = 2 times is allowed for
    "secrecy": facts(unhidden=900.0),
    "late reporters": facts(late=("NLD 2022-11",), kept_before=50.0, kept_after=100.0),
    "same section": facts(section_growth=20.0),  # 50 x 20
    "other destinations": facts(lost_elsewhere=900.0),
    "own production": facts(sold=50.0),
    "customs union": facts(shared_since=date(2015, 8, 12)),
    "control sets": {"values": (300.0, 300.0, 480.0, 520.0)},  # 1,000 - 1.5 x 600 is under 450
    # Without the two nothing was gained: 2 x 20 against the 100 expected, all of it of Germany.
    "entrepots": {"reporters": (("NLD", 0.0, 30.0), ("BEL", 0.0, 25.0), ("DEU", 9.0, 20.0))},
    # (400,000 + 10,000) / (10 + 10,000) is 41 times; 41 x 30 is more than 1,000.
    "Singapore test": around(panel=panel(singapore=400_000.0)),
    "listing": late_listing(risen=100.0),
    "re-exports": {"opened": replace(OPENED, again=Again(sold=600.0, again=601.0))},
    "double counting": {"opened": replace(OPENED, split=replace(OPENED.split, repeated=1))},
    # 30 before and growth of 100 / 30 times: the whole lines did not rise beyond it.
    "part of a code": {
        "basket": replace(BASKET, is_partial=True),
        "opened": replace(OPENED, in_full=100.0),
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_each_test_can_fail_and_alone(name: str) -> None:
    assert outcome(FAILS[name], name) == FAILED
    if not {"growth", "goods_growth"} & set(FAILS[name]):  # they move pairs and controls too
        assert [check.name for check in made(FAILS[name]) if check.outcome == FAILED] == [name]


UNMEASURED: dict[str, Change] = {
    "chance": {"q_value": None},
    "interval": {"excess_low": None},
    "both expectations": {"expected_panel": None},
    "steadiness": {"steadiness": None},
    "one delivery": {"top_share": None},
    "several reporters": {"reporters": ()},
    "hub growth": {"free_goods": 14},
    "growth elsewhere": {"destinations": 19},
    "direct trade": {"vanished_share": None},
    "supply": {"direct_loss": None},
    "sold on": {"onward_excess": None},
    "arrival": {"phantom_share_low": 0.4, "phantom_share_high": 0.6},  # the freight decides
    "freight": around(logs=(None, None)),
    "neighbours": around(neighbours=near(hub=np.nan)),
    "neighbour codes": around(neighbours=near(target=np.nan)),
    "exchange rate": facts(drift=None),
    "quantity": facts(kg_before=None),
    "secrecy": facts(unhidden=None),
    "late reporters": facts(late=("NLD 2022-11",)),
    "same section": facts(section_growth=None),
    "other destinations": facts(lost_elsewhere=None),
    "own production": facts(sold=None),
    "customs union": {"onward_excess": None},
    "control sets": {"destinations": 19},
    "entrepots": {"excess": 0.0},
    "Singapore test": around(hubs=("KGZ",)),
    "listing": {"beside": None},
    "re-exports": {"opened": replace(OPENED, again=None)},
    "double counting": {"opened": None},
    "part of a code": {"basket": replace(BASKET, is_partial=True), "opened": None},
}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "change of codes"])
def test_what_was_not_measured_is_not_testable(name: str) -> None:
    assert outcome(UNMEASURED[name], name) == NOT_TESTABLE


def test_the_codes_can_always_be_tested() -> None:
    """Whether codes changed follows from the codes alone."""
    broken = replace(BASKET, is_comparable=False)
    unjudged = {"actual": None, "expected": None, "excess": None, "beside": None, "basket": broken}
    assert outcome(unjudged, "change of codes") == FAILED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"onward_low": None}, "too few placebo cells"),
        ({"onward_source": None}, "no figures of that trade"),
        ({"after": ()}, "not judged"),
        ({"excess": 0.0}, "it did not rise"),
    ],
)
def test_why_a_test_could_not_be_made(change: Change, words: str) -> None:
    assert any(words in one.detail for one in made(change) if one.outcome == NOT_TESTABLE)


def test_pairs_by_hand() -> None:
    """Before 10 and 20, times 1.5: 15 and 30. After 20 and 30: of four pairs two are higher."""
    change: Change = {"values": (10.0, 20.0, 20.0, 30.0)}
    assert pairs_above(replace(GOOD, values=(10.0, 20.0, 20.0, 30.0))) == (2, 4)
    assert outcome(change, "steadiness") == FAILED
    details = [check.detail for check in made(change)]
    assert "in 2 of 4 pairs of periods, growth allowed for" in details


def test_growth_that_was_clipped_is_no_measurement() -> None:
    details = [check.detail for check in made({"growth": 1.0, "goods_growth": 1.0})]
    assert "25 unrestricted goods did not grow" in details
    assert "the median of 30 destinations did not grow" in details
    assert "in 4 of 4 pairs of periods, growth allowed for" in [c.detail for c in made({})]
