"""XML read as a stream, one record at a time, without entities.

Built on expat. A document type declaration is refused at its first sign, so no entity is ever
defined or expanded and nothing outside the file is read. Memory holds one record.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from entrepot.errors import SourceError
from entrepot.parties.lists.rawfile import AGAIN, chunks

DEEPEST: Final = 60
"""Levels of elements; lists have at most 12."""


@dataclass(slots=True)
class Root:
    """The first element: its name without namespace and its attributes."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


class _Records:
    """Builds an element tree for each record, and nothing for what is around them."""

    def __init__(self, records: frozenset[str], label: str, root: Root) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.records, self.label, self.root = records, label, root
        self.ready: list[tuple[int, Element]] = []
        self.depth, self.top, self.line = 0, 0, 0
        self.builder: TreeBuilder | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        self.depth += 1
        if self.depth == 1:
            self.root.tag, self.root.attributes = tag, _local(attributes)
        if self.depth > DEEPEST:
            raise self.error(f"got more than {DEEPEST} levels of elements, expected a list")
        if self.builder is None and tag in self.records:
            self.builder, self.top = TreeBuilder(), self.depth
            self.line = self.parser.CurrentLineNumber
        if self.builder is not None:
            self.builder.start(tag, _local(attributes))

    def _end(self, name: str) -> None:
        if self.builder is not None:
            self.builder.end(name.rpartition("}")[2])
            if self.depth == self.top:
                self.ready.append((self.line, self.builder.close()))
                self.builder = None
        self.depth -= 1

    def _data(self, text: str) -> None:
        if self.builder is not None:
            self.builder.data(text)

    def _doctype(self, *_: object) -> None:
        raise self.error("got a document type declaration, expected a list without one")

    def error(self, message: str) -> SourceError:
        """An error at the line where the parser stands."""
        return SourceError(
            message,
            locator=f"{self.label}, line {self.parser.CurrentLineNumber}",
            hint="Fetch the publisher's own file again.",
        )


def _local(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}


def read_records(path: Path, tags: frozenset[str], root: Root) -> Iterator[tuple[int, Element]]:
    """Each outermost element named in `tags`, with the line it begins on.

    Args:
        path: the file; gzip is unpacked.
        tags: local names of records.
        root: is filled in before the first record is given.

    Raises:
        SourceError: not well-formed, cut short, or with a document type declaration.
    """
    records = _Records(tags, path.name, root)
    for chunk in chunks(path):
        _parse(records, chunk, last=False)
        yield from records.ready
        records.ready.clear()
    _parse(records, b"", last=True)
    yield from records.ready


def _parse(records: _Records, chunk: bytes, *, last: bool) -> None:
    try:
        records.parser.Parse(chunk, last)
    except (expat.ExpatError, ValueError, LookupError) as error:
        what = expat.errors.messages.get(getattr(error, "code", 0), str(error))
        ended = "the file ends early" if last else f"not well-formed ({what})"
        hint = "The line may be in another encoding than the rest." if "token" in what else AGAIN
        raise SourceError(
            f"got XML that is broken: {ended}, expected a whole document",
            locator=f"{records.label}, line {records.parser.CurrentLineNumber}",
            hint=AGAIN if last else hint,
        ) from error


def texts(element: Element, path: str) -> list[str]:
    """The texts of all elements on a path, without the empty ones."""
    found = ((one.text or "").strip() for one in element.findall(path))
    return [words for words in found if words]


def text(element: Element, path: str) -> str:
    """The text of the first element on a path; empty where there is none."""
    return (element.findtext(path) or "").strip()
