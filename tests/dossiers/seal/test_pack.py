"""Dossiers as zip files: the same bytes each time, and read without trust."""

import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.seal.seal_world import KEY, files_of, made, tree

from entrepot.dossiers.dossier.canonical import dossier_id, read_dossier
from entrepot.dossiers.seal import held
from entrepot.dossiers.seal.pack import pack, packed
from entrepot.dossiers.seal.verify import Asked, verify
from entrepot.errors import DossierError, RequestError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packed") / "dossier"
    made(out)
    return out


def zipped(path: Path, entries: dict[str, bytes], **more: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = more.get("attributes", 0)
            entry.compress_type = zipfile.ZIP_DEFLATED
            opened.writestr(entry, content)
    return path


def test_the_same_folder_is_the_same_zip_wherever_it_lies(folder, tmp_path):
    made(tmp_path / "another name")
    for path in (tmp_path / "another name").rglob("*"):
        os.utime(path, (1e9, 1e9))
        path.chmod(0o700)
    pack(folder, tmp_path / "one.zip")
    pack(tmp_path / "another name", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as opened:
        entries = opened.infolist()
        assert opened.testzip() is None
    top = dossier_id(read_dossier(files_of()["dossier.json"]))
    assert [one.filename for one in entries] == sorted(f"{top}/{path}" for path in tree(folder))
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {stat.filemode(one.external_attr >> 16) for one in entries} == {"-rw-r--r--"}


def test_a_zip_verifies_as_the_folder_does(folder, tmp_path):
    pack(folder, tmp_path / "d.zip")
    found = verify(tmp_path / "d.zip", Asked(trusted=[KEY.public]))
    assert found.is_whole
    assert found.is_trusted


def test_what_other_programs_pack_and_unpack_verifies(folder, tmp_path):
    assert verify(zipped(tmp_path / "flat.zip", tree(folder))).is_whole
    pack(folder, tmp_path / "d.zip")
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", str(tmp_path / "d.zip"), str(tmp_path / "out")],
        check=True,
    )
    (unpacked,) = (tmp_path / "out").iterdir()
    assert verify(unpacked).is_whole


@given(data=st.data())
@settings(max_examples=40)
def test_a_flipped_byte_of_a_zip_never_passes_for_other_content(folder, data):
    """It is refused, named, or lies where nothing of the dossier stands (times, modes)."""
    content = packed(folder)
    place = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[place] ^= data.draw(st.integers(1, 255))
    path = folder.parent / "flipped.zip"
    path.write_bytes(changed)
    try:
        found = verify(path)
    except DossierError:
        return
    if found.is_whole:
        assert held.read_held(path).files == tree(folder)


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "a/../../evil", "c:evil", "..\\evil"])
def test_names_that_lead_outside_are_named_and_nothing_is_unpacked(folder, tmp_path, name):
    path = zipped(tmp_path / "d.zip", {**tree(folder), name: b"evil"})
    before = sorted(tmp_path.rglob("*"))
    found = verify(path)
    assert not found.is_whole
    assert {one.kind for one in found.differences} <= {"name", "extra"}
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_a_zip_are_named(folder, tmp_path):
    link = (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "d.zip", {"index.html": b"/etc/passwd"}, attributes=link)
    with zipfile.ZipFile(path, "a") as opened:
        for name, content in tree(folder).items():
            if name != "index.html":
                opened.writestr(name, content)
    first = verify(path).first
    assert first is not None
    assert (first.path, first.kind) == ("index.html", "link")


def test_a_name_twice_is_named(folder, tmp_path):
    path = zipped(tmp_path / "d.zip", tree(folder))
    with zipfile.ZipFile(path, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr("index.html", b"the other one")
    first = verify(path).first
    assert first is not None
    assert first.sentence == "index.html: got two of the same name, expected one such file"


def test_what_would_fill_the_memory_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(held, "MOST_BYTES", 1 << 20)
    path = zipped(tmp_path / "d.zip", {"manifest.json": b"0" * (2 << 20)})
    assert path.stat().st_size < 10_000
    with pytest.raises(DossierError, match="would unpack to more"):
        verify(path)
    monkeypatch.setattr(held, "MOST_FILES", 3)
    with pytest.raises(DossierError, match="would unpack to more"):
        verify(zipped(tmp_path / "e.zip", {str(one): b"" for one in range(5)}))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").write_bytes(b"0" * (2 << 20))
    with pytest.raises(DossierError, match="larger than any dossier"):
        verify(tmp_path / "folder")


def test_an_entry_that_holds_more_than_it_says_is_named(tmp_path):
    """The size in the directory says 4; the stream goes on."""
    path = zipped(tmp_path / "d.zip", {"manifest.json": b"x" * 100_000})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 16 : at + 20] = crc32(b"xxxx").to_bytes(4, "little")
    content[at + 24 : at + 28] = (4).to_bytes(4, "little")
    path.write_bytes(content)
    first = verify(path).first
    assert first is not None
    assert first.path == "manifest.json"


def test_only_dossiers_are_packed(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DossierError, match=r"no manifest\.json"):
        pack(tmp_path / "empty", tmp_path / "d.zip")
    made(tmp_path / "linked")
    (tmp_path / "linked" / "more").symlink_to(folder)
    with pytest.raises(DossierError, match="got a link"):
        pack(tmp_path / "linked", tmp_path / "d.zip")
    with pytest.raises(RequestError, match="cannot write"):
        pack(folder, folder / "index.html" / "d.zip")
    assert not (tmp_path / "d.zip").exists()
    assert io.BytesIO(packed(folder)).getvalue() == packed(folder)
