"""What is asked of a screening, and what decides its hits."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from entrepot import __version__
from entrepot.errors import RequestError
from entrepot.parties.match import matcher
from entrepot.parties.match.matcher import FALLBACK, MAIN
from entrepot.workspace.screening.columns import Columns, Wanted
from entrepot.workspace.screening.lists import Lists

SCORERS: Final = ("nomenklatura", "rigour", "followthemoney")
"""Packages behind the scores of `entrepot-v1`; scores move between their releases."""


@dataclass(frozen=True)
class Ask:
    """What a user asks.

    Attributes:
        path: the file.
        wanted: its columns.
        lists: files and folders of lists; empty: those of the workspace.
        threshold: least score of a hit, 0 to 1.
        limit: most hits a row.
        on: as the lists stood that day; null: as they stand.
        algorithm: `best` or `fallback`.
        workers: processes; null: one a core.
        encoding: of a text file; null: as its bytes look.
        sheet: of a workbook; null: the first with rows.
    """

    path: Path
    wanted: Wanted = field(default_factory=Wanted)
    lists: tuple[Path, ...] = ()
    threshold: float = 0.7
    limit: int = 5
    on: date | None = None
    algorithm: str = "best"
    workers: int | None = None
    encoding: str | None = None
    sheet: str | None = None

    def checked(self) -> "Ask":
        """Itself.

        Raises:
            RequestError: parts that do not fit together.
        """
        if not 0 < self.threshold <= 1:
            raise RequestError(f"got threshold {self.threshold}, expected above 0 and at most 1")
        if self.limit < 1:
            raise RequestError(f"got limit {self.limit}, expected at least 1")
        if self.workers is not None and self.workers < 1:
            raise RequestError(f"got {self.workers} workers, expected at least 1")
        if self.on and self.wanted.day:
            raise RequestError(
                "got --on and --date-column, expected one of them",
                hint="--on is one day for all rows, --date-column the day of each row.",
            )
        return self


def resolved(algorithm: str) -> str:
    """The algorithm that `best` stands for here."""
    if algorithm == FALLBACK:
        return FALLBACK
    return MAIN if all(find_spec(name) for name in SCORERS) else FALLBACK


def versions(algorithm: str) -> dict[str, str]:
    """What the scores depend on: the matcher's own files, and the packages behind the algorithm."""
    names = SCORERS if algorithm == MAIN else ("rapidfuzz",)
    found = {"entrepot": __version__, "matcher": _matcher_digest()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # pragma: no cover - the package is there, its notes are not
            found[name] = "unknown"
    return found


@cache
def _matcher_digest() -> str:
    return _digest(Path(matcher.__file__).parent)


def _digest(folder: Path) -> str:
    """A digest of the matcher's code and tables: no two versions of it are ever mixed."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def keyed(ask: Ask, file_id: str, columns: Columns, lists: Lists, algorithm: str) -> dict[str, Any]:
    """Everything that decides the hits of a run, and where its lists came from."""
    return {
        "file_id": file_id, "encoding": ask.encoding, "sheet": ask.sheet, "name": columns.name,
        "facts": dict(columns.facts), "day": columns.day, "lists": lists.digest,
        "given": list(lists.given),
        "threshold": ask.threshold, "limit": ask.limit,
        "on": ask.on.isoformat() if ask.on else None,
        "algorithm": algorithm, "versions": versions(algorithm),
    }  # fmt: skip


WORDS: Final[Mapping[str, str]] = {
    "encoding": "the encoding", "sheet": "the sheet", "name": "the column of names",
    "facts": "the other columns", "day": "the column of days", "lists": "the lists",
    "given": "the lists named with --lists",
    "threshold": "the threshold", "limit": "the limit", "on": "the day",
    "algorithm": "the algorithm", "versions": "the version of the software",
}  # fmt: skip


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """What differs between two runs of one file, in words."""
    said = []
    for key, words in WORDS.items():
        if one.get(key) != other.get(key):
            short = key not in ("lists", "given", "versions", "facts")
            said.append(f"{words} ({one.get(key)}, now {other.get(key)})" if short else words)
    return said
