"""Methods as citations: what each is called, and where it is described."""

from typing import Final

from entrepot.dossiers.assemble.cited import Cited

METHODS: Final = {
    "rise": ("How a lead is found: what was expected, and how far the trade lies above it",
             "docs/methods.md"),
    "rows": ("How published rows are added up: a heading never with its children, codes chained "
             "over editions", "docs/methods.md"),
    "tests": ("The named tests of a lead, each with the data that separates it from the rise",
              "docs/innocent.md"),
    "rules": ("How the rule base is asked, and how sure each of its lines is", "docs/rules.md"),
    "assess": ("How a claim is tested against records", "docs/assess.md"),
    "standing": ("How a standing is made: independent roots, printed likelihood ratios, bands of "
                 "ICD 203", "docs/standing.md"),
    "roots": ("How it is found out who has it from whom", "docs/independence.md"),
    "lists": ("How names are compared with lists of parties", "docs/screening.md"),
    "parties": ("Who counts as a named party", "docs/dossier.md"),
    "checks": ("What could have seen a place, and how checks are ranked", "docs/plan.md"),
    "exposure": ("What a country stands to lose: recorded purchases under other rules",
                 "docs/rules.md"),
    "dossier": ("How a dossier is put together from a case", "docs/dossier.md"),
}  # fmt: skip
"""Key -> what it is, and the document that describes it."""


def method(cited: Cited, key: str) -> str:
    """The citation of a method; its id."""
    what, where = METHODS[key]
    return cited.add("method", what, locator=where)
