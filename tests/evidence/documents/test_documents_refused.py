"""What is no report is refused at once, in one sentence with a hint; nothing hangs."""

import os
import socket
from pathlib import Path

import pytest

from entrepot.errors import DocumentError
from entrepot.evidence.documents.read import read_report, report_of


def refused(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_report(path)
    assert str(caught.value).startswith(f"{caught.value.locator}: ")
    return caught.value


def test_no_such_file(tmp_path: Path) -> None:
    error = refused(tmp_path / "missing.txt")
    assert (str(error), error.locator) == ("missing.txt: there is no such file", "missing.txt")


def test_a_folder(tmp_path: Path) -> None:
    assert "got a folder, expected a file" in str(refused(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_does_not_hold_up_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "got a pipe, expected a file" in str(refused(tmp_path / "pipe"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_not_read() -> None:
    assert "got a device, expected a file" in str(refused(Path("/dev/zero")))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets with names here")
def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the whole path may be too long for a socket
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s")
        assert "socket" in str(refused(tmp_path / "s"))


def test_a_link_is_followed_and_one_to_itself_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Date: 26 August 2022", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").symlink_to("c.txt")
    assert read_report(tmp_path / "b.txt").text == "Date: 26 August 2022"
    assert "leads back to itself" in str(refused(tmp_path / "c.txt"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)
    assert "may not be read by you" in str(refused(tmp_path / "a.txt"))


def test_a_right_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(os, "open", shut)
    assert "may not be read by you" in str(refused(tmp_path / "a.txt"))


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert "this file is empty" in str(refused(tmp_path / "a.txt"))


def test_200_mb_are_refused_before_they_are_read(tmp_path: Path) -> None:
    with (tmp_path / "a.eml").open("wb") as sparse:
        sparse.write(b"From: a@b.example\n")
        sparse.truncate(200 * 1024 * 1024)
    error = refused(tmp_path / "a.eml")
    assert "got a file of 200 MB, expected at most 50 MB" in str(error)
    assert "raise the limit" in error.hint


def test_the_limit_can_be_moved(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 11, encoding="utf-8")
    assert read_report(tmp_path / "a.txt", max_bytes=11).text == "x" * 11
    with pytest.raises(DocumentError, match="expected at most"):
        read_report(tmp_path / "a.txt", max_bytes=10)


@pytest.mark.parametrize(
    ("content", "words", "hint"),
    [
        (b"\x89PNG\r\n\x1a\n\0", "a picture, and Entrepot reads no text from pictures", "Type out"),
        (b"\xff\xd8\xff\xe0\0", "a picture", "Type out"),
        (b"GIF89a\0", "a picture", "Type out"),
        (b"\0\0\0\x18ftypheic\0", "a picture", "Type out"),
        (b"<?xml version='1.0'?>\n<svg width='1'></svg>", "a drawing", "Type out"),
        (b"\0\0\0\x18ftypisom\0", "sound or film", "Type out"),
        (b"ID3\x03\0", "sound or film", "Type out"),
        (b"7z\xbc\xaf\x27\x1c\0", "an archive", "Unpack"),
        (b"\x1f\x8b\x08\0", "an archive", "Unpack"),
        (b"{\\rtf1\\ansi hello}", "RTF", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "old office program", "DOCX or PDF"),
        (b"MZ\x90\0", "a program", "Do not run it"),
        (b"SQLite format 3\0", "a database", "Export"),
        (b"age-encryption.org/v1\n", "sealed", "key"),
        (b"<?xml version='1.0'?><rss></rss>", "XML", "reads text"),
        (bytes(range(256)) * 20, "unknown make", "reads text"),
    ],
)
def test_other_makes_are_refused_with_a_hint(content: bytes, words: str, hint: str) -> None:
    for name in ("a.txt", "a.pdf"):  # whatever the name says
        with pytest.raises(DocumentError, match=words) as caught:
            report_of(content, name)
        assert hint in caught.value.hint


def test_a_name_with_a_zero_in_it() -> None:
    with pytest.raises(DocumentError, match="no name of a file"):
        read_report(Path("a\0b"))
