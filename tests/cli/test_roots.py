"""`entrepot roots` from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.evidence.independence.planted import by_hand

from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.evidence.independence.score import printed


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """The seven outlets that quote one statement, and three who asked a fitter's wife."""
    path = tmp_path / "items.jsonl"
    rows = [
        {"item_id": one.item.name, "publisher": one.item.publisher, "text": one.item.text,
         "published_on": str(one.item.published_on)}
        for one in by_hand()
        if one.event == "specialists" and one.item.name in ("s1", "s2", "s3", "s4", "t", "t1")
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(tmp_path: Path, *arguments: object) -> Result:
    words = ["roots", "--workspace", str(tmp_path / "work"), *map(str, arguments)]
    return CliRunner().invoke(main, words)


def test_table_and_the_last_line(tmp_path, items):
    done = run(tmp_path, items)
    assert done.exit_code == 0
    assert "Agency North" in done.stdout
    assert "original 1" in done.stdout
    assert "original 1 is the original document not at hand: statement of the" in done.stderr
    assert done.stderr.splitlines()[-1] == "6 items, 2 independent roots"


def test_json_lines_hold_edges_and_terms(tmp_path, items):
    done = run(tmp_path, items, "--format", "jsonl")
    rows = {row["item_id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert rows["t"]["is_root"]
    (edge,) = rows["t1"]["origins"]
    assert edge["origin"] == "t"
    assert edge["terms"]["start"] == float(printed()[0]["weight"])
    assert rows["s1"]["roots"] == rows["s4"]["roots"]


def test_reports_in_files(tmp_path):
    text = "Our reporter counted 26 lorries near Orsha on 23 August, loaded with 31 tonnes each."
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    done = run(tmp_path, tmp_path / "one.txt", tmp_path / "two.txt", "--format", "csv")
    assert done.stderr.splitlines()[-1] == "2 items, 1 independent root"
    assert len(done.stdout.splitlines()) == 3


def test_page_and_table_go_to_files(tmp_path, items):
    done = run(tmp_path, items, "--html", tmp_path / "g.html", "--out", tmp_path / "t.txt")
    assert done.stdout == ""
    assert "6 items, 2 independent roots" in (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "Agency North" in (tmp_path / "t.txt").read_text(encoding="utf-8")


def test_a_person_corrects_and_the_casebook_keeps_it(tmp_path, items):
    said = ("--not", "t1", "t", "--by", "kk", "--because", "two wives")
    done = run(tmp_path, items, *said)
    assert done.stderr.splitlines()[-1] == "6 items, 3 independent roots"
    assert run(tmp_path, items).stderr.splitlines()[-1] == "6 items, 2 independent roots"
    kept = run(tmp_path, items, *said, "--keep")
    assert "kept 1 correction" in kept.stderr
    assert run(tmp_path, items).stderr.splitlines()[-1] == "6 items, 3 independent roots"
    with Casebook.open(tmp_path / "work" / "casebook.sqlite") as book:
        (link,) = book.links()
    assert (link.relation, link.by, link.because) == ("independent", "kk", "two wives")


def test_from_is_shown_as_decided(tmp_path, items):
    done = run(tmp_path, items, "--from", "t", "s1", "cites", "--by", "kk", "--format", "json")
    (edge,) = next(row for row in json.loads(done.stdout) if row["item_id"] == "t")["origins"]
    assert edge["decided"].startswith("decided by kk on ")
    assert edge["score"] == 1.0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--not", "t1", "t"], "without --by"),
        (["--not", "t1", "zz", "--by", "kk"], "which is none of 6 items"),
        (["--not", "t1", "s", "--by", "kk"], "which is several of 6 items"),
        (["--from", "t1", "t", "eats", "--by", "kk"], "got the kind 'eats'"),
        (["--keep"], "without a correction"),
        (["--independent", "t1", "--by", "kk", "--keep"], "one item only"),
    ],
)
def test_wrong_input_is_refused(tmp_path, items, words, says):
    done = run(tmp_path, items, *words)
    assert done.exit_code == 1
    assert says in done.stderr
    assert done.stdout == ""


def test_missing_and_empty_files(tmp_path):
    done = run(tmp_path, tmp_path / "no.txt")
    assert done.exit_code == 1
    assert "does not exist" in done.stderr
    (tmp_path / "e.csv").write_text("text\n")
    done = run(tmp_path, tmp_path / "e.csv")
    assert done.exit_code == 1
    assert "no items" in done.stderr
    assert run(tmp_path).exit_code == 2


def test_weights_are_printed(tmp_path):
    done = run(tmp_path, "--weights")
    assert done.exit_code == 0
    assert "same_source" in done.stdout
