"""Bytes of a list file: hashed, unpacked, and as text in one encoding.

A file with two encodings in it is refused: half of its names would be wrong without a sign.
"""

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

from entrepot.errors import SourceError
from entrepot.parties.lists.edition import SourceFile

CHUNK: Final = 1 << 20
LARGEST: Final = 16 << 30
"""Unpacked bytes of one file; more than any list or export, and the end of a packed bomb."""

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
AGAIN: Final = "The file was cut short or damaged: fetch it again."


def source_file(path: Path, part: str = "") -> SourceFile:
    """Name, size and sha256 of a file.

    Raises:
        SourceError: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=path.name) from error
    return SourceFile(digest.hexdigest(), path.name, size, part)


def open_bytes(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where it is gzip by its first bytes.

    Raises:
        SourceError: it cannot be opened.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=path.name) from error
    magic = stream.read(2)
    stream.seek(0)
    if magic == b"\x1f\x8b":
        stream.close()
        return cast("BinaryIO", gzip.open(path, "rb"))
    return stream


def chunks(path: Path, size: int = CHUNK) -> Iterator[bytes]:
    """The unpacked bytes in blocks.

    Raises:
        SourceError: the packed file is cut short or damaged, or unpacks to more than `LARGEST`.
    """
    total = 0
    with open_bytes(path) as stream:
        while chunk := _read(stream, size, path):
            total += len(chunk)
            if total > LARGEST:
                raise SourceError(
                    f"got more than {LARGEST >> 30} GB unpacked, expected a list", locator=path.name
                )
            yield chunk


def _read(stream: BinaryIO, size: int, path: Path) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=path.name) from error


def encoding_of(path: Path) -> str:
    """The one encoding of a text file: by its mark, else UTF-8, else Windows-1252.

    Lines are tried one by one: a file where some lines hold good UTF-8 beyond ASCII and others are
    no UTF-8 was put together from two sources.

    Raises:
        SourceError: mixed encodings, or bytes that are no text in any.
    """
    head = next(chunks(path, 4096), b"")
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    good, bad = _utf8_lines(path)
    if good and bad:
        raise SourceError(
            f"got UTF-8 in line {good} and another encoding in line {bad}, expected one encoding",
            locator=f"{path.name}, line {max(good, bad)}",
            hint="The file was put together from two sources, or edited in a program that changed "
            "its encoding: fetch the publisher's own file again.",
        )
    return "cp1252" if bad else "utf-8"


def _utf8_lines(path: Path) -> tuple[int, int]:
    """The first line with characters beyond ASCII that are UTF-8, and that are not; 0: none."""
    good = bad = 0
    with open_bytes(path) as stream:
        number = 0
        while line := _line(stream, path):
            number += 1
            if line.isascii() or (good and bad):
                continue
            try:
                line.decode()
                good = good or number
            except UnicodeDecodeError:
                bad = bad or number
    return good, bad


def _line(stream: BinaryIO, path: Path) -> bytes:
    try:
        return stream.readline()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path) from error


def text_lines(path: Path, encoding: str = "") -> Iterator[str]:
    """The lines of a text file with their ends, decoded strictly.

    Raises:
        SourceError: mixed encodings, or a byte that is no text.
    """
    name = encoding or encoding_of(path)
    number = 0
    with io.TextIOWrapper(open_bytes(path), encoding=name, newline="") as stream:
        try:
            for line in stream:
                number += 1
                yield line
        except UnicodeDecodeError as error:
            raise SourceError(
                f"got byte 0x{error.object[error.start]:02X}, expected {name.upper()} text",
                locator=f"{path.name}, after line {number}",
                hint=AGAIN,
            ) from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _damaged(path) from error


def _damaged(path: Path) -> SourceError:
    return SourceError(
        "got a gzip file that ends early or is damaged, expected a whole one",
        locator=path.name,
        hint=AGAIN,
    )
