"""Who is named: companies and persons, with their status on lists on the day of the dossier.

A name counts as that of a party where claims print it as an actor or a counterpart, and it is
neither a state, a group of states, a place, a public body of a state (ministry, agency, court,
armed force), nor a mere role or common noun ("specialists", "companies"). Where it is not clear
what a name is, it counts as a party: one reply asked for too many harms nobody.
"""

import re
from typing import Final

from entrepot.dossiers.assemble.cited import Cited
from entrepot.dossiers.assemble.grounds import list_file
from entrepot.dossiers.assemble.lawpart import rule_id
from entrepot.dossiers.assemble.material import Material, PartyIn
from entrepot.dossiers.assemble.methods import method
from entrepot.dossiers.assemble.reportfile import report_id
from entrepot.dossiers.assemble.ruledays import as_read
from entrepot.dossiers.dossier.dossier import Party
from entrepot.evidence.assessing.listedrows import in_force
from entrepot.evidence.language.bodies import bodies
from entrepot.evidence.language.mention import Body
from entrepot.evidence.language.places import places
from entrepot.measures.cite import cite, listed
from entrepot.parties.match.query import Hit

LEGAL_ENTITY: Final = "LegalEntity"
SCHEMAS: Final = {
    "company": "Company", "person": "Person", "aircraft": "Airplane", "vessel": "Vessel",
    "media": LEGAL_ENTITY,
}  # fmt: skip
"""What a body is -> its schema in FollowTheMoney; others are no parties."""

NOT_LOADED: Final = "what lists of parties say is not known: none is loaded"

_CODE: Final = re.compile(r"[A-Z]{3}|EU|EAEU|BRICS|NATO|G7|CIS|SCO|CSTO|UN")
"""ISO alpha-3, and the groups of states that claims spell by their short name."""

_MARK: Final = re.compile(r"\b(?:[A-Z]{1,2}-?\d{5}|[A-Z]{1,2}-[A-Z0-9]{4,5}|IMO \d{7})\b")
"""A registration of an aircraft or the number of a ship: without one a type is meant."""


def kind_of(name: str) -> tuple[str, str] | None:
    """Schema and country of a named party; null: it is none. `country` empty: not known."""
    plain = " ".join(name.split())
    if not plain or _CODE.fullmatch(plain) or not re.search(r"[A-ZА-ЯІЇЄҐ\d\"“«]", plain):
        return None
    found = bodies(plain)
    if found:
        return _of_body(max(found, key=lambda one: (one.end - one.start, -one.start)), plain)
    covered = sum(one.end - one.start for one in places(plain))
    return None if covered >= len(plain) - len("the ") else (LEGAL_ENTITY, "")


def _of_body(body: Body, plain: str) -> tuple[str, str] | None:
    schema = SCHEMAS.get(body.what)
    if schema in ("Airplane", "Vessel") and not _MARK.search(plain):
        return None
    if schema is None or not re.search(r"[A-ZА-ЯІЇЄҐ\d\"“«]", body.name):
        return None
    return schema, body.code if len(body.code) == len("BLR") else ""


def party_list(material: Material, cited: Cited) -> tuple[Party, ...]:
    """The parties of a dossier, sorted by name."""
    made = [_party(one, material, cited) for one in material.parties]
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.name)))


def list_gap(material: Material) -> str:
    """What lists would say and nobody knows; empty: lists are loaded, or nobody is named."""
    if material.lists is not None or not material.parties:
        return ""
    held = [one.name for one in material.parties if one.measures]
    if not held:
        return "whether named parties are listed, as no list of parties is loaded"
    alone = f"no list of parties is loaded, and the rule base alone names {listed(held, 4)}"
    if len(held) == len(material.parties):
        return f"what lists of parties say beside the rules told here ({alone})"
    return f"whether the other named parties are listed ({alone})"


def _party(one: PartyIn, material: Material, cited: Cited) -> Party:
    said, ids = [], []
    for hit in one.hits:
        words, cit = _hit(hit, material, cited)
        said.append(words)
        ids.append(cit)
    for row in one.measures:
        said.append(f"{row['regime']} rules: {row['effect'].replace('_', ' ')} from "
                    f"{row['valid_from']} ({cite(row)})"
                    f"{as_read(str(row['regime']), material.as_of)}")  # fmt: skip
        ids.append(rule_id([row], cited, material.rules_id))
    if material.lists is None:
        said.append(NOT_LOADED)
    return Party(
        one.name, one.schema, one.country, "; ".join(said), one.asked_on, one.reply,
        one.no_reply_because,
        tuple(dict.fromkeys([*ids, *_where(one, material, cited), method(cited, "parties")])),
    )  # fmt: skip


def _hit(hit: Hit, material: Material, cited: Cited) -> tuple[str, str]:
    """Lists, entries and editions of a listed party, and the citation of its rows."""
    editions = in_force(material.lists or (), material.as_of)
    said, rows, file_id = [], [], ""
    for one in hit.party.listings:
        held = editions.get(one.list_id)
        edition = f", edition of {max(held.days)}" if held and held.days else ""
        since = f" from {one.listed_on}" if one.listed_on else ""
        said.append(f"{one.list_id}, entry {one.record_id}{since}{edition}")
        rows.append({"list_id": one.list_id, "record_id": one.record_id,
                     "caption": hit.party.caption, "listed_on": one.listed_on,
                     "ended_on": one.ended_on, "programs": one.programs,
                     "edition_id": held.edition_id if held else None,
                     "score": hit.score})  # fmt: skip
        file = list_file(one.list_id, held.edition_id if held else None, material)
        file_id = file_id or (cited.know(file) if file else "")
    place = hit.party.lineage.locator if hit.party.lineage else ""
    cit = cited.add("list", f"“{hit.party.caption}” on {said[0] if said else 'a list'}",
                    file_id=file_id, locator=place, rows=rows)  # fmt: skip
    return "; ".join(said), cit


def _where(one: PartyIn, material: Material, cited: Cited) -> list[str]:
    """The reports that name it."""
    found = []
    for made in material.claims:
        if (
            one.name in {*made.claim.actors, *made.claim.counterparts}
            or one.name in made.claim.text
        ):
            found.append(report_id(made.claim, made.said[0], cited))
    return found
