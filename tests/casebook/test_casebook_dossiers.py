"""Reviews, replies, allowances and publications of a case; on both engines."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest

from entrepot.casebook import allowances, cases, publications, replies, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.publications import Edition
from entrepot.errors import RequestError

CONTENT, OTHER = "doc_0123456789ab", "doc_ba9876543210"
FIRST = Edition("dos_000000000001", 1, "a" * 64, date(2026, 4, 1))
SECOND = Edition("dos_000000000002", 2, "b" * 64, date(2026, 4, 2), ("May was 39,000.",))


@pytest.fixture
def case_id(book: Casebook) -> str:
    with book.writing("kk") as pen:
        made = cases.new(pen, "Aircraft parts")
        cases.move(pen, made.case_id, "review", "all read")
    return made.case_id


def test_reviews_come_back_in_order_and_the_same_word_twice_adds_nothing(
    book: Casebook, case_id: str
) -> None:
    said = [("kk", CONTENT, "approve"), ("kk", CONTENT, "approve"), ("mw", CONTENT, "return"),
            ("mw", OTHER, "approve"), ("mw", CONTENT, "return"),
            ("kk", CONTENT, "return"), ("kk", CONTENT, "approve")]  # fmt: skip
    for by, content, decision in said:
        with book.writing(by) as pen:
            reviews.add(pen, case_id, content, decision, "" if decision == "approve" else "no day")
    with book.reading() as connection:
        found = reviews.listed(connection, case_id)
        counted = reviews.counting(connection, case_id, CONTENT)
    kept = [said[0], said[2], said[3], said[5], said[6]]
    assert [(one.by, one.content_id, one.decision) for one in found] == kept
    assert [one.by for one in counted] == ["kk", "mw", "kk", "kk"]
    assert book.check().is_whole


def test_a_review_is_taken_back_by_its_own_reviewer_only(book: Casebook, case_id: str) -> None:
    with book.writing("kk") as pen:
        made = reviews.add(pen, case_id, CONTENT, "approve")
    with pytest.raises(RequestError, match="only their own"):
        book.withdraw(made.review_id, by="mw", because="I would not")
    book.withdraw(made.review_id, by="kk")
    with book.reading() as connection:
        assert reviews.counting(connection, case_id, CONTENT) == ()
        assert reviews.listed(connection, case_id)[0].withdrawal is not None
    with book.writing("kk") as pen:  # who took it back may say it again
        assert reviews.add(pen, case_id, CONTENT, "approve").review_id != made.review_id


@pytest.mark.parametrize(
    ("content", "decision", "because", "said"),
    [(CONTENT, "agree", "", "approve or return"), ("doc_1", "approve", "", "12 hexadecimal"),
     ("dos_0123456789ab", "approve", "", "doc_"), (CONTENT, "return", " ", "without a reason")],
)  # fmt: skip
def test_a_review_that_says_nothing_is_refused(
    book: Casebook, case_id: str, content: str, decision: str, because: str, said: str
) -> None:
    with pytest.raises(RequestError, match=said), book.writing("kk") as pen:
        reviews.add(pen, case_id, content, decision, because)
    with book.reading() as connection:
        assert reviews.listed(connection, case_id) == ()


def test_drafts_and_withdrawn_cases_are_not_reviewed(book: Casebook, case_id: str) -> None:
    for state in ("draft", "withdrawn"):
        with book.writing("kk") as pen:
            cases.move(pen, case_id, state, "because")
        with pytest.raises(RequestError, match=f"is {state}"), book.writing("kk") as pen:
            reviews.add(pen, case_id, CONTENT, "approve")
    with pytest.raises(RequestError, match="is withdrawn"), book.writing("kk") as pen:
        replies.add(pen, case_id, "a firm", because_none="x")


def test_a_party_is_asked_and_answers_later_and_the_last_word_counts(
    book: Casebook, case_id: str
) -> None:
    with book.writing("kk") as pen:
        replies.add(pen, case_id, "A  Firm", asked_on=date(2026, 3, 2), channel="letter")
        replies.add(pen, case_id, "a firm", because_none="no answer in three weeks")
        last = replies.add(pen, case_id, "A firm", text=" We sold none. ")
        assert replies.add(pen, case_id, "A firm", text="We sold none.") == last
        replies.add(pen, case_id, "another", because_none="dissolved in 2021")
    with book.reading() as connection:
        counted = replies.counting(connection, case_id)
        assert len(replies.listed(connection, case_id)) == 4
    assert [(one.party, one.asked_on, one.text, one.because_none) for one in counted.values()] == [
        ("A firm", "2026-03-02", "We sold none.", ""), ("another", "", "", "dissolved in 2021")
    ]  # fmt: skip
    book.withdraw(last.reply_id, by="mw", because="of another firm")
    with book.reading() as connection:
        before = replies.counting(connection, case_id)["a firm"]
    assert before.because_none == "no answer in three weeks"


@pytest.mark.parametrize(
    ("party", "given", "said"),
    [(" ", {"because_none": "x"}, "no party"), ("a", {}, "nothing on a"),
     ("a", {"text": "x"}, "without the day"), ("a", {"channel": "letter"}, "nothing on a"),
     ("a", {"text": "x", "because_none": "y"}, "one of the two")],
)  # fmt: skip
def test_a_reply_that_says_nothing_is_refused(
    book: Casebook, case_id: str, party: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(RequestError, match=said), book.writing("kk") as pen:
        replies.add(pen, case_id, party, **given)  # type: ignore[arg-type]


def test_words_are_allowed_with_a_reason_and_taken_back_by_anybody(
    book: Casebook, case_id: str
) -> None:
    with book.writing("kk") as pen:
        made = allowances.add(pen, case_id, " a head of state ", "in a public speech")
        assert allowances.add(pen, case_id, "a head of state", "again") == made
        for words, because in ((" ", "x"), ("x", " ")):
            with pytest.raises(RequestError, match="got no"):
                allowances.add(pen, case_id, words, because)
    with book.reading() as connection:
        assert allowances.counting(connection, case_id) == ("a head of state",)
    book.withdraw(made.allowance_id, by="mw", because="it was a private talk")
    with book.reading() as connection:
        assert allowances.counting(connection, case_id) == ()


def test_what_leaves_is_published_corrected_and_withdrawn_and_all_of_it_stays(
    book: Casebook, case_id: str
) -> None:
    with book.writing("kk") as pen:
        first = publications.add(pen, case_id, FIRST)
    with book.writing("mw") as pen:
        assert publications.add(pen, case_id, FIRST) == first  # an interrupted publisher goes on
        publications.add(pen, case_id, SECOND)
        cases.move(pen, case_id, "withdrawn", "a wrong row")
    with book.reading() as connection:
        found = publications.listed(connection, case_id)
        moves = [one.state for one in cases.one(connection, case_id).moves]
        assert publications.listed(connection) == found
        assert publications.last(connection, case_id) == found[-1]
        assert publications.last(connection, "cas_000000000000") is None
    assert [(one.action, one.version, one.dossier_id, one.changes, one.by) for one in found] == [
        ("published", 1, "dos_000000000001", (), "kk"),
        ("corrected", 2, "dos_000000000002", ("May was 39,000.",), "mw"),
        ("withdrawn", 2, "dos_000000000002", ("a wrong row",), "mw"),
    ]  # fmt: skip
    assert moves == ["draft", "review", "published", "corrected", "withdrawn"]
    assert found[-1].published_on == "2026-03-01"  # the day of the clock
    with pytest.raises(RequestError, match="which is withdrawn"), book.writing("kk") as pen:
        publications.add(pen, case_id, replace(SECOND, version=3, dossier_id="dos_000000000003"))
    with pytest.raises(RequestError, match="no entry that can be taken back"):
        book.withdraw(first.publication_id, by="kk")
    assert {"publication", "case state"} <= {row["kind"] for row in book.export()}
    assert book.check().is_whole


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"version": 3}, "expected 2"), ({"version": 1}, "expected 2"), ({"changes": ()}, "at least"),
     ({"changes": (" ",)}, "at least"), ({"published_on": date(2026, 3, 31)}, "not before"),
     ({"dossier_id": "doc_000000000002"}, "dos_"), ({"manifest_sha256": "B" * 64}, "a sha256")],
)  # fmt: skip
def test_an_edition_that_does_not_follow_is_refused_and_nothing_is_half_written(
    book: Casebook, case_id: str, changed: dict[str, object], said: str
) -> None:
    with book.writing("kk") as pen:
        publications.add(pen, case_id, FIRST)
    before = book.head()
    with pytest.raises(RequestError, match=said), book.writing("kk") as pen:
        publications.add(pen, case_id, replace(SECOND, **changed))  # type: ignore[arg-type]
    assert book.head() == before


def test_a_first_version_has_no_changes_and_a_draft_does_not_leave(
    book: Casebook, case_id: str
) -> None:
    with pytest.raises(RequestError, match="expected none"), book.writing("kk") as pen:
        publications.add(pen, case_id, replace(FIRST, changes=("a word",)))
    with book.writing("kk") as pen:
        cases.move(pen, case_id, "draft", "because")
    with pytest.raises(RequestError, match="which is draft"), book.writing("kk") as pen:
        publications.add(pen, case_id, FIRST)
    with pytest.raises(RequestError, match="not in the casebook"), book.writing("kk") as pen:
        publications.add(pen, "cas_000000000000", FIRST)
    with book.reading() as connection:
        assert publications.listed(connection) == ()


def test_of_two_publishers_at_once_one_is_refused(book: Casebook, case_id: str) -> None:
    told: list[str] = []

    def second() -> None:
        try:
            with book.writing("mw") as pen:
                publications.add(pen, case_id, replace(FIRST, dossier_id="dos_00000000000f"))
        except RequestError as error:
            told.append(error.hint)

    other = Thread(target=second)
    with book.writing("kk") as pen:
        other.start()
        publications.add(pen, case_id, FIRST)
    other.join(timeout=30)
    assert ["else may have published" in one for one in told] == [True]
    with book.reading() as connection:
        assert [one.by for one in publications.listed(connection)] == ["kk"]


def test_a_case_withdrawn_before_it_was_out_leaves_no_publication(
    book: Casebook, case_id: str
) -> None:
    with book.writing("kk") as pen:
        cases.move(pen, case_id, "withdrawn", "of no use")
    with book.reading() as connection:
        assert publications.listed(connection) == ()
