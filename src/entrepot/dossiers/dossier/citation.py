"""Citations: the way back from a printed number or sentence to rows of an archived file."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One archived file that a dossier rests on.

    Attributes:
        file_id: sha256 of its bytes; the file itself need not travel with the dossier.
        name: file name or title.
        publisher: whose figures, list, act or report it is.
        origin: address it was taken from; empty: a source that is protected or a person's word.
        retrieved_at: UTC instant in ISO form, or a day; empty: not known.
        licence: as stated; empty: not stated.
    """

    file_id: str
    name: str
    publisher: str
    origin: str
    retrieved_at: str
    licence: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a sentence or a number rests on.

    Attributes:
        citation_id: `cit_` and a hash of all below.
        kind: `figures`, `rule`, `list`, `report`, `check`, `casebook` or `method`.
        what: in words, one line.
        file_id: of the `SourceFile`; empty: a method or an entry of the casebook.
        locator: where in it: row, line, page, article, characters.
        query: how the rows were chosen and summed, as a command or SQL; empty: as they stand.
        rows: the rows themselves, plain values; each can be looked up in the file.
    """

    citation_id: str
    kind: str
    what: str
    file_id: str
    locator: str
    query: str
    rows: tuple[dict[str, Any], ...]
