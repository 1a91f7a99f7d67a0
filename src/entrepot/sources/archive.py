"""Bytes named by their own sha256, never changed, with where they came from beside them."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from entrepot.errors import WorkspaceError

CHUNK_BYTES: Final = 4 << 20
READ_ONLY: Final = 0o444


@dataclass(frozen=True)
class Origin:
    """Where archived bytes came from: written once, beside them.

    Attributes:
        file_id: sha256 of the bytes.
        name: original file name.
        origin: address or path it was taken from.
        retrieved_at: UTC instant, ISO 8601.
        licence: as the user or the publisher states it; null: not stated.
        size_bytes: how many bytes.
        media_type: what the bytes are, from their content.
    """

    file_id: str
    name: str
    origin: str
    retrieved_at: str
    licence: str | None
    size_bytes: int
    media_type: str


class Archive:
    """A folder of files `ab/cd/<sha256>`, each with `<sha256>.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file_id: str) -> Path:
        """Where the bytes with this sha256 are or would be."""
        return self.folder / file_id[:2] / file_id[2:4] / file_id

    def put(
        self,
        source: Path,
        *,
        retrieved_at: datetime,
        media_type: str,
        origin: str | None = None,
        licence: str | None = None,
        on_bytes: Callable[[int], None] | None = None,
    ) -> Origin:
        """Copy a file in, hashing it in the same pass; a file that is there stays as it is.

        Args:
            source: the file.
            retrieved_at: when it was obtained, with a time zone.
            media_type: what the bytes are.
            origin: address it came from; null: its path.
            licence: as stated; null: not stated.
            on_bytes: told how many bytes each chunk had.

        Raises:
            WorkspaceError: the archive cannot be written.
        """
        temporary = self.folder / f".{os.getpid()}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file_id, size = _copy(source, temporary, on_bytes)
            found = Origin(
                file_id=file_id,
                name=source.name,
                origin=origin or str(source),
                retrieved_at=retrieved_at.isoformat(timespec="seconds"),
                licence=licence,
                size_bytes=size,
                media_type=media_type,
            )
            return self._keep(temporary, found)
        except OSError as error:
            raise WorkspaceError(
                f"cannot archive {source} in {self.folder}: {error.strerror or error}",
                hint="Check that the folder can be written and has room for the file.",
            ) from error
        finally:
            with suppress(OSError):
                temporary.unlink()

    def _keep(self, temporary: Path, found: Origin) -> Origin:
        target = self.path(found.file_id)
        note = _note(target)
        if target.exists() and note.exists():
            return self.origin(found.file_id)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            temporary.chmod(READ_ONLY)
            temporary.replace(target)
        write_whole(note, json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n")
        note.chmod(READ_ONLY)
        return found

    def origin(self, file_id: str) -> Origin:
        """What stands beside the bytes.

        Raises:
            WorkspaceError: no such file, or its note cannot be read.
        """
        note = _note(self.path(file_id))
        try:
            return Origin(**json.loads(note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise WorkspaceError(f"the archive has no readable note {note}") from error

    def files(self) -> Iterator[Path]:
        """Archived files, by name."""
        yield from sorted(p for p in self.folder.glob("??/??/*") if not p.suffix)

    def verify(self) -> list[str]:
        """One sentence for each file whose bytes are no longer those it is named after."""
        faults = []
        for path in self.files():
            with path.open("rb") as stream:
                got = hashlib.file_digest(stream, "sha256").hexdigest()
            if got != path.name:
                faults.append(f"{path}: the bytes have changed, their sha256 is {got}")
            if not _note(path).exists():
                faults.append(f"{path}: the note with its origin is missing")
        return faults


def sha256_of(path: Path) -> str:
    """The sha256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _copy(source: Path, target: Path, on_bytes: Callable[[int], None] | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reader, target.open("wb") as writer:
        for chunk in _chunks(reader):
            digest.update(chunk)
            writer.write(chunk)
            size += len(chunk)
            if on_bytes:
                on_bytes(len(chunk))
        writer.flush()
        os.fsync(writer.fileno())
    return digest.hexdigest(), size


def _chunks(reader: BinaryIO) -> Iterator[bytes]:
    while chunk := reader.read(CHUNK_BYTES):
        yield chunk
