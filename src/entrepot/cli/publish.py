"""`entrepot publish`: a reviewed case leaves the house, and the site is written anew."""

import shlex
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.casebook import cases
from entrepot.casebook.casebook import Casebook
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, words
from entrepot.cli.days import parse_day
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.cli.leaks import tip_texts
from entrepot.cli.reviewread import draft_at, placing
from entrepot.cli.signing import signing_key
from entrepot.cli.sitewriting import already_out, site_given, site_options, write_all
from entrepot.cli.today import refuse_later, today
from entrepot.dossiers.dossier.canonical import read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.build import Built
from entrepot.dossiers.seal.keys import SigningKey
from entrepot.dossiers.seal.stamp import stamp_by
from entrepot.errors import RequestError
from entrepot.evidence.documents.found import many
from entrepot.workspace.lastout import last_day, refuse_same
from entrepot.workspace.publishing import Sealing, edition, publish, withdraw

COLUMNS = ("case_id", "version", "dossier_id", "published_on", "manifest_sha256", "key_id",
           "folder")  # fmt: skip
_FILE = click.Path(path_type=Path)


@click.command(
    "publish",
    epilog="Examples: entrepot publish cas_0123456789ab --dossier reviewed/ --by kk --key desk.pem "
    "· entrepot publish --site www --base-url https://example.org/cases/ --title 'Our cases' · "
    "a correction: entrepot publish cas_0123456789ab --dossier new/ --by kk --changes 'May was "
    "EUR 39,000, not EUR 93,000.' · entrepot publish cas_0123456789ab --withdraw --because "
    "'The row was not of that firm.' --by kk",
)
@click.argument("case_id", required=False, metavar="[CASE]")
@click.option("--dossier", type=_FILE, metavar="FOLDER",
              help="What was reviewed: the folder that `entrepot dossier` wrote.")  # fmt: skip
@click.option("--on", "day", callback=parse_day, metavar="DATE", help="Day of it. Default: today.")
@click.option("--changes", multiple=True, metavar="SENTENCE",
              help="What changed against the version before; once or more.")  # fmt: skip
@click.option("--withdraw", "is_withdrawn", is_flag=True, help="Take a published CASE back.")
@click.option("--key", type=_FILE, metavar="FILE", help="Sign with it: entrepot signing new.")
@click.option("--stamp", "stamp_url", default="", metavar="ADDRESS",
              help="A time stamping authority (RFC 3161) to ask.")  # fmt: skip
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A reviewer's key file: compare the wording with the tips.")  # fmt: skip
@site_options
@because_option
@by_option
@casebook_options
@out_option
@format_option
def publish_command(
    case_id: str | None, workspace_dir: Path, output_format: str, out: Path | None, **options: Any
) -> None:
    """Publish a reviewed CASE as a sealed folder; with --site also the pages of all that is out.

    Nothing leaves with a fault: `entrepot review CASE` lists what stands in the way. What was
    published stays: it is corrected by a new version, or withdrawn.
    """
    if case_id is None and options["site"] is None:
        raise RequestError(
            "got neither a case nor --site, expected one of them",
            hint="A case: entrepot publish CASE --dossier FOLDER --by NAME · the site: entrepot "
            "publish --site DIR",
        )
    key = signing_key(options["key"]) if options["key"] else None
    site = None if options["site"] is None else site_given(options, key)
    built: list[Built] = []
    with placing(options["dossier"]), open_casebook(options["casebook"], workspace_dir) as book:
        if case_id is not None:
            with words.status("publishing") as bar:
                built.append(_leave(book, case_id.strip(), workspace_dir, options, key,
                                    lambda text: bar.update(escape(text))))  # fmt: skip
        if site is not None:
            with already_out(built, {**options, "workspace_dir": workspace_dir}):
                write_all(book, workspace_dir, options["site"], site)
    if built or out or output_format != "table":
        emit([_row(one) for one in built], output_format, out, columns=COLUMNS)
    for one in built:
        words.print(f"anybody can check it: entrepot verify {escape(shlex.quote(str(one.folder)))}")


Told = Callable[[str], None]


def _leave(
    book: Casebook, case_id: str, workspace_dir: Path, options: dict[str, Any],
    key: SigningKey | None, told: Told,
) -> Built:  # fmt: skip
    day = _day_of(book, case_id, options["day"])
    sealing = Sealing(key, stamp_by(options["stamp_url"]) if options["stamp_url"] else None)
    if options["is_withdrawn"]:
        return withdraw(
            book, case_id, workspace_dir, by=options["by"], because=options["because"], day=day,
            sealing=sealing,
        )  # fmt: skip
    draft = _draft(case_id, options["dossier"])
    refuse_same(book, draft, workspace_dir)
    made = edition(book, draft, day, options["changes"])
    return publish(
        book, made, workspace_dir, by=options["by"], sealing=sealing,
        tips=_tips(book, case_id, workspace_dir, options), told=told,
    )  # fmt: skip


def _day_of(book: Casebook, case_id: str, given: date | None) -> date:
    """The day of publication: as given, else today.

    Where the last version is of a day to come, as a clock was wrong, that day does as well, and is
    taken unasked: the case could not be corrected or withdrawn before it.
    """
    now, last = today(), last_day(book, case_id)
    day = given or max(now, last or now)
    if day != last:
        refuse_later(day, "--on", now)
    return day


def _draft(case_id: str, folder: Path | None) -> Dossier:
    if folder is None:
        raise RequestError(
            f"got no dossier of {case_id}, expected the one that was reviewed",
            hint="Give the folder with --dossier FOLDER. One is written by: entrepot dossier "
            f"{case_id} --as-of DATE --out FOLDER",
        )
    return draft_at(folder, case_id)


def _tips(
    book: Casebook, case_id: str, workspace_dir: Path, options: dict[str, Any]
) -> Sequence[str]:
    with book.reading() as connection:
        case = cases.one(connection, case_id)
    numbers = tuple(int(one.removeprefix("tip_")) for one in case.things("tip"))
    if numbers and options["identity"] is None:
        raise RequestError(
            f"got a case with {many(len(numbers), 'tip')} and no key to open them, expected "
            "--identity",
            hint="The wording of what leaves is compared with the tips behind it: --identity FILE.",
        )
    return tip_texts(
        numbers, options["identity"], options["casebook"], workspace_dir
    ) if numbers else ()  # fmt: skip


def _row(one: Built) -> dict[str, Any]:
    manifest = one.manifest
    return {
        "case_id": manifest.case_id, "version": manifest.version,
        "dossier_id": manifest.dossier_id, "published_on": _day(one), "key_id": one.key_id or None,
        "manifest_sha256": one.manifest_sha256, "folder": str(one.folder),
    }  # fmt: skip


def _day(one: Built) -> str | None:
    held = read_dossier((one.folder / "dossier.json").read_bytes())
    return date.fromisoformat(held.published_on).isoformat() if held.published_on else None


commands = (publish_command,)
"""What this module adds to the command line."""
