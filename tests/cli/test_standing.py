"""`entrepot standing`, `entrepot grade` and `entrepot evidence` as a person types them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entrepot.cli import main

BULLETIN = (
    "According to Ukrainian military intelligence, Belarus sent 200 soldiers to Russia in July "
    "2022.\n"
)
DIGEST = "In July 2022 Belarus sent 200 soldiers to Russia, says Ukraine's military intelligence.\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def asked(*words: str) -> Result:
        return CliRunner().invoke(
            main, [*words, "--workspace", str(tmp_path / "w")],
            env={"ENTREPOT_USER": "kk", "COLUMNS": "200"},
        )  # fmt: skip

    return asked


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = []
    for name, text in (("bulletin.txt", BULLETIN), ("digest.txt", DIGEST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        made.append(str(tmp_path / name))
    return made


def test_two_reports_of_one_service_are_one_root(run: Run, files: list[str]) -> None:
    done = run("standing", *files, "--reported-on", "2022-08-26", "--no-records", "--format",
               "json")  # fmt: skip
    assert done.exit_code == 0, done.output
    (row,) = [one for one in json.loads(done.stdout) if "200 soldiers" in one["text"]]
    assert (row["standing"], row["items"], len(row["roots"])) == ("uncorroborated", 2, 1)
    assert row["verdict"] is None
    assert row["band"] == "roughly even chance"
    assert row["rivals"]


def test_in_full_it_says_what_would_change_it_and_needs_for_a_test(
    run: Run, files: list[str]
) -> None:
    done = run("standing", files[0], "--reported-on", "2022-08-26", "--full")
    assert done.exit_code == 0, done.output
    assert "Records: not testable." in done.stdout
    assert "What would change this" in done.stdout
    assert "It could also be" in done.stdout


def test_the_casebook_grows_a_standing_with_grades_and_evidence(run: Run, files: list[str]) -> None:
    saved = run("read", files[0], "--reported-on", "2022-08-26", "--save", "--format", "json")
    assert saved.exit_code == 0, saved.output
    (claim,) = json.loads(saved.stdout)
    before = run("standing", claim["claim_id"], "--no-records", "--format", "json")
    assert json.loads(before.stdout)[0]["standing"] == "uncorroborated"
    run("grade", claim["attributed_to"], "B", "--because", "right in earlier cases")
    added = run("evidence", "add", claim["claim_id"], "for", "--observer", "border guard of Poland",
                "--reference", "statement of 1 August 2022")  # fmt: skip
    assert added.exit_code == 0, added.output
    after = run("standing", claim["claim_id"], "--no-records", "--note", "--format", "json")
    row = json.loads(after.stdout)[0]
    assert row["standing"] == "corroborated"
    assert [one["ratio"] for one in row["ratios"]] == [5.0, 1.2]
    assert "is kept" in after.stderr
    shown = run("claims", "show", claim["claim_id"])
    assert "corroborated" in shown.stdout


def test_wrong_input_is_one_sentence_and_a_hint(run: Run, tmp_path: Path) -> None:
    for words, says in (
        (("standing", str(tmp_path / "none.txt")), "no file and no id of a claim"),
        (("standing", "clm_000000000000"), "casebook"),
        (("grade", "a source", "Z9"), "expected a letter A to F"),
        (("evidence", "add", "clm_000000000000", "for", "--reference", "x"), "casebook"),
    ):
        done = run(*words)
        assert done.exit_code == 1, (words, done.output)
        assert says in done.stderr
        assert "hint:" in done.stderr
