"""The press digest of docs/examples, from file to table: what a careful editor would sign."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from entrepot.cli import main

DIGEST = Path(__file__).resolve().parent.parent / "docs" / "examples" / "digest.txt"
ENV = {"COLUMNS": "200", "ENTREPOT_USER": "kk"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("w")
    done = CliRunner().invoke(
        main, ["assess", str(DIGEST), "--format", "jsonl", "--workspace", str(folder)], env=ENV
    )
    assert done.exit_code == 0, done.output
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["reported_on"] for row in found} == {"2022-08-26"}
    return {row["text"]: row for row in found}


def one(rows: dict[str, dict[str, Any]], words: str) -> dict[str, Any]:
    (row,) = [row for text, row in rows.items() if words in text]
    return row


def sentences(row: dict[str, Any]) -> str:
    return " ".join(said["sentence"] for said in row["because"])


def test_belarus_can_still_buy_is_partly_so_with_days_and_acts(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = one(rows, "Belarus can still buy")
    assert (row["type"], row["predicate"], row["destination"]) == ("restriction", "may", "BLR")
    assert row["verdict"] == "partly"
    for words in ("2023-08-05", "765/2006", "2022-03-02", "746.8"):
        assert words in row["part"]
    assert any(ref["kind"] == "measure" for said in row["because"] for ref in said["rows"])


def test_eu_aircraft_parts_fell_by_91_percent_with_their_rows(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = one(rows, "Aircraft parts from the European Union")
    assert (row["type"], row["origin"], row["destination"]) == ("trade", "EU", "BLR")
    assert row["verdict"] == "partly"
    assert "91 %" in row["part"]
    flows = [ref for said in row["because"] for ref in said["rows"] if ref["kind"] == "flows"]
    codes = {code[:4] for ref in flows for code in ref["commodity_codes"]}
    assert codes == {"8803", "8807"}
    assert all(ref["files"] and ref["rows"] for ref in flows)


def test_the_largest_partner_needs_figures_that_are_named(rows: dict[str, dict[str, Any]]) -> None:
    row = one(rows, "largest trading partner")
    assert (row["predicate"], row["actors"], row["quantity"]) == ("rank", ["CHN"], 1.0)
    assert row["verdict"] == "not_testable"
    assert "figures of Russia itself" in row["needed"][0].replace("Figures", "figures")


def test_200_soldiers_are_not_testable_here_one_root_in_words_of_probability(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = one(rows, "200 Belarusian soldiers")
    assert (row["type"], row["quantity"], row["unit"]) == ("movement", 200.0, "soldiers")
    assert row["actors"] == ["BLR"]
    assert (row["date_from"], row["date_to"]) == ("2022-07-21", "2022-08-01")
    assert row["verdict"] == "not_testable"
    assert "observations" in row["needed"][0]
    stood = row["standing"]
    assert (stood["standing"], stood["items"], len(stood["roots"])) == ("uncorroborated", 1, 1)
    assert stood["band"] == "roughly even chance"


def test_the_threat_speaks_of_what_is_to_come(rows: dict[str, dict[str, Any]]) -> None:
    row = one(rows, "If Minsk passed")
    assert row["kind"] in ("threat", "forecast")
    assert row["verdict"] == "not_testable"
    assert row["standing"]["probability"] is None


def test_since_then_counts_from_july_and_the_same_source_is_no_soldier(
    rows: dict[str, dict[str, Any]],
) -> None:
    assert one(rows, "Since then")["date_from"] == "2022-07-21"
    trains = one(rows, "trains with ammunition")
    assert (trains["destination"], trains["date_from"]) == ("RUS", "2022-08-20")
    assert "soldier" not in (trains["attributed_to"] or "")
