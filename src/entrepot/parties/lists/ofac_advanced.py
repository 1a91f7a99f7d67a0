"""OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML).

The file holds tables of codes, places, documents, parties and, at its end, the days of listing.
Parties therefore wait in memory for their listing; everything else is read as a stream. Layout:
United Nations "Advanced Sanctions Data Model", OFAC's notes on it (sdn_advanced_notes.pdf).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from entrepot.parties.lists import places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import partial
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.ofac_names import SCHEMAS, file_fact, tail_from_name
from entrepot.parties.lists.xmlfile import Root, read_records, text
from entrepot.parties.party import Listing

CODES: Final = frozenset(
    ["AliasType", "NamePartType", "PartySubType", "PartyType", "FeatureType", "DetailReference",
     "IDRegDocType", "LocPartType", "Country", "AreaCode", "List", "SanctionsType"]
)  # fmt: skip
RECORDS: Final = CODES | {
    "DateOfIssue", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry",
}  # fmt: skip
NAME_ORDER: Final = (
    "First Name", "Middle Name", "Patronymic", "Matronymic", "Last Name", "Maiden Name",
)  # fmt: skip
PART_PROPERTIES: Final = {
    "First Name": "firstName",
    "Middle Name": "middleName",
    "Patronymic": "fatherName",
    "Matronymic": "motherName",
    "Last Name": "lastName",
}
SDN_LIST: Final = "SDN List"


@dataclass(slots=True)
class _Tables:
    """What stands before the parties."""

    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def value(self, table: str, key: str | None) -> str:
        return self.codes.get((table, key or ""), "")


@dataclass(slots=True)
class _Listed:
    """Entries of one profile on lists."""

    record_id: str
    on: str
    days: list[str]
    programs: list[str]


def read_ofac_advanced(source: Source, reading: Reading) -> Iterator[Entry]:
    """Parties with their listings; one that no list entry names is refused."""
    tables, parties, listed = _Tables(), [], defaultdict(list)
    for line, element in read_records(source.path, RECORDS, Root()):
        if element.tag in CODES:
            _code(tables, element)
        elif element.tag == "DateOfIssue":
            day = _day(element)
            reading.published_on = date.fromisoformat(day) if len(day) == 10 else None
        elif element.tag == "Location":
            tables.places[element.get("ID", "")] = _place(tables, element)
        elif element.tag == "IDRegDocument":
            _document(tables, element)
        elif element.tag == "SanctionsEntry":
            listed[element.get("ProfileID", "")].append(_listed(tables, element))
        else:
            parties.append((line, element.get("FixedRef", ""), _draft(tables, element)))
    lists = Counter(one.on for entries in listed.values() for one in entries)
    main = "ofac-sdn" if lists.get(SDN_LIST, 0) * 2 >= sum(lists.values()) else "ofac-cons"
    reading.list_id = reading.list_id or main
    for line, number, draft in parties:
        yield _finish(line, number, draft, listed, source.file_id, reading.list_id)


def _finish(
    line: int, number: str, draft: Draft | str, listed: dict[str, list[_Listed]], file_id: str,
    list_id: str,
) -> Entry:  # fmt: skip
    if isinstance(draft, str):
        return RefusedEntry(f"line {line}", draft, f"party {number}")
    if not draft.names():
        return RefusedEntry(f"line {line}", "got no name, expected one", f"party {number}")
    entries = listed.get(number, ())
    if not entries:
        return RefusedEntry(
            f"line {line}", "got no entry on a list, expected one", f"party {number}"
        )
    days = [day for one in entries for day in one.days if len(day) == 10]
    words = tuple(dict.fromkeys(word for one in entries for word in one.programs))
    listing = Listing(
        list_id, number, date.fromisoformat(min(days)) if days else None, programs=words
    )
    return draft.party([listing], file_id, f"uid {number}, line {line}")


def _code(tables: _Tables, element: Element) -> None:
    key, value = element.get("ID", ""), clean(element.text)
    tables.codes[(element.tag, key)] = value
    if element.tag == "PartySubType":
        tables.kinds[key] = element.get("PartyTypeID", "")
    elif element.tag == "AreaCode":
        tables.areas[key] = element.get("CountryID", "")
    elif element.tag == "Country" and (iso := element.get("ISO2")):
        tables.codes[("ISO2", key)] = iso


def _country(tables: _Tables, key: str | None) -> str:
    for table in ("ISO2", "Country"):
        if code := places.code(tables.value(table, key)):
            return code
    return ""


def _place(tables: _Tables, element: Element) -> tuple[str, str]:
    """The address in one line, and the country's code."""
    parts = []
    for part in element.iterfind("LocationPart"):
        if value := clean(text(part, "LocationPartValue/Value")):
            parts.append(value)
    keys = [one.get("CountryID") for one in element.iterfind("LocationCountry")]
    keys += [tables.areas.get(one.get("AreaCodeID", "")) for one in
             element.iterfind("LocationAreaCode")]  # fmt: skip
    found = [code for key in keys if (code := _country(tables, key))]
    return ", ".join(parts), found[0] if found else ""


def _document(tables: _Tables, element: Element) -> None:
    label = tables.value("IDRegDocType", element.get("IDRegDocTypeID"))
    number = clean(text(element, "IDRegistrationNo"))
    authority = clean(text(element, "IssuingAuthority"))
    if authority in ("INN", "OGRN"):
        label = authority
    country = _country(tables, element.get("IssuedBy-CountryID"))
    tables.documents[element.get("IdentityID", "")].append((label, number, country))


def _listed(tables: _Tables, element: Element) -> _Listed:
    days = [_day(day) for day in element.iterfind("EntryEvent/Date")]
    words = [
        clean(text(one, "Comment"))
        for one in element.iterfind("SanctionsMeasure")
        if tables.value("SanctionsType", one.get("SanctionsTypeID")) in ("Program", "")
    ]
    on = tables.value("List", element.get("ListID"))
    return _Listed(element.get("ID", ""), on, [day for day in days if day], [w for w in words if w])


def _draft(tables: _Tables, element: Element) -> Draft | str:
    """The party, or why it cannot be one."""
    profile = element.find("Profile")
    if profile is None:
        return "got no profile, expected one"
    sub = profile.get("PartySubTypeID", "")
    kinds = (tables.value("PartySubType", sub), tables.value("PartyType", tables.kinds.get(sub)))
    schema = next((SCHEMAS[one.casefold()] for one in kinds if one.casefold() in SCHEMAS), "")
    if not schema:
        return f"got a party of type {kinds[0] or sub!r}, expected one of {', '.join(SCHEMAS)}"
    draft = Draft(f"ofac-{element.get('FixedRef', '')}", schema)
    for identity in profile.iterfind("Identity"):
        groups = {
            group.get("ID"): tables.value("NamePartType", group.get("NamePartTypeID"))
            for group in identity.iter("NamePartGroup")
        }
        for alias in identity.iterfind("Alias"):
            _names(tables, draft, alias, groups)
        for label, number, country in tables.documents.get(identity.get("ID", ""), ()):
            if not file_fact(draft, label, number, country):
                draft.note(label, number)
    for feature in profile.iterfind("Feature"):
        _feature(tables, draft, feature)
    draft.add("notes", text(element, "Comment"))
    return draft


def _names(tables: _Tables, draft: Draft, alias: Element, groups: dict[str | None, str]) -> None:
    kind = tables.value("AliasType", alias.get("AliasTypeID"))
    primary = alias.get("Primary") == "true"
    prop = "name" if primary else "previousName" if kind.startswith("F.K.A") else "alias"
    prop = "weakAlias" if alias.get("LowQuality") == "true" and not primary else prop
    for place, name in enumerate(alias.iterfind("DocumentedName")):
        parts: dict[str, list[str]] = defaultdict(list)
        for value in name.iterfind("DocumentedNamePart/NamePartValue"):
            parts[groups.get(value.get("NamePartGroupID"), "")].append(clean(value.text))
        order = [*NAME_ORDER, *(part for part in parts if part not in NAME_ORDER)]
        whole = " ".join(word for part in order for word in parts.get(part, ()) if word)
        draft.add("alias" if primary and place else prop, whole)
        if primary and not place:
            _parts(draft, parts)
            tail_from_name(draft, whole)


def _parts(draft: Draft, parts: dict[str, list[str]]) -> None:
    for part, prop in PART_PROPERTIES.items():
        if draft.schema == "Person" and parts.get(part):
            draft.add(prop, " ".join(parts[part]))


def _feature(tables: _Tables, draft: Draft, feature: Element) -> None:
    label = tables.value("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.iterfind("FeatureVersion"):
        for period in version.iterfind("DatePeriod"):
            file_fact(draft, label, _period(period))
        for place in version.iterfind("VersionLocation"):
            _located(draft, label, *tables.places.get(place.get("LocationID", ""), ("", "")))
        for detail in version.iterfind("VersionDetail"):
            reference = tables.value("DetailReference", detail.get("DetailReferenceID"))
            value = clean(detail.text) or reference
            if value and not file_fact(draft, label, value):
                draft.note(label, value)


def _located(draft: Draft, label: str, address: str, country: str) -> None:
    word = label.casefold()
    if "birth" in word:
        draft.add("birthPlace", address)
        draft.add("birthCountry", country)
    elif "nationality" in word or "citizenship" in word:
        file_fact(draft, label, country or address)
    else:
        draft.add("address", address)
        draft.add("country", country)


def _day(element: Element) -> str:
    numbers = [text(element, name) for name in ("Year", "Month", "Day")]
    year, month, day = (int(number) if number.isdigit() else 0 for number in numbers)
    return partial(year, month, day) if year else ""


def _period(period: Element) -> str:
    """A day, or the year where a period covers one; both ends of a longer one."""
    ends = [_day(found) for path in ("Start/From", "End/To")
            if (found := period.find(path)) is not None]  # fmt: skip
    ends = [day for day in ends if day]
    if len(ends) == 2 and ends[0] != ends[1]:
        first, last = ends
        if (first[4:], last[4:]) == ("-01-01", "-12-31") and first[:4] == last[:4]:
            return first[:4]
        return f"{first[:4]} to {last[:4]}"
    return ends[0] if ends else ""
