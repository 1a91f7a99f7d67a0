"""`entrepot publish`: a reviewed draft leaves, is corrected, is withdrawn, and the site follows."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.publish_world import (
    ENV,
    SITE,
    new_case,
    out,
    reviewed,
    run,
    taken_back,
    unnamed,
)
from tests.dossiers.dossier_world import FIRM, small

from entrepot.casebook import case_states, cases
from entrepot.casebook.casebook import Casebook
from entrepot.cli import main
from entrepot.dossiers.dossier.canonical import dossier_bytes, read_dossier
from entrepot.dossiers.dossier.dossier import Review, Version
from entrepot.dossiers.review.leaving import wordless
from entrepot.errors import DossierError, RequestError
from entrepot.workspace import publishing, released


@pytest.fixture
def case(tmp_path: Path) -> str:
    """A case in review, in a casebook of its own."""
    return new_case(tmp_path)


def test_without_a_review_nothing_leaves(tmp_path, case):
    path = tmp_path / "draft.json"
    path.write_bytes(dossier_bytes(unnamed(case, "no review")))
    done = run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21")
    assert done.exit_code == 1
    assert "may not leave yet" in done.output
    assert "approvals" in done.output
    assert not (tmp_path / "dossiers").exists()


def test_published_corrected_withdrawn_and_the_site_tells_all_three(tmp_path, case):
    first, second = (reviewed(tmp_path, case, title) for title in ("first", "second"))
    site = tmp_path / "www"
    done = run(tmp_path, case, "--dossier", str(first), "--by", "kk", "--on", "2022-09-21",
               "--site", str(site), *SITE, "--format", "json")  # fmt: skip
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)
    assert (row["version"], row["published_on"]) == (1, "2022-09-21")
    checked = CliRunner().invoke(main, ["verify", row["folder"]], env=ENV)
    assert checked.exit_code == 0, checked.output

    bare = run(tmp_path, case, "--dossier", str(second), "--by", "kk", "--on", "2022-09-22")
    assert bare.exit_code == 1
    assert "without what changed" in bare.output
    done = run(tmp_path, case, "--dossier", str(second), "--by", "kk", "--on", "2022-09-22",
               "--changes", "The title was wrong.", "--site", str(site), *SITE)  # fmt: skip
    assert done.exit_code == 0, done.output
    page = (site / "case" / case / "index.html").read_text("utf-8")
    assert "The title was wrong." in page
    assert "superseded" in (site / "case" / case / "v1" / "index.html").read_text("utf-8").lower()

    done = run(tmp_path, case, "--withdraw", "--because", "The row was of another firm.",
               "--by", "kk", "--on", "2022-09-23", "--site", str(site), *SITE)  # fmt: skip
    assert done.exit_code == 0, done.output
    page = (site / "case" / case / "index.html").read_text("utf-8")
    assert "The row was of another firm." in page
    assert "EUR 410,000" not in page
    again = run(tmp_path, case, "--withdraw", "--because", "x", "--by", "kk")
    assert again.exit_code == 1
    assert "is withdrawn already" in again.output


def test_a_stray_file_in_a_version_is_named_with_what_to_do(tmp_path, case):
    out(tmp_path, case)
    stray = tmp_path / "dossiers" / case / "v1" / ".DS_Store"
    stray.write_bytes(b"x")
    done = run(tmp_path, "--site", str(tmp_path / "www"), *SITE)
    assert done.exit_code == 1
    assert "is no file of the version" in " ".join(done.output.split())
    assert "Remove it" in done.output
    stray.unlink()
    assert run(tmp_path, "--site", str(tmp_path / "www"), *SITE).exit_code == 0


@pytest.mark.parametrize("name", ["dossier.json", "index.html", "dossier.pdf"])
def test_a_folder_that_was_changed_keeps_the_site_as_it_was(tmp_path, case, name):
    path = reviewed(tmp_path, case, "first")
    site = tmp_path / "www"
    run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-21",
        "--site", str(site), *SITE)  # fmt: skip
    before = sorted(one.relative_to(site) for one in site.rglob("*"))
    held = tmp_path / "dossiers" / case / "v1" / name
    held.chmod(0o644)
    content = bytearray(held.read_bytes())
    content[len(content) // 2] ^= 1
    held.write_bytes(content)
    done = run(tmp_path, "--site", str(site), *SITE)
    assert done.exit_code == 1
    assert f"/v1/{name} is not as it was sealed" in "".join(done.output.split("\n"))
    assert sorted(one.relative_to(site) for one in site.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "neither a case nor --site"),
        (("cas_000000000009", "--by", "kk"), "got no dossier"),
        (("cas_000000000009", "--withdraw", "--because", "x", "--by", "kk"), "never published"),
    ],
)
def test_refused_in_one_sentence(tmp_path, case, words, said):
    done = run(tmp_path, *words)
    assert done.exit_code == 1, done.output
    assert said in done.output


def test_a_withdrawal_that_lacks_its_folder_is_finished_by_the_same_call(tmp_path, case):
    out(tmp_path, case)
    with Casebook.open(tmp_path / "casebook.sqlite") as book, book.writing("kk") as pen:
        cases.move(pen, case, "withdrawn", "The row was of another firm.")
    site = run(tmp_path, "--site", str(tmp_path / "www"), *SITE)
    assert site.exit_code == 1
    assert "--withdraw" in site.output
    done = taken_back(tmp_path, case, "other words")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "dossiers" / case / "v2" / "dossier.md").read_text("utf-8")
    assert "The row was of another firm." in page
    assert "other words" not in page
    assert run(tmp_path, "--site", str(tmp_path / "www"), *SITE).exit_code == 0
    assert "is withdrawn already" in taken_back(tmp_path, case, "x").output


@pytest.mark.parametrize("step", ["render_all", "build"])
def test_a_withdrawal_that_fails_leaves_the_case_out(tmp_path, case, monkeypatch, step):
    out(tmp_path, case)

    def broken(*given, **named):
        raise DossierError("made to fail")

    with monkeypatch.context() as patch:
        patch.setattr(publishing, step, broken)
        assert taken_back(tmp_path, case, "It was wrong.").exit_code == 1
    with Casebook.open(tmp_path / "casebook.sqlite") as book, book.reading() as connection:
        assert case_states.current(connection, case) == "published"
    assert taken_back(tmp_path, case, "It was wrong.").exit_code == 0


@pytest.mark.parametrize(
    ("because", "day", "said"),
    [
        ("The row was of Orion Trading LLC.", "2022-09-22", "names Orion Trading LLC"),
        ("The firm did not smuggle.", "2022-09-22", "is a verdict"),
        ("Write to j.doe@example.com.", "2022-09-22", "point back to a source"),
        ("It was wrong.", "2022-09-20", "not before 2022-09-21"),
        (" ", "2022-09-22", "no reason"),
    ],
)
def test_the_reason_of_a_withdrawal_is_looked_at(tmp_path, case, because, day, said):
    out(tmp_path, case)
    done = taken_back(tmp_path, case, because, "--on", day)
    assert done.exit_code == 1, done.output
    assert said in " ".join(done.output.split())
    assert not (tmp_path / "dossiers" / case / "v2").exists()


def test_a_second_publisher_does_not_write_over_the_folder_of_the_first(tmp_path, case):
    first, second = (reviewed(tmp_path, case, title) for title in ("first", "second"))
    with Casebook.open(tmp_path / "casebook.sqlite") as book:
        made = [
            publishing.edition(book, read_dossier(one.read_bytes()), date(2022, 9, 21))
            for one in (first, second)
        ]
        publishing.publish(book, made[0], tmp_path, by="kk")
        with pytest.raises(RequestError):
            publishing.publish(book, made[1], tmp_path, by="mw")
        (there,) = released.all_published(book, tmp_path)
    assert there.dossier.title == "first"


def test_what_changed_names_nobody_whom_the_version_does_not(tmp_path, case):
    out(tmp_path, case)
    path = reviewed(tmp_path, case, "second")
    done = run(tmp_path, case, "--dossier", str(path), "--by", "kk", "--on", "2022-09-22",
               "--changes", "The firm Orion Trading LLC was not meant.")  # fmt: skip
    assert done.exit_code == 1
    assert "names Orion Trading LLC" in " ".join(done.output.split())


def test_a_tombstone_names_nobody_and_reasons_of_reviewers_stay_in_the_house():
    last = small()
    stone = publishing.tombstone(
        replace(last, title=f"Parts sold by {FIRM}"),
        (Version(1, "dos_000000000001", "2022-09-21", (f"{FIRM} replied.",)),),
        "It was wrong.", date(2022, 9, 22),
    )  # fmt: skip
    assert stone.title == "Parts sold by [a party]"
    assert FIRM.encode() not in dossier_bytes(stone)
    said = Review("kk", "2022-09-20T09:00:00+00:00", "approve", "our source said so", "doc_0")
    assert wordless([said])[0].because == ""
