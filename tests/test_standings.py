"""Standings of reports and of the casebook: roots across reports, grades, evidence, corrections."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from entrepot.casebook.casebook import Casebook
from entrepot.evidence.assessing.assessment import Assessment
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.workspace.standings import of_casebook, of_reports

STAFF = Report(
    "Ukrainian military intelligence says Belarus sent 200 soldiers to the border in late July.",
    name="bulletin.txt", publisher="Paper A", reported_on=date(2022, 8, 20),
)  # fmt: skip
DIGEST = Report(
    "According to Ukraine's military intelligence, 200 soldiers left Belarus for the border.",
    name="digest.txt", publisher="Paper B", reported_on=date(2022, 8, 26),
)  # fmt: skip
DENIAL = Report(
    "The ministry in Minsk denied that it had sent any soldiers to the border.",
    name="denial.txt", publisher="Agency C", reported_on=date(2022, 8, 27),
)  # fmt: skip


def moved(report: Report, by: str, **fields: Any) -> Claim:
    return Claim(
        report.text, (0, len(report.text)), "movement", predicate="moves",
        report_id=report.report_id, **({
            "kind": "fact", "actors": ("BLR",), "destination": "the border", "quantity": 200.0,
            "unit": "soldiers", "attributed_to": by,
        } | fields),
    )  # fmt: skip


TOLD = moved(STAFF, "Ukrainian military intelligence")
AGAIN = moved(DIGEST, "Ukraine's military intelligence")
DENIED = moved(DENIAL, "The ministry in Minsk", kind="denial", quantity=None, unit=None)


def no_test(claim: Claim) -> Assessment | None:
    return None


def test_two_reports_of_one_service_are_two_items_and_one_root() -> None:
    ((standing, tested),) = of_reports([STAFF, DIGEST], [TOLD, AGAIN], no_test)
    assert tested is None
    assert standing.short == "uncorroborated, 2 items, 1 root; roughly even chance (45 to 55 %)"


def test_a_denial_in_a_third_report_contests_it() -> None:
    ((standing, _),) = of_reports([STAFF, DIGEST, DENIAL], [TOLD, AGAIN, DENIED], no_test)
    assert standing.weighed.word == "contested"
    assert len(standing.weighed.roots_against) == 1


def test_what_needs_records_says_so_in_what_would_change_it() -> None:
    def untested(claim: Claim) -> Assessment:
        return Assessment(claim.claim_id, "not_testable", (), "200 soldiers were sent",
                          needed=("observations: --observations FILE",))  # fmt: skip

    ((standing, tested),) = of_reports([STAFF], [TOLD], untested)
    assert tested is not None
    assert any("observations: --observations FILE" in one for one in standing.sentences)
    assert standing.row()["would_change"][0]["what"].startswith("records (observations")


def test_a_threat_gets_a_word_and_no_probability() -> None:
    ((standing, _),) = of_reports([STAFF], [replace(TOLD, kind="threat")], no_test)
    assert standing.row()["probability"] is None
    assert standing.row()["band"] is None
    assert not any("%" in one for one in standing.sentences)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "casebook.sqlite") as opened:
        opened.keep(STAFF, [TOLD], by="kk")
        opened.keep(DIGEST, [AGAIN], by="kk")
        yield opened


def test_the_casebook_gives_the_same_standing(book: Casebook) -> None:
    standing, _ = of_casebook(book, TOLD.claim_id, no_test)
    assert standing.short == "uncorroborated, 2 items, 1 root; roughly even chance (45 to 55 %)"


def test_a_rejected_claim_no_longer_counts(book: Casebook) -> None:
    book.keep(DENIAL, [DENIED], by="kk")
    assert of_casebook(book, TOLD.claim_id, no_test)[0].weighed.word == "contested"
    book.decide(DENIED.claim_id, "reject", by="kk", because="another matter")
    assert of_casebook(book, TOLD.claim_id, no_test)[0].weighed.word == "uncorroborated"


def test_grades_count_and_of_two_people_the_more_cautious(book: Casebook) -> None:
    def odds() -> float:
        return of_casebook(book, TOLD.claim_id, no_test)[0].weighed.probability

    book.grade("source", "Ukrainian military intelligence", by="kk", reliability="B")
    assert odds() == pytest.approx(5 / 6)
    book.grade("source", "Ukrainian military intelligence", by="mm", reliability="C")
    assert odds() == pytest.approx(3 / 4)
    book.grade("source", "Ukrainian military intelligence", by="mm", reliability="F")
    assert odds() == pytest.approx(5 / 6), "cannot be judged gives way to a judgement"
    book.grade("claim", TOLD.claim_id, by="kk", credibility=5)
    found = of_casebook(book, TOLD.claim_id, no_test)[0].weighed
    assert found.probability == pytest.approx(5 / 6), "the digest's statement still counts"


def test_evidence_that_people_add_is_a_root_of_its_own(book: Casebook) -> None:
    book.add_evidence(TOLD.claim_id, "for", by="kk", observer="border guard of Poland",
                      reference="statement of 21 August 2022")  # fmt: skip
    standing, _ = of_casebook(book, TOLD.claim_id, no_test)
    assert standing.weighed.word == "corroborated"
    entry = book.evidence(TOLD.claim_id)[0]
    book.withdraw(entry.evidence_id, by="kk")
    assert of_casebook(book, TOLD.claim_id, no_test)[0].weighed.word == "uncorroborated"
