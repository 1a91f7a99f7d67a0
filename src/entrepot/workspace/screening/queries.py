"""From a distinct row to a query: facts as FollowTheMoney writes them."""

import json
from collections.abc import Mapping
from typing import Any, Final

from entrepot.codes import country
from entrepot.errors import CodeError
from entrepot.parties.birthdate import birth_date
from entrepot.parties.match.matcher import Query
from entrepot.parties.watched import IDENTIFIERS
from entrepot.workspace.screening.staging import FACT

SCHEMAS: Final = {
    "person": "Person", "individual": "Person", "natural person": "Person",
    "company": "Company", "organization": "Organization", "organisation": "Organization",
    "entity": "LegalEntity", "legalentity": "LegalEntity", "legal entity": "LegalEntity",
    "publicbody": "PublicBody", "government": "PublicBody", "public body": "PublicBody",
    "vessel": "Vessel", "ship": "Vessel", "airplane": "Airplane", "aircraft": "Airplane",
    "vehicle": "Vehicle",
}  # fmt: skip
"""Words for the kind of a party, to FollowTheMoney schemas; other words: not known what it is."""

LONGEST_NAME: Final = 2000
"""Signs of a name that are compared; longer texts are no names, and the rest would cost time."""


def facts_of_row(row: Mapping[str, Any]) -> dict[str, str]:
    """What was screened beside the name, as it stands in the file; empty texts are left out."""
    if row.get("entity"):
        schema, properties = json.loads(row["entity"])
        facts = {key: values[0] for key, values in properties.items() if key not in _NAMES}
        return {**({"schema": schema} if schema else {}), **facts}
    pairs = ((key.removeprefix(FACT), text) for key, text in row.items() if key.startswith(FACT))
    return {key: str(text) for key, text in pairs if text}


def query_of(row: Mapping[str, Any]) -> Query | None:
    """The query of a distinct row; null: there is nothing to compare."""
    if row.get("entity"):
        schema, found = json.loads(row["entity"])
        properties = {key: tuple(values) for key, values in found.items()}
    else:
        facts = facts_of_row(row)
        schema = facts.pop("schema", "")
        properties = {key: (text,) for key, text in facts.items()}
        if row["name"]:
            properties["name"] = (row["name"],)
    clean = {key: _clean(key, values) for key, values in properties.items()}
    kept = {key: values for key, values in clean.items() if values}
    if not any(key in kept for key in (*_NAMES, *IDENTIFIERS)):
        return None
    return Query(schema_of(str(schema or "")), kept)


def schema_of(text: str) -> str | None:
    """The schema that a word stands for; null: not known what the party is."""
    plain = " ".join(text.casefold().split())
    if plain in SCHEMAS:
        return SCHEMAS[plain]
    return text if text in _KNOWN else None


def _clean(key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    if key in _NAMES:
        return tuple(text[:LONGEST_NAME] for text in values)
    if key in _COUNTRIES:
        return tuple(code for code in map(_country, values) if code)
    if key == "birthDate":
        return tuple(day for day in map(birth_date, values) if day)
    return values


def _country(text: str) -> str:
    """The alpha-2 code in small letters, as FollowTheMoney writes it; empty: not known."""
    try:
        return country.alpha2(country.parse(text)).lower()
    except CodeError:
        return ""


_KNOWN: Final = frozenset({*SCHEMAS.values(), "Asset"})
_NAMES: Final = ("name", "alias", "previousName", "weakAlias")
_COUNTRIES: Final = (
    "country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag", "birthCountry",
)  # fmt: skip
