"""The files of a dossier as they lie in a folder or a zip file, read once and without trust."""

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.names import MANIFEST, clash, fault_of
from entrepot.errors import DossierError, RequestError

MOST_FILES: Final = 20_000
MOST_BYTES: Final = 1 << 30
"""A dossier of 200 claims has some megabytes. What is far larger is refused before it is read."""

_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What programs pack with unless told otherwise; their readers are the best tried."""


@dataclass(slots=True)
class Held:
    """What was found.

    Attributes:
        files: bytes by path with / between folders.
        faults: what is there and is no file that a dossier can have.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Difference] = field(default_factory=list)
    _size: int = 0

    def add(self, path: str, content: bytes) -> None:
        """Keep a file, unless its name is a fault."""
        self._size += len(content)
        if self._size > MOST_BYTES or len(self.files) >= MOST_FILES:
            raise DossierError(
                f"got more than {MOST_FILES} files or {MOST_BYTES >> 20} MiB, which is no dossier"
            )
        if path in self.files:
            self.faults.append(Difference(path, "extra", "one such file", "two of the same name"))
        elif why := fault_of(path):
            self.faults.append(Difference(repr(path)[1:-1], "name", "a safe name", why))
        else:
            self.files[path] = content

    def refuse_link(self, path: str, found: str) -> None:
        """Note what is neither file nor folder."""
        self.faults.append(Difference(path, "link", "a file with its own bytes", found))


def read_held(place: Path) -> Held:
    """The files of a folder or a zip file.

    Links are not followed. A zip is read in memory and never unpacked: a name that leads outside
    is a fault, and what would unpack to more than `MOST_BYTES` is refused.

    Raises:
        RequestError: there is nothing, or it cannot be read.
        DossierError: it is neither a folder nor a zip file, or far too large.
    """
    try:
        if place.is_dir():
            held = _of_folder(place)
        elif place.is_file():
            held = _of_zip(place)
        else:
            raise RequestError(
                f"{place} is not there, expected a dossier folder or a zip of one",
                hint="Name the folder in which manifest.json lies.",
            )
    except OSError as error:
        raise RequestError(f"cannot read {error.filename or place}: {error.strerror}") from error
    if found := clash(held.files):
        held.faults.append(
            Difference(found[1], "name", f"no name like {found[0]}", "one that only case tells")
        )
    held.faults.sort(key=lambda one: one.path)
    return held


def _of_folder(folder: Path) -> Held:
    held = Held()
    for path, entry in _walk(folder, ""):
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISREG(mode):
            if entry.stat(follow_symlinks=False).st_size > MOST_BYTES:
                raise DossierError(f"{path} is larger than any dossier")
            held.add(path, Path(entry.path).read_bytes())
        elif stat.S_ISDIR(mode):
            held.faults.append(Difference(f"{path}/", "extra", "none", "an empty folder"))
        else:
            is_link = stat.S_ISLNK(mode)
            held.refuse_link(path, "a link" if is_link else "something that is no file")
    return held


def _walk(folder: Path, above: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Files, and folders that are empty."""
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda one: one.name)
    for entry in entries:
        path = f"{above}{entry.name}"
        if entry.is_dir(follow_symlinks=False) and any(Path(entry.path).iterdir()):
            yield from _walk(Path(entry.path), f"{path}/")
        else:
            yield path, entry


_DAMAGED: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, OSError,
    ValueError,
)  # fmt: skip
"""What reading a damaged zip file ends with, by place: a name, a position, a stream."""


def _of_zip(place: Path) -> Held:
    held = Held()
    with place.open("rb") as stream:
        try:
            with zipfile.ZipFile(stream) as opened:
                _add_entries(held, opened, place)
        except _DAMAGED as error:
            raise DossierError(
                f"{place} is no whole zip file ({error})",
                hint="Give the folder of the dossier, or its zip as it was published.",
            ) from error
    return held


def _add_entries(held: Held, opened: zipfile.ZipFile, place: Path) -> None:
    entries = [one for one in opened.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
        raise DossierError(f"{place} would unpack to more than any dossier holds")
    top = _top([one.filename for one in entries])
    for entry in entries:
        _add_entry(held, opened, entry, entry.filename[len(top) :])


def _add_entry(held: Held, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        held.refuse_link(path, "a link")
    elif entry.flag_bits & _ENCRYPTED:
        held.refuse_link(path, "an encrypted file")
    elif entry.compress_type not in _METHODS:
        held.refuse_link(path, f"a file packed by method {entry.compress_type}")
    else:
        try:
            content = _unpacked(opened, entry)
        except _DAMAGED as error:
            held.faults.append(
                Difference(path, "changed", "bytes that unpack", f"a damaged entry ({error})")
            )
        else:
            held.add(path, content)


def _unpacked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry; no more is unpacked than its size says, whatever comes."""
    made = bytearray()
    with opened.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            made += chunk
            if len(made) > entry.file_size:
                raise zipfile.BadZipFile("more bytes than it says")
    return bytes(made)


def _top(names: list[str]) -> str:
    """The one folder that all is in, with its /; empty: the files lie at the top."""
    tops = {name.partition("/")[0] for name in names}
    if MANIFEST in names or len(tops) != 1 or not all("/" in name for name in names):
        return ""
    return f"{tops.pop()}/"
