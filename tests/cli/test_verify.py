"""`entrepot verify` and `entrepot signing` as people type them."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.dossiers.seal.seal_world import files_of

from entrepot.cli import main
from entrepot.dossiers.seal.build import build
from entrepot.dossiers.seal.keys import read_key


def run(*given: object, **more: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in given], **more)


@pytest.fixture(scope="module", autouse=True)
def _found_once() -> None:
    """No figures are looked at here, so that none are found beforehand."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a key, its public half and a dossier signed with it."""
    assert run("signing", "new", "--key", tmp_path / "desk.key", "--bare").exit_code == 0
    shown = run("signing", "show", "--key", tmp_path / "desk.key", "--out", tmp_path / "desk.pub")
    assert shown.exit_code == 0
    build(files_of(), tmp_path / "dossier", key=read_key(tmp_path / "desk.key"))
    return tmp_path


def test_a_whole_dossier_ends_with_zero_and_says_what_was_not_checked(desk):
    done = run("verify", desk / "dossier", "--trust", desk / "desk.pub")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "whole:" in done.stderr
    assert "which you trust" in done.stderr
    assert "--archive" in done.stderr


def test_what_differs_ends_with_one_and_one_sentence(desk):
    (desk / "dossier" / "index.html").write_text("changed")
    (desk / "dossier" / "more.txt").write_text("more")
    done = run("verify", desk / "dossier")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: index.html: got 7 bytes, expected 46 bytes")
    assert "1 more differ" in done.stderr
    listed = run("verify", desk / "dossier", "--all")
    assert listed.exit_code == 1
    assert "more.txt" in listed.stdout


def test_json_is_one_object_with_the_difference(desk):
    whole = json.loads(run("verify", desk / "dossier", "--format", "json").stdout)
    assert whole["is_whole"] is True
    assert whole["previous"] is whole["is_trusted"] is whole["stamped_at"] is None
    (desk / "dossier" / "index.html").unlink()
    done = run("verify", desk / "dossier", "--format", "json")
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["is_whole"] is False
    assert said["differences"][0]["path"] == "index.html"
    assert said["differences"][0]["kind"] == "missing"


def test_a_stranger_and_an_unsigned_dossier_are_refused(desk):
    run("signing", "new", "--key", desk / "other.key", "--bare")
    key = json.loads(
        run("signing", "show", "--key", desk / "other.key", "--format", "json").stdout
    )["public_key"]
    assert (
        "manifest.sig: got a signature by" in run("verify", desk / "dossier", "--trust", key).stderr
    )
    build(files_of(), desk / "bare")
    assert run("verify", desk / "bare").exit_code == 0
    assert run("verify", desk / "bare", "--signed").exit_code == 1
    assert run("verify", desk / "bare", "--trust", key).exit_code == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("nowhere",), "is not there"),
        (("dossier", "--trust", "nobody"), "no file and no public key"),
        (("dossier", "--trust", "desk.key"), "got a secret key"),
        (("dossier", "--archive", "nowhere"), "expected the archive"),
        (("dossier", "--previous", "nowhere"), "is not there"),
        (("dossier", "--stamp-root", "desk.pub"), "expected PEM"),
        (("dossier", "--format", "json", "--out", "dossier/x.json"), "would change it"),
        (("desk.key",), "no whole zip file"),
    ],
)
def test_wrong_input_is_one_sentence(desk, monkeypatch, given, said):
    monkeypatch.chdir(desk)
    done = run("verify", *given)
    assert done.exit_code == 1
    assert said in done.stderr.replace("\n", " ")
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit)


def test_a_key_file_is_private_and_never_overwritten(desk):
    path = desk / "desk.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    done = run("signing", "new", "--key", path, "--bare")
    assert done.exit_code == 1
    assert "never overwritten" in done.stderr
    assert path.read_bytes() == before
    assert b"PRIVATE" not in (desk / "desk.pub").read_bytes()


def test_a_passphrase_is_asked_for_twice_or_read_from_the_environment(tmp_path):
    path = tmp_path / "desk.key"
    assert run("signing", "new", "--key", path, input="one\ntwo\nright\nright\n").exit_code == 0
    with_it = {"ENTREPOT_SIGNING_PASSPHRASE": "right"}
    assert run("signing", "show", "--key", path, env=with_it).stdout.startswith("ssh-ed25519 ")
    wrong = run("signing", "show", "--key", path, env={"ENTREPOT_SIGNING_PASSPHRASE": "no"})
    assert wrong.exit_code == 1
    assert "does not open" in wrong.stderr
    assert "none was given" in run("signing", "show", "--key", path).stderr
    assert run("signing", "show", "--key", path, "--pem", env=with_it).stdout.startswith("-----BEG")


def test_help_has_an_example():
    for given in (("verify",), ("signing",), ("signing", "new"), ("signing", "show")):
        assert "Example" in run(*given, "--help").stdout
