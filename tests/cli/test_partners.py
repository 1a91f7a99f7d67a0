"""The command `partners`, as a person types it."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.test_rules import HEAD, own_folder

from entrepot.cli import main
from entrepot.cli.partnerrows import COLUMNS, HISTORY_COLUMNS

__all__ = ["own_folder"]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["partners", *words], catch_exceptions=False)


@pytest.fixture
def flows(tmp_path: Path) -> str:
    """Sales to Belarus by year: Germany 60 of cars and 40 of meat, then 30; China 50, then 90."""
    lines = ["DE,BY,X,870323,2020,60", "DE,BY,X,0201,2020,40", "DE,BY,X,0201,2022,30",
             "CN,BY,X,870323,2020,50", "CN,BY,X,870323,2022,90", "DE,KZ,X,0201,2021,1"]  # fmt: skip
    path = tmp_path / "flows.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


ASKED = ("--on", "2023-02-01", "--base", "2020")


def test_the_shipped_figures_say_who_is_first_and_what_they_lack() -> None:
    """The Netherlands had not reported November 2022 yet, so eleven months are compared."""
    result = run("RUS", "--on", "2022-12-01")
    assert result.exit_code == 0
    assert (
        "Largest partner in these figures in 2021-12 to 2022-10: Germany (29 %); it was Germany in "
        "2021 (without 2021-11) (32 %)."
    ) in result.stderr
    assert "missing reports: NLD 2022-11" in result.stderr
    assert "not of all trade" in result.stderr
    assert "They lack: partners other than" in result.stderr
    assert "mirror, FOB" in result.stdout
    assert "(1)" in result.stdout  # the EU as one partner, beside its members


def test_a_file_of_ones_own_as_data(flows: str) -> None:
    found = json.loads(run("Belarus", flows, *ASKED, "--format", "json").stdout)
    assert (found["country"], found["value"], found["base_value"]) == ("BLR", 120.0, 150.0)
    assert found["largest_partner"]["partner"] == "CHN"
    assert found["base_largest_partner"]["partner"] == "DEU"
    china, germany = found["partners"]
    assert tuple(china) == COLUMNS
    assert (china["rank"], china["base_rank"], china["change"], china["share"]) == (
        1,
        2,
        40.0,
        0.75,
    )
    assert china["under_low"] is None
    assert (germany["value"], germany["change_share"], germany["regime"]) == (30.0, -0.7, "EU")
    assert found["sentences"][0].startswith("New first partner.")


def test_lines_and_csv_hold_the_same_rows(flows: str) -> None:
    lines = run("BY", flows, *ASKED, "--format", "jsonl").stdout.splitlines()
    table = list(csv.DictReader(io.StringIO(run("BY", flows, *ASKED, "--format", "csv").stdout)))
    assert [json.loads(line)["partner"] for line in lines] == ["CHN", "DEU"]
    assert [one["partner"] for one in table] == ["CHN", "DEU"]
    assert tuple(table[0]) == COLUMNS


def test_history_is_tidy_as_data_and_one_line_a_partner_as_a_table(flows: str) -> None:
    words = ("BY", flows, *ASKED, "--history")
    rows = [json.loads(line) for line in run(*words, "--format", "jsonl").stdout.splitlines()]
    assert tuple(rows[0]) == HISTORY_COLUMNS
    assert [(one["partner"], one["period"], one["value"]) for one in rows] == [
        ("DEU", "2020", 100.0), ("CHN", "2020", 50.0), ("CHN", "2022", 90.0), ("DEU", "2022", 30.0),
    ]  # fmt: skip
    assert "█" in run(*words).stdout


def test_the_eu_in_place_of_its_members() -> None:
    shown = run("RUS", "--on", "2022-12-01", "--group", "EU").stdout
    assert "EU (as one)" in shown
    assert "Germany" not in shown
    assert "Germany" in run("RUS", "--on", "2022-12-01", "--group", "eu", "--members").stdout


def test_out_writes_the_data_and_not_the_words(flows: str, tmp_path: Path) -> None:
    target = tmp_path / "partners.csv"
    result = run("BY", flows, *ASKED, "--format", "csv", "--out", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(target.read_text("utf-8").splitlines()) == 3


REFUSED = [
    ("EU", "a group of countries"),
    ("Rusia", "Did you mean Russia"),
    ("CHN", "no trade of China"),
    ("RUS --base 1999", "a year within these figures: 2020 to 2022"),
    ("RUS --on 2019-01-01", "Choose a --on from 2020-02-01 to 2022-12-01"),
    ("RUS --on 2031-01-01", "Choose a --on from 2020-02-01 to 2022-12-01"),
    ("RUS --flow exports", "hold no exports"),
    ("RUS --members", "--group EU"),
    ("RUS --by quarter", "--history"),
    ("RUS --currency USD", "none of these figures has a value in USD"),
    ("RUS --on 2022-12-01 --as-of 2022-06-01", "a day that had come by then"),
]


@pytest.mark.parametrize(("asked", "message"), REFUSED)
def test_what_cannot_be_answered_is_refused_in_one_sentence(asked: str, message: str) -> None:
    result = run(*asked.split())
    assert result.exit_code == 1
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize("asked", ["RUS --on soon", "RUS --flow sideways", "", "RUS --group CIS"])
def test_what_is_not_well_formed_is_a_fault_of_use(asked: str) -> None:
    assert run(*asked.split()).exit_code == 2
