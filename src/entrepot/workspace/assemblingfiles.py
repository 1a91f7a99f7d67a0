"""The archived files that a dossier rests on, and whether the rows it cites still stand in them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow.parquet as pq

from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.errors import DossierError, SourceError, WorkspaceError
from entrepot.measures.base import STATE_TO
from entrepot.sources import pocket
from entrepot.sources.archive import Archive, Origin, sha256_of
from entrepot.sources.detect import detect
from entrepot.sources.raw import Options, Task
from entrepot.sources.store import imports
from entrepot.sources.summary import ImportSummary
from entrepot.sources.work import Import

READ_AGAIN_BYTES: Final = 32 << 20
"""Files up to this size are read again, so that a row changed since the import is found: about five
seconds at 6 MB/s. Of larger ones only the hash of the bytes is looked at. A choice."""

AGAIN: Final = "Import the file again (entrepot import FILE), and make the dossier anew."


Cells = Mapping[tuple[str, str, str, str], float | None]
"""Locator, reporter, code and period of a row of an archived file -> its value."""


class Archived:
    """The archive of a workspace; null `root`: only the figures that ship.

    Attributes:
        unread: names of files of which single rows were not read again, as they are too large.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._imports = {one.file_id: one for one in imports(root)} if root else {}
        self.unread: list[str] = []
        self._told: dict[tuple[str, str], Cells] = {}

    def source(self, file_id: str) -> SourceFile:
        """The file of some figures, once its bytes are seen to be those it is named after.

        Raises:
            DossierError: it is not archived, or its bytes have changed.
        """
        if file_id == pocket.about().sha256:
            return _shipped()
        known = self._imports.get(file_id)
        if known is None or self._root is None:
            raise DossierError(
                f"got figures of file {file_id[:12]}, which is not in the archive", hint=AGAIN
            )
        note = self._checked(known)
        return SourceFile(
            file_id, known.name, known.publisher or "", _address(note.origin, known.name),
            known.retrieved_at, known.licence or "",
        )  # fmt: skip

    def check(self, file_id: str, rows: Sequence[Mapping[str, Any]], column: str) -> None:
        """See that cited rows say in the archived bytes what they say here.

        Args:
            file_id: sha256 of the file.
            rows: `locator`, `reporter`, `commodity_code`, `period`, `value`.
            column: where the value is read from, `value_eur` or `value_usd`.

        Raises:
            DossierError: a row says something else, or is not there.
        """
        known = self._imports.get(file_id)
        if known is None or self._root is None or not rows:
            return  # the figures that ship are read by their hash alone
        path = Archive(self._root / "archive").path(file_id)
        if path.stat().st_size > READ_AGAIN_BYTES:
            self.unread.append(known.name)
            return
        if (file_id, column) not in self._told:
            self._told[file_id, column] = _read_again(path, known, column)
        for row in rows:
            _check_row(row, self._told[file_id, column], known.name)

    def _checked(self, known: ImportSummary) -> Origin:
        assert self._root is not None
        archive = Archive(self._root / "archive")
        path = archive.path(known.file_id)
        if not path.is_file():
            raise DossierError(
                f"{known.name}: got no file {path}, expected the bytes that were imported",
                hint=AGAIN,
            )
        if (got := sha256_of(path)) != known.file_id:
            raise DossierError(
                f"{known.name}: got sha256 {got[:12]}, expected {known.file_id[:12]} ({path})",
                hint=AGAIN,
            )
        try:
            return archive.origin(known.file_id)
        except WorkspaceError as error:
            raise DossierError(f"{known.name}: {error}", hint=AGAIN) from error


def _check_row(row: Mapping[str, Any], told: Cells, name: str) -> None:
    # one line of a wide table holds a value for each period, so the locator alone is no key
    key = (row["locator"], row["reporter"], row["commodity_code"], row["period"])
    expected = told.get(key)
    if key not in told or expected is None or abs(float(row["value"]) - expected) > 0.005:
        found = "no such row" if key not in told else f"{expected}"
        raise DossierError(
            f"{name}, {row['locator']}: got {float(row['value'])} for {row['reporter']}, "
            f"{row['commodity_code']}, {row['period']}, expected {found} as in the archived file",
            hint=AGAIN,
        )


def _read_again(path: Path, known: ImportSummary, column: str) -> Cells:
    """Value of each row of the archived file, by locator, reporter, code and period."""
    options = Options(known.options.get("assume_flow"), known.options.get("encoding"))
    task = Task(path, known.name, options)
    note = Origin(known.file_id, known.name, "", known.retrieved_at, None, 0, "")
    with TemporaryDirectory(prefix="entrepot-") as folder:
        try:
            made = Import(task, detect(task), note, Path(folder), None)
            made.run()
        except SourceError as error:
            raise DossierError(
                f"{known.name} can no longer be read: {error}", hint=AGAIN
            ) from error
        names = ["locator", "reporter", "commodity_code", "period", column]
        rows = pq.read_table(made.flows, columns=names)
        cells = zip(*(rows[name].to_pylist() for name in names), strict=True)
        return {(a, b, c, d): None if e is None else float(e) for a, b, c, d, e in cells}


def _address(origin: str, name: str) -> str:
    """An address as it is; of a path of somebody's machine the name of the file alone."""
    return origin if "://" in origin else name


def _shipped() -> SourceFile:
    try:
        pocket.flows()
    except SourceError as error:
        raise DossierError(str(error), hint=error.hint) from error
    about = pocket.about()
    return SourceFile(
        about.sha256, pocket.path().name, pocket.PUBLISHER, about.source, about.extracted_on,
        about.licence,
    )  # fmt: skip


def rules_file() -> SourceFile:
    """The rule base that ships: its files in the order of their names, one behind another."""
    folder = resources.files("entrepot.measures").joinpath("base")
    digest = hashlib.sha256()
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name.endswith(".csv"):
            digest.update(one.read_bytes())
    return SourceFile(
        digest.hexdigest(), "measures/base/*.csv", "Entrepot, rule base", "entrepot/measures/base",
        STATE_TO, "Apache-2.0",
    )  # fmt: skip


def beside_files(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """Files of observations and flights that were given: their bytes count, not where they lie."""
    return tuple(SourceFile(sha256_of(one), one.name, "", one.name, "", "") for one in paths)
