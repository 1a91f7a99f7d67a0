"""Where the lists come from: a workspace, or files that are read for this service alone."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from entrepot.errors import EntrepotError, RequestError
from entrepot.parties.lists import ListStore
from entrepot.parties.lists.layout import OFAC_PARTS, layout_of

ENDINGS: Final = frozenset({".csv", ".json", ".jsonl", ".xml", ".gz", ".tsv", ".txt", ".zip"})
"""Endings of files in a folder that are tried as lists; a file named outright is always tried."""


class Source(Protocol):
    """What the service loads its lists from."""

    def refresh(self) -> ListStore:
        """The store with all that is there now; raises where something cannot be read."""
        ...

    def store(self) -> ListStore:
        """The store as it is, nothing read anew."""
        ...

    def close(self) -> None:
        """Let go of what is not needed after the service."""
        ...


class WorkspaceSource:
    """The lists of a workspace, as `entrepot lists` keeps them; nothing is written."""

    def __init__(self, root: Path) -> None:
        self._store = ListStore(root)

    def store(self) -> ListStore:
        """The store of the workspace."""
        return self._store

    def close(self) -> None:
        """Nothing to let go of."""

    def refresh(self) -> ListStore:
        """The store, which must hold a list.

        Raises:
            RequestError: it holds none.
        """
        if not self._store.lists():
            raise RequestError(
                f"got no list in {self._store.folder}, expected at least one",
                hint="Begin with `entrepot lists fetch ofac-sdn`, or name files with --lists.",
            )
        return self._store


class FilesSource:
    """Files and folders named by the user, read into a store that goes when the service ends.

    The store keeps its alarm: a file that was cut or emptied since does not replace what was read.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._folder = tempfile.TemporaryDirectory(prefix="entrepot-lists-")
        self._store = ListStore(Path(self._folder.name))

    def store(self) -> ListStore:
        """The store with what has been read."""
        return self._store

    def close(self) -> None:
        """Remove the copies."""
        self._folder.cleanup()

    def refresh(self) -> ListStore:
        """Read all files.

        Raises:
            SourceError: one of them is no list, or broken, or much smaller than before.
            RequestError: no file, or parts without their main file.
        """
        for group in sets_of(files_of(self._paths)):
            self._store.add(*group)
        return self._store


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files meant: a folder stands for the lists directly in it.

    Raises:
        RequestError: a path that is not there, or a folder without lists.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise RequestError(f"got {path}, which does not exist, expected a list or a folder")
        within = sorted(path.iterdir()) if path.is_dir() else [path]
        files = [one for one in within if one.is_file() and not one.name.startswith(".")]
        wanted = [one for one in files if not path.is_dir() or one.suffix.lower() in ENDINGS]
        if not wanted:
            raise RequestError(f"got folder {path} without a list, expected files of lists")
        found.extend(wanted)
    return list(dict.fromkeys(found))


def sets_of(files: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Files that make one list: the parts of an OFAC set go with the main file of their folder.

    Raises:
        SourceError: a file of no known layout.
        RequestError: parts, and not exactly one main file beside them.
    """
    layouts = {path: layout_of(path) for path in files}
    parts: dict[Path, list[Path]] = {}
    for path in files:
        if layouts[path] in OFAC_PARTS:
            parts.setdefault(path.parent, []).append(path)
    groups: list[tuple[Path, ...]] = []
    for path in files:
        if layouts[path] not in OFAC_PARTS:
            beside = parts.get(path.parent, []) if layouts[path] == "ofac-csv" else []
            groups.append((path, *beside))
    for folder, found in parts.items():
        mains = [one for one in files if one.parent == folder and layouts[one] == "ofac-csv"]
        if len(mains) != 1:
            raise RequestError(
                f"got {', '.join(one.name for one in found)} with {len(mains)} main files, "
                "expected one (sdn.csv or cons_prim.csv)",
                hint="Put each OFAC set into a folder of its own.",
            )
    return groups


def reason(error: Exception) -> str:
    """What to say of an error in public: its own sentence if it was raised on purpose."""
    return str(error) if isinstance(error, EntrepotError) else f"{type(error).__name__} in loading"
