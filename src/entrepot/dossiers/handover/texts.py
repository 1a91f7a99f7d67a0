"""Templates and plain words for what is handed over: text of others cannot act in any of them."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import jinja2

from entrepot.dossiers.planfiles.plaintext import plain

_MARKED: Final = re.compile(r"([\\`*\[\]<>|#~]|(?<![^\W_])_|_(?![^\W_]))")
"""Signs that Markdown or the HTML in it would act on; an underscore inside of a word does not."""
_NOTE: Final = re.compile(r"\\\[(\d+(?:, \d+)*)\\\](?![(\[:])")
"""The number of a source, which no sign makes a link."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""First signs that a spreadsheet takes for a formula."""


def rendered(template: str, **values: Any) -> bytes:
    """A template of this folder in UTF-8; `.html.j2` is escaped, others escape by their filters."""
    return _environment().get_template(template).render(**values).encode()


def marked(text: Any) -> str:
    """Text of others for Markdown: one line, its signs shown and not obeyed."""
    return _NOTE.sub(r"[\1]", _MARKED.sub(r"\\\1", plain(text)))


def amount(value: float | None) -> str:
    """A number with thousands apart; a dash for null, which is not zero."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def row_of(text: str) -> str:
    """Which row of a file: a bare number gets its word, a locator has one already."""
    return f"row {text}" if text.isdigit() else text


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """CSV in UTF-8; a cell that a spreadsheet would run gets an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(FORMULA) else value


def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("entrepot.dossiers.handover"),
        autoescape=lambda name: bool(name) and ".html" in str(name),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(md=marked, line=plain, amount=amount, row_of=row_of)
    return made
