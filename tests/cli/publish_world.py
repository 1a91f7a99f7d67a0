"""A made-up case with reviewed drafts, and `entrepot publish` run in its folder."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result
from tests.dossiers.dossier_world import small

from entrepot.casebook import case_states, cases, reviews
from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier

ENV = {"ENTREPOT_USER": "kk", "COLUMNS": "200"}
SITE = ("--base-url", "https://example.org/cases/", "--title", "Made-up cases")


def clock() -> datetime:
    """The day on which cases are made and read."""
    return datetime(2022, 9, 20, 9, 0, tzinfo=UTC)


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["publish", "--workspace", str(folder), *words], env=ENV)


def unnamed(case_id: str, title: str) -> Dossier:
    """The made-up dossier without its party: one reviewer is enough."""
    made = small()
    return replace(
        made, case_id=case_id, title=title, as_of="2022-09-20", parties=(),
        summary=tuple(one for one in made.summary if not one.names),
        sections=tuple(one for one in made.sections if one.key != "said"),
        findings=made.findings[1:],
        citations=tuple(one for one in made.citations if one.kind != "report"),
        files=tuple(one for one in made.files if not one.file_id.startswith("b")),
    )  # fmt: skip


def new_case(folder: Path) -> str:
    """A case in review, in a casebook of its own."""
    with Casebook.open(folder / "casebook.sqlite", clock) as book, book.writing("kk") as pen:
        made = cases.new(pen, "Aircraft parts to Belarus (made up)")
        case_states.move(pen, made.case_id, "draft", "review", "ready")
    return made.case_id


def reviewed(folder: Path, case_id: str, title: str) -> Path:
    """A draft that one person approved, as a file."""
    made = unnamed(case_id, title)
    with Casebook.open(folder / "casebook.sqlite", clock) as book, book.writing("mw") as pen:
        reviews.add(pen, case_id, reviewed_id(made), reviews.APPROVE)
    path = folder / f"{title}.json"
    path.write_bytes(dossier_bytes(made))
    return path


def out(folder: Path, case_id: str) -> None:
    """A first version, published on 21 September 2022."""
    path = reviewed(folder, case_id, "first")
    done = run(folder, case_id, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21")
    assert done.exit_code == 0, done.output


def taken_back(folder: Path, case_id: str, because: str, *more: str) -> Result:
    return run(folder, case_id, "--withdraw", "--because", because, "--by", "kk", *more)


def said(done: Result) -> str:
    return " ".join(done.output.split())
