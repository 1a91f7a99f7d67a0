"""`entrepot tip`: tips come in sealed; the working side sees a number and a redacted claim."""

import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.tip_keys import keys
from entrepot.casebook.tips import (
    REVIEWER,
    Tip,
    add_claim,
    add_tip,
    listed,
    open_parts,
    out_of_reach,
    reseal,
)
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import FORMATS, Group, emit, escape, words
from entrepot.cli.judgeoptions import by_option
from entrepot.cli.tipkeys import identity_of, identity_option, keys_group
from entrepot.cli.tipwords import harmless, write_private
from entrepot.errors import RequestError
from entrepot.evidence.documents.found import many
from entrepot.evidence.leaks.leak import MUST
from entrepot.evidence.leaks.lint import lint
from entrepot.evidence.tips.boxes import BOXES, from_box
from entrepot.evidence.tips.intake import Intake, Prepared, from_files, prepare
from entrepot.evidence.tips.outline import outline
from entrepot.evidence.tips.seal import MESSAGE, ORIGINAL, Part, words_of

_LONGEST_STEM, _LONGEST_SUFFIX = 50, 10
COLUMNS = ("number", "week", "channel", "parts", "keys", "claims")


@click.group(
    "tip",
    cls=Group,
    epilog="Examples: entrepot tip keys new mine.key --holder kk --by kk · "
    'entrepot tip add photo.jpg --text "..." --by kk · entrepot tip import export.zip --by kk · '
    "entrepot tip show 7 --identity mine.key · "
    'entrepot tip redact 7 --text "Parts went on to Russia." --identity mine.key --by kk',
)
def tip_group() -> None:
    """Take in tips without endangering who told them.

    Words and files are sealed to the reviewers' keys before anything is written. Who the source is,
    is never asked and never stored; of the time only the week.
    """


_originals = click.option(
    "--no-originals", is_flag=True,
    help="Keep only working copies without metadata, where one can be made.",
)  # fmt: skip
_no_outline = click.option(
    "--no-outline", is_flag=True,
    help="Show the working side nothing until a reviewer writes a claim.",
)  # fmt: skip
_dry = click.option("--dry-run", is_flag=True, help="Say what would be taken in; write nothing.")


@tip_group.command(
    "add",
    epilog="Examples: entrepot tip add photo.jpg --by kk · "
    "entrepot tip add --text - --by kk < words.txt",
)
@click.argument("paths", nargs=-1, metavar="[FILE...]",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--text", default="", metavar="TEXT", help="The words; - reads standard input.")
@_originals
@_no_outline
@_dry
@by_option
@casebook_options
def add_command(
    paths: Sequence[Path], text: str, no_originals: bool, no_outline: bool, dry_run: bool,
    by: str, casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Take in a tip: words, files, or mails (whose headers are not taken in)."""
    said = sys.stdin.read() if text == "-" else text
    intake = from_files(paths, said)
    _take([intake], no_originals, no_outline, dry_run, by, casebook, workspace_dir)


@tip_group.command(
    "import", epilog="Example: entrepot tip import export.zip --kind securedrop --by kk"
)
@click.argument("path", metavar="EXPORT", type=click.Path(exists=True, path_type=Path))
@click.option("--kind", type=click.Choice(BOXES), help="Needed only where it cannot be told.")
@_originals
@_no_outline
@_dry
@by_option
@casebook_options
def import_command(
    path: Path, kind: str | None, no_originals: bool, no_outline: bool, dry_run: bool,
    by: str, casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Take in the tips of a SecureDrop, GlobaLeaks or Hush Line export, or of a mail."""
    found = from_box(path, kind or "")
    _take(found, no_originals, no_outline, dry_run, by, casebook, workspace_dir)


def _take(
    found: Sequence[Intake], no_originals: bool, no_outline: bool, dry_run: bool,
    by: str, casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    ready = [(one.channel, prepare(one, keep_originals=not no_originals)) for one in found]
    if dry_run:
        for channel, prepared in ready:
            _told(channel, prepared, "would be sealed")
        words.print("nothing was written")
        return
    today = datetime.now(UTC).date()
    with open_casebook(casebook, workspace_dir, create=True) as book:
        _warn(book)
        with book.writing(by) as pen:
            for channel, prepared in ready:
                lines = () if no_outline else outline(prepared.words, today)
                number = add_tip(pen, prepared.parts, channel, lines)
                _told(channel, prepared, f"sealed as tip {number}")
    words.print("The files that were given are still where they were: remove them as your house "
                "prescribes.")  # fmt: skip


def _told(channel: str, prepared: Prepared, how: str) -> None:
    words.print(f"{channel}: {many(len(prepared.parts), 'part')} {how}")
    for note in prepared.notes:
        words.print(f"[dim]note:[/] {escape(note)}")


def _warn(book: Casebook) -> None:
    """Say before sealing what could lose the tip later."""
    today = datetime.now(UTC).date()
    with book.reading() as connection:
        used = [one for one in keys(connection) if one.in_use]
        lost = out_of_reach(connection)
    if len(used) == 1:
        words.print("[yellow]warning:[/] only one key is in use; if its file is lost, so are all "
                    "tips. Add a second reviewer: entrepot tip keys add.")  # fmt: skip
    for one in used:
        if one.is_stale(today):
            last = f"{one.recipient[:16]}... was last proven on {one.proven_on}"
            words.print(f"[yellow]warning:[/] key {last} by {escape(one.holder)}: "
                        "entrepot tip keys check")  # fmt: skip
    if lost:
        words.print(f"[bold red]no key in use opens tips {', '.join(map(str, lost))}[/]")


@tip_group.command("list", epilog="Example: entrepot tip list --format json")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How the data is written.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@casebook_options
def list_command(output_format: str, out: Path | None, casebook: str, workspace_dir: Path) -> None:
    """Show numbers, weeks and redacted claims: all that the working side needs."""
    with open_casebook(casebook, workspace_dir) as book:
        with book.reading() as connection:
            rows = [_row(tip) for tip in listed(connection)]
        emit(rows, output_format, out, columns=COLUMNS)
        _warn(book)


def _row(tip: Tip) -> dict[str, Any]:
    reviewed = [one.text for one in tip.claims if one.made_by == REVIEWER]
    return {
        "number": tip.number, "week": tip.week, "channel": tip.channel, "parts": tip.parts,
        "keys": len(tip.recipients), "claims": reviewed or [one.text for one in tip.claims],
    }  # fmt: skip


@tip_group.command("show", epilog="Example: entrepot tip show 7 --identity mine.key")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Your key file: shows the words and names the parts.")  # fmt: skip
@click.option("--files", "folder", type=click.Path(file_okay=False, path_type=Path),
              help="Write the working copies to this folder, in the clear.")  # fmt: skip
@click.option("--originals", is_flag=True, help="With --files: the files as they came, too.")
@casebook_options
def show_command(
    number: int, identity: Path | None, folder: Path | None, originals: bool,
    casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Show a tip: without a key its number and redacted claims, with one its words."""
    if folder and identity is None:
        raise RequestError("got --files without --identity, expected the key file that opens them")
    with open_casebook(casebook, workspace_dir) as book, book.reading() as connection:
        tip = next((one for one in listed(connection) if one.number == number), None)
        if tip is None:
            raise RequestError(f"there is no tip {number}", hint="entrepot tip list shows them.")
        parts = open_parts(connection, number, identity_of(identity)) if identity else ()
    click.echo(f"tip {tip.number}, {tip.week}, {tip.channel}, {tip.parts} parts, "
               f"{len(tip.recipients)} keys open it")  # fmt: skip
    for claim in tip.claims:
        click.echo(f"  {harmless(claim.text)} ({claim.made_by})")
    for part in parts:
        _show(part)
    if folder:
        _write(parts, folder, originals=originals)


def _show(part: Part) -> None:
    if part.kind == MESSAGE:
        click.echo(f"\n{harmless(part.content.decode('utf-8', 'replace'))}\n")
    else:
        name = harmless(part.name).replace("\n", "\\n")
        click.echo(f"  {part.kind}: {name}, {len(part.content):,} bytes")


def _write(parts: Sequence[Part], folder: Path, *, originals: bool) -> None:
    """New files that only their owner reads; none is written over, no link is followed."""
    kept = [one for one in parts if one.kind != ORIGINAL or originals]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for place, part in enumerate(kept, 1):
            write_private(folder / _file_name(part, place), part.content)
    except OSError as error:
        raise RequestError(
            f"cannot write to {folder}: {error.strerror}",
            hint="Name a folder that is not there yet; what was written before this is in it.",
        ) from error
    words.print(f"wrote {len(kept)} parts to {escape(str(folder))}, in the clear; remove them "
                "after use")  # fmt: skip


def _file_name(part: Part, place: int) -> str:
    """A neutral name; of an original as much of its own as any file system takes."""
    if part.kind == MESSAGE:
        return "message.txt"
    own = Path(re.sub(r"[\x00-\x1f\x7f/\\]", "_", part.name))
    return f"{place}-{own.stem[:_LONGEST_STEM]}{own.suffix[:_LONGEST_SUFFIX]}"


@tip_group.command(
    "redact",
    epilog='Example: entrepot tip redact 7 --text "Parts went on to Russia." '
    "--identity mine.key --by kk",
)
@click.argument("number", type=click.IntRange(min=1))
@click.option("--text", required=True, metavar="TEXT", help="What the working side may see.")
@click.option("--allow", "allowed", multiple=True, metavar="WORDS",
              help="A finding that may stand, as printed; repeat for more.")  # fmt: skip
@identity_option
@by_option
@casebook_options
def redact_command(
    number: int, text: str, allowed: Sequence[str], identity: Path, by: str,
    casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Write the claim that the working side sees, after the source-protection lint."""
    pair = identity_of(identity)
    with open_casebook(casebook, workspace_dir) as book:
        with book.reading() as connection:
            parts = open_parts(connection, number, pair)
        found = lint(text, tips=words_of(parts), allowed=allowed)
        for one in found:
            words.print(f"{one.level}: {one.kind}: {escape(one.found)} ({escape(one.why)})")
        stopped = [one for one in found if one.level == MUST]
        if stopped:
            raise RequestError(
                f"{len(stopped)} places could point back to the source, so nothing was kept",
                hint="Write them otherwise, or allow each with --allow WORDS.",
            )
        with book.writing(by) as pen:
            kept = add_claim(pen, number, REVIEWER, text)
    words.print(f"{kept} is what the working side sees of tip {number}")


@tip_group.command("reseal", epilog="Example: entrepot tip reseal --identity mine.key --by kk")
@identity_option
@by_option
@casebook_options
def reseal_command(identity: Path, by: str, casebook: str, workspace_dir: Path) -> None:
    """Seal the tips that your key opens to all keys in use, after a reviewer came or went."""
    pair = identity_of(identity)
    with open_casebook(casebook, workspace_dir) as book, book.writing(by) as pen:
        done = reseal(pen, pair)
    words.print(f"sealed anew: tips {', '.join(map(str, done))}" if done else
                "every tip that this key opens is sealed to all keys in use")  # fmt: skip


tip_group.add_command(keys_group)
commands = (tip_group,)
