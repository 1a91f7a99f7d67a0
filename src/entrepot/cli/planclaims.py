"""The claims that `entrepot plan` is asked about, from the casebook, tested against records."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from entrepot.checks.planning.advice import Question
from entrepot.cli.casebookoptions import open_casebook
from entrepot.cli.heldrecords import opened_records
from entrepot.errors import RequestError
from entrepot.evidence.assessing.assess import assess
from entrepot.workspace.claims import Sources
from entrepot.workspace.questions import case_questions, case_where, claim_questions, untested
from entrepot.workspace.standings import Test

Where = tuple[tuple[str, ...], date | None, date | None]
"""Names of places, first and last day that claims speak of."""


def asked(
    subjects: Sequence[str], workspace_dir: Path, options: dict[str, Any]
) -> tuple[tuple[Question, ...], Where]:
    """The claims or the case that were named, as questions, and where and when they speak of.

    Args:
        subjects: ids of one case, or of claims.
        workspace_dir: folder of the casebook and of records.
        options: of `entrepot plan`.

    Raises:
        RequestError: no such case or claim, or several cases.
    """
    with (
        _tests(workspace_dir, options) as test,
        open_casebook(options["casebook"], workspace_dir) as book,
    ):
        cases = [one for one in subjects if one.startswith("cas_")]
        claims = [one for one in subjects if not one.startswith("cas_")]
        if cases and (claims or len(cases) > 1):
            raise RequestError(
                f"got {', '.join(subjects)}, expected one case, or claims",
                hint="entrepot plan cas_... or entrepot plan clm_... clm_...",
            )
        if not cases:
            return claim_questions(book, claims, test), ((), None, None)
        where = case_where(book, cases[0]) if not options["place"] else None
        told = (where.places, where.first, where.last) if where else ((), None, None)
        return case_questions(book, cases[0], test), told


@contextmanager
def _tests(workspace_dir: Path, options: dict[str, Any]) -> Iterator[Test]:
    """The test of a claim against the records at hand: what they settled needs no other look."""
    if options["no_records"]:
        yield untested
        return
    observations, flights = options["observations"], options["flights"]
    sources = Sources(options["lists"], observations, flights, options["today"])
    with opened_records(workspace_dir, sources) as opened:
        yield lambda claim: assess(claim, opened.records)
