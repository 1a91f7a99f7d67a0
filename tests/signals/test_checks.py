"""Named tests of a lead: each outcome from a lead made for it."""

from dataclasses import replace
from datetime import date

import pytest

from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checks import checks
from entrepot.signals.lead import Lead
from entrepot.signals.leads import concentration, rank_leads, score, status
from entrepot.signals.words import explain, money, percent

BASKET = Basket("8542:restricted", "8542", True, banned_from=date(2022, 2, 26), codes=("8542",))
GOOD = Lead(
    lead_id="lea_1", rank=1, hub="KGZ", target="RUS", commodity_code="8542", commodity="circuits",
    valid_measures=("msr_1",), period_from="2022-03", period_to="2022-11", currency="EUR",
    expected=100.0, actual=1_000.0, excess=900.0, excess_low=800.0, excess_high=950.0,
    q_value=0.04, direct_loss=90_000.0, onward_excess=None, rerouted_low=None, rerouted_high=None,
    phantom_share_low=None, phantom_share_high=None, status="lead", explanations=(),
    basket=BASKET, score=0.5, persistence=1.0, p_value=0.001, growth=1.5, free_goods=25,
    goods_growth=1.2, destinations=30, values=(10.0, 20.0, 500.0, 400.0), before=(0, 1),
    after=(2, 3),
    top_share=0.2, vanished_share=0.9, direct_before=100_000.0, wanted=10_000.0,
    placebo_cells=500, reporters=(("DEU", 1.0, 51.0), ("FRA", 0.0, 50.0)),
)  # fmt: skip


def outcome(lead: Lead, word: str) -> str:
    (found,) = [check for check in checks(lead, 0.1) if word in check.question]
    return found.outcome


def test_a_good_lead_passes_what_can_be_tested() -> None:
    outcomes = [check.outcome for check in checks(GOOD, 0.1)]
    assert outcomes.count(PASSED) == 10
    assert outcomes.count(NOT_TESTABLE) == 2
    assert status(GOOD, 0.1) == "lead"


@pytest.mark.parametrize(
    ("word", "change"),
    [
        ("rarer", {"q_value": 0.11}),
        ("whole interval", {"excess_low": -1.0}),
        ("low period", {"persistence": -0.1}),
        ("one delivery", {"top_share": 0.61}),
        ("several reporters", {"reporters": (("DEU", 0.0, 81.0), ("FRA", 0.0, 19.0))}),
        ("other purchases", {"excess": -1.0}),
        ("other destinations", {"excess": -1.0}),
        ("change of codes", {"basket": replace(BASKET, left_out=("851713",))}),
        ("vanish", {"vanished_share": 0.49}),
        ("feed the rises", {"wanted": 90_001.0}),
        ("sell more", {"onward_excess": -1.0}),
        ("arrive", {"phantom_share_low": 0.1, "phantom_share_high": 0.3}),
    ],
)
def test_each_test_can_fail(word: str, change: dict[str, object]) -> None:
    assert outcome(replace(GOOD, **change), word) == FAILED


@pytest.mark.parametrize(
    ("word", "change"),
    [
        ("rarer", {"q_value": None}),
        ("whole interval", {"excess_low": None}),
        ("low period", {"persistence": None}),
        ("one delivery", {"top_share": None}),
        ("several reporters", {"reporters": ()}),
        ("other purchases", {"free_goods": 14}),
        ("other destinations", {"destinations": 19}),
        ("vanish", {"vanished_share": None}),
        ("feed the rises", {"direct_loss": None}),
    ],
)
def test_what_was_not_measured_is_not_testable(word: str, change: dict[str, object]) -> None:
    assert outcome(replace(GOOD, **change), word) == NOT_TESTABLE


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"q_value": 0.11}, "below_threshold"),
        ({"q_value": None}, "below_threshold"),
        ({"excess_low": 0.0}, "below_threshold"),
        ({"persistence": 0.0}, "below_threshold"),
        ({"direct_loss": 0.0}, "below_threshold"),
        ({"direct_loss": None}, "lead"),
        ({"top_share": 0.61}, "note"),
        ({"excess": -10.0, "excess_high": 5.0}, "no_rise"),
        ({"excess": -95.0, "actual": 5.0, "excess_high": -50.0}, "fall"),
        ({"excess": -30.0, "actual": 70.0, "excess_high": -5.0}, "no_rise"),  # usual is 67
        ({"excess": None, "expected": None}, "too_recent"),
    ],
)
def test_status(change: dict[str, object], expected: str) -> None:
    assert status(replace(GOOD, **change), 0.1) == expected


def test_new_code_needs_a_broken_basket() -> None:
    broken = replace(GOOD, excess=None, basket=replace(BASKET, is_comparable=False))
    assert status(broken, 0.1) == "new_code"


def test_score_by_hand() -> None:
    """(1 - 1/e) x 90/(90 + 10) x 0.9 x (1 - 0.5/2), gains of 50 and 50."""
    assert concentration(GOOD.reporters) == 0.5
    assert score(GOOD) == pytest.approx(0.6321206 * 0.9 * 0.9 * 0.75)
    assert score(replace(GOOD, direct_loss=None)) == pytest.approx(0.6321206 * 0.75)
    assert score(replace(GOOD, excess=0.0)) == 0.0


def test_ranking_orders_leads_first_and_hubs_share_one_loss() -> None:
    weak = replace(GOOD, lead_id="lea_2", hub="ARM", persistence=0.2)
    fallen = replace(GOOD, lead_id="lea_3", hub="BLR", excess=-95.0, actual=5.0, excess_high=-50.0)
    ranked = rank_leads([fallen, weak, GOOD], 0.1)
    assert [(lead.lead_id, lead.rank) for lead in ranked] == [
        ("lea_1", 1), ("lea_2", 2), ("lea_3", None),
    ]  # fmt: skip
    assert ranked[0].wanted == 1_800.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"q_value": 0.2}, "not safely told from ordinary change"),
        ({"excess_low": None, "excess_high": None}, "no interval could be given"),
        ({"direct_loss": 0.0}, "no direct trade with Russia was lost"),
        ({"status": "note"}, "against EUR 100 expected."),
    ],
)
def test_why_a_rise_is_no_lead(change: dict[str, object], words: str) -> None:
    rise = replace(GOOD, **{"status": "below_threshold", **change})
    assert words in explain(rise)[0]


def test_growth_that_was_clipped_is_no_measurement() -> None:
    details = [check.detail for check in checks(replace(GOOD, growth=1.0, goods_growth=1.0), 0.1)]
    assert "25 unrestricted goods did not grow" in details
    assert "the median of 30 destinations did not grow" in details
    assert "EUR 400 against EUR 30, growth allowed for" in [c.detail for c in checks(GOOD, 0.1)]


def test_sentences_of_a_lead_and_of_a_fall() -> None:
    said = explain(replace(GOOD, values=(10.0, 20.0, 500.0, 500.0), before=(0, 1), after=(2, 3)))
    assert said[0] == (
        "Consistent with rerouting: EUR 900 above expectation (EUR 800 to EUR 950) in 2022-03 to "
        "2022-11, while direct exports to Russia fell by EUR 90.0 k (90 %)."
    )
    assert "2 of 2 periods after the ban it stood above EUR 30: the level" in said[1]
    fall = replace(GOOD, status="fall", excess=-95.0, actual=5.0)
    assert "fell: EUR 5 in 2022-03 to 2022-11 against EUR 67" in explain(fall)[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "EUR 0"),
        (999.4, "EUR 999"),
        (999.6, "EUR 1.00 k"),
        (1_545_635.87, "EUR 1.55 m"),
        (999_600, "EUR 1.00 m"),
        (-430e6, "-EUR 430 m"),
        (1.8145e9, "EUR 1.81 bn"),
    ],
)
def test_money(value: float, text: str) -> None:
    assert money(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.996, "99.6 %"), (0.9756, "98 %"), (1.0, "100 %"), (0.004, "0.4 %")]
)
def test_percent(share: float, text: str) -> None:
    assert percent(share) == text
