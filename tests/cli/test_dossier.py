"""`entrepot dossier` as somebody types it."""

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.test_questions import CLAIMS, REPORT

from entrepot.casebook import cases
from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import read_dossier
from entrepot.sources import pocket


@pytest.fixture
def case_id(tmp_path: Path) -> str:
    with Casebook.open(tmp_path / "casebook.sqlite") as book:
        book.keep(REPORT, CLAIMS, by="reader")
        with book.writing("kk") as pen:
            made = cases.new(pen, "Parts (made up)").case_id
            cases.add(pen, made, [CLAIMS[1].claim_id])
    return made


def run(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["dossier", *words, "--workspace", str(tmp_path)])


def test_json_is_the_dossier_and_a_folder_holds_the_same(tmp_path: Path, case_id: str) -> None:
    out = tmp_path / "draft"
    made = run(tmp_path, case_id, "--as-of", "2022-11-30", "--out", str(out), "--format", "json")
    assert made.exit_code == 0, made.stderr
    assert (out / "dossier.json").read_text("utf-8") == made.stdout
    dossier = read_dossier(made.stdout.encode())
    assert (dossier.case_id, dossier.as_of, dossier.state) == (case_id, "2022-11-30", "draft")
    assert str(tmp_path) not in made.stdout
    assert "not signed: it is a draft" in made.stderr
    count = sum(one.is_file() for one in out.rglob("*"))
    assert f"wrote {count} files to" in " ".join(made.stderr.split())


def test_what_is_missing_is_told_and_is_data(tmp_path: Path, case_id: str) -> None:
    made = run(tmp_path, case_id, "--as-of", "2022-11-30", "--format", "jsonl")
    assert made.exit_code == 0, made.stderr
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    assert "reviews" in {one["rule"] for one in rows}
    assert f"entrepot review {case_id}" in made.stderr


def test_it_counts_what_review_counts_and_says_which_command_lists_it(
    tmp_path: Path, case_id: str
) -> None:
    with Casebook.open(tmp_path / "casebook.sqlite") as book, book.writing("kk") as pen:
        odd = cases.new(pen, "Parts by Ivan Petrov").case_id
        cases.add(pen, odd, [CLAIMS[1].claim_id])
    out, of_here = tmp_path / "a draft", ("--workspace", str(tmp_path))
    words = [odd, "--as-of", "2022-11-30", "--out", str(out), "--format", "jsonl"]
    before = run(tmp_path, *words)
    assert "Ivan Petrov" in before.stdout
    allow = ["review", odd, "--allow", "Ivan Petrov", "--because", "made up", "--by", "kk"]
    assert CliRunner().invoke(main, [*allow, *of_here]).exit_code == 0
    made = run(tmp_path, *words)
    assert "Ivan Petrov" not in made.stdout
    told = " ".join(made.stderr.split())
    count = len(made.stdout.splitlines())
    assert f"{count} fault{'s' * (count != 1)} before it may leave" in told
    printed = shlex.split(told.rsplit(": entrepot ", 1)[1])
    assert printed == ["review", odd, "--dossier", str(out)]
    listed = CliRunner().invoke(main, [*printed, *of_here, "--format", "jsonl"])
    assert listed.stdout == made.stdout


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [(["cas_000000000000", "--as-of", "2022-11-30"], 1, "not in the casebook"),
     (["CASE"], 2, "--as-of"),
     (["CASE", "--as-of", "2340-01-01"], 1, "got --as-of 2340-01-01, expected a day not after"),
     (["CASE", "--as-of", "yesterday"], 2, "yesterday"),
     (["CASE", "--as-of", "2022-11-30", "--out", "HERE"], 1, "holds the casebook")],
)  # fmt: skip
def test_wrong_words_get_one_sentence(
    tmp_path: Path, case_id: str, words: list[str], code: int, told: str
) -> None:
    real = {"CASE": case_id, "HERE": str(tmp_path)}
    made = run(tmp_path, *(real.get(one, one) for one in words))
    assert (made.exit_code, made.stdout) == (code, "")
    assert told in made.stderr


def test_a_lead_of_the_figures_that_ship_leads_back_to_their_rows(
    tmp_path: Path, case_id: str
) -> None:
    with Casebook.open(tmp_path / "casebook.sqlite") as book, book.writing("kk") as pen:
        cases.add(pen, case_id, ["lea_abd03c03a0d9"])
    made = run(tmp_path, case_id, "--as-of", "2023-01-21", "--format", "json")
    assert made.exit_code == 0, made.stderr
    dossier = read_dossier(made.stdout.encode())
    (rows,) = [c for c in dossier.citations if " published rows" in c.what and c.kind == "figures"]
    (numbers,) = [c for c in dossier.citations if c.what.startswith("Numbers of lead")]
    assert sum(row["value_eur"] for row in rows.rows) == numbers.rows[0]["actual"]
    assert rows.file_id == pocket.about().sha256
    assert {one.file_id for one in dossier.files} >= {rows.file_id}
