"""Files with one party a row, of any layout, as batches of text columns in order."""

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.errors import SourceError
from entrepot.sources.archive import sha256_of
from entrepot.workspace.screening.delimitedrows import DelimitedRows
from entrepot.workspace.screening.linerows import LineRows
from entrepot.workspace.screening.rows import BATCH_ROWS, Batch, text_table
from entrepot.workspace.screening.sheetrows import SheetRows

PARQUET_MAGIC: Final = b"PAR1"
ZIP_MAGIC: Final = b"PK"
OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"


class Rows(Protocol):
    """A file with one party a row.

    Attributes:
        names: the headings of the columns; empty: rows are FollowTheMoney entities.
        notes: what the reader decided, in sentences.
    """

    names: tuple[str, ...]
    notes: tuple[str, ...]

    def batches(self, used: Sequence[str]) -> Iterator[Batch]:
        """The rows in order, with these columns as text."""


@dataclass(frozen=True)
class Input:
    """A file that is about to be screened; `file_id` is the sha256 of its bytes."""

    path: Path
    file_id: str
    rows: Rows


def open_input(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Input:
    """Open a file by what it holds, not by its ending.

    Args:
        path: CSV (any usual separator), XLSX, Parquet, or JSON lines.
        encoding: of a text file; null: UTF-8 or as its bytes look.
        sheet: of a workbook; null: the first that has rows.

    Raises:
        SourceError: not there, empty, damaged, or none of these.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 12)
        file_id = sha256_of(path)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", locator=str(path)) from error
    if not head.strip():
        raise SourceError("got an empty file, expected rows", locator=path.name)
    return Input(path, file_id, _reader(path, head)(encoding, sheet))


def _reader(path: Path, head: bytes) -> Callable[[str | None, str | None], Rows]:
    if head.startswith(PARQUET_MAGIC):
        return lambda encoding, sheet: ParquetRows(path)
    if head.startswith((ZIP_MAGIC, OLD_EXCEL_MAGIC)):
        return lambda encoding, sheet: SheetRows(path, sheet)
    if head.startswith(b"\x1f\x8b") or zipfile.is_zipfile(path):
        raise SourceError(
            "got a packed file, expected CSV, XLSX, Parquet or JSON lines",
            locator=path.name,
            hint="Unpack it first.",
        )
    if _is_json(head):
        return lambda encoding, sheet: LineRows(path)
    return lambda encoding, sheet: DelimitedRows(path, encoding)


def _is_json(head: bytes) -> bool:
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not first.startswith(b"{"):
        return False
    line = first.split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return b'":' in line or b'" :' in line


class ParquetRows:
    """A Parquet file; other types than text are written out as text."""

    notes: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self.names = tuple(pq.read_schema(path).names)
        except (pa.ArrowInvalid, OSError) as error:
            raise _damaged(path, error) from error

    def batches(self, used: Sequence[str]) -> Iterator[Batch]:
        """The rows in order."""
        try:
            with pq.ParquetFile(self._path) as opened:
                for batch in opened.iter_batches(BATCH_ROWS, columns=list(used)):
                    yield Batch(text_table(pa.table(batch), used, self._path.name))
        except (pa.ArrowInvalid, OSError) as error:
            raise _damaged(self._path, error) from error


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError(
        f"got a Parquet file that cannot be read ({error}), expected a whole one",
        locator=path.name,
        hint="The file was cut short or damaged: fetch it again.",
    )
