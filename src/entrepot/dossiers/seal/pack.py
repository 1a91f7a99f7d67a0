"""A dossier as one zip file: the same folder gives the same bytes."""

import io
import zipfile
from pathlib import Path
from typing import Final

from entrepot.dossiers.seal.held import read_held
from entrepot.dossiers.seal.manifest import read_manifest
from entrepot.dossiers.seal.names import MANIFEST
from entrepot.dossiers.seal.swap import FILE_MODE
from entrepot.dossiers.seal.wholefile import write_file
from entrepot.errors import DossierError

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can say."""

_UNIX: Final = 3
_REGULAR: Final = 0o100000
_VERSION: Final = 20


def pack(folder: Path, out: Path) -> Path:
    """Write a dossier folder as a zip file, whole or not at all; the file.

    Files lie in a folder named after the dossier, sorted, all with one time and one mode, and
    are stored as they are: what packing makes of them would differ by the library of the machine.

    Raises:
        DossierError: the folder holds links or names that are not safe, or no manifest.
        RequestError: it is not there, or `out` cannot be written.
    """
    write_file(out, packed(folder))
    return out


def packed(folder: Path) -> bytes:
    """The bytes of that zip file.

    Raises:
        DossierError, RequestError: as `pack`.
    """
    held = read_held(folder)
    if held.faults:
        raise DossierError(held.faults[0].sentence, hint="entrepot verify FOLDER lists all.")
    if MANIFEST not in held.files:
        raise DossierError(f"{folder} holds no {MANIFEST}, expected a dossier folder")
    top = read_manifest(held.files[MANIFEST]).dossier_id
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as opened:
        for path in sorted(held.files):
            opened.writestr(_entry(f"{top}/{path}"), held.files[path])
    return made.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _FIRST_DAY)
    entry.compress_type = zipfile.ZIP_STORED
    entry.create_system = _UNIX
    entry.create_version = entry.extract_version = _VERSION
    entry.external_attr = (_REGULAR | FILE_MODE) << 16
    return entry
