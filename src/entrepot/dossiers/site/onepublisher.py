"""One publisher of a site at a time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from entrepot.errors import RequestError


@contextmanager
def one_publisher(out: Path) -> Iterator[None]:
    """Hold the lock beside `out`; the system lets go of it when the process ends in any way.

    Raises:
        RequestError: another publisher holds it, or the folder cannot be written.
    """
    try:
        stream = (out.parent / f".{out.name}.lock").open("a+b")
    except OSError as error:
        raise RequestError(f"cannot write beside {out}: {error.strerror}") from error
    with stream:
        try:
            _lock(stream)
        except OSError as error:
            raise RequestError(
                f"another publisher is at work on {out}",
                hint="Nothing was changed. Wait until it has ended, and publish again.",
            ) from error
        yield


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
