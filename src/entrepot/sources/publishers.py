"""Publishers and layouts that Entrepot reads, with their terms and the traps in them."""

from dataclasses import dataclass
from typing import Final

EUROSTAT_TERMS: Final = "reuse with credit (Decision 2011/833/EU)"


@dataclass(frozen=True)
class Publisher:
    """One readable layout: `title` for people, `traps` in one or two sentences.

    `formats` are the names of the readers; `publisher` has a delay in `sources.publication`, but
    for "you", whose figures may be anybody's.
    """

    title: str
    publisher: str
    licence: str
    traps: str
    formats: tuple[str, ...]


PUBLISHERS: Final = (
    Publisher(
        "flow file (CSV, Parquet)",
        "you",
        "yours",
        "Codes lose leading zeros in spreadsheets; an empty value is not zero.",
        ("flow-file", "flow-file-parquet"),
    ),
    Publisher(
        "Eurostat Data Browser workbook",
        "Eurostat",
        EUROSTAT_TERMS,
        "':' is not available, which is not zero. Headings and their CN8 codes stand side by side.",
        ("eurostat-workbook",),
    ),
    Publisher(
        "Eurostat Relational View",
        "Eurostat",
        EUROSTAT_TERMS,
        "EU and euro area rows repeat their members. 'Total' repeats all products.",
        ("eurostat-relational",),
    ),
    Publisher(
        "Comext bulk file (full_v2 and older; bare or 7z)",
        "Eurostat",
        EUROSTAT_TERMS,
        "Codes with letters hide goods. Procedures are separate cells. Partners QP to QZ are no "
        "country; month 52 is the year.",
        ("comext", "comext-older"),
    ),
)


def publisher_of(format_name: str) -> str | None:
    """Who publishes figures in this layout; null: the layout does not say."""
    for known in PUBLISHERS:
        if format_name in known.formats:
            return None if known.publisher == "you" else known.publisher
    return None
