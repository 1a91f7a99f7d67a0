"""What one reading of a list gives: parties, refused entries, and where they stood."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from entrepot.parties.party import Party

LAYOUTS: Final = {
    "ofac-csv": "OFAC, comma separated set without header",
    "ofac-advanced": "OFAC, advanced XML",
    "eu-xml": "EU financial sanctions, XML 1.1",
    "uk-conlist": "United Kingdom, OFSI consolidated list (ConList.csv)",
    "uk-csv": "United Kingdom sanctions list, CSV",
    "uk-xml": "United Kingdom sanctions list, XML",
    "un-xml": "United Nations Security Council, consolidated XML",
    "seco-xml": "Switzerland, SECO XML",
    "csl-csv": "United States Consolidated Screening List, CSV",
    "csl-json": "United States Consolidated Screening List, JSON",
    "ftm-json": "FollowTheMoney entities, JSON lines",
    "ftm-statements": "FollowTheMoney statements, CSV",
    "seen-csv": "OFAC entries with the first and last day they were seen, CSV",
    "plain-csv": "a CSV file of one's own with a column of names",
}
"""Layouts that can be read, with their names for people."""

DayFrom = Literal["file", "user", "server", "name", "retrieved"]
"""Who says on which day an edition was out: the file itself, the user, the server's Last-Modified,
the file's name, or nobody but the clock when it was downloaded."""


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that was left out, with the reason; the rest of the file was good."""

    locator: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of an edition: sha256 of its bytes as they came (compressed or not)."""

    file_id: str
    name: str
    size_bytes: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class ListEdition:
    """One list as it stood in one file (or in one set of files).

    Attributes:
        list_id: which list, such as `ofac-sdn`.
        published_on: the day the list stood so; null: nothing says it.
        file_id: sha256 of the main file; the lineage of every party names it.
        layout: a key of `LAYOUTS`.
        parties: the entries, in the order of the file.
        refused: entries left out.
        files: all files read, the main one first.
        notes: sentences for the reader, such as that no file of aliases was given.
        published_from: who says the day; null with a null day.
    """

    list_id: str
    published_on: date | None
    file_id: str
    layout: str
    parties: tuple[Party, ...]
    refused: tuple[RefusedEntry, ...]
    files: tuple[SourceFile, ...] = ()
    notes: tuple[str, ...] = ()
    published_from: DayFrom | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader opens: the main file with its sha256, and the other files of a set by part."""

    path: Path
    file_id: str
    parts: Mapping[str, Path] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What a reader says of the whole file, filled in while its entries are read."""

    list_id: str = ""
    published_on: date | None = None
    notes: list[str] = field(default_factory=list)


Entry = Party | RefusedEntry
Reader = Callable[[Source, Reading], Iterator[Entry]]
"""Reads one layout: gives entries one by one, and fills the `Reading` in."""
