"""`entrepot publish`: a reviewed case leaves the house, and the site is written anew."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
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
from entrepot.cli.reviewread import draft_at
from entrepot.cli.signing import signing_key
from entrepot.dossiers.dossier.canonical import read_dossier
from entrepot.dossiers.dossier.dossier import Dossier
from entrepot.dossiers.seal.build import Built
from entrepot.dossiers.seal.stamp import stamp_by
from entrepot.dossiers.site.write import write_site
from entrepot.errors import RequestError
from entrepot.workspace.publishing import Sealing, edition, publish, withdraw
from entrepot.workspace.released import all_published

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
@click.option("--site", type=_FILE, metavar="DIR", help="Write the site of all that is out.")
@click.option("--base-url", default="", metavar="ADDRESS", help="Of the site's front page.")
@click.option("--title", default="", metavar="TEXT", help="Name of the site.")
@click.option("--about", type=_FILE, metavar="FILE", help="Who publishes and why: a text file.")
@click.option("--contact", default="", metavar="WHERE", help="For replies and corrections.")
@click.option("--newsletter", default="", metavar="ADDRESS", help="Where one can subscribe.")
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
            hint="entrepot publish CASE --dossier FOLDER --by NAME, or entrepot publish --site DIR",
        )
    built: list[Built] = []
    with open_casebook(options["casebook"], workspace_dir) as book:
        if case_id is not None:
            with words.status("publishing") as bar:
                built.append(_leave(book, case_id.strip(), workspace_dir, options,
                                    lambda text: bar.update(escape(text))))  # fmt: skip
        if options["site"] is not None:
            _site(book, workspace_dir, options)
    emit([_row(one) for one in built], output_format, out, columns=COLUMNS)
    for one in built:
        words.print(f"anybody can check it: entrepot verify {one.folder}")


Told = Callable[[str], None]


def _leave(
    book: Casebook, case_id: str, workspace_dir: Path, options: dict[str, Any], told: Told
) -> Built:
    day = options["day"] or datetime.now(UTC).date()
    sealing = Sealing(
        signing_key(options["key"]) if options["key"] else None,
        stamp_by(options["stamp_url"]) if options["stamp_url"] else None,
    )
    if options["is_withdrawn"]:
        return withdraw(
            book, case_id, workspace_dir, by=options["by"], because=options["because"], day=day,
            sealing=sealing,
        )  # fmt: skip
    draft = _draft(case_id, options["dossier"])
    made = edition(book, draft, day, options["changes"])
    return publish(
        book, made, workspace_dir, by=options["by"], sealing=sealing,
        tips=_tips(book, case_id, workspace_dir, options), told=told,
    )  # fmt: skip


def _draft(case_id: str, folder: Path | None) -> Dossier:
    if folder is None:
        raise RequestError(
            f"got no dossier of {case_id}, expected the one that was reviewed",
            hint="Give --dossier FOLDER, which `entrepot dossier CASE --out FOLDER` wrote.",
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
            f"got a case with {len(numbers)} tips and no key to open them, expected --identity",
            hint="The wording of what leaves is compared with the tips behind it: --identity FILE.",
        )
    return tip_texts(
        numbers, options["identity"], options["casebook"], workspace_dir
    ) if numbers else ()  # fmt: skip


def _site(book: Casebook, workspace_dir: Path, options: dict[str, Any]) -> None:
    about = options["about"]
    with words.status("writing the site") as bar:
        written = write_site(
            all_published(book, workspace_dir), options["site"], title=options["title"],
            base_url=options["base_url"], about=about.read_text("utf-8") if about else "",
            contact=options["contact"], newsletter=options["newsletter"],
            public_key=signing_key(options["key"]).public.text if options["key"] else "",
            told=lambda text: bar.update(escape(text)),
        )  # fmt: skip
    words.print(
        f"wrote {written.cases} cases in {written.versions} versions to "
        f"{escape(str(written.folder))} ({written.files:,} files, {written.unchanged:,} as before)"
    )


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
