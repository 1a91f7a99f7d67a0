"""`entrepot import` and `entrepot sources`."""

import csv
import json

import click
import pytest
from click.testing import CliRunner

from entrepot.cli.common import Group
from entrepot.cli.importing import commands

HEAD = "reporter,partner,flow,commodity_code,period,value_eur\n"
GOOD = "DE,KG,X,88073000,2022-08,10.50\n"
BAD = "DE,KG,X,1012100,2022-08,5\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    group = Group("entrepot", commands=list(commands))
    assert isinstance(group, click.Group)
    return lambda *words: CliRunner().invoke(group, [str(word) for word in words])


@pytest.fixture
def figures(tmp_path):
    (tmp_path / "good.csv").write_text(HEAD + GOOD)
    (tmp_path / "mixed.csv").write_text(HEAD + GOOD + BAD)
    (tmp_path / "broken.csv").write_text("a,b\n1,2\n")
    (tmp_path / "noflow.csv").write_text(
        "reporter,partner,code,period,value_eur\nDE,KG,01,2022,5\n"
    )


def test_a_file_is_imported_and_listed(run, figures):
    done = run("import", "mixed.csv", "--licence", "CC0", "--format", "jsonl")
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["outcome"], r["count"]) for r in rows] == [
        ("kept", 1),
        ("refused: wrong code length", 1),
    ]
    assert "kept 1 of 2 rows, 1 refused" in done.stderr
    assert "mixed.csv, line 3: got '1012100', expected 2, 4, 6, 8 or 10 digits" in done.stderr
    listed = json.loads(run("sources", "--format", "json").stdout)
    [imported] = [row for row in listed if row["kind"] == "import"]
    assert (imported["name"], imported["rows"], imported["refused"]) == ("mixed.csv", 1, 1)
    assert imported["licence"] == "CC0"
    assert sum(row["kind"] == "format" for row in listed) >= 4


def test_again_changes_nothing(run, figures):
    run("import", "good.csv")
    assert "already imported, nothing changed" in run("import", "good.csv").stderr


def test_a_refused_file_does_not_stop_the_others(run, figures):
    done = run("import", "broken.csv", "good.csv", "absent.csv")
    assert done.exit_code == 1
    assert "refused: broken.csv: got columns a, b; missing reporter" in done.stderr
    assert "absent.csv: the file does not exist" in done.stderr
    assert "good.csv: kept 1 of 1 rows" in done.stderr


def test_strict_ends_with_one_when_a_row_is_refused(run, figures):
    assert run("import", "--strict", "good.csv").exit_code == 0
    assert run("import", "--strict", "mixed.csv").exit_code == 1


def test_a_file_without_flow(run, figures):
    done = run("import", "noflow.csv")
    assert done.exit_code == 1
    assert "--flow X" in done.stderr
    assert run("import", "noflow.csv", "--flow", "export").exit_code == 0
    assert run("import", "noflow.csv", "--flow", "up").exit_code == 2


def test_a_dry_run_stores_nothing(run, figures, tmp_path):
    assert "would keep 1 of 1 rows" in run("import", "--dry-run", "good.csv").stderr
    assert not (tmp_path / ".entrepot").exists()
    assert "nothing is imported" in run("sources").stderr


def test_tables_and_files(run, figures, tmp_path):
    assert "kept" in run("import", "good.csv").stdout
    assert "good.csv" in run("sources").stdout
    assert run("sources", "--format", "csv", "--out", "s.csv").exit_code == 0
    with (tmp_path / "s.csv").open() as stream:
        assert [row["kind"] for row in csv.DictReader(stream)][-1] == "import"


def test_out_never_destroys_a_file_that_is_imported(run, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(HEAD + GOOD, encoding="utf-8")
    result = run("import", file, "--out", file)
    assert result.exit_code == 1
    assert "is one of the inputs" in result.stderr
    assert file.read_text(encoding="utf-8") == HEAD + GOOD


def imported(run) -> dict[str, object]:
    listed = json.loads(run("sources", "--format", "json").stdout)
    [row] = [row for row in listed if row["kind"] == "import"]
    return row


def test_the_day_of_publication_is_kept_and_shown(run, figures):
    done = run("import", "good.csv", "--published", "2022-10-20", "--publisher", "Eurostat")
    assert "published 2022-10-20, as the user says" in done.stderr
    assert (imported(run)["published_on"], imported(run)["published_by"]) == (
        "2022-10-20",
        "Eurostat",
    )
    assert "2022-10-20" in run("sources").stdout


def test_without_it_the_day_is_not_known_and_can_be_said_later(run, figures):
    run("import", "good.csv")
    assert imported(run)["published_on"] is None
    assert imported(run)["published_by"] is None
    done = run("import", "good.csv", "--published", "2022-10-20")
    assert "already imported, not read again; published 2022-10-20" in done.stderr
    assert imported(run)["published_on"] == "2022-10-20"
    run("import", "good.csv", "--publisher", "UN Comtrade")
    row = imported(run)
    assert (row["published_on"], row["published_by"]) == ("2022-10-20", "UN Comtrade")


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--published", "soon"], 2, "got 'soon' as day of publication, expected a day such as"),
        (["--published", "2199-01-01"], 2, "it is still to come"),
        (["--publisher", "somebody"], 2, "'somebody' is not one of"),
        (
            ["--published", "2022-08-31"],
            1,
            "got 2022-08-31 as day of publication, expected 2022-09-01 or later: its figures go "
            "to 2022-08",
        ),
    ],
)
def test_a_wrong_day_of_publication_stores_nothing(run, figures, options, code, sentence):
    done = run("import", "good.csv", *options)
    assert done.exit_code == code
    told = " ".join(done.stderr.replace("│", " ").split())
    assert sentence in told
    assert all(
        row["kind"] == "format" for row in json.loads(run("sources", "--format", "json").stdout)
    )


def test_a_dry_run_tells_a_wrong_day_too(run, figures):
    assert run("import", "--dry-run", "good.csv", "--published", "2022-08-31").exit_code == 1
    done = run("import", "--dry-run", "good.csv", "--published", "2022-09-01")
    assert "would keep 1 of 1 rows" in done.stderr
    assert "published 2022-09-01, as the user says" in done.stderr
