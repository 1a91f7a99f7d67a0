"""How far an import is, on standard error."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from entrepot.cli.common import words
from entrepot.sources.work import Progress as Told

QUIET_SECONDS: Final = 2.0
"""Work shorter than this shows no progress bar."""

STEPS: Final = {"archive": "archiving", "read": "reading", "check": "checking"}


@contextmanager
def bar(name: str) -> Iterator[Told]:
    """A progress bar on standard error that appears once the work has lasted two seconds."""
    began = time.monotonic()
    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        console=words,
        transient=True,
    )
    task = shown.add_task(name, total=None)

    def told(step: str, done: int, total: int) -> None:
        if time.monotonic() - began > QUIET_SECONDS and not shown.live.is_started:
            shown.start()
        description = f"{name}: {STEPS.get(step, step)}"
        shown.update(task, description=description, completed=done, total=total or None)

    try:
        yield told
    finally:
        if shown.live.is_started:
            shown.stop()
