"""Screening again: exactly what a second full screening would say of the changed parties."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.screening.screenworld import quiet, screened, table_file
from tests.screening.test_runs import lines_of

from entrepot.errors import RequestError
from entrepot.parties.lists.records import body_of
from entrepot.workspace.screening import find
from entrepot.workspace.screening.again import again, bases, changes_of
from entrepot.workspace.screening.lists import load_lists, stood


def test_only_what_changed_is_told(
    workspace: Path, tmp_path: Path, newer: Callable[[Path], None]
) -> None:
    base = screened(workspace, table_file(tmp_path)).run
    newer(workspace)
    found = again(base, load_lists(workspace), quiet, workers=1)
    told = [(row["change"], row["name"], row["id"]) for row in changes_of(found.run)]
    assert told == [
        ("vanished", "Ostrigan Parquet Foundry", "lst-4"),
        ("new", "Blenkinsop Rotor Bureau", "lst-2"),
        ("new", "Tarquin Hollowell Avionics", "lst-5"),
    ]
    why = [row["why"] for row in changes_of(found.run)]
    assert why == [
        "the entry is no longer on the list",
        "the entry was changed: now with alias 'Blenkinsop Rotor Bureau'",
        "the list has a new entry",
    ]
    assert dict(found.parties) == {"added": 1, "changed": 1, "removed": 1}


def test_it_is_what_two_full_screenings_say(
    workspace: Path, tmp_path: Path, newer: Callable[[Path], None]
) -> None:
    path = table_file(tmp_path)
    before = screened(workspace, path)
    newer(workspace)
    found = again(before.run, load_lists(workspace), quiet, workers=2)
    after = screened(workspace, path, anew=True)

    def pairs(outcome: object) -> set[tuple[str, str]]:
        rows = lines_of(outcome)  # type: ignore[arg-type]
        return {(row["name"], hit["id"]) for row in rows for hit in row["hits"]}

    rows = list(changes_of(found.run))
    new = {(row["name"], row["id"]) for row in rows if row["change"] == "new"}
    gone = {(row["name"], row["id"]) for row in rows if row["change"] == "vanished"}
    assert new == pairs(after) - pairs(before)
    assert gone == pairs(before) - pairs(after)
    kept = type(after)(find(workspace, found.run.run_id), after.lists, 0, 0.0, 0)
    assert pairs(kept) == pairs(after)


def test_without_a_change_nothing_is_told_and_no_run_made(workspace: Path, tmp_path: Path) -> None:
    base = screened(workspace, table_file(tmp_path)).run
    found = again(base, load_lists(workspace), quiet, workers=1)
    assert found.run is base
    assert list(changes_of(found.run)) == []


def test_the_next_time_begins_where_the_last_ended(
    workspace: Path, tmp_path: Path, newer: Callable[[Path], None]
) -> None:
    first = screened(workspace, table_file(tmp_path)).run
    newer(workspace)
    second = again(first, load_lists(workspace), quiet, workers=1).run
    assert [run.run_id for run in bases(workspace)] == [second.run_id]
    third = again(second, load_lists(workspace), quiet, workers=1)
    assert third.run is second
    assert sum(third.parties.values()) == 0


def test_since_a_day_the_lists_of_that_day_count(
    workspace: Path, tmp_path: Path, newer: Callable[[Path], None]
) -> None:
    newer(workspace)
    base = screened(workspace, table_file(tmp_path)).run
    old = {party.party_id: body_of(party) for party in stood(workspace, (), date(2022, 2, 2))}
    found = again(base, load_lists(workspace), quiet, workers=1, old=old)
    assert dict(found.parties) == {"added": 1, "changed": 1, "removed": 1}
    assert [(row["change"], row["name"], row["id"]) for row in changes_of(found.run)] == [
        ("vanished", "Ostrigan Parquet Foundry", "lst-4"),
        ("new", "Blenkinsop Rotor Bureau", "lst-2"),
        ("new", "Tarquin Hollowell Avionics", "lst-5"),
    ]
    other = again(base, load_lists(workspace), quiet, workers=1, old={})
    assert other.run.run_id != found.run.run_id
    with pytest.raises(RequestError, match="by which no edition"):
        stood(workspace, (), date(2001, 1, 1))


def test_a_run_as_of_a_day_stays_as_it_is(workspace: Path, tmp_path: Path) -> None:
    run = screened(workspace, table_file(tmp_path), on=date(2022, 2, 1)).run
    assert bases(workspace) == []
    with pytest.raises(RequestError, match="was as of a day"):
        again(run, load_lists(workspace), quiet, workers=1)


def test_a_run_since_a_day_is_never_the_base_of_another(
    workspace: Path, tmp_path: Path, newer: Callable[[Path], None]
) -> None:
    base = screened(workspace, table_file(tmp_path)).run
    newer(workspace)
    lists = load_lists(workspace)
    old = {party.party_id: body_of(party) for party in lists.parties if party.party_id != "lst-5"}
    since = again(base, lists, quiet, workers=1, old=old).run
    assert [row["id"] for row in changes_of(since)] == ["lst-5"]
    (chosen,) = bases(workspace)
    assert chosen.run_id == base.run_id
    rest = again(chosen, lists, quiet, workers=1).run
    assert [row["id"] for row in changes_of(rest)] == ["lst-4", "lst-2", "lst-5"]
    with pytest.raises(RequestError, match="only what changed since a day"):
        again(since, lists, quiet, workers=1)


def test_a_run_against_other_lists_is_no_base(workspace: Path, tmp_path: Path) -> None:
    path, other = table_file(tmp_path), tmp_path / "own.csv"
    other.write_text("name\nPaxworth Bakery\n", encoding="utf-8")
    ours = screened(workspace, path).run
    theirs = screened(workspace, path, lists=(other,)).run
    given = load_lists(workspace, (other,)).given
    assert [run.run_id for run in bases(workspace)] == [ours.run_id]
    assert [run.run_id for run in bases(workspace, given=given)] == [theirs.run_id]
    with pytest.raises(RequestError, match="against other lists"):
        again(theirs, load_lists(workspace), quiet, workers=1)
