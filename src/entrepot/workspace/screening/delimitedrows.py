"""Delimited text with one party a row; separator and encoding as the bytes show."""

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from entrepot.engine.text import TextBatch, TextShape, opener, read_text
from entrepot.errors import SourceError
from entrepot.sources.delimited import read_header
from entrepot.workspace.screening.rows import Batch

SAMPLE_BYTES: Final = 1 << 20
"""Bytes around the first one that is not UTF-8, by which an older encoding is told."""

CYRILLIC_SHARE: Final = 0.5
"""In Cyrillic text of one byte a letter most bytes above 127 stand side by side; in Western text
nearly all stand alone between plain letters."""


class DelimitedRows:
    """A CSV file. A line with too few or too many columns is a row with a fault."""

    def __init__(self, path: Path, encoding: str | None) -> None:
        self._path = path
        self._encoding = _known(encoding, path) if encoding else sniff(path)
        header = read_header(path, self._encoding, path.name)
        self.names = header.names
        self._delimiter = header.delimiter
        guessed = not encoding and self._encoding not in ("utf-8", "utf-8-sig")
        self.notes: tuple[str, ...] = (
            (f"{path.name} is not UTF-8 and was read as {self._encoding}; if names look wrong, "
             "give --encoding",) if guessed else ()
        )  # fmt: skip

    def batches(self, used: Sequence[str]) -> Iterator[Batch]:
        """The rows in order."""
        places = {name: place for place, name in enumerate(self.names)}
        keys = tuple(f"c{place}" for place in range(len(self.names)))
        shape = TextShape(
            names=keys,
            kept=tuple(keys[place] for place in sorted(places[name] for name in used)),
            delimiter=self._delimiter,
            encoding=self._encoding,
        )
        renamed = {name: keys[places[name]] for name in used}
        try:
            for found in read_text(opener(self._path), shape, label=self._path.name):
                yield _merged(found, renamed, len(self.names))
        except pa.ArrowInvalid as error:
            raise SourceError(
                f"got text that is no table ({error})", locator=self._path.name
            ) from error


def _merged(found: TextBatch, columns: dict[str, str], width: int) -> Batch:
    """Good rows and bad lines in the order of the file."""
    table = pa.table({name: found.rows.column(key) for name, key in columns.items()})
    if not found.bad:
        return Batch(table)
    lines = np.concatenate([found.lines, np.array([one.line for one in found.bad])])
    empty = pa.table({name: pa.array([""] * len(found.bad), pa.string()) for name in columns})
    order = np.argsort(lines, kind="stable")
    place = {int(old): new for new, old in enumerate(order)}
    faults = {
        place[len(found.lines) + number]: f"line {one.line}: got {one.columns} columns, "
        f"expected {width}"
        for number, one in enumerate(found.bad)
    }
    return Batch(pa.concat_tables([table, empty]).take(pa.array(order)), faults)


def _known(encoding: str, path: Path) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise SourceError(
            f"got encoding {encoding!r}, which is not known",
            locator=path.name,
            hint="For example utf-8, cp1251 (Cyrillic), cp1252 (Western), gb18030 (Chinese).",
        ) from error


def sniff(path: Path) -> str:
    """The encoding of a text: its mark, else UTF-8, else the older one its bytes look like."""
    with path.open("rb") as stream:
        head = stream.read(4)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        block = b""
        try:
            while block := stream.read(SAMPLE_BYTES):
                decoder.decode(block)
        except UnicodeDecodeError:
            return _older(block)
    return "utf-8"


def _older(block: bytes) -> str:
    high = np.frombuffer(block, dtype=np.uint8) > 127
    count = int(high.sum())
    beside = int((high[1:] & high[:-1]).sum())
    return "cp1251" if count and beside / count > CYRILLIC_SHARE else "cp1252"
