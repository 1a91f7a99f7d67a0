"""One file on its way: read into scratch, judged there, described."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from entrepot.engine import Engine, open_engine
from entrepot.errors import SourceError, WorkspaceError
from entrepot.sources import packed
from entrepot.sources.archive import Origin
from entrepot.sources.delimited import read_rows
from entrepot.sources.detect import Detected, detect
from entrepot.sources.normalise import Normaliser
from entrepot.sources.parsing import Understanding
from entrepot.sources.raw import Counts, Format, Task
from entrepot.sources.stage import stage
from entrepot.sources.summary import ImportSummary, describe_flows, describe_refused

READER_VERSION: Final = 1
"""Raise it when the same bytes would give other rows."""

ENGINE_MEMORY_MB: Final = 900
"""Megabytes the engine may take before it spills; a Comext month then stays under 2 GB in all."""

Progress = Callable[[str, int, int], None]
"""Told the step, the bytes done and the bytes in all."""


@dataclass
class Import:
    """One file, its options, and the scratch folder for its results."""

    task: Task
    found: Detected
    note: Origin
    scratch: Path
    progress: Progress | None

    @property
    def flows(self) -> Path:
        """Rows kept, once `run` has returned."""
        return self.scratch / "flows.parquet"

    @property
    def refused(self) -> Path:
        """Rows refused, once `run` has returned."""
        return self.scratch / "refused.parquet"

    def run(self) -> ImportSummary:
        """Read and judge the file.

        Raises:
            SourceError: the file as a whole cannot be read.
        """
        began = time.monotonic()
        counts, staged = Counts(), self.scratch / "raw.parquet"
        known, batches = self._reading(counts)
        rows = stage(batches, Understanding(known.meaning, self.task.name), staged)
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
            task = replace(self.task, on_bytes=told(self.progress, "read", size))
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
        heard = told(self.progress, "read", sum(task.path.stat().st_size for task in tasks))
        batches = (
            rows
            for task, name in zip(tasks, names, strict=True)
            for rows in read_rows(layout, replace(task, on_bytes=heard), place=f"{name} line ")
        )
        return known, batches


def told(progress: Progress | None, step: str, total: int) -> Callable[[int], None] | None:
    """What to call with the size of each chunk so that `progress` hears the sum; null: nobody."""
    if progress is None:
        return None
    done = 0

    def more(size: int) -> None:
        nonlocal done
        done += size
        progress(step, done, total)

    return more
