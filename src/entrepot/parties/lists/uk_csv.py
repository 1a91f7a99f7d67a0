"""The United Kingdom's two CSV lists: one row a name, rows of one party share its number.

`UK-Sanctions-List.csv` (FCDO) and `ConList.csv` (OFSI, kept until 28 January 2026). Both begin with
a line that gives the day, and name their columns below it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.rawfile import text_lines
from entrepot.parties.lists.table import named_rows
from entrepot.parties.lists.uk_names import SCHEMAS, add_facts, add_name
from entrepot.parties.party import Listing

Row = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class Layout:
    """Where each of the two lists has what."""

    list_id: str
    prefix: str
    number: str
    kind: str
    name_kind: str
    quality: str
    script: str
    days: tuple[str, ...]
    program: str
    address: tuple[str, ...]
    facts: dict[str, str]


FCDO: Final = Layout(
    list_id="uk-sanctions",
    prefix="gb-fcdo",
    number="Unique ID",
    kind="Designation Type",
    name_kind="Name type",
    quality="Alias strength",
    script="Name non-latin script",
    days=("Date Designated",),
    program="Regime Name",
    address=(*tuple(f"Address Line {place}" for place in range(1, 7)), "Address Postal Code"),
    facts={
        "D.O.B": "birthDate", "Nationality(/ies)": "nationality", "Address Country": "country",
        "Passport number": "passportNumber", "National Identifier number": "idNumber",
        "Position": "position", "Gender": "gender", "Town of birth": "birthPlace",
        "Country of birth": "birthCountry", "Type of entity": "classification", "Title": "title",
        "Business registration number (s)": "registrationNumber", "IMO number": "imoNumber",
        "Current believed flag of ship": "flag", "Previous flags": "pastFlags",
        "Type of ship": "type", "Tonnage of ship": "tonnage", "Year Built": "buildDate",
        "Phone number": "phone", "Email address": "email", "Website": "website",
        "Other Information": "notes",
    },
)  # fmt: skip

OFSI: Final = Layout(
    list_id="uk-ofsi",
    prefix="gb-hmt",
    number="Group ID",
    kind="Group Type",
    name_kind="Alias Type",
    quality="Alias Quality",
    script="Name Non-Latin Script",
    days=("UK Sanctions List Date Designated", "Listed On"),
    program="Regime",
    address=(*tuple(f"Address {place}" for place in range(1, 7)), "Post/Zip Code"),
    facts={
        "DOB": "birthDate", "Nationality": "nationality", "Country": "country",
        "Passport Number": "passportNumber", "Passport Details": "notes", "Title": "title",
        "National Identification Number": "idNumber", "NI Number": "idNumber",
        "Position": "position", "Gender": "gender", "Town of Birth": "birthPlace",
        "Country of Birth": "birthCountry", "Other Information": "notes",
    },
)  # fmt: skip


def read_uk_csv(source: Source, reading: Reading) -> Iterator[Entry]:
    """The FCDO's list."""
    return _read(FCDO, source, reading)


def read_uk_conlist(source: Source, reading: Reading) -> Iterator[Entry]:
    """OFSI's list."""
    return _read(OFSI, source, reading)


def _read(layout: Layout, source: Source, reading: Reading) -> Iterator[Entry]:
    reading.list_id = reading.list_id or layout.list_id
    reading.published_on = _published(source)
    rows: list[Row] = []
    for line, row in named_rows(source.path, ("Name 6", "Name 1", layout.number)):
        row["Designation Type"] = row.get("Designation Type") or row.get(
            "Individual, Entity, Ship", ""
        )
        if not row.get(layout.number):
            yield RefusedEntry(f"line {line}", f"got no {layout.number}", row.get("Name 6", ""))
        else:
            rows.append((line, row))
    rows.sort(key=lambda one: one[1][layout.number])
    for number, group in groupby(rows, key=lambda one: one[1][layout.number]):
        yield _entry(layout, number, sorted(group), source.file_id, reading.list_id)


def _published(source: Source) -> date | None:
    """The day above the header: `Last Updated,03/06/2026`, `Report Date: 3-Jun-2026`."""
    for line in text_lines(source.path):
        words = clean(line.strip().strip(",").replace('"', "").replace(":", " ").replace(",", " "))
        return whole_day(words.split(" ")[-1])
    return None


def _entry(layout: Layout, number: str, rows: list[Row], file_id: str, list_id: str) -> Entry:
    line, first = rows[0]
    kind = first.get(layout.kind, "").casefold()
    if kind not in SCHEMAS:
        return RefusedEntry(
            f"line {line}",
            f"got type {first.get(layout.kind, '')!r}, expected individual, entity or ship", number,
        )  # fmt: skip
    draft = Draft(f"{layout.prefix}-{number.lower().replace(' ', '-')}", SCHEMAS[kind])
    rows.sort(key=lambda one: one[1].get(layout.name_kind, "").casefold() != "primary name")
    for _, row in rows:
        parts = [row.get(f"Name {place}", "") for place in range(1, 7)]
        add_name(draft, parts, row.get(layout.name_kind, ""), row.get(layout.quality, ""))
        draft.add("alias", row.get(layout.script))
        lines = (clean(row.get(column)) for column in layout.address)
        draft.add("address", ", ".join(line for line in lines if line))
        for column, prop in layout.facts.items():
            add_facts(draft, {prop: row.get(column, "")})
    if not draft.names():
        return RefusedEntry(f"line {line}", "got no name, expected one", number)
    days = [day for column in layout.days if (day := whole_day(first.get(column, "")))]
    words = dict.fromkeys(word for _, row in rows if (word := clean(row.get(layout.program))))
    listing = Listing(list_id, number, min(days) if days else None, programs=tuple(words))
    return draft.party([listing], file_id, f"{layout.number} {number}, line {line}")
