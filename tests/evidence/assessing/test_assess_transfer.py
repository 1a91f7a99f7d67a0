"""Claims that goods were passed on: leads are consistent with it and never more.

The leads are made by hand, with the fields that are asked.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.evidence.assessing.world import claim, judged, rows, sentences
from tests.signals.goodlead import panel

from entrepot.errors import RequestError
from entrepot.evidence.claim import Claim
from entrepot.signals.baskets import Basket
from entrepot.signals.detect import Findings
from entrepot.signals.lead import Lead
from entrepot.signals.question import Question

CHIPS = Basket("8542:restricted", "8542", True, codes=("8542",), lines=("8542", "854231"))
Leads = Callable[[str], Findings]


def lead(status: str = "lead", **fields: Any) -> Lead:
    """EU chips to Kyrgyzstan, March to November 2022: 65 expected, 1,670 sold."""
    given = {
        "lead_id": "lea_2ac964c04bbc", "rank": 1, "hub": "KGZ", "target": "RUS",
        "commodity_code": "8542", "commodity": "integrated circuits", "valid_measures": (),
        "period_from": "2022-03", "period_to": "2022-11", "currency": "EUR", "expected": 65.0,
        "actual": 1670.0, "excess": 1605.0, "excess_low": 1250.0, "excess_high": 1660.0,
        "q_value": 0.01, "direct_loss": None, "onward_excess": None, "rerouted_low": None,
        "rerouted_high": None, "phantom_share_low": None, "phantom_share_high": None,
        "status": status, "basket": CHIPS, "score": 1.0, **fields,
    }  # fmt: skip
    return Lead(**given)


def leads(*found: Lead) -> Leads:
    made = Findings(Question.ask(), found, panel(), None, ("DEU",))  # type: ignore[arg-type]
    return lambda target: made


def passed(hub: str = "KGZ", predicate: str = "passes_on", **parts: Any) -> Claim:
    given = {"actors": (hub,), "origin": "EU", "destination": "RUS", "goods": ("chips",),
             "goods_codes": ("8542",), **parts}  # fmt: skip
    kind = given.pop("kind", "fact")
    return claim("chips were passed on to Russia", "transfer", predicate, kind, **given)


def test_a_listed_lead_is_consistent_with_it_and_no_more() -> None:
    made = judged(passed(), leads=leads(lead()))
    assert made.verdict == "partly"
    assert "consistent with the claim; that the goods went on is not shown" in made.part
    (row,) = rows(made, "lead")
    assert (row["lead_id"], row["excess_low"]) == ("lea_2ac964c04bbc", 1250.0)
    assert "lea_2ac964c04bbc" in sentences(made)


def test_a_rise_onward_is_said_and_still_shows_no_consignment() -> None:
    made = judged(passed(), leads=leads(lead(onward_low=10.0)))
    assert made.verdict == "partly"
    assert "sold on to Russia rose as well" in made.part
    assert "is not shown by sums" in made.part


@pytest.mark.parametrize("status", ["fall", "no_rise", "note", "below_threshold"])
def test_no_lead_does_not_refute_single_consignments(status: str) -> None:
    made = judged(passed(), leads=leads(lead(status)))
    assert made.verdict == "not_testable"
    assert "65 expected" in sentences(made)
    assert "Records of shipments" in made.needed[0]


def test_what_was_not_measured_is_not_zero() -> None:
    made = judged(passed(), leads=leads(lead("new_code", actual=None, expected=None)))
    assert made.verdict == "not_testable"
    assert "a new code without a past" in sentences(made)


@pytest.mark.parametrize(
    "other",
    [
        {"hub": "KAZ"},
        {"goods_codes": ("8807",)},
        {"date_from": date(2020, 1, 1), "date_to": date(2021, 1, 1)},
        {"is_negated": True},
    ],
)
def test_other_hubs_goods_and_times_and_denials(other: dict[str, Any]) -> None:
    assert judged(passed(**other), leads=leads(lead())).verdict == "not_testable"


def test_wider_and_narrower_codes_are_of_the_same_goods() -> None:
    for code in ("85", "854231"):
        assert judged(passed(goods_codes=(code,)), leads=leads(lead())).verdict == "partly"


@pytest.mark.parametrize(
    "parts", [{"predicate": "intends"}, {"kind": "forecast"}, {"kind": "threat"}]
)
def test_what_is_to_come_needs_no_leads(parts: dict[str, str]) -> None:
    def never(target: str) -> Findings:
        raise AssertionError("leads are costly and were asked for without need")

    assert judged(passed(**parts), leads=never).verdict == "not_testable"


def test_nothing_sold_to_the_hub_at_all() -> None:
    none = leads(lead("no_rise", actual=0.0))
    made = judged(passed(), leads=none)
    assert made.verdict == "contradicted"
    assert any("stock" in one for one in made.cautions)
    # where the claim names no seller, or one outside the figures, others may have sold it
    assert judged(passed(origin=None), leads=none).verdict == "not_testable"
    assert judged(passed(origin="USA"), leads=none).verdict == "not_testable"
    assert judged(passed(is_negated=True), leads=none).verdict == "not_testable"


def test_a_refusal_of_the_figures_is_said() -> None:
    def refused(target: str) -> Findings:
        raise RequestError(f"the figures hold nothing restricted to {target}")

    made = judged(passed(destination="BLR"), leads=refused)
    assert made.verdict == "not_testable"
    assert "nothing restricted to BLR" in sentences(made)
