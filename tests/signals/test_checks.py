"""Named tests of a lead: each outcome from a lead made for it; status, score, rank and words."""

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from entrepot.signals import leads
from entrepot.signals.amounts import money, percent
from entrepot.signals.baskets import Basket
from entrepot.signals.check import FAILED, NOT_TESTABLE, PASSED
from entrepot.signals.checks import checks
from entrepot.signals.firsts import NewSellers
from entrepot.signals.innocent import QUESTIONS, Facts
from entrepot.signals.innocent.currency import Drift
from entrepot.signals.lead import Lead
from entrepot.signals.leads import concentration, rank_leads, score, status
from entrepot.signals.neighbours import Nearby, Neighbours
from entrepot.signals.words import explain, pairs_above

Place = tuple[int, int]
ONE = np.ones(1)


def near(hub: float = -0.1, target: float = -0.1) -> Neighbours:
    """One hub and basket with two free neighbours: by how much (log) they rose and held."""
    nearby = (Nearby((1, 2), "heading"),)
    return Neighbours(
        nearby, ONE[None] * hub, ONE[None] * hub, ONE * target, ONE * target, -ONE, ONE
    )


FACTS = Facts(
    before=50.0, drift=Drift(1.0, 1.1), kg_before=10.0, kg_after=100.0, unhidden=0.0, late=(),
    kept_before=None, kept_after=None, owed=0.0, section="XVI", section_growth=1.2,
    section_goods=6, lost_elsewhere=0.0, others=30, bought=50.0, sold=0.0, sold_here=None,
    shared_since=None,
)  # fmt: skip


@dataclass(frozen=True)
class Around:
    """What a lead asks of the numbers beside it."""

    neighbours: Neighbours
    found: Facts = FACTS
    logs: tuple[float | None, float | None] = (0.1, 0.3)
    first: NDArray[np.float64] = field(default_factory=lambda: np.zeros((1, 1)))

    def facts(self, _: Place) -> Facts:
        return self.found

    def gap_logs(self, _: Place) -> tuple[float | None, float | None]:
        return self.logs

    def new_sellers(self, _: Place) -> NewSellers:
        return NewSellers(("FRA",), ("DEU", "FRA"), 0.25)


AROUND = Around(near())
BASKET = Basket("8542:restricted", "8542", True, banned_from=date(2022, 2, 26), codes=("8542",))
GOOD = Lead(
    lead_id="lea_1", rank=1, hub="KGZ", target="RUS", commodity_code="8542", commodity="circuits",
    valid_measures=("msr_1",), period_from="2022-03", period_to="2022-11", currency="EUR",
    expected=100.0, actual=1_000.0, excess=900.0, excess_low=800.0, excess_high=950.0,
    q_value=0.04, direct_loss=90_000.0, onward_excess=500.0, rerouted_low=400.0,
    rerouted_high=600.0, phantom_share_low=0.1, phantom_share_high=0.25, status="lead",
    explanations=(), basket=BASKET, score=0.5, steadiness=0.8, expected_past=100.0,
    expected_panel=120.0, past_miss=0.2, panel_miss=0.3, p_value=0.001, growth=1.5, free_goods=25,
    goods_growth=1.2, destinations=30, values=(10.0, 20.0, 500.0, 400.0), before=(0, 1),
    after=(2, 3), season=((0, 0.5), (1, 0.5)), top_share=0.2, vanished_share=0.9,
    direct_before=100_000.0, wanted=10_000.0, placebo_cells=500,
    reporters=(("DEU", 1.0, 51.0), ("FRA", 0.0, 50.0)),
    onward_low=400.0, onward_high=600.0, onward_source="exports as reported by Kyrgyzstan",
    substitution_low=400 / 90_000, substitution_high=600 / 90_000, arrived=675.0, undecidable=135.0,
    missing=90.0, new_line_share=0.5, beside=AROUND,  # type: ignore[arg-type]
)  # fmt: skip
BARE = replace(
    GOOD, beside=None, onward_excess=None, onward_low=None, onward_high=None, onward_source=None,
    phantom_share_low=None, phantom_share_high=None, rerouted_low=None, rerouted_high=None,
)  # fmt: skip
"""The same from the coalition's exports alone."""


def around(**change: object) -> dict[str, object]:
    return {"beside": replace(AROUND, **change)}  # type: ignore[arg-type]


def facts(**change: object) -> dict[str, object]:
    return around(found=replace(FACTS, **change))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _single_euros(monkeypatch: pytest.MonkeyPatch) -> None:
    """These worlds count in single euros, so nothing is too little to be told."""
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 0.0)


WORDS = (
    "rarer", "whole interval", "both expectations", "rise hold", "one delivery",
    "several reporters",
    "other purchases", "at other destinations?", "change of codes", "vanish", "feed the rises",
    "sell more", "arrive", "keep its sign", "same heading", "neighbour codes", "exchange rate",
    "quantity", "secret", "late", "same section", "destinations lost", "make and sell", "customs",
)  # fmt: skip
"""A word of each question, in the order in which they are asked."""


def outcome(lead: Lead, word: str) -> str:
    (found,) = [check for check in checks(lead, 0.1) if word in check.question]
    return found.outcome


def test_a_good_lead_passes_all_tests_in_their_order() -> None:
    made = checks(GOOD, 0.1)
    assert len(made) == len(WORDS)
    assert all(word in check.question for word, check in zip(WORDS, made, strict=True))
    assert {check.outcome for check in made} == {PASSED}
    assert status(GOOD, 0.1) == "lead"


def test_the_innocent_explanations_come_last_in_their_own_order() -> None:
    assert tuple(check.question for check in checks(GOOD, 0.1))[-len(QUESTIONS) :] == QUESTIONS


def test_the_exports_of_the_coalition_alone_leave_thirteen_untested() -> None:
    outcomes = [check.outcome for check in checks(BARE, 0.1)]
    assert outcomes[:11] == [PASSED] * 11
    assert outcomes[11:] == [NOT_TESTABLE] * 13
    assert status(BARE, 0.1) == "lead"


FAILS: dict[str, dict[str, object]] = {
    "rarer": {"q_value": 0.11},
    "whole interval": {"excess_low": -1.0},
    "rise hold": {"values": (10.0, 20.0, 500.0, 5.0)},  # 500 above 15 and 30, 5 above neither
    "one delivery": {"top_share": 0.61},
    "several reporters": {"reporters": (("DEU", 0.0, 81.0), ("FRA", 0.0, 19.0))},
    "both expectations": {"expected_panel": 1_000.0},
    "other purchases": {"growth": 34.0},  # 34 x 2 x 15 is more than 1,000
    "at other destinations?": {"goods_growth": 34.0},
    "change of codes": {"basket": replace(BASKET, left_out=("851713",))},
    "vanish": {"vanished_share": 0.49},
    "feed the rises": {"wanted": 90_001.0},
    "sell more": {"onward_low": -1.0},
    "arrive": {"phantom_share_low": 0.51, "phantom_share_high": 0.7},
    "keep its sign": around(logs=(-0.1, 0.08)),
    "same heading": around(neighbours=near(hub=0.1)),
    "neighbour codes": around(neighbours=near(target=0.1)),
    "exchange rate": facts(drift=Drift(9.0, 10.0)),  # 1,000 is not more than 100 x 10
    "quantity": facts(kg_after=20.0),  # growth of 100 / 50 = 2 times is allowed for
    "secret": facts(unhidden=900.0),
    "late": facts(late=("NLD 2022-11",), kept_before=50.0, kept_after=100.0),
    "same section": facts(section_growth=20.0),  # 50 x 20
    "destinations lost": facts(lost_elsewhere=900.0),
    "make and sell": facts(sold=50.0),
    "customs": facts(shared_since=date(2015, 8, 12)),
}


@pytest.mark.parametrize("word", WORDS)
def test_each_test_can_fail_and_alone(word: str) -> None:
    changed = replace(GOOD, **FAILS[word])  # type: ignore[arg-type]
    assert outcome(changed, word) == FAILED
    if not {"growth", "goods_growth"} & set(FAILS[word]):  # they move the pairs too
        assert [check.outcome for check in checks(changed, 0.1)].count(FAILED) == 1


UNMEASURED: dict[str, dict[str, object]] = {
    "rarer": {"q_value": None},
    "whole interval": {"excess_low": None},
    "both expectations": {"expected_panel": None},
    "rise hold": {"steadiness": None},
    "one delivery": {"top_share": None},
    "several reporters": {"reporters": ()},
    "other purchases": {"free_goods": 14},
    "at other destinations?": {"destinations": 19},
    "vanish": {"vanished_share": None},
    "feed the rises": {"direct_loss": None},
    "sell more": {"onward_excess": None},
    "arrive": {"phantom_share_low": 0.4, "phantom_share_high": 0.6},  # the freight decides
    "keep its sign": around(logs=(None, None)),
    "same heading": around(neighbours=near(hub=np.nan)),
    "neighbour codes": around(neighbours=near(target=np.nan)),
    "exchange rate": facts(drift=None),
    "quantity": facts(kg_before=None),
    "secret": facts(unhidden=None),
    "late": facts(late=("NLD 2022-11",)),
    "same section": facts(section_growth=None),
    "destinations lost": facts(lost_elsewhere=None),
    "make and sell": facts(sold=None),
    "customs": {"onward_excess": None},
}


@pytest.mark.parametrize("word", [word for word in WORDS if word != "change of codes"])
def test_what_was_not_measured_is_not_testable(word: str) -> None:
    assert outcome(replace(GOOD, **UNMEASURED[word]), word) == NOT_TESTABLE  # type: ignore[arg-type]


def test_the_codes_can_always_be_tested() -> None:
    """Whether codes changed follows from the codes alone."""
    broken = replace(BASKET, is_comparable=False)
    unjudged = replace(BARE, actual=None, expected=None, excess=None, q_value=None, basket=broken)
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
def test_why_a_test_could_not_be_made(change: dict[str, object], words: str) -> None:
    made = checks(replace(GOOD, **change), 0.1)  # type: ignore[arg-type]
    assert any(words in one.detail for one in made if one.outcome == NOT_TESTABLE)


def test_pairs_by_hand() -> None:
    """Before 10 and 20, times 1.5: 15 and 30. After 20 and 30: of four pairs two are higher."""
    changed = replace(GOOD, values=(10.0, 20.0, 20.0, 30.0))
    assert pairs_above(changed) == (2, 4)
    assert outcome(changed, "rise hold") == FAILED
    assert "in 2 of 4 pairs of periods, growth allowed for" in [
        check.detail for check in checks(changed, 0.1)
    ]


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
    assert status(replace(GOOD, **change), 0.1) == expected  # type: ignore[arg-type]


def test_less_than_a_thousand_a_month_is_told_from_nothing_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 450.0)  # two months: 900
    assert status(GOOD, 0.1) == "lead"
    monkeypatch.setattr(leads, "NOTHING_PER_MONTH", 451.0)
    assert status(GOOD, 0.1) == "below_threshold"


def test_new_code_needs_a_broken_basket() -> None:
    broken = replace(GOOD, excess=None, basket=replace(BASKET, is_comparable=False))
    assert status(broken, 0.1) == "new_code"


def test_score_by_hand() -> None:
    """Steadiness 0.8 x (0.9 + 0.1 x supply 90/(90 + 10) x vanished 0.9 x breadth (1 - 0.5/2))."""
    assert concentration(GOOD.reporters) == 0.5
    assert score(GOOD) == pytest.approx(0.8 * (0.9 + 0.1 * 0.9 * 0.9 * 0.75))
    assert score(replace(GOOD, direct_loss=None)) == pytest.approx(0.8 * (0.9 + 0.1 * 0.75))
    assert score(replace(GOOD, vanished_share=None)) == pytest.approx(0.8 * 0.9)
    assert score(replace(GOOD, reporters=())) == pytest.approx(0.8 * (0.9 + 0.1 * 0.81 * 0.5))
    assert score(replace(GOOD, steadiness=-0.5)) == 0.0
    assert score(replace(GOOD, excess=0.0)) == 0.0
    assert score(replace(GOOD, steadiness=None)) == 0.0


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
    rise = replace(GOOD, **{"status": "below_threshold", **change})  # type: ignore[arg-type]
    assert words in explain(rise)[0]


def test_growth_that_was_clipped_is_no_measurement() -> None:
    details = [check.detail for check in checks(replace(GOOD, growth=1.0, goods_growth=1.0), 0.1)]
    assert "25 unrestricted goods did not grow" in details
    assert "the median of 30 destinations did not grow" in details
    assert "in 4 of 4 pairs of periods, growth allowed for" in [c.detail for c in checks(GOOD, 0.1)]


def test_sentences_of_a_lead_and_of_a_fall() -> None:
    said = explain(GOOD)
    assert said[0] == (
        "Consistent with rerouting: EUR 900 above expectation (EUR 800 to EUR 950) in 2022-03 to "
        "2022-11, while direct exports to Russia fell by EUR 90.0 k (90 %)."
    )
    assert said[1] == (
        "2 periods after the ban and 2 before make 4 pairs: in 100 % of them the later one is "
        "higher, growth allowed for."
    )
    assert said[2] == (
        "Expected two ways: EUR 120 by a panel model of the trade that no ban touched, EUR 100 by "
        "its own past and growth. Used: its own past, as on placebo cells of this size it is "
        "usually off by a factor of 1.22, the other by 1.35."
    )
    fall = replace(GOOD, status="fall", excess=-95.0, actual=5.0)
    assert "fell: EUR 5 in 2022-03 to 2022-11 against EUR 30" in explain(fall)[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_panel": True, "panel_miss": 0.1}, "Used: the panel model"),
        ({"panel_miss": 0.1}, "too few for the model"),
        ({"panel_miss": None}, "too few placebo cells to try the model on"),
        ({"expected_panel": None, "panel_reason": "no hub buys"}, "says nothing: no hub buys."),
        (
            {"expected_panel": None, "values": (0.0, 0.0, 500.0, 400.0)},
            "says nothing: these goods were not sold there before.",
        ),
    ],
)
def test_why_an_expectation_was_used(change: dict[str, object], words: str) -> None:
    assert words in explain(replace(GOOD, **change))[2]  # type: ignore[arg-type]


def test_goods_that_were_sold_before_are_not_said_to_be_new() -> None:
    """The model is silent too where the hub buys too few free goods, for example."""
    said = explain(replace(GOOD, expected_panel=None))[2]
    assert "were not sold there before" not in said
    assert "The panel model says nothing: " in said


def test_a_missing_interval_is_not_said_to_be_too_narrow() -> None:
    short = replace(GOOD, is_short=True)
    assert any("too narrow" in text for text in explain(short))
    without = replace(short, excess_low=None, excess_high=None)
    assert not any("too narrow" in text for text in explain(without))


def test_a_rare_rise_without_a_direct_loss_is_not_called_ordinary() -> None:
    """It is below the threshold for one reason only, whatever its interval."""
    rise = replace(GOOD, status="below_threshold", direct_loss=0.0, excess_low=-1.0)
    assert "no direct trade with Russia was lost" in explain(rise)[0]


STATES = ("lead", "below_threshold", "note", "no_rise", "fall", "new_code", "too_recent")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("made", [GOOD, BARE], ids=["all legs", "exports alone"])
def test_no_words_accuse(state: str, made: Lead) -> None:
    unjudged = {"expected": None, "excess": None} if state in STATES[-2:] else {}
    fell = {"excess": -95.0, "actual": 5.0} if state in STATES[3:5] else {}
    lead = replace(made, status=state, **unjudged, **fell)  # type: ignore[arg-type]
    named = [text for one in checks(lead, 0.1) for text in (one.question, one.detail)]
    said = " ".join([*explain(lead), *named]).lower()
    assert len(explain(lead)) >= 1
    for word in ("divert", "evad", "evas", "smuggl", "guilt", "circumvent", "illegal", "illicit"):
        assert word not in said


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
