"""Building a folder: whole or not at all, one builder, safe names."""

import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.dossier_world import small
from tests.dossiers.seal.seal_world import KEY, files_of, made, tree

from entrepot.dossiers.dossier.canonical import dossier_bytes, dossier_id
from entrepot.dossiers.dossier.dossier import Version
from entrepot.dossiers.seal import swap
from entrepot.dossiers.seal.build import build, sealed
from entrepot.dossiers.seal.names import clash, fault_of
from entrepot.dossiers.seal.swap import only_builder
from entrepot.dossiers.seal.verify import verify
from entrepot.errors import DossierError, RequestError

ROOT = Path(__file__).resolve().parents[3]


def test_two_builds_in_two_places_are_the_same_bytes(tmp_path, monkeypatch):
    made(tmp_path / "one" / "a")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    before = os.umask(0o077)
    try:
        made(tmp_path / "two" / "deep" / "b", files=dict(reversed(files_of().items())))
    finally:
        os.umask(before)
    one, other = tmp_path / "one" / "a", tmp_path / "two" / "deep" / "b"
    assert tree(one) == tree(other)
    for folder in (one, other):
        modes = {
            path.is_dir(): stat.S_IMODE(path.stat().st_mode)
            for path in (folder, *folder.rglob("*"))
        }
        assert modes == {True: 0o755, False: 0o644}
    assert sealed(files_of(), key=KEY) == tree(one)


def test_the_manifest_says_what_the_dossier_says(tmp_path):
    second = replace(
        small(), versions=(Version(1, "dos_0123456789ab", "2022-10-01", ()),
                           Version(2, "", "2022-11-01", ("A figure was mended.",))),
    )  # fmt: skip
    built = made(tmp_path / "d", files=files_of(second))
    raw = json.loads((tmp_path / "d" / "manifest.json").read_bytes())
    assert raw["dossier_id"] == dossier_id(second) == built.manifest.dossier_id
    assert (raw["version"], raw["previous"]) == (2, "dos_0123456789ab")
    assert raw["made_with"] == "entrepot 0.1.0"
    assert [one["path"] for one in raw["files"]] == sorted(files_of())
    svg = next(one for one in raw["files"] if one["path"].endswith(".svg"))
    assert (svg["media_type"], svg["size_bytes"]) == ("image/svg+xml", 42)
    assert built.key_id == KEY.public.key_id


def test_the_sums_are_read_by_sha256sum(tmp_path):
    made(tmp_path / "d")
    said = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "d",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.count(": OK") == len(files_of()) + 2


def test_an_older_dossier_is_replaced_whole(tmp_path):
    out = tmp_path / "d"
    made(out, files={**files_of(), "old.txt": b"old"})
    made(out)
    assert not (out / "old.txt").exists()
    assert verify(out).is_whole
    assert [one.name for one in tmp_path.iterdir()] == ["d"]


def test_where_folders_cannot_be_swapped_two_steps_do_it(tmp_path, monkeypatch):
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    made(tmp_path / "d", files={**files_of(), "old.txt": b"old"})
    made(tmp_path / "d")
    assert verify(tmp_path / "d").is_whole
    assert [one.name for one in tmp_path.iterdir()] == ["d"]


def test_a_build_that_died_between_two_steps_is_mended(tmp_path):
    made(tmp_path / "d")
    (tmp_path / "d").rename(tmp_path / ".d.entrepot-old")
    (tmp_path / ".d.entrepot-77.new").mkdir()
    with only_builder(tmp_path / "d"):
        assert verify(tmp_path / "d").is_whole
    assert [one.name for one in tmp_path.iterdir()] == ["d"]


@pytest.mark.parametrize("step", ["_fill", "_put"])
def test_a_full_disk_leaves_the_old_one(step, tmp_path, monkeypatch):
    made(tmp_path / "d")
    before = tree(tmp_path / "d")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swap, step, full)
    with pytest.raises(RequestError, match="No space left"):
        made(tmp_path / "d", files={**files_of(), "new.txt": b"new"})
    assert tree(tmp_path / "d") == before
    assert [one.name for one in tmp_path.iterdir()] == ["d"]


def test_a_builder_that_is_killed_leaves_the_old_or_the_new(tmp_path):
    """Kills children at ten instants; what lies there afterwards is always whole."""
    code = textwrap.dedent("""
        import os, signal, sys, time
        from pathlib import Path
        from tests.dossiers.seal.seal_world import files_of
        from entrepot.dossiers.seal.build import build
        from entrepot.dossiers.seal.verify import verify
        out, seen = Path(sys.argv[1]), set()
        sorts = [{**files_of(), "which.txt": mark * 40000} for mark in (b"a", b"b")]
        build(sorts[0], out)
        for turn in range(10):
            child = os.fork()
            if not child:
                while True:
                    for files in sorts:
                        build(files, out)
            time.sleep(0.004 + 0.0037 * turn)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            found = verify(out)
            assert found.is_whole, found.differences
        build(sorts[1], out)
        assert verify(out).is_whole
        print(sorted(path.name for path in out.parent.iterdir()))
    """)
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "d")], cwd=ROOT, capture_output=True,
        text=True, check=False, env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert said.stdout.strip() == "['d']"


def test_a_second_builder_is_refused_and_the_first_goes_on(tmp_path):
    out = tmp_path / "d"
    with only_builder(out):
        with pytest.raises(RequestError, match="another build"):
            made(out)
        made(tmp_path / "other")
    made(out)
    assert verify(out).is_whole


def test_the_lock_of_a_dead_builder_holds_nobody_up(tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from pathlib import Path; "
         "from entrepot.dossiers.seal.swap import only_builder\n"
         "with only_builder(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)",
         str(tmp_path / "d")],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    with child.stdout:
        child.stdout.readline()
        with pytest.raises(RequestError, match="another build"):
            made(tmp_path / "d")
        child.send_signal(signal.SIGKILL)
        child.wait()
    made(tmp_path / "d")
    assert [one.name for one in tmp_path.iterdir()] == ["d"]


def test_folders_of_somebody_else_are_not_replaced(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine")
    with pytest.raises(DossierError, match="would be lost"):
        made(tmp_path / "home")
    assert (tmp_path / "home" / "letter.txt").read_text() == "mine"
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "home")
    for name in ("file", "link"):
        with pytest.raises(DossierError, match="a link or a file"):
            made(tmp_path / name)
    (tmp_path / "empty").mkdir()
    made(tmp_path / "empty")


def test_the_dossier_of_another_case_is_not_replaced(tmp_path):
    made(tmp_path / "d")
    other = replace(small(), case_id="cas_000000000002")
    with pytest.raises(DossierError, match="cas_000000000001"):
        made(tmp_path / "d", files=files_of(other))


def test_files_without_the_data_are_refused(tmp_path):
    with pytest.raises(DossierError, match=r"without dossier\.json"):
        build({"index.html": b""}, tmp_path / "d")
    with pytest.raises(DossierError, match="no dossier"):
        build({"dossier.json": b"{}"}, tmp_path / "d")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a//b", "a/./b", "a/..", "", "a\\b", "c:x", "aux", "charts/COM1.svg",
     "nul.tar.gz", "lpt¹", "x.", "x ", " x", "a\nb", "a\x00b", "a\u202eb", "e\u0301.txt", "x" * 201,
     "manifest.json", "Manifest.JSON", "sha256sums", "con .txt"],
)  # fmt: skip
def test_unsafe_names_are_refused(path, tmp_path):
    with pytest.raises(DossierError):
        build({**files_of(), path: b""}, tmp_path / "d")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Index.html", "index.html"), ("charts/a", "Charts/b"), ("a", "a/b"), ("A", "a/b"),
     ("straße", "STRASSE"), ("\uff21", "a")],
)  # fmt: skip
def test_names_that_are_one_on_some_system_are_refused(one, other, tmp_path):
    assert clash([one, other])
    assert clash([other, one])
    with pytest.raises(DossierError):
        build({**files_of(), one: b"", other: b""}, tmp_path / "d")


@given(st.lists(st.text("abAB.é/", min_size=1, max_size=6), unique=True, max_size=8))
@settings(max_examples=50)
def test_what_the_rules_let_through_can_be_written_side_by_side(paths):
    """On a system that tells all names apart: no file stands where another has its folder."""
    safe = [one for one in paths if not fault_of(one)]
    if clash(safe) is None:
        folders = {str(above) for one in safe for above in Path(one).parents}
        assert not folders & set(safe)
        assert len({one.casefold() for one in safe}) == len(safe)


def test_non_ascii_names_are_kept(tmp_path):
    files = {**files_of(), "Данные/Türkiye.csv": b"a\n"}
    made(tmp_path / "d", files=files)
    assert verify(tmp_path / "d").is_whole


def test_a_draft_of_the_data_is_found_where_it_is_not_canonical(tmp_path):
    files = {**files_of(), "dossier.json": dossier_bytes(small()).replace(b"\n ", b"\n  ", 1)}
    with pytest.raises(DossierError, match="canonical"):
        made(tmp_path / "d", files=files)
