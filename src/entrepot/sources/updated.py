"""The day on which a file itself says that its figures were last updated."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Final

import python_calamine as calamine

SUMMARY: Final = "Summary"
"""Sheet of a Data Browser workbook that tells where it comes from."""

LABEL: Final = "last update of data"
_DAY: Final = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def updated_on(path: Path, format_name: str) -> date | None:
    """The day of the last update, as printed in the file; null: it prints none.

    Only Data Browser workbooks print one (`Last update of data: 13/01/2023 11:00`, day first). The
    day on which a workbook was extracted is not meant: it says nothing of its figures.
    """
    if format_name != "eurostat-workbook":
        return None
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_name(SUMMARY).to_python()
    except (calamine.CalamineError, zipfile.BadZipFile, OSError):
        return None
    for row in rows:
        cells = [cell for cell in row if cell not in ("", None)]
        if len(cells) > 1 and str(cells[0]).strip().rstrip(": ").casefold() == LABEL:
            return _day(cells[1])
    return None


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.match(str(cell).strip())
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
