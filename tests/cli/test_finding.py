"""`leads`, `explain` and `demo` as a person types them."""

import csv
import io
import json
import os
import re
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.test_workspace import flow_file

from entrepot.cli import VERBS, main
from entrepot.records.leads import LEAD
from entrepot.signals.checkgroups import HEADINGS, KINDS


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def test_leads_as_json_lines_follow_the_contract() -> None:
    result = run("leads", "--format", "jsonl", "--limit", "5", "--hub", "Kyrgyzstan,AM")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(row) for row in rows] == [[*LEAD, "because"]] * 5
    for row in rows:
        assert all(law["article"] and law["valid_from"] >= "2022-02-26" for law in row["because"])
        assert row["because"]
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
    (lead,) = [
        json.loads(line)
        for line in run("leads", "--hub", "KG", "--format", "jsonl").stdout.splitlines()
        if '"8542"' in line
    ]
    text = run("explain", lead["lead_id"]).stdout
    for part in ("Kyrgyzstan x 8542", "Consistent with rerouting", "Restricted by",
                 "Size and chance", "Innocent explanations", "Could not be tested",
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
        (["leads", "--coalition", "USA"], "no exports of USA"),
        (["explain", "lea_nothing"], "expected lea_ and twelve signs"),
        (["explain", "lea_000000000000"], "not among the"),
        (["leads", "--currency", "USD"], "has a value in USD"),
        (["leads", "--level", "8"], "no codes of 8 digits"),
        # On that day November 2021 was the last month out, so no later rule counts.
        (["leads", "--as-of", "2022-02-10", "--target", "BY"], "is restricted to Belarus by 2021"),
        (["leads", "--out", ""], "empty name"),
        (["leads", "--as-of", "2019-01-01"], "none of these figures was out by 2019-01-01"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    (line,) = [one for one in result.stderr.splitlines() if one.startswith("error:")]
    assert sentence in line
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


def test_demo_says_what_was_out_by_a_day(tmp_path: Path) -> None:
    result = run("demo", "--as-of", "2022-08-26", "--out", str(tmp_path), "--format", "jsonl")
    assert "As of 2022-08-26: figures to 2022-06 are used" in result.stderr
    assert "Approximate" in result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["period_to"] for row in rows} == {"2022-06"}


def test_demo_cannot_write_is_told(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    result = run("demo", "--out", str(blocker / "r"))
    assert result.exit_code == 1
    assert "cannot write" in result.stderr


def test_every_command_has_help_with_an_example() -> None:
    for name in VERBS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        result = run(name, "--help")
        assert result.exit_code == 0
        if not isinstance(command, click.Group):
            assert f"entrepot {name}" in result.stdout, name
        assert command.help


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands note their runs in .entrepot of the folder they are called in."""
    monkeypatch.chdir(tmp_path)


def test_explain_as_data_holds_tests_sellers_and_rows() -> None:
    first = json.loads(run("leads", "--format", "jsonl", "--limit", "1").stdout)
    told = json.loads(run("explain", first["lead_id"], "--format", "json").stdout)[0]
    assert {name: told[name] for name in first} == first
    assert len(told["checks"]) == len(KINDS)
    assert {check["group"] for check in told["checks"]} == set(HEADINGS)
    for nothing in ("level_gaps", "second_hub", "onward", "onward_low", "arrived"):
        assert told[nothing] is None
    assert told["expected"] == pytest.approx(told[f"expected_{told['expected_by']}"], abs=0.01)
    assert told["reporters"][0]["reporter"] == "DEU"
    assert sum(row["value"] for row in told["rows"]) == pytest.approx(first["actual"])


def test_explain_to_a_file_is_the_note(tmp_path: Path) -> None:
    first = json.loads(run("leads", "--format", "jsonl", "--limit", "1").stdout)
    run("explain", first["lead_id"], "--out", "note.txt")
    assert "Published rows behind it" in (tmp_path / "note.txt").read_text(encoding="utf-8")


def test_runs_of_other_options_are_recalled_though_nothing_was_imported() -> None:
    asked = ["leads", "--level", "6", "--hub", "KG", "--fdr", "0.2", "--format", "jsonl"]
    lead = json.loads(run(*asked).stdout.splitlines()[0])
    assert run("explain", lead["lead_id"]).exit_code == 0


def test_out_never_destroys_an_input(tmp_path: Path) -> None:
    flows = flow_file(tmp_path / "in.csv")
    before = flows.read_bytes()
    result = run("leads", str(flows), "--format", "csv", "--out", str(flows))
    assert result.exit_code == 1
    assert "is one of the inputs" in result.stderr
    assert flows.read_bytes() == before
    asked = run("leads", str(flows), "--all", "--format", "jsonl", "--hub", "KG").stdout
    lead = next(json.loads(x) for x in asked.splitlines() if '"8542"' in x)
    for written in ("json", "table"):
        told = run("explain", lead["lead_id"], str(flows), "--format", written, "--out", str(flows))
        assert told.exit_code == 1
        assert flows.read_bytes() == before


def test_out_follows_a_link_keeps_the_mode_and_writes_into_a_pipe(tmp_path: Path) -> None:
    target = tmp_path / "real.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    (tmp_path / "link.csv").symlink_to(target)
    run("leads", "--limit", "1", "--format", "csv", "--out", "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert target.read_text(encoding="utf-8").startswith("lead_id,")
    assert target.stat().st_mode & 0o777 == 0o600
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    run("leads", "--limit", "1", "--format", "csv", "--out", "pipe")
    reader.join(timeout=30)
    assert pipe.is_fifo()
    assert received[0].startswith("lead_id,")


def test_a_workspace_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("in the way", encoding="utf-8")
    result = run("leads", "--limit", "1", "--workspace", str(tmp_path))
    assert result.exit_code == 0
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize(("width", "columns"), [(120, 8), (85, 6), (60, 5)])
def test_a_table_fits_the_screen(width: int, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrepot.cli.common.PIPE_WIDTH", width)
    lines = run("leads", "--limit", "3").stdout.splitlines()
    shown = [line for line in lines if "lea_" in line]
    assert len(shown) == 3
    assert all(re.search(r"lea_[0-9a-f]{12}", line) for line in shown)
    assert max(len(line) for line in lines) <= width
    header = next(line for line in lines if "rank" in line)
    assert len(re.split(r"  +", header.strip())) <= columns


def test_what_the_figures_do_not_allow_is_said(tmp_path: Path) -> None:
    small = flow_file(tmp_path / "small.csv")
    said = run("leads", str(small)).stderr
    assert "own growth is not allowed for" in said
    alone = tmp_path / "alone.csv"
    lines = small.read_text(encoding="utf-8").splitlines()
    alone.write_text("\n".join(x for x in lines if ",RU," not in x) + "\n", encoding="utf-8")
    assert "No direct exports to Russia" in run("leads", str(alone)).stderr
    assert "No exports of USA" in run("leads", "--coalition", "EU,USA", "--limit", "1").stderr
