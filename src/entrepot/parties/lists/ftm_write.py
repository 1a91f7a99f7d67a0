"""Parties as FollowTheMoney entities: the party, a `Sanction` a listing, a `Document` a file.

Written without the library. Each party and each `Sanction` names as `proof` the file it was read
from, a `Document` with the sha256 as `contentHash`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from entrepot.parties.lists.ftm_values import PROOF
from entrepot.parties.party import Listing, Party

DOCUMENTS: Final = "entrepot-files"
"""Dataset of the documents."""


def entities(
    parties: Iterable[Party], file_names: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Entities as JSON objects: `id, caption, schema, properties, datasets, referents, target`.

    Args:
        parties: what to write, in this order.
        file_names: names of files by sha256, for the documents.
    """
    return (entity for _, entity in entities_with_party(parties, file_names))


def entities_with_party(
    parties: Iterable[Party], file_names: Mapping[str, str] | None = None
) -> Iterator[tuple[Party | None, dict[str, Any]]]:
    """The same, each with the party it was made of; null for a document, written once."""
    written: set[str] = set()
    for party in parties:
        file_id = party.lineage.file_id if party.lineage else ""
        if file_id and file_id not in written:
            written.add(file_id)
            yield None, document(file_id, (file_names or {}).get(file_id, ""))
        proof = (f"{PROOF}{file_id}",) if file_id else ()
        yield party, _party(party, proof)
        for place, listing in enumerate(party.listings):
            yield party, _sanction(party, listing, place, proof)


def document(file_id: str, name: str = "") -> dict[str, Any]:
    """The file a party was read from."""
    properties = {"contentHash": [file_id], **({"fileName": [name]} if name else {})}
    return _entity(f"{PROOF}{file_id}", name or file_id[:12], "Document", properties, [DOCUMENTS])


def datasets_of(party: Party) -> list[str]:
    """The lists a party stands on."""
    return list(dict.fromkeys(one.list_id for one in party.listings))


def _party(party: Party, proof: tuple[str, ...]) -> dict[str, Any]:
    properties = {name: list(values) for name, values in party.properties.items()}
    if proof:
        properties["proof"] = [*properties.get("proof", ()), *proof]
    entity = _entity(party.party_id, party.caption, party.schema, properties, datasets_of(party))
    return {**entity, "target": True}


def sanction_id(party: Party, listing: Listing, place: int) -> str:
    """An id that stays as long as the list, the number and the place among the listings do."""
    words = f"{party.party_id}|{listing.list_id}|{listing.record_id}|{place}"
    return f"{party.party_id}-listing-{hashlib.sha1(words.encode()).hexdigest()[:12]}"


def _sanction(party: Party, listing: Listing, place: int, proof: tuple[str, ...]) -> dict[str, Any]:
    days = {"listingDate": listing.listed_on, "endDate": listing.ended_on}
    properties = {
        "entity": [party.party_id],
        "recordId": [listing.record_id] if listing.record_id else [],
        "program": list(listing.programs),
        **{name: [day.isoformat()] for name, day in days.items() if day},
        "proof": list(proof),
    }
    kept = {name: values for name, values in properties.items() if values}
    caption = listing.programs[0] if listing.programs else listing.list_id
    key = sanction_id(party, listing, place)
    return _entity(key, caption, "Sanction", kept, [listing.list_id])


def _entity(
    key: str, caption: str, schema: str, properties: Mapping[str, list[str]], datasets: list[str]
) -> dict[str, Any]:
    return {
        "id": key,
        "caption": caption,
        "schema": schema,
        "properties": dict(properties),
        "datasets": datasets,
        "referents": [],
    }
