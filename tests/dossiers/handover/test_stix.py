"""The bundle, read back by the library: https://docs.oasis-open.org/cti/stix/v2.1/."""

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
import stix2
from hypothesis import given, settings
from hypothesis import strategies as st
from stix2.confidence.scales import value_to_dni
from tests.dossiers.dossier_world import FILES, FINDINGS, PARTY, small
from tests.dossiers.handover.handover_world import hostile, published

from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.handover.stix import confidence, stix
from entrepot.evidence.wording import band

ALLOWED = {"bundle", "marking-definition", "identity", "location", "file", "observed-data", "note",
           "opinion", "report", "grouping"}  # fmt: skip


def objects(dossier: Dossier, kind: str = "") -> list[dict[str, Any]]:
    made = json.loads(stix(dossier).content)["objects"]
    return [one for one in made if not kind or one["type"] == kind]


@pytest.mark.parametrize("dossier", [small(), published(), hostile()])
def test_the_library_reads_it_back_and_every_reference_is_in_it(dossier: Dossier) -> None:
    bundle = stix2.parse(stix(dossier).content.decode(), allow_custom=False)
    known = {one.id for one in bundle.objects}
    assert len(known) == len(bundle.objects)
    text = json.loads(stix(dossier).content)
    for one in text["objects"]:
        refs = [*one.get("object_refs", ()), *one.get("object_marking_refs", ())]
        refs += [one["created_by_ref"]] if "created_by_ref" in one else []
        assert set(refs) <= known


def test_nothing_is_called_an_actor() -> None:
    assert {one["type"] for one in objects(published())} <= ALLOWED


def test_ids_and_instants_follow_from_the_dossier() -> None:
    assert stix(published()).content == stix(published()).content
    assert stix(published()).content != stix(published(title="other")).content
    for one in objects(published()):
        # section 2.9: an id of UUIDv5; the predefined markings are of version 4
        if one["type"] != "marking-definition":
            assert uuid.UUID(one["id"].split("--")[1]).version == 5
        assert one.get("created", "2022-10-01T00:00:00.000Z") in (
            "2022-10-01T00:00:00.000Z", "2017-01-20T00:00:00.000Z"
        )  # fmt: skip


def test_a_later_version_keeps_ids_and_the_first_day() -> None:
    later = published()
    later = replace(
        later, state="corrected", published_on="2022-11-05",
        versions=(*later.versions, Version(2, "", "2022-11-05", ("One number.",))),
    )  # fmt: skip
    (old,), (new,) = objects(published(), "report"), objects(later, "report")
    assert old["id"] == new["id"]
    assert new["created"] == old["created"] < new["modified"]


def test_a_draft_is_a_grouping_that_is_not_to_be_passed_on_freely() -> None:
    assert objects(small(), "grouping")
    assert not objects(small(), "report")
    assert objects(small(), "marking-definition")[0]["definition"]["tlp"] == "amber"
    assert objects(published(), "marking-definition")[0]["definition"]["tlp"] == "white"


@given(st.floats(0, 1))
@settings(max_examples=60)
def test_a_reader_gets_the_term_that_is_printed(probability: float) -> None:
    """Appendix A of STIX 2.1, DNI scale, as the library has it."""
    term = value_to_dni(confidence(probability)).split(" / ")[0]
    assert term.lower() == band(probability)


def test_a_claim_is_a_note_and_how_it_stands_an_opinion_on_it() -> None:
    notes, opinions = objects(published(), "note"), objects(published(), "opinion")
    assert [one["content"] for one in notes] == [one.text for one in FINDINGS]
    assert [one["confidence"] for one in notes] == [30, 85]
    assert [one["opinion"] for one in opinions] == ["neutral", "strongly-agree"]
    assert [one["object_refs"] for one in opinions] == [[one["id"]] for one in notes]


def test_untested_has_no_opinion_and_untold_no_confidence() -> None:
    untested = replace(FINDINGS[0], verdict="not_testable", probability=None, band="")
    made = published(findings=(untested,))
    assert not objects(made, "opinion")
    assert "confidence" not in objects(made, "note")[0]


def test_files_are_observed_on_their_day_with_their_hash() -> None:
    seen, files = objects(published(), "observed-data"), objects(published(), "file")
    assert [one["hashes"]["SHA-256"] for one in files] == [one.file_id for one in FILES]
    assert seen[1]["first_observed"] == "2022-08-27T08:00:00Z"
    for unknown in ("", "last summer"):
        blank = tuple(replace(one, retrieved_at=unknown) for one in FILES)
        assert not objects(published(files=blank), "observed-data")
    east = tuple(replace(one, retrieved_at="2022-08-27T03:00:00+05:00") for one in FILES)
    assert objects(published(files=east), "observed-data")[0]["first_observed"] == (
        "2022-08-26T22:00:00Z"
    )


def test_a_party_brings_its_reply_and_no_charge() -> None:
    (party,) = [one for one in objects(published(), "identity") if one["name"] == PARTY.name]
    assert "no finding against it" in party["description"]
    assert PARTY.reply in party["description"]


def test_countries_have_two_letters() -> None:
    assert [one["country"] for one in objects(published(), "location")] == ["BY", "RU"]
    assert not objects(published(hubs=("XXX",), targets=()), "location")
