"""Which schemas can name the same party: FollowTheMoney's kinds, as far as lists use them."""

PERSON = 1
ORGANISATION = 2
VESSEL = 4
AIRCRAFT = 8
OTHER = 16

_KINDS = {
    "Person": PERSON,
    "Organization": ORGANISATION,
    "Company": ORGANISATION,
    "PublicBody": ORGANISATION,
    "LegalEntity": PERSON | ORGANISATION,
    "Vessel": VESSEL,
    "Airplane": AIRCRAFT,
    "Vehicle": VESSEL | AIRCRAFT,
    "Asset": OTHER | VESSEL | AIRCRAFT,
}
ANY = PERSON | ORGANISATION | VESSEL | AIRCRAFT | OTHER


def kind_of(schema: str | None) -> int:
    """The kinds a schema stands for, as bits; every kind for an unknown type, `Thing` included."""
    return ANY if schema in (None, "Thing") else _KINDS.get(str(schema), OTHER)


def listed_kind(schema: str) -> int:
    """The kinds a listed party may be; a `LegalEntity` on a list may be a person."""
    return kind_of(schema)
