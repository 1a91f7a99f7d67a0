"""Fact checks: https://schema.org/ClaimReview, and what Google asked of them until June 2025."""

import json
from dataclasses import replace
from importlib import resources
from itertools import product
from typing import Any

import jsonschema
import pytest
from tests.dossiers.dossier_world import FILES, FINDINGS, FIRM, PARTY, small
from tests.dossiers.handover.handover_world import ADDRESS, hostile, published

from entrepot.dossiers.dossier.dossier import Dossier, Finding
from entrepot.dossiers.handover.claimreview import claim_reviews, claimreview
from entrepot.dossiers.handover.facts import facts
from entrepot.dossiers.handover.handed import Given
from entrepot.dossiers.handover.rating import rating
from entrepot.records.evidence import STANDINGS, VERDICTS

SCHEMA = json.loads(
    resources.files("entrepot.dossiers.handover")
    .joinpath("data/claimreview.schema.json")
    .read_text("utf-8")
)


def first(dossier: Dossier, given: Given | None = None) -> dict[str, Any]:
    return claim_reviews(dossier, given or Given())[0]


def finding(**changes: Any) -> Finding:
    return replace(FINDINGS[0], **changes)


@pytest.mark.parametrize("dossier", [small(), published(), hostile()])
def test_the_document_keeps_its_schema(dossier: Dossier) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(claimreview(dossier).content), SCHEMA)


def test_the_claim_stands_to_the_letter_with_who_when_and_where() -> None:
    made = first(published(), Given(url=ADDRESS, publisher="A desk (made up)"))
    assert made["claimReviewed"] == made["itemReviewed"]["text"] == FINDINGS[0].text
    assert made["itemReviewed"]["author"] == {"@type": "Organization", "name": "a made-up weekly"}
    assert made["itemReviewed"]["datePublished"] == "2022-08-26"
    assert made["itemReviewed"]["appearance"]["url"] == "https://example.org/report"
    assert made["url"] == ADDRESS + "#clm_000000000001"
    assert made["author"]["name"] == "A desk (made up)"
    assert made["datePublished"] == "2022-10-01"


def test_a_file_without_publisher_or_address_has_none_in_the_citation() -> None:
    files = tuple(replace(one, publisher="", origin="entrepot/measures/base") for one in FILES)
    (cited, *_) = first(published(files=files))["citation"]
    assert set(cited) == {"@type", "name", "identifier"}
    assert '"name": ""' not in claimreview(published(files=files)).content.decode()


def test_a_draft_has_no_day_and_says_that_it_is_one() -> None:
    made = first(small())
    assert "datePublished" not in made
    assert made["creativeWorkStatus"] == "draft"


def test_what_is_not_known_is_left_out() -> None:
    bare = finding(said_by="", said_on="", said_where="", citations=())
    claim = first(published(findings=(bare,)))["itemReviewed"]
    assert set(claim) == {"@type", "text"}


def test_without_a_word_on_whom_the_report_said_it() -> None:
    claim = first(published(findings=(finding(said_by=""),)))["itemReviewed"]
    assert claim["author"]["name"] == "a made-up weekly"


def test_a_speaker_of_unknown_kind_is_called_neither_person_nor_organisation() -> None:
    made = first(published(findings=(finding(said_by="an official"),)))
    assert made["itemReviewed"]["author"]["@type"] == "Thing"
    person = replace(PARTY, schema="Person")
    made = first(published(findings=(finding(said_by=FIRM),), parties=(person,)))
    assert made["itemReviewed"]["author"]["@type"] == "Person"


@pytest.mark.parametrize(("verdict", "standing"), list(product(VERDICTS, STANDINGS)))
def test_each_outcome_has_a_rating_of_its_own_row(verdict: str, standing: str) -> None:
    held = rating(finding(verdict=verdict, standing=standing))
    assert (held.value is None) == (verdict == "not_testable")
    rows = [row for row in facts("ratings") if row["verdict"] == verdict]
    assert held.name in {row["name"] for row in rows}


def test_better_evidence_never_rates_lower() -> None:
    order = {"refuted": 0, "contested": 1, "uncorroborated": 2, "corroborated": 3}
    tests = ("contradicted", "partly", "supported")
    values = {(v, s): rating(finding(verdict=v, standing=s)).value or 0
              for v, s in product(tests, order)}  # fmt: skip
    for verdict in tests:
        by_standing = [values[verdict, one] for one in order]
        assert by_standing == sorted(by_standing)
    for standing in order:
        by_test = [values[one, standing] for one in tests]
        assert by_test == sorted(by_test)
    assert set(values.values()) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("verdict", ["not_testable", ""])
def test_not_tested_has_words_and_no_number(verdict: str) -> None:
    made = first(published(findings=(finding(verdict=verdict),)))["reviewRating"]
    assert not {"ratingValue", "bestRating", "worstRating"} & set(made)
    assert made["alternateName"].startswith("Not test")
    assert "no number" in made["ratingExplanation"]


def test_a_claim_cannot_end_the_script_that_holds_it() -> None:
    content = claimreview(hostile()).content
    assert b"<" not in content
    assert json.loads(content)["@graph"][0]["claimReviewed"] == hostile().findings[0].text
