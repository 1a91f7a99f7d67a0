"""The readers of makes that can do harm, called in the confined child, each loaded when needed."""

import importlib
from collections.abc import Mapping
from typing import Final

from entrepot.evidence.documents import make
from entrepot.evidence.documents.confined import Answer
from entrepot.evidence.documents.found import Found

READERS: Final[Mapping[str, tuple[str, str]]] = {
    make.HTML: ("hypertext", "read_html"),
    make.PDF: ("pdf", "read_pdf"),
    make.ZIP: ("office", "read_office"),
    make.MAIL: ("mail", "read_mail"),
    make.MBOX: ("mail", "read_mbox"),
}
"""Module of this package and function: content and name -> `Found`."""


def parse(content: bytes, name: str) -> Answer:
    """What the reader of this make found, as a child can hand it back."""
    module, function = READERS[make.make_of(content)]
    reader = getattr(importlib.import_module(f"entrepot.evidence.documents.{module}"), function)
    found: Found = reader(content, name)
    day = found.day.isoformat() if found.day else None
    return Answer({
        "text": found.text, "title": found.title, "publisher": found.publisher, "day": day,
        "notes": list(found.notes),
    })  # fmt: skip
