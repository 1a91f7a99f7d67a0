"""`entrepot handover`: one dossier for one reader: a letter, a narrative, questions, a bundle."""

import os
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import escape, refuse_inputs, words, write_text
from entrepot.codes import country
from entrepot.dossiers.dossier.canonical import read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.handed import PUBLIC, Handed
from entrepot.dossiers.handover.kinds import KINDS, handover
from entrepot.errors import DossierError, RequestError

DATA = "dossier.json"
_READERS = " · ".join(f"{name}: {one.reader}" for name, one in KINDS.items())


@click.command(
    "handover",
    epilog="Kinds: " + _READERS + ". Examples: entrepot handover dossier/ --as questions --out "
    "questions.html · entrepot handover dossier/ --as notice --letter red-flag --draft · "
    "entrepot handover dossier/ --as narrative --form json",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
@click.option("--as", "kind", type=click.Choice(tuple(KINDS)), required=True, help="For whom.")
@click.option("--form", default="", metavar="FORM",
              help="md, txt, csv, json or html, where the kind has it. Without: the suffix of "
              "--out, else the usual one.")  # fmt: skip
@click.option("--letter", default="red-flag", show_default=True,
              metavar="red-flag|supplier|guardian", help="Which letter a notice is.")  # fmt: skip
@click.option("--country", "land", default="", metavar="COUNTRY",
              help="Questions to this country only.")  # fmt: skip
@click.option("--publisher", default="", metavar="NAME", help="Who publishes, as printed.")
@click.option("--url", default="", metavar="URL", help="Address of the published page.")
@click.option("--draft", "is_draft", is_flag=True,
              help="Hand over an unpublished dossier, marked as a draft.")  # fmt: skip
@click.option("--out", type=click.Path(), metavar="FILE|DIR",
              help="Write to this file instead of standard output; into a folder, or a name that "
              "ends in /, under the usual name.")  # fmt: skip
def handover_command(folder: Path, kind: str, out: str | None, **options: Any) -> None:
    """Make of one dossier what one reader needs. DOSSIER is its folder or its dossier.json.

    Nothing is added that the dossier does not hold: what only the reader knows is a blank.
    """
    path = folder / DATA if folder.is_dir() else folder
    target, is_folder = _target(out)
    if target is not None:
        refuse_inputs(target, [path])
    _check_address(options["url"])
    dossier = _read(path)
    asked = options.pop("land")
    made = handover(
        dossier, kind, form=options.pop("form") or ("" if is_folder else _suffix(target, kind)),
        country=country.parse(asked) if asked else "", **options,
    )  # fmt: skip
    if target is not None and is_folder:
        target /= made.name
    _give(made, target, path)
    _warn(dossier, path)


def _target(out: str | None) -> tuple[Path | None, bool]:
    """The place to write to, and whether it is a folder: one that is there, or named like one."""
    if out is None:
        return None, False
    ends = tuple(one for one in (os.sep, os.altsep, "/") if one)
    return Path(out), bool(out) and (out.endswith(ends) or Path(out).is_dir())


def _read(path: Path) -> Dossier:
    try:
        return read_dossier(path.read_bytes())
    except OSError as error:
        raise RequestError(
            f"cannot read {path}: {error.strerror}, expected a dossier",
            hint="Give the folder that entrepot dossier made, or the dossier.json in it.",
        ) from error


def _check_address(url: str) -> None:
    if url and not url.startswith(("https://", "http://")):
        raise RequestError(
            f"got the address {url!r}, expected one that begins with https:// or http://",
            hint="It is the address of the published page.",
        )


def _suffix(out: Path | None, kind: str) -> str:
    """The form that the name of the file asks for; empty: it asks for none."""
    suffix = out.suffix.lstrip(".").lower() if out is not None else ""
    if suffix and suffix not in KINDS[kind].forms:
        raise RequestError(
            f"got {out} for {kind}, expected a name that ends in one of "
            f"{', '.join(KINDS[kind].forms)}",
            hint="With --form the file may have any name.",
        )
    return suffix


def _give(made: Handed, out: Path | None, read: Path) -> None:
    text = made.content.decode()
    if out is None:
        click.echo(text, nl=False)
        return
    write_text(out, text, inputs=[read])
    words.print(f"wrote {escape(str(out))} ({made.media_type})")


def _warn(dossier: Dossier, path: Path) -> None:
    for state, number, place in _later(dossier, path):
        words.print(
            f"[yellow]version {number} of {dossier.case_id} ({escape(state)}) lies in "
            f"{escape(str(place))}: what was handed over is version {dossier.version} and no "
            "longer stands as it is[/]"
        )
    if dossier.state not in PUBLIC:
        words.print(f"a draft: case {dossier.case_id} is in state {escape(dossier.state)}")
    words.print("the seal was not checked here: entrepot verify DOSSIER")


def _later(dossier: Dossier, path: Path) -> list[tuple[str, int, Path]]:
    """The last version of the same case in a folder beside this one; none: this is the last.

    Versions lie beside each other as `v1`, `v2`; a folder that was carried elsewhere has none.
    """
    found = []
    for place in path.resolve().parent.parent.glob("v*/" + DATA):
        try:
            other = read_dossier(place.read_bytes())
        except (OSError, DossierError):
            continue  # whatever it is, it is not what was asked for
        if other.case_id == dossier.case_id and other.version > dossier.version:
            found.append((other.state, other.version, place.parent))
    return sorted(found, key=lambda one: one[1])[-1:]


commands = (handover_command,)
