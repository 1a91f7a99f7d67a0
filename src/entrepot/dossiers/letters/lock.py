"""One sender at a time: two would each see what the other has not yet written down."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from entrepot.errors import WorkspaceError


@contextmanager
def only_sender(store: Path) -> Iterator[None]:
    """Hold the lock of a store; the system lets go of it when the process ends in any way.

    Raises:
        WorkspaceError: another process sends, or the place cannot be written.
    """
    path = store.with_suffix(".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror}") from error
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise WorkspaceError(
                f"another command is sending letters of {store}",
                hint="Wait until it has ended; nothing is lost.",
            ) from error
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
