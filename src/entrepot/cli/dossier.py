"""`entrepot dossier`: a case as a dossier that others can check, as a draft in a folder."""

import shlex
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from entrepot.casebook.casebook import Casebook
from entrepot.cli.casebookoptions import casebook_file, casebook_options, open_casebook
from entrepot.cli.common import FORMATS, emit, escape, words
from entrepot.cli.days import parse_day
from entrepot.cli.heldrecords import opened_records
from entrepot.cli.reviewread import drawn, reviewed
from entrepot.cli.today import refuse_later, today
from entrepot.dossiers.dossier.canonical import dossier_bytes, reviewed_id
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.review.fault import Fault
from entrepot.dossiers.review.leaving import standing_in_the_way
from entrepot.errors import RequestError
from entrepot.evidence.documents.found import many
from entrepot.signals.question import Question
from entrepot.workspace.assembling import Beside, assemble
from entrepot.workspace.assemblingfiles import Archived, beside_files
from entrepot.workspace.claims import Sources

COLUMNS = ("rule", "where", "what", "hint")
SHOWN = ("rule", "where", "what")
MOST_FAULTS = 20
"""Faults that a table shows; the data formats have all, and so has `entrepot review`."""

_FILE = click.Path(path_type=Path)


@click.command(
    "dossier",
    epilog="Examples: entrepot dossier cas_0123456789ab --as-of 2023-01-21 --out draft/ · "
    "entrepot dossier cas_0123456789ab --as-of 2023-01-21 --contact desk@example.org --format json",
)
@click.argument("case_id", metavar="CASE")
@click.option("--as-of", callback=parse_day, required=True, metavar="DATE",
              help="The day as of which figures, rules and lists count.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Write the draft's folder there: page, PDF, data, seal. A draft of this case "
              "that is there is replaced whole.")  # fmt: skip
@click.option("--contact", default="", metavar="ADDRESS",
              help="Where a reply or a correction can be sent; it is printed.")  # fmt: skip
@click.option("--lists", multiple=True, type=_FILE, metavar="DIR|FILE",
              help="Sanctions lists. Without: the workspace's.")  # fmt: skip
@click.option("--observations", type=_FILE, metavar="FILE",
              help="Dated observations: docs/assess.md.")  # fmt: skip
@click.option("--flights", type=_FILE, metavar="FILE",
              help="A flight list as the OpenSky Network writes them.")  # fmt: skip
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table",
              show_default=True, help="json: the dossier; else what is missing.")  # fmt: skip
@casebook_options
def dossier_command(
    case_id: str,
    as_of: date,
    out: Path | None,
    contact: str,
    output_format: str,
    workspace_dir: Path,
    **options: Any,
) -> None:
    """Put a case together as a dossier: every sentence with what it rests on.

    Leads, law, claims, checks, other explanations, and what is not known, each with rows that can
    be looked up. It is a draft: what is missing before it may leave is listed. The same casebook,
    figures, lists and day give the same bytes.
    """
    refuse_later(as_of, "--as-of", today())
    _refuse_out(out, casebook_file(options["casebook"], workspace_dir))
    made = _assembled(case_id, as_of, contact, workspace_dir, options)
    if out is not None:
        _write(made, out)
    words.print(f"{made.case_id}, content {reviewed_id(made)}, state {made.state}")
    with open_casebook(options["casebook"], workspace_dir) as book:
        found = _faults(book, made, out)
    _show(made, found, out, output_format)


def _refuse_out(out: Path | None, read: Sequence[Path]) -> None:
    """The folder must not hold what is read; before the work."""
    if out is not None and any(one.resolve().is_relative_to(out.resolve()) for one in read):
        raise RequestError(
            f"got {out}, which holds the casebook, expected a folder for the dossier alone",
            hint="Give another folder with --out.",
        )


def _assembled(
    case_id: str, as_of: date, contact: str, workspace_dir: Path, options: dict[str, Any]
) -> Dossier:
    sources = Sources(options["lists"], options["observations"], options["flights"], as_of)
    files = beside_files(one for one in (sources.observations, sources.flights) if one)
    with (
        open_casebook(options["casebook"], workspace_dir) as book,
        opened_records(workspace_dir, sources, is_told=True) as opened,
    ):
        beside = Beside(
            Archived(workspace_dir), _questions(book, case_id, workspace_dir), files, opened.say
        )
        return assemble(book, case_id, opened.records, as_of=as_of, contact=contact, beside=beside)


def _questions(book: Any, case_id: str, workspace_dir: Path) -> list[Question]:
    """How the leads of the case were asked for, where the run log still says so."""
    from entrepot.casebook import cases
    from entrepot.workspace import Workspace

    with book.reading() as connection:
        wanted = cases.one(connection, case_id).things("lead")
    workspace, found = Workspace(workspace_dir), []
    for key in wanted:
        try:
            known = workspace.recall(key)
        except RequestError:
            continue  # its own measure file is gone: the built-in rules are tried
        if known is not None:
            found.append(known.question)
    return list(dict.fromkeys(found))


def _write(made: Dossier, out: Path) -> None:
    """The folder with every output and its seal, whole or not at all."""
    render = import_module("entrepot.dossiers.render.outputs").render_all
    build = import_module("entrepot.dossiers.seal.build").build
    with words.status("making the outputs") as bar:
        files = render(made, lambda text: bar.update(escape(text)))
        built = build(files, out)
    words.print(f"wrote {built.count} files to {escape(str(out))}, not signed: it is a draft")


def _faults(book: Casebook, made: Dossier, out: Path | None) -> tuple[Fault, ...]:
    """What stands in the way, as `entrepot review` says it of the folder that was written."""
    if out is not None:
        return reviewed(book, drawn(out, made), today()).faults
    with book.reading() as connection:
        return standing_in_the_way(connection, made, today=today())


def _show(made: Dossier, found: Sequence[Fault], out: Path | None, output_format: str) -> None:
    if output_format == "json":
        click.echo(dossier_bytes(made).decode(), nl=False)
        return
    rows = [one.row() for one in found]
    emit(rows, output_format, None, columns=COLUMNS, shown=SHOWN, table=rows[:MOST_FAULTS],
         title="Missing before publication")  # fmt: skip
    more = f" ({MOST_FAULTS} are shown)" if len(rows) > MOST_FAULTS else ""
    place = shlex.quote(str(out)) if out is not None else "FOLDER, as written with --out FOLDER"
    words.print(f"{many(len(rows), 'fault')} before it may leave{more}: entrepot review "
                f"{made.case_id} --dossier {escape(place)}")  # fmt: skip


commands = (dossier_command,)
