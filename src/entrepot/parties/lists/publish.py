"""Files that outlive a power cut: written out before the rename that makes them count."""

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from entrepot.errors import WorkspaceError
from entrepot.parties.lists.records import SUMMARY, Held, from_json

READ_ONLY: Final = 0o444


def archive(path: Path, target: Path) -> None:
    """Copy a file to its place, whole and read-only; one that is there stays."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    shutil.copyfile(path, temporary)
    sync(temporary)
    temporary.chmod(READ_ONLY)
    temporary.replace(target)
    sync(target.parent)


def write_text(path: Path, text: str) -> None:
    """Write a text so that a reader sees the old one or the new one, also after a power cut."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)


def swap(scratch: Path, target: Path) -> None:
    """Put a finished edition in its place; one that is there (read by older readers) goes away.

    Raises:
        WorkspaceError: it cannot be written; what was there stays.
    """
    aside = scratch.with_name(f"{scratch.name}-old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for one in (*scratch.iterdir(), scratch):
            sync(one)
        if target.exists():
            target.replace(aside)
        scratch.replace(target)
        sync(target.parent)
    except OSError as error:
        if aside.exists() and not target.exists():
            with suppress(OSError):
                aside.replace(target)
        raise WorkspaceError(f"cannot write {target}: {error.strerror}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk (Windows: files only)."""
    is_folder = path.is_dir()
    if is_folder and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def held_in(folder: Path, pattern: str, warn: Callable[[str], None]) -> list[Held]:
    """The editions in a folder; a damaged one beside a good one of its list is left out and told.

    Raises:
        WorkspaceError: a damaged one is the only one of its list: without it the list would be
            missing, and nobody would be on it.
    """
    good: list[Held] = []
    bad: dict[Path, WorkspaceError] = {}
    homes: set[Path] = set()
    for path in sorted(folder.glob(f"{pattern}/*/{SUMMARY}")):
        try:
            good.append(from_json(path))
            homes.add(path.parents[1])
        except WorkspaceError as error:
            bad[path] = error
    for path, fault in bad.items():
        if path.parents[1] not in homes:
            raise fault
        warn(
            f"{fault} That edition is left out: answers rest on the other editions of "
            f"{path.parents[1].name}, and if it was the newest, on an older one. {fault.hint}"
        )
    return good
