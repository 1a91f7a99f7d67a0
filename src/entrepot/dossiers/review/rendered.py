"""The words of an output: what a reader sees of HTML, SVG, XML, JSON or plain text, in pieces."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, Final

_MARKED: Final = (".html", ".svg", ".xml", ".atom", ".xhtml")
_JSON: Final = (".json", ".jsonld", ".webmanifest")
_DRAWN: Final = (".pdf", ".png", ".jpg", ".gz", ".zip", ".tsr", ".sig")
_UNSEEN: Final = ("style", "template")
_SPOKEN: Final = ("alt", "title", "aria-label", "content", "value", "placeholder", "data-tip")
"""Attributes with words in them."""
_BREAK: Final = re.compile(r"(?<=[.!?])\s+|[\n|]+")
_EDGE: Final = " \t\r*_#>`-•·"


def pieces(name: str, text: str) -> Iterator[str]:
    """Sentences and cells of an output, without marks.

    Coordinates of drawings and rules of style are left out: they are not words, and would look
    like coordinates of places.

    Args:
        name: of the file; its end says how it is read; anything else is plain text or Markdown.
        text: its content.
    """
    lower = name.lower()
    if lower.endswith(_MARKED):
        blocks = _marked(text)
    elif lower.endswith(_JSON):
        blocks = _json(text)
    else:
        blocks = [text]
    for block in blocks:
        for piece in _BREAK.split(block):
            plain = " ".join(piece.split()).strip(_EDGE)
            if plain:
                yield plain


def texts_of(made: Mapping[str, bytes]) -> dict[str, str]:
    """The outputs of a dossier that are text, by name; PDF and pictures are left out.

    Both are drawn from texts that are looked at.
    """
    return {
        name: content.decode("utf-8", "replace") for name, content in made.items()
        if not name.lower().endswith(_DRAWN)
    }  # fmt: skip


def _json(text: str) -> list[str]:
    """All texts of JSON, keys too; what cannot be read is taken as it is."""
    try:
        return list(_strings(json.loads(text)))
    except ValueError:
        return [text]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _marked(text: str) -> list[str]:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Collects what is read of a page: text, comments, spoken attributes, JSON in scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if value and name in _SPOKEN]
        if tag in (*_UNSEEN, "script"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.found += _json(data)
        elif not self._inside:
            self.found.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)
