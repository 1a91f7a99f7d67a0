"""Versions that left the house, read back from their sealed folders and held to the casebook."""

import shlex
from pathlib import Path
from typing import Final

from entrepot.casebook import publications
from entrepot.casebook.casebook import Casebook
from entrepot.casebook.publications import Publication
from entrepot.dossiers.dossier.canonical import dossier_id, read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.held import read_held
from entrepot.dossiers.seal.listed import against_manifest
from entrepot.dossiers.seal.manifest import DATA, read_manifest, sha256_of
from entrepot.dossiers.seal.names import MANIFEST
from entrepot.dossiers.site.published import Published
from entrepot.errors import DossierError, RequestError

FOLDER: Final = "dossiers"
"""Below the workspace: `dossiers/<case_id>/v<n>`, one sealed folder a version."""

WITHDRAWN: Final = "withdrawn"
"""The state of a case, and the action of an entry, whose last version is a tombstone."""


def version_folder(workspace_dir: Path, case_id: str, number: int) -> Path:
    """Where a version lies."""
    return workspace_dir / FOLDER / case_id / f"v{number}"


def all_published(book: Casebook, workspace_dir: Path) -> tuple[Published, ...]:
    """Every version that is out, as its sealed folder, for the site and the newsletter.

    Raises:
        DossierError: a folder is missing, a file of it is not as sealed, or it is not the one
            that the casebook says left.
    """
    with book.reading() as connection:
        entries = publications.listed(connection)
    return tuple(_published(workspace_dir, one) for one in entries)


def _published(workspace_dir: Path, entry: Publication) -> Published:
    is_stone = entry.action == WITHDRAWN
    folder = version_folder(workspace_dir, entry.case_id, entry.version + is_stone)
    held = read_stone(folder, entry) if is_stone else read_version(folder, entry)
    return Published(held, dossier_id(held), folder, sha256_of((folder / MANIFEST).read_bytes()))


def read_version(folder: Path, entry: Publication) -> Dossier:
    """The dossier of a folder, which must be the one that left, whole.

    Raises:
        DossierError: it is not there, not whole, or another one.
    """
    held, manifest = _whole(folder, "Bring the folder back from a copy or the site; it was sealed.")
    if (manifest, dossier_id(held)) != (entry.manifest_sha256, entry.dossier_id):
        raise DossierError(
            f"{folder} is not the version {entry.version} of {entry.case_id} that left the house",
            hint=f"What differs: {_verify(folder)}",
        )
    return held


def read_stone(folder: Path, entry: Publication) -> Dossier:
    """The tombstone of a withdrawal; what else lies in its place was never let out.

    Raises:
        DossierError: it is not there, not whole, or does not say what the casebook says.
    """
    remedy = f"Write it: entrepot publish {entry.case_id} --withdraw --by NAME"
    held, _ = _whole(folder, remedy)
    told = held.versions[-1].changes if held.versions else ()
    if (held.case_id, held.state, told) != (entry.case_id, WITHDRAWN, entry.changes):
        raise DossierError(
            f"{folder} does not say that {entry.case_id} is withdrawn, as the casebook does",
            hint=remedy,
        )
    return held


def has_stone(workspace_dir: Path, entry: Publication) -> bool:
    """Whether the last version of a withdrawn case lies there, and says what the casebook says."""
    try:
        read_stone(version_folder(workspace_dir, entry.case_id, entry.version + 1), entry)
    except DossierError:
        return False
    return True


def _whole(folder: Path, remedy: str) -> tuple[Dossier, str]:
    """The dossier of a folder and the SHA-256 of its manifest, every file as the manifest says."""
    try:
        held = read_held(folder)
        manifest = held.files[MANIFEST]
        differs = [*held.faults, *against_manifest(read_manifest(manifest), held.files)]
        if not differs:
            return read_dossier(held.files[DATA]), sha256_of(manifest)
    except (RequestError, KeyError) as error:
        raise DossierError(
            f"got no dossier in {folder}, expected the version that the casebook says is out",
            hint=remedy,
        ) from error
    first = differs[0]
    if first.kind == "extra":
        raise DossierError(
            f"{folder / first.path} is no file of the version that was sealed",
            hint="Remove it, and run the same command again.",
        )
    raise DossierError(
        f"{folder / first.path} is not as it was sealed",
        hint=f"{remedy} · all that differs: {_verify(folder)}",
    )


def _verify(folder: Path) -> str:
    return shlex.join(["entrepot", "verify", str(folder)])
