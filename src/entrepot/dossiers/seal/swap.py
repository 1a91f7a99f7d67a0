"""A folder that is replaced whole: a reader, and a process that dies, sees the old or the new."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from entrepot.errors import DossierError, RequestError

FILE_MODE: Final = 0o644
FOLDER_MODE: Final = 0o755
_MARK: Final = ".entrepot-"

# linux/fs.h and fcntl.h; sys/stdio.h of macOS
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_RENAME_SWAP: Final = 2


@contextmanager
def only_builder(out: Path) -> Iterator[None]:
    """Hold the lock on a place; the system lets go of it when the process ends in any way.

    Raises:
        RequestError: another process builds there, or the folder above cannot be written.
    """
    lock = _beside(out, "lock")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        stream = _taken(lock)
    except OSError as error:
        raise RequestError(
            f"cannot write beside {out}: {error.strerror}", hint="Choose another place."
        ) from error
    if stream is None:
        raise RequestError(
            f"another build of {out} is running, expected to be the only one",
            hint="Wait until it has ended.",
        )
    with stream:
        try:
            _clear(out)
            yield
        finally:
            with suppress(OSError):
                lock.unlink()


def write_folder(files: Mapping[str, bytes], out: Path) -> None:
    """Write files into a new folder and put it in the place of `out`; hold `only_builder`.

    Every file and folder is on the disk before the swap. Modes are fixed, whatever the mask.

    Raises:
        RequestError: there is no room or no right to write; `out` is then as it was.
    """
    made = _beside(out, f"{os.getpid()}.new")
    try:
        _fill(made, files)
        _put(made, out)
    except OSError as error:
        raise RequestError(
            f"cannot write {out}: {error.strerror}", hint="What was there is as it was."
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _beside(out: Path, ending: str) -> Path:
    return out.with_name(f".{out.name}{_MARK}{ending}")


def _clear(out: Path) -> None:
    """Take away what a build that died left beside, and put back what it moved away."""
    old = _beside(out, "old")
    if old.is_dir() and not out.exists():
        old.rename(out)
    for left in out.parent.glob(f".{_escaped(out.name)}{_MARK}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "[]*?" else sign for sign in name)


def _fill(made: Path, files: Mapping[str, bytes]) -> None:
    made.mkdir()
    folders = {made}
    for path in sorted(files):
        target = made.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        folders.update(one for one in target.parents if one.is_relative_to(made))
        with target.open("xb") as stream:
            stream.write(files[path])
            stream.flush()
            os.fsync(stream.fileno())
        target.chmod(FILE_MODE)
    for folder in sorted(folders, reverse=True):
        folder.chmod(FOLDER_MODE)
        _sync(folder)


def _put(made: Path, out: Path) -> None:
    if not out.exists():
        made.rename(out)
    elif not _exchanged(made, out):
        # for a moment nothing is there; a build that dies then is mended by the next one
        old = _beside(out, "old")
        out.rename(old)
        made.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    _sync(out.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two folders in one step of the file system; false: this system cannot."""
    if sys.platform == "win32":
        return False
    here, there = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        renamex = getattr(library, "renamex_np", None)
        return renamex is not None and renamex(here, there, _RENAME_SWAP) == 0
    renameat2 = getattr(library, "renameat2", None)
    return (
        renameat2 is not None
        and renameat2(_AT_FDCWD, here, _AT_FDCWD, there, _RENAME_EXCHANGE) == 0
    )


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk; systems that cannot are left alone."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _taken(lock: Path) -> IO[bytes] | None:
    """The lock, or null where another holds it; the file is taken away after use."""
    while True:
        stream = lock.open("a+b")
        try:
            _hold(stream)
        except OSError:
            stream.close()
            return None
        try:
            if os.path.samestat(lock.stat(), os.fstat(stream.fileno())):
                return stream
        except FileNotFoundError:
            pass  # its last holder took it away between the two steps
        stream.close()


def _hold(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def refuse_foreign(out: Path, mark: str) -> None:
    """Raise a DossierError where `out` is no folder, or one without the file `mark`."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise DossierError(
            f"{out} is a link or a file, expected a dossier folder or nothing",
            hint="Choose another place.",
        )
    if out.is_dir() and any(out.iterdir()) and not (out / mark).is_file():
        raise DossierError(
            f"{out} holds files and no {mark}: it is no dossier and would be lost",
            hint="Choose an empty or new folder.",
        )
