"""Claims of a case as questions for a plan, and the places and days that they speak of."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from entrepot.casebook import cases, results
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.results import Look
from entrepot.errors import RequestError
from entrepot.evidence.reading.read import read_claims
from entrepot.evidence.report import Report
from entrepot.workspace.questions import Where, _spots, case_questions, case_where, claim_questions

REPORT = Report(
    text="Belarus passes aircraft parts on to Russia. Specialists of the 558th plant travelled to "
    "Kubinka on 20 August 2022. Belarus will buy aircraft parts in the EU.\n",
    name="digest.txt", publisher="a press digest", reported_on=date(2022, 8, 26),
)  # fmt: skip
CLAIMS = read_claims(REPORT)


@pytest.fixture
def book(tmp_path: Path) -> Casebook:
    opened = Casebook.open(tmp_path / "casebook.sqlite")
    opened.keep(REPORT, CLAIMS, by="reader")
    return opened


def a_case(book: Casebook, *things: str) -> str:
    with book.writing("kk") as pen:
        case_id = cases.new(pen, "a case").case_id
        cases.add(pen, case_id, things)
    return case_id


def test_a_case_asks_what_its_claims_and_reports_say_each_once(book: Casebook) -> None:
    case_id = a_case(book, CLAIMS[1].claim_id, REPORT.report_id)
    found = case_questions(book, case_id)
    assert [one.claim_id for one in found] == [CLAIMS[1].claim_id, CLAIMS[0].claim_id]
    moved = found[0]
    assert (moved.type, moved.word, moved.verdict) == ("movement", "uncorroborated", "")
    assert (moved.date_from, moved.date_to) == ("2022-08-20", "2022-08-21")
    assert 0.5 < moved.probability < 0.6


def test_what_is_to_come_and_what_was_rejected_is_not_asked(book: Casebook) -> None:
    assert CLAIMS[2].kind == "forecast"
    assert claim_questions(book, [CLAIMS[2].claim_id]) == ()
    case_id = a_case(book, REPORT.report_id)
    book.decide(CLAIMS[0].claim_id, "reject", by="kk", because="a headline")
    assert [one.claim_id for one in case_questions(book, case_id)] == [CLAIMS[1].claim_id]


def test_a_result_moves_the_question_and_taking_it_back_moves_it_again(book: Casebook) -> None:
    asked = [CLAIMS[1].claim_id]
    before = claim_questions(book, asked)
    look = Look("an image", "against", "an analyst of the desk", "S2B_20220820")
    with book.writing("kk") as pen:
        kept = results.add(pen, asked[0], look)
    (after,) = claim_questions(book, asked)
    assert after.word == "contested"
    assert after.probability < before[0].probability
    book.withdraw(kept.result_id, by="kk")
    assert claim_questions(book, asked) == before


def test_places_and_days_of_a_case(book: Casebook) -> None:
    found = case_where(book, a_case(book, REPORT.report_id))
    day = date(2022, 8, 20)
    assert found == Where(("558th Aircraft Repair Plant", "Kubinka"), day, day)
    with pytest.raises(RequestError, match="name no place that can be looked at"):
        case_where(book, a_case(book, CLAIMS[0].claim_id))
    with pytest.raises(RequestError, match="cas_0"):
        case_where(book, "cas_000000000000")


def test_the_place_that_most_claims_name_is_first_and_sites_before_cities() -> None:
    said = ("Trucks at Kubinka and the 558th Aircraft Repair Plant.", "Jets at Kubinka.")
    claims = [replace(CLAIMS[1], text=text) for text in said]
    assert _spots(claims[:1])[0] == "558th Aircraft Repair Plant"
    assert _spots(claims)[0] == "Kubinka"
