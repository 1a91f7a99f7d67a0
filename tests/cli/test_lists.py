"""The commands `lists`, as a person types them."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parties.lists.listfiles import FILES, OFAC, own_list

from entrepot.cli.lists import lists_group
from entrepot.parties.lists.statements_write import COLUMNS, LINEAGE_COLUMNS


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTREPOT_WORKSPACE", str(tmp_path / "ws"))
    monkeypatch.setenv("COLUMNS", "160")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(lists_group, [str(word) for word in words], catch_exceptions=False)


def test_a_set_and_single_files_in_one_command() -> None:
    result = run("add", *OFAC, FILES / "un.xml", "--published", "2024-05-03")
    assert result.exit_code == 0
    assert "ofac-sdn of 2024-05-03: 5 entries." in result.stderr
    assert "un-sc of 2024-05-03: 2 entries." in result.stderr
    held = json.loads(run("list", "--format", "json").stdout)
    assert [(one["list"], one["entries"], one["day"]) for one in held] == [
        ("ofac-sdn", 5, "2024-05-03"), ("un-sc", 2, "2024-05-03"),
    ]  # fmt: skip
    assert "2024-05-03 (by you)" in run("list").stdout


def test_before_anything_is_held() -> None:
    assert "Begin with: entrepot lists fetch ofac-sdn" in run("list").stderr
    result = run("on", "2022-01-01")
    assert result.exit_code == 1
    assert "got no list in" in result.stderr


def test_the_same_file_again_is_said() -> None:
    run("add", FILES / "un.xml")
    assert "held already" in run("add", FILES / "un.xml").stderr


def test_a_bad_file_ends_with_one_sentence_and_a_hint(tmp_path: Path) -> None:
    bad = tmp_path / "un.xml"
    bad.write_bytes((FILES / "un.xml").read_bytes()[:-50])
    result = run("add", bad)
    assert result.exit_code == 1
    assert "error: un.xml, line" in result.stderr
    assert "hint:" in result.stderr
    assert json.loads(run("list", "--format", "json").stdout) == []


def test_a_shrunken_list_needs_a_word(tmp_path: Path) -> None:
    names = [f"Zzyx {number}" for number in range(10)]
    whole = own_list(tmp_path / "a.csv", *names)
    less = own_list(tmp_path / "b.csv", *names[:5])
    run("add", whole, "--list", "own", "--published", "2022-01-01")
    words = ("add", less, "--list", "own", "--published", "2022-02-01")
    refused = run(*words)
    assert refused.exit_code == 1
    assert "stays in service" in refused.stderr
    assert run(*words, "--accept-shrink").exit_code == 0
    delta = run("delta", "own")
    assert "0 added, 5 removed, 0 changed." in delta.stderr
    rows = list(csv.DictReader(io.StringIO(run("delta", "own", "--format", "csv").stdout)))
    assert {row["change"] for row in rows} == {"removed"}


def test_parts_without_their_main_file() -> None:
    result = run("add", OFAC[1], OFAC[2])
    assert result.exit_code == 1
    assert "with 0 main files" in result.stderr


def test_who_was_listed_on_a_day() -> None:
    run("add", FILES / "un.xml", FILES / "seco.xml")
    result = run("on", "2010-06-01")
    assert "1 listings held on 2010-06-01: un-sc 1." in result.stderr
    lines = run("on", "2010-06-01", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(row["name"], row["listed"]) for row in rows] == [("ZZYX EXAMPLE TRADING LLC", "yes")]


def test_an_unknown_answer_is_said_to_be_unknown(tmp_path: Path) -> None:
    run("add", own_list(tmp_path / "own.csv", "Zzyx"), "--published", "2022-01-01")
    result = run("on", "2021-01-01")
    assert "0 listings held" in result.stderr
    assert "Of 1 more it is unknown" in result.stderr
    assert "unknown" in result.stdout


def test_one_party_by_its_id_or_the_lists_number() -> None:
    run("add", *OFAC)
    for word in ("ofac-102", "102"):
        found = json.loads(run("show", "ofac-sdn", word, "--format", "json").stdout)
        assert found["properties"]["lastName"] == ["MADEUPOV"]
        assert found["listings"][0]["locator"] == "uid 102"
    assert "passportNumber" in run("show", "ofac-sdn", "102").stdout
    missing = run("show", "ofac-sdn", "999")
    assert missing.exit_code == 1
    assert "no entry of ofac-sdn" in missing.stderr
    assert "Held: ofac-sdn." in run("show", "nothing").stderr


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    run("add", own_list(tmp_path / "own.csv", "A\u202eB [red]C[/] \U0001f6a2"))
    shown = run("on", "2022-01-01").stdout
    assert "\u202e" not in shown
    assert "AB [red]C[/]" in shown


def test_export_of_entities(tmp_path: Path) -> None:
    run("add", FILES / "un.xml")
    out = tmp_path / "out.json"
    result = run("export", "--ftm", "--out", out)
    assert "wrote 5 entities of 2 parties" in result.stderr
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["schema"] for one in found] == [
        "Document", "Person", "Sanction", "Organization", "Sanction",
    ]  # fmt: skip
    assert found[0]["properties"]["fileName"] == ["un.xml"]
    assert run("export", "--on", "2010-06-01").stdout.count("\n") == 3


def test_export_of_statements_with_their_places(tmp_path: Path) -> None:
    run("add", FILES / "un.xml")
    out, places = tmp_path / "s.csv", tmp_path / "places.csv"
    assert run("export", "--statements", "--lineage", places, "--out", out).exit_code == 0
    rows, beside = (
        list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in (out, places)
    )
    assert (tuple(rows[0]), tuple(beside[0])) == (COLUMNS, LINEAGE_COLUMNS)
    assert [row["id"] for row in rows] == [row["statement_id"] for row in beside]
    assert {row["external"] for row in rows} == {"f"}
    assert run("export", "--lineage", places).exit_code == 1


def test_the_addresses_that_are_known() -> None:
    found = json.loads(run("fetch", "--known", "--format", "json").stdout)
    assert {"ofac-sdn", "eu-fsf", "un-sc", "uk-sanctions", "ch-seco", "us-csl"} <= {
        one["list"] for one in found
    }
    assert "no address is known" in run("fetch", "nothing").stderr


@pytest.mark.parametrize("verb", ["add", "list", "show", "on", "delta", "fetch", "export"])
def test_help_has_an_example(verb: str) -> None:
    assert f"entrepot lists {verb}" in run(verb, "--help").stdout
