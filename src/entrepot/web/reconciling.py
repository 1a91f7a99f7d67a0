"""OpenRefine's questions, answered by the same matcher."""

from typing import Any

from fastapi import HTTPException
from pydantic import ValidationError

from entrepot.errors import RequestError
from entrepot.parties.match.identifiers import identifier, identifiers
from entrepot.parties.match.matcher import Feature, Hit
from entrepot.web.entities import explanations
from entrepot.web.facets import Facet, label
from entrepot.web.holdings import Holdings
from entrepot.web.matching import hits_of, query_of
from entrepot.web.models import EntityExample
from entrepot.web.params import MAX_BATCH, THRESHOLD
from entrepot.web.reconmodels import (
    FreebaseEntityResult,
    FreebaseExtendMeta,
    FreebaseExtendQuery,
    FreebaseExtendResponse,
    FreebaseFeature,
    FreebaseReconBatch,
    FreebaseReconQuery,
    FreebaseScoredEntity,
    FreebaseType,
)
from entrepot.web.schemata import BASE, by_qname, names_of_type, properties, schemata
from entrepot.web.selection import Selection

STRONG = ("IMO", "LEI", "INN", "OGRN", "TAIL")
"""Kinds of identifiers that name one party by themselves; all but tails have check digits."""

MARK = "identifier_"
"""Start of the name of a feature that compares identifiers; the kind follows."""

CANDIDATES = 0.5
"""Lowest score of a candidate. People choose among them, so it is lower than a threshold."""


def batch_of(text: str | None) -> dict[str, FreebaseReconQuery]:
    """Queries from the JSON of a form.

    Raises:
        HTTPException: 400, no such JSON, or too many queries.
    """
    try:
        found = FreebaseReconBatch.model_validate_json(text or "").root
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise HTTPException(400, detail=f"Cannot decode queries: {first['msg']}") from error
    if len(found) > MAX_BATCH:
        raise HTTPException(400, detail=f"Too many queries in one batch (limit: {MAX_BATCH})")
    return found


def reconcile(
    held: Holdings, query: FreebaseReconQuery, selection: Selection
) -> FreebaseEntityResult:
    """Candidates of one query; the id of a party as text gives that party first.

    Raises:
        HTTPException: 400, a type that is not known.
    """
    found: list[FreebaseScoredEntity] = []
    text = (query.query or "").strip()
    keep = selection.keep(held)
    if text in held.parties and keep(held.parties[text]):
        party = held.parties[text]
        found.append(
            FreebaseScoredEntity(
                id=text, name=party.caption, type=[type_of(party.schema)], score=1.0, match=True,
                description=schemata()[party.schema].label,
            )
        )  # fmt: skip
    asked, _ = query_of(_example(query))
    try:
        hits = hits_of(held, asked, selection, CANDIDATES)
    except RequestError:
        hits = []
    found += [candidate(hit) for hit in hits if hit.party.party_id != text]
    return FreebaseEntityResult(result=found[: query.limit])


def candidate(hit: Hit) -> FreebaseScoredEntity:
    """A candidate; `match` as `certain` says."""
    programs = dict.fromkeys(word for one in hit.party.listings for word in one.programs)
    lists = dict.fromkeys(one.list_id for one in hit.party.listings)
    kind = schemata()[hit.party.schema].label if hit.party.schema in schemata() else "Party"
    return FreebaseScoredEntity(
        id=hit.party.party_id,
        name=hit.party.caption,
        description=f"{kind} on {', '.join(lists)}"
        + (f" ({', '.join(programs)})" if programs else ""),
        type=[type_of(hit.party.schema)],
        score=hit.score,
        match=certain(hit),
        features=[
            FreebaseFeature(id=name, value=one.score)
            for name, one in explanations(hit, hit.words).items()
        ],
    )


def certain(hit: Hit) -> bool:
    """Whether a client may take a candidate without asking a person.

    Needed is an identifier that agrees, and none that differs. Short numbers are equal by chance,
    so beside the number either the names are alike, or its kind is strong and its check digit fits.
    """
    numbers = [one for one in hit.features if one.name.startswith(MARK)]
    if hit.score < THRESHOLD or not numbers or min(one.score for one in numbers) <= 0:
        return False
    alike = any(one.name == "name" and one.score >= THRESHOLD for one in hit.features)
    return alike or any(_strong(hit, one) for one in numbers)


def _strong(hit: Hit, number: Feature) -> bool:
    """Whether the query or the list gives the number a strong kind, and its check digit fits."""
    asked = identifier(number.name.removeprefix(MARK).upper(), number.query or "")
    listed = identifiers(hit.party.schema, hit.party.properties)
    same = [one for one in listed if one.written == number.candidate]
    return any(one.kind in STRONG and one.fits is not False for one in (asked, *same) if one)


def type_of(schema: str) -> FreebaseType:
    """A schema as a type."""
    one = schemata().get(schema)
    if one is None:
        return FreebaseType(id=schema, name=schema)
    broader = [{"id": name, "name": schemata()[name].label} for name in one.parents]
    return FreebaseType(id=one.name, name=one.label, broader=broader)


def _example(query: FreebaseReconQuery) -> EntityExample:
    kinds = [query.type] if isinstance(query.type, str) else list(query.type or ())
    known = [kind for kind in kinds if kind in schemata()]
    if kinds and not known:
        raise HTTPException(400, detail=f"Invalid type: {kinds[0]!r}")
    values: dict[str, list[str]] = {"name": [query.query]} if query.query else {}
    for one in query.properties:
        prop = by_qname().get(one.pid)
        name = prop.name if prop else one.pid
        values.setdefault(name, []).extend(_values(one.v))
    try:
        return EntityExample.model_validate(
            {"schema": known[0] if len(known) == 1 else BASE, "properties": values}
        )
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise HTTPException(400, detail=f"Cannot decode queries: {first['msg']}") from error


def _values(value: Any) -> list[str]:
    """Values of the protocol: texts, numbers, truth values, or entities found before."""
    many = value if isinstance(value, list) else [value]
    texts = (one.get("name") or one.get("id") if isinstance(one, dict) else one for one in many)
    return [str(text) for text in texts if text not in (None, "") and not isinstance(text, list)]


def extend(held: Holdings, text: str) -> FreebaseExtendResponse:
    """Values of properties of parties; a party that is not listed has none.

    Raises:
        HTTPException: 400, no such JSON, or too many parties.
    """
    try:
        query = FreebaseExtendQuery.model_validate_json(text)
    except ValidationError as error:
        raise HTTPException(400, detail="Cannot decode extension request") from error
    if len(query.ids) > MAX_BATCH:
        raise HTTPException(400, detail=f"Too many queries in one batch (limit: {MAX_BATCH})")
    rows: dict[str, dict[str, list[dict[str, str]]]] = {}
    for one in query.ids:
        party = held.parties.get(held.referents.get(one, one))
        rows[one] = {
            wanted.id: [
                {"str": value}
                for value in _shown(
                    wanted.id, party.properties.get(_bare(wanted.id), ()), wanted.settings
                )
            ]
            if party
            else []
            for wanted in query.properties
        }
    meta = [FreebaseExtendMeta(id=one.id, name=_label(_bare(one.id))) for one in query.properties]
    return FreebaseExtendResponse(meta=meta, rows=rows)


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _label(name: str) -> str:
    for schema in ("Thing", "LegalEntity", "Person", "Company", "Vessel", "Airplane"):
        if name in properties(schema):
            return properties(schema)[name].label
    return name


def _shown(name: str, values: tuple[str, ...], settings: dict[str, Any]) -> tuple[str, ...]:
    limit = str(settings.get("limit") or "0")
    if limit.isdigit() and int(limit):
        values = values[: int(limit)]
    if settings.get("render") != "raw" and _bare(name) in names_of_type("country"):
        return tuple(label(Facet.COUNTRIES, value, {}) for value in values)
    return values
