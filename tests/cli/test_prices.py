"""`prices` as a person types it; the page docs/prices.md is held to what the command says."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entrepot.cli import main

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "prices.md").read_text(encoding="utf-8")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["prices", *words], catch_exceptions=False)


def plain(text: str) -> list[str]:
    """Words without line breaks and rules, which the width of the page decides."""
    return text.split()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the made-up files of the page."""
    monkeypatch.chdir(tmp_path)
    for name, text in re.findall(r"`(\w+\.csv)`\n\n```csv\n(.*?)```", PAGE, re.DOTALL):
        Path(name).write_text(text, encoding="utf-8")


SHOWN = re.findall(r"```\n\$ entrepot prices (.*?)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "printed"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_page_shows_what_the_command_prints(command: str, printed: str) -> None:
    result = run(*command.split())
    said = result.stdout or result.stderr[result.stderr.index("error:") :]
    assert plain(said) == plain(printed)


def test_the_page_shows_what_standard_error_says() -> None:
    (said,) = re.findall(r"```\n(figures: oil.csv\n.*?)```", PAGE, re.DOTALL)
    assert plain(run("2709", "oil.csv", "--from", "RUS").stderr) == plain(said)
    assert len(SHOWN) == 3


def test_the_shipped_figures_end_with_one_sentence() -> None:
    result = run("2709", "--from", "RUS")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "has a mass or a quantity, so no unit value can be made" in result.stderr


def test_formats_hold_the_same_rows(tmp_path: Path) -> None:
    words = ("2709", "oil.csv", "--from", "Russia", "--hub", "IN,TR")
    rows = json.loads(run(*words, "--format", "json").stdout)
    lines = [json.loads(line) for line in run(*words, "--format", "jsonl").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))
    assert rows == lines
    assert [row["unit_value"] for row in table] == [str(row["unit_value"]) for row in rows]
    out = tmp_path / "deep" / "prices.csv"
    assert run(*words, "--format", "csv", "--out", str(out)).stdout == ""
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1 + len(rows)


def test_a_row_worked_by_hand() -> None:
    """India, March to July: 324,770 for 500,000 kg, which cost 404,000 at the prices of others."""
    rows = json.loads(run("2709", "oil.csv", "--from", "RUS", "--format", "json").stdout)
    (row,) = [
        one
        for one in rows
        if (one["counterpart"], one["against"], one["span"]) == ("IND", "other_sellers", "whole")
    ]
    assert (row["value"], row["quantity"], row["per"]) == (324_770.0, 500_000.0, "kg")
    assert (row["unit_value"], row["reference_unit_value"]) == (0.64954, 0.808)
    ends = (row["discount_pct"], row["discount_low_pct"], row["discount_high_pct"])
    assert ends == (21.0, 7.0, 26.0)
    assert (row["change_pct"], row["change_low_pct"], row["cells"]) == (-19.8, None, 5)


def test_a_mark_up_is_not_called_a_discount() -> None:
    row = json.loads(run("8542", "chips.csv", "--to", "KGZ", "--format", "json").stdout)[0]
    assert (row["mark_up_pct"], row["change_pct"], row["flow"]) == (100.0, 66.67, "X")
    assert "discount_pct" not in row


def test_a_bucket_that_is_the_whole_span_is_not_told_twice() -> None:
    words = ("2709", "oil.csv", "--from", "RUS", "--hub", "IN")
    assert "2022 " not in run(*words).stdout.replace("2022-", "")
    assert run(*words, "--by", "month").stdout.count("2022-05") == 2  # one a reference


def test_a_slip_of_three_digits_is_said() -> None:
    text = Path("oil.csv").read_text(encoding="utf-8")
    slip = text.replace("2022-05,60800,100000", "2022-05,60800,100")
    assert slip != text
    Path("oil.csv").write_text(slip, encoding="utf-8")
    said = run("2709", "oil.csv", "--from", "RUS").stderr
    assert "1 cells (4 %) are more than 100 times off the median of their line" in said


def test_rows_without_mass_and_buyers_without_rows_are_said() -> None:
    text = Path("oil.csv").read_text(encoding="utf-8")
    Path("oil.csv").write_text(text.replace("60800,100000", "60800,"), encoding="utf-8")
    said = run("2709", "oil.csv", "--from", "RUS", "--hub", "IN,CN").stderr
    assert "1 of 14 figures are left out" in said
    assert "No unit value of China." in said


def test_unit_values_without_a_reference() -> None:
    lines = Path("oil.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "Saudi" not in line and "Türkiye" not in line]
    Path("oil.csv").write_text("".join(kept), encoding="utf-8")
    result = run("2709", "oil.csv", "--from", "RUS", "--format", "json")
    row = json.loads(result.stdout)[0]
    assert (row["against"], row["unit_value"], row["discount_pct"]) == ("nothing", 0.64954, None)
    assert (row["reference_unit_value"], row["cells"], row["left_out"]) == (None, 0, 5)
    assert "Nothing to compare these unit values with" in result.stderr
