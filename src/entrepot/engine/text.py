"""Delimited text as columns of text, with the right line number beside every row.

A file is cut into blocks at line ends and each block is parsed by Arrow, so a file of any size
needs little memory. A line with too few or too many columns is handed back, never skipped. A
file whose quoted values hold line ends is read again record by record, which is slower.
"""

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from entrepot.engine.encoding import ChunkStream, utf8_chunks
from entrepot.errors import SourceError

if TYPE_CHECKING:
    import _csv

RECORDS_PER_BATCH: Final = 50_000
WORKERS: Final = 2


@dataclass(frozen=True)
class TextShape:
    """How a delimited file is laid out: `names` as in the header, `kept` the wanted ones."""

    names: tuple[str, ...]
    kept: tuple[str, ...]
    delimiter: str = ","
    quoted: bool = True
    dictionaries: frozenset[str] = frozenset()
    encoding: str = "utf-8"


@dataclass(frozen=True)
class BadLine:
    """A line whose number of columns is not that of the header."""

    line: int
    columns: int
    text: str


@dataclass(frozen=True)
class TextBatch:
    """Rows as text columns; `lines` holds the line number of each row (1 is the first)."""

    rows: pa.Table
    lines: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    bad: tuple[BadLine, ...]


@dataclass(frozen=True)
class _Block:
    data: bytes
    first_line: int
    line_count: int


class _LineEndsInQuotes(Exception):
    """A block holds fewer records than lines: a quoted value spans lines."""


def read_text(
    open_stream: Callable[[], BinaryIO],
    shape: TextShape,
    *,
    label: str,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[TextBatch]:
    """Rows after the header line, in the order of the file.

    Args:
        open_stream: opens the bytes afresh; called again when quoted values span lines.
        shape: columns, separator and encoding, as found in the header.
        label: name of the file, for the sentence of an error.
        on_bytes: told how many bytes each block had.

    Raises:
        SourceError: bytes that are not text in `shape.encoding`, a file that ends in the middle
            of a line, or a quote that never closes; the locator holds file and line.
    """
    done = 0
    try:
        for batch in _fast(open_stream, shape, label, on_bytes):
            yield batch
            done += batch.rows.num_rows + len(batch.bad)
    except _LineEndsInQuotes:
        yield from _slow(open_stream, shape, label, skip=done)


def _fast(
    open_stream: Callable[[], BinaryIO],
    shape: TextShape,
    label: str,
    on_bytes: Callable[[int], None] | None,
) -> Iterator[TextBatch]:
    with open_stream() as stream, ThreadPoolExecutor(WORKERS) as pool:
        waiting: deque[tuple[int, Future[TextBatch]]] = deque()
        for block in _blocks(stream, shape, label):
            waiting.append((len(block.data), pool.submit(_parse, block, shape, label)))
            if len(waiting) > WORKERS:
                yield _next(waiting, on_bytes)
        while waiting:
            yield _next(waiting, on_bytes)


def _next(
    waiting: deque[tuple[int, Future[TextBatch]]], on_bytes: Callable[[int], None] | None
) -> TextBatch:
    size, future = waiting.popleft()
    batch = future.result()
    if on_bytes:
        on_bytes(size)
    return batch


def _blocks(stream: BinaryIO, shape: TextShape, label: str) -> Iterator[_Block]:
    """Whole lines after the header, as UTF-8, with the number of their first line."""
    line, rest, first = 1, b"", True
    for chunk in utf8_chunks(stream, shape.encoding, label):
        data = rest + chunk
        if first:
            cut = data.find(b"\n")
            if cut < 0:
                rest = data
                continue
            data, line, first = data[cut + 1 :], 2, False
        cut = data.rfind(b"\n") + 1
        data, rest = data[:cut], data[cut:]
        if data:
            count = data.count(b"\n")
            yield _Block(data, line, count)
            line += count
    if rest and not first:
        yield _Block(rest, line, 1)


def _parse(block: _Block, shape: TextShape, label: str) -> TextBatch:
    if shape.quoted and block.data.count(b'"') % 2:
        raise _LineEndsInQuotes  # a quote that closes in another block, or never
    bad: list[tuple[int, BadLine]] = []

    def keep_bad(row: pacsv.InvalidRow) -> str:
        line = block.first_line + row.number - 1
        bad.append((row.number - 1, BadLine(line, row.actual_columns, row.text)))
        return "skip"

    string = pa.string()
    types = {
        name: pa.dictionary(pa.int32(), string) if name in shape.dictionaries else string
        for name in shape.kept
    }
    rows = pacsv.read_csv(
        pa.BufferReader(block.data),
        read_options=pacsv.ReadOptions(
            use_threads=False, column_names=list(shape.names), block_size=len(block.data) + 1
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=shape.delimiter,
            quote_char='"' if shape.quoted else False,
            ignore_empty_lines=False,
            invalid_row_handler=keep_bad,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=types,
            include_columns=list(shape.kept),
            strings_can_be_null=False,
            auto_dict_max_cardinality=1 << 30,
        ),
    )
    if rows.num_rows + len(bad) != block.line_count:
        raise _LineEndsInQuotes
    _refuse_cut_line(block, bad, shape, label)
    lines = np.arange(block.first_line, block.first_line + block.line_count, dtype=np.int64)
    lines = np.delete(lines, [index for index, _ in bad]) if bad else lines
    blank = _blank_lines(block)
    if blank:
        # Arrow makes a row of empty values of an empty line; there is no record on it.
        keep = ~np.isin(lines, blank)
        rows, lines = rows.filter(pa.array(keep)), lines[keep]
    return TextBatch(rows, lines, tuple(line for _, line in bad if line.text.strip()))


def _blank_lines(block: _Block) -> list[int]:
    data = block.data
    if b"\n\n" not in data and b"\n\r\n" not in data and data[:1] not in b"\r\n":
        return []
    lines = data.split(b"\n")[: block.line_count]
    return [block.first_line + n for n, line in enumerate(lines) if not line.strip()]


def _refuse_cut_line(
    block: _Block, bad: Sequence[tuple[int, BadLine]], shape: TextShape, label: str
) -> None:
    """A last line without line end that lacks columns means that the file was cut short."""
    if block.data.endswith(b"\n") or not bad:
        return
    last = bad[-1][1]
    if last.line == block.first_line + block.line_count - 1 and last.columns < len(shape.names):
        raise _cut_short(last, shape, label)


def _cut_short(last: BadLine, shape: TextShape, label: str) -> SourceError:
    return SourceError(
        f"the file ends in the middle of this line: got {last.columns} columns, "
        f"expected {len(shape.names)}",
        locator=f"{label}, line {last.line}",
        hint="The file was cut short: fetch it again.",
    )


def _slow(
    open_stream: Callable[[], BinaryIO], shape: TextShape, label: str, *, skip: int
) -> Iterator[TextBatch]:
    """Record by record, for quoted values that span lines; `skip` records were given before."""
    with open_stream() as stream:
        text = ChunkStream(utf8_chunks(stream, shape.encoding, label))
        lines = io.TextIOWrapper(io.BufferedReader(text), encoding="utf-8", newline="")
        reader = csv.reader(lines, delimiter=shape.delimiter, strict=True)
        good: list[list[str]] = []
        numbers: list[int] = []
        bad: list[BadLine] = []
        for number, record in _records(reader, label):
            if not any(record):
                continue
            if skip > 0:
                skip -= 1
            elif len(record) == len(shape.names):
                good.append(record)
                numbers.append(number)
            else:
                bad.append(BadLine(number, len(record), shape.delimiter.join(record)))
            if len(good) + len(bad) >= RECORDS_PER_BATCH:
                yield _batch(good, numbers, bad, shape)
                good, numbers, bad = [], [], []
        yield _batch(good, numbers, bad, shape)


def _records(reader: "_csv.Reader", label: str) -> Iterator[tuple[int, list[str]]]:
    """Records after the header with the line on which each begins."""
    next(reader, None)
    before = reader.line_num
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(
                f"a quote opens here and never closes as it should ({error})",
                locator=f"{label}, line {before + 1}",
                hint="Quote marks inside a value are written twice.",
            ) from error
        yield before + 1, record
        before = reader.line_num


def _batch(
    good: list[list[str]], numbers: list[int], bad: list[BadLine], shape: TextShape
) -> TextBatch:
    columns = {
        name: pa.array([record[shape.names.index(name)] for record in good], pa.string())
        for name in shape.kept
    }
    return TextBatch(pa.table(columns), np.array(numbers, dtype=np.int64), tuple(bad))


def opener(path: Path) -> Callable[[], BinaryIO]:
    """Opens the file `path` afresh each time it is called."""
    return lambda: path.open("rb")
