"""A trial of a screening: how many names, and about how long."""

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow.compute as pc
import pyarrow.parquet as pq

from entrepot.errors import WorkspaceError
from entrepot.workspace.screening.run import Plan, Told, build
from entrepot.workspace.screening.scoring import cores
from entrepot.workspace.screening.staging import DISTINCT, ROWS, count_rows, read_distinct, stage

SAMPLE: Final = 200
"""Names tried, spread evenly over the file."""


@dataclass(frozen=True)
class Trial:
    """What a screening would take: `rate` in names a second of one process, `seconds` in all."""

    rows: int
    distinct: int
    empty: int
    sampled: int
    rate: float
    workers: int
    seconds: float


def trial(plan: Plan, workspace: Path, told: Told) -> Trial:
    """Count the names and try some of them; nothing is kept.

    Raises:
        SourceError: the file is damaged, not text, or has no rows.
        WorkspaceError: the folder cannot be written.
    """
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".trial-", dir=workspace) as scratch:
            return _trial(plan, Path(scratch), told)
    except OSError as error:
        raise WorkspaceError(f"cannot write {workspace}: {error.strerror}") from error


def _trial(plan: Plan, folder: Path, told: Told) -> Trial:
    stage(plan.source, plan.columns, folder, told)
    rows, distinct = count_rows(folder / ROWS), count_rows(folder / DISTINCT)
    names = pq.read_table(folder / ROWS, columns=["name"])["name"]
    empty = int(pc.sum(pc.equal(names, "")).as_py() or 0)
    workers = plan.ask.workers or cores()
    if not distinct:
        return Trial(rows, 0, empty, 0, 0.0, workers, 0.0)
    told("building the index", 0, 0)
    scorer = build(plan)
    step = max(1, distinct // SAMPLE)
    all_rows = (row for part in read_distinct(folder, 10_000) for row in part)
    sample = [row for number, row in enumerate(all_rows) if number % step == 0][:SAMPLE]
    began = time.monotonic()
    scorer.stretch(sample)
    rate = len(sample) / max(time.monotonic() - began, 1e-9)
    return Trial(rows, distinct, empty, len(sample), rate, workers, distinct / rate / workers)
