"""Publishers and layouts that Entrepot reads, with their terms and the traps in them."""

from dataclasses import dataclass
from typing import Final

EUROSTAT_TERMS: Final = "reuse with credit (Decision 2011/833/EU)"


@dataclass(frozen=True)
class Publisher:
    """One readable layout: `title` for people, `traps` in one or two sentences."""

    title: str
    publisher: str
    licence: str
    traps: str


PUBLISHERS: Final = (
    Publisher(
        "flow file (CSV, Parquet)",
        "you",
        "yours",
        "Codes lose leading zeros in spreadsheets; an empty value is not zero.",
    ),
    Publisher(
        "Eurostat Data Browser workbook",
        "Eurostat",
        EUROSTAT_TERMS,
        "':' is not available, which is not zero. Headings and their CN8 codes stand side by side.",
    ),
    Publisher(
        "Eurostat Relational View",
        "Eurostat",
        EUROSTAT_TERMS,
        "EU and euro area rows repeat their members. 'Total' repeats all products.",
    ),
    Publisher(
        "Comext bulk file (full_v2 and older; bare or 7z)",
        "Eurostat",
        EUROSTAT_TERMS,
        "Codes with letters hide goods. Procedures are separate cells. Partners QP to QZ are no "
        "country; month 52 is the year.",
    ),
)
