"""The Security Council's consolidated list, XML (schema sc-sanctions.xsd)."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.idents import file_identifier
from entrepot.parties.lists.places import code
from entrepot.parties.lists.xmlfile import Root, read_records, text, texts
from entrepot.parties.party import Listing

RECORDS: Final = frozenset({"INDIVIDUAL", "ENTITY"})
NAMES: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
QUALITY: Final = {"low": "weakAlias", "f.k.a.": "previousName"}
ADDRESS: Final = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


def read_un_xml(source: Source, reading: Reading) -> Iterator[Entry]:
    """Persons and organisations, with the day each was listed."""
    reading.list_id = reading.list_id or "un-sc"
    root, taken = Root(), set[str]()
    for line, element in read_records(source.path, RECORDS, root):
        reading.published_on = whole_day(root.attributes.get("dateGenerated", ""))
        number = text(element, "DATAID")
        if not number or number in taken:
            why = f"DATAID {number} stands here for the second time" if number else "got no DATAID"
            yield RefusedEntry(f"line {line}", why, text(element, "FIRST_NAME"))
            continue
        taken.add(number)
        draft = _draft(element, number)
        if not draft.names():
            yield RefusedEntry(f"line {line}", "got no name, expected one", f"DATAID {number}")
            continue
        listing = Listing(
            reading.list_id, text(element, "REFERENCE_NUMBER") or number,
            whole_day(text(element, "LISTED_ON")),
            programs=tuple(texts(element, "UN_LIST_TYPE")),
        )  # fmt: skip
        yield draft.party([listing], source.file_id, f"DATAID {number}, line {line}")


def _draft(element: Element, number: str) -> Draft:
    person = element.tag == "INDIVIDUAL"
    draft = Draft(f"unsc-{number}", "Person" if person else "Organization")
    parts = [clean(text(element, part)) for part in NAMES]
    draft.add("name", " ".join(part for part in parts if part))
    draft.add("alias", text(element, "NAME_ORIGINAL_SCRIPT"))
    for alias in element.iterfind(f"{element.tag}_ALIAS"):
        kind = QUALITY.get(text(alias, "QUALITY").casefold(), "alias")
        for name in text(alias, "ALIAS_NAME").split(";"):
            draft.add(kind, name)
        if person:
            draft.add("birthDate", text(alias, "DATE_OF_BIRTH"))
    for address in element.iterfind(f"{element.tag}_ADDRESS"):
        lines = [clean(text(address, part)) for part in ADDRESS]
        if any(lines[:-1]):
            draft.add("address", ", ".join(line for line in lines if line))
        draft.add("country", text(address, "COUNTRY"))
    if person:
        _person(draft, element)
    draft.add("notes", text(element, "COMMENTS1"))
    return draft


def _person(draft: Draft, element: Element) -> None:
    draft.add("gender", text(element, "GENDER"))
    draft.add("title", *texts(element, "TITLE/VALUE"))
    draft.add("position", *texts(element, "DESIGNATION/VALUE"))
    draft.add("nationality", *texts(element, "NATIONALITY/VALUE"))
    for birth in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.add("birthDate", text(birth, "DATE"), text(birth, "YEAR"))
        ends = [text(birth, part) for part in ("FROM_YEAR", "TO_YEAR")]
        draft.add("birthDate", " to ".join(end for end in dict.fromkeys(ends) if end))
    for place in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        lines = [clean(text(place, part)) for part in ("CITY", "STATE_PROVINCE", "COUNTRY")]
        draft.add("birthPlace", ", ".join(line for line in lines if line))
        draft.add("birthCountry", text(place, "COUNTRY"))
    for document in element.iterfind("INDIVIDUAL_DOCUMENT"):
        label = text(document, "TYPE_OF_DOCUMENT") or text(document, "TYPE_OF_DOCUMENT2")
        issuer = code(text(document, "ISSUING_COUNTRY") or text(document, "COUNTRY_OF_ISSUE"))
        number = text(document, "NUMBER")
        file_identifier(draft, " ".join((label or "identification").split()), number, issuer)
        if number:
            draft.add("country", issuer)
