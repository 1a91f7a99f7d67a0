"""Numbers of citations in the order of reading, and what each opens to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.render.text import clean, is_number, raw
from entrepot.errors import DossierError

SHORT: Final = 12
"""Signs of a hash that are shown large; the whole stands beside them."""

FIRST: Final = ("row", "line", "page", "sheet", "article", "period", "day", "date")
"""Columns that come first in the rows of a source; the others follow in order of the alphabet.

Rows are mappings, and equal mappings may differ in order: that must not change the page.
"""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its number and its file.

    Attributes:
        number: 1 is the first that a reader meets.
        citation: as in the dossier.
        file: it comes from; null: a method or an entry of the casebook.
    """

    number: int
    citation: Citation
    file: SourceFile | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of its rows."""
        found = {key for row in self.citation.rows for key in row}
        order = {key: place for place, key in enumerate(FIRST)}
        return tuple(sorted(found, key=lambda key: (order.get(key, len(FIRST)), key)))

    @property
    def cells(self) -> list[list[str]]:
        """Its rows as they can be looked up; a dash for null and for what a row does not have."""
        return [[raw(row.get(key)) for key in self.columns] for row in self.citation.rows]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For each column whether all that is known in it are numbers."""
        return tuple(numeric([row.get(key) for row in self.citation.rows]) for key in self.columns)


def numeric(values: list[Any]) -> bool:
    """Whether all values that are known are numbers, and one is known."""
    known = [value for value in values if value is not None]
    return bool(known) and all(is_number(value) for value in known)


def numbered(dossier: Dossier) -> dict[str, Cited]:
    """Citations by id in the order in which a reader meets them; unused ones come last.

    Raises:
        DossierError: something cites what the dossier does not hold.
    """
    files = {one.file_id: one for one in dossier.files}
    known = {one.citation_id: one for one in dossier.citations}
    order = dict.fromkeys((*_met(dossier), *known))
    _hold(order, known, files)
    return {
        key: Cited(number, known[key], files.get(known[key].file_id))
        for number, key in enumerate(order, start=1)
    }


def _hold(
    order: Mapping[str, None], known: Mapping[str, Citation], files: Mapping[str, SourceFile]
) -> None:
    missing = [key for key in order if key not in known]
    if missing:
        raise DossierError(
            f"got a reference to source {clean(missing[0])!r}, expected one of the "
            f"{len(known)} citations of the dossier",
            hint="Make the dossier again with `entrepot dossier CASE`.",
        )
    for one in known.values():
        if one.file_id and one.file_id not in files:
            raise DossierError(
                f"got citation {clean(one.citation_id)} of file {clean(one.file_id)[:SHORT]}, "
                f"expected one of the {len(files)} files of the dossier",
                hint="Make the dossier again with `entrepot dossier CASE`.",
            )


def _met(dossier: Dossier) -> Iterator[str]:
    """Ids in the order of the page."""
    for sentence in dossier.summary:
        yield from sentence.citations
    for finding in dossier.findings:
        yield from finding.citations
    for party in dossier.parties:
        yield from party.citations
    for section in dossier.sections:
        for sentence in section.sentences:
            yield from sentence.citations
        for table in section.tables:
            for ids in table.citations:
                yield from ids
        for chart in section.charts:
            yield from chart.citations
