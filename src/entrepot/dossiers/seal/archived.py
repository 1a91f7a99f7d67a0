"""The archived files that a dossier rests on: are they there, and still the same bytes?"""

from collections.abc import Callable, Iterator
from pathlib import Path

from entrepot.dossiers.dossier.citation import SourceFile
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.contents import SHA256
from entrepot.dossiers.seal.difference import Difference
from entrepot.errors import RequestError
from entrepot.sources import pocket
from entrepot.sources.archive import Archive, sha256_of

Told = Callable[[str], None]


def against_archive(dossier: Dossier, folder: Path, told: Told) -> Iterator[Difference]:
    """Hash each source file in an archive anew.

    An archive keeps the files of figures: one that is missing is a difference. Figures that ship
    are in no archive and are hashed in the program. Reports, lists and rules lie elsewhere
    (`unarchived`), and are hashed where they happen to be there.

    Raises:
        RequestError: there is no such folder.
    """
    if not folder.is_dir():
        raise RequestError(
            f"{folder} is not there, expected the archive of a workspace",
            hint="It is the folder with files such as ab/cd/abcd..., in the workspace. A workspace "
            "without imports has none: for figures that ship any empty folder does.",
        )
    archive, left_out = Archive(folder), unarchived(dossier, folder)
    for source in dossier.files:
        if not SHA256.fullmatch(source.file_id) or source in left_out:
            continue  # a wrong hash is told with the citations
        path = archive.path(source.file_id)
        name = path.relative_to(folder).as_posix()
        if not path.is_file() and source.file_id == pocket.about().sha256:
            path = pocket.path()
        told(f"hashing {source.name}")
        if not path.is_file():
            yield Difference(
                name, "archive", _called(source), "no file",
                f"It was taken from {source.origin}." if source.origin else "",
            )  # fmt: skip
            continue
        try:
            digest = sha256_of(path)
        except OSError as error:
            yield Difference(name, "archive", "a file", f"one that is not read ({error.strerror})")
            continue
        if digest != source.file_id:
            yield Difference(
                name, "archive", f"the file {source.name} as it was cited",
                f"other bytes (sha256 {digest[:16]}...)",
            )  # fmt: skip


def unarchived(dossier: Dossier, folder: Path) -> tuple[SourceFile, ...]:
    """Source files that no figures come from and that the archive does not hold."""
    archive = Archive(folder)
    figures = {one.file_id for one in dossier.citations if one.kind == "figures"}
    return tuple(
        one for one in dossier.files
        if one.file_id not in figures and SHA256.fullmatch(one.file_id)
        and not archive.path(one.file_id).is_file()
    )  # fmt: skip


def _called(source: SourceFile) -> str:
    by = f" of {source.publisher}" if source.publisher else ""
    return f"the file {source.name}{by}"
