"""The European Union's financial sanctions, XML 1.1 (xmlFullSanctionsList_1_1).

Each `sanctionEntity` has its names, birthdays, citizenships, addresses and numbers as elements with
attributes. A regulation there is the last one that changed the entry, mostly an amendment; it does
not say since when the party is listed. Only `designationDate` does, where it is filled in.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from entrepot.parties.lists import places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import partial, whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.idents import file_identifier
from entrepot.parties.lists.xmlfile import Root, read_records, texts
from entrepot.parties.party import Listing

SCHEMAS: Final = {"person": "Person", "P": "Person", "enterprise": "Organization",
                  "E": "Organization"}  # fmt: skip
ADDRESS: Final = ("street", "poBox", "zipCode", "city", "place", "region", "countryDescription")
NUMBERS: Final = {
    "id": "National identification card", "passport": "Passport", "ssn": "Social security number",
    "regnumber": "Registration number", "fiscalcode": "Fiscal code", "swiftbic": "SWIFT BIC",
    "travel document": "Travel document", "residentperm": "Residence permit", "imo": "IMO",
    "tradelicence": "Trade licence", "other": "Other identification number",
}  # fmt: skip
"""`identificationTypeCode` in words, where the entry gives no description."""


def read_eu_xml(source: Source, reading: Reading) -> Iterator[Entry]:
    """Persons and organisations; weak names (`strong="false"`) are weak aliases."""
    reading.list_id = reading.list_id or "eu-fsf"
    root, taken = Root(), set[str]()
    for line, element in read_records(source.path, frozenset({"sanctionEntity"}), root):
        reading.published_on = whole_day(root.attributes.get("generationDate", ""))
        number = element.get("euReferenceNumber") or element.get("logicalId") or ""
        draft, problem = _draft(element, number)
        if not problem and number in taken:
            problem = f"reference {number} stands here for the second time"
        if problem or not draft.names():
            yield RefusedEntry(f"line {line}", problem or "got no name, expected one", number)
            continue
        taken.add(number)
        listing = Listing(
            reading.list_id, number, whole_day(element.get("designationDate", "")),
            programs=_programs(element),
        )  # fmt: skip
        yield draft.party([listing], source.file_id, f"{number}, line {line}")


def _programs(element: Element) -> tuple[str, ...]:
    found = (clean(one.get("programme")) for one in element.iterfind("regulation"))
    return tuple(dict.fromkeys(word for word in found if word))


def _draft(element: Element, number: str) -> tuple[Draft, str]:
    """The party, and why it cannot be one (empty: it can)."""
    kind = element.find("subjectType")
    code = (kind.get("code") or kind.get("classificationCode") or "") if kind is not None else ""
    slug = number.lower().replace(".", "-")
    draft = Draft(f"eu-fsf-{slug}", SCHEMAS.get(code, "LegalEntity"))
    if not number:
        return draft, "got no reference number, expected euReferenceNumber"
    if code not in SCHEMAS:
        return draft, f"got a subject of type {code!r}, expected person or enterprise"
    for name in element.iterfind("nameAlias"):
        _name(draft, name)
    for node in element.iterfind("citizenship"):
        draft.add("nationality" if draft.schema == "Person" else "country", _country(node))
    for node in element.iterfind("birthdate"):
        _birth(draft, node)
    for node in element.iterfind("address"):
        draft.add("address", _address(node))
        draft.add("country", _country(node))
        for contact in node.iterfind("contactInfo"):
            _contact(draft, contact)
    for node in element.iterfind("identification"):
        _number(draft, node)
    draft.add("notes", *texts(element, "remark"))
    return draft, ""


def _name(draft: Draft, node: Element) -> None:
    parts = [clean(node.get(part)) for part in ("firstName", "middleName", "lastName")]
    whole = clean(node.get("wholeName")) or " ".join(part for part in parts if part)
    remark = " ".join(texts(node, "remark")).casefold()
    weak = node.get("strong") == "false" or "low quality" in remark
    draft.add("weakAlias" if weak else "alias" if draft.has("name") else "name", whole)
    if draft.schema == "Person":
        if not weak:
            for prop, part in zip(("firstName", "middleName", "lastName"), parts, strict=True):
                draft.add(prop, part)
        draft.add("gender", node.get("gender"))
        draft.add("title", node.get("title"))
        draft.add("position", node.get("function"))
    elif clean(node.get("function")):
        draft.note("Function", clean(node.get("function")))


def _country(node: Element) -> str:
    """The country by its code; by its name where the code is that of no state of today."""
    text = clean(node.get("countryIso2Code"))
    return text if text not in ("", "00") and places.code(text) else clean(
        node.get("countryDescription")
    )  # fmt: skip


def _address(node: Element) -> str:
    parts = (clean(node.get(part)) for part in ADDRESS)
    return ", ".join(part for part in parts if part)


def _birth(draft: Draft, node: Element) -> None:
    year, month, day = (
        int(text) if (text := node.get(part) or "").isdigit() else 0
        for part in ("year", "monthOfYear", "dayOfMonth")
    )
    full = clean(node.get("birthdate"))
    draft.add("birthDate", full or partial(year, month, day if month else 0))
    draft.add("birthPlace", _address(node))
    if draft.schema == "Person":
        draft.add("birthCountry", _country(node))


def _number(draft: Draft, node: Element) -> None:
    code = node.get("identificationTypeCode") or ""
    label = clean(node.get("identificationTypeDescription")) or NUMBERS.get(code, code)
    if code == "other" and texts(node, "remark"):
        label = texts(node, "remark")[0]
    country = places.code(_country(node))
    for number in dict.fromkeys(clean(node.get(part)) for part in ("number", "latinNumber")):
        if number and not file_identifier(draft, label, number, country):
            draft.note(label, number)
    draft.add("country", country)


def _contact(draft: Draft, node: Element) -> None:
    key, value = (node.get("key") or "").casefold(), node.get("value")
    prop = {"email": "email", "phone": "phone", "web": "website", "website": "website"}.get(key)
    if prop:
        draft.add(prop, *(value or "").split(";"))
    elif clean(value):
        draft.note(key, clean(value))
