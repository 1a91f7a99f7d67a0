"""`assess` as a person types it; the tests themselves stand in tests/evidence/assessing."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.evidence.assessing.world import claim

from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.evidence.claim import Claim
from entrepot.evidence.report import Report
from entrepot.records.evidence import CLAIM

PARTS = {"goods": ("aircraft parts",), "goods_codes": ("8807",)}
MAY = claim("Belarus can still buy aircraft parts", "restriction", "may", actors=("BLR",), **PARTS)
SENT = claim("200 soldiers were sent", "movement", "moves", actors=("BLR",), quantity=200.0,
             unit="soldiers", attributed_to="military intelligence", hedge="probably")  # fmt: skip
NEW = ("verdict", "because", "part", "needed", "tested", "cautions", "standing")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["assess", *words], catch_exceptions=False)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps(one.row(), ensure_ascii=False) for one in (MAY, SENT)]
    Path("claims.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_lines_are_the_claim_and_what_came_of_it() -> None:
    result = run("claims.jsonl", "--format", "jsonl")
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert tuple(first) == (*CLAIM, *NEW)
    assert {name: first[name] for name in CLAIM} == MAY.row()
    assert (first["verdict"], second["verdict"]) == ("partly", "not_testable")
    assert all({"sentence", "rows"} == set(one) for one in first["because"])
    assert first["because"][0]["rows"]
    assert "2 claims: 1 partly, 1 not testable" in result.stderr


def test_formats_hold_the_same_verdicts(tmp_path: Path) -> None:
    rows = json.loads(run("claims.jsonl", "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(run("claims.jsonl", "--format", "csv").stdout)))
    assert [row["verdict"] for row in rows] == [row["verdict"] for row in table]
    assert "2023-08-05" in table[0]["because"]
    assert run("claims.jsonl", "--format", "json", "--out", "a.json").stdout == ""
    assert json.loads(Path("a.json").read_text(encoding="utf-8")) == rows


def test_the_table_says_who_said_it_and_why() -> None:
    shown = " ".join(run("claims.jsonl").stdout.split())
    for words in ("Belarus can still buy", "the report", "partly", "not testable", "Needs dated"):
        assert words in shown
    assert "“probably”" in shown


def test_a_note_has_the_rows_behind_each_sentence() -> None:
    shown = run("claims.jsonl", "--full").stdout
    assert "Verdict: PARTLY" in shown
    assert "msr_" in shown
    assert "Taken to say: Under the rules of each of EU, US, UK, CH, UN" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_a_report_is_read_and_its_day_given() -> None:
    Path("digest.txt").write_text("Aircraft parts from the European Union go to Belarus.\n")
    result = run("digest.txt", "--reported-on", "2022-08-26", "--format", "jsonl")
    (row,) = (json.loads(line) for line in result.stdout.splitlines())
    assert row["reported_on"] == "2022-08-26"
    assert row["verdict"] == "partly"
    assert "91 %" in row["part"]


def test_figures_as_they_stood() -> None:
    Path("digest.txt").write_text("Aircraft parts from the European Union go to Belarus.\n")
    result = run("digest.txt", "--reported-on", "2022-08-26", "--as-of", "2022-08-26",
                 "--format", "jsonl")  # fmt: skip
    (row,) = (json.loads(line) for line in result.stdout.splitlines())
    flows = [ref for one in row["because"] for ref in one["rows"]]
    assert flows[0]["periods"][-1] < "2022-08"
    assert any("As of 2022-08-26" in one for one in row["cautions"])


def test_a_report_without_a_day_is_told() -> None:
    undated = claim(MAY.text, "restriction", "may", actors=("BLR",), reported_on=None, **PARTS)
    Path("undated.jsonl").write_text(json.dumps(undated.row()) + "\n", encoding="utf-8")
    result = run("undated.jsonl", "--format", "jsonl")
    assert json.loads(result.stdout)["verdict"] == "not_testable"
    assert "--reported-on DATE" in result.stderr
    with_day = run("undated.jsonl", "--reported-on", "2022-08-26", "--format", "jsonl")
    assert json.loads(with_day.stdout)["verdict"] == "partly"


def test_a_claim_of_the_casebook() -> None:
    report = Report(text=MAY.text, name="digest")
    one = Claim(**{**{name: getattr(MAY, name) for name in Claim.__slots__},
                   "report_id": report.report_id})  # fmt: skip
    with Casebook.open(Path(".entrepot") / "casebook.sqlite") as book:
        book.keep(report, [one], by="kk")
    result = run(one.claim_id, "--format", "json")
    (row,) = json.loads(result.stdout)
    assert (row["claim_id"], row["verdict"]) == (one.claim_id, "partly")
    assert "proposed in the casebook" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing.txt",), 1, "no file and no id of a claim"),
        (("clm_0123456789ab",), 1, "error:"),
        (("claims.jsonl", "--reported-on", "August"), 2, "expected a day"),
        (("claims.jsonl", "--since", "2022"), 2, "expected a month"),
        (("claims.jsonl", "--observations", "none.csv"), 1, "cannot be read"),
        (("claims.jsonl", "--lists", "none"), 1, "which is not there"),
        (("bad.jsonl",), 1, "bad.jsonl, line 1: got"),
        (("claims.jsonl", "--out", "claims.jsonl", "--format", "json"), 1, "would be lost"),
    ],
)
def test_wrong_input_ends_with_one_sentence(words: tuple[str, ...], code: int, said: str) -> None:
    Path("bad.jsonl").write_text('{"text": "x"}\n', encoding="utf-8")
    result = run(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.split())


def test_observations_make_it_testable() -> None:
    Path("seen.csv").write_text(
        "observed_from,what,count,observer,source\n2022-08-26,soldiers,200,a,b\n", encoding="utf-8"
    )
    result = run("claims.jsonl", "--observations", "seen.csv", "--format", "jsonl")
    assert json.loads(result.stdout.splitlines()[1])["verdict"] == "supported"


def test_help_has_an_example() -> None:
    assert "entrepot assess digest.txt" in run("--help").stdout


def test_a_page_of_a_report_and_of_its_claims() -> None:
    Path("digest.txt").write_text("Aircraft parts from the European Union go to Belarus.\n")
    result = run("digest.txt", "--reported-on", "2022-08-26", "--html", "digest.html",
                 "--format", "jsonl", "--out", "digest.jsonl")  # fmt: skip
    assert "wrote the page digest.html" in result.stderr
    page = Path("digest.html").read_text(encoding="utf-8")
    assert "entrepot assess digest.txt --reported-on 2022-08-26 --html digest.html" in page
    assert 'id="text"' in page
    assert "extracted" in page
    run("digest.jsonl", "--html", "again.html")
    again = Path("again.html").read_text(encoding="utf-8")
    assert 'id="text"' not in again
    assert "Aircraft parts from the European Union" in again


@pytest.mark.parametrize("other", ["claims.jsonl", "both.html"])
def test_a_page_takes_no_other_files_place(other: str) -> None:
    result = CliRunner().invoke(main, ["assess", "claims.jsonl", "--html", other, "--out",
                                       "both.html"])  # fmt: skip
    assert result.exit_code == 1
    assert Path("claims.jsonl").read_text(encoding="utf-8").startswith("{")
    assert not Path("both.html").exists()
