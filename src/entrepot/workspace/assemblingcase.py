"""Claims, checks, results and tips of a case, as a dossier needs them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from entrepot.casebook import results, tips
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.cases import Case
from entrepot.casebook.reports import Kept
from entrepot.casebook.results import Result
from entrepot.casebook.tips import OUTLINE, Tip
from entrepot.dossiers.assemble.material import ClaimIn, Said
from entrepot.evidence.assessing.assess import assess
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.report import Report
from entrepot.workspace.questions import case_claims
from entrepot.workspace.standings import Shelf, of_shelf

Told = Callable[[str], None]


def claims_of(book: Casebook, case: Case, held: Records, told: Told) -> tuple[ClaimIn, ...]:
    """The claims of a case and of its reports that nobody rejected, each fact once, in order.

    Claims that agree are one fact, under the first of them.
    """
    reports, guarded = _reports(book), protected_reports(book, case)
    found: list[ClaimIn] = []
    seen: set[str] = set()
    wanted, shelf = case_claims(book, case.case_id), Shelf.of(book)
    for number, claim_id in enumerate(wanted, start=1):
        if claim_id in seen:
            continue
        told(f"claim {number} of {len(wanted)}")
        standing, tested = of_shelf(shelf, claim_id, lambda claim: assess(claim, held))
        head, *others = standing.claims
        seen |= {claim_id, *(one.claim_id for one in standing.claims)}
        ids = dict.fromkeys(one.report_id for one in standing.claims)
        said = tuple(Said(one.report, one.at, one.report.report_id in guarded)
                     for key in ids for one in reports.get(key, ()))  # fmt: skip
        found.append(ClaimIn(claim_id, head, said, tuple(others), standing, tested))
    return tuple(found)


def _reports(book: Casebook) -> dict[str, list[Kept]]:
    """Where each text appeared, the first place first."""
    found: dict[str, list[Kept]] = {}
    for one in book.reports():
        found.setdefault(one.report.report_id, []).append(one)
    return found


def protected_reports(book: Casebook, case: Case) -> frozenset[str]:
    """Reports that came from a tip: nothing of where they come from may leave the house.

    One counts as such where its name, title or publisher names a tip, where it was added to the
    case with a note that does, or where it prints a redacted claim of a tip. In doubt it counts.
    """
    with book.reading() as connection:
        held = tips.listed(connection)
    noted = {one.thing_id for one in case.members if one.kind == "report" and _names_tip(one.note)}
    kept = [one.report for one in book.reports()]
    return frozenset(
        one.report_id for one in kept if one.report_id in noted or _is_of_tip(one, held)
    )


def _is_of_tip(report: Report, held: Iterable[Tip]) -> bool:
    if any(_names_tip(text) for text in (report.name, report.title, report.publisher)):
        return True
    words = " ".join(report.text.split()).casefold()
    return any(
        " ".join(claim.text.split()).casefold() in words
        for tip in held for claim in tip.claims if claim.made_by != OUTLINE
    )  # fmt: skip


def _names_tip(text: str) -> bool:
    """Whether a text says "tip 7", "tip_7", "a tip"."""
    plain = text.casefold().replace("_", " ").replace("-", " ")
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "tip" in words or "tips" in words


def checks_of(case: Case) -> tuple[tuple[str, ...], tuple[Mapping[str, Any], ...]]:
    """Ids of checks of which no row is kept, and the rows of the others, each once."""
    rows: dict[str, Mapping[str, Any]] = {}
    for one in case.members:
        if one.kind == "check" and one.withdrawal is None and one.row is not None:
            rows[one.thing_id] = one.row
    bare = tuple(sorted(key for key in case.things("check") if key not in rows))
    return bare, tuple(rows[key] for key in sorted(rows))


def results_of(book: Casebook, case: Case, claims: Iterable[ClaimIn]) -> tuple[Result, ...]:
    """Results that belong to the case or are of its claims, those taken back left out, in order."""
    own = set(case.things("result"))
    told = {one.claim_id for one in claims}
    with book.reading() as connection:
        found = results.listed(connection)
    return tuple(
        one for one in found
        if one.withdrawal is None and (one.result_id in own or one.claim_id in told)
    )  # fmt: skip


def tips_of(book: Casebook, case: Case) -> tuple[str, ...]:
    """Redacted claims that a reviewer wrote of the tips of a case, sorted, so that none is first.

    The outline that the program makes of a tip is for the working side alone.
    """
    wanted = set(case.things("tip"))
    with book.reading() as connection:
        found = tips.listed(connection)
    return tuple(sorted({
        " ".join(claim.text.split())
        for one in found if f"tip_{one.number}" in wanted
        for claim in one.claims if claim.made_by != OUTLINE
    }))  # fmt: skip
