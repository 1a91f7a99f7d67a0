"""A standing of claims with their test: a denial is turned once, and never twice."""

from datetime import date
from typing import Any

import pytest

from entrepot.evidence.assessing.assessment import Assessment
from entrepot.evidence.claim import Claim
from entrepot.evidence.independence.derive import derive
from entrepot.evidence.independence.item import Item
from entrepot.evidence.standing.evidence import Evidence
from entrepot.evidence.standing.likelihood import posterior
from entrepot.evidence.standing.stand import Standing, roots_of, stand


def claim(report: str = "rep_1", **fields: Any) -> Claim:
    base: dict[str, Any] = {
        "text": "x", "span": (0, 1), "type": "trade", "kind": "fact", "predicate": "falls",
        "report_id": report, "actors": ("EU",), "destination": "RUS",
        "goods_codes": ("8807",), "reported_on": date(2022, 8, 26),
    }  # fmt: skip
    return Claim(**(base | fields))


def made_of(verdict: str) -> Assessment:
    needed = ("figures",) if verdict == "not_testable" else ()
    return Assessment("clm_1", verdict, (), "", "a part" * (verdict == "partly"), needed)


def made(head: Claim, verdict: str, more: tuple[Evidence, ...] = ()) -> Standing:
    return stand([head], {}, made_of(verdict), more=more)


# One unknown outlet says it (1.2), or the party named denies it (1/1.2); records: 10 or 1/10.
# `assess` tests a denial as what it says: "contradicted" means that what it denies is so.
@pytest.mark.parametrize(
    ("kind", "negated", "verdict", "ratio", "record"),
    [
        ("fact", False, "supported", 1.2 * 10, "supported"),
        ("fact", False, "contradicted", 1.2 / 10, "contradicted"),
        ("fact", True, "supported", 1.2 * 10, "supported"),
        ("denial", False, "contradicted", 10 / 1.2, "supported"),
        ("denial", False, "supported", 1 / 12, "contradicted"),
        ("denial", True, "supported", 1 / 12, "contradicted"),
        ("denial", False, "partly", 1 / 1.2, "partly"),
        ("denial", False, "not_testable", 1 / 1.2, "not_testable"),
    ],
)
def test_records_speak_to_the_same_sentence_as_the_words(
    kind: str, negated: bool, verdict: str, ratio: float, record: str
) -> None:
    found = made(claim(kind=kind, is_negated=negated), verdict)
    assert found.weighed.probability == pytest.approx(posterior(0.5, ratio))
    assert found.weighed.record == record


def test_a_denial_and_what_it_denies_stand_alike_whichever_is_first() -> None:
    said, denied = claim(), claim("rep_2", kind="denial", attributed_to="the EU")
    one = stand([said, denied], {}, made_of("supported")).weighed
    other = stand([denied, said], {}, made_of("contradicted")).weighed
    assert (one.word, one.probability) == (other.word, other.probability)
    assert one.probability == pytest.approx(posterior(0.5, 10))


def test_a_standing_of_a_denial_says_what_it_is_of() -> None:
    found = made(claim(kind="denial"), "contradicted")
    assert found.short.startswith("of what is denied: ")
    assert found.sentences[0] == "The claim is a denial; what follows is about what it denies."
    assert found.row()["is_of_denied"]
    plain = made(claim(), "supported")
    assert not plain.short.startswith("of what")
    assert plain.sentences[0].startswith("Standing: ")


def test_what_people_add_for_a_denial_is_against_what_it_denies() -> None:
    more = (Evidence("evi_1", "for", "customs", "customs service", "C"),)
    assert made(claim(kind="denial"), "partly", more).weighed.roots_against == (
        "customs service", "whoever denies it, in a report",
    )  # fmt: skip
    assert made(claim(), "partly", more).weighed.roots_for[0] == "customs service"


def test_of_what_is_to_come_nothing_is_said_in_numbers() -> None:
    row = made(claim(kind="threat"), "not_testable").row()
    assert row["probability"] is row["band"] is None
    assert row["would_change"] == []


def test_a_report_and_another_that_goes_by_it_are_one_root() -> None:
    items = [
        Item("a", "Parts came to Minsk on three lorries.", "Reuters", date(2022, 8, 20)),
        Item("b", "A view of the week in trade and law, with nothing new.", "", date(2022, 8, 22)),
    ]
    roots = roots_of(derive(items), lambda item_id: f"rep_{item_id}")
    group = [claim("rep_a"), claim("rep_b", attributed_to="Reuters")]
    found = stand(group, roots).weighed
    assert (found.items, len(found.roots_for), found.word) == (2, 1, "uncorroborated")


def test_two_reports_of_one_publisher_are_one_root() -> None:
    items = [
        Item("a", "Parts came to Minsk on three lorries.", "A paper", date(2022, 8, 20)),
        Item("b", "Engines were seen at a plant far in the east.", "A paper", date(2022, 9, 9)),
        Item("c", "Farmers sold wheat at the border for cash.", "Another", date(2022, 9, 9)),
    ]
    roots = roots_of(derive(items), lambda item_id: f"rep_{item_id}")
    assert len({one.key for found in roots.values() for one in found}) == 2
