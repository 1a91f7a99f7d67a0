"""All outputs made anew from `dossier.json` and compared byte for byte."""

from collections.abc import Callable, Iterator, Mapping

from entrepot import __version__
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.difference import Difference
from entrepot.dossiers.seal.names import SEAL
from entrepot.errors import DossierError

Render = Callable[[Dossier], Mapping[str, bytes]]
"""Makes every file of a dossier but the seal; the same dossier gives the same bytes."""


def this_version() -> str:
    """This program as `Dossier.made_with` spells it."""
    return f"entrepot {__version__}"


def against_rebuild(
    dossier: Dossier, files: Mapping[str, bytes], render: Render
) -> Iterator[Difference]:
    """Files that come out otherwise, are missing, or that a rebuild does not make.

    Where the dossier was made with another version of the program, all of that is one difference
    of kind `version`: it says nothing against the files.

    Raises:
        DossierError: the dossier cannot be rendered at all.
    """
    made = render(dossier)
    here = {path: content for path, content in files.items() if path not in SEAL}
    found = [
        Difference(path, "rebuild", "what a rebuild makes", "other bytes")
        for path in sorted(made.keys() & here.keys())
        if made[path] != here[path]
    ]
    found += [
        Difference(path, "rebuild", "a file, which a rebuild makes", "no file")
        for path in sorted(made.keys() - here.keys())
    ]
    found += [
        Difference(path, "rebuild", "only files that a rebuild makes", "a file")
        for path in sorted(here.keys() - made.keys())
    ]
    if found and dossier.made_with != this_version():
        first, maker = found[0], dossier.made_with or "a program that is not named"
        yield Difference(
            first.path, "version", f"a dossier made with {this_version()}",
            f"one made with {maker}: {len(found)} of {len(made.keys() | here.keys())} files "
            "come out otherwise",
            f"Rebuild with {maker}: another version may draw otherwise.",
        )  # fmt: skip
        return
    yield from found


def program() -> Render:
    """The renderer of this program; read only when a rebuild is asked for, as it is slow to load.

    Raises:
        DossierError: a part that draws is not installed.
    """
    try:
        from entrepot.dossiers.render.outputs import render_all
    except ImportError as error:
        raise DossierError(
            f"cannot rebuild: {error.name} is not installed",
            hint="Install entrepot with all its dependencies.",
        ) from error
    return render_all
