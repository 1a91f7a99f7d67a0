"""Imported figures in a workspace: written whole or not at all, and never twice.

archive/ab/cd/<sha256>      the bytes, with a note of their origin
flows/<sha256>.parquet      rows kept (records.trade.TRADE_FLOW)
refused/<sha256>.parquet    rows refused (records.trade.REFUSED_ROW)
imports/<sha256>.json       the summary; written last, and without it nothing counts
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from entrepot.codes.period import end
from entrepot.errors import RequestError, SourceError, WorkspaceError
from entrepot.sources.archive import Archive, Origin, sha256_of, write_whole
from entrepot.sources.detect import Detected, detect
from entrepot.sources.lock import only_one
from entrepot.sources.publishers import publisher_of
from entrepot.sources.raw import Options, Task
from entrepot.sources.summary import ImportSummary, read_summary
from entrepot.sources.updated import updated_on
from entrepot.sources.work import READER_VERSION, Import, Progress, told

SCRATCH: Final = "scratch"


BY_USER: Final = "the user"
BY_FILE: Final = "the file"
"""Who says on which day figures were published."""


@dataclass(frozen=True)
class Published:
    """What the user says of the publication of a file; null: nothing.

    `by` is a publisher of `sources.publication.NAMES`, `on` the day on which the figures were out
    in the form in which they are in the file.
    """

    on: date | None = None
    by: str | None = None


@dataclass(frozen=True)
class _Places:
    """Where the results of one file go."""

    flows: Path
    refused: Path
    summary: Path


def flow_files(workspace: Path) -> list[Path]:
    """Parquet files of all completed imports, by name."""
    return [_places(workspace, path.stem).flows for path in _summaries(workspace)]


def imports(workspace: Path) -> list[ImportSummary]:
    """Summaries of all completed imports, by name of the file.

    Raises:
        WorkspaceError: a summary cannot be read.
    """
    found = [read_summary(path) for path in _summaries(workspace)]
    return sorted(found, key=lambda summary: (summary.name, summary.file_id))


def _summaries(workspace: Path) -> list[Path]:
    return sorted((workspace / "imports").glob("*.json"))


def _places(workspace: Path, file_id: str) -> _Places:
    return _Places(
        workspace / "flows" / f"{file_id}.parquet",
        workspace / "refused" / f"{file_id}.parquet",
        workspace / "imports" / f"{file_id}.json",
    )


def forget(workspace: Path, file_id: str) -> ImportSummary:
    """Take the figures of one import out of the workspace; the archived bytes stay.

    Args:
        workspace: the folder.
        file_id: the sha256 of the file, or enough of its first signs to be the only one.

    Raises:
        WorkspaceError: no import, or more than one, begins with these signs.
    """
    with only_one(workspace):
        found = [one for one in imports(workspace) if one.file_id.startswith(file_id.lower())]
        if len(found) != 1 or not file_id:
            raise WorkspaceError(
                f"{len(found)} imports begin with {file_id!r}, expected one",
                hint="entrepot sources --format json lists them with their whole ids.",
            )
        places = _places(workspace, found[0].file_id)
        # The summary goes first: without it the rest counts for nothing.
        for place in (places.summary, places.flows, places.refused):
            place.unlink(missing_ok=True)
        return found[0]


def import_file(
    path: Path,
    workspace: Path,
    *,
    retrieved_at: datetime,
    assume_flow: str | None = None,
    encoding: str | None = None,
    origin: str | None = None,
    licence: str | None = None,
    published: Published | None = None,
    progress: Progress | None = None,
    dry_run: bool = False,
) -> ImportSummary:
    """Archive a file, read it, and store its rows in the workspace.

    Args:
        path: the file.
        workspace: folder of the archive and the figures; made when absent.
        retrieved_at: when the file was obtained, with a time zone.
        assume_flow: X, M, RX or RM for a file without a column `flow`; null: none.
        encoding: of a text file; null: UTF-8.
        origin: address the file came from; null: its path.
        licence: as stated by the publisher; null: not stated.
        published: by whom and when, as the user says; null: as the file says, if it does.
        progress: told about bytes done; null: nobody.
        dry_run: read and judge, store nothing.

    Raises:
        SourceError: the file as a whole cannot be read; nothing is stored.
        RequestError: the day of publication lies before the end of the figures.
        WorkspaceError: the workspace cannot be written, or another import runs in it.
    """
    _refuse_missing(path)
    options = Options(assume_flow, _known_encoding(encoding, path))
    task = Task(path, path.name, options)
    found = detect(task)
    published = published or Published()
    if dry_run:
        with TemporaryDirectory(prefix="entrepot-") as folder:
            note = _unstored(task, found, retrieved_at, origin, licence)
            summary = Import(task, found, note, Path(folder), progress).run()
            return _dated(summary, published, path)
    with only_one(workspace), _scratch(workspace) as scratch:
        note = Archive(workspace / "archive").put(
            path,
            retrieved_at=retrieved_at,
            media_type=found.media_type,
            origin=origin,
            licence=licence,
            on_bytes=told(progress, "archive", path.stat().st_size),
        )
        places = _places(workspace, note.file_id)
        archived = Archive(workspace / "archive").path(note.file_id)
        if known := _already(places, task.options):
            return _noted(places, known, published, archived)
        work = Import(replace(task, path=archived), found, note, scratch, progress)
        return _store(work, places, published)


def _store(work: Import, places: _Places, published: Published) -> ImportSummary:
    summary = _dated(work.run(), published, work.task.path)
    for place in (places.flows, places.refused, places.summary):
        place.parent.mkdir(parents=True, exist_ok=True)
    # An old summary must not vouch for new rows while they are being put in place.
    places.summary.unlink(missing_ok=True)
    work.flows.replace(places.flows)
    work.refused.replace(places.refused)
    write_whole(places.summary, summary.to_json())
    return summary


def _dated(summary: ImportSummary, published: Published, path: Path) -> ImportSummary:
    """The summary with who published the figures, and when: as the user says, else the file."""
    publisher = published.by or summary.publisher or publisher_of(summary.format)
    day, said = published.on, BY_USER
    if day is None:
        day, said = updated_on(path, summary.format), BY_FILE
    out_from = end(summary.period_to) if summary.period_to else None
    if day is None or (out_from and day < out_from):
        if published.on:
            raise RequestError(
                f"{summary.name}: got {day} as day of publication, expected {out_from} or later: "
                f"its figures go to {summary.period_to}",
                hint="Say when this file was published, not when its figures begin.",
            )
        return replace(summary, publisher=publisher)
    return replace(summary, publisher=publisher, published_on=str(day), published_said=said)


def _noted(
    places: _Places, known: ImportSummary, published: Published, path: Path
) -> ImportSummary:
    """A file that is there already, with what the user newly says of its publication."""
    if published.on is None and known.published_said == BY_USER and known.published_on:
        published = replace(published, on=date.fromisoformat(known.published_on))
    if published == Published():
        return known
    fresh = _dated(known, published, path)
    if fresh != known:
        write_whole(places.summary, fresh.to_json())
    return fresh


def _already(places: _Places, options: Options) -> ImportSummary | None:
    """The stored summary when it holds for these options and this reader."""
    if not all(place.exists() for place in (places.flows, places.refused, places.summary)):
        return None
    try:
        known = read_summary(places.summary)
    except WorkspaceError:
        return None
    same = known.options == options.as_dict() and known.reader_version == READER_VERSION
    return known if same else None


@contextmanager
def _scratch(workspace: Path) -> Iterator[Path]:
    """An empty folder for half-done work; what an interrupted import left is cleared first."""
    folder = workspace / SCRATCH
    shutil.rmtree(folder, ignore_errors=True)
    for stale in [*workspace.glob("archive/.*.tmp"), *workspace.glob("imports/.*.tmp")]:
        stale.unlink(missing_ok=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unstored(
    task: Task,
    found: Detected,
    retrieved_at: datetime,
    origin: str | None,
    licence: str | None,
) -> Origin:
    return Origin(
        file_id=sha256_of(task.path),
        name=task.name,
        origin=origin or str(task.path),
        retrieved_at=retrieved_at.isoformat(timespec="seconds"),
        licence=licence,
        size_bytes=task.path.stat().st_size,
        media_type=found.media_type,
    )


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise SourceError(f"the file {what}", locator=str(path), hint="Give the path of a file.")
    try:
        path.open("rb").close()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=str(path)) from error


def _known_encoding(encoding: str | None, path: Path) -> str | None:
    if encoding is None:
        return None
    try:
        # A codec such as base64 is known but gives no text.
        b"".decode(encoding)
    except LookupError as error:
        raise SourceError(
            f"got encoding {encoding!r}, which is not known",
            locator=str(path),
            hint="For example cp1252, cp1251, latin-1 or utf-16.",
        ) from error
    return encoding
