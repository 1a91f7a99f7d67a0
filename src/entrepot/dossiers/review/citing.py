"""Every sentence, row and chart rests on something that is there, and nothing lies around."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.dossier.section import Table
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.places import sentences

KINDS: Final = ("figures", "rule", "list", "report", "check", "casebook", "method")
ARCHIVED: Final = ("figures", "list", "report")
"""Kinds that are rows of a file; rules, checks, entries and methods may stand elsewhere."""
_MEND: Final = "Assemble the dossier anew, or take out what rests on nothing."
_Part = tuple[str, tuple[str, ...], bool]


def citing(dossier: Dossier) -> Iterator[Fault]:
    """Faults of citations and files."""
    known = {one.citation_id for one in dossier.citations}
    used: set[str] = set()
    for where, cited, needs in _parts(dossier):
        used.update(cited)
        if needs and not cited:
            yield Fault("citations", where, "rests on no citation, expected at least one", _MEND)
        for one in cited:
            if one not in known:
                yield Fault("citations", where, f"rests on {one}, which is not there", _MEND)
    yield from _citations(dossier, used)


def _parts(dossier: Dossier) -> Iterator[_Part]:
    """Place, ids of citations, and whether it must have one."""
    for where, one in sentences(dossier):
        yield where, one.citations, True
    for section in dossier.sections:
        for table in section.tables:
            yield from _rows(table)
        for chart in section.charts:
            yield f"chart {chart.chart_id}", chart.citations, True
    for found in dossier.findings:
        yield f"finding {found.claim_id}", found.citations, True
    for party in dossier.parties:
        # what lists say is a statement; that a party was asked is told by the case itself
        yield f"party {party.name}", party.citations, bool(party.listed)


def _rows(table: Table) -> Iterator[_Part]:
    for number in range(max(len(table.rows), len(table.citations))):
        cited = table.citations[number] if number < len(table.citations) else ()
        yield f"table {table.table_id}, row {number + 1}", cited, number < len(table.rows)


def _citations(dossier: Dossier, used: set[str]) -> Iterator[Fault]:
    files = {one.file_id for one in dossier.files}
    for one in dossier.citations:
        where = f"citation {one.citation_id}"
        if one.kind not in KINDS:
            what = f"is of kind {one.kind!r}, expected one of {', '.join(KINDS)}"
            yield Fault("citations", where, what, _MEND)
        if one.file_id and one.file_id not in files:
            what = f"is of file {one.file_id[:12]}, which is not in the list of files"
            yield Fault("citations", where, what, _MEND)
        if one.kind in ARCHIVED and not one.file_id:
            what = f"is of kind {one.kind} and of no file, expected the sha256 of an archived one"
            yield Fault("citations", where, what, _MEND)
        if one.citation_id not in used:
            yield Fault("citations", where, "is used by nothing", "Leave it out.")
    cited = {one.file_id for one in dossier.citations}
    for file in dossier.files:
        if file.file_id not in cited:
            what = f"{file.name} is cited by nothing"
            yield Fault("citations", f"file {file.file_id[:12]}", what, "Leave it out.")
    yield from _twice("citation", (one.citation_id for one in dossier.citations))
    yield from _twice("file", (one.file_id for one in dossier.files))


def _twice(what: str, ids: Iterable[str]) -> Iterator[Fault]:
    for key, count in Counter(ids).items():
        if count > 1:
            yield Fault("citations", f"{what} {key[:20]}", f"stands {count} times", "Keep one.")
