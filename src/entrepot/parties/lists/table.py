"""CSV of a list: rows with their line, and a clear end."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.parties.lists.rawfile import AGAIN, LONGEST_LINE, text_lines

END_MARK: Final = "\x1a"
"""Control-Z, with which OFAC ends its files."""

csv.field_size_limit(LONGEST_LINE)


class Rows:
    """The rows of a file; `ended` says how the file ended once they have been read."""

    def __init__(self, path: Path, delimiter: str = ",", encoding: str = "") -> None:
        self.path, self.delimiter, self.encoding = path, delimiter, encoding
        self.marked = False
        self.line_open = False

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Line number (of the row's last line) and cells; rows without any text are passed over.

        Raises:
            SourceError: the file ends inside quotes.
        """
        reader = csv.reader(self._lines(), delimiter=self.delimiter, strict=True)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise SourceError(
                    f"got a broken row ({error}), expected comma separated text",
                    locator=f"{self.path.name}, line {reader.line_num}",
                    hint=AGAIN,
                ) from error
            if any(cell.strip() for cell in row):
                yield reader.line_num, row

    def _lines(self) -> Iterator[str]:
        for line in text_lines(self.path, self.encoding):
            if END_MARK in line:
                self.marked = True
                line = line.replace(END_MARK, "")
            if "\x00" in line:
                line = line.replace("\x00", "")
            self.line_open = bool(line) and not line.endswith(("\n", "\r"))
            if line:
                yield line


def named_rows(
    path: Path, required: Sequence[str], *, skip: int = 30, delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as column to text, for files with a header that may stand below a few other lines.

    Args:
        path: the file.
        required: columns that the header has, in any case.
        skip: lines in which the header is looked for.
        delimiter: between cells.

    Raises:
        SourceError: no header, or the last row has fewer cells than the header: a cut file.
    """
    wanted = {name.casefold() for name in required}
    header: list[str] = []
    short: tuple[int, int] | None = None
    for line, row in Rows(path, delimiter):
        if not header:
            if wanted <= {cell.strip().casefold() for cell in row}:
                header = [cell.strip() for cell in row]
            elif line > skip:
                break
            continue
        if short:
            short = None
        if len(row) < len(header):
            short = (line, len(row))
        yield line, _filled(header, row)
    if not header:
        raise SourceError(
            f"got no line with the columns {', '.join(required)}, expected them near the top",
            locator=path.name,
        )
    if short:
        raise SourceError(
            f"got {short[1]} cells in the last row, expected {len(header)}",
            locator=f"{path.name}, line {short[0]}",
            hint=AGAIN,
        )


def _filled(header: list[str], row: list[str]) -> dict[str, str]:
    """Cells by column; the first of two columns of one name counts where it is filled."""
    found: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        if not found.get(name):
            found[name] = cell.strip()
    return found
