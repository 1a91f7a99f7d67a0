"""The Consolidated Screening List of the United States (trade.gov), CSV and JSON.

It puts together lists of Commerce (BIS: Entity List, Denied Persons, Unverified, Military End
User), State and Treasury. Each entry names its source, which is kept as the listing's list:
`us-csl/<the list's short name>`. OFAC's entries carry OFAC's numbers.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from entrepot.errors import SourceError
from entrepot.parties.lists import places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.idents import file_identifier
from entrepot.parties.lists.ofac_names import add_name
from entrepot.parties.lists.rawfile import AGAIN, whole_text
from entrepot.parties.lists.table import named_rows
from entrepot.parties.party import Listing

SCHEMAS: Final = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane",
                  "entity": "Organization"}  # fmt: skip
"""An empty type says nothing: BIS lists persons and firms without one."""

PERSONAL: Final = {"nationalities": "nationality", "citizenships": "citizenship",
                   "dates_of_birth": "birthDate", "places_of_birth": "birthPlace"}  # fmt: skip
SHORT: Final = re.compile(r"\(([A-Z]{2,5})\)")
LIST_ID: Final = "us-csl"
COLUMNS: Final = ("source", "name", "alt_names", "federal_register_notice")


def read_csl_csv(source: Source, reading: Reading) -> Iterator[Entry]:
    """The CSV: cells hold several values parted by semicolons."""
    reading.list_id = reading.list_id or LIST_ID
    for line, row in named_rows(source.path, COLUMNS):
        yield _entry(row, f"line {line}", source.file_id, reading.list_id)


def read_csl_json(source: Source, reading: Reading) -> Iterator[Entry]:
    """The JSON: one object with `results`.

    Raises:
        SourceError: broken JSON, or no results in it.
    """
    reading.list_id = reading.list_id or LIST_ID
    try:
        found = json.loads(whole_text(source.path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise SourceError(
            f"got broken JSON ({error}), expected a whole document",
            locator=source.path.name, hint=AGAIN,
        ) from error  # fmt: skip
    results = found.get("results") if isinstance(found, dict) else None
    if not isinstance(results, list):
        raise SourceError("got JSON without results, expected a list of them",
                          locator=source.path.name)  # fmt: skip
    for place, result in enumerate(results, start=1):
        if isinstance(result, dict):
            yield _entry(result, f"result {place}", source.file_id, reading.list_id)
        else:
            yield RefusedEntry(f"result {place}", "got no object, expected one", str(result)[:200])


def _entry(row: Mapping[str, Any], locator: str, file_id: str, list_id: str) -> Entry:
    number = clean(str(row.get("_id") or row.get("id") or ""))
    ofac = clean(str(row.get("entity_number") or ""))
    name = clean(row.get("name"))
    if not name or not (number or ofac):
        return RefusedEntry(locator, "got no name or no id, expected both", name or number)
    kind = clean(row.get("type")).casefold()
    draft = Draft(f"ofac-{ofac}" if ofac else f"us-csl-{number}", SCHEMAS.get(kind, "LegalEntity"))
    add_name(draft, "name", name)
    for alias in _several(row.get("alt_names")):
        add_name(draft, "alias", alias)
    _facts(draft, row)
    _addresses(draft, row.get("addresses"))
    for item in _several(row.get("ids")):
        _number(draft, item)
    short = SHORT.search(clean(row.get("source")))
    listing = Listing(
        f"{list_id}/{short[1].lower()}" if short else list_id, ofac or number,
        whole_day(row.get("start_date")), whole_day(row.get("end_date")),
        tuple(map(clean, _several(row.get("programs")))),
    )  # fmt: skip
    return draft.party([listing], file_id, f"{locator}, id {number}")


def _several(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [part for part in re.split(r";\s*", value) if part.strip()] if value else []


def _facts(draft: Draft, row: Mapping[str, Any]) -> None:
    person = draft.schema == "Person"
    for column, prop in PERSONAL.items():
        draft.add(prop if person else "notes", *map(str, _several(row.get(column))))
    draft.add("position" if person else "notes", row.get("title"))
    draft.add("country", row.get("country"))
    for column, prop in (("call_sign", "callSign"), ("vessel_type", "type"),
                         ("vessel_flag", "flag")):  # fmt: skip
        draft.add(prop, row.get(column))
    if owner := clean(row.get("vessel_owner")):
        draft.note("Vessel owner", owner)
    for column in ("remarks", "license_requirement", "license_policy", "federal_register_notice"):
        if words := clean(row.get(column)):
            draft.note("" if column == "remarks" else column.replace("_", " "), words)
    draft.add("sourceUrl", row.get("source_information_url"))


def _addresses(draft: Draft, value: Any) -> None:
    for one in _several(value):
        if isinstance(one, dict):
            parts = [clean(one.get(part)) for part in ("address", "city", "state", "postal_code")]
            draft.add("address", ", ".join(part for part in parts if part))
            draft.add("country", one.get("country"))
            continue
        draft.add("address", str(one))
        last = str(one).rpartition(",")[2].strip()
        draft.add("country", last if len(last) == 2 and places.code(last) else "")


def _number(draft: Draft, item: Any) -> None:
    """`{type, number, country}`, or in the CSV `Passport, A123456, RU`."""
    if isinstance(item, dict):
        label, number, country = (clean(item.get(part)) for part in ("type", "number", "country"))
    else:
        parts = [part.strip() for part in str(item).split(",")]
        label, number, country = (*parts, "", "")[:3]
    code = places.code(country)
    if number and not file_identifier(draft, label, number, code):
        draft.note(label, number)
    draft.add("country", code)
