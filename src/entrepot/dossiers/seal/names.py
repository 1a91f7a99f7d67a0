"""Names of files in a dossier that mean the same file on every system."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from entrepot.errors import DossierError

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
STAMP: Final = "manifest.tsr"
SUMS: Final = "SHA256SUMS"
SEAL: Final = (MANIFEST, SIGNATURE, STAMP, SUMS)
"""Files that the seal itself consists of."""

MOST_SIGNS: Final = 200
"""Characters of a path; Windows allows 260 with the folder before it (MAX_PATH)."""

_FORBIDDEN: Final = frozenset('<>:"|?*\\')
_PORTS: Final = tuple(f"{port}{sign}" for port in ("com", "lpt") for sign in "0123456789¹²³")
_RESERVED: Final = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
"""Device names, as listed by Microsoft under "Naming Files, Paths, and Namespaces"."""


def fault_of(path: str) -> str:
    """Why a path cannot stand in a dossier, in words; empty: it can."""
    if not path or len(path) > MOST_SIGNS:
        return f"{len(path)} characters, of 1 to {MOST_SIGNS}"
    if unicodedata.normalize("NFC", path) != path:
        return "letters that are not composed (Unicode NFC)"
    for part in path.split("/"):
        if why := _fault_of_part(part):
            return why
    return ""


def _fault_of_part(part: str) -> str:
    if part in ("", ".", ".."):
        return "an empty part, . or .., which leads elsewhere"
    if bad := sorted({sign for sign in part if sign in _FORBIDDEN or not sign.isprintable()}):
        return f"the sign {bad[0]!r}, which some systems refuse"
    if part != part.strip() or part.endswith("."):
        return "a blank at an end or a full stop at the end, which some systems drop"
    if part.partition(".")[0].rstrip().casefold() in _RESERVED:
        return "the name of a device of Windows"
    return ""


def folded(path: str) -> str:
    """A path as the least discerning system tells it from others."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def clash(paths: Iterable[str]) -> tuple[str, str] | None:
    """Two paths that are one on some system, or a file that is a folder of another; null: none."""
    files: dict[str, str] = {}
    folders: dict[str, tuple[str, str]] = {}
    for path in sorted(paths):
        parts = path.split("/")
        if (key := folded(path)) in files:
            return files[key], path
        files[key] = path
        for depth in range(1, len(parts)):
            above = "/".join(parts[:depth])
            spelled, first = folders.setdefault(folded(above), (above, path))
            if spelled != above:
                return first, path
    both = sorted(files.keys() & folders.keys())
    return (files[both[0]], folders[both[0]][1]) if both else None


def refuse_unsafe(paths: Iterable[str]) -> None:
    """Raise a DossierError for a path that cannot stand in a dossier."""
    listed = sorted(paths)
    for path in listed:
        if why := fault_of(path):
            raise DossierError(
                f"got a file named {path!r} with {why}; expected a plain relative path",
                hint="Use letters, digits, - and _ with / between folders.",
            )
        if folded(path) in {folded(one) for one in SEAL}:
            raise DossierError(f"got a file named {path!r}, a name that the seal itself uses")
    if found := clash(listed):
        raise DossierError(
            f"got {found[0]!r} and {found[1]!r}, which are one file on some systems",
            hint="Name them so that more than capitals differ.",
        )
