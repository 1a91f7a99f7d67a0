"""`leads`, `explain` and `demo` as a person types them."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.test_workspace import flow_file

from entrepot.cli import main
from entrepot.records.leads import LEAD


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def test_leads_as_json_lines_follow_the_contract() -> None:
    result = run("leads", "--format", "jsonl", "--limit", "5", "--hub", "Kyrgyzstan,AM")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(row) for row in rows] == [list(LEAD)] * 5
    assert {row["hub"] for row in rows} <= {"KGZ", "ARM"}
    assert rows[0]["rank"] == 1
    assert rows[0]["onward_excess"] is None
    assert "pocket edition" in result.stderr
    assert "A lead is a reason to look" in result.stderr


def test_json_csv_and_a_file(tmp_path: Path) -> None:
    listed = json.loads(run("leads", "--format", "json", "--limit", "3").stdout)
    assert len(listed) == 3
    rows = list(csv.DictReader(io.StringIO(run("leads", "--format", "csv", "--limit", "3").stdout)))
    assert [row["lead_id"] for row in rows] == [row["lead_id"] for row in listed]
    target = tmp_path / "deep" / "leads.jsonl"
    result = run("leads", "--format", "jsonl", "--limit", "3", "--out", str(target))
    assert result.stdout == ""
    assert len(target.read_text(encoding="utf-8").splitlines()) == 3


def test_all_shows_falls_too() -> None:
    result = run("leads", "--all", "--hub", "BY", "--format", "jsonl")
    statuses = {json.loads(line)["status"] for line in result.stdout.splitlines()}
    assert {"lead", "fall", "no_rise", "below_threshold"} <= statuses


def test_explain_a_lead_of_the_shipped_figures() -> None:
    text = run("explain", "lea_2a469ddad6af").stdout
    for part in ("Kyrgyzstan x 8542", "Consistent with rerouting", "Tests", "Restricted by",
                 "Reg. (EU) 833/2014", "Germany", "Published rows behind it", "row "):  # fmt: skip
        assert part in text


def test_own_flow_file_and_own_measures(tmp_path: Path) -> None:
    flows = flow_file(tmp_path / "mine.csv")
    measures = tmp_path / "measures.csv"
    measures.write_text("commodity_code,destination,valid_from\n8542,RU,2022-02-26\n", "utf-8")
    place = ["--workspace", str(tmp_path / "w")]
    asked = ["leads", str(flows), "--measures", str(measures), "--all", "--format", "jsonl", *place]
    rows = [json.loads(line) for line in run(*asked).stdout.splitlines()]
    (row,) = [row for row in rows if row["commodity_code"] == "8542"]
    assert row["actual"] == 10 * 90_000
    assert row["hub"] == "KGZ"


def test_explain_finds_the_run_in_the_log(tmp_path: Path) -> None:
    flows = flow_file(tmp_path / "mine.csv")
    place = ["--workspace", str(tmp_path / "w")]
    asked = ["leads", str(flows), "--since", "2022-06", "--all", "--format", "jsonl", *place]
    rows = [json.loads(line) for line in run(*asked).stdout.splitlines()]
    lead = next(row for row in rows if row["commodity_code"] == "8542")
    text = run("explain", lead["lead_id"], *place).stdout
    assert "2022-06 to 2022-12" in text
    assert "line " in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["leads", "--target", "ruzzia"], "got country 'ruzzia'"),
        (["leads", "--hub", "DEU"], "neither target nor member"),
        (["leads", "--hub", "Turkey"], "expected a partner in these figures: Armenia, Belarus"),
        (["leads", "--target", "DEU"], "itself a member of the coalition"),
        (["leads", "--since", "2022-13"], "2022-13"),
        (["leads", "--coalition", "USA"], "got USA"),
        (["explain", "lea_nothing"], "not among the"),
        (["leads", "--as-of", "2019-01-01"], "no exports of EU"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    (line,) = [one for one in result.stderr.splitlines() if one.startswith("error:")]
    assert sentence in line or "hold" in line
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["leads", "--level", "5"],
        ["leads", "--as-of", "yesterday"],
        ["leads", "--fdr", "0"],
        ["leads", "missing.csv"],
        ["explain"],
        ["nonsense"],
    ],
)
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_demo_writes_the_report_and_the_first_leads(tmp_path: Path) -> None:
    result = run("demo", "--out", str(tmp_path / "r"), "--format", "jsonl")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows[0]["rank"] == 1
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert rows[0]["lead_id"] in page
    assert "report.html" in result.stderr


def test_demo_cannot_write_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    result = run("demo", "--out", str(blocker / "r"))
    assert result.exit_code == 1
    assert "cannot write" in result.stderr


def test_every_command_has_help_with_an_example() -> None:
    for name, command in main.commands.items():
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"entrepot {name}" in result.stdout, name
        assert command.help
