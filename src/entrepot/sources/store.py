"""Imported figures in a workspace: written whole or not at all, and never twice.

archive/ab/cd/<sha256>      the bytes, with a note of their origin
flows/<sha256>.parquet      rows kept (records.trade.TRADE_FLOW)
refused/<sha256>.parquet    rows refused (records.trade.REFUSED_ROW)
imports/<sha256>.json       the summary; written last, and without it nothing counts
"""

import codecs
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa

from entrepot.engine import Engine, open_engine
from entrepot.errors import SourceError, WorkspaceError
from entrepot.sources import packed, raw
from entrepot.sources.archive import Archive, Origin, sha256_of, write_whole
from entrepot.sources.delimited import read_rows
from entrepot.sources.detect import Detected, detect
from entrepot.sources.lock import only_one
from entrepot.sources.normalise import Normaliser
from entrepot.sources.raw import Counts, Format, Options, Task
from entrepot.sources.summary import (
    ImportSummary,
    describe_flows,
    describe_refused,
    read_summary,
)

READER_VERSION: Final = 1
"""Raise it when the same bytes would give other rows."""

ENGINE_MEMORY_MB: Final = 900
"""Megabytes the engine may take before it spills; a Comext month then stays under 2 GB in all."""

SCRATCH: Final = "scratch"
Progress = Callable[[str, int, int], None]
"""Told the step, the bytes done and the bytes in all."""


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


def import_file(
    path: Path,
    workspace: Path,
    *,
    retrieved_at: datetime,
    assume_flow: str | None = None,
    encoding: str | None = None,
    origin: str | None = None,
    licence: str | None = None,
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
        progress: told about bytes done; null: nobody.
        dry_run: read and judge, store nothing.

    Raises:
        SourceError: the file as a whole cannot be read; nothing is stored.
        WorkspaceError: the workspace cannot be written, or another import runs in it.
    """
    _refuse_missing(path)
    options = Options(assume_flow, _known_encoding(encoding, path))
    task = Task(path, path.name, options)
    found = detect(task)
    if dry_run:
        with TemporaryDirectory(prefix="entrepot-") as folder:
            note = _unstored(task, found, retrieved_at, origin, licence)
            return _Import(task, found, note, Path(folder), progress).run()
    with only_one(workspace), _scratch(workspace) as scratch:
        note = Archive(workspace / "archive").put(
            path,
            retrieved_at=retrieved_at,
            media_type=found.media_type,
            origin=origin,
            licence=licence,
            on_bytes=_told(progress, "archive", path.stat().st_size),
        )
        return _store(task, found, note, workspace, scratch, progress)


def _store(
    task: Task,
    found: Detected,
    note: Origin,
    workspace: Path,
    scratch: Path,
    progress: Progress | None,
) -> ImportSummary:
    places = _places(workspace, note.file_id)
    if known := _already(places, task.options):
        return known
    archived = Archive(workspace / "archive").path(note.file_id)
    work = _Import(replace(task, path=archived), found, note, scratch, progress)
    summary = work.run()
    for place in (places.flows, places.refused, places.summary):
        place.parent.mkdir(parents=True, exist_ok=True)
    # An old summary must not vouch for new rows while they are being put in place.
    places.summary.unlink(missing_ok=True)
    work.flows.replace(places.flows)
    work.refused.replace(places.refused)
    write_whole(places.summary, summary.to_json())
    return summary


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


@dataclass
class _Import:
    """One file on its way: read into scratch, judged there, described."""

    task: Task
    found: Detected
    note: Origin
    scratch: Path
    progress: Progress | None

    @property
    def flows(self) -> Path:
        return self.scratch / "flows.parquet"

    @property
    def refused(self) -> Path:
        return self.scratch / "refused.parquet"

    def run(self) -> ImportSummary:
        began = time.monotonic()
        counts, staged = Counts(), self.scratch / "raw.parquet"
        known, batches = self._reading(counts)
        rows = raw.stage(batches, staged)
        if rows + counts.not_available == 0:
            raise SourceError("got no rows, expected at least one", locator=self.task.name)
        if self.progress:
            self.progress("check", 0, 0)
        spill = self.scratch / "spill"
        with open_engine(memory_mb=ENGINE_MEMORY_MB, spill_dir=spill) as engine:
            facts = self._judge(engine, known, staged, rows, counts)
        return ImportSummary(
            file_id=self.note.file_id,
            name=self.task.name,
            format=known.name,
            title=known.title,
            reader_version=READER_VERSION,
            options=self.task.options.as_dict(),
            retrieved_at=self.note.retrieved_at,
            origin=self.note.origin,
            licence=self.note.licence,
            notice=self.found.notice,
            seconds=round(time.monotonic() - began, 2),
            **facts,
        )

    def _judge(
        self, engine: Engine, known: Format, staged: Path, rows: int, counts: Counts
    ) -> dict[str, Any]:
        judge = Normaliser(engine, staged, known.meaning, self.note.file_id)
        outcome = judge.run(self.flows, self.refused, self.scratch)
        if outcome.kept + outcome.refused + outcome.not_available != rows:
            raise WorkspaceError(
                f"{self.task.name}: read {rows} rows but kept {outcome.kept}, refused "
                f"{outcome.refused} and found {outcome.not_available} not available",
                hint="This is a fault of Entrepot: please report it with the file.",
            )
        return {
            "rows_read": rows + counts.not_available,
            "kept": outcome.kept,
            "not_available": outcome.not_available + counts.not_available,
            "rounded": outcome.rounded,
            **describe_flows(engine, self.flows),
            **describe_refused(engine, self.refused),
        }

    def _reading(self, counts: Counts) -> tuple[Format, Iterator[pa.Table]]:
        size = self.task.path.stat().st_size
        if self.found.format is not None:
            task = replace(self.task, on_bytes=_told(self.progress, "read", size))
            return self.found.format, self.found.format.read(task, counts)
        members = packed.unpack(self.task.path, self.scratch, self.task.name)
        tasks = [
            replace(self.task, path=member.path, name=f"{self.task.name}, {member.name}")
            for member in members
        ]
        return self._packed(tasks, [member.name for member in members])

    def _packed(self, tasks: list[Task], names: list[str]) -> tuple[Format, Iterator[pa.Table]]:
        """Members of an archive, which must all be of one layout, as one file."""
        kinds = [detect(task) for task in tasks]
        known, layout = kinds[0].format, kinds[0].layout
        if known is None or layout is None or any(kind.format != known for kind in kinds):
            titles = ", ".join(f"{n}: {k.media_type}" for n, k in zip(names, kinds, strict=True))
            raise SourceError(
                f"got members {titles}; expected text files of one layout",
                locator=self.task.name,
                hint="Unpack the archive and import its files one by one.",
            )
        told = _told(self.progress, "read", sum(task.path.stat().st_size for task in tasks))
        batches = (
            rows
            for task, name in zip(tasks, names, strict=True)
            for rows in read_rows(layout, replace(task, on_bytes=told), place=f"{name} line ")
        )
        return known, batches


def _told(progress: Progress | None, step: str, total: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done = 0

    def more(size: int) -> None:
        nonlocal done
        done += size
        progress(step, done, total)

    return more


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
        codecs.lookup(encoding)
    except LookupError as error:
        raise SourceError(
            f"got encoding {encoding!r}, which is not known",
            locator=str(path),
            hint="For example cp1252, cp1251, latin-1 or utf-16.",
        ) from error
    return encoding
