"""What is published: sealed dossiers with their files, sorted into cases and their versions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from entrepot.codes.commodity import LENGTHS
from entrepot.dossiers.dossier.canonical import dossier_bytes
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.errors import DossierError

PAGE: Final = "index.html"
DATA: Final = "dossier.json"
MANIFEST: Final = "manifest.json"
BUNDLE: Final = "dossier.zip"
CARD: Final = "card.png"
OUT: Final = ("published", "corrected", "withdrawn")
"""States in which a dossier may stand on a site."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|]+")
_VERSION: Final = re.compile(r"v\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """One sealed version of one case.

    Attributes:
        dossier: as data.
        dossier_id: `dos_` and a hash.
        files: of its sealed folder: their bytes by path, or the folder itself.
        manifest_sha256: of `manifest.json`; empty: there is none.
    """

    dossier: Dossier
    dossier_id: str
    files: Mapping[str, bytes] | Path
    manifest_sha256: str = ""

    @property
    def number(self) -> int:
        """Of the version, from 1."""
        return self.dossier.version

    def names(self) -> list[str]:
        """Paths of the sealed files, sorted, with `/` between folders.

        Raises:
            DossierError: the folder holds a link, or cannot be read.
        """
        if not isinstance(self.files, Path):
            return sorted(self.files)
        found = []
        try:
            for path in self.files.rglob("*"):
                if path.is_symlink():
                    raise DossierError(f"got the link {path}, expected plain files in a dossier")
                if path.is_file():
                    found.append(path.relative_to(self.files).as_posix())
        except OSError as error:
            raise DossierError(f"cannot read the dossier {self.files}: {error.strerror}") from error
        return sorted(found)

    def read(self, name: str) -> bytes:
        """Bytes of one file.

        Raises:
            DossierError: there is no such file, or it cannot be read.
        """
        try:
            return (
                (self.files / name).read_bytes()
                if isinstance(self.files, Path)
                else self.files[name]
            )
        except (OSError, KeyError) as error:
            raise DossierError(
                f"got no file {name} in version {self.number} of {self.dossier.case_id}",
                hint="Build the dossier anew and publish it then.",
            ) from error


@dataclass(frozen=True, slots=True)
class Case:
    """All versions of one case, oldest first; there is at least one."""

    case_id: str
    versions: tuple[Published, ...]

    @property
    def latest(self) -> Published:
        """The version that counts."""
        return self.versions[-1]

    @property
    def dossier(self) -> Dossier:
        """Of the version that counts."""
        return self.latest.dossier

    @property
    def is_withdrawn(self) -> bool:
        """Whether the case no longer stands."""
        return self.dossier.state == "withdrawn"


def gather(published: Iterable[Published]) -> tuple[Case, ...]:
    """Cases with their versions, newest first, then by id.

    Raises:
        DossierError: a version is not fit for a site, is given twice, or one is missing.
    """
    found: dict[str, dict[int, Published]] = {}
    for one in published:
        check(one)
        versions = found.setdefault(one.dossier.case_id, {})
        if one.number in versions:
            raise DossierError(
                f"got version {one.number} of {one.dossier.case_id} twice, expected it once"
            )
        versions[one.number] = one
    cases = [_case(case_id, versions) for case_id, versions in sorted(found.items())]
    return tuple(sorted(cases, key=lambda one: one.dossier.published_on, reverse=True))


def _case(case_id: str, versions: dict[int, Published]) -> Case:
    if sorted(versions) != list(range(1, len(versions) + 1)):
        held = ", ".join(str(one) for one in sorted(versions))
        raise DossierError(
            f"got the versions {held} of {case_id}, expected all of them from 1",
            hint="Earlier versions stay on the site, so that readers see what changed.",
        )
    ordered = tuple(versions[number] for number in sorted(versions))
    days = [one.dossier.published_on for one in ordered]
    if days != sorted(days):
        raise DossierError(f"got versions of {case_id} whose days run backwards: {', '.join(days)}")
    return Case(case_id, ordered)


def check(one: Published) -> None:
    """Refuse what does not belong on a site.

    Raises:
        DossierError: a draft, an id or a day that is none, a file that may not stand there, or
            files that are not those of the dossier.
    """
    held = one.dossier
    if not _ID.fullmatch(held.case_id):
        raise DossierError(f"got the case id {held.case_id!r}, expected letters, digits, _ and -")
    if held.state not in OUT:
        raise DossierError(
            f"got {held.case_id} in the state {held.state!r}, expected {', '.join(OUT)}",
            hint="A case is published when the gate of review lets it through.",
        )
    _check_day(held)
    _check_codes(held)
    _check_files(one)


def _check_day(held: Dossier) -> None:
    try:
        fits = date.fromisoformat(held.published_on).isoformat() == held.published_on
    except ValueError:
        fits = False
    if not fits:
        raise DossierError(
            f"got {held.case_id} published on {held.published_on!r}, expected a day as 2022-09-30"
        )


def _check_codes(held: Dossier) -> None:
    for code in (*held.hubs, *held.targets):
        if not re.fullmatch("[A-Z]{3}", code):
            raise DossierError(f"got the country {code!r} in {held.case_id}, expected ISO alpha-3")
    for code in held.codes:
        if not re.fullmatch("[0-9]+", code) or len(code) not in LENGTHS:
            raise DossierError(f"got the goods {code!r} in {held.case_id}, expected an HS code")


def _check_files(one: Published) -> None:
    held, names = one.dossier, one.names()
    folded = [name.casefold() for name in names]
    for name in names:
        parts = PurePosixPath(name).parts
        bad = (
            not name or name.startswith("/") or "." in parts or ".." in parts
            or "/".join(parts) != name or not _NAME.fullmatch(name)
            or folded.count(name.casefold()) > 1
        )  # fmt: skip
        taken = name.casefold() in (BUNDLE, CARD) or _VERSION.fullmatch(parts[0] if parts else "")
        if bad or taken:
            raise DossierError(
                f"got the file {name!r} in {held.case_id}, expected a plain name that the site "
                f"does not use itself ({BUNDLE}, {CARD}, v1)"
            )
    if PAGE not in names:
        raise DossierError(f"got no {PAGE} in version {one.number} of {held.case_id}")
    if DATA in names and one.read(DATA) != dossier_bytes(held):
        raise DossierError(f"got a {DATA} of {held.case_id} that is not the dossier given")
    if one.manifest_sha256 and MANIFEST in names:
        got = sha256(one.read(MANIFEST)).hexdigest()
        if got != one.manifest_sha256:
            raise DossierError(
                f"got a {MANIFEST} of {held.case_id} with SHA-256 {got[:12]}, expected "
                f"{one.manifest_sha256[:12]}",
                hint="Run `entrepot verify` on the dossier.",
            )
