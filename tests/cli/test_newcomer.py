"""What a newcomer runs into: where a file goes, whose figures a lead is from, and every refusal."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.test_workspace import HEADER, MONTHS, flow_file

from entrepot.cli import main
from entrepot.cli.days import parse_day
from entrepot.cli.rulemoney import amount
from entrepot.measures.exposure import Range


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def said(result: Result) -> str:
    return " ".join(result.stderr.split())


def circuits(*words: str) -> str:
    """The id of integrated circuits in Kyrgyzstan, as a run gives it."""
    rows = run("leads", *words, "--all", "--format", "jsonl").stdout.splitlines()
    return next(row["lead_id"] for row in map(json.loads, rows) if row["commodity_code"] == "8542")


def test_a_file_that_is_looked_at_is_said_to_be_imported_and_where(tmp_path: Path) -> None:
    flow_file(tmp_path / "mine.csv")
    first, again = said(run("leads", "mine.csv")), said(run("leads", "mine.csv"))
    # 36 months of 1 sale to Russia, and of 1 + 17 to Kyrgyzstan
    assert re.search(r"mine\.csv: imported into \.entrepot as file [0-9a-f]{12}, 684 rows", first)
    file_id = re.search(r"entrepot sources --forget ([0-9a-f]{12})", first)
    assert file_id
    assert f"mine.csv: read before, as file {file_id[1]} in .entrepot" in again
    assert "imported into" not in again
    assert run("sources", "--forget", file_id[1]).exit_code == 0


def test_one_id_in_two_files_is_told_with_its_figures(tmp_path: Path) -> None:
    """Exports of 90,000 a month after in the first file and 180,000 in the second, ten months."""
    for scale in (1, 2):
        flow_file(tmp_path / f"f{scale}.csv", scale=scale)
    lead_id = circuits("f1.csv")
    assert circuits("f2.csv") == lead_id
    told = run("explain", lead_id)
    assert re.search(r"Figures: f2\.csv, file [0-9a-f]{12}\. Periods used: 2020-01 to 2022-12\.",
                     " ".join(told.stdout.split()))  # fmt: skip
    assert "EUR 1.80 m" in told.stdout
    assert "The same id stands for f1.csv too" in said(told)
    assert f"entrepot explain {lead_id} f1.csv" in said(told)
    other = run("explain", lead_id, "f1.csv", "--format", "json")
    (data,) = json.loads(other.stdout)
    assert (data["source"]["files"][0]["name"], data["actual"]) == ("f1.csv", 900_000.0)
    assert data["source"]["as_of"] is None


def test_an_id_of_other_figures_is_not_found_and_where_it_is_stands_in_the_hint(
    tmp_path: Path,
) -> None:
    flow_file(tmp_path / "long.csv")
    flow_file(tmp_path / "short.csv", months=MONTHS[:-2])
    lead_id = circuits("long.csv")
    result = run("explain", lead_id, "short.csv")
    assert result.exit_code == 1
    assert f"lead {lead_id} is not in short.csv with these options" in said(result)
    assert "it was in a run on long.csv" in said(result)
    assert f"hint: For that one: entrepot explain {lead_id} long.csv" in said(result)
    later = circuits("long.csv", "--since", "2022-06")
    result = run("explain", later, "long.csv")
    assert f"entrepot explain {later} long.csv --since 2022-06" in said(result)


def test_a_lead_as_of_a_day_says_so() -> None:
    """2022-12-31: a month of Eurostat counts as published after 50 days, so October is the last."""
    asked = ["leads", "--as-of", "2022-12-31", "--limit", "1", "--format", "jsonl"]
    listed = run(*asked)
    told = " ".join(run("explain", json.loads(listed.stdout)["lead_id"]).stdout.split())
    assert "ships with Entrepot" in told
    assert "2020-01 to 2022-10, as of 2022-12-31, approximate" in told
    # Kyrgyzstan bought 7207 and 7301 in November only; 14 free goods are left, 15 are needed.
    assert "Kyrgyzstan (14 for some days of a ban)" in said(listed)
    assert "As of 2022-12-31 the figures end in 2022-10" in said(listed)
    assert "restricted from 2022-10-07: 0 months since, 4 needed" in said(listed)


def test_too_recent_says_how_many_months_are_there_and_needed(tmp_path: Path) -> None:
    """Of the months from October on three are in the figures."""
    flow_file(tmp_path / "mine.csv")
    result = run("leads", "mine.csv", "--since", "2022-10", "--all")
    assert "3 months since, 4 needed" in result.stdout
    assert "counting whole periods from 2022-10 on: restricted from 2022-02-26: 3 months" in said(
        result
    )


def test_one_of_a_kind_is_said_in_the_singular(tmp_path: Path) -> None:
    rows = [f"DE,{who},X,8542,{month},{value}" for month in MONTHS
            for who, value in (("RU", 900), ("KG", 100))]  # fmt: skip
    (tmp_path / "one.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    assert "0 leads among 1 hub x goods pair." in said(run("leads", "one.csv"))


def test_two_ends_that_print_alike_are_one() -> None:
    assert amount(Range(1_000_000.0, 1_000_100.0), "EUR") == "EUR 1.00 m"
    assert amount(Range(1_000_000.0, 1_100_000.0), "EUR") == "EUR 1.00 m to 1.10 m"


ROLES = "The target is the country under measures, a hub a third country"
EVERY_HUB = "Without --hub every third country in the figures is looked at."


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["leads", "--hub", "RUS"], ROLES),
        (["leads", "--hub", "DEU"], ROLES),
        (["legs", "--hub", "RUS"], ROLES),
        (["leads", "--target", "DEU"], ROLES),
        (["leads", "--hub", ","], ROLES),
        (["leads", "--hub", "CHN"], EVERY_HUB),
        (["leads", "--currency", "USD"], "Without --currency the figures' own is taken."),
        (["legs", "--currency", "USD"], "Without --currency the figures' own is taken."),
        (["leads", "empty.csv"], "entrepot sources lists the files that are read."),
        (["import", "empty.csv"], "entrepot sources lists the files that are read."),
        (["demo", "--as-of", "2019-01-01"], "A month of Eurostat counts as published 50 days"),
        (["partners", "RUS", "--base", "2030"], "Choose one with --base"),
        (["partners", "RUS", "--by", "year"], "Add --history"),
        (["partners", "RUS", "--on", "2023-01-01", "--as-of", "2022-01-01"], "an earlier --on"),
        (["rules", "gap", "BLR", "BLR"], "First the hub"),
        (["rules", "gap", "BLR", "RUS", "--regime", "XX"], "Several by comma"),
        (["rules", "gap", "BLR", "RUS", "--out", "x", "--html", "x"], "another place"),
        (["rules", "changes", "--from", "2023-01-01", "--to", "2022-01-01"], "Swap them"),
        (["rules", "exposure", "BLR", "--as", "BLR"], "--as RUS"),
        (["rules", "exposure", "BLR", "--since", "2023-01-01", "--on", "2022-01-01"], "new ban"),
        (["rules", "ask", "EU", "RU", "85", "--on", "2022-01-01", "--as-of", "2023-01-01"], "one"),
        (["explain", "8542"], "Take it from the last column"),
    ],
)
def test_a_refusal_says_what_to_do_next(words: list[str], hint: str) -> None:
    Path("empty.csv").write_text(HEADER, encoding="utf-8")
    result = run(*words)
    assert result.exit_code == 1
    (told,) = [line for line in result.stderr.splitlines() if line.startswith("hint:")]
    assert hint in told


def test_a_comma_too_many_in_hub_is_passed_over() -> None:
    assert "got Türkiye as hub" in said(run("leads", "--hub", "TR,"))


def test_a_year_for_a_day_is_told_its_last_day() -> None:
    result = run("leads", "--as-of", "2019")
    assert result.exit_code == 2
    assert "for the end of 2019 write 2019-12-31" in said(result)
    assert "2024-02-29" in said(run("leads", "--as-of", "2024-02"))
    assert parse_day(None, None, None) is None  # type: ignore[arg-type]
    assert "for the end" not in said(run("leads", "--as-of", "soon"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--base", "2030"], "got --base 2030, expected a time with unit values of 2709"),
        (["--base", "2030:2031"], "got --base 2030 to 2031"),
        (["--since", "2030"], "got --since 2030, expected a time with unit values of 2709"),
        (["--hub", "KAZ"], "Without --hub every buyer is listed."),
    ],
)
def test_prices_outside_the_figures_are_refused(words: list[str], sentence: str) -> None:
    rows = ["reporter,partner,flow,commodity_code,period,value_eur,net_mass_kg"]
    rows += [f"IN,{who},M,270900,{month},1000,10" for month in MONTHS for who in ("RU", "SA")]
    Path("oil.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("prices", "2709", "oil.csv", "--from", "RUS", "--base", "2021").exit_code == 0
    result = run("prices", "2709", "oil.csv", "--from", "RUS", *words)
    assert result.exit_code == 1
    assert sentence in said(result)
    assert "hint:" in said(result)


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "entrepot", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "version" in done.stdout


def test_help_says_what_narrowing_does_to_q() -> None:
    assert "q then counts only its pairs" in " ".join(run("leads", "--help").stdout.split())
    assert "q then counts" not in run("legs", "--help").stdout
