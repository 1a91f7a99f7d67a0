"""Innocent explanations as rival hypotheses, each with the test that separates it from the claim.

The list is data (`data/rivals.tsv`), written by hand from docs/innocent.md and from the pitfalls
of the field. A rival has no probability of its own here: that the table names it says nothing.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

IF_CLAIM, IF_RIVAL = 3.0, 1 / 3
"""Likelihood ratio of a rival's test for the claim, as it comes out. Choice: such a test removes
one other reason and leaves the others."""

_FILE: Final = "data/rivals.tsv"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another reason for what was reported.

    Attributes:
        hypothesis: the innocent explanation, one sentence.
        test: what separates it from the claim.
        needs: the data or answer that the test takes.
        if_claim: what the test shows if the claim holds.
        if_rival: what it shows if the rival does.
    """

    hypothesis: str
    test: str
    needs: str
    if_claim: str
    if_rival: str


def rivals(claim_type: str, predicate: str = "") -> tuple[Rival, ...]:
    """Rival hypotheses for a type of claim; those for its predicate alone come first."""
    rows = [row for row in _rows() if row["type"] == claim_type]
    fitting = [row for row in rows if row["predicate"] in ("", predicate)]
    ordered = sorted(fitting, key=lambda row: row["predicate"] == "")
    fields = ("hypothesis", "test", "needs", "if_claim", "if_rival")
    return tuple(Rival(*(row[name] for name in fields)) for row in ordered)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("entrepot.evidence.standing").joinpath(_FILE).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t"))
