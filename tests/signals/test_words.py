"""Sentences of a lead: exact, from its numbers, and without a verdict."""

from dataclasses import replace

import pytest
from tests.signals.goodlead import BARE, GOOD, OPENED

from entrepot.signals.amounts import money, percent
from entrepot.signals.checks import checks
from entrepot.signals.lead import Lead
from entrepot.signals.words import explain


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
    named = [text for one in checks(lead, 0.1, OPENED) for text in (one.question, one.detail)]
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
