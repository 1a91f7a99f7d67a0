"""What a judgement about a listed party rests on: its names, identifiers and birth dates."""

from typing import Final

from entrepot.parties.party import NAMES, Party

Facts = tuple[tuple[str, str], ...]
"""What was screened beside a name: `schema` or a FollowTheMoney property, and the text; sorted."""

Seen = tuple[tuple[str, str], ...]
"""Property and value of everything watched, sorted."""

IDENTIFIERS: Final = (
    "imoNumber", "mmsi", "callSign", "innCode", "ogrnCode", "leiCode", "swiftBic", "bicCode",
    "taxNumber", "vatCode", "registrationNumber", "idNumber", "passportNumber", "serialNumber",
    "uniqueEntityId", "dunsCode", "isin", "npiCode", "okpoCode", "kppCode", "publicKey",
    "socialSecurityNumber",
)  # fmt: skip
"""FollowTheMoney properties that hold identifiers of parties."""

WATCHED: Final = (*NAMES, *IDENTIFIERS, "birthDate")


def seen_of(party: Party) -> Seen:
    """Names, identifiers and birth dates of a party as they are now."""
    pairs = {(kind, text) for kind in WATCHED for text in party.properties.get(kind, ())}
    return tuple(sorted(pairs))


def added_since(seen: Seen, party: Party) -> Seen:
    """What the list says of a party now and did not say then; what went away is not told."""
    known = set(seen)
    return tuple(pair for pair in seen_of(party) if pair not in known)
