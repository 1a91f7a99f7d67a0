"""From an example of the API to the answer of the matcher."""

import re

from fastapi import HTTPException

from entrepot.errors import RequestError
from entrepot.parties.birthdate import birth_date
from entrepot.parties.lists import places
from entrepot.parties.match.matcher import Hit, Query
from entrepot.web.entities import scored
from entrepot.web.holdings import Holdings
from entrepot.web.models import EntityExample, EntityMatches, TotalSpec
from entrepot.web.params import MAX_MATCHES
from entrepot.web.schemata import BASE, Property, properties, schemata
from entrepot.web.selection import Selection


def query_of(example: EntityExample) -> tuple[Query, EntityExample]:
    """The matcher's query, and the example as it was understood.

    Properties the schema does not have are left out, as yente does; countries become codes. A
    birth date that cannot be read, or read in two ways, is left out: it contradicts nobody.

    Raises:
        HTTPException: 400, a schema that is unknown or cannot be matched.
    """
    schema = schemata().get(example.schema_)
    if schema is None or not (schema.matchable or schema.name in (BASE, "Asset")):
        why = "is not known" if schema is None else "cannot be matched"
        raise HTTPException(
            400, detail=f"Cannot parse example entity: schema {example.schema_!r} {why}"
        )
    known = _properties(schema.name)
    kept: dict[str, tuple[str, ...]] = {}
    for name, values in example.properties.items():
        if name in known:
            texts = [_clean(known[name], value) for value in values]
            if found := tuple(dict.fromkeys(text for text in texts if text)):
                kept[name] = found
    asked = Query(None if schema.name == BASE else schema.name, kept)
    understood = EntityExample(
        id=example.id,
        schema=schema.name,
        properties={name: list(values) for name, values in kept.items()},
    )
    return asked, understood


def _properties(schema: str) -> dict[str, Property]:
    """Properties of a schema; of an unknown type those of all kinds of parties."""
    if schema != BASE:
        return properties(schema)
    found = dict(properties(BASE))
    for one in ("LegalEntity", "Person", "Company", "Vessel", "Airplane"):
        for name, prop in properties(one).items():
            found.setdefault(name, prop)
    return found


def _clean(prop: Property, value: str) -> str:
    text = re.sub(r"\s+", " ", value).strip()
    if prop.name == "birthDate":
        return birth_date(text) or ""
    return places.code(text) or text if prop.type == "country" else text


def match_one(
    held: Holdings, example: EntityExample, selection: Selection, threshold: float, cutoff: float,
    limit: int,
) -> EntityMatches:  # fmt: skip
    """The answer to one query.

    Raises:
        HTTPException: 400, a schema that is unknown or cannot be matched.
    """
    asked, understood = query_of(example)
    try:
        hits = hits_of(held, asked, selection, cutoff)
    except RequestError:
        none = TotalSpec(value=0)
        return EntityMatches(status=400, results=[], total=none, query=understood)
    return EntityMatches(
        results=[scored(held, hit, threshold) for hit in hits[:limit]],
        total=TotalSpec(value=sum(hit.score >= threshold for hit in hits)),
        query=understood,
    )


def hits_of(held: Holdings, asked: Query, selection: Selection, cutoff: float) -> list[Hit]:
    """Possible matches at or above `cutoff`, best first.

    Raises:
        RequestError: the query holds nothing to compare.
    """
    keep = selection.keep(held)
    return held.matcher.match(asked, limit=MAX_MATCHES, threshold=cutoff, keep=keep)
