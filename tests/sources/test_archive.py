"""The archive of bytes."""

import hashlib
import json
import stat

import pytest
from making import RETRIEVED

from entrepot.errors import WorkspaceError
from entrepot.sources.archive import Archive


def put(archive, path, **options):
    return archive.put(path, retrieved_at=RETRIEVED, media_type="text/csv", **options)


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "given.csv"
    path.write_bytes(b"a,b\n" * 1000)
    return path


def test_bytes_are_named_by_their_sha256(tmp_path, given):
    archive = Archive(tmp_path / "archive")
    found = put(archive, given, origin="https://example.org/x", licence="CC0")
    path = archive.path(found.file_id)
    assert found.file_id == hashlib.sha256(given.read_bytes()).hexdigest()
    assert path == tmp_path / "archive" / found.file_id[:2] / found.file_id[2:4] / found.file_id
    assert path.read_bytes() == given.read_bytes()
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    note = json.loads(path.with_name(f"{path.name}.json").read_text())
    assert note == {
        "file_id": found.file_id,
        "name": "given.csv",
        "origin": "https://example.org/x",
        "retrieved_at": "2026-01-02T03:04:05+00:00",
        "licence": "CC0",
        "size_bytes": 4000,
        "media_type": "text/csv",
    }


def test_the_same_file_twice_changes_nothing(tmp_path, given):
    archive = Archive(tmp_path / "archive")
    first = put(archive, given)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in archive.folder.rglob("*.*")}
    assert put(archive, given, origin="elsewhere") == first
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in archive.folder.rglob("*.*")}
    assert before == after


def test_verify_names_the_file_whose_bytes_changed(tmp_path, given):
    archive = Archive(tmp_path / "archive")
    found = put(archive, given)
    assert archive.verify() == []
    path = archive.path(found.file_id)
    path.chmod(0o644)
    path.write_bytes(b"changed")
    [sentence] = archive.verify()
    assert str(path) in sentence
    assert "changed" in sentence


def test_a_folder_that_cannot_be_made_is_told(tmp_path, given):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    with pytest.raises(WorkspaceError, match="cannot archive"):
        put(Archive(blocked), given)
