"""The published dossiers of a folder: every `dossier.json` in it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from entrepot.dossiers.dossier.canonical import read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.errors import DossierError, RequestError

NAME: Final = "dossier.json"


def read_published(places: Iterable[Path]) -> tuple[Dossier, ...]:
    """Dossiers in the files and folders given, in the order of their paths.

    Raises:
        RequestError: a place does not exist, cannot be read, or holds none.
        DossierError: a file is no dossier.
    """
    found = [path for place in places for path in _files(place)]
    return tuple(_read(path) for path in dict.fromkeys(found))


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = sorted(place.rglob(NAME)) if place.is_dir() else []
    if not found:
        raise RequestError(
            f"{place} holds no {NAME}" if place.exists() else f"{place} does not exist",
            hint="Give the folder that entrepot publish wrote.",
        )
    return found


def _read(path: Path) -> Dossier:
    try:
        return read_dossier(path.read_bytes())
    except OSError as error:
        raise RequestError(f"cannot read {path}: {error.strerror}") from error
    except DossierError as error:
        raise DossierError(f"{path}: {error}", hint=error.hint) from error
