"""Runs: every row has its hits, a cut run goes on, and two kinds of hits are never mixed."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.screening.screenworld import NAMES, list_file, quiet, screened, table_file

from entrepot.errors import RequestError, WorkspaceError
from entrepot.parties.judged import Judged
from entrepot.parties.lists import ListStore
from entrepot.parties.match.matcher import Matcher, Query
from entrepot.workspace.screening import (
    Ask,
    Counts,
    Outcome,
    Terms,
    Wanted,
    csv_lines,
    json_lines,
    plan,
    scoring,
    screen,
    work,
)
from entrepot.workspace.screening.scoring import Scorer
from entrepot.workspace.screening.trial import trial
from entrepot.workspace.screening.verdicts import CONTRACT

TODAY = date(2026, 1, 31)


def lines_of(outcome: Outcome, counts: Counts | None = None) -> list[dict[str, Any]]:
    parties = {party.party_id: party for party in outcome.lists.parties}
    terms = Terms(Judged([]), parties, TODAY, int(outcome.run.asked["key"]["limit"]))
    return [json.loads(line) for line in json_lines(outcome.run, terms, counts or Counts())]


def test_every_row_has_the_hits_that_the_matcher_gives_its_name(
    workspace: Path, tmp_path: Path
) -> None:
    counts = Counts()
    rows = lines_of(screened(workspace, table_file(tmp_path)), counts)
    assert [(row["row"], row["name"]) for row in rows] == list(enumerate(NAMES, start=1))
    matcher = Matcher.build(ListStore(workspace).current(), algorithm="fallback")
    for row in rows:
        assert list(row) == ["row", "name", "hits"]
        hits = matcher.match(Query.of(row["name"])) if row["name"] else []
        assert [(hit["id"], hit["score"]) for hit in row["hits"]] == [
            (hit.party.party_id, hit.score) for hit in hits
        ]
        assert all(tuple(hit) == CONTRACT for hit in row["hits"])
    assert rows[3]["hits"][0]["listed_on"] == "2014-03-17"
    assert rows[0]["hits"][0]["listed_on"] is None
    assert rows[0]["hits"][0]["list"] == "invented-list"
    assert (counts.rows, counts.empty_names, counts.rows_with_hits) == (10, 1, 5)


def test_a_name_is_scored_once(workspace: Path, tmp_path: Path) -> None:
    outcome = screened(workspace, table_file(tmp_path))
    assert outcome.scored == len(set(NAMES) - {""})
    again = screened(workspace, table_file(tmp_path))
    assert (again.scored, again.run.run_id) == (0, outcome.run.run_id)
    assert lines_of(again) == lines_of(outcome)
    assert screened(workspace, table_file(tmp_path), anew=True).scored == outcome.scored


def many(count: int = 90) -> list[str]:
    return [f"{NAMES[place % len(NAMES)]} {'abcdefghi'[place % 9]}" for place in range(count)]


def test_workers_give_what_one_process_gives(workspace: Path, tmp_path: Path) -> None:
    path = table_file(tmp_path, many())
    one = lines_of(screened(workspace, path))
    assert lines_of(screened(workspace, path, workers=2, anew=True)) == one
    assert any(row["hits"] for row in one)


def test_processes_that_cannot_fork_give_the_same(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table_file(tmp_path, many(60))
    one = lines_of(screened(workspace, path))
    monkeypatch.setattr(scoring.sys, "platform", "darwin")
    assert lines_of(screened(workspace, path, workers=2, anew=True)) == one


class Cut(Exception):
    """The process was ended."""


def test_a_run_that_was_cut_off_goes_on_where_it_stood(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table_file(tmp_path, many())
    whole = screened(workspace, path)
    expected, total = lines_of(whole), whole.scored
    seen: list[int] = []
    plain = Scorer.stretch

    def cut(self: Scorer, rows: Sequence[scoring.Row]) -> list[scoring.HitRow]:
        if len(seen) == 2:
            raise Cut
        seen.append(len(rows))
        return plain(self, rows)

    monkeypatch.setattr(Scorer, "stretch", cut)
    with pytest.raises(Cut):
        screened(workspace, path, anew=True)
    monkeypatch.setattr(Scorer, "stretch", plain)
    rest = screened(workspace, path, resume=True)
    assert (rest.was_there, rest.scored) == (sum(seen), total - sum(seen))
    assert 0 < rest.scored < total
    assert lines_of(rest) == expected


def test_a_damaged_stretch_is_scored_again(workspace: Path, tmp_path: Path) -> None:
    path = table_file(tmp_path)
    expected = lines_of(screened(workspace, path))
    folder = screened(workspace, path).run.folder
    (folder / work.DONE).unlink()
    (folder / work.CHUNKS).mkdir()
    (folder / work.CHUNKS / "0000000.parquet").write_bytes(b"PAR1 cut")
    assert lines_of(screened(workspace, path)) == expected


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"threshold": 0.8}, r"the threshold \(0.7, now 0.8\)"), ({"limit": 1}, "the limit")],
)
def test_another_question_is_not_mixed_in(
    workspace: Path, tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    path = table_file(tmp_path)
    screened(workspace, path)
    with pytest.raises(RequestError, match=words):
        screened(workspace, path, resume=True, **changed)


def test_other_lists_are_not_mixed_in(
    workspace: Path, tmp_path: Path, newer: Callable[[Path], None]
) -> None:
    path = table_file(tmp_path)
    first = screened(workspace, path)
    newer(workspace)
    with pytest.raises(RequestError, match="differs in the lists"):
        screened(workspace, path, resume=True)
    assert screened(workspace, path).run.run_id != first.run.run_id
    other = tmp_path / "elsewhere"
    with pytest.raises(RequestError, match="was not begun in this workspace"):
        screened(other, path, resume=True, lists=(tmp_path / "list-2022-02-01.ftm.json",))


def test_equal_lists_are_equal_wherever_they_lie(workspace: Path, tmp_path: Path) -> None:
    path = table_file(tmp_path)
    here = tmp_path / "list-2022-02-01.ftm.json"
    there = tmp_path / "moved.ftm.json"
    there.write_bytes(here.read_bytes())
    one, other = (screened(workspace, path, lists=(place,)) for place in (here, there))
    assert one.run.run_id == other.run.run_id
    own = screened(workspace, path)
    assert own.lists.digest == one.lists.digest
    assert own.run.run_id != one.run.run_id  # what changed since is asked of other lists


def test_one_process_at_a_time_works_on_a_run(workspace: Path, tmp_path: Path) -> None:
    planned = plan(workspace, Ask(table_file(tmp_path), algorithm="fallback", workers=1))
    with work.held(planned.folder), pytest.raises(WorkspaceError, match="another process"):
        screen(planned, quiet)


def test_facts_and_identifiers_are_compared(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "ships.csv"
    path.write_text("name,imo\nSome Other Name,9074729\n,9074729\nWimbledrift Starling,9319466\n")
    wanted = Wanted(ids=("imo",), schema="")
    rows = lines_of(screened(workspace, path, wanted=wanted))
    assert [[hit["id"] for hit in row["hits"]] for row in rows] == [["lst-3"], ["lst-3"], []]


def test_entities_are_screened_whole(workspace: Path, tmp_path: Path) -> None:
    them = [
        {"id": "mine-1", "schema": "Company",
         "properties": {"name": ["Some Other Name"], "innCode": ["7707083893"]}},
        {"id": "mine-2", "schema": "Company", "properties": {"country": ["kz"]}},
    ]  # fmt: skip
    rows = lines_of(screened(workspace, list_file(tmp_path, them, "mine.json")))
    assert [row["name"] for row in rows] == ["Some Other Name", ""]
    assert [[hit["id"] for hit in row["hits"]] for row in rows] == [["lst-2"], []]


def test_rows_that_cannot_be_read_are_told_and_kept_in_place(
    workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("no,name\n1,Paxworth\n2\n3,Wimbledrift Starling\n")
    counts = Counts()
    rows = lines_of(screened(workspace, path), counts)
    assert rows[1] == {
        "row": 2, "name": "", "hits": [], "fault": "line 3: got 1 columns, expected 2",
    }  # fmt: skip
    assert rows[2]["hits"]
    assert (counts.faults, counts.empty_names) == (1, 0)


def test_csv_has_a_line_a_hit_and_one_for_a_row_without(workspace: Path, tmp_path: Path) -> None:
    outcome = screened(workspace, table_file(tmp_path))
    terms = Terms(Judged([]), {}, TODAY, 5)
    text = "".join(csv_lines(outcome.run, terms, Counts()))
    assert text.splitlines()[0].startswith("row,name,place,id,caption,schema,score,list,listed_on")
    assert text.splitlines()[2] == "2,Paxworth Bakery,0" + "," * 15 + "0,"
    assert text.count("\n") == 11


def test_on_a_day_only_those_listed_then(workspace: Path, tmp_path: Path, newer: Any) -> None:
    newer(workspace)
    path = table_file(tmp_path)

    def ids(**more: Any) -> set[str]:
        rows = lines_of(screened(workspace, path, **more))
        return {hit["id"] for row in rows for hit in row["hits"]}

    assert ids() == {"lst-1", "lst-2", "lst-3", "lst-5"}
    assert ids(on=date(2022, 2, 1)) == {"lst-1", "lst-2", "lst-3", "lst-4"}
    (row,) = lines_of(screened(workspace, table_file(tmp_path, [NAMES[0]]), on=date(2022, 3, 1)))
    assert row["hits"][0]["listed_on"] is None  # the list prints no day, though an edition has one
    assert row["hits"][0]["explanation"].endswith("on the list by 2022-02-01 at the latest")
    with pytest.raises(RequestError, match="--on and --date-column"):
        ids(on=date(2022, 2, 1), wanted=Wanted(day="no"))


def test_each_row_on_its_own_day_is_as_the_whole_file_on_that_day(
    workspace: Path, tmp_path: Path, newer: Any
) -> None:
    newer(workspace)
    days = ["2013-01-01", "2022-02-01", "2022-02-20", "2022-03-15", "2022-04-01", "2026-01-01"]
    names = [name for name in dict.fromkeys(NAMES) if name and "Blenkinsop" not in name]
    path = tmp_path / "days.csv"
    rows = [f"{name},{day}" for name in names for day in [*days, "?"]]
    path.write_text("name,when\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = lines_of(screened(workspace, path, wanted=Wanted(day="when")))
    for row, text in zip(found, rows, strict=True):
        name, _, day = text.partition(",")
        if day == "?":
            continue
        alone = table_file(tmp_path, [name])
        (expected,) = lines_of(screened(workspace, alone, on=date.fromisoformat(day)))
        # The rarity of a word moves with the number of parties, so scores may move by a hair.
        assert [(hit["id"], hit["listed_on"]) for hit in row["hits"]] == [
            (hit["id"], hit["listed_on"]) for hit in expected["hits"]
        ], text
    ever = {hit["id"] for row in found[len(days) :: len(days) + 1] for hit in row["hits"]}
    assert ever == {"lst-1", "lst-2", "lst-3", "lst-4", "lst-5"}


def test_a_trial_keeps_nothing(workspace: Path, tmp_path: Path) -> None:
    planned = plan(workspace, Ask(table_file(tmp_path), algorithm="fallback", workers=1))
    found = trial(planned, workspace, quiet)
    assert (found.rows, found.distinct, found.empty) == (10, 7, 1)
    assert work.runs(workspace) == []
    assert not list(workspace.glob(".trial*"))


@pytest.mark.parametrize("bad", [{"threshold": 0.0}, {"limit": 0}, {"workers": 0}])
def test_terms_that_make_no_sense_are_refused(
    workspace: Path, tmp_path: Path, bad: dict[str, Any]
) -> None:
    with pytest.raises(RequestError, match="expected"):
        screened(workspace, table_file(tmp_path), **bad)


def test_the_parts_of_a_set_go_with_their_main_file(tmp_path: Path) -> None:
    from entrepot.workspace.screening.lists import sets_of

    main = "7,TEST PARTY,-0- ,PROGRAM,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"
    (tmp_path / "sdn.csv").write_text(main)
    (tmp_path / "alt.csv").write_text('7,1,"aka","TEST ALIAS",-0- \n')
    (tmp_path / "cons_alt.csv").write_text('8,1,"aka","OTHER ALIAS",-0- \n')
    (tmp_path / "readme.md").write_text("nothing\n")
    notes: list[str] = []
    assert sets_of([tmp_path], notes) == [(tmp_path / "sdn.csv", tmp_path / "alt.csv")]
    assert notes == [
        "readme.md was left out: it is no list",
        "cons_alt.csv was left out: its main file is not beside it",
    ]
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(Exception, match="empty"):
        sets_of([tmp_path], notes)


def test_a_name_of_many_signs_and_strange_ones(workspace: Path, tmp_path: Path) -> None:
    strange = ["x" * 10_000, "\u202eZorblat\u202c 🛳", "'; DROP TABLE log; --", "a\nb", "\x00"]
    them = [{"name": one} for one in strange]
    rows = lines_of(screened(workspace, list_file(tmp_path, them, "strange.json")))
    assert [row["name"] for row in rows] == [one.strip() for one in strange]


def test_what_was_read_of_a_run_is_whole(workspace: Path, tmp_path: Path) -> None:
    folder = screened(workspace, table_file(tmp_path)).run.folder
    assert sorted(path.name for path in folder.iterdir()) == [
        "asked.json", "distinct.parquet", "done.json", "hits.parquet", "lock", "parties.parquet",
        "rows.parquet",
    ]  # fmt: skip
    assert pq.read_metadata(folder / "rows.parquet").num_rows == len(NAMES)
