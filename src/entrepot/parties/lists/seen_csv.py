"""OFAC entries with the first and last day on which snapshots of the list held them.

Columns `ent_num, name, type, programs_latest, first_seen, last_seen, on_list_at_start,
on_list_at_end, remarks ...`. The days are those of snapshots a few days apart, so the true first
day may be a few days earlier and the true last one a few later. An entry that the first snapshot
held has no first day: it was listed some time before.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.edition import Entry, Reading, RefusedEntry, Source
from entrepot.parties.lists.ofac_names import SCHEMAS, add_name, programs, tail_from_name
from entrepot.parties.lists.ofac_remarks import file_remarks
from entrepot.parties.lists.table import named_rows
from entrepot.parties.party import Listing

COLUMNS: Final = ("ent_num", "name", "first_seen", "last_seen", "on_list_at_end")
FACTS: Final = {"vessel_call_sign": "callSign", "vessel_type": "type", "vessel_flag": "flag"}


def read_seen_csv(source: Source, reading: Reading) -> Iterator[Entry]:
    """Entries with their days; those gone from the list are kept with their end."""
    reading.list_id = reading.list_id or "ofac-sdn-seen"
    reading.notes.append(
        "First and last days are those of snapshots; the true ones may lie a few days off."
    )
    last = None
    for line, row in named_rows(source.path, COLUMNS, skip=1):
        first_seen, last_seen = whole_day(row["first_seen"]), whole_day(row["last_seen"])
        if not row["ent_num"] or not row["name"] or first_seen is None or last_seen is None:
            yield RefusedEntry(f"line {line}", "got no number, name or days", row["name"])
            continue
        last = max(last_seen, last or last_seen)
        draft = Draft(f"ofac-{row['ent_num']}", SCHEMAS.get(row.get("type", ""), "Organization"))
        add_name(draft, "name", row["name"])
        for column, prop in FACTS.items():
            draft.add(prop if draft.schema == "Vessel" else "notes", row.get(column))
        file_remarks(draft, row.get("remarks", ""))
        tail_from_name(draft, row["name"])
        listing = Listing(
            reading.list_id, row["ent_num"],
            None if row.get("on_list_at_start") == "True" else first_seen,
            None if row["on_list_at_end"] == "True" else last_seen + timedelta(days=1),
            programs(row.get("programs_latest", "")),
        )  # fmt: skip
        yield draft.party([listing], source.file_id, f"ent_num {row['ent_num']}, line {line}")
    reading.published_on = last
