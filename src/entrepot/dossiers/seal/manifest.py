"""The manifest of a dossier: every file with its hash, and what the dossier says of itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from entrepot.dossiers.dossier.canonical import canonical, dossier_id
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.errors import DossierError

LAYOUT: Final = 1
"""Version of the layout of the folder and of its manifest."""

DATA: Final = "dossier.json"
"""The file that all others are made from."""

_MEDIA: Final = {
    "atom": "application/atom+xml",
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "application/xml",
}
"""Types by ending, as IANA registers them; a table of the system would differ by machine."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the dossier.

    Attributes:
        path: relative, with / between folders.
        sha256: of its bytes, in hexadecimal.
        size_bytes: how many bytes.
        media_type: by its ending; `application/octet-stream` where the ending is not known.
    """

    path: str
    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says.

    Attributes:
        layout: `LAYOUT` of the program that made it.
        dossier_id: of `dossier.json`.
        case_id: of the casebook.
        version: 1 is the first.
        previous: `dossier_id` of the version before; empty: this is the first.
        made_with: name and version of the program.
        files: sorted by path; the files of the seal are not among them.
    """

    layout: int
    dossier_id: str
    case_id: str
    version: int
    previous: str
    made_with: str
    files: tuple[Entry, ...]


def manifest_of(dossier: Dossier, files: Mapping[str, bytes]) -> Manifest:
    """The manifest of a dossier and its files; a pure function of both."""
    return Manifest(
        layout=LAYOUT,
        dossier_id=dossier_id(dossier),
        case_id=dossier.case_id,
        version=dossier.version,
        previous=dossier.versions[-2].dossier_id if len(dossier.versions) > 1 else "",
        made_with=dossier.made_with,
        files=tuple(entry_of(path, files[path]) for path in sorted(files)),
    )


def entry_of(path: str, content: bytes) -> Entry:
    """A file as the manifest lists it."""
    return Entry(path, sha256_of(content), len(content), media_type(path))


def sha256_of(content: bytes) -> str:
    """The sha256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def media_type(path: str) -> str:
    """What a file is, by its ending."""
    return _MEDIA.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as `manifest.json`: the bytes that are signed and stamped."""
    return canonical(asdict(manifest))


def read_manifest(content: bytes) -> Manifest:
    """The manifest from the bytes of `manifest.json`.

    Raises:
        DossierError: they are no manifest, or one of a layout that this program does not know.
    """
    try:
        raw = json.loads(content)
        layout = raw["layout"]
        made = _manifest(raw) if layout == LAYOUT else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DossierError(
            f"got bytes that are no manifest ({type(error).__name__})",
            hint="Take the folder again from where it was published.",
        ) from error
    if made is None:
        raise DossierError(
            f"got layout {str(layout)[:20]!r}, expected {LAYOUT}",
            hint="A newer entrepot reads newer layouts.",
        )
    return made


def _manifest(raw: dict[str, Any]) -> Manifest:
    made = Manifest(**{**raw, "files": tuple(Entry(**one) for one in raw["files"])})
    words = (made.dossier_id, made.case_id, made.previous, made.made_with)
    texts = [*words, *(text for one in made.files for text in (one.path, one.sha256))]
    numbers = [made.version, *(one.size_bytes for one in made.files)]
    if not all(isinstance(one, str) for one in texts):
        raise TypeError("text")
    if not all(type(one) is int for one in numbers):
        raise TypeError("number")
    return made


def sums_bytes(manifest: Manifest, seal: Mapping[str, str]) -> bytes:
    """`SHA256SUMS`: every file of the folder but itself, as `sha256sum --check` reads it.

    Whoever has no Entrepot can check the folder with it. It also tells which of two files was
    changed where manifest and file differ.

    Args:
        manifest: lists the files.
        seal: sha256 of `manifest.json` and, where there are, of signature and stamp, by name.
    """
    sums = {one.path: one.sha256 for one in manifest.files} | dict(seal)
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def read_sums(content: bytes) -> dict[str, str]:
    """Hash by path from `SHA256SUMS`; lines that cannot be read are left out."""
    found = {}
    for line in content.decode("utf-8", "replace").splitlines():
        digest, _, path = line.partition("  ")
        if path:
            found[path] = digest
    return found
