import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from imageserver import HTML, FakeArchive

from entrepot.cli import main


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["fetch", "images", *words])


DAYS = ("--from", "2022-08-26", "--to", "2022-09-08")
WHERE = ("--at", "53.10,26.05", *DAYS)


def test_a_dry_run_prints_the_requests_and_sends_none(tmp_path: Path) -> None:
    done = run(*WHERE, "--dry-run", "--format", "jsonl", "--workspace", str(tmp_path / "w"))
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 10
    assert rows[0]["address"] == "https://earth-search.aws.element84.com/v1/search"
    assert rows[0]["body"]["collections"] == ["sentinel-2-l2a"]
    assert rows[0]["body"]["bbox"] == [26.012535, 53.077517, 26.087465, 53.122483]
    assert not (tmp_path / "w").exists()


def test_what_was_found_is_data_and_what_was_asked_is_words(
    tmp_path: Path, archive: FakeArchive
) -> None:
    done = run(
        *WHERE, "--archive", archive.address, "--collection", "sentinel-2-l2a",
        "--workspace", str(tmp_path), "--format", "jsonl",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["at"] for row in rows] == [f"2022-08-{day}T09:25:40Z" for day in range(26, 31)]
    assert {row["kind"] for row in rows} == {"image"}
    assert "licence proprietary, https://example.org/terms" in done.stderr
    assert "5 images of the place are at hand, of 5 looks at it" in done.stderr


def test_where_nothing_answers_the_command_ends_with_a_sentence(
    tmp_path: Path, archive: FakeArchive
) -> None:
    archive.faults["root"] = [(200, {}, HTML)]
    done = run(
        *WHERE, "--archive", archive.address, "--collection", "a", "--workspace", str(tmp_path)
    )
    assert done.exit_code == 1
    assert "got a web page" in done.stderr
    assert "none of the 1 collections answered" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--at", "530.1,26.05", *DAYS), 1, "latitude 530.1"),
        (("--at", "Nowhereville", *DAYS), 1, "which is no place"),
        (("--at", "nan,3", *DAYS), 1, "which is no place"),
        (("--at", "53,26", "--from", "2022-08-26"), 2, "--to"),
        (("--at", "53,26", "--from", "2022-08-26", "--to", "2022-08-25"), 1, "a last day not"),
        ((*WHERE, "--archive", "none"), 1, "expected one of element84"),
        ((*WHERE, "--box", "0"), 1, "expected more than 0"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_sentence(words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*words, "--dry-run")
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr


@pytest.mark.parametrize("place", ["53.10 N 26.05 E", "53°06'N 26°03'E", "UMMA"])
def test_a_place_is_read_as_by_the_other_commands(place):
    day = ("--from", "2022-08-26", "--to", "2022-08-26")
    more = ("--archive", "element84", "--collection", "sentinel-2-l2a", "--format", "csv")
    same = run("--at", "53.10,26.05", *day, *more, "--dry-run")
    done = run("--at", place, *day, *more, "--dry-run")
    assert (done.exit_code, done.stdout) == (0, same.stdout)


def test_swapped_coordinates_are_refused_with_the_pair_the_other_way_round():
    done = run("--at", "126.05,53.1", "--from", "2022-08-26", "--to", "2022-08-26", "--dry-run")
    assert done.exit_code == 1
    assert "53.1,126.05?" in done.stderr
