"""`entrepot publish`: days, what ends the site once a version is out, and what it is given."""

import re
import shlex
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli import publish_world
from tests.cli.publish_world import ENV, SITE, new_case, out, reviewed, run, said, taken_back

from entrepot.cli import main
from entrepot.errors import DossierError

COMMAND, SITES = import_module("entrepot.cli.publish"), import_module("entrepot.cli.sitewriting")


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A case in review, in a casebook of its own."""
    return new_case(tmp_path)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2340-01-02", "a day not after"),
        ("2020-01-01", "not before 2022-09-20, as on which its records are judged"),
        ("2022-09-20", "not before 2022-09-21, on which version 1"),
        ("2022-09-22", "not before 2022-09-23, on which its last approval was given"),
    ],
)
def test_no_version_leaves_on_a_day_on_which_it_could_not(tmp_path, case, monkeypatch, day, why):
    if "version" in why:
        out(tmp_path, case)
    if "approval" in why:
        later = lambda: datetime(2022, 9, 23, 1, 0, tzinfo=UTC)  # noqa: E731
        monkeypatch.setattr(publish_world, "clock", later)
    path = reviewed(tmp_path, case, "second")
    done = run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", day, "--changes",
               "The title.")  # fmt: skip
    assert done.exit_code == 1
    assert why in said(done)


def test_after_a_clock_that_ran_ahead_a_case_can_still_be_withdrawn(tmp_path, case, monkeypatch):
    path = reviewed(tmp_path, case, "first")
    with monkeypatch.context() as patch:
        patch.setattr(COMMAND, "today", lambda: date(2340, 1, 2))
        run(tmp_path, case, "--dossier", str(path), "--by", "kk")
    assert "not after" in said(taken_back(tmp_path, case, "It was wrong.", "--on", "2340-01-03"))
    assert taken_back(tmp_path, case, "It was wrong.").exit_code == 0


def test_the_content_of_the_last_version_is_not_published_again(tmp_path, case):
    out(tmp_path, case)
    path = tmp_path / "first.json"
    for changes in ((), ("--changes", "Nothing.")):
        done = run(tmp_path, case, "--dossier", str(path), "--by", "kk", *changes)
        assert done.exit_code == 1
        assert "the very content of version 1" in said(done)
        assert "entrepot publish --site" in said(done)
    assert not (tmp_path / "dossiers" / case / "v2").exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 130), (DossierError("x is broken", hint="Mend x."), 1)],
)
def test_what_ends_the_site_says_that_the_version_is_out(tmp_path, case, monkeypatch, error, code):
    path, site = reviewed(tmp_path, case, "first"), tmp_path / "www"

    def broken(*given, **named):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(SITES, "write_site", broken)
        done = run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21",
                   "--site", str(site), *SITE)  # fmt: skip
    assert done.exit_code == code
    assert f"version 1 of {case} is out, the site is not written" in said(done)
    assert ("Mend x." in said(done)) == (code == 1)
    assert "same command goes on" not in said(done)
    (line,) = re.findall("written by: (entrepot publish .*)", said(done))
    told = shlex.split(line)
    assert told[2:4] == ["--site", str(site)]
    again = CliRunner().invoke(main, told[1:], env=ENV)
    assert again.exit_code == 0, again.output
    assert (site / "case" / case / "v1" / "index.html").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("nosuch.txt", "cannot be read"), ("binary", "no text in UTF-8"), (".", "cannot be read")],
)
def test_what_the_site_is_given_is_looked_at_before_anything_leaves(tmp_path, case, name, words):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    path, site = reviewed(tmp_path, case, "first"), ("--site", str(tmp_path / "www"))
    told = (case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21", *site)
    done = run(tmp_path, *told, *SITE, "--about", str(tmp_path / name))
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert words in said(done)
    assert "no title" in said(run(tmp_path, *told, *SITE[:2]))
    assert "the base address" in said(run(tmp_path, *told, *SITE[2:]))
    assert not (tmp_path / "dossiers").exists()


def test_files_of_the_host_stand_in_the_site_and_nothing_beside_it(tmp_path, case):
    out(tmp_path, case)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "CNAME").write_text("example.com")
    site, given = tmp_path / "www", ("--with", str(tmp_path / "CNAME"))
    done = run(tmp_path, "--site", str(site), *SITE, *given)
    assert done.exit_code == 0, done.output
    assert (site / "CNAME").read_text() == "example.org"
    assert done.stdout == ""
    assert "wrote 1 case in 1 version" in said(done)
    assert not list(tmp_path.glob(".www*"))
    twice = run(tmp_path, "--site", str(site), *SITE, *given, "--with",
                str(tmp_path / "other" / "CNAME"))  # fmt: skip
    assert "two files named CNAME" in said(twice)
    missing = run(tmp_path, "--site", str(site), *SITE, "--with", str(tmp_path / "no"))
    assert "cannot be read" in said(missing)
