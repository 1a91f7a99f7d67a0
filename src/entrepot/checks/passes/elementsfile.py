"""Element sets of one file, whatever its layout; the layout is told from the content."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from entrepot.checks.passes.omm import read_csv, read_json, read_xml
from entrepot.checks.passes.satellite import Elements
from entrepot.checks.passes.tle import read_tle
from entrepot.errors import SourceError
from entrepot.sources.download import is_page

MOST_BYTES: Final = 256 << 20
"""All objects on record have about 10 MB as lines and 60 MB as XML."""

HINT: Final = (
    "Element sets are TLE, or OMM as XML, JSON or CSV; get some with: entrepot fetch elements"
)


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of one file, and one sentence for each that does not stand."""

    elements: tuple[Elements, ...]
    refusals: tuple[str, ...]


def sets_of(path: Path, now: datetime | None = None, *, name: str = "") -> Sets:
    """Read one file.

    Args:
        path: the file, also in gzip.
        now: see `read_elements`.
        name: what the file is called in `source` and sentences; empty: its own name, or for an
            archived file the name and day it was taken with.

    Raises:
        SourceError: the file cannot be read, is a web page, is empty, or no set of it stands.
    """
    file = name or _called(path)
    return sets_in(_content(path, file), file, now)


def sets_in(content: bytes, file: str, now: datetime | None = None) -> Sets:
    """The same for bytes that are at hand.

    Raises:
        SourceError: as above.
    """
    found = list(_read(content, file, now))
    elements = tuple(one for one in found if isinstance(one, Elements))
    refusals = tuple(one for one in found if isinstance(one, str))
    if not elements:
        first = f"; the first of {len(refusals)} refused: {refusals[0]}" if refusals else ""
        raise SourceError(f"got no element set{first}", locator=file, hint=HINT)
    return Sets(elements, refusals)


def _read(content: bytes, file: str, now: datetime | None) -> Iterator[Elements | str]:
    if not content.strip():
        raise SourceError("got an empty file, expected element sets", locator=file, hint=HINT)
    if is_page(content):
        raise SourceError(
            "got a web page, expected element sets", locator=file,
            hint="The site may have answered with a notice: open the file in a browser to see it.",
        )  # fmt: skip
    text = _text(content)
    start = text.lstrip("\ufeff \r\n\t")
    head = start.partition("\n")[0].upper()
    if start.startswith("<"):
        return read_xml(content.strip(), file, now)
    if start.startswith(("[", "{")):
        return read_json(text, file, now)
    if "CCSDS_OMM_VERS" in head:
        raise SourceError(
            "got OMM as key-value text, expected XML, JSON or CSV", locator=file, hint=HINT
        )
    if "," in head and "EPOCH" in head:
        return read_csv(start, file, now)
    return read_tle(text, file, now)


def _called(path: Path) -> str:
    """An archived file is named by its bytes; the note beside it knows better."""
    try:
        note = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        return f"{note['name']} of {str(note['retrieved_at'])[:10]}"
    except (OSError, ValueError, LookupError, TypeError):
        return path.name


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _content(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as stream:
            is_packed = stream.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_packed else path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(
            f"the packed file is broken: {error}", locator=file, hint="Download it again."
        ) from error
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}", locator=str(path), hint="Check the path."
        ) from error
    if len(content) > MOST_BYTES:
        raise SourceError(
            f"got more than {MOST_BYTES >> 20} MB, expected element sets", locator=file, hint=HINT
        )
    return content
