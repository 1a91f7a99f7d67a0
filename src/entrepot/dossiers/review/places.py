"""Every text of a dossier with the place where it stands: one walk for all rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.dossier.section import Sentence


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of the dossier.

    Attributes:
        where: place, for people.
        text: as printed.
        citations: ids of what it rests on.
        is_own: the house says it; not the words of a report or of one who is named.
    """

    where: str
    text: str
    citations: tuple[str, ...]
    is_own: bool = True


QUOTED = ("claim", "reply")
"""Kinds of sentences that give the words of somebody else."""


def sentences(dossier: Dossier) -> Iterator[tuple[str, Sentence]]:
    """Place and sentence, summary first."""
    for number, one in enumerate(dossier.summary, 1):
        yield f"summary, sentence {number}", one
    for section in dossier.sections:
        for number, one in enumerate(section.sentences, 1):
            yield f"section {section.key}, sentence {number}", one


def texts(dossier: Dossier) -> Iterator[Placed]:
    """Every text that is printed, but ids, addresses, times and rows of citations."""
    yield Placed("title", dossier.title, ())
    yield Placed("question", dossier.question, ())
    for where, one in sentences(dossier):
        yield Placed(where, one.text, one.citations, one.kind not in QUOTED)
    yield from _sections(dossier)
    for found in dossier.findings:
        where = f"finding {found.claim_id}"
        yield Placed(f"{where}, text", found.text, found.citations, is_own=False)
        yield Placed(f"{where}, said by", found.said_by, found.citations, is_own=False)
        yield Placed(f"{where}, summary", found.summary, found.citations)
    for party in dossier.parties:
        where = f"party {party.name}"
        yield Placed(f"{where}, lists", party.listed, party.citations)
        yield Placed(f"{where}, reply", party.reply, party.citations, is_own=False)
        yield Placed(f"{where}, no reply", party.no_reply_because, party.citations)
    for version in dossier.versions:
        for change in version.changes:
            yield Placed(f"version {version.number}, changes", change, ())


def _sections(dossier: Dossier) -> Iterator[Placed]:
    for section in dossier.sections:
        yield Placed(f"section {section.key}, heading", section.heading, ())
        for table in section.tables:
            where = f"table {table.table_id}"
            cited = tuple(dict.fromkeys(one for row in table.citations for one in row))
            yield Placed(f"{where}, caption", table.caption, cited)
            for column in table.columns:
                yield Placed(f"{where}, heading", column, cited)
            for number, row in enumerate(table.rows, 1):
                for cell in row:
                    if isinstance(cell, str):
                        yield Placed(f"{where}, row {number}", cell, cited)
        for chart in section.charts:
            yield Placed(f"chart {chart.chart_id}, title", chart.title, chart.citations)
            yield Placed(f"chart {chart.chart_id}, alt", chart.alt, chart.citations)
