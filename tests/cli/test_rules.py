"""The commands that ask the rule base, as a person types them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from entrepot.cli import main
from entrepot.cli.rules import rules
from entrepot.records.rules import MEASURE

HEAD = "reporter,partner,flow,commodity_code,period,value_eur\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["rules", *words], catch_exceptions=False)


def data(*words: str) -> Any:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    return [found] if words[0] == "ask" else found  # one answer is an object, not a list


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def flows(tmp_path: Path) -> str:
    """Sales to Belarus in 2021: 100 of aircraft parts, 60 of engines, 40 of meat."""
    lines = ["DE,BY,X,880730,2021,60", "FR,BY,X,880730,2021,40", "DE,BY,X,840710,2021,60",
             "DE,BY,X,0201,2021,40", "DE,RU,X,880730,2022,7", "DE,RU,X,880730,2023,9",
             "DE,KG,X,880730,2023,5"]  # fmt: skip
    path = tmp_path / "flows.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


DONE = [
    ("EU BLR 88073000 --on 2022-08-26", "not_listed", "", "Later: from 2023-08-05 a ban"),
    ("EU BLR 88073000 --on 2023-08-05", "prohibited", "1sa(1)", "until 2023-09-04"),
    ("EU RUS 88073000 --on 2022-02-26", "prohibited", "3c(1)", "until 2022-03-28"),
    ("EU RUS 88073000 --on 2022-03-10", "prohibited", "3c(1)", "--contract"),
    ("US BLR 880730 --on 2022-08-26 --origin USA", "licence", "746.8(a)(1)", ""),
]


@pytest.mark.parametrize(("asked", "answer", "article", "note"), DONE)
def test_the_five_questions_as_data(asked: str, answer: str, article: str, note: str) -> None:
    (one,) = data("ask", *asked.split())
    assert one["answer"] == answer
    assert {"because", "notes", "regime", "destination", "commodity_code", "on"} <= set(one)
    assert article in "".join(reason["article"] for reason in one["because"])
    assert bool(one["because"]) == (answer != "not_listed")
    for reason in one["because"]:
        assert set(MEASURE) <= set(reason)
    assert any(note in told for told in one["notes"])


@pytest.mark.parametrize(("asked", "answer", "article", "note"), DONE)
def test_the_five_questions_for_people(asked: str, answer: str, article: str, note: str) -> None:
    result = run("ask", *asked.split())
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert text.startswith(f"{answer} (")
    assert article in text
    assert note in text
    assert "not legal advice" in text


def test_a_party_a_contract_and_a_place_of_use_are_passed_on() -> None:
    asked = ("ask", "EU", "BLR", "88073000", "--on")
    (belavia,) = data(*asked, "2022-08-26", "--party", "Belavia")
    assert (belavia["answer"], belavia["party"]) == ("prohibited", "Belavia")
    (use,) = data(*asked, "2022-08-26", "--for-use-in", "Russia")
    assert (use["answer"], use["for_use_in"]) == ("prohibited", "RUS")
    (old,) = data(*asked, "2023-08-20", "--contract", "2023-07-01")
    assert (old["answer"], old["contract"]) == ("possible", "2023-07-01")


def test_without_a_day_the_last_of_the_base_counts_and_is_said() -> None:
    result = run("ask", "EU", "RUS", "88", "--format", "json")
    assert json.loads(result.stdout)["on"] == "2025-10-24"
    assert "no --on given: 2025-10-24" in result.stderr
    assert data("ask", "EU", "RUS", "88", "--as-of", "2022-03-10")[0]["on"] == "2022-03-10"


@pytest.mark.parametrize("regime", ["EU", ""])
def test_own_measures_are_asked_too(tmp_path: Path, regime: str) -> None:
    """Also with the least a file must hold, where the regime is left out."""
    path = tmp_path / "mine.csv"
    path.write_text(
        f"commodity_code,destination,valid_from,regime\n0201,KG,2022-05-01,{regime}\n", "utf-8"
    )
    own = ("ask", "EU", "KGZ", "020110", "--on", "2022-06-01", "--measures", str(path))
    (one,) = data(*own)
    assert one["answer"] == "prohibited"
    assert [reason["commodity_code"] for reason in one["because"]] == ["0201"]
    assert data(*own[:-2])[0]["answer"] == "not_listed"
    assert run(*own, "--out", str(path)).exit_code == 1
    assert "0201" in path.read_text("utf-8")


def test_every_command_has_help_with_an_example() -> None:
    assert set(rules.commands) == {"ask", "gap", "changes", "timeline", "exposure", "flows", "lint"}
    for name in rules.commands:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"entrepot rules {name}" in " ".join(result.stdout.split())


COMMANDS: dict[str, list[str]] = {
    "ask": ["ask", "EU", "BLR", "88", "--on", "2023-08-05"],
    "gap": ["gap", "BLR", "RUS", "--on", "2022-08-26"],
    "changes": ["changes", "--from", "2023-08-01", "--to", "2023-08-31"],
    "timeline": ["timeline", "88073000"],
    "exposure": ["exposure", "BLR", "FLOWS", "--as", "RUS", "--on", "2022-08-26"],
    "flows": ["flows", "FLOWS"],
    "lint": ["lint"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_format_parses(name: str, flows: str) -> None:
    words = [flows if word == "FLOWS" else word for word in COMMANDS[name]]
    listed = data(*words)
    lines = [json.loads(line) for line in run(*words, "--format", "jsonl").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    rows = listed[0]["goods"] if name == "exposure" else listed
    assert lines == rows
    assert len(table) == len(rows)
    assert bool(rows) == (name != "lint")
    for row, cells in zip(rows, table, strict=True):
        assert None not in cells
        for column, cell in cells.items():
            value = row.get(column)
            assert value is None or isinstance(value, dict | list) or str(value) == cell
            assert not cell.startswith("{'"), "a cell holds the inside of a program"
    assert run(*words).exit_code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_out_writes_a_file_and_leaves_standard_output_empty(
    name: str, flows: str, tmp_path: Path
) -> None:
    words = [flows if word == "FLOWS" else word for word in COMMANDS[name]]
    for kind in ("csv", "table"):
        target = tmp_path / f"deep/{name}.{kind}"
        result = run(*words, "--format", kind, "--out", str(target))
        assert (result.exit_code, result.stdout) == (0, "")
        assert target.exists() or (name, kind) == ("lint", "table")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ask", "Brazil", "BLR", "88"], "got 'Brazil', expected a regime of the base: EU, US"),
        (["ask", "Utopia", "BLR", "88"], "got country 'Utopia'"),
        (["ask", "EU", "Utopia", "88"], "got country 'Utopia'"),
        (["ask", "EU", "BLR", "88073"], "got 5 digits"),
        (["ask", "EU", "BLR", "88", "--on", "2022-01-01", "--contract", "2022-02-01"],
         "expected one of 2022-01-01 or before"),
        (["gap", "BLR", "by"], "got Belarus twice"),
        (["gap", "BLR", "RUS", "--regime", "XX"], "got regime 'XX', valid are EU, US, UK, CH, UN"),
        (["gap", "BLR", "RUS", "--regime", ""], "got regime ''"),
        (["changes", "--from", "2023-02-01", "--to", "2023-01-01"], "expected a later day in --to"),
        (["changes", "--from", "2023-02-01", "--to", "2023-02-01"], "expected a later day in --to"),
        (["changes", "--from", "2023-01-01", "--to", "2023-02-01", "--destination", "RUS,XX"],
         "got country 'XX'"),
        (["timeline", "air"], "expected digits only"),
        (["timeline", "88", "--regime", "EU,XX"], "got regime 'XX'"),
        (["exposure", "BLR", "--as", "RUS", "--since", "2022-01-01"], "expected one of --as"),
        (["exposure", "BLR"], "expected one of --as"),
        (["exposure", "BLR", "--as", "Belarus"], "expected two countries"),
        (["exposure", "BLR", "--since", "2023-08-05", "--on", "2023-08-05"], "an earlier --since"),
        (["exposure", "BLR", "--as", "RUS", "--regime", "XX"], "got regime 'XX'"),
        (["exposure", "BLR", "--as", "RUS", "--regime", "EU,US"], "EU,US"),
        (["exposure", "BLR", "--as", "RUS", "--regime", "UN"], "got regime UN"),
        (["exposure", "BLR", "--as", "RUS", "--regime", "US"], "no exports of US"),
        (["exposure", "TUR", "--as", "RUS"], "no exports of EU members to Türkiye"),
        (["exposure", "BLR", "--as", "RUS", "--period", "1999"], "got period '1999'"),
        (["exposure", "BLR", "--as", "RUS", "--period", "soon"], "got period 'soon'"),
        (["exposure", "BLR", "--as", "RUS", "--currency", "USD"], "has a value in USD"),
        (["flows", "--regime", "XX"], "got regime 'XX'"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_in_one_sentence(words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    (line,) = [one for one in result.stderr.splitlines() if "error:" in one]
    assert sentence in line
    assert result.stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "EU", "BLR"],
        ["ask", "EU", "BLR", "88", "--on", "yesterday"],
        ["ask", "EU", "BLR", "88", "--measures", "missing.csv"],
        ["gap", "BLR", "RUS", "--on", "2022-02-30"],
        ["changes", "--from", "2022-02-01"],
        ["exposure", "BLR", "missing.csv", "--as", "RUS"],
        ["exposure", "BLR", "--as", "RUS", "--currency", "GBP"],
        ["flows", "missing.csv"],
        ["lint", "missing.csv"],
        ["lint", "--format", "xml"],
        ["nonsense"],
    ],
)
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_lint_of_an_own_file(tmp_path: Path) -> None:
    head = "commodity_code,destination,valid_from,citation\n"
    sound, faulty, broken = (tmp_path / f"{name}.csv" for name in ("sound", "faulty", "broken"))
    sound.write_text(f"{head}88,BY,2022-03-01,OJ\n", "utf-8")
    faulty.write_text(f"{head}8899,BY,2022-03-01,OJ\n87,BY,2022-03-01,\n", "utf-8")
    broken.write_text(f"{head}88,Utopia,2022-03-01,OJ\n9x,BY,2022-03-01,OJ\n", "utf-8")
    assert run("lint", str(sound)).exit_code == 0
    result = run("lint", str(sound), str(faulty), "--format", "json")
    rows = json.loads(result.stdout)
    assert [row["file"] for row in rows] == ["faulty.csv", "faulty.csv"]
    assert result.exit_code == 1
    assert "got 2 faults in 2 files, expected none" in result.stderr
    assert "hint: docs/rules.md" in result.stderr
    assert "3 measures, 2 faults" in result.stderr
    result = run("lint", str(broken), "--format", "json")
    assert result.exit_code == 1
    told = [row["fault"] for row in json.loads(result.stdout)]
    assert [fault.partition(": ")[0] for fault in told] == ["broken.csv:2", "broken.csv:3"]
    assert "0 measures, 2 faults" in result.stderr


def test_gap_and_changes_of_the_base() -> None:
    found = {row["commodity_code"]: row for row in data(*COMMANDS["gap"])}
    planes = found["88"]
    assert (planes["opened_on"], planes["closes_on"]) == ("2022-02-26", "2023-08-05")
    assert [law["annex"] for law in planes["closed_by"]] == ["XVII"]
    assert not [code for code in found if code.startswith("8407")]
    rows = data(*COMMANDS["changes"], "--destination", "Belarus")
    assert {row["destination"] for row in rows} == {"BLR"}
    (row,) = [row for row in rows if row["commodity_code"] == "88"]
    assert (row["changed_on"], row["change"], row["after"]) == ("2023-08-05", "banned", "full")
    assert "codes differ" in run(*COMMANDS["changes"]).stderr


def test_timeline_holds_every_regime_or_the_asked_one() -> None:
    rows = data("timeline", "8807.30", "--destination", "BY")
    assert {row["regime"] for row in rows} == {"EU", "US", "UK", "CH"}
    assert {row["destination"] for row in rows} == {"BLR", "*"}
    only = data("timeline", "88073000", "--destination", "BY", "--regime", "eu")
    assert only == [row for row in rows if row["regime"] == "EU"]
    bans = [row for row in only if row["effect"] == "export_ban"]
    assert bans[0]["valid_from"] == "2023-08-05"


@pytest.mark.parametrize("words", [COMMANDS["gap"], COMMANDS["timeline"]])
def test_a_page_is_written(words: list[str], tmp_path: Path) -> None:
    result = run(*words, "--html", "deep/page.html")
    page = (tmp_path / "deep" / "page.html").read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert "page: deep/page.html" in result.stderr
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "Belarus" in page
