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
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from entrepot.errors import SourceError
from entrepot.parties.lists.edition import SourceFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK: Final = 1 << 20
BUFFER: Final = 1 << 16
LARGEST: Final = 16 << 30
"""Unpacked bytes of one file; more than any list or export, and the end of a packed bomb."""

LONGEST_LINE: Final = 1 << 25
"""Characters of one line; the longest entities of public exports have about a million."""

LONGEST_DOCUMENT: Final = 1 << 28
"""Characters of a document that is held as a whole, such as JSON that is no JSON lines."""

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

    Reading from it raises SourceError after `LARGEST` unpacked bytes.

    Raises:
        SourceError: it cannot be opened.
    """
    try:
        stream: BinaryIO = path.open("rb")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=path.name) from error
    magic = stream.read(2)
    stream.seek(0)
    if magic == b"\x1f\x8b":
        stream.close()
        stream = cast("BinaryIO", gzip.GzipFile(path, "rb"))
    return io.BufferedReader(_Counted(stream, path.name), BUFFER)


class _Counted(io.RawIOBase):
    """Unpacked bytes, counted: a packed bomb ends here."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.stream, self.label, self.total = stream, name, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        found = self.stream.read(len(view))
        view[: len(found)] = found
        self.total += len(found)
        if self.total > LARGEST:
            raise SourceError(
                f"got more than {LARGEST:,} bytes unpacked, expected a list", locator=self.label
            )
        return len(found)

    def close(self) -> None:
        self.stream.close()
        super().close()


def chunks(path: Path, size: int = CHUNK) -> Iterator[bytes]:
    """The unpacked bytes in blocks.

    Raises:
        SourceError: the packed file is cut short or damaged, or unpacks to more than `LARGEST`.
    """
    with open_bytes(path) as stream:
        while chunk := _read(stream, size, path):
            yield chunk


def _read(stream: BinaryIO, size: int, path: Path) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path) from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=path.name) from error


def encoding_of(path: Path, longest: int = LONGEST_LINE) -> str:
    """The one encoding of a text file: by its mark, else UTF-8, else Windows-1252.

    Lines are tried one by one: a file where some lines hold good UTF-8 beyond ASCII and others are
    no UTF-8 was put together from two sources.

    Raises:
        SourceError: mixed encodings, bytes that are no text in any, or a line longer than
            `longest` bytes.
    """
    head = next(chunks(path, 4096), b"")
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    good, bad = _utf8_lines(path, longest)
    if good and bad:
        raise SourceError(
            f"got UTF-8 in line {good} and another encoding in line {bad}, expected one encoding",
            locator=f"{path.name}, line {max(good, bad)}",
            hint="The file was put together from two sources, or edited in a program that changed "
            "its encoding: fetch the publisher's own file again.",
        )
    return "cp1252" if bad else "utf-8"


def _utf8_lines(path: Path, longest: int) -> tuple[int, int]:
    """The first line with characters beyond ASCII that are UTF-8, and that are not; 0: none."""
    good = bad = 0
    with open_bytes(path) as stream:
        number = 0
        while line := _line(stream, path, longest):
            number += 1
            _check_length(len(line), longest, number, path)
            if line.isascii() or (good and bad):
                continue
            try:
                line.decode()
                good = good or number
            except UnicodeDecodeError:
                bad = bad or number
    return good, bad


def _check_length(length: int, longest: int, number: int, path: Path) -> None:
    if length > longest:
        raise SourceError(
            f"got a line of more than {longest:,} characters, expected a list",
            locator=f"{path.name}, line {number}",
        )


def _line(stream: BinaryIO, path: Path, longest: int) -> bytes:
    try:
        return stream.readline(longest + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(path) from error


def whole_text(path: Path) -> str:
    """The text of a file that only makes sense as a whole.

    Raises:
        SourceError: as `text_lines`, or longer than `LONGEST_DOCUMENT`.
    """
    lines, total = [], 0
    for line in text_lines(path, longest=LONGEST_DOCUMENT):
        total += len(line)
        if total > LONGEST_DOCUMENT:
            raise SourceError(
                f"got a document of more than {LONGEST_DOCUMENT:,} characters, expected a list",
                locator=path.name,
            )
        lines.append(line)
    return "".join(lines)


def text_lines(path: Path, encoding: str = "", longest: int = LONGEST_LINE) -> Iterator[str]:
    """The lines of a text file with their ends, decoded strictly.

    Raises:
        SourceError: mixed encodings, a byte that is no text, or a line longer than `longest`.
    """
    name = encoding or encoding_of(path, longest)
    number = 0
    with io.TextIOWrapper(open_bytes(path), encoding=name, newline="") as stream:
        try:
            while line := stream.readline(longest + 1):
                number += 1
                _check_length(len(line), longest, number, path)
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
