"""The archived files that a dossier rests on: are they there, and still the same bytes?"""

from collections.abc import Callable, Iterator
from pathlib import Path

from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.contents import SHA256
from entrepot.dossiers.seal.difference import Difference
from entrepot.errors import RequestError
from entrepot.sources.archive import Archive, sha256_of

Told = Callable[[str], None]


def against_archive(dossier: Dossier, folder: Path, told: Told) -> Iterator[Difference]:
    """Hash each source file in an archive anew.

    Raises:
        RequestError: there is no such folder.
    """
    if not folder.is_dir():
        raise RequestError(
            f"{folder} is not there, expected the archive of a workspace",
            hint="It is the folder with files such as ab/cd/abcd..., in the workspace.",
        )
    archive = Archive(folder)
    for source in dossier.files:
        if not SHA256.fullmatch(source.file_id):
            continue  # told with the citations
        path = archive.path(source.file_id)
        name = path.relative_to(folder).as_posix()
        told(f"hashing {source.name}")
        if not path.is_file():
            yield Difference(
                name, "archive", f"the file {source.name} of {source.publisher}", "no file",
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
