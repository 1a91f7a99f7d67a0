"""A report: the text that claims are read from, and where it comes from."""

from dataclasses import dataclass, field
from datetime import date

from entrepot.records.ids import content_id


@dataclass(frozen=True, slots=True)
class Report:
    """One report as text.

    Attributes:
        text: what a person reads in it, Unicode NFC, lines ended by a line feed. Spans of claims
            count its characters.
        name: file name or title, as given.
        reported_on: the report's own day; null: it prints none and none was given.
        publisher: outlet, agency or author as printed; empty: not known.
        title: as printed; empty: none.
        file_id: sha256 of the file it was read from; empty: it was given as text.
        notes: what a reader of the file left out or could not do, one sentence each.
    """

    text: str
    name: str = ""
    reported_on: date | None = None
    publisher: str = ""
    title: str = ""
    file_id: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def report_id(self) -> str:
        """`rep_` and a hash of the text: the same text has the same id on every machine."""
        return content_id("rep", self.text)
