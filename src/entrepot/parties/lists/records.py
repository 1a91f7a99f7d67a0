"""How parties and editions lie on disk: Parquet for parties, JSON for what is said of an edition.

parties.parquet has one row a party: `party_id`, `body` (schema, properties, listings as JSON),
`locator`. Two rows with equal `body` say the same, so a comparison of editions compares texts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.errors import WorkspaceError
from entrepot.parties.lists.edition import DayFrom, SourceFile
from entrepot.parties.party import Lineage, Listing, Party

SCHEMA: Final = pa.schema(
    [("party_id", pa.string()), ("body", pa.string()), ("locator", pa.string())]
)
BATCH: Final = 4096
"""Parties written at a time; so many are in memory at once."""

PARTIES, SUMMARY, REFUSED = "parties.parquet", "edition.json", "refused.jsonl"


@dataclass(frozen=True, slots=True)
class Held:
    """One edition in the workspace.

    Attributes:
        list_id: which list.
        edition_id: sha256 over the sha256 of its files.
        days: days on which the list is known to have stood so, ascending; empty: no day known.
        day_from: who says the first of them.
        added_at: when it was stored, UTC.
        layout: a key of `LAYOUTS`.
        files: the main file first.
        parties: how many entries.
        names: how many names they have.
        refused: entries left out.
        notes: sentences for the reader.
        origin: address it was downloaded from; empty: a file of the user's.
        reader: version of the readers that read it.
    """

    list_id: str
    edition_id: str
    days: tuple[date, ...]
    day_from: DayFrom | None
    added_at: datetime
    layout: str
    files: tuple[SourceFile, ...]
    parties: int
    names: int
    refused: int
    notes: tuple[str, ...] = ()
    origin: str = ""
    reader: int = 1

    @property
    def order(self) -> tuple[date, datetime]:
        """Editions in time: by their last day; one without a day by the day it was stored."""
        return (self.days[-1] if self.days else self.added_at.date(), self.added_at)


def body_of(party: Party) -> str:
    """What a party says, without where it stood."""
    listings = [
        [one.list_id, one.record_id, _text(one.listed_on), _text(one.ended_on), list(one.programs)]
        for one in party.listings
    ]
    return json.dumps([party.schema, party.properties, listings], ensure_ascii=False)


def party_from(party_id: str, body: str, locator: str, file_id: str) -> Party:
    """The party of a row."""
    schema, properties, listings = json.loads(body)
    return Party(
        party_id, schema, {name: tuple(values) for name, values in properties.items()},
        tuple(Listing(one[0], one[1], _date(one[2]), _date(one[3]), tuple(one[4]))
              for one in listings),
        Lineage(file_id, locator),
    )  # fmt: skip


def write_parties(path: Path, parties: Iterable[Party]) -> Iterator[int]:
    """Write parties as they come; gives the number of names of each, so the caller can count."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        rows: list[tuple[str, str, str]] = []
        for party in parties:
            rows.append(
                (party.party_id, body_of(party), party.lineage.locator if party.lineage else "")
            )
            if len(rows) == BATCH:
                _write(writer, rows)
            yield len(party.names())
        _write(writer, rows)


def _write(writer: pq.ParquetWriter, rows: list[tuple[str, str, str]]) -> None:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    writer.write_table(pa.table([list(column) for column in columns], schema=SCHEMA))
    rows.clear()


def read_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """`party_id`, `body`, `locator` of each party, in batches."""
    with pq.ParquetFile(path) as opened:
        for batch in opened.iter_batches(BATCH):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def read_ids(path: Path) -> list[str]:
    """The ids of all parties."""
    found: list[str] = pq.read_table(path, columns=["party_id"])["party_id"].to_pylist()
    return found


def to_json(held: Held) -> str:
    """The text of `edition.json`."""
    return json.dumps(asdict(held), default=str, ensure_ascii=False, indent=2) + "\n"


def from_json(path: Path) -> Held:
    """The edition that a summary describes.

    Raises:
        WorkspaceError: the summary is damaged.
    """
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        fields = {
            **data,
            "days": tuple(map(date.fromisoformat, data["days"])),
            "added_at": datetime.fromisoformat(data["added_at"]),
            "files": tuple(SourceFile(**one) for one in data["files"]),
            "notes": tuple(data["notes"]),
        }
        return Held(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"{path} cannot be read ({error})",
            hint="Remove its folder and add the list again.",
        ) from error


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
