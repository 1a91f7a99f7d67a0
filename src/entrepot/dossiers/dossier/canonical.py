"""One spelling of a dossier in bytes: the same content is the same bytes on every machine."""

import json
from dataclasses import asdict, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from entrepot.dossiers.dossier.citation import Citation, SourceFile
from entrepot.dossiers.dossier.dossier import Dossier, Finding, Party, Review, Version
from entrepot.dossiers.dossier.section import Chart, Section, Sentence, Table
from entrepot.errors import DossierError
from entrepot.records.ids import content_id

T = TypeVar("T")


def canonical(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys, an indent of one blank and a line end at the end.

    Raises:
        DossierError: a number is not finite, so that it has no spelling in JSON.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    except ValueError as error:
        raise DossierError(
            "got a number that is not finite, expected a number or null",
            hint="What was not measured is null.",
        ) from error
    return (text + "\n").encode()


def dossier_bytes(dossier: Dossier) -> bytes:
    """The dossier as `dossier.json`."""
    return _written(_Same(dossier))


class _Same:
    """A dossier told by identity: it never changes, and its rows are not hashable."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def __hash__(self) -> int:
        return id(self.dossier)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.dossier is self.dossier


@lru_cache(maxsize=2)
def _written(held: _Same) -> bytes:
    # the outputs of one dossier ask for its bytes and ids ten times: a third of drawing them
    return canonical(asdict(held.dossier))


def reviewed_id(dossier: Dossier) -> str:
    """`doc_` and a hash of all that reviewers read: everything but reviews, state and days."""
    return _reviewed(_Same(dossier))


@lru_cache(maxsize=2)
def _reviewed(held: _Same) -> str:
    bare = replace(held.dossier, reviews=(), state="", published_on="", versions=())
    return content_id("doc", canonical(asdict(bare)).decode())


def dossier_id(dossier: Dossier) -> str:
    """`dos_` and a hash of everything."""
    return content_id("dos", dossier_bytes(dossier).decode())


def read_dossier(content: bytes) -> Dossier:
    """A dossier from the bytes of `dossier.json`.

    Raises:
        DossierError: the bytes are no dossier.
    """
    try:
        return _dossier(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DossierError(
            f"got bytes that are no dossier ({type(error).__name__}), expected dossier.json",
            hint="Give the folder that `entrepot dossier` made.",
        ) from error


def _dossier(raw: dict[str, Any]) -> Dossier:
    names = {one.name for one in fields(Dossier)}
    if set(raw) != names:
        raise KeyError(sorted(set(raw) ^ names))
    parts: dict[str, Any] = {
        "summary": tuple(_sentence(one) for one in raw["summary"]),
        "sections": tuple(_section(one) for one in raw["sections"]),
        "findings": tuple(_tupled(Finding, one) for one in raw["findings"]),
        "parties": tuple(_tupled(Party, one) for one in raw["parties"]),
        "citations": tuple(_tupled(Citation, one) for one in raw["citations"]),
        "files": tuple(SourceFile(**one) for one in raw["files"]),
        "versions": tuple(_tupled(Version, one) for one in raw["versions"]),
        "reviews": tuple(Review(**one) for one in raw["reviews"]),
    }
    plain: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in raw.items()
    }
    return Dossier(**{**plain, **parts})


def _sentence(raw: dict[str, Any]) -> Sentence:
    return _tupled(Sentence, raw)


def _section(raw: dict[str, Any]) -> Section:
    return Section(
        raw["key"], raw["heading"],
        tuple(_sentence(one) for one in raw["sentences"]),
        tuple(_table(one) for one in raw["tables"]),
        tuple(_tupled(Chart, one) for one in raw["charts"]),
    )  # fmt: skip


def _table(raw: dict[str, Any]) -> Table:
    return Table(
        raw["table_id"], raw["caption"], tuple(raw["columns"]),
        tuple(tuple(row) for row in raw["rows"]),
        tuple(tuple(row) for row in raw["citations"]),
    )  # fmt: skip


def _tupled(kind: type[T], raw: dict[str, Any]) -> T:
    return kind(**{name: tuple(one) if isinstance(one, list) else one for name, one in raw.items()})
