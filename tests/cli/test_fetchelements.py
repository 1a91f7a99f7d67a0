"""`entrepot fetch`: lists as before, elements and images beside them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sgp4.api import Satrec
from sgp4.exporter import export_omm

from entrepot.cli import main
from entrepot.cli.fetching import SUBCOMMANDS
from loopback import Reply, answering

LINES = (
    "1 42063U 17013A   22229.50000000  .00000100  00000+0  50000-4 0  9997",
    "2 42063  98.5700 300.0000 0001000  90.0000 270.0000 14.30818000370001",
)


def _omm(**changes: object) -> dict[str, object]:
    return export_omm(Satrec.twoline2rv(*LINES), "SENTINEL-2B") | changes


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fetch", *arguments])


def test_elements_are_fetched_listed_and_broken_ones_told(tmp_path: Path):
    body = json.dumps([_omm(), _omm(NORAD_CAT_ID=7, OBJECT_NAME="X"), _omm(MEAN_MOTION=99)])
    with answering(Reply(200, body.encode())) as talk:
        asked = ["elements", "--from", f"{talk.address}/own.json", "--workspace", str(tmp_path)]
        result = _run(*asked, "--format", "json")
        again = _run(*asked)
    assert result.exit_code == 0, result.output
    (row,) = json.loads(result.stdout)
    assert (row["file"], row["sets"], row["imaging"], row["refused"]) == ("own.json", 2, 1, 1)
    assert (row["from"], row["licence"]) == ("2022-08-17", None)
    assert "SENTINEL-2B: got 99 turns a day" in result.stderr
    assert again.exit_code == 0
    assert "not asked again for two hours" in again.stderr
    assert len(talk.asked) == 1


def test_a_refusal_is_one_sentence_and_a_hint(tmp_path: Path):
    with answering(Reply(200, b"<html>sign in")) as talk:
        result = _run("elements", "--from", talk.address, "--workspace", str(tmp_path))
    assert result.exit_code == 1
    assert "got a web page" in result.stderr
    assert "hint:" in result.stderr
    assert not result.stdout


def test_too_many_numbers_are_refused_before_any_is_asked(tmp_path: Path):
    numbers = [word for one in range(1, 22) for word in ("--norad", str(one))]
    result = _run("elements", *numbers, "--workspace", str(tmp_path))
    assert result.exit_code == 1
    assert "at most 20" in result.stderr


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_each_other_thing_has_its_own_help_and_stands_in_that_of_fetch(name: str):
    result = _run(name, "--help")
    assert result.exit_code == 0
    assert f"main fetch {name}" in result.output
    assert f"  {name} " in _run("--help").output


def test_lists_are_fetched_as_before(tmp_path: Path):
    known = _run("--known", "--format", "json")
    assert {row["list"] for row in json.loads(known.stdout)} >= {"ofac-sdn", "eu-fsf"}
    result = _run("no-such-list", "--workspace", str(tmp_path))
    assert result.exit_code == 1
    assert "got list 'no-such-list', of which no address is known" in result.stderr
