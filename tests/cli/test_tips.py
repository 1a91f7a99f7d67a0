"""`entrepot tip` and `entrepot leaks` as a person types them."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from entrepot.cli import main

SECRET = "The crates with the yellow stencil hold aircraft parts that Belarus passes on to Russia."


class House:
    """A workspace, and the commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = folder / "mine.key"

    def run(self, *words: str, stdin: str = "") -> Result:
        return CliRunner().invoke(
            main, [*words, "--workspace", str(self.folder / "w")], input=stdin,
            env={"ENTREPOT_USER": "kk", "COLUMNS": "200"},
        )  # fmt: skip

    def refused(self, *words: str) -> str:
        done = self.run(*words)
        assert done.exit_code == 1, done.output
        assert "error:" in done.stderr
        assert "hint:" in done.stderr
        return done.stderr


@pytest.fixture
def house(tmp_path: Path) -> House:
    """With one reviewer's key."""
    made = House(tmp_path)
    done = made.run("tip", "keys", "new", str(made.key), "--holder", "kk", "--bare")
    assert done.exit_code == 0, done.output
    return made


def test_without_a_key_a_tip_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    bare = House(tmp_path)
    assert "no reviewer has proved" in bare.refused("tip", "add", "--text", "Parts came.")
    assert json.loads(bare.run("tip", "list", "--format", "json").stdout) == []


def test_the_working_side_sees_a_number_and_an_outline_and_no_word(house: House) -> None:
    done = house.run("tip", "add", "--text", "-", stdin=SECRET)
    assert done.exit_code == 0, done.output
    assert "only one key is in use" in done.stderr
    (row,) = json.loads(house.run("tip", "list", "--format", "json").stdout)
    assert (row["number"], row["parts"], row["keys"]) == (1, 1, 1)
    shown = house.run("tip", "show", "1").stdout
    for word in ("yellow", "stencil", "crates"):
        assert word not in str(row) + shown
    assert any("8807" in claim and "Russia" in claim for claim in row["claims"])


def test_no_outline_where_none_is_wanted_and_a_dry_run_writes_nothing(house: House) -> None:
    assert "nothing was written" in house.run("tip", "add", "--text", SECRET, "--dry-run").stderr
    house.run("tip", "add", "--text", SECRET, "--no-outline")
    (row,) = json.loads(house.run("tip", "list", "--format", "json").stdout)
    assert row["claims"] == []


def test_a_reviewer_reads_it_and_writes_the_copies_out(house: House, tmp_path: Path) -> None:
    bill = tmp_path / "bill.txt"
    bill.write_text("crate 1")
    house.run("tip", "add", str(bill), "--text", SECRET)
    shown = house.run("tip", "show", "1", "--identity", str(house.key), "--files",
                      str(tmp_path / "out"))  # fmt: skip
    assert SECRET in shown.stdout
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["2-file-1.txt",
                                                                       "message.txt"]  # fmt: skip
    assert (tmp_path / "out" / "message.txt").stat().st_mode & 0o077 == 0


def test_a_claim_that_copies_the_tip_is_stopped_and_another_is_kept(house: House) -> None:
    house.run("tip", "add", "--text", SECRET)
    words = ("tip", "redact", "1", "--identity", str(house.key), "--text")
    assert "could point back" in house.refused(*words, "Crates with the yellow stencil came.")
    assert house.run(*words, "Aircraft parts went on to Russia.").exit_code == 0
    (row,) = json.loads(house.run("tip", "list", "--format", "json").stdout)
    assert row["claims"] == ["Aircraft parts went on to Russia."]


def test_a_lost_key_is_told_at_once_with_the_tips_that_hang_on_it(house: House) -> None:
    house.run("tip", "add", "--text", SECRET)
    done = house.run("tip", "keys", "lose", "age1", "--because", "left in a train")
    assert "no key in use opens tips 1 any more" in done.stderr
    assert "no key in use opens tips 1" in house.run("tip", "list").stderr
    assert "no reviewer has proved" in house.refused("tip", "add", "--text", "More.")


def test_a_key_with_a_passphrase_opens_with_it_and_not_with_another(house: House) -> None:
    locked = house.folder / "locked.key"
    made = house.run("tip", "keys", "new", str(locked), "--holder", "mm", stdin="horse\nhorse\n")
    assert made.exit_code == 0, made.output
    assert b"AGE-SECRET-KEY" not in locked.read_bytes()
    house.run("tip", "add", "--text", SECRET)
    shown = house.run("tip", "show", "1", "--identity", str(locked), stdin="horse\n")
    assert SECRET in shown.stdout
    wrong = house.run("tip", "show", "1", "--identity", str(locked), stdin="mule\n")
    assert wrong.exit_code == 1
    assert "cannot be opened with this passphrase" in wrong.stderr


def test_a_second_key_counts_after_its_proof(house: House) -> None:
    other = House(house.folder / "other")
    other.run("tip", "keys", "new", str(other.key), "--holder", "mm", "--bare")
    (row,) = json.loads(other.run("tip", "keys", "list", "--format", "json").stdout)
    house.run("tip", "keys", "add", row["key"], "--holder", "mm")
    house.run("tip", "add", "--text", SECRET)
    states = json.loads(house.run("tip", "keys", "list", "--format", "json").stdout)
    assert [(one["state"], one["opens"]) for one in states] == [("in use", [1]),
                                                               ("not proven", [])]  # fmt: skip
    proven = house.run("tip", "keys", "check", "--identity", str(other.key))
    assert "not sealed to it: tips 1" in proven.stderr
    house.run("tip", "reseal", "--identity", str(house.key))
    assert "it opens 1 tip" in house.run("tip", "keys", "check", "--identity",
                                          str(other.key)).stderr  # fmt: skip


def test_a_key_file_is_never_written_over(house: House) -> None:
    before = house.key.read_bytes()
    assert "is there already" in house.refused("tip", "keys", "new", str(house.key), "--holder",
                                               "kk", "--bare")  # fmt: skip
    assert house.key.read_bytes() == before


def test_leaks_exit_with_one_where_something_must_go(house: House, tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Parts went on to Russia. Call +375 29 000-00-00.")
    done = house.run("leaks", str(text), "--format", "json")
    assert done.exit_code == 1
    (row,) = json.loads(done.stdout)
    assert (row["kind"], row["level"], row["line"]) == ("phone", "must", 1)
    assert "wording was not compared" in done.stderr
    allowed = house.run("leaks", str(text), "--allow", row["found"])
    assert allowed.exit_code == 0, allowed.output


def test_leaks_compare_the_wording_with_a_tip_for_whoever_may_read_it(
    house: House, tmp_path: Path
) -> None:
    house.run("tip", "add", "--text", SECRET)
    text = tmp_path / "letter.txt"
    text.write_text("It is said that the crates with the yellow stencil came.")
    assert house.run("leaks", str(text)).exit_code == 0
    done = house.run("leaks", str(text), "--tip", "1", "--identity", str(house.key))
    assert done.exit_code == 1
    assert "crates with the yellow stencil" in done.stdout
    assert "without --identity" in house.refused("leaks", str(text), "--tip", "1")


def test_copies_are_written_over_no_file_and_through_no_link(house: House, tmp_path: Path) -> None:
    house.run("tip", "add", "--text", SECRET)
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.write_text("orig")
    (out / "message.txt").symlink_to(elsewhere)
    words = ("tip", "show", "1", "--identity", str(house.key), "--files")
    assert "File exists" in house.refused(*words, str(out))
    assert elsewhere.read_text() == "orig"


def test_what_a_stranger_wrote_does_not_steer_the_terminal(house: House, tmp_path: Path) -> None:
    hostile = tmp_path / ("n" * 240 + "\n[red]\x1b.txt")
    hostile.write_text("crate 1")
    house.run("tip", "add", str(hostile), "--text", "Parts\x1b[2J came\u202e.\tYes.")
    shown = house.run("tip", "show", "1", "--identity", str(house.key), "--originals",
                      "--files", str(tmp_path / "out"))  # fmt: skip
    assert shown.exit_code == 0, shown.output
    assert "Parts\\x1b[2J came\\u202e.\tYes." in shown.stdout
    assert "\\n[red]\\x1b.txt" in shown.stdout
    assert all(one.name.isprintable() for one in (tmp_path / "out").iterdir())


def test_a_key_file_is_not_made_beside_the_casebook(house: House) -> None:
    beside = house.folder / "w" / "keys" / "mine.key"
    told = house.refused("tip", "keys", "new", str(beside), "--holder", "kk", "--bare")
    assert "beside the casebook" in told
    assert not beside.parent.exists()


def test_a_pipe_is_refused_and_not_waited_for(house: House, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe[red]"
    os.mkfifo(pipe)
    assert "got a pipe" in house.refused("leaks", str(pipe))
    assert "got a pipe" in house.refused("tip", "keys", "check", "--identity", str(pipe))


def test_signs_that_nobody_sees_are_told_also_where_the_reader_takes_them_out(
    house: House, tmp_path: Path
) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Aircraft\u200bparts went\u2066 east.", encoding="utf-8-sig")
    done = house.run("leaks", str(text), "--format", "json")
    assert done.exit_code == 1
    assert [row["found"] for row in json.loads(done.stdout)] == ["hidden signs: 2 in the text"]


def test_a_finding_beside_the_text_can_be_allowed_as_printed(house: House, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<html><meta name="author" content="press desk"><p>Parts came.</p></html>')
    done = house.run("leaks", str(page), "--format", "json")
    assert done.exit_code == 1
    (found,) = [row["found"] for row in json.loads(done.stdout)]
    assert house.run("leaks", str(page), "--allow", found).exit_code == 0
