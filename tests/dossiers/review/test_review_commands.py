"""`entrepot review` and `entrepot reply` as somebody types them."""

import json
import re
import shlex
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.dossiers.dossier_world import FIRM, small
from tests.test_questions import CLAIMS, REPORT

from entrepot.casebook import cases
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.reviews import person
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
    """A case in review whose claim names the firm, and the folder of its dossier."""
    case_id = run(place, "case", "new", "Parts", "--by", "kk").stdout.strip()
    claim = replace(CLAIMS[1], actors=(FIRM,))
    with Casebook.open(place) as book:
        book.keep(REPORT, [claim], by="reader")
        with book.writing("kk") as pen:
            cases.add(pen, case_id, [claim.claim_id])
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


def test_sums_of_a_seal_are_no_numbers_of_telephones(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    sums = "9ab00e470836186877112c5bbe4ec492b4cffaab21a8a081fdcad77ca1ba94f2  dossier.md"
    for name in ("SHA256SUMS", "sums.txt"):
        (folder / name).write_text(sums, "utf-8")
    found = read(place, "review", case_id, "--dossier", str(folder))["faults"]
    assert [one["where"] for one in found] == ["output sums.txt", ""]


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
        (["review", case_id, "--approve", "--by", "kk"], "with --dossier FOLDER"),
        ([*told, "--content", "doc_0123456789ab"], "Add --approve or --return"),
        ([*told, "--because", "x"], "Add --approve"),
        ([*told, "--approve", "--allow", "x", "--by", "kk"], "one at a time"),
        (["review", case_id, "--dossier", str(tmp_path / "none")], "cannot be read"),
        (["review", case_id, "--dossier", str(other)], "got a dossier of cas_000000000001"),
        (["review", case_id, "--dossier", str(wrong)], "no dossier"),
        ([*told, "--out", str(place)], "would be lost"),
        ([*told, "--out", str(folder / "dossier.json")], "would be lost"),
        (["reply", case_id, FIRM, "--by", "kk"], "Give --asked-on DATE"),
        (["reply", case_id, FIRM, "--text", "x", "--by", "kk"], "--asked-on DATE"),
        (["reply", case_id, FIRM, "--none", "--by", "kk"], "expected why there is no answer"),
        (["reply", case_id, FIRM, "--because", "x", "--by", "kk"], "without --none"),
        (["reply", case_id, FIRM, "--none", "--because", "x", "--text", "y"], "one of the two"),
        (["reply", case_id, FIRM, "--text", "x", "--file", str(wrong)], "one of the two"),
        (["reply", case_id, FIRM, "--file", str(tmp_path / "none")], "cannot be read"),
        (["reply", case_id, FIRM, "--asked-on", "2022-09-01"], "--by NAME"),
        (["reply", case_id, "--text", "x"], "got no party"),
        (["reply", "cas_1"], "entrepot case list"),
    ):
        made = run(place, *words)
        assert made.exit_code == 1, words
        assert said in plain(made.stderr), words
    assert run(place, "reply", case_id, FIRM, "--asked-on", "May").exit_code == 2
    assert read(place, "review", case_id) == read(place, "reply", case_id) == []


def test_an_answer_comes_from_a_file_and_is_undone(place: Path, tmp_path: Path) -> None:
    case_id, _ = begun(place)
    answer = tmp_path / "answer.txt"
    answer.write_text("﻿We sold [none].\n", "utf-8")
    asked = run(place, "reply", case_id, FIRM, "--asked-on", "2022-09-01", "--channel",
                "letter", "--by", "kk")  # fmt: skip
    assert "its answer is awaited" in plain(asked.stderr)
    kept = read(place, "reply", case_id, FIRM, "--file", str(answer), "--by", "kk")
    assert (kept["asked_on"], kept["text"]) == ("2022-09-01", "We sold [none].")
    undone = run(place, "claims", "undo", kept["reply_id"], "--by", "kk")
    assert undone.exit_code == 0
    assert [one["is_withdrawn"] for one in read(place, "reply", case_id)] == [False, True]
    assert "taken back" in run(place, "reply", case_id).stdout
    for content in (b"", b"\xff\xfe", b"x" * (1 << 20) + b"y"):
        answer.write_bytes(content)
        made = run(place, "reply", case_id, FIRM, "--file", str(answer), "--by", "kk")
        assert made.exit_code == 1
    assert len(read(place, "reply", case_id)) == 2


def hint_of(made: Result) -> str:
    assert made.exit_code == 1, made.output
    return made.stderr.split("hint: ", 1)[1].strip()


def commands(hint: str, **given: str) -> list[list[str]]:
    """The commands of a hint as a shell would take them, with the words to fill in."""
    fill = {"NAME": "kk", "TEXT": "said in public", "DATE": "2022-09-01", **given}
    return [
        [fill.get(word, word) for word in shlex.split(found)[1:]]
        for found in re.findall(r"entrepot .*?(?= · |$)", hint)
    ]


def pasted(place: Path, hint: str, **given: str) -> list[list[str]]:
    """Each command of a hint was run, and none was refused."""
    found = commands(hint, **given)
    for words in found:
        made = run(place, *words)
        assert made.exit_code == 0, (words, made.stderr)
    return found


def test_commands_of_hints_run_as_they_are_printed(place: Path) -> None:
    case_id, _ = begun(place)
    folder = place.parent / "a draft"
    folder.mkdir()
    head = replace(small().summary[0], text="Ivan Petrov's words “of 2022” went round.")
    written(folder, replace(small(), case_id=case_id, summary=(head, *small().summary[1:])))
    told = ["review", case_id, "--dossier", str(folder)]
    missing = hint_of(run(place, "review", case_id, "--approve", "--by", "kk"))
    assert commands(missing) == [
        ["dossier", case_id, "--as-of", "2022-09-01", "--out", "FOLDER"]
    ]  # fmt: skip
    rows = {one["rule"]: one["hint"] for one in read(place, *told)["faults"]}
    assert set(rows) == {"replies", "source", "reviews"}
    pasted(place, rows["source"])
    (listing,) = pasted(place, rows["replies"])
    assert listing == ["reply", case_id]
    answered(place, case_id)
    refused = hint_of(run(place, "publish", case_id, "--dossier", str(folder), "--by", "kk"))
    for who, hint in (("kk", refused), ("mw", read(place, *told)["faults"][0]["hint"])):
        assert ["--dossier", str(folder)] == pasted(place, hint, NAME=who)[0][2:4]
    assert read(place, *told)["may_leave"]


def test_hints_on_the_right_of_reply_are_commands(place: Path) -> None:
    case_id, folder = begun(place)
    bare = replace(small().parties[0], asked_on="", reply="")
    for party, count in (
        (bare, 2), (replace(bare, reply="No.", no_reply_because="x"), 1),
        (replace(bare, reply="No."), 1), (replace(bare, asked_on="2022-09-01"), 2),
    ):  # fmt: skip
        written(folder, replace(small(), case_id=case_id, parties=(party,)))
        rows = read(place, "review", case_id, "--dossier", str(folder))["faults"]
        hint = next(one["hint"] for one in rows if one["where"] == f"party {FIRM}")
        assert len(pasted(place, hint)) == count


def test_a_return_tells_its_reason_wherever_it_stands_in_the_way(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    told = ["--dossier", str(folder), "--by", "mw"]
    run(place, "review", case_id, *told, "--return", "--because", "name the period")
    made = run(place, "publish", case_id, *told)
    assert made.exit_code == 1
    assert "mw returned this content: name the period" in plain(made.stderr)
    assert (commands(hint_of(made))[0])[-2:] == ["--by", "mw"]


def test_one_person_reviews_under_one_spelling(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    told = ["review", case_id, "--dossier", str(folder), "--approve", "--by"]
    assert run(place, *told, "kk").exit_code == 0
    again = run(place, *told, "K K")
    assert again.exit_code == 1
    assert f"K K, who has already reviewed {case_id} as kk" in plain(again.stderr)
    assert "1 approval of" in plain(run(place, *told[:4]).stdout)
    assert [one["by"] for one in read(place, "review", case_id)] == ["kk"]


def test_names_that_differ_in_a_vowel_sign_are_two_people() -> None:
    assert person("\u0930\u0935\u093f") != person("\u0930\u0947\u0935\u093e")
    assert person("K. K.") == person("kk")
    assert person("\u0301 -") == ""


def test_only_parties_of_the_case_are_asked_and_on_days_that_were(place: Path) -> None:
    case_id, _ = begun(place)
    other = run(place, "reply", case_id, "Orion Trading LLC", "--asked-on", "2022-09-01", "--by",
                "kk")  # fmt: skip
    assert f"expected a party that {case_id} names: {FIRM}" in plain(other.stderr)
    assert pasted(place, hint_of(other)) == [["case", "show", case_id]]
    day = datetime.now(UTC).date() + timedelta(days=2)
    late = run(place, "reply", case_id, FIRM, "--asked-on", day.isoformat(), "--by", "kk")
    assert late.exit_code == 1
    assert f"got --asked-on {day}, expected a day not after" in plain(late.stderr)
    empty = run(place, "case", "new", "Nothing", "--by", "kk").stdout.strip()
    assert "it names none" in run(place, "reply", empty, FIRM, "--by", "kk").stderr
    assert read(place, "reply", case_id) == []


def test_a_listed_party_that_no_list_at_hand_names_can_be_asked(place: Path) -> None:
    case_id, _ = begun(place)
    with Casebook.open(place) as book, book.writing("kk") as pen:
        cases.add(pen, case_id, ["pty_EU.1234"])
    made = run(place, "reply", case_id, "Orion Trading LLC", "--asked-on", "2022-09-01", "--by",
               "kk", "--workspace", str(place.parent))  # fmt: skip
    assert made.exit_code == 0, made.stderr


def test_lists_say_what_counts(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    told = ["review", case_id, "--dossier", str(folder), "--by", "kk"]
    run(place, *told, "--return", "--because", "name the period")
    run(place, *told, "--approve")
    run(place, "reply", case_id, FIRM.upper(), "--text", "We sold none.", "--by", "kk")
    assert re.findall("yes|no, a later entry does", run(place, "reply", case_id).stdout) == [
        "no, a later entry does", "yes"
    ]  # fmt: skip
    assert re.findall("for its content|no, said anew", run(place, "review", case_id).stdout) == [
        "no, said anew", "for its content"
    ]  # fmt: skip


def test_a_dossier_of_a_day_to_come_is_not_approved(place: Path) -> None:
    case_id, folder = begun(place)
    answered(place, case_id)
    written(folder, replace(small(), case_id=case_id, as_of="2340-01-01"))
    told = ["--dossier", str(folder), "--by", "kk"]
    made = run(place, "review", case_id, *told, "--approve")
    assert "as of: is 2340-01-01, expected a day not after" in plain(made.stderr)
    late = run(place, "publish", case_id, *told, "--on", "2340-01-02")
    assert "got --on 2340-01-02, expected a day not after" in plain(late.stderr)
