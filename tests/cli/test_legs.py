"""`legs` as a person types it."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entrepot.cli import main
from entrepot.signals.screen.screen import SCREENED

HEADER = "reporter,partner,flow,commodity_code,period,value_eur"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def three_legs(path: Path, *, onward: bool = True) -> Path:
    """Yearly: into Kyrgyzstan 100 to 900, on 50 to 450, direct 5,000 to 1,000; Armenia silent."""
    rows = []
    for year in range(2019, 2024):
        late = year > 2022
        rows.append(f"DE,KG,X,854231,{year},{900 if late else 100}")
        rows.append(f"DE,AM,X,854231,{year},{80 if late else 60}")
        rows.append(f"DE,RU,X,854231,{year},{1000 if late else 5000}")
        rows.append(f"DE,KG,X,100630,{year},70")
        if onward:
            rows.append(f"KG,RU,X,854231,{year},{450 if late else 50}")
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_three_legs_of_own_figures(tmp_path: Path) -> None:
    flows = three_legs(tmp_path / "mine.csv")
    result = run("legs", str(flows), "--level", "6", "--format", "jsonl")
    kyrgyz, armenian = (json.loads(line) for line in result.stdout.splitlines())
    assert (kyrgyz["in_excess"], kyrgyz["onward_excess"], kyrgyz["direct_loss"]) == (
        800, 400, 4_000,
    )  # fmt: skip
    assert (kyrgyz["rerouted_most"], kyrgyz["substitution_share"]) == (400, 0.1)
    assert (armenian["hub"], armenian["rerouted_most"]) == ("ARM", None)
    assert kyrgyz["commodity"]
    assert kyrgyz["banned_from"] >= "2022-02-26"
    assert "the most they allow, not what was rerouted" in " ".join(result.stderr.split())
    assert "For 1 hub neither their exports nor Russia's imports tell of every good" in " ".join(
        result.stderr.split()
    )


def test_the_table_reads_as_words(tmp_path: Path) -> None:
    text = run("legs", str(three_legs(tmp_path / "mine.csv")), "--level", "6").stdout
    assert "EUR a year" in text
    assert "10 %" in text
    assert max(len(line) for line in text.splitlines()) <= 120


def test_figures_that_ship_hold_two_legs_and_say_so() -> None:
    result = run("legs", "--limit", "3", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert set(rows[0]) == {*SCREENED.names, "commodity"}
    assert [row["rank"] for row in rows] == ["1", "2", "3"]
    assert {row["rerouted_most"] for row in rows} == {""}
    assert all(float(row["in_excess"]) > 0 for row in rows)
    said = " ".join(result.stderr.split())
    assert "the onward leg is null, so the list goes by what came in" in said
    assert "No direct exports" not in said
    assert "with all three legs: 0." in said


def test_one_hub_one_day_and_a_file(tmp_path: Path) -> None:
    asked = ["legs", "--hub", "KG", "--as-of", "2022-09-01", "--format", "json", "--out", "x.json"]
    result = run(*asked, "--limit", "2")
    assert result.stdout == ""
    rows = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert {row["hub"] for row in rows} == {"KGZ"}
    assert all(row["period_to"] < "2022-09" for row in rows)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--hub", "DEU"], 1, "neither target nor member"),
        (["--hub", "TUR"], 1, "got Türkiye as hub"),
        (["--as-of", "2019-01-01"], 1, "none of these figures was out"),
        (["--level", "8"], 2, "'8' is not one of"),
    ],
)
def test_what_cannot_be_asked_is_told(words: list[str], code: int, sentence: str) -> None:
    result = run("legs", *words)
    assert result.exit_code == code
    assert sentence in " ".join(result.stderr.split())
