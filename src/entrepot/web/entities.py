"""Parties as entities of the API, alone or with what stands beside them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from entrepot.parties.lists.ftm_write import document, entities
from entrepot.parties.match.matcher import Hit
from entrepot.parties.party import Party
from entrepot.web.holdings import Holdings
from entrepot.web.models import EntityResponse, FeatureResult, ScoredEntityResponse


def flat(held: Holdings, party: Party) -> EntityResponse:
    """A party by itself."""
    return EntityResponse(**_fields(held, party))


def scored(held: Holdings, hit: Hit, threshold: float) -> ScoredEntityResponse:
    """A possible match with its reasons.

    The first explanation also carries what the matcher says of the words of the names.
    """
    party = held.parties[hit.party.party_id]
    return ScoredEntityResponse(
        **_fields(held, party),
        score=hit.score,
        match=hit.score >= threshold,
        explanations=explanations(hit, words_of(held, hit)),
    )


def words_of(held: Holdings, hit: Hit) -> tuple[str, ...]:
    """The reasons in short sentences; on a day of the past also what is not known of it."""
    if held.day is None:
        return hit.words
    day = held.day
    party = held.parties[hit.party.party_id]
    if any(one.holds(day) for one in party.listings):
        return hit.words
    return (*hit.words, f"whether it was listed on {day.isoformat()} is not known")


def explanations(hit: Hit, words: tuple[str, ...]) -> dict[str, FeatureResult]:
    """Features by name; a second one of a name gets a number."""
    found: dict[str, FeatureResult] = {}
    details = {feature.detail for feature in hit.features}
    rest = "; ".join(word for word in words if word not in details)
    for place, feature in enumerate(hit.features):
        name, number = feature.name, 2
        while name in found:
            name, number = f"{feature.name}_{number}", number + 1
        detail = f"{feature.detail}; {rest}" if rest and place == 0 else feature.detail
        found[name] = FeatureResult(
            detail=detail, score=feature.score, query=feature.query, candidate=feature.candidate
        )
    return found


def beside(held: Holdings, party: Party) -> Mapping[str, list[EntityResponse]]:
    """Entities next to a party by property: its listings (`sanctions`), the file read (`proof`)."""
    found: dict[str, list[EntityResponse]] = {}
    names = {file.file_id: file.name for one in held.every for file in one.files}
    for data in entities([party], names):
        if data["schema"] == "Sanction":
            found.setdefault("sanctions", []).append(_other(data))
        elif data["schema"] == "Document":
            found.setdefault("proof", []).append(_other(data))
    return found


def nested(held: Holdings, party: Party) -> EntityResponse:
    """A party with its listings and its file in place of their ids."""
    fields = _fields(held, party)
    fields["properties"] = {**fields["properties"], **beside(held, party)}
    return EntityResponse(**fields)


def other(held: Holdings, entity_id: str) -> EntityResponse | None:
    """A listing (`Sanction`) or a file (`Document`) by its id; null: neither."""
    if entity_id in held.listings:
        party, _ = held.listings[entity_id]
        found = next(data for data in entities([party]) if data["id"] == entity_id)
        return _other(found)
    for one in held.every:
        for file in one.files:
            data = document(file.file_id, file.name)
            if data["id"] == entity_id:
                return _other(data)
    return None


def _other(data: Mapping[str, Any]) -> EntityResponse:
    return EntityResponse(**{**data, "target": False})


def _fields(held: Holdings, party: Party) -> dict[str, Any]:
    days = held.history.get(party.party_id)
    records = dict.fromkeys(one.record_id for one in party.listings)
    return {
        "id": party.party_id,
        "caption": party.caption,
        "schema": party.schema,
        "properties": {name: list(values) for name, values in party.properties.items()},
        "datasets": list(dict.fromkeys(one.list_id for one in party.listings)),
        "referents": [one for one in records if held.referents.get(one) == party.party_id],
        "target": True,
        "first_seen": stamp(days.first) if days else None,
        "last_seen": stamp(days.last) if days else None,
        "last_change": stamp(days.changed) if days else None,
    }


def stamp(day: date) -> str:
    """A day as yente writes moments: ISO, to the second, without a zone."""
    return f"{day.isoformat()}T00:00:00"
