"""One writer of lists at a time; a second one waits a while for the first."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from entrepot.errors import WorkspaceError

WAIT_SECONDS: Final = 60.0
"""The largest list is read before the lock is taken; writing takes seconds."""

STEP_SECONDS: Final = 0.05


@contextmanager
def one_writer(folder: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of a folder; the system lets go of it when the process ends in any way.

    Raises:
        WorkspaceError: another writer holds it for longer than `wait`, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "lock").open("a+b")
    except OSError as error:
        raise WorkspaceError(f"cannot write {folder}: {error.strerror}") from error
    with stream:
        ends = time.monotonic() + wait
        while not _locked(stream):
            if time.monotonic() >= ends:
                raise WorkspaceError(
                    f"another writer has held the lists in {folder} for {wait:.0f} seconds",
                    hint="Wait until it has ended.",
                )
            time.sleep(STEP_SECONDS)
        yield


def _locked(stream: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
