"""The commands `screen` and `judge`, as a person types them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.screening.screenworld import NAMES, newer, table_file, workspace

from entrepot.cli import main

__all__ = ["newer", "workspace"]

ZORBLAT, GRALLOCH = "Zorblat Quixley Vandermoot", "Gralloch Fennimore Turbine Works"


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == code, result.stderr
    return result


@pytest.fixture
def screen(workspace: Path, tmp_path: Path) -> Callable[..., Result]:
    path = table_file(tmp_path)

    def called(*words: object, file: Path | None = path, code: int = 0) -> Result:
        given = [file] if file else []
        fixed = ["--workspace", workspace, "--algorithm", "fallback", "--workers", 1]
        return run("screen", *given, *words, *fixed, code=code)

    return called


def test_one_json_line_a_row_and_the_words_beside(screen: Callable[..., Result]) -> None:
    result = screen("--name-column", "consignee")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["row"], row["name"]) for row in rows] == list(enumerate(NAMES, start=1))
    assert list(rows[0]["hits"][0]) == [
        "id", "caption", "schema", "score", "list", "listed_on", "explanation",
    ]  # fmt: skip
    words = " ".join(result.stderr.split())
    assert "10 rows, 7 distinct; 5 rows with 5 possible matches at 0.7 or above" in words
    assert "7 names in" in words
    assert "1 rows without a name" in words
    assert "this is the fallback matcher" in words
    assert "false alarms at 0.7:" in words
    assert "list invented-list: 4 entries, of 2022-02-01" in words
    assert "days old" in words
    assert "is sanctioned" not in words
    assert "nothing was scored again" in screen("--name-column", "consignee").stderr


def test_out_is_written_whole_and_its_ending_says_the_format(
    screen: Callable[..., Result], tmp_path: Path
) -> None:
    target = tmp_path / "hits.csv"
    result = screen("--out", target)
    assert result.stdout == ""
    assert "names are taken from the column 'consignee'" in result.stderr
    table = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["id"] for row in table if row["id"]] == [
        "lst-2",
        "lst-1",
        "lst-4",
        "lst-2",
        "lst-3",
    ]
    assert not list(tmp_path.glob(".*.tmp"))
    screen("--out", target, "--format", "jsonl")
    assert len(target.read_text(encoding="utf-8").splitlines()) == len(NAMES)


def test_a_table_for_people(screen: Callable[..., Result]) -> None:
    shown = screen("--format", "table").stdout
    assert "lst-3" in shown
    assert "Paxworth" not in shown


def test_a_trial_says_how_long(screen: Callable[..., Result]) -> None:
    result = screen("--dry-run")
    words = " ".join(result.stderr.split())
    assert result.stdout == ""
    assert "columns: no, consignee" in words
    assert "10 rows, 7 distinct to compare, 1 without a name" in words
    assert "about " in words


def test_lists_take_several_places(screen: Callable[..., Result], tmp_path: Path) -> None:
    other = tmp_path / "own.csv"
    other.write_text("name\nPaxworth Bakery\n", encoding="utf-8")
    result = screen("--lists", tmp_path / "list-2022-02-01.ftm.json", other, "--limit", 1)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[1]["hits"]
    assert rows[0]["hits"]
    assert "4 entries" in result.stderr
    assert "1 entries" in result.stderr


REFUSED = [
    ("--name-column consigne", "none of its columns: 'no', 'consignee'"),
    ("--threshold 1.5", "expected above 0 and at most 1"),
    ("--since scr_1", "expected both"),
    ("--lists nowhere", "which is not there"),
    ("--resume", "was not begun in this workspace"),
    ("--on 2022-01-01 --date-column no", "expected one of them"),
    ("--again --threshold 0.8", "the earlier run decides it"),
    ("--again", "no finished run of"),
    ("--encoding klingon", "which is not known"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_what_cannot_be_answered_is_refused(
    screen: Callable[..., Result], words: str, message: str
) -> None:
    result = screen(*words.split(), code=1)
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_an_input_is_never_overwritten(screen: Callable[..., Result], tmp_path: Path) -> None:
    before = (tmp_path / "shipments.csv").read_bytes()
    result = screen("--out", tmp_path / "shipments.csv", code=1)
    assert "would be lost" in result.stderr
    assert (tmp_path / "shipments.csv").read_bytes() == before


def test_without_a_list_nobody_is_cleared(tmp_path: Path) -> None:
    result = run("screen", table_file(tmp_path), "--workspace", tmp_path / "empty", code=1)
    assert "no list to screen against" in result.stderr
    assert run("screen", code=2).stdout == ""


def test_again_tells_only_what_changed(
    screen: Callable[..., Result], workspace: Path, newer: Callable[[Path], None]
) -> None:
    screen()
    quiet = screen("--again", file=None)
    assert quiet.stdout == ""
    assert "no possible match changed" in quiet.stderr
    newer(workspace)
    result = screen("--again")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["change"], row["id"]) for row in rows] == [
        ("vanished", "lst-4"), ("new", "lst-2"), ("new", "lst-5"),
    ]  # fmt: skip
    assert "parties 1 added, 1 changed, 1 removed" in result.stderr
    assert "possible matches: 2 new, 0 changed, 1 vanished" in result.stderr
    assert screen("--again").stdout == ""
    since = screen("--again", "--since", "2022-02-02", "--format", "csv").stdout
    assert since.startswith("change,file,name,")
    assert "expected a run" in screen("--again", "--since", "soon", code=1).stderr


def judge(workspace: Path, *words: object, code: int = 0) -> Result:
    return run("judge", *words, "--workspace", workspace, code=code)


def test_judgements_are_applied_listed_and_undone(
    screen: Callable[..., Result], workspace: Path
) -> None:
    made = judge(workspace, "different", GRALLOCH, "lst-2", "--by", "kk", "--because", "other INN")
    key = made.stderr.split(":")[0]
    first = json.loads(screen().stdout.splitlines()[0])
    assert (first["hits"], first["hidden"]) == ([], 1)
    result = screen("--all")
    assert json.loads(result.stdout.splitlines()[0])["hits"][0]["judgement"] == "different"
    assert "2 hits judged different are hidden" in screen().stderr
    (row,) = json.loads(judge(workspace, "list", "--format", "json").stdout)
    assert (row["id"], row["stands"], row["by"], row["because"]) == (key, "yes", "kk", "other INN")
    judge(workspace, "undo", key, "--by", "mm")
    assert json.loads(screen().stdout.splitlines()[0])["hits"]
    assert json.loads(judge(workspace, "list", "--format", "json").stdout) == []
    everything = json.loads(judge(workspace, "list", "--all", "--format", "json").stdout)
    assert [(row["kind"], row["stands"]) for row in everything] == [
        ("different", "undone"), ("undo", ""),
    ]  # fmt: skip


def test_who_says_so_is_never_guessed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENTREPOT_USER", raising=False)
    monkeypatch.setenv("USER", "somebody")
    refused = judge(workspace, "same", ZORBLAT, "lst-1", code=1)
    assert "Give --by NAME, or set ENTREPOT_USER" in refused.stderr
    monkeypatch.setenv("ENTREPOT_USER", "kk")
    judge(workspace, "same", ZORBLAT, "lst-1")
    assert "which is on no list held" in judge(workspace, "same", ZORBLAT, "x", code=1).stderr
    assert (
        "expected PROPERTY=VALUE"
        in judge(workspace, "same", ZORBLAT, "lst-1", "--with", "born", code=2).stderr
    )


def test_a_white_listed_name_is_marked(screen: Callable[..., Result], workspace: Path) -> None:
    words = ("--until", "2999-12-31", "--by", "kk", "--because", "known client")
    judge(workspace, "allow", ZORBLAT, *words)
    result = screen()
    row = json.loads(result.stdout.splitlines()[3])
    assert row["white_listed"]["until"] == "2999-12-31"
    assert "1 rows have a name that is white-listed" in result.stderr
    assert judge(workspace, "allow", ZORBLAT, "--until", "2999-12-31", code=2).exit_code == 2


def test_the_sheet_of_reviewers(
    screen: Callable[..., Result], workspace: Path, tmp_path: Path
) -> None:
    key = screen().stderr.split("run scr_")[1][:12]
    sheet = tmp_path / "sheet.csv"
    judge(workspace, "sheet", f"scr_{key}", "--out", sheet)
    table = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert {row["judgement"] for row in table} == {""}
    for row, word in zip(table, ("same", "different", "maybe", ""), strict=True):
        row["judgement"] = word
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    sheet.write_text(text.getvalue(), encoding="utf-8")
    refused = judge(workspace, "import", sheet, "--by", "kk", code=1)
    assert "line 4: got judgement 'maybe', expected same, different, unsure" in refused.stderr
    assert json.loads(judge(workspace, "list", "--format", "json").stdout) == []
    judge(workspace, "import", sheet, "--by", "kk", "--partial")
    assert len(json.loads(judge(workspace, "list", "--format", "json").stdout)) == 2


def test_the_resolver_of_nomenklatura(workspace: Path, tmp_path: Path) -> None:
    judge(workspace, "same", ZORBLAT, "lst-1", "--by", "kk")
    lines, names = tmp_path / "resolver.ijson", tmp_path / "names.ijson"
    judge(workspace, "export", "--out", lines, "--names", names)
    elsewhere = tmp_path / "elsewhere"
    judge(elsewhere, "import", lines, "--names", names)
    (row,) = json.loads(judge(elsewhere, "list", "--format", "json").stdout)
    assert (row["kind"], row["name"], row["party_id"], row["by"]) == (
        "same",
        ZORBLAT,
        "lst-1",
        "kk",
    )
    assert (
        "0 judgements stored, 1 known before"
        in judge(elsewhere, "import", lines, "--names", names).stderr
    )
