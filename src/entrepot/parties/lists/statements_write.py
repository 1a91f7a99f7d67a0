"""Parties as FollowTheMoney statements, and the place of each statement in a table beside.

A statement has no room for file, row and address. So the lineage stands in a second table keyed on
the statement's id: `statement_id, list_id, file_id, locator`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from entrepot.parties.lists.ftm_write import entities_with_party
from entrepot.parties.party import Party

COLUMNS: Final = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin",
    "lang", "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
LINEAGE_COLUMNS: Final = ("statement_id", "list_id", "file_id", "locator")
ORIGIN: Final = "entrepot"
"""Which process asserted the statement."""

_BY_TYPE: Final = {
    "name": "name alias previousName weakAlias abbreviation",
    "country": "country nationality citizenship birthCountry flag pastFlags jurisdiction "
    "mainCountry",
    "date": "birthDate deathDate incorporationDate dissolutionDate buildDate createdAt modifiedAt "
    "listingDate startDate endDate retrievedAt registrationDate deregistrationDate date",
    "identifier": "registrationNumber idNumber taxNumber licenseNumber vatCode uscCode okpoCode "
    "innCode ogrnCode leiCode dunsCode swiftBic imoNumber mmsi callSign passportNumber "
    "serialNumber icaoCode bikCode isinCode kppCode cageCode socialSecurityNumber wikidataId "
    "programId authorityId unscId uniqueEntityId npiCode bvdId crsNumber permId",
    "entity": "proof entity parent owner operator addressEntity riskSource",
    "text": "notes description summary reason biography indexText",
    "url": "website sourceUrl publisherUrl wikipediaUrl programUrl alephUrl opencorporatesUrl",
    "email": "email",
    "phone": "phone",
    "gender": "gender",
    "topic": "topics",
    "address": "address",
    "number": "tonnage grossRegisteredTonnage deadweightTonnage height weight amount",
    "checksum": "contentHash",
    "id": "id",
}
TYPES: Final = {prop: kind for kind, props in _BY_TYPE.items() for prop in props.split()}
"""Types of properties; `string` where the table has none."""


def statement_id(dataset: str, entity_id: str, prop: str, value: str) -> str:
    """The id that FollowTheMoney gives a statement: a hash of dataset, entity, property, value."""
    return hashlib.sha1(f"{dataset}.{entity_id}.{prop}.{value}".encode()).hexdigest()


def statements(
    parties: Iterable[Party],
    *,
    seen: Mapping[str, tuple[date, date]] | None = None,
    file_names: Mapping[str, str] | None = None,
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Each statement as a row of `COLUMNS`, with its row of `LINEAGE_COLUMNS`.

    Args:
        parties: what to write.
        seen: first and last day on which each party was seen; null: not known.
        file_names: names of files by sha256.
    """
    for party, entity in entities_with_party(parties, file_names):
        first, last = (seen or {}).get(party.party_id if party else "", (None, None))
        for row in _rows(entity):
            row |= {"first_seen": first and str(first), "last_seen": last and str(last)}
            yield row, _lineage(row, party)


def _rows(entity: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    dataset = entity["datasets"][0] if entity["datasets"] else ""
    found = [("id", [entity["id"]]), *entity["properties"].items()]
    for prop, values in found:
        for value in values:
            yield {
                "canonical_id": entity["id"],
                "entity_id": entity["id"],
                "prop": prop,
                "prop_type": TYPES.get(prop, "string"),
                "schema": entity["schema"],
                "value": value,
                "dataset": dataset,
                "origin": ORIGIN,
                "lang": None,
                "original_value": None,
                "external": False,
                "id": statement_id(dataset, entity["id"], prop, value),
            }


def _lineage(row: Mapping[str, Any], party: Party | None) -> dict[str, str]:
    lineage = party.lineage if party else None
    return {
        "statement_id": row["id"],
        "list_id": row["dataset"],
        "file_id": lineage.file_id if lineage else "",
        "locator": lineage.locator if lineage else "",
    }
