"""The open claims of a case as questions that a plan of checks can rank, and where they point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from entrepot.casebook import cases
from entrepot.casebook.casebook import Casebook
from entrepot.checks.planning.advice import Question
from entrepot.errors import RequestError
from entrepot.evidence.assessing.assessment import Assessment
from entrepot.evidence.claim import Claim
from entrepot.evidence.language.places import places
from entrepot.evidence.standing.stand import DENIED, Standing
from entrepot.workspace.standings import Found, Shelf, Test, of_shelf

SPOTS: Final = ("site", "city")
"""Kinds of places that can be looked at; a country is too wide."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where and when the claims of a case speak of.

    Attributes:
        places: names, those that most claims name first, sites before cities.
        first: first day; null: no claim says one.
        last: last day, it is counted; null: the same.
    """

    places: tuple[str, ...]
    first: date | None
    last: date | None


def untested(_: Claim) -> Assessment | None:
    """No test against records: only roots are weighed."""
    return None


def questions_of(found: Iterable[Standing]) -> tuple[Question, ...]:
    """Standings as questions, in their order, each fact once.

    What is to come is left out: it has no probability, and nothing that can be seen today tells.
    Of a denial the question is what is denied.
    """
    asked: dict[str, Question] = {}
    for standing in found:
        if not standing.is_to_come:
            one = _question(standing)
            asked.setdefault(one.claim_id, one)
    return tuple(asked.values())


def _question(standing: Standing) -> Question:
    head, weighed = standing.claims[0], standing.weighed
    return Question(
        claim_id=head.claim_id,
        text=DENIED * standing.is_of_denied + " ".join(head.text.split()),
        type=head.type,
        probability=weighed.probability,
        word=weighed.word,
        date_from=head.date_from.isoformat() if head.date_from else "",
        date_to=head.date_to.isoformat() if head.date_to else "",
        verdict=weighed.record or "",
    )


def claim_questions(
    book: Casebook, claim_ids: Iterable[str], test: Test = untested
) -> tuple[Question, ...]:
    """Claims of the casebook as questions.

    Args:
        book: is read.
        claim_ids: of claims that are there.
        test: of a claim against records; the default makes none.

    Raises:
        RequestError: there is no such claim.
    """
    return questions_of(standing for standing, _ in weigh(book, claim_ids, test))


def case_questions(book: Casebook, case_id: str, test: Test = untested) -> tuple[Question, ...]:
    """The open claims of a case, and of its reports, as questions.

    Raises:
        RequestError: there is no such case.
    """
    return claim_questions(book, case_claims(book, case_id), test)


def case_claims(book: Casebook, case_id: str) -> tuple[str, ...]:
    """Ids of the claims of a case and of its reports that nobody rejected, each once.

    Raises:
        RequestError: there is no such case.
    """
    with book.reading() as connection:
        case = cases.one(connection, case_id)
    ids = list(case.things("claim"))
    for report_id in case.things("report"):
        ids += [one.claim_id for one in book.claims(report_id=report_id)]
    unlike = {one.claim_id for one in book.claims(state="rejected")}
    return tuple(one for one in dict.fromkeys(ids) if one not in unlike)


def weigh(book: Casebook, claim_ids: Iterable[str], test: Test = untested) -> list[Found]:
    """The standing of each claim; claims that agree stand together, once, under the first.

    Raises:
        RequestError: there is no such claim.
    """
    found: list[Found] = []
    seen: set[str] = set()
    shelf = Shelf.of(book)
    for claim_id in claim_ids:
        if claim_id in seen:
            continue
        made = of_shelf(shelf, claim_id, test)
        seen |= {claim_id, *(one.claim_id for one in made[0].claims)}
        found.append(made)
    return found


def case_where(book: Casebook, case_id: str) -> Where:
    """The places and the days that the claims of a case speak of.

    Raises:
        RequestError: there is no such case, or its claims name no place that can be looked at.
    """
    claims = [book.claim(one).claim for one in case_claims(book, case_id)]
    named = _spots(claims)
    if not named:
        raise RequestError(
            f"the claims of {case_id.strip()} name no place that can be looked at",
            hint="Give one: --at 53.10,26.05, or --at with a name.",
        )
    starts = [one.date_from for one in claims if one.date_from]
    ends = [one.date_to - timedelta(days=1) for one in claims if one.date_to]
    days = sorted([*starts, *ends])
    return Where(named, days[0] if days else None, days[-1] if days else None)


def _spots(claims: Sequence[Claim]) -> tuple[str, ...]:
    counted: dict[tuple[int, str], int] = {}
    for claim in claims:
        for key in {(SPOTS.index(one.what), one.name) for one in places(claim.text)
                    if one.what in SPOTS}:  # fmt: skip
            counted[key] = counted.get(key, 0) + 1
    ordered = sorted(counted, key=lambda key: (-counted[key], key))
    return tuple(dict.fromkeys(name for _, name in ordered))
