"""The dossier as a STIX 2.1 bundle for those who exchange cases in it.

STIX 2.1, OASIS Standard of 10 June 2021: https://docs.oasis-open.org/cti/stix/v2.1/. A claim is a
Note, how it stands an Opinion, an archived file a File observed on a day, a party an Identity.
Nothing is called an actor, a campaign or an intrusion: a dossier holds none.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import stix2
from stix2.confidence.scales import dni_to_value

from entrepot.codes import country
from entrepot.dossiers.dossier.canonical import canonical, dossier_id
from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party
from entrepot.dossiers.handover.fit import is_draft
from entrepot.dossiers.handover.goods import land
from entrepot.dossiers.handover.handed import NOTHING_GIVEN, Given, Handed
from entrepot.dossiers.handover.rating import rating
from entrepot.errors import CodeError
from entrepot.evidence.wording import BANDS, band

NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "entrepot.stix")
"""Own namespace of ids: section 2.9 keeps that of the standard for observables."""
OPINIONS: Final = {
    1: "strongly-disagree", 2: "disagree", 3: "neutral", 4: "agree", 5: "strongly-agree",
}  # fmt: skip
"""A rating as a term of opinion-enum (section 10.19)."""
CLASSES: Final = {"Company": "organization", "PublicBody": "organization", "Person": "individual",
                  "Airplane": "system", "Vessel": "system"}  # fmt: skip
"""Kinds of parties in terms of identity-class-ov; a legal entity of unknown kind is unspecified."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every object carries: who made it, when, and how it is marked."""

    dossier: Dossier
    author: str
    marks: tuple[str, ...]

    def head(self, kind: str, *parts: str) -> dict[str, Any]:
        first = self.dossier.versions[0].published_on if self.dossier.versions else ""
        now = self.dossier.published_on or self.dossier.as_of
        made = {"id": _id(kind, self.dossier.case_id, *parts),
                "created": _instant(min(first or now, now)), "modified": _instant(now),
                "object_marking_refs": list(self.marks)}  # fmt: skip
        return made | ({"created_by_ref": self.author} if self.author != made["id"] else {})


def stix(dossier: Dossier, given: Given = NOTHING_GIVEN) -> Handed:
    """The bundle, with ids and instants from the dossier alone, checked by the library."""
    made = stix2.Bundle(objects=_objects(dossier, given), id=_id("bundle", dossier_id(dossier)))
    return Handed("stix.json", "application/stix+json", canonical(json.loads(made.serialize())))


def confidence(probability: float) -> int:
    """The value of appendix A of STIX 2.1 (DNI scale) for the term of ICD 203 that is printed.

    By the term and not by the number: the standard cuts its bands elsewhere, and a reader there
    must get the word that stands here.
    """
    term = band(probability)
    other = next(second for _, first, second in BANDS if first == term)
    return int(dni_to_value(f"{_title(term)} / {_title(other)}"))


def _objects(dossier: Dossier, given: Given) -> list[Any]:
    frame, head = _frame(dossier, given)
    files = {one.file_id: _file(one) for one in dossier.files}
    parties = {one.name: _identity(one, frame) for one in _parties(dossier)}
    places = {one: made for one in (*dossier.hubs, *dossier.targets)
              if (made := _location(one, frame))}  # fmt: skip
    seen = [made for one in dossier.files if (made := _observed(one, files, frame))]
    said: list[Any] = []
    for finding in dossier.findings:
        said += _said(finding, frame, [parties[one].id for one in finding.names]
                      or [one.id for one in places.values()] or [frame.author])  # fmt: skip
    inner = [*parties.values(), *places.values(), *files.values(), *seen, *said]
    return [*head, *inner, _whole(dossier, frame, [one.id for one in inner] or [frame.author])]


def _frame(dossier: Dossier, given: Given) -> tuple[_Frame, list[Any]]:
    """The frame, and the objects it refers to: markings and who made it."""
    shared = stix2.TLP_AMBER if is_draft(dossier) else stix2.TLP_WHITE
    marks: list[Any] = [shared]
    now = _instant(dossier.published_on or dossier.as_of)
    if dossier.licence:
        marks.append(stix2.MarkingDefinition(
            id=_id("marking-definition", dossier.case_id, dossier.licence, now), created=now,
            definition_type="statement",
            definition=stix2.StatementMarking(statement=f"Licence: {dossier.licence}"),
        ))  # fmt: skip
    author = _id("identity", dossier.case_id, "publisher")
    frame = _Frame(dossier, author, tuple(one.id for one in marks))
    made = stix2.Identity(
        **frame.head("identity", "publisher"),
        name=given.publisher or f"The publisher of case {dossier.case_id}",
        identity_class="organization" if given.publisher else "unspecified",
        **({"contact_information": dossier.contact} if dossier.contact else {}),
    )
    return frame, [*marks, made]


def _parties(dossier: Dossier) -> list[Party]:
    known = {one.name: one for one in dossier.parties}
    return [known.get(name) or Party(name, "", "", "", "", "", "", ()) for name in dossier.named]


def _identity(party: Party, frame: _Frame) -> Any:
    words = ["Named in a case; this is no finding against it."]
    words += [f"Listed: {party.listed}."] if party.listed else []
    words += [f"Its reply, to the letter: {party.reply}"] if party.reply else []
    words += [f"No reply, because: {party.no_reply_because}"] if party.no_reply_because else []
    return stix2.Identity(
        **frame.head("identity", "party", party.name), name=party.name,
        identity_class=CLASSES.get(party.schema, "unspecified"), description=" ".join(words),
    )  # fmt: skip


def _location(alpha3: str, frame: _Frame) -> Any:
    """A country; null where it has no code of two letters, which the standard asks for."""
    try:
        code = country.alpha2(alpha3)
    except CodeError:
        return None
    return stix2.Location(**frame.head("location", alpha3), name=land(alpha3), country=code)


def _file(file: SourceFile) -> Any:
    """An observable; its id follows from its hash and name, by the standard."""
    return stix2.File(hashes={"SHA-256": file.file_id}, name=file.name or file.file_id)


def _observed(file: SourceFile, files: dict[str, Any], frame: _Frame) -> Any:
    """That the file was retrieved; null where the day is not known."""
    at = _instant(file.retrieved_at)
    if not at:
        return None
    reference = {
        "source_name": file.publisher or file.name or "not stated",
        "hashes": {"SHA-256": file.file_id},
        **({"url": file.origin} if file.origin else {"description": "No address."}),
    }
    return stix2.ObservedData(
        **frame.head("observed-data", file.file_id), first_observed=at, last_observed=at,
        number_observed=1, object_refs=[files[file.file_id].id], external_references=[reference],
    )  # fmt: skip


def _said(finding: Finding, frame: _Frame, about: list[str]) -> list[Any]:
    """A claim as a note, and an opinion on it where it was tested."""
    held = rating(finding)
    sure = {} if finding.probability is None else {"confidence": confidence(finding.probability)}
    by = {"authors": [finding.said_by]} if finding.said_by else {}
    note = stix2.Note(
        **frame.head("note", finding.claim_id), abstract=f"Reported claim: {held.name}",
        content=finding.text, object_refs=about, external_references=_references(finding, frame),
        **by, **sure,
    )  # fmt: skip
    if held.value is None:
        return [note]
    likely = f" It is {finding.band} on the evidence at hand." if finding.band else ""
    return [note, stix2.Opinion(
        **frame.head("opinion", finding.claim_id), opinion=OPINIONS[held.value],
        explanation=f"{held.meaning} {finding.summary}{likely}", object_refs=[note.id],
    )]  # fmt: skip


def _references(finding: Finding, frame: _Frame) -> list[dict[str, Any]]:
    reference: dict[str, Any] = {"source_name": "entrepot", "external_id": finding.claim_id}
    files = {one.file_id: one for one in frame.dossier.files}
    found = [reference]
    for one in frame.dossier.citations:
        if one.citation_id in finding.citations and one.file_id in files:
            file = files[one.file_id]
            found.append({
                "source_name": file.publisher or file.name or "not stated",
                "description": f"{one.what}, {one.locator}" if one.locator else one.what,
                "hashes": {"SHA-256": file.file_id},
                **({"url": file.origin} if file.origin else {}),
            })  # fmt: skip
    return found


def _whole(dossier: Dossier, frame: _Frame, refs: list[str]) -> Any:
    """A Report once it is published, and a Grouping before, as the standard tells them apart."""
    words = {"name": dossier.title, "object_refs": refs}
    words |= {"description": dossier.question} if dossier.question else {}
    if is_draft(dossier):
        return stix2.Grouping(**frame.head("grouping"), context="unspecified", **words)
    day = dossier.published_on or dossier.as_of
    return stix2.Report(**frame.head("report"), report_types=["observed-data"],
                        published=_instant(day), **words)  # fmt: skip


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid.uuid5(NAMESPACE, json.dumps([kind, *parts], ensure_ascii=False))}"


def _instant(text: str) -> str:
    """An ISO day or instant as the standard spells it, in UTC; empty for what is neither."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    utc = at.astimezone(UTC) if at.tzinfo else at
    return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _title(words: str) -> str:
    return " ".join(one.capitalize() for one in words.split())
