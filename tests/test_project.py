"""The project itself: what is promised in files that others read."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.signals.goodlead import GOOD

from entrepot import __version__
from entrepot.cli import VERBS, main
from entrepot.records.leads import LEAD, STATUSES

ROOT = Path(__file__).resolve().parent.parent
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".j2", ".css", ".js", ""}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines()]


def test_version_is_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


def test_locks_name_versions_and_hashes_and_no_address() -> None:
    for lock in (ROOT / "locks").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9_.-]+==\S+", text, re.MULTILINE)
        assert len(pinned) > 20
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text


def test_no_file_holds_a_home_or_an_index_address() -> None:
    forbidden = re.compile(r"/(?:root|home)/\w|files\.pythonhosted|pypi\.org|registry\.npmjs")
    for path in tracked():
        if path.suffix in TEXT and path.name != Path(__file__).name:
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{path}: {found}"


def test_large_files_do_not_grow_in_secret() -> None:
    large = {path.name for path in tracked() if path.stat().st_size > 500_000}
    assert large == {"eu_exports_2020_2022.parquet", "dossier.pdf", "index.html"}


def test_a_lead_has_the_columns_of_the_contract() -> None:
    assert tuple(GOOD.row()) == tuple(LEAD)


def test_methods_explain_every_status() -> None:
    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    for status in STATUSES:
        assert f"`{status}`" in text


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in VERBS:
        assert f"`entrepot {name}" in text


def test_only_the_engine_names_a_backend() -> None:
    """import-linter takes whole packages only, so `ibis.duckdb` is looked for here."""
    for path in (ROOT / "src" / "entrepot").rglob("*.py"):
        if "engine" not in path.parts:
            assert not re.search(r"ibis\.(duckdb|pyspark|backends)", path.read_text("utf-8")), path


def test_words_for_a_verdict_stay_out_of_the_product() -> None:
    """Diversion may be observed and circumvention only concluded, so neither is ever printed."""
    verdict = re.compile(r"\b(divert|diverted|evaded|evasion|smuggl\w+|circumvent\w+)\b", re.I)
    for path in (ROOT / "src" / "entrepot").rglob("*"):
        if path.suffix in {".py", ".j2"} and path.name != "words.py":
            found = verdict.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{path.name}: {found}"


@pytest.mark.usefixtures("found_once")
def test_the_readme_shows_real_output(tmp_path: Path) -> None:
    """Every line of the README's four examples is printed by the commands today."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    runner = CliRunner()
    demo = runner.invoke(main, ["demo", "--out", str(tmp_path)])
    (lead_id,) = re.findall(r"entrepot explain (lea_[0-9a-f]{12})", readme)
    told = runner.invoke(main, ["explain", lead_id, "--workspace", str(tmp_path / "w")])
    asked = runner.invoke(main, re.findall(r"bin/entrepot (rules ask .*)", readme)[0].split())
    words = re.findall(r"bin/entrepot (assess .*)", readme)[0].split()
    words[1] = str(ROOT / words[1])
    held = runner.invoke(main, [*words, "--workspace", str(tmp_path / "w")])
    printed = " ".join((demo.output + told.output + asked.output + held.output).split())
    blocks = re.findall(r"```\n(.*?)```", readme, re.DOTALL)
    assert len(blocks) == 4
    shown = [line for block in blocks for line in block.splitlines()]
    kept = [line for line in shown if line.strip() not in ("", "...") and "─" not in line]
    for line in kept:
        if not line.startswith(("$ ", "report: ")):
            assert " ".join(line.split()) in printed, line
    assert len(kept) > 15
