"""One import at a time in a workspace."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from entrepot.errors import WorkspaceError


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`; the system lets go of it when the process ends in any way.

    Raises:
        WorkspaceError: another process holds it, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "import.lock").open("a+b")
    except OSError as error:
        raise WorkspaceError(f"cannot write the workspace {folder}: {error.strerror}") from error
    with stream:
        try:
            _lock(stream)
        except OSError as error:
            raise WorkspaceError(
                f"another import is running in {folder}", hint="Wait until it has ended."
            ) from error
        yield


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
