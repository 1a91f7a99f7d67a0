"""The bytes behind a path, without hanging and without filling the memory."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from entrepot.errors import DocumentError
from entrepot.evidence.documents.limits import FILE_BYTES, MIB

_KINDS: Final = (
    (stat.S_ISDIR, "a folder", "Name one file in it."),
    (stat.S_ISFIFO, "a pipe", "Save what comes out of it as a file first."),
    (stat.S_ISCHR, "a device", "Name a file that holds the report."),
    (stat.S_ISBLK, "a device", "Name a file that holds the report."),
    (stat.S_ISSOCK, "a socket", "Name a file that holds the report."),
)
_WHY: Final = {
    errno.ENOENT: ("there is no such file", "Check the spelling of the path."),
    errno.ENOTDIR: ("there is no such file", "Check the spelling of the path."),
    errno.EACCES: ("this file may not be read by you", "Ask its owner, or copy it yourself."),
    errno.EPERM: ("this file may not be read by you", "Ask its owner, or copy it yourself."),
    errno.ELOOP: ("this link leads back to itself", "Name the file itself."),
    errno.ENXIO: ("got a socket, expected a file", "Name a file that holds the report."),
    errno.ENAMETOOLONG: ("this name is too long for a file", "Check the spelling of the path."),
}


def content_of(path: Path, *, max_bytes: int = FILE_BYTES) -> bytes:
    """The bytes of a regular file; a link is followed.

    The file is opened without waiting, so that a pipe without a writer cannot hold up the run, and
    its kind is asked of the opened file, so that nobody can change it in between.

    Raises:
        DocumentError: no such file, no file at all, no right to read, empty, or larger than
            `max_bytes`.
    """
    name = path.name or str(path)
    if "\0" in str(path):
        raise DocumentError("this is no name of a file", locator=name.replace("\0", "?"))
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        try:
            _check_kind(os.fstat(handle), name, max_bytes)
            with os.fdopen(handle, "rb", closefd=False) as opened:
                content = opened.read(max_bytes + 1)
        finally:
            os.close(handle)
    except OSError as error:
        raise _refused(error, path, name) from error
    check_size(len(content), name, max_bytes)
    return content


def check_size(size: int, name: str, max_bytes: int) -> None:
    """Refuse an empty file and one that is too large.

    Raises:
        DocumentError: `size` is 0 or above `max_bytes`.
    """
    if size == 0:
        raise DocumentError("this file is empty", locator=name, hint="Fetch or save it again.")
    if size > max_bytes:
        held = f"{size / MIB:,.0f} MB" if size >= max_bytes + MIB else "more"
        raise DocumentError(
            f"got a file of {held}, expected at most {max_bytes / MIB:,.0f} MB",
            locator=name,
            hint="Take out the part that holds the report, or raise the limit on purpose.",
        )


_BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _check_kind(found: os.stat_result, name: str, max_bytes: int) -> None:
    for is_kind, what, hint in _KINDS:
        if is_kind(found.st_mode):
            raise DocumentError(f"got {what}, expected a file", locator=name, hint=hint)
    if found.st_size > max_bytes:
        check_size(found.st_size, name, max_bytes)


def _refused(error: OSError, path: Path, name: str) -> DocumentError:
    if path.is_dir():
        return DocumentError(
            "got a folder, expected a file", locator=name, hint="Name one file in it."
        )
    why, hint = _WHY.get(error.errno or 0, (f"cannot be read ({error.strerror})", ""))
    return DocumentError(why, locator=name, hint=hint)
