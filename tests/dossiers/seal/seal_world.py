"""A sealed dossier for tests: made-up files around the made-up dossier of `dossier_world`."""

from collections.abc import Mapping
from pathlib import Path

from tests.dossiers.dossier_world import small

from entrepot.dossiers.dossier.canonical import dossier_bytes
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.build import Built, build
from entrepot.dossiers.seal.keys import SigningKey, new_key

KEY = new_key()


def files_of(dossier: Dossier | None = None) -> dict[str, bytes]:
    return {
        "dossier.json": dossier_bytes(dossier or small()),
        "index.html": b"<!doctype html>\n<title>A made-up page</title>\n",
        "dossier.md": b"# A made-up page\n\nOne line.\n",
        "charts/cha_exports.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>\n",
        "charts/data/rows.csv": b"month,eur\n2022-01,410000\n2022-06,\n",
    }


def made(
    out: Path, *, key: SigningKey | None = KEY, files: Mapping[str, bytes] | None = None
) -> Built:
    return build(files or files_of(), out, key=key)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
