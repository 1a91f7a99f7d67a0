"""How far a screening is, on standard error: a bar on a terminal, else a line now and then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.progress import BarColumn, Progress, TextColumn

from entrepot.cli.common import words

QUIET_SECONDS: Final = 2.0
LINE_SECONDS: Final = 60.0
"""Between two lines where there is no terminal, so that the log of a long run is short."""


@contextmanager
def screen_bar() -> Iterator[Callable[[str, int, int], None]]:
    """Tells a step, how much is done, how fast, and how long it will still take."""
    pace = _Pace()
    shown = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"),
        console=words, transient=True,
    )  # fmt: skip
    task = shown.add_task("starting", total=None, said="")
    spoken = pace.began

    def told(step: str, done: int, total: int) -> None:
        nonlocal spoken
        said = pace.said(step, done, total)
        now = time.monotonic()
        if words.is_terminal and now - pace.began > QUIET_SECONDS and not shown.live.is_started:
            shown.start()
        shown.update(task, description=step, completed=done, total=total or None, said=said)
        if not words.is_terminal and now - spoken > LINE_SECONDS:
            spoken = now
            words.print(f"{step}: {said}")

    try:
        yield told
    finally:
        if shown.live.is_started:
            shown.stop()


class _Pace:
    """Counts a step from the moment it was first told of."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self._step, self._from, self._done = "", self.began, 0

    def said(self, step: str, done: int, total: int) -> str:
        now = time.monotonic()
        if step != self._step:
            self._step, self._from, self._done = step, now, done
        gone, seconds = done - self._done, now - self._from
        if not total:
            return f"{done:,}" if done else ""
        if gone <= 0 or seconds <= 0:
            return f"{done:,} of {total:,}"
        rate = gone / seconds
        return f"{done:,} of {total:,}, {rate:,.0f}/s, {duration((total - done) / rate)} left"


def duration(seconds: float) -> str:
    """Seconds as a person says them: `40 s`, `12 min`, `2 h 40 min`."""
    if seconds < 90:
        return f"{max(0, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
