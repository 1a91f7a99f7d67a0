"""What is kept, and that the same twice adds nothing; on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from tests.casebook.world import BOUGHT, PASSED, REPORT

from entrepot.casebook import reports
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.grades import counting
from entrepot.errors import RequestError
from entrepot.evidence.report import Report

OTHER = Report(text="A later report that repeats the first.", publisher="another outlet")


def test_a_report_comes_back_as_it_was(book: Casebook) -> None:
    odd = Report(
        text="Кортеж 🛻 \u2028 e\u0301\n", name="a'b\"c.txt", reported_on=date(1999, 12, 31),
        publisher="издание", title="-- ; DROP TABLE trail", file_id="0" * 64, notes=("a", "b"),
    )  # fmt: skip
    assert book.add_report(odd, by="kk")
    assert book.report(odd.report_id) == odd


def test_the_same_report_and_claims_twice_add_nothing(filled: Casebook) -> None:
    before = filled.head()
    assert not filled.add_report(REPORT, by="another")
    assert filled.keep(REPORT, [BOUGHT, PASSED], by="another") == ()
    assert filled.head() == before


def test_one_text_of_two_publishers_is_two_appearances(filled: Casebook) -> None:
    assert filled.add_report(replace(REPORT, publisher="another outlet"), by="kk")
    kept = filled.reports(REPORT.report_id)
    assert [one.report.publisher for one in kept] == ["a press digest", "another outlet"]
    assert filled.report(REPORT.report_id) == REPORT


def test_claims_come_back_as_they_were(filled: Casebook) -> None:
    assert [one.claim for one in filled.claims()] == [BOUGHT, PASSED]
    assert [one.claim for one in filled.claims(type="transfer")] == [PASSED]
    assert filled.claims(report_id="rep_000000000000") == ()
    assert filled.claim(BOUGHT.claim_id).state == "proposed"


def test_another_reading_of_the_same_words_is_kept_beside_the_first(filled: Casebook) -> None:
    better = replace(BOUGHT, quantity=1501.0)
    assert filled.add_claims([better], by="reader") == (BOUGHT.claim_id,)
    held = filled.claim(BOUGHT.claim_id)
    assert held.claim == better
    assert [one.claim for one in held.readings] == [BOUGHT, better]
    assert len(filled.claims()) == 2


def test_a_claim_needs_its_report_and_its_words(book: Casebook) -> None:
    with pytest.raises(RequestError, match=r"rep_.* not in the casebook"):
        book.add_claims([BOUGHT], by="kk")
    book.add_report(REPORT, by="kk")
    with pytest.raises(RequestError, match="do not stand at characters 0 to 49"):
        book.add_claims([PASSED, replace(BOUGHT, text="Armenia sold 1,500 lorries")], by="kk")
    assert book.claims() == ()  # all of them or none


@pytest.mark.parametrize(
    ("text", "said"), [("a\0b", "zero character in text"), ("a\ud800b", "surrogate pair in text")]
)
def test_a_text_that_a_database_cannot_keep_is_refused(
    book: Casebook, text: str, said: str
) -> None:
    before = book.head()
    with pytest.raises(RequestError, match=said):
        book.add_report(_with_text(text), by="kk")
    assert book.head() == before


def _with_text(text: str) -> Report:
    class Fixed(Report):
        @property
        def report_id(self) -> str:
            return "rep_000000000000"

    return Fixed(text)


@pytest.mark.parametrize("by", ["", "  \t"])
def test_nobody_writes(book: Casebook, by: str) -> None:
    with pytest.raises(RequestError, match="nobody who says so"):
        book.add_report(REPORT, by=by)


def test_an_error_in_a_transaction_takes_back_all_of_it(book: Casebook) -> None:
    before = book.head()
    with pytest.raises(ZeroDivisionError), book.writing("kk") as pen:
        _ = [reports.add(pen, REPORT), 1 / 0]
    assert book.head() == before
    assert book.reports() == ()


def test_evidence_counts_until_it_is_withdrawn(filled: Casebook) -> None:
    filled.add_report(OTHER, by="kk")
    claim_id = BOUGHT.claim_id
    one = filled.add_evidence(claim_id, "for", by="kk", report_id=OTHER.report_id, observer="hub")
    again = filled.add_evidence(claim_id, "for", by="mm", report_id=OTHER.report_id, observer="hub")
    assert again == one
    two = filled.add_evidence(claim_id, "against", by="mm", reference="register entry 7")
    assert filled.evidence(claim_id) == (one, two)
    with pytest.raises(RequestError, match="expected a reason"):
        filled.withdraw(one.evidence_id, by="mm")
    gone = filled.withdraw(one.evidence_id, by="mm", because="the same wire report")
    assert [item.withdrawal for item in filled.evidence(claim_id)] == [gone, None]
    fresh = filled.add_evidence(claim_id, "for", by="kk", report_id=OTHER.report_id, observer="hub")
    assert fresh.evidence_id != one.evidence_id
    assert filled.evidence(PASSED.claim_id) == ()


@pytest.mark.parametrize(
    ("relation", "report_id", "reference", "said"),
    [
        ("maybe", None, "x", "expected for, against, neutral"),
        ("for", None, " ", "without a source"),
        ("for", "rep_000000000000", "", "not in the casebook"),
    ],
)
def test_evidence_that_does_not_fit_is_refused(
    filled: Casebook, relation: str, report_id: str | None, reference: str, said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        filled.add_evidence(
            BOUGHT.claim_id, relation, by="kk", report_id=report_id, reference=reference
        )


def test_grades_are_judged_apart_and_by_person(book: Casebook) -> None:
    a = book.grade("source", "a wire service", by="kk", reliability="B")
    b = book.grade("source", "a wire service", by="kk", credibility=3)
    c = book.grade("source", "a wire service", by="mm", reliability="D", because="retracted twice")
    d = book.grade("source", "a wire service", by="kk", reliability="C")
    assert book.grade("source", "a wire service", by="kk", reliability="C") == d
    assert book.grades("source", "a wire service") == (a, b, c, d)
    assert counting(book.grades()) == (b, c, d)  # of kk the last of each scale, and mm's beside it
    book.withdraw(d.grade_id, by="kk")
    assert counting(book.grades())[0] == a
    with pytest.raises(RequestError, match="entry of mm"):
        book.withdraw(c.grade_id, by="kk", because="I differ")


@pytest.mark.parametrize(
    ("reliability", "credibility"),
    [(None, None), ("G", None), ("AB", None), ("", None), (None, 0), (None, 7), (None, True)],
)
def test_a_grade_off_its_scale_is_refused(
    book: Casebook, reliability: str | None, credibility: int | None
) -> None:
    with pytest.raises(RequestError):
        book.grade("source", "x", by="kk", reliability=reliability, credibility=credibility)


def test_links_of_two_people_that_differ_are_both_disputed(filled: Casebook) -> None:
    filled.add_report(OTHER, by="kk")
    a, b = REPORT.report_id, OTHER.report_id
    filled.link(b, "cites", a, by="kk")
    assert filled.link(b, "cites", a, by="kk") == filled.links()[0]
    filled.link(b, "copies", a, by="kk", because="same figures")
    assert [one.state for one in filled.links()] == ["replaced", "stands"]
    independent = filled.link(a, "independent", b, by="mm")
    assert [one.state for one in filled.links()] == ["replaced", "disputed", "disputed"]
    filled.withdraw(independent.link_id, by="mm")
    assert [one.state for one in filled.links()] == ["replaced", "stands", "withdrawn"]


def test_a_link_that_holds_both_ways_is_the_same_from_either_end(filled: Casebook) -> None:
    filled.add_report(OTHER, by="kk")
    a, b = REPORT.report_id, OTHER.report_id
    filled.link(a, "same_document", b, by="kk")
    filled.link(b, "same_document", a, by="mm")
    assert [one.state for one in filled.links()] == ["stands", "stands"]
    with pytest.raises(RequestError, match="expected two reports"):
        filled.link(a, "copies", a, by="kk")


def test_standings_are_noted_when_they_change(filled: Casebook) -> None:
    claim_id = BOUGHT.claim_id
    one = filled.note_standing(claim_id, "uncorroborated", {"roots": 1, "p": 0.25}, by="kk")
    assert filled.note_standing(claim_id, "uncorroborated", {"p": 0.25, "roots": 1}, by="m") == one
    two = filled.note_standing(claim_id, "corroborated", {"roots": 2, "p": 0.5}, by="kk")
    back = filled.note_standing(claim_id, "uncorroborated", {"roots": 1, "p": 0.25}, by="kk")
    assert filled.standings(claim_id) == (one, two, back)
    with pytest.raises(RequestError, match="cannot be kept as JSON"):
        filled.note_standing(claim_id, "refuted", {"p": float("nan")}, by="kk")
    with pytest.raises(RequestError, match="expected uncorroborated"):
        filled.note_standing(claim_id, "probable", {}, by="kk")


def test_the_trail_says_who_did_what_when(filled: Casebook) -> None:
    filled.decide(BOUGHT.claim_id, "confirm", by="kk")
    lines = filled.trail()
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert (lines[0].action, lines[0].kind, lines[0].by) == ("create", "layout", "entrepot")
    assert [line.action for line in filled.trail(about=BOUGHT.claim_id)] == ["add", "confirm"]
    assert [line.kind for line in filled.trail(by="kk")] == ["decision"]
    assert lines[-1].at.endswith("+00:00")
    assert filled.trail(since=date(2026, 3, 2)) == ()
    assert filled.trail(since=date(2026, 3, 1)) == lines
