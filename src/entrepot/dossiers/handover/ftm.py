"""The dossier as FollowTheMoney entities in JSON lines, for OpenAleph, yente and the like.

Written as plain JSON, so the libraries of the extra `parties` are not needed. Schemata and
properties: https://followthemoney.tech/explorer/. A trade flow has no schema there and is not
forced into one; it stays in the dossier, to which a note leads.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, Final

from entrepot.codes import country
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.rating import rating
from entrepot.errors import CodeError
from entrepot.records.ids import content_id

SCHEMATA: Final = ("Company", "Person", "PublicBody", "Airplane", "Vessel", "LegalEntity")
"""Kinds of parties that the model knows by the same name; any other is a `LegalEntity`."""
NO_TIE: Final = "named together in one reported claim; no tie between them is asserted"
_DAY: Final = 10
"""Signs of an ISO day."""

Entity = dict[str, Any]


def ftm(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """Documents, parties, listings, notes and weak links, one entity a line."""
    lines = (
        json.dumps(one, ensure_ascii=False, sort_keys=True) for one in entities(dossier, given)
    )
    return Handed("entities.ftm.jsonl", "application/x-ndjson", "".join(
        f"{line}\n" for line in lines
    ).encode())  # fmt: skip


def entities(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Iterator[Entity]:
    """Entities in order: documents, parties with their listings and notes, claims, links.

    `proof` leads from each to the documents it rests on. A party that is named and not described
    is a `LegalEntity`. Two parties named in one claim get an `UnknownLink` that says that no tie
    is asserted; of a refuted claim none is made.
    """
    yield from (_document(one, dossier) for one in dossier.files)
    known = {one.name: one for one in dossier.parties}
    for name in dossier.named:
        party = known.get(name) or Party(name, "LegalEntity", "", "", "", "", "", ())
        yield from _party(party, dossier)
    for finding in dossier.findings:
        yield from _finding(finding, dossier, given)


def _document(file: SourceFile, dossier: Dossier) -> Entity:
    reports = {one.file_id for one in dossier.citations if one.kind == "report"}
    return _entity(
        dossier, "Article" if file.file_id in reports else "Document", _document_id(file.file_id),
        file.name or file.file_id,
        fileName=file.name or file.file_id, title=file.name, contentHash=file.file_id,
        publisher=file.publisher, sourceUrl=file.origin, retrievedAt=_instant(file.retrieved_at),
        notes=f"Licence: {file.licence}" if file.licence else "",
    )  # fmt: skip


def _party(party: Party, dossier: Dossier) -> Iterator[Entity]:
    schema = party.schema if party.schema in SCHEMATA else "LegalEntity"
    key, proof = _party_id(party.name), _proof(party.citations, dossier)
    yield _entity(
        dossier, schema, key, party.name,
        name=party.name, country=_country(party.country), proof=proof,
        notes="Named in a case; this is no finding against it. See the notes for its reply.",
    )  # fmt: skip
    if party.listed:
        yield _entity(
            dossier, "Sanction", _id("sanction", party.name), party.listed,
            entity=key, summary=party.listed, status=f"as of {dossier.as_of}", proof=proof,
        )  # fmt: skip
    said = f"Reply, to the letter: {party.reply}" if party.reply else party.no_reply_because
    if said:
        asked = f" Asked on {party.asked_on}." if party.asked_on else ""
        head = "" if party.reply else "No reply, because: "
        yield _entity(
            dossier, "Note", _id("reply", party.name), f"Right of reply: {party.name}",
            name=f"Right of reply: {party.name}", entity=key, description=f"{head}{said}{asked}",
        )  # fmt: skip


def _finding(finding: Finding, dossier: Dossier, given: Given) -> Iterator[Entity]:
    held, proof = rating(finding), _proof(finding.citations, dossier)
    parties = [_party_id(one) for one in finding.names]
    said_by = f" Reported by {finding.said_by}." if finding.said_by else ""
    likely = f" It is {finding.band} on the evidence at hand." if finding.band else ""
    yield _entity(
        dossier, "Note", _id("claim", finding.claim_id), held.name,
        name=f"Claim {finding.claim_id}: {held.name}", entity=parties,
        description=f"Claim, to the letter: {finding.text}{said_by} {finding.summary}{likely}",
        sourceUrl=f"{given.url}#{finding.claim_id}" if given.url else "", proof=proof,
    )  # fmt: skip
    if finding.standing == "refuted":
        return
    for first, second in combinations(dict.fromkeys(finding.names), 2):
        yield _entity(
            dossier, "UnknownLink", _id("link", finding.claim_id, first, second), NO_TIE,
            subject=_party_id(first), object=_party_id(second), role=NO_TIE,
            summary=f"{finding.claim_id}: {held.name}", proof=proof,
        )  # fmt: skip


def _entity(
    dossier: Dossier, schema: str, key: str, caption: str, **properties: str | list[str]
) -> Entity:
    listed = {
        name: value if isinstance(value, list) else [value]
        for name, value in properties.items()
        if value
    }
    return {"id": key, "caption": caption, "schema": schema, "properties": listed,
            "datasets": [dossier.case_id], "referents": []}  # fmt: skip


def _proof(citations: tuple[str, ...], dossier: Dossier) -> list[str]:
    found = {one.citation_id: one.file_id for one in dossier.citations}
    files = (found.get(one, "") for one in citations)
    return [_document_id(one) for one in dict.fromkeys(files) if one]


def _id(kind: str, *parts: str) -> str:
    return content_id(f"entrepot-{kind}", *parts).replace("_", "-")


def _document_id(file_id: str) -> str:
    return _id("document", file_id)


def _party_id(name: str) -> str:
    return _id("party", name)


def _country(alpha3: str) -> str:
    try:
        return country.alpha2(alpha3).lower() if alpha3 else ""
    except CodeError:
        return ""


def _instant(text: str) -> str:
    """A day as it is; an instant in UTC to the second, without a zone, as the model takes it."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if len(text) <= _DAY:
        return text
    utc = at.astimezone(UTC) if at.tzinfo else at
    return utc.replace(tzinfo=None).isoformat(timespec="seconds")
