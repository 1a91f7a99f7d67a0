"""A party while it is being read: properties that its schema has, each value once."""

import re
from collections.abc import Iterable
from typing import Final

from entrepot.parties.lists import places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import parse_days
from entrepot.parties.party import Lineage, Listing, Party


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


THING: Final = _words(
    "name alias previousName weakAlias country address notes description summary sourceUrl topics "
    "program programId keywords createdAt modifiedAt wikidataId publisher"
)
LEGAL: Final = THING | _words(
    "email phone website legalForm incorporationDate dissolutionDate status sector classification "
    "registrationNumber idNumber taxNumber licenseNumber vatCode jurisdiction mainCountry uscCode "
    "okpoCode innCode ogrnCode leiCode dunsCode swiftBic abbreviation"
)
VEHICLE: Final = THING | _words("registrationNumber type model buildDate")
SCHEMATA: Final = {
    "LegalEntity": LEGAL,
    "Organization": LEGAL | {"imoNumber", "cageCode"},
    "Company": LEGAL | _words("imoNumber cageCode bikCode isinCode kppCode"),
    "PublicBody": LEGAL | {"imoNumber"},
    "Person": LEGAL | _words(
        "title firstName secondName middleName fatherName motherName lastName nameSuffix birthDate "
        "birthPlace birthCountry deathDate position nationality citizenship passportNumber gender "
        "socialSecurityNumber"
    ),
    "Vessel": VEHICLE | _words(
        "imoNumber mmsi callSign flag pastFlags tonnage grossRegisteredTonnage"
    ),
    "Airplane": VEHICLE | _words("serialNumber icaoCode manufacturer"),
    "Vehicle": VEHICLE,
}  # fmt: skip
"""Properties of FollowTheMoney 4.11 that the readers here fill, for each schema they give."""

COUNTRIES: Final = _words(
    "country nationality citizenship birthCountry flag pastFlags jurisdiction mainCountry"
)
DAYS: Final = _words(
    "birthDate deathDate incorporationDate dissolutionDate buildDate createdAt modifiedAt"
)
FORMS: Final = {
    "phone": re.compile(r"\+[\d ()./-]{6,}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    "website": re.compile(r"\S+\.\S+"),
}
"""Forms without which a value is only a note: a telephone number without its country code, say."""

GENDERS: Final = {"male": "male", "m": "male", "female": "female", "f": "female"}


class Draft:
    """Collects the properties of one entry; what its schema has no place for goes to `notes`."""

    def __init__(self, party_id: str, schema: str) -> None:
        self.party_id, self.schema = party_id, schema
        self._found: dict[str, dict[str, None]] = {}

    def add(self, prop: str, *values: str | None) -> None:
        """Add values: cleaned, countries as codes, days as ISO texts; nulls are passed over."""
        for value in values:
            if text := clean(value):
                self._add(prop, text)

    def _add(self, prop: str, text: str) -> None:
        if prop not in SCHEMATA[self.schema]:
            self.note(prop, text)
        elif prop in COUNTRIES:
            self._country(prop, text)
        elif prop in DAYS:
            days = parse_days(text)
            for day in days:
                self._put(prop, day)
            if not days:
                self.note(prop, text)
        elif prop == "gender":
            if gender := GENDERS.get(text.casefold().rstrip(".")):
                self._put(prop, gender)
        elif prop in FORMS and not FORMS[prop].fullmatch(text):
            self.note(prop, text)
        else:
            web = prop == "website" and "://" not in text
            self._put(prop, f"http://{text}" if web else text)

    def _country(self, prop: str, text: str) -> None:
        if code := places.code(text):
            self._put(prop, code)
        elif text.casefold() not in places.NO_COUNTRY:
            self.note(prop, text)

    def _put(self, prop: str, text: str) -> None:
        self._found.setdefault(prop, {})[text] = None

    def note(self, label: str, text: str) -> None:
        """Keep what has no place of its own, with its label, as a note."""
        self._put("notes", f"{label}: {text}" if label else text)

    def has(self, prop: str) -> bool:
        """Whether a value was found."""
        return prop in self._found

    def holds(self, prop: str, value: str) -> bool:
        """Whether this value was found already."""
        return value in self._found.get(prop, ())

    def only(self, prop: str) -> str:
        """The value where there is exactly one; else empty."""
        values = self._found.get(prop, {})
        return next(iter(values)) if len(values) == 1 else ""

    def names(self) -> bool:
        """Whether the entry has any name."""
        return any(self.has(prop) for prop in ("name", "alias", "previousName", "weakAlias"))

    def party(self, listings: Iterable[Listing], file_id: str, locator: str) -> Party:
        """The finished party. A name among the stronger kinds is not repeated among the weaker."""
        seen: set[str] = set()
        for kind in ("name", "alias", "previousName", "weakAlias"):
            kept = {text: None for text in self._found.get(kind, {}) if text not in seen}
            seen |= set(kept)
            if kept:
                self._found[kind] = kept
            else:
                self._found.pop(kind, None)
        properties = {prop: tuple(values) for prop, values in self._found.items()}
        return Party(
            self.party_id, self.schema, properties, tuple(listings), Lineage(file_id, locator)
        )
