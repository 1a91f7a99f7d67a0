"""What is read for a dossier: archived files and their rows, claims, tips, parties, reviews."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.dossiers.assemble.world import case, claim, claim_in
from tests.test_questions import CLAIMS, REPORT

from entrepot.casebook import cases, replies, reviews, tips
from entrepot.casebook.case_members import Member
from entrepot.casebook.casebook import Casebook
from entrepot.dossiers.dossier.canonical import dossier_bytes, reviewed_id
from entrepot.errors import DossierError, RequestError
from entrepot.evidence.assessing.records import Loaded, Records
from entrepot.measures.ask import shipped
from entrepot.signals.question import Question
from entrepot.sources import pocket
from entrepot.sources.archive import Archive
from entrepot.sources.store import import_file
from entrepot.workspace.assembling import assemble
from entrepot.workspace.assemblingcase import protected_reports
from entrepot.workspace.assemblingfiles import Archived, rules_file
from entrepot.workspace.assemblingleads import leads_of
from entrepot.workspace.assemblingparties import parties_of

AS_OF = date(2022, 12, 31)
CSV = "reporter,partner,flow,commodity_code,period,value_eur\nDE,KG,X,8542,2022-08,41000\n"
BARE = Records(shipped())


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with Casebook.open(tmp_path / "casebook.sqlite") as opened:
        opened.keep(REPORT, CLAIMS, by="reader")
        yield opened


def a_case(book: Casebook, *things: str) -> str:
    with book.writing("kk") as pen:
        case_id = cases.new(pen, "Parts (made up)", target="RUS").case_id
        cases.add(pen, case_id, things)
    return case_id


@pytest.fixture
def imported(tmp_path: Path) -> tuple[Path, str]:
    """A workspace with one archived file of one row, and the file's id."""
    source, root = tmp_path / "made.csv", tmp_path / "ws"
    source.write_text(CSV)
    summary = import_file(source, root, retrieved_at=datetime(2022, 10, 1, tzinfo=UTC),
                          origin="https://example.org/made.csv", licence="CC0")  # fmt: skip
    return root, summary.file_id


def test_an_archived_file_is_told_with_its_origin_and_a_row_of_it_is_found(
    imported: tuple[Path, str],
) -> None:
    root, file_id = imported
    archive = Archived(root)
    told = archive.source(file_id)
    assert (told.name, told.origin, told.licence) == (
        "made.csv", "https://example.org/made.csv", "CC0"
    )  # fmt: skip
    archive.check(file_id, [cited(root, file_id)], "value_eur")
    assert archive.unread == []


def cited(root: Path, file_id: str) -> dict[str, object]:
    (row,) = pq.read_table(root / "flows" / f"{file_id}.parquet").to_pylist()
    return {**row, "value": row["value_eur"]}


def test_a_changed_row_is_named_with_its_file_and_line(imported: tuple[Path, str]) -> None:
    root, file_id = imported
    row = {**cited(root, file_id), "value": 42000.0}
    with pytest.raises(DossierError, match=r"made\.csv, line 2: got 42000\.0 .* expected 41000"):
        Archived(root).check(file_id, [row], "value_eur")
    gone = {**cited(root, file_id), "locator": "line 9"}
    with pytest.raises(DossierError, match=r"line 9: .* expected no such row"):
        Archived(root).check(file_id, [gone], "value_eur")


def test_a_missing_or_changed_file_is_named(imported: tuple[Path, str]) -> None:
    root, file_id = imported
    path = Archive(root / "archive").path(file_id)
    path.chmod(0o644)
    path.write_text(CSV.replace("41000", "41001"))
    with pytest.raises(DossierError, match=r"made\.csv: got sha256"):
        Archived(root).source(file_id)
    path.unlink()
    with pytest.raises(DossierError, match=r"made\.csv: got no file"):
        Archived(root).source(file_id)
    with pytest.raises(DossierError, match="0000, which is not in the archive"):
        Archived(root).source("0" * 64)


def test_a_file_too_large_to_be_read_again_is_said(
    imported: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file_id = imported
    monkeypatch.setattr("entrepot.workspace.assemblingfiles.READ_AGAIN_BYTES", 10)
    archive = Archived(root)
    archive.check(file_id, [cited(root, file_id)], "value_eur")
    assert archive.unread == ["made.csv"]


def test_a_path_of_a_machine_is_no_origin(tmp_path: Path) -> None:
    source, root = tmp_path / "made.csv", tmp_path / "ws"
    source.write_text(CSV)
    summary = import_file(source, root, retrieved_at=datetime(2022, 10, 1, tzinfo=UTC))
    assert Archived(root).source(summary.file_id).origin == "made.csv"


def test_the_figures_that_ship_and_the_rules_have_a_hash() -> None:
    about = pocket.about()
    shipped_file = Archived().source(about.sha256)
    assert (shipped_file.file_id, shipped_file.licence) == (about.sha256, about.licence)
    assert len(rules_file().file_id) == 64


def test_a_case_without_figures_is_assembled_and_twice_the_same(book: Casebook) -> None:
    case_id = a_case(book, CLAIMS[1].claim_id)
    first = assemble(book, case_id, BARE, as_of=AS_OF)
    assert dossier_bytes(first) == dossier_bytes(assemble(book, case_id, BARE, as_of=AS_OF))
    assert [one.claim_id for one in first.findings] == [CLAIMS[1].claim_id]
    assert first.state == "draft"


def test_a_rejected_claim_is_left_out_and_one_of_a_report_comes_once(book: Casebook) -> None:
    case_id = a_case(book, CLAIMS[1].claim_id, REPORT.report_id)
    book.decide(CLAIMS[0].claim_id, "reject", by="kk", because="a headline")
    made = assemble(book, case_id, BARE, as_of=AS_OF)
    assert [one.claim_id for one in made.findings] == [CLAIMS[1].claim_id, CLAIMS[2].claim_id]


def test_a_lead_without_figures_or_of_other_figures_stops_the_dossier(book: Casebook) -> None:
    case_id = a_case(book, "lea_000000000000")
    with pytest.raises(DossierError, match="expected those that give lea_000000000000"):
        assemble(book, case_id, BARE, as_of=AS_OF)


def test_a_lead_that_the_figures_do_not_give_is_refused_with_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Question] = []

    def refused(flows: object, measures: object, question: Question, engine: object) -> None:
        asked.append(question)
        raise RequestError("nothing")

    monkeypatch.setattr("entrepot.workspace.assemblingleads.detect", refused)
    nothing: Any = None
    held = replace(BARE, figures=Loaded(nothing, nothing, "made up"))
    held_case = replace(case(), members=(member("lead", "lea_000000000001"),))
    later = Question(as_of=date(2023, 6, 1), level=2)
    with pytest.raises(DossierError, match=r"lea_000000000001 .* do not give as of 2022-12-31"):
        leads_of(held_case, held, AS_OF, [later], Archived(), lambda text: None)
    # a question of a later day is asked as of the day of the dossier, and of no later one
    assert {one.as_of for one in asked} == {AS_OF}
    assert [one.level for one in asked] == [2, 4, 6]


def test_reviews_of_this_content_are_in_it_and_do_not_change_what_is_reviewed(
    book: Casebook,
) -> None:
    case_id = a_case(book, CLAIMS[1].claim_id)
    with book.writing("kk") as pen:
        cases.move(pen, case_id, "review", "all read")
    made = assemble(book, case_id, BARE, as_of=AS_OF)
    with book.writing("mw") as pen:
        reviews.add(pen, case_id, reviewed_id(made), "approve")
    again = assemble(book, case_id, BARE, as_of=AS_OF)
    assert [one.by for one in again.reviews] == ["mw"]
    assert reviewed_id(again) == reviewed_id(made)
    assert assemble(book, case_id, BARE, as_of=AS_OF, contact="other").reviews == ()


def test_a_reply_and_a_freeze_stand_beside_their_party(book: Casebook) -> None:
    with book.writing("kk") as pen:
        mine = cases.new(pen, "a case")
        replies.add(pen, mine.case_id, "belavia ", asked_on=date(2022, 9, 1), text="No.")
    named = claim_in(claim("Belavia and RUS sold chips.", actors=("Belavia", "RUS")))
    (found,), unknown = parties_of(book, mine, [named], BARE, AS_OF)
    assert (found.name, found.schema, found.country) == ("Belavia", "Company", "BLR")
    assert (found.asked_on, found.reply) == ("2022-09-01", "No.")
    assert {row["effect"] for row in found.measures} == {"asset_freeze", "export_ban"}
    early, _ = parties_of(book, mine, [named], BARE, date(2020, 1, 1))
    assert early[0].measures == ()
    assert unknown == ()


def test_a_member_of_the_case_that_no_list_holds_has_no_name(book: Casebook) -> None:
    with book.writing("kk") as pen:
        mine = cases.new(pen, "a case")
    held = replace(mine, members=(member("party", "x-1"),))
    assert parties_of(book, held, [], BARE, AS_OF) == ((), ("x-1",))


def member(kind: str, thing: str, note: str = "") -> Member:
    return Member("mem_1", "cas_1", kind, thing, note, None, "kk", "")


def test_which_reports_came_from_a_tip(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = a_case(book, REPORT.report_id)
    with book.reading() as connection:
        mine = cases.one(connection, case_id)
    assert protected_reports(book, mine) == frozenset()
    noted = replace(mine, members=(member("report", REPORT.report_id, "the text of tip 7"),))
    assert protected_reports(book, noted) == {REPORT.report_id}
    told = tips.TipClaim("tcl_1", 7, "reviewer", "belarus passes  aircraft parts on", "kk")
    tip = tips.Tip(7, "2022-W34", "typed", 1, (), (told,))
    monkeypatch.setattr(tips, "listed", lambda connection: (tip,))
    assert protected_reports(book, mine) == {REPORT.report_id}
    outline = replace(tip, claims=(replace(told, made_by=tips.OUTLINE),))
    monkeypatch.setattr(tips, "listed", lambda connection: (outline,))
    assert protected_reports(book, mine) == frozenset()
