"""`entrepot review` and `entrepot reply` as somebody types them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.dossiers.dossier_world import FIRM, small

from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "casebook.sqlite"
    Casebook.upgrade(path)
    return path


def run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--casebook", str(place)], env={"COLUMNS": "200"})


def plain(text: str) -> str:
    return " ".join(text.split())


def begun(place: Path) -> tuple[str, Path]:
    """A case in review, and the folder of its dossier."""
    case_id = run(place, "case", "new", "Parts", "--by", "kk").stdout.strip()
    run(place, "case", "state", case_id, "review", "--because", "all read", "--by", "kk")
    folder = place.parent / "draft"
    folder.mkdir()
    written(folder, replace(small(), case_id=case_id))
    return case_id, folder


def written(folder: Path, made: Dossier) -> str:
    (folder / "dossier.json").write_bytes(dossier_bytes(made))
    return reviewed_id(made)


def answered(place: Path, case_id: str) -> None:
    run(place, "reply", case_id, FIRM, "--asked-on", "2022-09-01", "--text",
        "We sold no such parts.", "--by", "kk")  # fmt: skip


def read(place: Path, *words: str) -> Any:
    made = run(place, *words, "--format", "json")
    assert made.exit_code == 0, made.stderr
    return json.loads(made.stdout)


def test_from_what_stands_in_the_way_to_nothing(place: Path) -> None:
    case_id, folder = begun(place)
    shown = run(place, "review", case_id, "--dossier", str(folder))
    assert shown.exit_code == 0
    assert "replies" in shown.stdout
    assert "2 faults in the way; 2 reviewers are wanted" in plain(shown.stderr)
    refused = run(place, "review", case_id, "--dossier", str(folder), "--approve", "--by", "kk")
    assert refused.exit_code == 1
    assert "cannot be approved: party" in plain(refused.stderr)
    answered(place, case_id)
    for by in ("kk", "mw"):
        done = run(place, "review", case_id, "--dossier", str(folder), "--approve", "--by", by)
        assert done.exit_code == 0, done.stderr
    assert f"nothing stands in the way: entrepot publish {case_id}" in plain(done.stderr)
    assert done.stdout == ""
    full = read(place, "review", case_id, "--dossier", str(folder))
    assert (full["may_leave"], full["faults"], full["named"]) == (True, [], [FIRM])
    assert [one["by"] for one in full["reviews"]] == ["kk", "mw"]
    assert [one["by"] for one in read(place, "review", case_id)] == ["kk", "mw"]
    hand = run(place, "case", "state", case_id, "published", "--because", "x", "--by", "kk")
    assert hand.exit_code == 1
    assert f"entrepot publish {case_id}" in plain(hand.stderr)


def test_a_return_stands_in_the_way_and_another_content_counts_nothing(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    told = ["review", case_id, "--dossier", str(folder)]
    run(place, *told, "--approve", "--by", "kk")
    back = run(place, *told, "--return", "--because", "name [the] period", "--by", "mw")
    assert "mw returns it" in plain(back.stderr)
    assert "name [the] period" in plain(back.stdout)
    before = read(place, *told)["content_id"]
    after = written(folder, replace(small(), case_id=case_id, title="Parts, mended (made up)"))
    assert after != before
    stale = run(place, *told, "--approve", "--content", before, "--by", "mw")
    assert stale.exit_code == 1
    assert after in stale.stderr
    assert "It has changed since" in plain(stale.stderr)
    shown = run(place, *told)
    assert "another content was reviewed by kk, mw" in plain(shown.stderr)
    assert "got 0 approvals" in plain(shown.stdout)
    rows = run(place, *told, "--format", "csv").stdout.splitlines()
    assert rows[0] == "rule,where,what,hint"
    assert len(rows) == 2


def test_words_are_allowed_and_the_other_files_of_the_folder_are_looked_at(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    (folder / "dossier.md").write_text("Told by Ivan Petrov.", "utf-8")
    told = ["review", case_id, "--dossier", str(folder)]
    assert [one["where"] for one in read(place, *told)["faults"]] == ["output dossier.md", ""]
    words = ["review", case_id, "--allow", "Ivan Petrov", "--by", "kk"]
    assert "Give it with --because" in run(place, *words).stderr
    assert run(place, *words, "--because", "in a public speech").exit_code == 0
    assert [one["rule"] for one in read(place, *told)["faults"]] == ["reviews"]
    assert "“Ivan Petrov” may stand (kk: in a public speech" in plain(run(place, *told).stderr)


def test_the_note_says_that_tips_were_not_compared(place: Path) -> None:
    case_id, folder = begun(place)
    full = read(place, "review", case_id, "--dossier", str(folder))
    assert (full["tips"], full["compared_with_tips"]) == (0, False)


def test_wrong_words_are_one_sentence_and_a_hint(place: Path, tmp_path: Path) -> None:
    case_id, folder = begun(place)
    told = ["review", case_id, "--dossier", str(folder)]
    other = tmp_path / "other.json"
    other.write_bytes(dossier_bytes(small()))
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    for words, said in (
        (["review", "cas_1"], "entrepot case list"),
        ([*told, "--return", "--because", "x"], "--by NAME"),
        ([*told, "--return", "--by", "kk"], "without a reason"),
        (["review", case_id, "--approve", "--by", "kk"], "Give --dossier FOLDER"),
        ([*told, "--content", "doc_0123456789ab"], "Add --approve or --return"),
        ([*told, "--because", "x"], "Add --approve"),
        ([*told, "--approve", "--allow", "x", "--by", "kk"], "one at a time"),
        (["review", case_id, "--dossier", str(tmp_path / "none")], "cannot be read"),
        (["review", case_id, "--dossier", str(other)], "got a dossier of cas_000000000001"),
        (["review", case_id, "--dossier", str(wrong)], "no dossier"),
        ([*told, "--out", str(place)], "would be lost"),
        ([*told, "--out", str(folder / "dossier.json")], "would be lost"),
        (["reply", case_id, "a firm", "--by", "kk"], "Give --asked-on DATE"),
        (["reply", case_id, "a firm", "--text", "x", "--by", "kk"], "--asked-on DATE"),
        (["reply", case_id, "a firm", "--none", "--by", "kk"], "expected why there is no answer"),
        (["reply", case_id, "a firm", "--because", "x", "--by", "kk"], "without --none"),
        (["reply", case_id, "a firm", "--none", "--because", "x", "--text", "y"], "one of the two"),
        (["reply", case_id, "a firm", "--text", "x", "--file", str(wrong)], "one of the two"),
        (["reply", case_id, "a firm", "--file", str(tmp_path / "none")], "cannot be read"),
        (["reply", case_id, "a firm", "--asked-on", "2022-09-01"], "--by NAME"),
        (["reply", case_id, "--text", "x"], "got no party"),
        (["reply", "cas_1"], "entrepot case list"),
    ):
        made = run(place, *words)
        assert made.exit_code == 1, words
        assert said in plain(made.stderr), words
    assert run(place, "reply", case_id, "a firm", "--asked-on", "May").exit_code == 2
    assert read(place, "review", case_id) == read(place, "reply", case_id) == []


def test_an_answer_comes_from_a_file_and_is_undone(place: Path, tmp_path: Path) -> None:
    case_id, _ = begun(place)
    answer = tmp_path / "answer.txt"
    answer.write_text("﻿We sold [none].\n", "utf-8")
    asked = run(place, "reply", case_id, "a firm", "--asked-on", "2022-09-01", "--channel",
                "letter", "--by", "kk")  # fmt: skip
    assert "its answer is awaited" in plain(asked.stderr)
    kept = read(place, "reply", case_id, "a firm", "--file", str(answer), "--by", "kk")
    assert (kept["asked_on"], kept["text"]) == ("2022-09-01", "We sold [none].")
    undone = run(place, "claims", "undo", kept["reply_id"], "--by", "kk")
    assert undone.exit_code == 0
    assert [one["is_withdrawn"] for one in read(place, "reply", case_id)] == [False, True]
    assert "taken back" in run(place, "reply", case_id).stdout
    for content in (b"", b"\xff\xfe", b"x" * (1 << 20) + b"y"):
        answer.write_bytes(content)
        made = run(place, "reply", case_id, "a firm", "--file", str(answer), "--by", "kk")
        assert made.exit_code == 1
    assert len(read(place, "reply", case_id)) == 2
