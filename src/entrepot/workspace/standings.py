"""Standings of the claims of reports, or of one claim of the casebook, on all that is at hand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.grades import Grade, counting
from entrepot.casebook.states import ClaimState
from entrepot.evidence.assessing.assessment import Assessment
from entrepot.evidence.claim import Claim
from entrepot.evidence.independence.derivation import Correction
from entrepot.evidence.independence.derive import derive
from entrepot.evidence.independence.item import item_of
from entrepot.evidence.independence.linked import corrections_of
from entrepot.evidence.report import Report
from entrepot.evidence.standing.agreeing import agree, groups
from entrepot.evidence.standing.evidence import Evidence
from entrepot.evidence.standing.gather import Judged, Whose, body_key, whose_word
from entrepot.evidence.standing.stand import Standing, roots_of, stand

Test = Callable[[Claim], Assessment | None]
"""Tests one claim against the records at hand; null: no test is made."""

Found = tuple[Standing, Assessment | None]


def of_reports(reports: Sequence[Report], claims: Sequence[Claim], test: Test) -> list[Found]:
    """The standing of every fact that reports speak of, in the order of their claims.

    Args:
        reports: each text once.
        claims: of these reports.
        test: of the first claim of each fact.
    """
    roots = _roots(reports)
    found = []
    for group in groups(claims):
        tested = test(group[0])
        found.append((stand(group, roots, tested), tested))
    return found


def of_each(
    reports: Sequence[Report], tested: Sequence[tuple[Claim, Assessment]]
) -> list[Standing]:
    """The standing of each tested claim, by all claims that agree with it; in the order given.

    Args:
        reports: that the claims were read from; one that is missing is a root of its own.
        tested: claims with the outcome of their test.
    """
    roots = _roots(reports)
    claims = [claim for claim, _ in tested]
    return [
        stand([claim, *(one for one in claims if one is not claim and agree(one, claim))], roots,
              made)
        for claim, made in tested
    ]  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """What the reports of a casebook say and where each has it from, read once for many claims.

    Attributes:
        claims: of all reports, that nobody rejected.
        roots: whose word each report is, by report id.
        grades: given by people.
    """

    book: Casebook
    claims: tuple[ClaimState, ...]
    roots: Mapping[str, Sequence[Whose]]
    grades: tuple[Grade, ...]

    @classmethod
    def of(cls, book: Casebook) -> "Shelf":
        """All that lies in a casebook now."""
        reports = list({kept.report.report_id: kept.report for kept in book.reports()}.values())
        links, _ = corrections_of(
            book.links(), {one.report_id: item_of(one).item_id for one in reports}
        )
        claims = tuple(one for one in book.claims() if one.state != "rejected")
        return cls(book, claims, _roots(reports, links), book.grades())


def of_casebook(book: Casebook, claim_id: str, test: Test) -> Found:
    """The standing of one claim on all reports, evidence, grades and corrections of a casebook.

    Raises:
        RequestError: there is no such claim.
    """
    return of_shelf(Shelf.of(book), claim_id, test)


def of_shelf(shelf: Shelf, claim_id: str, test: Test) -> Found:
    """As `of_casebook`, where many claims are asked for.

    Counted with it are the claims of other reports that agree with it and that nobody rejected.

    Raises:
        RequestError: there is no such claim.
    """
    head = shelf.book.claim(claim_id)
    fitting = [head, *(one for one in shelf.claims
                       if one.claim_id != head.claim_id
                       and agree(one.claim, head.claim))]  # fmt: skip
    group = [one.claim for one in fitting]
    grades = judged(shelf.grades, group, shelf.roots)
    # an edit of type or span changes what the words hash to, not the claim that was graded
    grades |= {one.claim.claim_id: grades[one.claim_id] for one in fitting
               if one.claim_id in grades}  # fmt: skip
    more = list(_added(shelf.book, claim_id, shelf.roots, grades))
    tested = test(head.claim)
    return stand(group, shelf.roots, tested, grades, more), tested


def judged(
    given: Iterable[Grade], group: Sequence[Claim], roots: Mapping[str, Sequence[Whose]]
) -> dict[str, Judged]:
    """Grades by root key and claim id; where people differ the more cautious one counts.

    A source is graded by its name as printed, a report by its id, a claim by its id.
    """
    known = {one.key: one.label for claim in group
             for one in whose_word(claim, roots.get(claim.report_id, ()))}  # fmt: skip
    found: dict[str, Judged] = {}
    for grade in counting(tuple(given)):
        for key in _keys(grade, known, roots):
            found[key] = _cautious(found.get(key, Judged()), grade)
    return found


def _roots(
    reports: Sequence[Report], corrections: Sequence[Correction] = ()
) -> dict[str, list[Whose]]:
    items = {item_of(one).item_id: one.report_id for one in reports}
    if not items:
        return {}
    made = derive([item_of(one) for one in reports], corrections)
    return roots_of(made, lambda item_id: items[item_id])


def _keys(
    grade: Grade, known: Mapping[str, str], roots: Mapping[str, Sequence[Whose]]
) -> list[str]:
    if grade.subject_kind == "source":
        named = body_key(grade.subject_id)
        return [key for key, label in known.items()
                if key == named or label.casefold() == grade.subject_id.casefold()]  # fmt: skip
    if grade.subject_kind == "report":
        return [one.key for one in roots.get(grade.subject_id, ())] or [grade.subject_id]
    return [grade.subject_id]


def _cautious(held: Judged, grade: Grade) -> Judged:
    """The worse letter and the worse digit; "cannot be judged" gives way to any judgement."""
    letters = [one for one in (held.reliability, grade.reliability) if one]
    digits = [one for one in (held.credibility, grade.credibility) if one]
    return Judged(
        max(letters, key=lambda one: (one != "F", one), default=None),
        max(digits, key=lambda one: (one != 6, one), default=None),
    )


def _added(
    book: Casebook,
    claim_id: str,
    roots: Mapping[str, Sequence[Whose]],
    grades: Mapping[str, Judged],
) -> Iterable[Evidence]:
    """Evidence that people added by hand, with the root that they named."""
    for one in book.evidence(claim_id):
        if one.withdrawal is not None:
            continue
        whose = Whose(body_key(one.observer), one.observer) if one.observer else None
        whose = whose or next(iter(roots.get(one.report_id or "", ())), None)
        whose = whose or Whose(one.reference or one.evidence_id, one.reference or one.note)
        source, said = grades.get(whose.key, Judged()), grades.get(one.evidence_id, Judged())
        yield Evidence(
            one.evidence_id, one.relation, whose.key, whose.label, source.reliability,
            said.credibility, item=one.report_id or one.evidence_id,
        )  # fmt: skip
