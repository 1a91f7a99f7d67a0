"""The parts of a dossier: sentences, tables and charts, each with citations."""

from dataclasses import dataclass
from typing import Any, Final

KINDS: Final = (
    "record",  # what a record says: a figure, a rule, a list, an image
    "claim",  # what somebody said
    "assessment",  # what follows from records and claims, with its band
    "explanation",  # an innocent explanation, and whether its test passed
    "unknown",  # what is not known, and what would tell
    "method",  # how it was worked out, and its limits
    "reply",  # what the one who is named says
)

Cell = str | int | float | None
"""A cell of a table; null: not measured, printed as a dash, never as 0."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that can stand alone.

    Attributes:
        text: plain text, one sentence.
        kind: one of `KINDS`.
        citations: ids of what it rests on; at least one, or the dossier is not published.
        names: parties that it names, as printed; empty: it names none.
        claim_id: the claim that it is about; empty: none.
    """

    text: str
    kind: str
    citations: tuple[str, ...]
    names: tuple[str, ...] = ()
    claim_id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose every row has citations.

    Attributes:
        table_id: short, unique in the dossier, such as `tab_legs`.
        caption: what it shows, with units and period.
        columns: headings, with units.
        rows: cells in the order of the columns.
        citations: ids for each row.
    """

    table_id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    citations: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a specification with its data in it, drawn the same everywhere.

    Attributes:
        chart_id: short, unique in the dossier.
        title: what it shows, with units and period.
        alt: the same for those who do not see it: the numbers that matter in words.
        spec: Vega-Lite specification, data inside, no address of another file.
        citations: ids of what the data rest on.
    """

    chart_id: str
    title: str
    alt: str
    spec: dict[str, Any]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it.

    Attributes:
        key: for links, such as `figures`; unique in the dossier.
        heading: in the words of a reader.
        sentences: in order.
        tables: after the sentences.
        charts: after the tables.
    """

    key: str
    heading: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
