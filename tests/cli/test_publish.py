"""`entrepot publish`: a reviewed draft leaves, is corrected, is withdrawn, and the site follows."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.dossiers.dossier_world import small

from entrepot.casebook import case_states, cases, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier

ENV = {"ENTREPOT_USER": "kk", "COLUMNS": "200"}
SITE = ("--base-url", "https://example.org/cases/", "--title", "Made-up cases")


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["publish", "--workspace", str(folder), *words], env=ENV)


def unnamed(case_id: str, title: str) -> Dossier:
    """The made-up dossier without its party: one reviewer is enough."""
    made = small()
    return replace(
        made, case_id=case_id, title=title, parties=(),
        summary=tuple(one for one in made.summary if not one.names),
        sections=tuple(one for one in made.sections if one.key != "said"),
        findings=made.findings[1:],
        citations=tuple(one for one in made.citations if one.kind != "report"),
        files=tuple(one for one in made.files if not one.file_id.startswith("b")),
    )  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A case in review, in a casebook of its own."""
    clock = lambda: datetime(2022, 9, 20, tzinfo=UTC)  # noqa: E731
    with Casebook.open(tmp_path / "casebook.sqlite", clock) as book, book.writing("kk") as pen:
        made = cases.new(pen, "Aircraft parts to Belarus (made up)")
        case_states.move(pen, made.case_id, "draft", "review", "ready")
    return made.case_id


def reviewed(folder: Path, case_id: str, title: str) -> Path:
    """A draft that one person approved, as a file."""
    made = unnamed(case_id, title)
    with Casebook.open(folder / "casebook.sqlite") as book, book.writing("mw") as pen:
        reviews.add(pen, case_id, reviewed_id(made), reviews.APPROVE)
    path = folder / f"{title}.json"
    path.write_bytes(dossier_bytes(made))
    return path


def test_without_a_review_nothing_leaves(tmp_path, case):
    path = tmp_path / "draft.json"
    path.write_bytes(dossier_bytes(unnamed(case, "no review")))
    done = run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21")
    assert done.exit_code == 1
    assert "may not leave yet" in done.output
    assert "approvals" in done.output
    assert not (tmp_path / "dossiers").exists()


def test_published_corrected_withdrawn_and_the_site_tells_all_three(tmp_path, case):
    first, second = (reviewed(tmp_path, case, title) for title in ("first", "second"))
    site = tmp_path / "www"
    done = run(tmp_path, case, "--dossier", str(first), "--by", "kk", "--on", "2022-09-21",
               "--site", str(site), *SITE, "--format", "json")  # fmt: skip
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)
    assert (row["version"], row["published_on"]) == (1, "2022-09-21")
    checked = CliRunner().invoke(main, ["verify", row["folder"]], env=ENV)
    assert checked.exit_code == 0, checked.output

    bare = run(tmp_path, case, "--dossier", str(second), "--by", "kk", "--on", "2022-09-22")
    assert bare.exit_code == 1
    assert "without what changed" in bare.output
    done = run(tmp_path, case, "--dossier", str(second), "--by", "kk", "--on", "2022-09-22",
               "--changes", "The title was wrong.", "--site", str(site), *SITE)  # fmt: skip
    assert done.exit_code == 0, done.output
    page = (site / "case" / case / "index.html").read_text("utf-8")
    assert "The title was wrong." in page
    assert "superseded" in (site / "case" / case / "v1" / "index.html").read_text("utf-8").lower()

    done = run(tmp_path, case, "--withdraw", "--because", "The row was of another firm.",
               "--by", "kk", "--on", "2022-09-23", "--site", str(site), *SITE)  # fmt: skip
    assert done.exit_code == 0, done.output
    page = (site / "case" / case / "index.html").read_text("utf-8")
    assert "The row was of another firm." in page
    assert "EUR 410,000" not in page
    again = run(tmp_path, case, "--withdraw", "--because", "x", "--by", "kk")
    assert again.exit_code == 1
    assert "is withdrawn already" in again.output


def test_a_folder_that_was_changed_keeps_the_site_as_it_was(tmp_path, case):
    path = reviewed(tmp_path, case, "first")
    site = tmp_path / "www"
    run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21",
        "--site", str(site), *SITE)  # fmt: skip
    before = sorted(one.relative_to(site) for one in site.rglob("*"))
    held = tmp_path / "dossiers" / case / "v1" / "dossier.json"
    held.chmod(0o644)
    held.write_bytes(held.read_bytes().replace(b"410000", b"910000"))
    done = run(tmp_path, "--site", str(site), *SITE)
    assert done.exit_code == 1
    assert "is not the version 1" in done.output
    assert sorted(one.relative_to(site) for one in site.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "neither a case nor --site"),
        (("cas_000000000009", "--by", "kk"), "got no dossier"),
        (("cas_000000000009", "--withdraw", "--because", "x", "--by", "kk"), "never published"),
    ],
)
def test_refused_in_one_sentence(tmp_path, case, words, said):
    done = run(tmp_path, *words)
    assert done.exit_code == 1, done.output
    assert said in done.output
