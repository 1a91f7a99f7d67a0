"""The way out: a dossier with a clean gate, whose reviews and replies the casebook knows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.dossiers.dossier_world import FIRM, small

from entrepot.casebook import allowances, cases, publications, replies, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.dossiers.dossier.canonical import dossier_id, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.review.leaving import Leaving, leave, reviews_of, standing_in_the_way
from entrepot.errors import DossierError, RequestError

SEAL = Leaving("a" * 64, {})


@pytest.fixture(scope="module")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "casebook.sqlite"
    Casebook.upgrade(path)
    return path


@pytest.fixture
def book(made_file: Path, tmp_path: Path) -> Iterator[Casebook]:
    path = tmp_path / "casebook.sqlite"
    path.write_bytes(made_file.read_bytes())
    with Casebook.open(path, lambda: datetime(2022, 9, 20, 9, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
def draft(book: Casebook) -> Dossier:
    """In review, with the reply of the firm."""
    with book.writing("kk") as pen:
        case_id = cases.new(pen, "Aircraft parts").case_id
        cases.move(pen, case_id, "review", "all read")
        replies.add(pen, case_id, FIRM.upper(), asked_on=date(2022, 9, 1),
                    text="We sold no such parts.")  # fmt: skip
    return replace(small(), case_id=case_id)


def read_by(book: Casebook, made: Dossier, *people: str) -> Dossier:
    for by in people:
        with book.writing(by) as pen:
            reviews.add(pen, made.case_id, reviewed_id(made), "approve")
    with book.reading() as connection:
        return replace(made, reviews=reviews_of(connection, made))


def out(made: Dossier, number: int = 1, *changes: str) -> Dossier:
    history = tuple(Version(one, "", "2022-10-01", ()) for one in range(1, number))
    return replace(made, published_on="2022-10-01", state="published",
                   versions=(*history, Version(number, "", "2022-10-01", changes)))  # fmt: skip


def state(book: Casebook, case_id: str) -> str:
    with book.reading() as connection:
        return cases.one(connection, case_id).state


def test_a_reviewed_dossier_leaves_and_a_correction_needs_its_own_reviews(
    book: Casebook, draft: Dossier
) -> None:
    first = out(read_by(book, draft, "kk", "mw"))
    with book.writing("mw") as pen:
        made = leave(pen, first, SEAL)
    assert (made.dossier_id, made.version, made.action) == (dossier_id(first), 1, "published")
    assert state(book, draft.case_id) == "published"
    edited = replace(draft, title="Aircraft parts to Belarus (made up), mended")
    with pytest.raises(DossierError, match="got 0 approvals"), book.writing("mw") as pen:
        leave(pen, out(replace(edited, reviews=()), 2, "The title."), SEAL)
    second = out(read_by(book, edited, "kk", "mw"), 2, "The title.")
    with book.writing("mw") as pen:
        assert leave(pen, second, SEAL).changes == ("The title.",)
    assert state(book, draft.case_id) == "corrected"


def test_reviews_that_only_a_file_knows_are_none(book: Casebook, draft: Dossier) -> None:
    forged = replace(small(is_reviewed=True), case_id=draft.case_id)
    content = reviewed_id(forged)
    forged = replace(forged, reviews=tuple(replace(one, content_id=content)
                                           for one in forged.reviews))  # fmt: skip
    told = pytest.raises(DossierError, match="not those of the casebook")
    with told, book.writing("kk") as pen:
        leave(pen, out(forged), SEAL)
    assert state(book, draft.case_id) == "review"
    with book.reading() as connection:
        assert publications.listed(connection) == ()


def test_a_review_that_was_taken_back_no_longer_counts(book: Casebook, draft: Dossier) -> None:
    ready = out(read_by(book, draft, "kk", "mw"))
    with book.reading() as connection:
        (own,) = (o for o in reviews.listed(connection, draft.case_id) if o.by == "mw")
    book.withdraw(own.review_id, by="mw")
    told = pytest.raises(DossierError, match="not those of the casebook")
    with told, book.writing("kk") as pen:
        leave(pen, ready, SEAL)


def test_a_reply_must_be_that_of_the_casebook(book: Casebook, draft: Dossier) -> None:
    with book.writing("kk") as pen:
        replies.add(pen, draft.case_id, FIRM, text="We sold them in 2019.")
    ready = read_by(book, draft, "kk", "mw")
    with book.reading() as connection:
        (one,) = standing_in_the_way(connection, ready)
    assert (one.rule, one.where) == ("replies", f"party {FIRM}")


def test_words_allowed_in_the_case_may_stand(book: Casebook, draft: Dossier) -> None:
    head = replace(draft.summary[0], text="Ivan Petrov spoke in 2022.")
    made = read_by(book, replace(draft, summary=(head, *draft.summary[1:])), "kk", "mw")
    with book.reading() as connection:
        assert [one.rule for one in standing_in_the_way(connection, made)] == ["source"]
    with book.writing("kk") as pen:
        allowances.add(pen, draft.case_id, "Ivan Petrov", "in public")
    with book.reading() as connection:
        assert standing_in_the_way(connection, made) == ()


def test_outputs_tips_and_day_are_asked_for_on_the_way(book: Casebook, draft: Dossier) -> None:
    ready = out(read_by(book, draft, "kk", "mw"))
    for leaving, said in (
        (Leaving("a" * 64, {"a.md": "Call +375 29 123-45-67."}), "output a.md"),
        (Leaving("a" * 64, {"a.md": "Crates with green lids beside hangar doors."},
                 ["crates with green lids stood beside hangar doors"]), "output a.md"),
    ):  # fmt: skip
        with pytest.raises(DossierError, match=said), book.writing("kk") as pen:
            leave(pen, ready, leaving)
    with pytest.raises(DossierError, match="expected the day"), book.writing("kk") as pen:
        leave(pen, replace(ready, published_on=""), SEAL)
    with pytest.raises(RequestError, match="expected 1"), book.writing("kk") as pen:
        leave(pen, out(ready, 2, "x"), SEAL)
    assert state(book, draft.case_id) == "review"
