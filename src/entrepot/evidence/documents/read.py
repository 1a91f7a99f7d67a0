"""From a file of unknown make to a `Report`: told by its content, read safely or refused."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from entrepot.errors import DocumentError
from entrepot.evidence.documents import make
from entrepot.evidence.documents.cleaning import clean
from entrepot.evidence.documents.confined import confined
from entrepot.evidence.documents.dateline import day_printed
from entrepot.evidence.documents.found import Found, said_once
from entrepot.evidence.documents.limits import FILE_BYTES, TEXT_CHARACTERS
from entrepot.evidence.documents.opening import check_size, content_of
from entrepot.evidence.documents.parse import READERS
from entrepot.evidence.documents.plain import read_text
from entrepot.evidence.documents.refusals import refusal_of
from entrepot.evidence.report import Report

NO_DAY: Final = "The report prints no day of its own in its first lines."
"""The note where the report's own day is not known."""

_PARSE: Final = ("entrepot.evidence.documents.parse", "parse")


def read_report(
    path: Path, *, reported_on: date | None = None, max_bytes: int = FILE_BYTES
) -> Report:
    """The report in a file.

    Args:
        path: text, HTML, PDF, DOCX, ODT or an e-mail, under any name.
        reported_on: the report's own day; wins over what the file says. Null: the day that the
            file declares, else the one it prints in its first lines, else none, with a note.
        max_bytes: largest file that is opened.

    Raises:
        DocumentError: refused or not readable, in one sentence with the place and a hint.
    """
    content = content_of(path, max_bytes=max_bytes)
    return report_of(content, path.name, reported_on=reported_on, max_bytes=max_bytes)


def report_of(
    content: bytes, name: str, *, reported_on: date | None = None, max_bytes: int = FILE_BYTES
) -> Report:
    """As `read_report`, from the bytes of a file and its name.

    Raises:
        DocumentError: refused or not readable, in one sentence with the place and a hint.
    """
    check_size(len(content), name, max_bytes)
    found = _read(content, name)
    return _reported(found, content, name, reported_on)


def _read(content: bytes, name: str) -> Found:
    what = make.make_of(content)
    if what == make.TEXT:
        return read_text(content, name)
    if what in READERS:
        return _found(confined(_PARSE, content, name).told)
    raise refusal_of(what, name)


def _found(told: Mapping[str, Any]) -> Found:
    day = told["day"]
    return Found(
        str(told["text"]), str(told["title"]), str(told["publisher"]),
        date.fromisoformat(day) if day else None, tuple(map(str, told["notes"])),
    )  # fmt: skip


def _reported(found: Found, content: bytes, name: str, given: date | None) -> Report:
    text, cleaned = clean(found.text)
    if not text.strip():
        raise DocumentError(
            "this file holds no text", locator=name, hint="Open it and see what it shows."
        )
    if len(text) > TEXT_CHARACTERS:
        raise DocumentError(
            f"got {len(text):,} characters of text, expected at most {TEXT_CHARACTERS:,}",
            locator=name, hint="Split it, and read the parts one by one.",
        )  # fmt: skip
    day, dated = _day(given, found.day, day_printed(text))
    return Report(
        text=text, name=name, reported_on=day, publisher=_line(found.publisher),
        title=_line(found.title), file_id=hashlib.sha256(content).hexdigest(),
        notes=said_once((*found.notes, *cleaned, dated)),
    )  # fmt: skip


def _day(
    given: date | None, declared: date | None, printed: date | None
) -> tuple[date | None, str]:
    """The report's day, and a note where it is not known or the file says two."""
    if given:
        return given, ""
    if declared and printed and declared != printed:
        return declared, f"The file declares {declared} as its day and prints {printed}."
    day = declared or printed
    return day, "" if day else NO_DAY


def _line(text: str) -> str:
    return " ".join(clean(text)[0].split())
