"""Entities, checked against the model itself: https://followthemoney.tech/explorer/."""

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from tests.dossiers.dossier_world import FILES, FINDINGS, FIRM, PARTY, small
from tests.dossiers.handover.handover_world import hostile, published

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.ftm import NO_TIE, ftm

LISTED = replace(PARTY, listed="EU list of 1 September 2022 (made up), entry 7")
OTHER = "a second firm (made up)"


def entities(dossier: Dossier, schema: str = "") -> list[dict[str, Any]]:
    lines = ftm(dossier).content.decode().splitlines()
    return [one for one in map(json.loads, lines) if not schema or one["schema"] == schema]


def together(**changes: Any) -> Dossier:
    claim = replace(FINDINGS[0], names=(FIRM, OTHER), **changes)
    return published(findings=(claim,), parties=(LISTED, replace(PARTY, name=OTHER)))


@pytest.mark.parametrize("dossier", [small(), published(), hostile(), together()])
def test_the_model_keeps_every_value(dossier: Dossier) -> None:
    model = pytest.importorskip("followthemoney").model
    held = entities(dossier)
    ids = {one["id"] for one in held}
    assert len(ids) == len(held)
    for one in held:
        proxy = model.get_proxy({**one, "properties": {}})
        for name, values in one["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, (one["schema"], name)
            proxy.add(name, values)
            assert len(proxy.get(name)) == len(set(values)), (name, values)
            if prop.type.name == "entity":
                assert set(values) <= ids
        for name in proxy.schema.required:
            assert proxy.get(name), (one["schema"], name)


def test_it_is_written_without_the_libraries_of_parties() -> None:
    asked = (
        "import sys; import entrepot.dossiers.handover.ftm; "
        "print([one for one in ('followthemoney', 'rigour') if one in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_source_has_its_hash_and_a_report_is_an_article() -> None:
    hashes = [one["properties"]["contentHash"] for one in entities(published())[:3]]
    assert hashes == [[one.file_id] for one in FILES]
    assert [one["schema"] for one in entities(published())[:3]] == [
        "Document", "Article", "Document",
    ]  # fmt: skip


def test_proof_leads_from_a_party_to_its_document() -> None:
    (party,), (article,) = entities(published(), "Company"), entities(published(), "Article")
    assert party["properties"]["proof"] == [article["id"]]
    assert party["properties"]["country"] == ["ae"]


def test_a_listing_is_said_only_where_there_is_one() -> None:
    assert not entities(published(), "Sanction")
    (made,) = entities(published(parties=(LISTED,)), "Sanction")
    assert made["properties"]["summary"] == [LISTED.listed]


def test_the_reply_travels_with_the_party() -> None:
    (party,) = entities(published(), "Company")
    (note, *_) = [one for one in entities(published(), "Note")
                  if one["properties"].get("entity") == [party["id"]]]  # fmt: skip
    assert PARTY.reply in note["properties"]["description"][0]


def test_two_in_one_claim_are_linked_with_words_that_assert_nothing() -> None:
    (link,) = entities(together(), "UnknownLink")
    assert link["properties"]["role"] == [NO_TIE]
    assert not entities(together(standing="refuted"), "UnknownLink")


def test_one_who_is_named_and_not_described_is_a_legal_entity() -> None:
    made = published(parties=())
    assert [one["caption"] for one in entities(made, "LegalEntity")] == [FIRM]
