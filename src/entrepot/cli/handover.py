"""`entrepot handover`: one dossier for one reader: a letter, a narrative, questions, a bundle."""

from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import escape, out_option, refuse_inputs, words, write_text
from entrepot.codes import country
from entrepot.dossiers.dossier.canonical import read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.handover.handed import PUBLIC, Handed
from entrepot.dossiers.handover.kinds import KINDS, handover
from entrepot.errors import RequestError

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
@out_option
def handover_command(folder: Path, kind: str, out: Path | None, **options: Any) -> None:
    """Make of one dossier what one reader needs. DOSSIER is its folder or its dossier.json.

    Nothing is added that the dossier does not hold: what only the reader knows is a blank.
    """
    path = folder / DATA if folder.is_dir() else folder
    if out is not None:
        refuse_inputs(out, [path])
    _check_address(options["url"])
    dossier = _read(path)
    asked = options.pop("land")
    made = handover(
        dossier, kind, form=options.pop("form") or _suffix(out, kind),
        country=country.parse(asked) if asked else "", **options,
    )  # fmt: skip
    _give(made, out, path)
    _warn(dossier)


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
    suffix = out.suffix.lstrip(".").lower() if out is not None and not out.is_dir() else ""
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
    target = out / made.name if out.is_dir() else out
    write_text(target, text, inputs=[read])
    words.print(f"wrote {escape(str(target))} ({made.media_type})")


def _warn(dossier: Dossier) -> None:
    if dossier.state not in PUBLIC:
        words.print(f"a draft: case {dossier.case_id} is in state {escape(dossier.state)}")
    words.print("the seal was not checked here: entrepot verify DOSSIER")


commands = (handover_command,)
