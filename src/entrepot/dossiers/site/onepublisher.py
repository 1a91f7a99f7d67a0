"""One publisher of a site at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from entrepot.errors import RequestError


@contextmanager
def one_publisher(out: Path) -> Iterator[None]:
    """Hold the lock beside `out`; the system lets go of it when the process ends in any way.

    Its file is taken away at the end. Whoever had opened it before that and locks it then finds
    that it is no longer the one beside the site, and opens the new one.

    Raises:
        RequestError: another publisher holds it, or the folder cannot be written.
    """
    path = out.parent / f".{out.name}.lock"
    stream = _locked(path, out)
    while not _is_at(path, stream):
        stream.close()
        stream = _locked(path, out)
    with stream:
        try:
            yield
        finally:
            with suppress(OSError):  # Windows takes away no file that is open: it stays there
                path.unlink()


def _locked(path: Path, out: Path) -> IO[bytes]:
    try:
        stream = path.open("a+b")
    except OSError as error:
        raise RequestError(f"cannot write beside {out}: {error.strerror}") from error
    try:
        _lock(stream)
    except OSError as error:
        stream.close()
        raise RequestError(
            f"another publisher is at work on {out}",
            hint="Nothing was changed. Wait until it has ended, and publish again.",
        ) from error
    return stream


def _is_at(path: Path, stream: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
