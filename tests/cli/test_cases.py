"""`entrepot case` and `entrepot result` as somebody types them."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.checks.planning.world import plan
from tests.test_questions import CLAIMS, REPORT

from entrepot.casebook.casebook import Casebook
from entrepot.cli import common, main

CLAIM = CLAIMS[1].claim_id
LOOKED = ["--observer", "an analyst of the desk", "--reference", "S2B_20220820", "--by", "kk"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "casebook.sqlite"
    with Casebook.open(path) as book:
        book.keep(REPORT, CLAIMS, by="reader")
    return path


def run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--casebook", str(place)])


def read(place: Path, *words: str) -> Any:
    made = run(place, *words, "--format", "json")
    assert made.exit_code == 0, made.stderr
    return json.loads(made.stdout)


@pytest.fixture
def checks(tmp_path: Path) -> Path:
    path = tmp_path / "checks.jsonl"
    rows = [one.row() for one in plan().checks()][:2]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_a_case_from_its_beginning_to_its_review(place: Path, checks: Path) -> None:
    begun = run(place, "case", "new", "Parts", "--target", "RUS", "--by", "kk")
    case_id = begun.stdout.strip()
    first = json.loads(checks.read_text("utf-8").splitlines()[0])
    added = run(place, "case", "add", case_id, REPORT.report_id, first["check_id"], "pty_NK-1",
                "--checks", str(checks), "--by", "kk")  # fmt: skip
    assert added.exit_code == 0, added.stderr
    assert run(place, "case", "note", case_id, "asked [them]", "--by", "kk").exit_code == 0
    assert run(place, "case", "drop", case_id, "pty_NK-1", "--by", "kk").exit_code == 0
    moved = run(place, "case", "state", case_id, "review", "--because", "all read", "--by", "ab")
    assert moved.exit_code == 0
    shown = read(place, "case", "show", case_id)
    assert [one["kind"] for one in shown["members"]] == ["report", "check", "party", "note"]
    assert [one["is_dropped"] for one in shown["members"]] == [False, False, True, False]
    assert shown["members"][1]["row"] == first
    assert [one["state"] for one in shown["states"]] == ["draft", "review"]
    assert shown["trail"][-1]["by"] == "ab"
    table = run(place, "case", "show", case_id).stdout
    for said in ("state review: all read", "drop party NK-1", "asked [them]", "Sentinel-2B"):
        assert said in table
    assert [(one["case_id"], one["members"]) for one in read(place, "case", "list")] == [
        (case_id, 3)]  # fmt: skip
    weighed = read(place, "case", "weigh", case_id, "--no-records")
    assert [one["claim_id"] for one in weighed] == [one.claim_id for one in CLAIMS]


def test_a_wrong_word_is_one_sentence_and_a_hint(place: Path) -> None:
    for words, said in (
        (("case", "show", "cas_1"), "entrepot case list"),
        (("case", "new", "x"), "--by NAME"),
        (("case", "new", "x", "--hub", "Atlantis", "--by", "kk"), "Atlantis"),
        (("result", CLAIM, "--check", "chk_1"), "--saw with one of"),
        (("result",), "expected CLAIM_ID or list"),
        (("result", CLAIM, "--check", "nonsense", "--saw", "for", *LOOKED), "--what TEXT and no"),
        (
            ("result", CLAIM, "--what", "x", "--saw", "for", "--looked-on", "2999-01-01", *LOOKED),
            "expected a day up to today",
        ),
        (("result", CLAIM, "--saw", "for", *LOOKED), "--what TEXT or --check"),
        (
            ("result", CLAIM, "--what", "x", "--saw", "for", "--file", "absent", *LOOKED),
            "cannot be",
        ),
    ):
        made = run(place, *words)
        assert made.exit_code == 1
        assert said in " ".join(made.stderr.split())
    assert run(place, "result", CLAIM, "--saw", "perhaps").exit_code == 2


def test_a_result_becomes_evidence_and_is_undone(place: Path, checks: Path) -> None:
    first = json.loads(checks.read_text("utf-8").splitlines()[0])
    (before,) = read(place, "standing", CLAIM, "--no-records")
    kept = read(place, "result", CLAIM, "--check", first["check_id"], "--checks", str(checks),
                "--saw", "for", "--file", str(checks), "--looked-on", "2026-11-01",
                *LOOKED)  # fmt: skip
    assert kept["what"] == first["what"]
    assert kept["file_name"] == "checks.jsonl"
    assert kept["file_sha256"] == hashlib.sha256(checks.read_bytes()).hexdigest()
    (after,) = read(place, "standing", CLAIM, "--no-records")
    assert after["probability"] > before["probability"]
    assert after["standing"] == "corroborated"
    unseen = run(place, "result", CLAIM, "--what", "x", "--saw", "could-not-see", *LOOKED)
    assert "moves nothing" in " ".join(unseen.stderr.split())
    assert read(place, "standing", CLAIM, "--no-records") == [after]
    assert run(place, "claims", "undo", kept["result_id"], "--by", "kk").exit_code == 0
    assert read(place, "standing", CLAIM, "--no-records") == [before]
    assert [one["is_withdrawn"] for one in read(place, "result", "list")] == [True, False]
    table = run(place, "result", "list").stdout
    assert "taken back" in table
    assert "kept only" in table


def test_a_check_that_is_not_in_the_file_named_is_refused(place: Path, checks: Path) -> None:
    made = run(place, "result", CLAIM, "--check", "chk_0123456789ab", "--checks", str(checks),
               "--saw", "for", *LOOKED)  # fmt: skip
    assert made.exit_code == 1
    assert "no check of checks.jsonl" in " ".join(made.stderr.split())


def test_what_a_case_keeps_of_a_check_says_what_was_looked_at(place: Path, checks: Path) -> None:
    first = json.loads(checks.read_text("utf-8").splitlines()[0])
    case_id = run(place, "case", "new", "Parts", "--by", "kk").stdout.strip()
    run(place, "case", "add", case_id, first["check_id"], "--checks", str(checks), "--by", "kk")
    kept = read(place, "result", CLAIM, "--check", first["check_id"], "--saw", "for", *LOOKED)
    assert (kept["check_id"], kept["what"]) == (first["check_id"], first["what"])


def test_no_id_is_cut_in_a_narrow_terminal(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "PIPE_WIDTH", 80)
    long = "an analyst of a desk with a rather long name of three words"
    case_id = run(place, "case", "new", f"Aircraft parts of {long}", "--by", long).stdout.strip()
    run(place, "case", "add", case_id, REPORT.report_id, CLAIM, "pty_NK-1", "--note", long, "--by",
        long)  # fmt: skip
    kept = read(place, "result", CLAIM, "--what", long, "--saw", "for", *LOOKED)
    shown = run(place, "case", "show", case_id).stdout
    for said in (REPORT.report_id, CLAIM, "report ", "party ", "NK-1"):
        assert said in shown
    assert "…" not in shown.replace(" …", "")
    assert case_id in run(place, "case", "list").stdout
    listed = run(place, "result", "list").stdout
    assert kept["result_id"] in listed
    assert CLAIM in listed
    assert CLAIM in run(place, "claims", "list").stdout


def test_the_form_goes_to_standard_output_or_a_file(place: Path, checks: Path) -> None:
    printed = run(place, "result", "--form", str(checks))
    assert printed.stdout.startswith("# Result form")
    out = checks.with_name("form.md")
    assert run(place, "result", "--form", str(checks), "--out", str(out)).exit_code == 0
    assert out.read_text("utf-8") == printed.stdout
    assert run(place, "result", "--form", str(checks), "--out", str(checks)).exit_code == 1


def test_no_output_replaces_the_casebook_and_nothing_is_kept(place: Path) -> None:
    run(place, "case", "new", "Aircraft parts", "--by", "kk")
    before = place.read_bytes()
    kept = ["result", CLAIM, "--saw", "for", "--what", "an image", *LOOKED]
    for words in (["case", "list"], ["result", "list"], kept):
        made = run(place, *words, "--out", str(place))
        assert made.exit_code == 1
        assert "would be lost" in " ".join(made.stderr.split())
    assert place.read_bytes() == before


def test_a_form_for_no_checks_is_refused(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    made = run(place, "result", "--form", str(path))
    assert made.exit_code == 1
    assert "got empty.jsonl without a check" in made.stderr
    assert not made.stdout
