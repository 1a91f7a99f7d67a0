"""Which layout a file has, told from its content and never from its name."""

import csv
import json
import re
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.parties.lists.csl import COLUMNS as CSL_COLUMNS
from entrepot.parties.lists.edition import LAYOUTS
from entrepot.parties.lists.plain_csv import delimiter_of, name_column
from entrepot.parties.lists.rawfile import BOMS, chunks, encoding_of, text_lines
from entrepot.parties.lists.seen_csv import COLUMNS as SEEN_COLUMNS
from entrepot.parties.lists.statements_read import REQUIRED as STATEMENT_COLUMNS
from entrepot.parties.lists.xmlfile import Root, read_records

HEAD_BYTES: Final = 1 << 16
ROOTS: Final = {
    "Sanctions": "ofac-advanced",
    "export": "eu-xml",
    "Designations": "uk-xml",
    "CONSOLIDATED_LIST": "un-xml",
    "swiss-sanctions-list": "seco-xml",
}
"""First elements of the XML layouts."""

OFAC_WIDTHS: Final = {12: "ofac-csv", 5: "ofac-aliases", 6: "ofac-addresses", 2: "ofac-comments"}
OFAC_PARTS: Final = {"ofac-aliases": "aliases", "ofac-addresses": "addresses",
                     "ofac-comments": "comments"}  # fmt: skip
HEADERS: Final = (
    ("ftm-statements", STATEMENT_COLUMNS),
    ("seen-csv", SEEN_COLUMNS),
    ("csl-csv", CSL_COLUMNS),
    ("uk-csv", ("name 6", "name 1", "unique id", "name type")),
    ("uk-conlist", ("name 6", "name 1", "group id", "group type")),
)
"""Columns that tell the layouts with a header apart."""

HEADER_LINES: Final = 5


def layout_of(path: Path) -> str:
    """A key of `LAYOUTS`, or of `OFAC_PARTS` for the other files of an OFAC set.

    Raises:
        SourceError: an empty file, a web page, or a layout that is not known.
    """
    head = next(chunks(path, HEAD_BYTES), b"")
    text = _decoded(head, path).lstrip("\ufeff \t\r\n\x1a")
    if not text:
        raise SourceError("got an empty file, expected a list", locator=path.name)
    found = _xml(path, text) if text.startswith("<") else _json(text) or _csv(path)
    if found:
        return found
    raise SourceError(
        "got a layout that is not known, expected one of: " + "; ".join(LAYOUTS.values()),
        locator=path.name,
        hint="A CSV file of your own needs a header with a column `name`.",
    )


def _decoded(head: bytes, path: Path) -> str:
    marked = any(head.startswith(mark) for mark, _ in BOMS) or b"\x00" in head[:4]
    return head.decode(encoding_of(path) if marked else "latin-1", errors="replace")


def is_page(text: str) -> bool:
    """Whether a text is a web page and no list."""
    start = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", text[:4096], flags=re.DOTALL).lstrip()
    return re.match(r"<!doctype\s+html|<html|<head|<body|<script", start, re.IGNORECASE) is not None


def _xml(path: Path, text: str) -> str:
    if is_page(text):
        raise SourceError(
            "got a web page, expected a list",
            locator=path.name,
            hint="The server may have sent a page of its own in place of the file.",
        )
    root = Root()
    for _ in read_records(path, frozenset(), root):
        pass  # pragma: no cover - no records are asked for
    return ROOTS.get(root.tag, "")


def _json(text: str) -> str:
    if not text.startswith(("{", "[")):
        return ""
    first = text.splitlines()[0]
    try:
        found = json.loads(first)
    except json.JSONDecodeError:
        found = {}
    if isinstance(found, dict) and "schema" in found and "id" in found:
        return "ftm-json"
    if '"schema"' in first and '"properties"' in first:
        return "ftm-json"
    return "csl-json" if '"results"' in text or "results" in found else ""


def _csv(path: Path) -> str:
    lines = text_lines(path)
    rows: list[list[str]] = []
    for _, line in zip(range(HEADER_LINES), lines, strict=False):
        rows.append(next(csv.reader([line], delimiter=delimiter_of(line)), []))
    for row in rows:
        words = {cell.strip().casefold() for cell in row}
        for layout, columns in HEADERS:
            if words.issuperset(columns):
                return layout
    first = next((row for row in rows if row), [])
    if (
        first
        and first[0].strip().isdigit()
        and len(first) in OFAC_WIDTHS
        and not name_column(first)
    ):
        return OFAC_WIDTHS[len(first)]
    return "plain-csv" if name_column(first) else ""
