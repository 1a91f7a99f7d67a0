"""A site's files as they are made beside the old ones, and the swap that puts them in place."""

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from entrepot.dossiers.dossier.canonical import canonical
from entrepot.dossiers.site.onepublisher import one_publisher
from entrepot.errors import DossierError, RequestError
from entrepot.evidence.documents.found import many

STATE: Final = "site.json"
"""Lists every file of the site with its SHA-256, and what was published."""

_AT_CWD: Final = -100
_EXCHANGE: Final = 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux: https://man7.org/linux/man-pages/man2/rename.2.html"""


@dataclass
class Tree:
    """Files of the new site; what is as it was is linked from the old one, not written again.

    Attributes:
        new: the folder that is being filled.
        old: the site as it stands; none: there is none yet.
        before: what `site.json` of the old site says; empty without one.
        sums: SHA-256 of each file by path.
        linked: how many are as they were.
        size: bytes of all.
    """

    new: Path
    old: Path | None
    before: dict[str, Any]
    sums: dict[str, str] = field(default_factory=dict)
    linked: int = 0
    size: int = 0

    def put(self, path: str, content: bytes | str) -> None:
        """Write one file.

        Raises:
            DossierError: the path is taken already, or leads out of the site.
        """
        if path.startswith("/") or "\\" in path or {"", ".", ".."} & set(path.split("/")):
            raise DossierError(f"got the path {path!r}, expected one inside the site")
        held = content.encode() if isinstance(content, str) else content
        if path in self.sums:
            raise DossierError(f"got two files for {path} of the site, expected one")
        self.sums[path] = sha256(held).hexdigest()
        self.size += len(held)
        target = self.new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not self._link(path, held, target):
            target.write_bytes(held)

    def old_bytes(self, path: str) -> bytes | None:
        """A file of the old site as it was written; none where it is missing or was changed."""
        noted = self.before.get("files", {}).get(path)
        if self.old is None or noted is None:
            return None
        with suppress(OSError):
            held = (self.old / path).read_bytes()
            return held if sha256(held).hexdigest() == noted else None
        return None

    def _link(self, path: str, held: bytes, target: Path) -> bool:
        """Linked to the old file where that has the very bytes; it keeps its time for mirrors."""
        if self.old is None:
            return False
        source = self.old / path
        try:
            if source.is_symlink() or source.stat().st_size != len(held):
                return False
            if source.read_bytes() != held:
                return False
            os.link(source, target)
        except OSError:
            return False
        self.linked += 1
        return True


@contextmanager
def swapped(out: Path) -> Iterator[Tree]:
    """A tree to fill; at the end it takes the place of `out` at once, or `out` stays as it is.

    Raises:
        RequestError: `out` is no site, holds files that are not the site's, or another publisher
            is at work.
    """
    out = out.resolve()
    with _told(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    with one_publisher(out):
        new, aside = out.parent / f".{out.name}.new", out.parent / f".{out.name}.old"
        with _told(out):
            _recover(out, new, aside)
            before = _before(out)
            new.mkdir()
        try:
            with _told(out):
                yield Tree(new, out if out.exists() else None, before)
                _exchange(new, out, aside)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            if out.exists():
                shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RequestError(
            f"cannot write the site {out}: {error.strerror or error}",
            hint="Nothing was changed; make room or mend the rights, and publish again.",
        ) from error


def _recover(out: Path, new: Path, aside: Path) -> None:
    """Put right what a publisher left that was killed."""
    if aside.exists() and not out.exists():
        aside.rename(out)
    for left in (new, aside):
        if left.exists():
            shutil.rmtree(left)


def _before(out: Path) -> dict[str, Any]:
    """What the old site says of itself.

    Raises:
        RequestError: the folder is not a site, or holds more than the site.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return {}
    try:
        before: dict[str, Any] = json.loads((out / STATE).read_bytes())
        files = set(before["files"]) | {STATE}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RequestError(
            f"got {out}, which exists and is no site of Entrepot, expected a new folder or a site",
            hint="Nothing was changed. Give another folder.",
        ) from error
    more = sorted(
        found
        for folder, _, names in os.walk(out)
        for found in ((Path(folder) / name).relative_to(out).as_posix() for name in names)
        if found not in files
    )
    if more:
        raise RequestError(
            f"got {out} with {many(len(more), 'file')} beside the site's own, such as {more[0]}, "
            "expected none",
            hint="They would be lost. Move them away; what the host needs, such as CNAME, is given "
            "with --with FILE.",
        )
    return before


def _exchange(new: Path, out: Path, aside: Path) -> None:
    """Put `new` at `out`; in one step where the system can, else in two with a way back."""
    if not out.exists():
        new.rename(out)
    elif not _at_once(new, out):
        out.rename(aside)
        try:
            new.rename(out)
        except OSError:
            aside.rename(out)
            raise


def _at_once(new: Path, out: Path) -> bool:
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = rename(_AT_CWD, os.fsencode(new), _AT_CWD, os.fsencode(out), _EXCHANGE)
    return bool(done == 0)


def close(tree: Tree, said: dict[str, Any]) -> None:
    """Write `site.json`: what was published, and the SHA-256 of every other file."""
    tree.put(STATE, canonical({**said, "files": dict(sorted(tree.sums.items()))}))
