"""Switzerland's list, XML of the State Secretariat for Economic Affairs (swiss-sanctions-list).

The file opens with programs and, in some editions, places; each `target` is a person, an entity or
an object with one or more identities. Old states of a target stand inside its `modification`
elements and are left alone. A target whose last change is `de-listed` is kept with its last day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Final
from xml.etree.ElementTree import Element

from entrepot.parties.lists import places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import partial, whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.idents import file_identifier
from entrepot.parties.lists.xmlfile import Root, read_records, text, texts
from entrepot.parties.party import Listing

RECORDS: Final = frozenset({"sanctions-program", "place", "target"})
NAMES: Final = {"primary-name": "name", "alias": "alias", "formerly-known-as": "previousName"}
PARTS: Final = {
    "given-name": "firstName", "further-given-name": "secondName", "father-name": "fatherName",
    "family-name": "lastName", "title": "title",
}  # fmt: skip
GIVEN_FIRST: Final = ("given-name", "further-given-name", "father-name", "grand-father-name",
                      "tribal-name", "family-name", "maiden-name", "suffix")  # fmt: skip
"""The natural order of a person's parts; the file often prints the family name first."""

MOST_SPELLINGS: Final = 8
"""Whole names made of one name's spelling variants; more would be guesses of ours."""


@dataclass(slots=True)
class _Tables:
    programs: dict[str, str] = field(default_factory=dict)
    places: dict[str, Element] = field(default_factory=dict)


def read_seco_xml(source: Source, reading: Reading) -> Iterator[Entry]:
    """Persons, organisations and vessels, with first and last day."""
    reading.list_id = reading.list_id or "ch-seco"
    tables, root, taken = _Tables(), Root(), set[str]()
    for line, element in read_records(source.path, RECORDS, root):
        reading.published_on = whole_day(root.attributes.get("date", ""))
        if element.tag == "place":
            tables.places[element.get("ssid", "")] = element
        elif element.tag == "sanctions-program":
            _program(tables, element)
        else:
            yield _entry(line, element, tables, source.file_id, reading.list_id, taken)


def _program(tables: _Tables, element: Element) -> None:
    name = next(
        (clean(one.text) for tag in ("program-key", "program-name")
         for one in element.iterfind(tag) if one.get("lang", "eng") == "eng"), "",
    )  # fmt: skip
    for one in element.iterfind("sanctions-set"):
        tables.programs[one.get("ssid", "")] = name


def _entry(
    line: int, element: Element, tables: _Tables, file_id: str, list_id: str, taken: set[str]
) -> Entry:
    number = element.get("ssid", "")
    found = [(tag, one) for tag in ("individual", "entity", "object")
             if (one := element.find(tag)) is not None]  # fmt: skip
    if not number or not found or number in taken:
        why = "a number given twice" if number in taken else "no person, entity or object"
        return RefusedEntry(f"line {line}", f"got {why}, expected one target", f"ssid {number}")
    taken.add(number)
    draft = _draft(*found[0], number, tables)
    if not draft.names():
        return RefusedEntry(f"line {line}", "got no name, expected one", f"ssid {number}")
    first, last = _stay(element)
    sets = [element.get("sanctions-set-id", ""), *texts(element, "sanctions-set-id")]
    words = dict.fromkeys(word for one in sets if (word := tables.programs.get(one)))
    listing = Listing(list_id, number, first, last, tuple(words))
    return draft.party([listing], file_id, f"ssid {number}, line {line}")


def _stay(element: Element) -> tuple[date | None, date | None]:
    """Since when a target is listed, and when it left: its last listing, and a delisting after."""
    days: list[tuple[date, str]] = []
    for change in element.iterfind("modification"):
        day = whole_day(change.get("effective-date") or change.get("publication-date"))
        if day:
            days.append((day, change.get("modification-type", "")))
    days.sort()
    listed = [day for day, kind in days if kind == "listed"]
    left = [day for day, kind in days if kind == "de-listed"]
    first = listed[-1] if listed else None
    return first, left[-1] if left and (first is None or left[-1] >= first) else None


def _draft(tag: str, node: Element, number: str, tables: _Tables) -> Draft:
    schema = {"individual": "Person", "entity": "Organization"}.get(tag, "")
    if tag == "object":
        schema = {"vessel": "Vessel", "aircraft": "Airplane"}.get(
            node.get("object-type", ""), "LegalEntity"
        )
    draft = Draft(f"ch-seco-{number}", schema)
    identities = sorted(node.iterfind("identity"), key=lambda one: one.get("main") != "true")
    for identity in identities:
        _identity(draft, identity, tables)
    if schema == "Person":
        draft.add("gender", node.get("sex"))
    for other in texts(node, "other-information"):
        label, colon, value = other.partition(":")
        if not (colon and len(value) < 65 and file_identifier(draft, label.strip(), value)):
            draft.add("notes", other)
    draft.add("notes", *texts(node, "justification"))
    return draft


def _identity(draft: Draft, identity: Element, tables: _Tables) -> None:
    for name in identity.iterfind("name"):
        _name(draft, name)
    for birth in identity.iterfind("day-month-year"):
        numbers = [birth.get(part) or "" for part in ("year", "month", "day")]
        year, month, day = (int(one) if one.isdigit() else 0 for one in numbers)
        prop = "birthDate" if draft.schema == "Person" else "incorporationDate"
        draft.add(prop, partial(year, month, day if month else 0) if year else "")
    for country in identity.iterfind("nationality/country"):
        code = country.get("iso-code") or country.text
        draft.add("nationality" if draft.schema == "Person" else "country", code)
    for tag, words, code in (("address", "address", "country"),
                             ("place-of-birth", "birthPlace", "birthCountry")):  # fmt: skip
        for place in identity.iterfind(tag):
            lines, country_code = _place(place, tables)
            draft.add(words, lines)
            draft.add(code, country_code)
    for document in identity.iterfind("identification-document"):
        issuer = document.find("issuer")
        issued = (issuer.get("code") or issuer.text or "") if issuer is not None else ""
        label = (document.get("document-type") or "identification").replace("-", " ")
        file_identifier(draft, label, text(document, "number"), places.code(issued))


def _place(node: Element, tables: _Tables) -> tuple[str, str]:
    """An address in one line and its country, from the element and the place it points to."""
    sources = [node, *(place for place in [tables.places.get(node.get("place-id", ""))]
                       if place is not None)]  # fmt: skip
    parts = []
    for tag in ("c-o", "address-details", "p-o-box", "zip-code", "location", "area", "country"):
        parts.append(next((word for one in sources if (word := clean(text(one, tag)))), ""))
    country = next((one for source in sources if (one := source.find("country")) is not None), None)
    code = (country.get("iso-code") or clean(country.text)) if country is not None else ""
    return ", ".join(part for part in parts if part), code


def _name(draft: Draft, name: Element) -> None:
    kind = NAMES.get(name.get("name-type", ""), "alias")
    kind = "alias" if kind == "name" and draft.has("name") else kind
    kind = "weakAlias" if name.get("quality") == "low" else kind
    parts = [part for part in name.iterfind("name-part") if clean(text(part, "value"))]
    parts.sort(key=_place_in_name)
    plain = [part for part in parts if part.get("name-part-type") != "title"]
    draft.add(kind, " ".join(clean(text(part, "value")) for part in plain))
    for spelling in _spellings(plain):
        draft.add("alias" if kind == "name" else kind, spelling)
    if draft.schema == "Person" and kind == "name":
        for part in parts:
            if prop := PARTS.get(part.get("name-part-type", "")):
                draft.add(prop, text(part, "value"))


def _place_in_name(part: Element) -> tuple[int, int]:
    kind, order = part.get("name-part-type", ""), part.get("order") or ""
    place = GIVEN_FIRST.index(kind) if kind in GIVEN_FIRST else -1
    return place, int(order) if order.isdigit() else 0


def _spellings(parts: list[Element]) -> list[str]:
    """Whole names in each script of the variants; a part without a variant keeps its value."""
    keys = dict.fromkeys(
        (one.get("script", ""), one.get("lang", ""))
        for part in parts for one in part.iterfind("spelling-variant")
    )  # fmt: skip
    found: list[str] = []
    for script, lang in keys:
        choices = []
        for part in parts:
            variants = [
                clean(one.text)
                for one in part.iterfind("spelling-variant")
                if (one.get("script", ""), one.get("lang", "")) == (script, lang)
            ]
            choices.append([word for word in variants if word] or [clean(text(part, "value"))])
        found += [" ".join(words) for words in list(product(*choices))[:MOST_SPELLINGS]]
    return found
