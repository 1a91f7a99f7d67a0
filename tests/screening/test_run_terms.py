"""What a run is named by, how it is thrown away, and days and lists of its rows."""

from datetime import date
from pathlib import Path

import pytest
from tests.screening.screenworld import entity, list_file, screened, table_file
from tests.screening.test_runs import TODAY, Cut, lines_of

from entrepot.parties.judged import Judged
from entrepot.parties.lists import ListStore
from entrepot.parties.lists import Terms as ListTerms
from entrepot.workspace.screening import Ask, Counts, Terms, Wanted, csv_lines, plan, scoring, work
from entrepot.workspace.screening.ask import _digest as digest_of_files
from entrepot.workspace.screening.ask import keyed
from entrepot.workspace.screening.columns import Columns
from entrepot.workspace.screening.days import Presence


def test_the_day_is_part_of_the_question(workspace: Path, tmp_path: Path) -> None:
    path = table_file(tmp_path)
    asks = [Ask(path, algorithm="fallback", on=day) for day in (None, date(2022, 2, 1))]
    lists = plan(workspace, asks[0]).lists
    keys = [keyed(ask, "f", Columns("consignee"), lists, "fallback") for ask in asks]
    assert [key["on"] for key in keys] == [None, "2022-02-01"]
    assert work.run_id(keys[0]) != work.run_id(keys[1])


@pytest.mark.parametrize("name", ["words.txt", "code.py", "table.csv"])
def test_every_file_of_the_matcher_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("one")
    before = digest_of_files(tmp_path)
    (tmp_path / "code.pyc").write_text("compiled")
    assert digest_of_files(tmp_path) == before
    (tmp_path / name).write_text("two")
    assert digest_of_files(tmp_path) != before


def test_a_run_that_is_thrown_away_first_loses_its_word_that_it_is_whole(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table_file(tmp_path)
    expected = lines_of(screened(workspace, path))
    plain, gone = Path.unlink, list[str]()

    def cut(self: Path, missing_ok: bool = False) -> None:
        if len(gone) == 3:
            raise Cut
        gone.append(self.name)
        plain(self, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", cut)
        with pytest.raises(Cut):
            screened(workspace, path, anew=True)
    assert gone[:2] == [work.DONE, work.ASKED]
    assert lines_of(screened(workspace, path)) == expected


def test_csv_has_no_formulas(workspace: Path, tmp_path: Path) -> None:
    path = table_file(tmp_path, ["=HYPERLINK(1)", "Paxworth"])
    text = "".join(
        csv_lines(screened(workspace, path).run, Terms(Judged([]), {}, TODAY, 5), Counts())
    )
    assert [line.split(",")[1] for line in text.splitlines()[1:]] == ["'=HYPERLINK(1)", "Paxworth"]


def test_a_row_without_a_day_says_so(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("name,when\nWimbledrift Starling,?\nWimbledrift Starling,2022-02-01\n")
    bare, dated = lines_of(screened(workspace, path, wanted=Wanted(day="when")))
    assert scoring.NO_DAY in bare["hits"][0]["explanation"]
    assert scoring.NO_DAY not in dated["hits"][0]["explanation"]


def test_one_file_with_several_lists_tells_who_left(tmp_path: Path) -> None:
    store = ListStore(tmp_path / "work")
    gone = entity("lst-7", "Company", ["Ostrigan Parquet Foundry"], "2020-01-01")
    twice = entity("lst-8", "Company", ["Paxworth Rotor"], "2020-01-01")
    later = {
        **twice[1],
        "id": "s-more",
        "properties": {"entity": ["lst-8"], "listingDate": ["2023-01-01"]},
    }
    for year, rows in ((2021, [*gone, *twice]), (2024, [*twice, later])):
        path = list_file(tmp_path, rows, f"{year}.ftm.json")
        day = date(year, 6, 1)
        store.add(path, terms=ListTerms("all-lists", published_on=day, accept_shrink=True))
    presence = Presence(store, store.lists())
    by_id = {party.party_id: party for party in presence.parties}
    assert presence.at(by_id["lst-7"], date(2021, 6, 1))
    assert presence.at(by_id["lst-7"], date(2024, 6, 1)) is None
    then = presence.at(by_id["lst-8"], date(2021, 6, 1))
    assert then
    assert [one.listed_on for one in then.listings] == [date(2020, 1, 1)]
