"""Status, score and rank of a lead, and what was expected of it in each period."""

from dataclasses import replace

import pytest
from tests.signals.goodlead import BASKET, GOOD

from entrepot.signals import leads
from entrepot.signals.leads import concentration, rank_leads, score, status


@pytest.fixture(autouse=True)
def _single_euros(monkeypatch: pytest.MonkeyPatch) -> None:
    """These worlds count in single euros, so nothing is too little to be told."""
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 0.0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"q_value": 0.10}, "lead"),
        ({"q_value": 0.11}, "below_threshold"),
        ({"q_value": None}, "below_threshold"),
        ({"excess_low": -1.0}, "lead"),  # the interval is a named test, not a threshold
        ({"direct_loss": 0.0}, "below_threshold"),
        ({"direct_loss": None}, "lead"),
        ({"top_share": 0.60}, "lead"),
        ({"top_share": 0.61}, "note"),
        ({"top_share": None}, "lead"),
        ({"excess": 0.0}, "no_rise"),
        ({"excess": -10.0, "excess_high": 5.0}, "no_rise"),
        ({"excess": -95.0, "actual": 5.0, "excess_high": -50.0}, "fall"),
        ({"excess": -70.0, "actual": 31.0, "excess_high": -5.0}, "no_rise"),  # usual is 2 x 15
        ({"excess": None, "expected": None}, "too_recent"),
    ],
)
def test_status(change: dict[str, object], expected: str) -> None:
    changed = replace(GOOD, **change)  # type: ignore[arg-type]
    assert status(changed, changed.q_value, 0.1) == expected


def test_less_than_a_thousand_a_month_is_told_from_nothing_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 450.0)  # two months: 900
    assert status(GOOD, GOOD.q_value, 0.1) == "lead"
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 451.0)
    assert status(GOOD, GOOD.q_value, 0.1) == "below_threshold"


def test_new_code_needs_a_broken_basket() -> None:
    broken = replace(GOOD, excess=None, basket=replace(BASKET, is_comparable=False))
    assert status(broken, broken.q_value, 0.1) == "new_code"


def test_score_by_hand() -> None:
    """Steadiness 0.8 x (0.9 + 0.1 x supply 90/(90 + 10) x vanished 0.9 x breadth (1 - 0.5/2))."""
    assert concentration(GOOD.reporters) == 0.5
    assert score(GOOD, GOOD.wanted) == pytest.approx(0.8 * (0.9 + 0.1 * 0.9 * 0.9 * 0.75))
    assert score(replace(GOOD, direct_loss=None), GOOD.wanted) == pytest.approx(
        0.8 * (0.9 + 0.1 * 0.75)
    )
    assert score(replace(GOOD, vanished_share=None), GOOD.wanted) == pytest.approx(0.8 * 0.9)
    assert score(replace(GOOD, reporters=()), GOOD.wanted) == pytest.approx(
        0.8 * (0.9 + 0.1 * 0.81 * 0.5)
    )
    assert score(replace(GOOD, steadiness=-0.5), GOOD.wanted) == 0.0
    assert score(replace(GOOD, excess=0.0), GOOD.wanted) == 0.0
    assert score(replace(GOOD, steadiness=None), GOOD.wanted) == 0.0


def test_ranking_orders_leads_first_and_hubs_share_one_loss() -> None:
    weak = replace(GOOD, lead_id="lea_2", hub="ARM", steadiness=0.2)
    fallen = replace(GOOD, lead_id="lea_3", hub="BLR", excess=-95.0, actual=5.0, excess_high=-50.0)
    ranked = rank_leads([fallen, weak, GOOD], 0.1)
    assert [(lead.lead_id, lead.rank) for lead in ranked] == [
        ("lea_1", 1), ("lea_2", 2), ("lea_3", None),
    ]  # fmt: skip
    assert ranked[0].wanted == 1_800.0


def test_a_larger_rise_is_not_ranked_before_a_steadier_one() -> None:
    large = replace(GOOD, lead_id="lea_2", hub="ARM", steadiness=0.7, excess=1e9, actual=1e9)
    small = replace(GOOD, direct_loss=None)
    assert [lead.lead_id for lead in rank_leads([large, small], 0.1)] == ["lea_1", "lea_2"]


def test_the_expectation_of_each_period_by_hand() -> None:
    """Of 100: by the same months before (10 and 30: a quarter and three), or as demand says."""
    dated = replace(
        GOOD,
        periods=("2021-03", "2021-04", "2022-03", "2022-04"),
        values=(10.0, 30.0, 500.0, 400.0),
    )
    assert dated.expected_by_period == (25.0, 75.0)
    by_model = replace(dated, is_panel=True, demand=(4.0, 1.0))
    assert by_model.expected_by_period == (80.0, 20.0)
    nothing = replace(dated, values=(0.0, 0.0, 500.0, 400.0))
    assert nothing.expected_by_period == (50.0, 50.0)
    assert replace(dated, expected=None).expected_by_period == ()
