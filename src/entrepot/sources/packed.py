"""7z archives: members are unpacked to a scratch folder, under names of our own."""

import lzma
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import py7zr
from py7zr.exceptions import ArchiveError
from py7zr.io import Py7zIO, WriterFactory

from entrepot.errors import SourceError

MAX_UNPACKED_BYTES: Final = 8 << 30
"""A month of Comext unpacks to 0.4 GB; a file that unpacks to twenty times that is no month."""


@dataclass(frozen=True)
class Member:
    """One unpacked file and the name it has in the archive."""

    name: str
    path: Path


def unpack(
    path: Path,
    scratch: Path,
    label: str,
    *,
    limit: int = MAX_UNPACKED_BYTES,
    on_bytes: Callable[[int], None] | None = None,
) -> list[Member]:
    """Unpack all members of a 7z archive into `scratch`.

    Raises:
        SourceError: the archive is damaged, cut short or locked, a member's name leaves the
            folder, or it unpacks to more than `limit` bytes.
    """
    try:
        with py7zr.SevenZipFile(path) as archive:
            if archive.needs_password():
                raise SourceError("the 7z archive is locked by a password", locator=label)
            names = _checked_names(archive.list(), label, limit)
            writers = _Writers(scratch, label, limit, on_bytes)
            archive.extract(targets=names, factory=writers)
    except (ArchiveError, lzma.LZMAError, OSError, EOFError, ValueError, IndexError) as error:
        raise SourceError(
            f"the 7z archive is damaged or was cut short ({type(error).__name__})",
            locator=label,
            hint="Fetch the file again.",
        ) from error
    return [Member(name, writers.paths[name]) for name in names]


def _checked_names(members: list[Any], label: str, limit: int) -> list[str]:
    files = [member for member in members if not member.is_directory]
    for member in files:
        parts = re.split(r"[/\\]", member.filename)
        if ".." in parts or member.filename[:1] in "/\\" or ":" in parts[0]:
            raise SourceError(
                f"got a member named {member.filename!r}, expected a name inside the archive",
                locator=label,
                hint="The archive tries to write elsewhere: do not trust it.",
            )
        if member.is_symlink:
            raise SourceError(f"the member {member.filename!r} is a link", locator=label)
    if sum(member.uncompressed or 0 for member in files) > limit:
        raise _too_big(label, limit)
    if not files:
        raise SourceError("the 7z archive holds no file, expected a Comext month", locator=label)
    return [member.filename for member in files]


def _too_big(label: str, limit: int) -> SourceError:
    return SourceError(
        f"the archive unpacks to more than {limit:,} bytes, which no Comext month does",
        locator=label,
        hint="Unpack it yourself and import the parts you trust.",
    )


@dataclass
class _Writers(WriterFactory):
    scratch: Path
    label: str
    limit: int
    on_bytes: Callable[[int], None] | None
    paths: dict[str, Path] = field(default_factory=dict)
    written: int = 0

    def create(self, filename: str) -> Py7zIO:
        path = self.scratch / f"member-{len(self.paths)}"
        self.paths[filename] = path
        return _Writer(path.open("w+b"), self)

    def count(self, size: int) -> None:
        self.written += size
        if self.written > self.limit:
            raise _too_big(self.label, self.limit)
        if self.on_bytes:
            self.on_bytes(size)


class _Writer(Py7zIO):
    """What py7zr writes a member to: a file, with a bound on all members together."""

    def __init__(self, stream: BinaryIO, owner: _Writers) -> None:
        self._stream = stream
        self._owner = owner

    def write(self, s: bytes | bytearray) -> int:
        self._owner.count(len(s))
        return self._stream.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def flush(self) -> None:
        if not self._stream.closed:
            self._stream.flush()

    def size(self) -> int:
        here = self._stream.tell()
        end = self._stream.seek(0, 2)
        self._stream.seek(here)
        return end

    def close(self) -> None:
        self._stream.close()
