"""Reading a list: the right reader for the layout, and the whole or nothing.

A broken or cut file raises; an entry that is wrong by itself is refused and the others are kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from entrepot.errors import RequestError, SourceError
from entrepot.parties.lists.csl import read_csl_csv, read_csl_json
from entrepot.parties.lists.days import whole_day
from entrepot.parties.lists.edition import (
    DayFrom,
    Entry,
    ListEdition,
    Reader,
    Reading,
    RefusedEntry,
    Source,
    SourceFile,
)
from entrepot.parties.lists.eu_xml import read_eu_xml
from entrepot.parties.lists.ftm_read import read_ftm_json
from entrepot.parties.lists.layout import OFAC_PARTS, layout_of
from entrepot.parties.lists.ofac_advanced import read_ofac_advanced
from entrepot.parties.lists.ofac_csv import read_ofac_csv
from entrepot.parties.lists.plain_csv import read_plain_csv
from entrepot.parties.lists.rawfile import source_file
from entrepot.parties.lists.seco_xml import read_seco_xml
from entrepot.parties.lists.seen_csv import read_seen_csv
from entrepot.parties.lists.statements_read import read_statements
from entrepot.parties.lists.uk_csv import read_uk_conlist, read_uk_csv
from entrepot.parties.lists.uk_xml import read_uk_xml
from entrepot.parties.lists.un_xml import read_un_xml
from entrepot.parties.party import Party

READERS: Final[dict[str, Reader]] = {
    "ofac-csv": read_ofac_csv,
    "ofac-advanced": read_ofac_advanced,
    "eu-xml": read_eu_xml,
    "uk-conlist": read_uk_conlist,
    "uk-csv": read_uk_csv,
    "uk-xml": read_uk_xml,
    "un-xml": read_un_xml,
    "seco-xml": read_seco_xml,
    "csl-csv": read_csl_csv,
    "csl-json": read_csl_json,
    "ftm-json": read_ftm_json,
    "ftm-statements": read_statements,
    "seen-csv": read_seen_csv,
    "plain-csv": read_plain_csv,
}

REFUSED_SHARE: Final = 0.05
"""Entries refused at most, of all. Real editions have none or single ones; more than one in twenty
means that the layout has changed, and a list read in part is worse than the one before."""

LIST_ID: Final = re.compile(r"[a-z0-9][a-z0-9._/-]{0,63}")


@dataclass(slots=True)
class Opened:
    """A list about to be read: entries come one by one, what is said of the whole fills in."""

    files: tuple[SourceFile, ...]
    layout: str
    source: Source
    reading: Reading
    refused: list[RefusedEntry] = field(default_factory=list)
    read: int = 0

    def parties(self) -> Iterator[Party]:
        """The good entries; the others go to `refused`.

        Raises:
            SourceError: broken, cut, empty, or too much of it refused.
        """
        for entry in self._entries():
            if isinstance(entry, RefusedEntry):
                self.refused.append(entry)
            else:
                self.read += 1
                yield entry
        self._judge()

    def _entries(self) -> Iterator[Entry]:
        yield from READERS[self.layout](self.source, self.reading)

    def _judge(self) -> None:
        name = self.files[0].name
        refused = len(self.refused)
        first = f" (first: {self.refused[0].locator}: {self.refused[0].reason})" if refused else ""
        if not self.read:
            raise SourceError(
                f"got a list without any entry that can be read{first}, expected entries",
                locator=name,
                hint="An empty list never replaces a good one.",
            )
        if refused > REFUSED_SHARE * (refused + self.read):
            raise SourceError(
                f"got {refused:,} entries of {refused + self.read:,} that cannot be read{first}, "
                f"expected at most {REFUSED_SHARE * 100:.0f} %",
                locator=name,
                hint="The publisher may have changed the layout; nothing was stored.",
            )

    def day(self, given: date | None = None) -> tuple[date | None, DayFrom | None]:
        """The day on which the list stood so, and who says it; call after reading."""
        if given is not None:
            return given, "user"
        if self.reading.published_on is not None:
            return self.reading.published_on, "file"
        found = re.search(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", self.files[0].name)
        day = whole_day("-".join(found.groups())) if found else None
        return (day, "name") if day else (None, None)


def open_list(paths: Sequence[Path], *, list_id: str | None = None) -> Opened:
    """Find the layout of one file, or of the files of one OFAC set.

    Args:
        paths: one file; or sdn.csv with any of alt.csv, add.csv and sdn_comments.csv.
        list_id: name of the list; null: the publisher's.

    Raises:
        SourceError: not readable, or of no known layout.
        RequestError: files that are no set, or a name of a list that is none.
    """
    if list_id is not None and not LIST_ID.fullmatch(list_id):
        raise RequestError(
            f"got list name {list_id!r}, expected small letters, digits and hyphens",
            hint="For example: own-watchlist",
        )
    layouts = {path: layout_of(path) for path in paths}
    mains = [path for path in paths if layouts[path] not in OFAC_PARTS]
    if len(mains) != 1 or (len(paths) > 1 and layouts[mains[0]] != "ofac-csv"):
        raise RequestError(
            f"got {', '.join(path.name for path in paths)}, expected one list"
            + (" with its main file (sdn.csv or cons_prim.csv)" if not mains else ""),
        )
    main, parts = mains[0], dict[str, Path]()
    for path in paths:
        part = OFAC_PARTS.get(layouts[path], "")
        if part and part in parts:
            raise RequestError(f"got two files of {part}, {parts[part].name} and {path.name}")
        if part:
            parts[part] = path
    files = (source_file(main), *(source_file(path, part) for part, path in parts.items()))
    reading = Reading(list_id=list_id or "")
    return Opened(files, layouts[main], Source(main, files[0].file_id, parts), reading)


def read_list(path: Path, *others: Path, list_id: str | None = None) -> ListEdition:
    """Read a whole list; `others` are the other files of an OFAC set.

    Raises:
        SourceError: broken, cut short, empty, of no known layout, or too much of it refused.
        RequestError: files that are no set, or a name of a list that is none.
    """
    opened = open_list((path, *others), list_id=list_id)
    parties = tuple(opened.parties())
    day, said = opened.day()
    return ListEdition(
        list_id=opened.reading.list_id,
        published_on=day,
        file_id=opened.files[0].file_id,
        layout=opened.layout,
        parties=parties,
        refused=tuple(opened.refused),
        files=opened.files,
        notes=tuple(opened.reading.notes),
        published_from=said,
    )
