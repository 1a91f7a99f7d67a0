"""Collects what sentences rest on, so that each citation and file stands once, under its id."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.errors import DossierError
from entrepot.records.ids import content_id

NO_FILE = ""
"""A method, or an entry of the casebook."""


class Cited:
    """Citations and files of one dossier; equal ones are one.

    `files` are those that may be cited, by sha256.
    """

    def __init__(self, files: Iterable[SourceFile] = ()) -> None:
        self._known = {one.file_id: one for one in files}
        self._citations: dict[str, Citation] = {}

    def know(self, file: SourceFile) -> str:
        """Add a file that may be cited; its id. What is known of it already stays."""
        return self._known.setdefault(file.file_id, file).file_id

    def add(
        self, kind: str, what: str, *, file_id: str = NO_FILE, locator: str = "", query: str = "",
        rows: Sequence[Mapping[str, Any]] = (),
    ) -> str:  # fmt: skip
        """Add a citation; its id.

        Args:
            kind: one of those of `Citation`.
            what: in words, one line.
            file_id: of a file that is known; empty: a method or an entry of the casebook.
            locator: where in the file.
            query: how the rows were chosen and summed.
            rows: the rows; days, decimals and tuples become plain values.

        Raises:
            DossierError: the file is not known, so nobody could look the rows up.
        """
        if file_id and file_id not in self._known:
            raise DossierError(
                f"got rows of file {file_id[:12]}, which is not in the archive: {what}",
                hint="Import the file again, so that its bytes and their origin are kept.",
            )
        kept = tuple(plain(row) for row in rows)
        body = asdict(Citation("", kind, " ".join(what.split()), file_id, locator, query, kept))
        made = Citation(**{**body, "rows": kept, "citation_id": _id(body)})
        return self._citations.setdefault(made.citation_id, made).citation_id

    def citations(self, used: Iterable[str]) -> tuple[Citation, ...]:
        """Those of these ids, sorted by id."""
        return tuple(self._citations[one] for one in sorted(set(used)))

    def files(self, used: Iterable[str]) -> tuple[SourceFile, ...]:
        """The files of these citations, sorted by id."""
        wanted = {self._citations[one].file_id for one in used} - {NO_FILE}
        return tuple(self._known[one] for one in sorted(wanted))


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of plain values: text, numbers, null, lists of them."""
    return {str(name): _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        kept = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(one) for one in kept]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _id(body: Mapping[str, Any]) -> str:
    return content_id("cit", json.dumps(body, ensure_ascii=False, sort_keys=True))
