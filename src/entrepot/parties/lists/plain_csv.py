"""A CSV file of one's own: a column of names, and any of the columns below.

Columns are named as FollowTheMoney names properties, or by a usual word (`country`, `passport`,
`date of birth`). Several values stand in one cell parted by semicolons or bars.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, count
from typing import Final

from entrepot.errors import SourceError
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import SCHEMATA, Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.idents import file_identifier, known
from entrepot.parties.lists.rawfile import text_lines
from entrepot.parties.lists.table import named_rows
from entrepot.parties.party import Listing
from entrepot.records.ids import content_id

NAME_COLUMNS: Final = ("name", "full name", "entity name", "company name", "company", "party",
                       "caption", "names")  # fmt: skip
ID_COLUMNS: Final = ("id", "party id", "uid", "entity id", "ref", "reference", "ent_num", "number")
ALIASES: Final = {
    "aliases": "alias", "aka": "alias", "alias": "alias", "former name": "previousName",
    "previous name": "previousName", "dob": "birthDate", "date of birth": "birthDate",
    "birth date": "birthDate", "countries": "country", "citizenship": "citizenship",
    "tail": "registrationNumber", "tail number": "registrationNumber", "remarks": "notes",
    "note": "notes", "comment": "notes", "phones": "phone", "emails": "email",
    "programs": "program", "addresses": "address", "birth_date": "birthDate",
}  # fmt: skip
SCHEMA_WORDS: Final = {
    "person": "Person", "individual": "Person", "company": "Company",
    "organization": "Organization", "organisation": "Organization", "entity": "Organization",
    "vessel": "Vessel", "ship": "Vessel", "airplane": "Airplane", "aircraft": "Airplane",
    "vehicle": "Vehicle", "legalentity": "LegalEntity", "publicbody": "PublicBody",
}  # fmt: skip
SCHEMA_COLUMNS: Final = ("schema", "type", "kind", "entity type")
FIRST_DAY: Final = ("listed_on", "listed on", "start_date", "listing date", "from")
LAST_DAY: Final = ("ended_on", "ended on", "end_date", "delisted", "until")
SPECIAL: Final = frozenset(
    (*NAME_COLUMNS, *ID_COLUMNS, *SCHEMA_COLUMNS, *FIRST_DAY, *LAST_DAY, "dataset", "first_seen",
     "last_seen", "last_change", "sanctions", "identifiers")
)  # fmt: skip
PROPERTIES: Final = {name.casefold(): name for names in SCHEMATA.values() for name in names}


def name_column(header: list[str]) -> str:
    """The column that holds names; empty: none does."""
    words = {cell.strip().casefold(): cell.strip() for cell in header}
    return next((words[name] for name in NAME_COLUMNS if name in words), "")


def delimiter_of(line: str) -> str:
    """What parts the cells of a header line: comma, semicolon, tabulator or bar."""
    return max(",;\t|", key=line.count)


def read_plain_csv(source: Source, reading: Reading) -> Iterator[Entry]:
    """One party a row.

    Raises:
        SourceError: no column of names.
    """
    first = next(text_lines(source.path), "")
    delimiter = delimiter_of(first)
    column = name_column(next(csv.reader([first], delimiter=delimiter), []))
    if not column:
        raise SourceError(
            f"got no column of names, expected one of {', '.join(NAME_COLUMNS[:5])}",
            locator=f"{source.path.name}, line 1",
        )
    reading.list_id = reading.list_id or slug(source.path.name.split(".")[0])[:64] or "own-list"
    taken: set[str] = set()
    for line, row in named_rows(source.path, (column,), skip=1, delimiter=delimiter):
        yield _entry(line, row, column, source.file_id, reading.list_id, taken)


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _entry(
    line: int, row: dict[str, str], column: str, file_id: str, list_id: str, taken: set[str]
) -> Entry:
    words = {name.casefold(): value for name, value in row.items()}
    kind = next((words[name] for name in SCHEMA_COLUMNS if words.get(name)), "")
    schema = SCHEMA_WORDS.get(kind.strip().casefold(), "LegalEntity")
    number = next((words[name] for name in ID_COLUMNS if words.get(name)), "")
    if number in taken:
        return RefusedEntry(f"line {line}", f"id {number!r} stands here for the second time")
    number = number or _made_id(schema, clean(row[column]), taken)
    draft = Draft(f"{list_id}-{number}", schema)
    draft.add("name", row[column])
    if not draft.names():
        return RefusedEntry(f"line {line}", "got no name, expected one", number)
    taken.add(number)
    if kind and schema == "LegalEntity" and kind.casefold() != "legalentity":
        draft.note("type", kind)
    for name, value in words.items():
        if name not in SPECIAL and value:
            _cell(draft, name, value)
    for value in _several(words.get("identifiers", "")):
        label, colon, rest = value.partition(":")
        if not (colon and file_identifier(draft, label, rest)):
            draft.add("registrationNumber", value)
    listing = Listing(
        list_id, number, _day(words, FIRST_DAY), _day(words, LAST_DAY),
        tuple(_several(words.get("programs", "") or words.get("program", ""))),
    )  # fmt: skip
    return draft.party([listing], file_id, f"line {line}")


def _made_id(schema: str, name: str, taken: set[str]) -> str:
    """An id where the file gives none; rows of one type and name are counted, so 2 is the second.

    The line would not do: a row put in above would give every party the id of another.
    """
    made = content_id("row", schema, name)
    counted = chain([made], (f"{made}-{place}" for place in count(2)))
    return next(one for one in counted if one not in taken)


def _cell(draft: Draft, name: str, value: str) -> None:
    prop = ALIASES.get(name) or PROPERTIES.get(name.replace(" ", "").replace("_", ""))
    if prop == "notes" or prop == "address":
        draft.add(prop, value)
    elif prop == "program":
        return
    elif prop:
        for one in _several(value):
            if not (prop == "imoNumber" and file_identifier(draft, "IMO", one)):
                draft.add(prop, one)
    elif known(name):
        for one in _several(value):
            file_identifier(draft, name, one)
    else:
        draft.note(name, value)


def _several(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]


def _day(words: dict[str, str], columns: tuple[str, ...]) -> date | None:
    return next((day for name in columns if (day := whole_day(words.get(name, "")))), None)
