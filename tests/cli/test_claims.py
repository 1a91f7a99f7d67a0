"""`entrepot claims` and `entrepot casebook`, as a person uses them."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from tests.casebook.world import BOUGHT, PASSED, REPORT, ticking

from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.records.evidence import CLAIM

ID = BOUGHT.claim_id


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "casebook.sqlite"
    with Casebook.open(path, ticking()) as book:
        book.keep(REPORT, [BOUGHT, PASSED], by="reader")
    return path


def run(place: object, *arguments: str, **environment: str) -> Result:
    kept = {"ENTREPOT_CASEBOOK": str(place), "ENTREPOT_USER": ""} | environment
    return CliRunner(env=kept).invoke(main, list(arguments), catch_exceptions=False)


def rows(place: object, *arguments: str) -> Any:
    done = run(place, *arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_claims_are_listed_with_all_their_columns(place: Path) -> None:
    found = rows(place, "claims", "list")
    assert found[0] == BOUGHT.row() | {"state": "proposed", "decided_by": []}
    assert list(found[0]) == [*CLAIM, "state", "decided_by"]
    table = run(place, "claims", "list").stdout
    assert ID in table
    assert "Armenia bought 1,500 lorries from Germany in May." in table
    written = list(
        csv.DictReader(io.StringIO(run(place, "claims", "list", "--format", "csv").stdout))
    )
    assert written[0]["goods_codes"] == "8704"
    lines = run(place, "claims", "list", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["claim_id"] for line in lines] == [ID, PASSED.claim_id]


def test_claims_are_found_by_state_type_and_report(place: Path) -> None:
    run(place, "claims", "confirm", ID, "--by", "kk")
    assert [one["claim_id"] for one in rows(place, "claims", "list", "--state", "confirmed")] == [
        ID
    ]
    other = rows(place, "claims", "list", "--type", "transfer")
    assert [one["claim_id"] for one in other] == [PASSED.claim_id]
    assert len(rows(place, "claims", "list", "--report", REPORT.report_id)) == 2
    none = run(place, "claims", "list", "--state", "rejected")
    assert "no claim fits" in none.stderr
    unknown = run(place, "claims", "list", "--report", "rep_x")
    assert unknown.exit_code == 1
    assert "got report rep_x, which is not in the casebook" in unknown.stderr


def test_an_edit_shows_each_column_before_and_after(place: Path) -> None:
    arguments = (
        "claims",
        "edit",
        ID,
        "--set",
        "origin=Latvia",
        "--set",
        "quantity=20",
        "--by",
        "kk",
    )
    assert rows(place, *arguments) == [
        {"column": "origin", "before": "DEU", "after": "LVA"},
        {"column": "quantity", "before": 1500.0, "after": 20.0},
    ]
    shown = run(place, "claims", "show", ID).stdout
    assert f"{ID}  edited" in shown
    assert "origin        LVA" in shown
    assert "from “Germany”" not in shown
    done = run(place, "claims", "edit", ID, "--set", "unit=trucks", "--by", "kk")
    assert "was edited, is edited" in done.stderr


def test_show_has_parts_history_evidence_grades_and_standings(place: Path) -> None:
    run(place, "claims", "reject", ID, "--by", "kk", "--because", "a [headline]")
    run(place, "claims", "confirm", ID, "--by", "mm")
    with Casebook.open(place, ticking()) as book:
        item = book.add_evidence(ID, "against", by="kk", reference="register 7", note="none found")
        gone = book.add_evidence(ID, "for", by="kk", reference="a post")
        book.withdraw(gone.evidence_id, by="mm", because="deleted")
        book.grade("source", "a press digest", by="kk", reliability="B", because="careful")
        book.grade("source", "of something else", by="kk", reliability="E")
        book.note_standing(ID, "contested", {"roots": 2}, by="kk")
    shown = run(place, "claims", "show", ID).stdout
    for said in (
        "disputed", "“Armenia bought 1,500 lorries from Germany in May.”", "from “1,500”",
        "reject: a [headline]", "mm (dec_", "no claim at all", "as read",
        "against  register 7, observer not known. none found", "withdrawn by mm: deleted",
        "source a press digest: reliability B, credibility –", "contested  (noted by kk)",
    ):  # fmt: skip
        assert said in shown
    assert "something else" not in shown
    found = rows(place, "claims", "show", ID)
    assert found["state"] == "disputed"
    assert [one["decision"] for one in found["decisions"]] == ["reject", "confirm"]
    assert found["evidence"][0]["evidence_id"] == item.evidence_id
    assert [one["withdrawn_by"] for one in found["evidence"]] == [None, "mm"]
    assert found["standings"][0]["inputs"] == {"roots": 2}


def test_undo_takes_back_and_only_what_is_ones_own(place: Path) -> None:
    run(place, "claims", "confirm", ID, PASSED.claim_id, "--by", "kk")
    found = rows(place, "claims", "show", ID)["decisions"][0]["decision_id"]
    refused = run(place, "claims", "undo", found, "--by", "mm")
    assert refused.exit_code == 1
    assert "can take back only their own" in refused.stderr
    assert run(place, "claims", "undo", found, "--by", "kk").exit_code == 0
    assert [one["state"] for one in rows(place, "claims", "list")] == ["proposed", "confirmed"]


def test_who_decides_may_stand_in_the_environment_and_is_never_guessed(place: Path) -> None:
    nobody = run(place, "claims", "confirm", ID, USER="root")
    assert (nobody.exit_code, "nobody who says so" in nobody.stderr) == (1, True)
    assert run(place, "claims", "confirm", ID, ENTREPOT_USER="kk").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "clm_x"], 1, "got claim 'clm_x', which is not in the casebook"),
        (["edit", ID, "--set", "origin"], 2, "expected COLUMN=VALUE"),
        (["edit", ID, "--set", "unit=a", "--set", "unit=b"], 2, "got unit twice"),
        (["edit", ID], 2, "Missing option '--set'"),
        (["edit", ID, "--set", "colour=red"], 1, "got column 'colour', expected one of span, type"),
        (["edit", ID, "--set", "date_from=May"], 1, "expected a day such as 2022-08-26"),
        (["edit", ID, "--set", "quantity=many"], 1, "expected a number"),
        (["reject", ID], 2, "Missing option '--because'"),
        (["confirm", ID, "clm_x"], 1, "'clm_x'"),
        (["confirm", ID, "clm_x", "--version", "rea_x"], 1, "expected one claim"),
        (["undo", "x"], 1, "no entry that can be taken back"),
        (["list", "--state", "wrong"], 2, "is not one of"),
    ],
)
def test_wrong_input_is_one_sentence(
    place: Path, arguments: list[str], code: int, said: str
) -> None:
    by = [] if arguments[0] in ("show", "list") else ["--by", "kk"]
    before = rows(place, "casebook", "show")["head"]
    done = run(place, "claims", *arguments, *by)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr.replace("\n", " ")
    assert rows(place, "casebook", "show")["head"] == before


def test_an_output_file_never_replaces_the_casebook(place: Path) -> None:
    before = place.read_bytes()
    for verb in (["claims", "list"], ["casebook", "export"], ["casebook", "audit"]):
        done = run(place, *verb, "--out", str(place))
        assert done.exit_code == 1
        assert "one of the inputs" in done.stderr
    assert place.read_bytes() == before


def test_the_audit_says_who_did_what_when(place: Path) -> None:
    run(place, "claims", "confirm", ID, "--by", "kk", "--because", "read it twice")
    found = rows(place, "casebook", "audit", "--object", ID)
    assert [(one["by"], one["action"], one["kind"]) for one in found] == [
        ("reader", "add", "reading"), ("kk", "confirm", "decision"),
    ]  # fmt: skip
    assert [one["seq"] for one in rows(place, "casebook", "audit", "--who", "kk")] == [6]
    assert len(rows(place, "casebook", "audit", "--since", "2026-03-02")) == 1  # the clock's day
    assert "confirm" in run(place, "casebook", "audit").stdout


def test_show_counts_what_is_there(place: Path) -> None:
    found = rows(place, "casebook", "show")
    assert found["entries"] == 5
    assert found["kinds"]["reading"] == 2
    assert found["claims"]["proposed"] == 2
    table = run(place, "casebook", "show").stdout
    assert "2 proposed" in table
    assert str(place.name) in table


def test_check_says_whole_or_names_the_first_difference(place: Path) -> None:
    whole = run(place, "casebook", "check")
    assert (whole.exit_code, "whole: 5 entries" in whole.stderr) == (0, True)
    head = rows(place, "casebook", "check")["head"]
    run(place, "claims", "confirm", ID, "--by", "kk")
    later = run(place, "casebook", "check", "--head", head)
    assert "that of entry 5; 1 came after it" in later.stderr
    wrong = run(place, "casebook", "check", "--head", "0" * 64)
    assert (wrong.exit_code, "is not in the chain" in wrong.stderr) == (1, True)
    with closing(sqlite3.connect(place)) as raw, raw:
        raw.execute("DROP TRIGGER claim_decisions_not_changed")
        raw.execute("UPDATE claim_decisions SET because = 'something else'")
    broken = run(place, "casebook", "check", "--format", "json")
    assert broken.exit_code == 1
    assert "entry 6 (decision clm_" in broken.stderr
    assert len(json.loads(broken.stdout)["differences"]) == 2  # the entry, and the guard


def test_export_writes_every_entry(place: Path, tmp_path: Path) -> None:
    done = run(place, "casebook", "export")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4, 5]
    assert lines[1]["entry"]["text"] == REPORT.text
    out = tmp_path / "all.jsonl"
    assert run(place, "casebook", "export", "--out", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8") == done.stdout


def test_a_newcomer_is_told_what_to_do(tmp_path: Path) -> None:
    workspace = tmp_path / "new"
    done = run("", "claims", "list", "--workspace", str(workspace))
    assert done.exit_code == 1
    assert "there is no casebook at" in done.stderr
    assert "entrepot casebook upgrade" in done.stderr
    assert not workspace.exists()
    made = run("", "casebook", "upgrade", "--workspace", str(workspace))
    assert made.exit_code == 0
    assert (workspace / "casebook.sqlite").exists()
    again = run("", "casebook", "upgrade", "--workspace", str(workspace), "--format", "json")
    assert json.loads(again.stdout)["copy"] is None
    assert run("", "claims", "list", "--workspace", str(workspace)).exit_code == 0


def test_a_password_is_never_printed() -> None:
    place = "postgresql://owner:s3cret@127.0.0.1:1/cases"
    done = run(place, "claims", "list")
    assert done.exit_code == 1
    assert "postgresql://owner@127.0.0.1:1/cases cannot be reached" in done.stderr
    assert "s3cret" not in done.output + run(place, "casebook", "--help").output


def test_the_commands_load_no_table_engine() -> None:
    """So that `entrepot claims` answers at once."""
    code = (
        "import sys, entrepot.cli.claims, entrepot.cli.casebook; "
        "print([m for m in ('ibis', 'duckdb', 'pandas', 'altair', 'alembic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_origin_that_is_no_country_is_said(place: Path) -> None:
    wrong = run(place, "claims", "edit", ID, "--set", "origin=Turkei", "--by", "kk")
    assert "origin is kept as 'Turkei', which is no country" in " ".join(wrong.stderr.split())
    right = run(place, "claims", "edit", ID, "--set", "origin=Turkey", "--by", "kk")
    assert "no country" not in right.stderr


@pytest.mark.parametrize("unknown", ["clm_000000000000", "rep_000000000000"])
def test_what_is_not_there_gets_no_grade(place: Path, unknown: str) -> None:
    done = run(place, "grade", unknown, "B2", "--by", "kk")
    assert done.exit_code == 1
    assert unknown in done.stderr
    assert "is graded" not in done.stderr
    assert run(place, "grade", ID, "3", "--by", "kk").exit_code == 0


@pytest.mark.parametrize("group", ["tip", "claims", "casebook", "evidence"])
def test_every_command_of_the_casebook_has_an_example(group: str) -> None:
    def without(name: str, command: click.Command) -> list[str]:
        inner = command.commands.items() if isinstance(command, click.Group) else ()
        own = [] if "Example" in (command.epilog or "") else [name]
        return own + [one for key, sub in inner for one in without(f"{name} {key}", sub)]

    found = main.get_command(click.Context(main), group)
    assert found is not None
    assert without(group, found) == []
