"""Current element sets from CelesTrak or another address, kept in the workspace.

CelesTrak asks for few downloads (https://celestrak.org/usage-policy.php, of 22 May 2026): data
change every two hours at most, a program stops at any answer but 200, and one that asks again too
early is told so with 403. So an address is asked once in two hours, and never twice in one run
because of an answer.

Bytes go unchanged into the archive. `elements/fetched.json` says which of them are element sets,
from where and when.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import quote, urlsplit

from entrepot.checks.passes.elementsfile import Sets, sets_in
from entrepot.errors import RequestError, SourceError, WorkspaceError
from entrepot.sources.archive import Archive, Origin, write_whole
from entrepot.sources.download import Answer, Manners, ask
from entrepot.sources.lock import only_one

CELESTRAK: Final = "https://celestrak.org/NORAD/elements/gp.php"
TERMS: Final = (
    "no licence text; usage policy of CelesTrak: few and cached downloads, "
    "https://celestrak.org/usage-policy.php"
)
REST: Final = timedelta(hours=2)
MOST_NUMBERS: Final = 20
"""Each number is a request of its own; more than that is no longer few. Our choice."""

HINT: Final = (
    "The element sets held stay in use. Or download the file by hand and give it with --elements."
)
_UNCHANGED: Final = "has not updated"
"""In CelesTrak's answer 403 to a request that comes before the data have changed."""

_FORBIDDEN: Final = 403
_MARKS: Final = "fetched.json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one address.

    Attributes:
        address: that was asked.
        origin: of the bytes held; null: nothing is held.
        sets: element sets in them, and those that do not stand; null where nothing new came.
        note: a sentence for the user where nothing new came, or the server sent on; or empty.
    """

    address: str
    origin: Origin | None
    sets: Sets | None
    note: str = ""


def group_address(group: str) -> str:
    """Where CelesTrak has a group such as `resource`, `planet` or `active`.

    Raises:
        RequestError: it cannot be the name of a group.
    """
    if not group.replace("-", "").isalnum() or not group.isascii():
        raise RequestError(
            f"got the group {group!r}, expected letters, digits and hyphens",
            hint="The groups are listed at https://celestrak.org/NORAD/elements/.",
        )
    return f"{CELESTRAK}?GROUP={quote(group.lower())}&FORMAT=json"


def number_address(norad_id: int) -> str:
    """Where CelesTrak has one satellite."""
    return f"{CELESTRAK}?CATNR={norad_id}&FORMAT=json"


def fetch_elements(
    workspace: Path, address: str, *, now: datetime, get: Callable[..., Answer] = ask,
    told: Callable[[int, int], None] | None = None,
) -> Fetched:  # fmt: skip
    """Download element sets and keep them, unless what is held is as new as can be.

    Args:
        workspace: where the archive is.
        address: of a file of element sets.
        now: the moment, with a time zone.
        get: asks a server.
        told: bytes so far and bytes announced.

    Raises:
        SourceError: no answer, or one that has no element sets; what is held stays.
        WorkspaceError: the archive cannot be written.
    """
    with only_one(workspace / "elements"):
        mark = _marks(workspace).get(address, {})
        held = _held(workspace, mark)
        if held and _is_fresh(mark, now):
            return Fetched(address, held, None, _too_early(mark))
        answer = get(
            address, headers=_conditions(mark) if held else {}, manners=_manners(address),
            on_bytes=told, hint=HINT,
        )  # fmt: skip
        if answer.is_unchanged or _says_unchanged(answer):
            _require_held(held, address)
            _remember(workspace, address, {**mark, "asked_at": _text(now)})
            return Fetched(address, held, None, "the server has nothing newer.")
        sets = _checked(answer, address, now)
        origin = _keep(workspace, answer, address, now)
        _remember(workspace, address, {
            "file_id": origin.file_id, "asked_at": _text(now),
            "etag": answer.headers.get("etag", ""),
            "modified": answer.headers.get("last-modified", ""),
            "files": [*dict.fromkeys([*mark.get("files", []), origin.file_id])],
        })  # fmt: skip
        return Fetched(address, origin, sets, " ".join(answer.notes))


def stored_elements(workspace: Path) -> list[Path]:
    """All files of element sets that were fetched into a workspace, the newest last."""
    archive = Archive(workspace / "archive")
    found = dict.fromkeys(
        file_id for mark in _marks(workspace).values() for file_id in mark.get("files", [])
    )
    paths = [path for file_id in found if (path := archive.path(str(file_id))).is_file()]
    return sorted(paths, key=lambda path: (archive.origin(path.name).retrieved_at, path.name))


def _is_fresh(mark: dict[str, Any], now: datetime) -> bool:
    try:
        since = now - datetime.fromisoformat(str(mark.get("asked_at")))
    except (ValueError, TypeError):
        return False
    return timedelta(0) <= since < REST


def _manners(address: str) -> Manners:
    is_celestrak = (urlsplit(address).hostname or "").endswith("celestrak.org")
    if is_celestrak:
        return Manners(again=(), accept=(_FORBIDDEN,))
    return Manners(accept=(_FORBIDDEN,))


def _conditions(mark: dict[str, Any]) -> dict[str, str]:
    if mark.get("etag"):
        return {"If-None-Match": str(mark["etag"])}
    return {"If-Modified-Since": str(mark["modified"])} if mark.get("modified") else {}


def _says_unchanged(answer: Answer) -> bool:
    return answer.status == _FORBIDDEN and _UNCHANGED in _words(answer)


def _words(answer: Answer) -> str:
    """The first words of an answer, in one line."""
    return " ".join(answer.content[:300].decode("utf-8", "replace").split())


def _checked(answer: Answer, address: str, now: datetime) -> Sets:
    if answer.status == _FORBIDDEN:
        raise SourceError(
            f"the server refused with 403: {_words(answer)[:200] or 'no reason given'}",
            locator=address,
            hint="It may count too many downloads: wait some hours. " + HINT,
        )
    if len(answer.content) < 100 and answer.content.lstrip().lower().startswith(b"no "):
        raise SourceError(
            f"the server says {_words(answer)!r}, expected element sets", locator=address,
            hint="Check the group or the number at https://celestrak.org/NORAD/elements/.",
        )  # fmt: skip
    return sets_in(answer.content, address, now)


def _keep(workspace: Path, answer: Answer, address: str, now: datetime) -> Origin:
    with TemporaryDirectory(prefix="entrepot-elements-") as folder:
        file = Path(folder) / _name(address)
        file.write_bytes(answer.content)
        is_celestrak = address.startswith(CELESTRAK)
        return Archive(workspace / "archive").put(
            file, retrieved_at=now, media_type=answer.media_type or "text/plain",
            origin=address, licence=TERMS if is_celestrak else None,
        )  # fmt: skip


def _name(address: str) -> str:
    """What the file is called: what was asked of CelesTrak, else the end of the address."""
    parts = urlsplit(address)
    asked = dict(pair.partition("=")[::2] for pair in parts.query.split("&"))
    what = asked.get("GROUP") or asked.get("CATNR")
    tail = parts.path.rstrip("/").rsplit("/", 1)[-1]
    name = f"celestrak-{what}.json" if what else tail
    kept = "".join(sign if sign.isalnum() or sign in "-._" else "-" for sign in name)
    return kept.strip(".")[:100] or "elements"


def _held(workspace: Path, mark: dict[str, Any]) -> Origin | None:
    file_id = str(mark.get("file_id", ""))
    archive = Archive(workspace / "archive")
    return archive.origin(file_id) if file_id and archive.path(file_id).is_file() else None


def _text(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _too_early(mark: dict[str, Any]) -> str:
    return (
        f"was asked at {mark['asked_at']} and is not asked again for two hours; what is held stays."
    )


def _require_held(held: Origin | None, address: str) -> None:
    """A server that counts downloads may think that this workspace holds what it does not."""
    if held is None:
        raise SourceError(
            "the server says nothing is newer than its last answer to this machine, and this "
            "workspace holds none",
            locator=address,
            hint="Wait two hours, or use the workspace that holds it with --workspace.",
        )


def _marks(workspace: Path) -> dict[str, dict[str, Any]]:
    path = workspace / "elements" / _MARKS
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not all(isinstance(mark, dict) for mark in found.values()):
            raise ValueError("no marks")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        raise WorkspaceError(
            f"{path} cannot be read: it says which archived files are element sets",
            hint="Move it away and fetch again; the archived files stay where they are.",
        ) from error
    return dict(found)


def _remember(workspace: Path, address: str, mark: dict[str, Any]) -> None:
    path = workspace / "elements" / _MARKS
    marks = {**_marks(workspace), address: mark}
    try:
        write_whole(path, json.dumps(marks, indent=2) + "\n")
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror}") from error
