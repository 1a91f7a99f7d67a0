"""Answers of archives, kept as they came: bytes by their sha256, and beside them what was asked.

A question is written last and whole, so an answer that broke off is not there at all.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from entrepot.checks.images.asked import Asked
from entrepot.checks.images.outline import Box
from entrepot.checks.window import Window
from entrepot.errors import WorkspaceError
from entrepot.sources.archive import Archive, write_whole

FOLDER: Final = "images"
"""Folder in the workspace: `answers/` has the bytes, `asked/` the questions."""

FORM: Final = 1
MEDIA_TYPE: Final = "application/geo+json"


@dataclass(frozen=True, slots=True)
class Page:
    """One request and the bytes that came back.

    Attributes:
        role: `collection` or `items`.
        method: GET or POST.
        address: that was asked.
        body: of the request; null: none.
        received_at: UTC instant.
        content: the bytes, unchanged.
    """

    role: str
    method: str
    address: str
    body: dict[str, Any] | None
    received_at: datetime
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page of items as it is kept: the request, and where the bytes are."""

    address: str
    file_id: str
    path: Path


def keep(workspace_dir: Path, asked: Asked, pages: Sequence[Page]) -> Path:
    """Keep an answer and its question.

    Args:
        workspace_dir: the workspace; `images/` is made in it.
        asked: the question; its `source` is not used.
        pages: all of them, in order.

    Returns:
        The file of the question.

    Raises:
        WorkspaceError: the folder cannot be written.
    """
    folder = workspace_dir / FOLDER
    archive = Archive(folder / "answers")
    with TemporaryDirectory(prefix="entrepot-images-") as scratch:
        notes = [_put(archive, Path(scratch) / f"{n}.json", one) for n, one in enumerate(pages)]
    said = {
        "form": FORM, "archive": asked.archive, "collection": asked.collection,
        "address": asked.address, "from": asked.window.from_at.isoformat(),
        "to": asked.window.to_at.isoformat(), "boxes": [list(box) for box in asked.boxes],
        "asked_at": asked.asked_at.isoformat(), "items": asked.items,
        "is_complete": asked.is_complete, "norad_ids": sorted(asked.norad_ids),
        "settled_days": asked.settled_days, "licence": asked.licence, "pages": notes,
    }  # fmt: skip
    text = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    stamp = asked.asked_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    name = f"{stamp}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    target = folder / "asked" / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text)
    except OSError as error:
        raise WorkspaceError(f"cannot write {target}: {error.strerror or error}") from error
    return target


def _put(archive: Archive, scratch: Path, page: Page) -> dict[str, Any]:
    scratch.write_bytes(page.content)
    kept = archive.put(
        scratch, retrieved_at=page.received_at, media_type=MEDIA_TYPE, origin=page.address
    )
    return {
        "role": page.role, "method": page.method, "address": page.address, "body": page.body,
        "received_at": page.received_at.isoformat(), "file_id": kept.file_id,
    }  # fmt: skip


def kept(workspace_dir: Path) -> Iterator[tuple[Asked, list[KeptPage]]]:
    """The questions that were answered, oldest first, with their pages of items.

    Raises:
        WorkspaceError: a file of a question cannot be read or was changed.
    """
    folder = workspace_dir / FOLDER
    archive = Archive(folder / "answers")
    for path in sorted((folder / "asked").glob("*.json")):
        try:
            said = json.loads(path.read_text("utf-8"))
            if said["form"] != FORM:
                raise ValueError(said["form"])
            yield _asked(said, path), _pages(said, archive)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise WorkspaceError(
                f"{path} is not a question to an archive as this version writes it",
                hint="Remove the file and ask again: entrepot fetch images.",
            ) from error


def _pages(said: dict[str, Any], archive: Archive) -> list[KeptPage]:
    return [
        KeptPage(page["address"], page["file_id"], archive.path(page["file_id"]))
        for page in said["pages"]
        if page["role"] == "items"
    ]


def content(page: KeptPage) -> bytes:
    """The bytes of a page.

    Raises:
        WorkspaceError: they are missing, or no longer those they are named after.
    """
    try:
        found = page.path.read_bytes()
    except OSError as error:
        raise WorkspaceError(
            f"the answer {page.path} cannot be read: {error.strerror}",
            hint="Ask again: entrepot fetch images.",
        ) from error
    if hashlib.sha256(found).hexdigest() != page.file_id:
        raise WorkspaceError(
            f"the answer {page.path} is not what came: its bytes have changed",
            hint="Remove the file and ask again: entrepot fetch images.",
        )
    return found


def _asked(said: dict[str, Any], path: Path) -> Asked:
    return Asked(
        archive=str(said["archive"]), collection=str(said["collection"]),
        address=str(said["address"]), window=Window(_moment(said["from"]), _moment(said["to"])),
        boxes=tuple(_box(one) for one in said["boxes"]), asked_at=_moment(said["asked_at"]),
        items=int(said["items"]), is_complete=said["is_complete"] is True,
        norad_ids=frozenset(int(one) for one in said["norad_ids"]),
        settled_days=int(said["settled_days"]), licence=str(said["licence"]), source=path.name,
    )  # fmt: skip


def _box(numbers: Sequence[Any]) -> Box:
    west, south, east, north = (float(one) for one in numbers)
    return west, south, east, north


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
