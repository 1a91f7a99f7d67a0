"""The scale of a fact check: what the test against records and all evidence come to."""

from dataclasses import dataclass
from typing import Final

from entrepot.dossiers.dossier.dossier import Finding
from entrepot.dossiers.handover.facts import facts

WORST, BEST = 1, 5
SCALE: Final = (
    "Entrepot scale: 1 contradicted by records and other evidence, 2 contradicted by records or "
    "mostly not supported, 3 partly supported or evidence on both sides, 4 supported by records "
    "only, 5 supported by records and independent observers; no number where no record can tell."
)


@dataclass(frozen=True, slots=True)
class Rating:
    """How a claim stands.

    Attributes:
        value: `WORST` to `BEST`; null: not testable or not tested, which is not a low value.
        name: in a few words.
        meaning: in a sentence.
    """

    value: int | None
    name: str
    meaning: str


def rating(finding: Finding) -> Rating:
    """The row of `data/ratings.tsv` for a verdict and a standing; the last is for all others."""
    for row in facts("ratings"):
        if row["verdict"] in (finding.verdict, "*") and row["standing"] in (finding.standing, "*"):
            return Rating(
                int(row["rating"]) if row["rating"] else None, row["name"], row["meaning"]
            )
    raise AssertionError("the last row of ratings.tsv fits everything")
