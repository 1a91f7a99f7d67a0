"""Fetching a list of the catalogue into the workspace, and only when it is newer.

A fetched edition enters through `ListStore.add`, so a bad file replaces nothing. The marks of the
last download (ETag, Last-Modified) stand in lists/fetched.json with the bytes they belong to.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from entrepot.errors import SourceError
from entrepot.parties.lists.catalogue import Address
from entrepot.parties.lists.download import Downloaded, download
from entrepot.parties.lists.edition import DayFrom
from entrepot.parties.lists.filelock import one_writer
from entrepot.parties.lists.layout import layout_of
from entrepot.parties.lists.rawfile import source_file
from entrepot.parties.lists.store import Added, ListStore, Terms

MARKS: Final = "fetched.json"
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of fetching one list: the edition (null: nothing new), and what to tell."""

    list_id: str
    added: Added | None
    notes: tuple[str, ...]


def fetch(
    store: ListStore, addresses: Sequence[Address], *, terms: Terms | None = None,
    now: datetime | None = None, told: Told | None = None,
    get: Callable[..., Downloaded] = download,
) -> Fetched:  # fmt: skip
    """Download the files of one list and add them as an edition.

    Where nothing has changed, nothing is added, and the edition held is noted to stand so today.

    Args:
        store: where to.
        addresses: the files of one list, the main file first.
        terms: for `ListStore.add`; the list's name, and whether a shrunken list is accepted.
        now: the moment, with a time zone; null: the clock.
        told: title, bytes so far, bytes announced.
        get: downloads one file.

    Raises:
        SourceError: a file could not be downloaded or is no list; the edition held stays.
    """
    moment, marks = now or datetime.now(UTC), _marks(store)
    known = {one.address: marks.get(one.address, {}) for one in addresses}
    held = {file.file_id for one in store.editions() for file in one.files}
    all_held = all(known[one.address].get("file_id") in held for one in addresses)
    with TemporaryDirectory(prefix="entrepot-lists-") as folder:
        paths: list[Path] = []
        got: list[Downloaded] = []
        for one in addresses:
            path = Path(folder) / _name(one)
            mark = known[one.address] if all_held else {}
            found = get(
                one.address, path, etag=mark.get("etag", ""), modified=mark.get("modified", ""),
                on_bytes=_telling(told, one.title),
            )  # fmt: skip
            if found.unchanged:
                path = _held_file(store, mark)
            else:
                _check_layout(path, one)
            paths.append(path)
            got.append(found)
        notes = tuple(note for one in got for note in one.notes)
        if all(one.unchanged for one in got):
            _note_still(
                store, addresses, (known[one.address]["file_id"] for one in addresses), moment
            )
            return Fetched(addresses[0].list_id, None, notes)
        added = store.add(*paths, terms=_terms(terms, addresses, got, moment), now=moment)
        files = [source_file(path).file_id for path in paths]
    _remember(store, addresses, got, files)
    if not added.is_new:
        _note_still(store, addresses, files, moment)
    return Fetched(addresses[0].list_id, added, notes)


def _note_still(
    store: ListStore, addresses: Sequence[Address], files: Iterable[str], moment: datetime
) -> None:
    store.still(files, addresses[0].address, moment.astimezone(UTC).date())


def _name(address: Address) -> str:
    tail = address.address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return f"{address.part or 'main'}-{tail}"


def _terms(
    terms: Terms | None, addresses: Sequence[Address], got: Sequence[Downloaded], moment: datetime
) -> Terms:
    """The day the server gives the main file; else the day of the download: it stood so then."""
    said: DayFrom = "server" if got[0].modified_on else "retrieved"
    day = got[0].modified_on or moment.astimezone(UTC).date()
    given = terms or Terms()
    if given.published_on is not None or addresses[0].layout not in ("ofac-csv", "csl-csv"):
        return replace(given, origin=addresses[0].address)
    return replace(given, published_on=day, day_from=said, origin=addresses[0].address)


def _check_layout(path: Path, address: Address) -> None:
    found = layout_of(path)
    if found != address.layout:
        raise SourceError(
            f"got a file of layout {found}, expected {address.layout}",
            locator=address.address,
            hint="The publisher may have changed the layout: the edition held stays in service.",
        )


def _telling(told: Told | None, title: str) -> Callable[[int, int], None] | None:
    return None if told is None else lambda done, total: told(title, done, total)


def _held_file(store: ListStore, mark: dict[str, Any]) -> Path:
    return store.folder / "files" / str(mark["file_id"])


def _marks(store: ListStore) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads((store.folder / MARKS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(
    store: ListStore, addresses: Sequence[Address], got: Sequence[Downloaded], files: Sequence[str]
) -> None:
    with one_writer(store.folder):
        marks = _marks(store)
        for one, found, file_id in zip(addresses, got, files, strict=True):
            marks[one.address] = {
                "etag": found.etag, "modified": found.modified, "file_id": file_id,
            }  # fmt: skip
        temporary = store.folder / f".{MARKS}.tmp"
        temporary.write_text(json.dumps(marks, indent=2) + "\n", encoding="utf-8")
        temporary.replace(store.folder / MARKS)
