"""A result is of a check that is known, and of a day that has been."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.test_questions import CLAIMS, REPORT

from entrepot.casebook import case_members, cases, results
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.results import Look
from entrepot.errors import RequestError

CLAIM = CLAIMS[1].claim_id
CHECK = {"check_id": "chk_0123456789ab", "kind": "figures", "site": "x", "what": "figures"}
LOOK = Look("figures", "against", "an analyst of the desk", "Comext, 2022-08", CHECK["check_id"])
TODAY = date(2026, 11, 29)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "casebook.sqlite") as made:
        made.keep(REPORT, CLAIMS, by="reader")
        yield made


def case_with(book: Casebook, row: dict[str, str] | None) -> str:
    with book.writing("kk") as pen:
        case_id = cases.new(pen, "a case").case_id
        case_members.add(pen, case_id, "check", CHECK["check_id"], row=row)
    return case_id


@pytest.mark.parametrize("check_id", ["nonsense", "chk_000000000000", CHECK["check_id"]])
def test_a_check_that_nobody_planned_is_refused_and_nothing_is_kept(
    book: Casebook, check_id: str
) -> None:
    before = book.head()
    with pytest.raises(RequestError, match="is known") as told, book.writing("kk") as pen:
        results.add(pen, CLAIM, replace(LOOK, check_id=check_id), given=["chk_00000000000a"])
    assert "--checks CHECKS.jsonl" in str(told.value.hint)
    assert "--what TEXT and no --check" in str(told.value.hint)
    assert book.head() == before


def test_a_check_at_hand_or_kept_by_a_case_is_known(book: Casebook) -> None:
    with book.writing("kk") as pen:
        assert results.add(pen, CLAIM, LOOK, given=[CHECK["check_id"]]).evidence_id
    case_with(book, CHECK)
    with book.writing("kk") as pen:
        assert results.planned(pen.connection, CHECK["check_id"]) == CHECK
        assert results.add(pen, CLAIM, replace(LOOK, note="again")).evidence_id


def test_an_id_without_its_row_is_not_known_nor_one_that_was_dropped(book: Casebook) -> None:
    case_with(book, None)
    with pytest.raises(RequestError, match="is known"), book.writing("kk") as pen:
        results.add(pen, CLAIM, LOOK)
    case_id = case_with(book, CHECK)
    with book.writing("kk") as pen:
        cases.drop(pen, case_id, CHECK["check_id"], "another place")
    with pytest.raises(RequestError, match="is known"), book.writing("kk") as pen:
        results.add(pen, CLAIM, LOOK)


def test_who_looked_without_a_plan_names_no_check(book: Casebook) -> None:
    with book.writing("kk") as pen:
        assert results.add(pen, CLAIM, replace(LOOK, check_id=None)).evidence_id


def test_nobody_looked_tomorrow(book: Casebook) -> None:
    tomorrow = replace(LOOK, check_id=None, looked_on=date(2026, 11, 30))
    with pytest.raises(RequestError, match="up to today, 2026-11-29"), book.writing("kk") as pen:
        results.add(pen, CLAIM, tomorrow, today=TODAY)
    with book.writing("kk") as pen:
        assert results.add(pen, CLAIM, replace(tomorrow, looked_on=TODAY), today=TODAY)
