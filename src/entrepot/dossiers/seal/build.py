"""Build a dossier folder: files, manifest, signature and stamp, whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from entrepot.dossiers.dossier.canonical import dossier_bytes, read_dossier
from entrepot.dossiers.seal.keys import SigningKey
from entrepot.dossiers.seal.manifest import (
    DATA,
    Manifest,
    manifest_bytes,
    manifest_of,
    read_manifest,
    sha256_of,
    sums_bytes,
)
from entrepot.dossiers.seal.names import MANIFEST, SIGNATURE, STAMP, SUMS, refuse_unsafe
from entrepot.dossiers.seal.sign import signature_of
from entrepot.dossiers.seal.swap import only_builder, refuse_foreign, write_folder
from entrepot.errors import DossierError

Stamp = Callable[[bytes], bytes]
"""From the bytes of a manifest to the answer of a time stamping authority (RFC 3161)."""


@dataclass(frozen=True, slots=True)
class Built:
    """A dossier folder that was written.

    Attributes:
        folder: where it is.
        manifest: what it holds.
        manifest_sha256: of `manifest.json`: names the whole folder but signature and stamp.
        key_id: of the key that signed; empty: not signed.
        is_stamped: whether a time stamp lies in it.
        count: how many files lie in it, manifest, signature, stamp and sums among them.
    """

    folder: Path
    manifest: Manifest
    manifest_sha256: str
    key_id: str
    is_stamped: bool
    count: int = 0


def build(
    files: Mapping[str, bytes],
    out: Path,
    *,
    key: SigningKey | None = None,
    stamp: Stamp | None = None,
) -> Built:
    """Write a dossier folder with its seal, atomically.

    What the manifest says of the dossier is read from `dossier.json` among the files, so that the
    two cannot differ. Same files and key: same bytes, but for the time stamp, which has a time.
    A process that is killed leaves the old folder or the new one.

    Args:
        files: bytes by relative path, with / between folders; `dossier.json` is among them.
        out: folder; a dossier of the same case that is there is replaced whole.
        key: signs the manifest; null: unsigned.
        stamp: see `stamp.stamp_by`; asked before anything is written.

    Raises:
        DossierError: a path is not safe on every system, `dossier.json` is missing or not
            canonical, or `out` holds something else than a dossier of this case.
        RequestError: another build is running there, or it cannot be written.
    """
    refuse_unsafe(files)
    manifest = _manifest(files)
    seal, key_id = _seal(manifest, key, stamp)
    target = out if out.is_symlink() else out.resolve()
    with only_builder(target):
        refuse_foreign(target, MANIFEST)
        _refuse_other_case(target, manifest)
        write_folder({**files, **seal}, target)
    return Built(
        folder=out,
        manifest=manifest,
        manifest_sha256=sha256_of(seal[MANIFEST]),
        key_id=key_id,
        is_stamped=STAMP in seal,
        count=len({**files, **seal}),
    )


def sealed(
    files: Mapping[str, bytes], *, key: SigningKey | None = None, stamp: Stamp | None = None
) -> dict[str, bytes]:
    """All files of the folder that `build` would write, by path; nothing is written.

    Raises:
        DossierError: as `build`.
    """
    refuse_unsafe(files)
    return {**files, **_seal(_manifest(files), key, stamp)[0]}


def _manifest(files: Mapping[str, bytes]) -> Manifest:
    if DATA not in files:
        raise DossierError(f"got files without {DATA}, from which all others are made")
    dossier = read_dossier(files[DATA])
    if dossier_bytes(dossier) != files[DATA]:
        raise DossierError(
            f"got {DATA} in another spelling, expected canonical JSON",
            hint="Write it with dossier_bytes.",
        )
    return manifest_of(dossier, files)


def _seal(
    manifest: Manifest, key: SigningKey | None, stamp: Stamp | None
) -> tuple[dict[str, bytes], str]:
    content = manifest_bytes(manifest)
    made = {MANIFEST: content}
    if key is not None:
        made[SIGNATURE] = signature_of(content, key).file_bytes()
    if stamp is not None:
        made[STAMP] = stamp(content)
    made[SUMS] = sums_bytes(manifest, {name: sha256_of(one) for name, one in made.items()})
    return made, key.public.key_id if key is not None else ""


def _refuse_other_case(out: Path, manifest: Manifest) -> None:
    try:
        there = read_manifest((out / MANIFEST).read_bytes()).case_id
    except (OSError, DossierError):
        return  # nothing there, or damaged: then it is mended
    if there != manifest.case_id:
        raise DossierError(
            f"{out} holds the dossier of {there}, expected one of {manifest.case_id} or none",
            hint="Choose another folder.",
        )
