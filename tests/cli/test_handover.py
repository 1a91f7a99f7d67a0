"""`entrepot handover`: files, standard output, and refusals."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.dossiers.dossier_world import small
from tests.dossiers.handover.handover_world import published

from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes
from entrepot.dossiers.dossier.dossier import Dossier, Version


def folder(tmp_path: Path, dossier: Dossier) -> Path:
    made = tmp_path / "dossier"
    made.mkdir()
    (made / "dossier.json").write_bytes(dossier_bytes(dossier))
    return made


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["handover", *map(str, arguments)])


def test_the_usual_form_goes_to_standard_output_and_words_beside(tmp_path: Path) -> None:
    ran = run(folder(tmp_path, published()), "--as", "stix")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["type"] == "bundle"
    assert "entrepot verify" in ran.stderr


def test_the_name_of_the_file_says_the_form(tmp_path: Path) -> None:
    made = folder(tmp_path, published())
    page = tmp_path / "questions.html"
    assert run(made / "dossier.json", "--as", "questions", "--out", page).exit_code == 0
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run(made, "--as", "notice", "--letter", "guardian", "--out", tmp_path).exit_code == 0
    assert (tmp_path / "notice-guardian.md").exists()


def test_a_name_that_ends_in_a_slash_is_a_folder(tmp_path: Path) -> None:
    made = folder(tmp_path, published())
    ran = run(made, "--as", "questions", "--out", f"{tmp_path}/sub/")
    assert ran.exit_code == 0
    assert [one.name for one in (tmp_path / "sub").iterdir()] == ["questions.csv"]
    ran = run(made, "--as", "questions", "--form", "md", "--out", f"{tmp_path}/v1.5/")
    assert ran.exit_code == 0, ran.stderr
    assert (tmp_path / "v1.5" / "questions.md").is_file()


def test_a_later_version_that_lies_beside_is_told(tmp_path: Path) -> None:
    versions = (*published().versions, Version(2, "", "2022-11-02", ("Taken back.",)))
    later = replace(published(), state="withdrawn", published_on="2022-11-02", versions=versions)
    for name, one in (("v1", published()), ("v2", later)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "dossier.json").write_bytes(dossier_bytes(one))
    told = " ".join(run(tmp_path / "v1", "--as", "stix").stderr.split())
    assert "version 2 of cas_000000000001 (withdrawn) lies in" in told
    other = replace(later, case_id="cas_000000000002")
    (tmp_path / "v2" / "dossier.json").write_bytes(dossier_bytes(other))
    (tmp_path / "v3").mkdir()
    (tmp_path / "v3" / "dossier.json").write_text("no dossier")
    assert "lies in" not in run(tmp_path / "v1", "--as", "stix").stderr


def test_a_draft_is_asked_for_by_name(tmp_path: Path) -> None:
    made = folder(tmp_path, small())
    out = tmp_path / "draft.txt"
    refused = run(made, "--as", "narrative", "--out", out)
    assert refused.exit_code == 1
    assert "expected a published one" in refused.stderr
    assert not out.exists()
    allowed = run(made, "--as", "narrative", "--draft", "--out", out)
    assert allowed.exit_code == 0
    assert "a draft" in allowed.stderr


def test_given_facts_reach_the_file(tmp_path: Path) -> None:
    ran = run(folder(tmp_path, published()), "--as", "claimreview", "--publisher", "A desk",
              "--url", "https://example.org/case/")  # fmt: skip
    review = json.loads(ran.stdout)["@graph"][0]
    assert review["author"]["name"] == "A desk"
    assert review["url"].startswith("https://example.org/case/#clm_")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--as", "poem"), 2, "is not one of"),
        (("--as", "notice", "--form", "pdf"), 1, "expected one of md, txt"),
        (("--as", "notice", "--out", "notice.pdf"), 1, "ends in one of md, txt"),
        (("--as", "notice", "--letter", "is-informed"), 1, "only the agency can"),
        (("--as", "questions", "--country", "Kazakhstan"), 1, "expected a country of the case"),
        (("--as", "stix", "--url", "javascript:x"), 1, "begins with https://"),
        ((), 2, "Missing option '--as'"),
    ],
)
def test_wrong_input_is_refused_in_one_sentence(
    tmp_path: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    ran = run(folder(tmp_path, published()), *options)
    assert ran.exit_code == code
    assert said in " ".join(ran.stderr.split())


def test_no_dossier_is_refused_and_the_dossier_is_never_overwritten(tmp_path: Path) -> None:
    made = folder(tmp_path, published())
    ran = run(tmp_path / "nothing", "--as", "ftm")
    assert ran.exit_code == 1
    assert "expected a dossier" in " ".join(ran.stderr.split())
    (tmp_path / "other.json").write_text("[1]")
    assert run(tmp_path / "other.json", "--as", "ftm").exit_code == 1
    before = (made / "dossier.json").read_bytes()
    ran = run(made, "--as", "stix", "--out", made / "dossier.json")
    assert ran.exit_code == 1
    assert (made / "dossier.json").read_bytes() == before
