"""The United Kingdom sanctions list, XML: one `Designation` a party."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.uk_names import SCHEMAS, add_facts, add_name
from entrepot.parties.lists.xmlfile import Root, read_records, text, texts
from entrepot.parties.party import Listing

FACTS: Final = {
    "IndividualDetails/Individual//DOB": "birthDate",
    "IndividualDetails/Individual//Nationality": "nationality",
    "IndividualDetails/Individual//Position": "position",
    "IndividualDetails/Individual//Title": "title",
    "IndividualDetails/Individual//Gender": "gender",
    "IndividualDetails/Individual//TownOfBirth": "birthPlace",
    "IndividualDetails/Individual//CountryOfBirth": "birthCountry",
    "IndividualDetails/Individual//PassportNumber": "passportNumber",
    "IndividualDetails/Individual//NationalIdentifierNumber": "idNumber",
    "EntityDetails//BusinessRegistrationNumber": "registrationNumber",
    "EntityDetails//TypeOfEntity": "classification",
    "ShipDetails//IMONumber": "imoNumber",
    "ShipDetails//CurrentBelievedFlagOfShip": "flag",
    "ShipDetails//PreviousFlag": "pastFlags",
    "ShipDetails//TypeOfShip": "type",
    "ShipDetails//TonnageOfShip": "tonnage",
    "ShipDetails//YearBuilt": "buildDate",
    ".//PhoneNumber": "phone",
    ".//EmailAddress": "email",
    ".//Website": "website",
    "Addresses//AddressCountry": "country",
    "OtherInformation": "notes",
}
"""Places of facts and the property each fills; several of one kind are several values."""

ADDRESS: Final = (*tuple(f"AddressLine{place}" for place in range(1, 7)), "AddressPostalCode")


def read_uk_xml(source: Source, reading: Reading) -> Iterator[Entry]:
    """Persons, organisations and ships with the day each was designated."""
    reading.list_id = reading.list_id or "uk-sanctions"
    taken: set[str] = set()
    records = frozenset({"Designation", "DateGenerated"})
    for line, element in read_records(source.path, records, Root()):
        if element.tag == "DateGenerated":
            reading.published_on = whole_day(element.text)
            continue
        number = text(element, "UniqueID")
        kind = text(element, "IndividualEntityShip").casefold()
        draft = _draft(element, number, SCHEMAS.get(kind, "LegalEntity"))
        if problem := _problem(number, kind, taken, draft):
            yield RefusedEntry(f"line {line}", problem, number)
            continue
        taken.add(number)
        listing = Listing(
            reading.list_id, number, whole_day(text(element, "DateDesignated")),
            programs=tuple(map(clean, texts(element, "RegimeName"))),
        )  # fmt: skip
        yield draft.party([listing], source.file_id, f"{number}, line {line}")


def _problem(number: str, kind: str, taken: set[str], draft: Draft) -> str:
    if not number:
        return "got no UniqueID, expected one"
    if kind not in SCHEMAS:
        return f"got type {kind!r}, expected individual, entity or ship"
    if not draft.names():
        return "got no name, expected one"
    return f"UniqueID {number} stands here for the second time" if number in taken else ""


def _draft(element: Element, number: str, schema: str) -> Draft:
    draft = Draft(f"gb-fcdo-{number.lower()}", schema)
    names = list(element.iterfind("Names/Name"))
    names.sort(key=lambda one: text(one, "NameType").casefold() != "primary name")
    for name in names:
        parts = [text(name, f"Name{place}") for place in range(1, 7)]
        quality = text(name, "AliasStrength") or text(name, "AliasQuality")
        add_name(draft, parts, text(name, "NameType"), quality)
    draft.add("alias", *texts(element, "NonLatinNames//NameNonLatinScript"))
    for address in element.iterfind("Addresses/Address"):
        lines = (clean(text(address, part)) for part in ADDRESS)
        draft.add("address", ", ".join(line for line in lines if line))
    for path, prop in FACTS.items():
        for value in texts(element, path):
            add_facts(draft, {prop: value})
    return draft
