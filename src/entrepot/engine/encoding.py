"""Bytes in any encoding as UTF-8, with the place of the first byte that is not text."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from entrepot.errors import SourceError

BLOCK_BYTES: Final = 16 << 20
"""Bytes read at a time; a few blocks are in memory at once."""


def utf8_chunks(stream: BinaryIO, encoding: str, label: str) -> Iterator[bytes]:
    """The bytes of a stream as UTF-8 without a byte order mark.

    Raises:
        SourceError: the bytes are not text in `encoding`; the locator holds file and line.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    plain = codecs.lookup(encoding).name == "utf-8"
    offset, line, start = 0, 1, True
    while chunk := stream.read(BLOCK_BYTES):
        if start and plain and chunk.startswith(codecs.BOM_UTF8):
            chunk, offset = chunk[3:], 3
        start = False
        if plain and chunk.isascii() and not decoder.getstate()[0]:
            yield chunk
        else:
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise _not_text(error, offset - pending, line, encoding, label) from error
            yield text.lstrip("\ufeff").encode() if offset == 0 else text.encode()
        offset += len(chunk)
        line += chunk.count(b"\n")
    if decoder.getstate()[0]:
        raise SourceError(
            f"the file ends in the middle of a character, expected {encoding} text",
            locator=f"{label}, line {line}",
            hint="The file was cut short: fetch it again.",
        )


def _not_text(
    error: UnicodeDecodeError, offset: int, line: int, encoding: str, label: str
) -> SourceError:
    bad_line = line + error.object[: error.start].count(b"\n")
    return SourceError(
        f"got byte 0x{error.object[error.start]:02X} at offset {offset + error.start:,}, "
        f"expected {encoding.upper()} text",
        locator=f"{label}, line {bad_line}",
        hint="If the file comes from a Windows program, try --encoding cp1252.",
    )


class ChunkStream(io.RawIOBase):
    """Chunks of bytes as a readable stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes and say how many they were; 0 at the end."""
        if not self._rest:
            self._rest = next(self._chunks, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
