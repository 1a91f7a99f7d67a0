"""Judgements in what is shown, and the sheet of reviewers there and back."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.screening.screenworld import screened, table_file

from entrepot.errors import SourceError
from entrepot.parties.judged import Judged
from entrepot.parties.judgements import JudgementStore
from entrepot.workspace.screening import Counts, Outcome, Terms, Wanted, rows_of
from entrepot.workspace.screening.sheet import read_sheet, sheet_lines

NOW = datetime(2022, 5, 1, tzinfo=UTC)
TODAY = NOW.date()
ZORBLAT, GRALLOCH = "Zorblat Quixley Vandermoot", "Gralloch Fennimore Turbine Works"


def terms(store: JudgementStore, outcome: Outcome, *, day: date = TODAY, **more: bool) -> Terms:
    parties = {party.party_id: party for party in outcome.lists.parties}
    return Terms(Judged(store.log()), parties, day, 5, **more)


@pytest.fixture
def store(workspace: Path) -> JudgementStore:
    return JudgementStore(workspace, lambda: NOW)


def test_hits_judged_different_are_hidden_and_counted(
    workspace: Path, tmp_path: Path, store: JudgementStore
) -> None:
    outcome = screened(workspace, table_file(tmp_path, [ZORBLAT.upper(), GRALLOCH]))
    parties = {party.party_id: party for party in outcome.lists.parties}
    store.judge("different", ZORBLAT, parties["lst-1"], by="kk")
    store.judge("unsure", GRALLOCH, parties["lst-2"], by="mm")
    counts = Counts()
    first, second = rows_of(outcome.run, terms(store, outcome), counts)
    assert (first["hits"], first["hidden"]) == ([], 1)
    assert second["hits"][0]["judgement"] == "unsure"
    assert second["hits"][0]["judged_by"] == "mm"
    assert (counts.hidden, counts.hits, counts.marked) == (1, 1, {"unsure": 1})
    first, _ = rows_of(outcome.run, terms(store, outcome, show_all=True), Counts())
    assert first["hits"][0]["judgement"] == "different"


def test_a_judgement_from_before_a_change_comes_back_with_a_mark(
    workspace: Path, tmp_path: Path, store: JudgementStore, newer: Callable[[Path], None]
) -> None:
    path = table_file(tmp_path, [GRALLOCH])
    before = {party.party_id: party for party in screened(workspace, path).lists.parties}
    store.judge("different", GRALLOCH, before["lst-2"], by="kk")
    newer(workspace)
    outcome, counts = screened(workspace, path), Counts()
    (row,) = rows_of(outcome.run, terms(store, outcome), counts)
    assert row["hits"][0]["judged_before"] == (
        "judged before the list changed: it now also has alias 'Blenkinsop Rotor Bureau'"
    )
    assert (counts.stale, counts.hidden) == (1, 0)


def test_a_white_listed_name_is_marked_until_the_day(
    workspace: Path, tmp_path: Path, store: JudgementStore
) -> None:
    outcome = screened(workspace, table_file(tmp_path, [ZORBLAT, "Paxworth"]))
    store.allow(ZORBLAT, date(2022, 6, 30), by="kk", because="known client")
    last, bare = rows_of(outcome.run, terms(store, outcome, day=date(2022, 6, 30)), Counts())
    assert last["white_listed"]["until"] == "2022-06-30"
    assert last["white_listed"]["because"] == "known client"
    assert last["hits"]
    assert "white_listed" not in bare
    after, _ = rows_of(outcome.run, terms(store, outcome, day=date(2022, 7, 1)), Counts())
    assert list(after) == ["row", "name", "hits"]


def filled(text: str, **judgements: str) -> str:
    """The sheet with judgements by party id."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(reader.fieldnames or ()), delimiter=";")
    writer.writeheader()
    for row in reader:
        judged = judgements.get(row["party_id"].replace("-", "_"), "")
        writer.writerow({**row, "judgement": judged, "because": "looked it up"})
    return buffer.getvalue()


def test_the_sheet_goes_out_and_comes_back(
    workspace: Path, tmp_path: Path, store: JudgementStore
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"name,inn\n{GRALLOCH},5\n={ZORBLAT},\n", encoding="utf-8")
    outcome = screened(workspace, path, wanted=Wanted(ids=("inn",)))
    text = "".join(sheet_lines(outcome.run, terms(store, outcome)))
    assert f"'={ZORBLAT}" in text
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(filled(text, lst_1="Same ", lst_2="different"), encoding="utf-8")
    good, bad = read_sheet(sheet, workspace, by="kk", current={}, now=NOW)
    assert not bad
    store.add(good)
    assert {(one.kind, one.name, one.facts, one.because) for one in store.log()} == {
        ("different", GRALLOCH, (("innCode", "5"),), "looked it up"),
        ("same", f"={ZORBLAT}", (), "looked it up"),
    }
    assert all(one.seen for one in store.log())
    assert "".join(sheet_lines(outcome.run, terms(store, outcome))).count("\n") == 1
    whole = "".join(sheet_lines(outcome.run, terms(store, outcome, show_all=True), is_open=False))
    assert whole.count("\n") == 3


def test_bad_lines_of_a_sheet_are_told_one_by_one(workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    facts = json.dumps([1]).replace('"', '""')
    sheet.write_text(
        "name,party_id,judgement,facts,run,by\n"
        "a,lst-1,maybe,,,\n,lst-1,same,,,\nb,lst-9,same,,,\nc,lst-1,same,,scr_none,\n"
        f'd,lst-1,same,"{facts}",,\ne,lst-1,same,,,mm\nf,lst-1,,,,\ng,lst-1,same,,,\n',
        encoding="utf-8",
    )
    run = screened(workspace, table_file(tmp_path))
    current = {party.party_id: party for party in run.lists.parties}
    good, bad = read_sheet(sheet, workspace, by="", current=current, now=NOW)
    assert [(one.name, one.by) for one in good] == [("e", "mm")]
    assert [one.line for one in bad] == [2, 3, 4, 5, 6, 9]
    assert "expected same, different, unsure" in bad[0].reason
    assert "nobody who says so" in bad[-1].reason


def test_a_file_that_is_no_sheet_is_refused(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,party\n", encoding="utf-8")
    with pytest.raises(SourceError, match="missing party_id, judgement"):
        read_sheet(path, workspace, by="kk", current={}, now=NOW)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match="not UTF-8"):
        read_sheet(path, workspace, by="kk", current={}, now=NOW)


def test_what_the_list_dropped_since_is_not_told_as_added(
    workspace: Path, tmp_path: Path, store: JudgementStore
) -> None:
    outcome = screened(workspace, table_file(tmp_path, [GRALLOCH]))
    then = {party.party_id: party for party in outcome.lists.parties}
    less = {name: texts for name, texts in then["lst-2"].properties.items() if name != "innCode"}
    now = replace(then["lst-2"], properties=less)
    store.judge("unsure", GRALLOCH, now, by="kk")
    asked = Terms(Judged(store.log()), then, TODAY, 5, current={"lst-2": now})
    (row,) = rows_of(outcome.run, asked, Counts())
    assert row["hits"][0]["judgement"] == "unsure"
    assert "judged_before" not in row["hits"][0]
