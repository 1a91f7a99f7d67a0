"""The folder of a run: named by what was asked, grown file by file, whole at every moment.

screenings/<run_id>/
    asked.json          what was asked; written first
    rows.parquet        see `staging`
    distinct.parquet    see `staging`
    chunks/000007.parquet   hits of one stretch of distinct names; gone when the run is done
    hits.parquet        all hits, in the order of the keys
    parties.parquet     what the lists said
    done.json           counts; written last

A run is keyed on what decides its hits, so two runs with one key have equal hits, and a run that
was cut off goes on where it stood.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.errors import RequestError, WorkspaceError
from entrepot.parties.lists.filelock import one_writer
from entrepot.records.ids import content_id

FOLDER: Final = "screenings"
ASKED, DONE, HITS, PARTIES, CHUNKS = (
    "asked.json", "done.json", "hits.parquet", "parties.parquet", "chunks",
)  # fmt: skip

HIT_SCHEMA: Final = pa.schema(
    [
        ("key", pa.int64()), ("place", pa.int16()), ("id", pa.string()), ("caption", pa.string()),
        ("schema", pa.string()), ("score", pa.float64()), ("list", pa.string()),
        ("listed_on", pa.string()), ("also_on", pa.list_(pa.string())),
        ("explanation", pa.string()),
    ]
)  # fmt: skip
"""One row a hit. `place` counts from 0, the best first; a null `listed_on`: no day is known."""

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Run:
    """A run in the workspace; `asked` as in asked.json, `done` null until it is finished."""

    run_id: str
    folder: Path
    asked: dict[str, Any]
    done: dict[str, Any] | None

    @property
    def at(self) -> str:
        """When it was finished or begun, ISO text in UTC."""
        return str((self.done or self.asked).get("at", ""))


def run_id(keyed: Mapping[str, Any]) -> str:
    """The id of a run, from what decides its hits."""
    return content_id("scr", json.dumps(keyed, sort_keys=True, ensure_ascii=False, default=str))


def runs(workspace: Path) -> list[Run]:
    """All runs, the earliest first.

    Raises:
        WorkspaceError: a run's notes cannot be read.
    """
    found = [_load(path.parent) for path in sorted((workspace / FOLDER).glob(f"*/{ASKED}"))]
    return sorted(found, key=lambda run: (run.at, run.run_id))


def find(workspace: Path, run: str) -> Run:
    """The run with this id.

    Raises:
        RequestError: there is none.
    """
    folder = workspace / FOLDER / run.strip().lower()
    if not run.strip().startswith("scr_") or not (folder / ASKED).exists():
        known = ", ".join(one.run_id for one in runs(workspace)) or "none"
        raise RequestError(f"got run {run!r}, expected one of: {known}")
    return _load(folder)


def _load(folder: Path) -> Run:
    try:
        asked = json.loads((folder / ASKED).read_text(encoding="utf-8"))
        path = folder / DONE
        done = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"the run in {folder} cannot be read: {error}", hint="Delete that folder."
        ) from error
    return Run(folder.name, folder, asked, done)


def write_json(path: Path, body: Mapping[str, Any]) -> None:
    """Write a note whole or not at all, and see it on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(body, stream, ensure_ascii=False, indent=1, default=str)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a run for oneself; the system lets go of it when the process ends in any way.

    Raises:
        WorkspaceError: another process works on it, or the folder cannot be written.
    """
    entered = False
    try:
        with one_writer(folder, wait=0):
            entered = True
            yield
    except WorkspaceError as error:
        if entered or not str(error).startswith("another"):
            raise
        raise WorkspaceError(
            f"another process works on the same screening in {folder}",
            hint="Wait until it has ended, or stop it: what it has done is kept.",
        ) from error


class Chunks:
    """Hits of stretches of distinct names, one file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / CHUNKS
        self._folder.mkdir(parents=True, exist_ok=True)
        for stray in self._folder.glob(".*"):
            stray.unlink(missing_ok=True)

    def done(self) -> set[int]:
        """Numbers of the stretches that are there and whole; a damaged one goes away."""
        found: set[int] = set()
        for path in self._folder.glob("*.parquet"):
            try:
                pq.read_metadata(path)
            except (pa.ArrowInvalid, OSError):
                path.unlink()
            else:
                found.add(int(path.stem))
        return found

    def keep(self, number: int, hits: Sequence[Mapping[str, Any]]) -> None:
        """Write one stretch whole or not at all."""
        path = self._folder / f"{number:07}.parquet"
        temporary = path.with_name(f".{path.name}.tmp")
        table = pa.Table.from_pylist(list(hits), schema=HIT_SCHEMA)
        with temporary.open("wb") as stream:
            pq.write_table(table, stream, compression="zstd")
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)

    def join(self, target: Path, count: int) -> int:
        """All stretches in one file, in their order; gives the number of hits."""
        temporary = target.with_name(f".{target.name}.tmp")
        hits = 0
        with pq.ParquetWriter(temporary, HIT_SCHEMA, compression="zstd") as writer:
            for number in range(count):
                table = pq.read_table(self._folder / f"{number:07}.parquet", schema=HIT_SCHEMA)
                if table.num_rows:
                    writer.write_table(table)
                hits += table.num_rows
        temporary.replace(target)
        return hits

    def clear(self) -> None:
        """Remove the stretches."""
        shutil.rmtree(self._folder, ignore_errors=True)
