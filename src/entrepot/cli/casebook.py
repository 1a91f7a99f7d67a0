"""`entrepot casebook`: what it holds, who did what when, and whether it is as it was left."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.check import Checked
from entrepot.casebook.trail import LINE
from entrepot.cli.casebookoptions import casebook_options, open_casebook, place_of
from entrepot.cli.common import Group, emit, escape, format_option, out_option, words, write_text
from entrepot.cli.days import parse_day
from entrepot.errors import CasebookError


@click.group(
    "casebook",
    cls=Group,
    epilog="Examples: entrepot casebook show · entrepot casebook audit --since 2026-03-01 · "
    "entrepot casebook check --head 9f3c... · "
    "ENTREPOT_CASEBOOK=postgresql://owner@db.example/cases entrepot casebook upgrade --by kk",
)
def casebook_group() -> None:
    """Look after the store of reports, claims, decisions, evidence and tips.

    Entries are only ever added. Each stands in a trail that says who wrote it when.
    """


@casebook_group.command("show", epilog="Example: entrepot casebook show --format json")
@casebook_options
@format_option
@out_option
def show_command(casebook: str, workspace_dir: Path, output_format: str, out: Path | None) -> None:
    """Say where the casebook lies, what it holds, and its head hash."""
    with open_casebook(casebook, workspace_dir) as book:
        found = book.overview()
    emit(
        [found], output_format, out, columns=tuple(found), table=_read(found), one=True,
        inputs=_files(book),
    )  # fmt: skip


@casebook_group.command(
    "audit", epilog="Example: entrepot casebook audit --object clm_0123456789ab"
)
@click.option("--since", callback=parse_day, metavar="DATE", help="From this day on (UTC).")
@click.option("--object", "about", metavar="ID", help="Only what was done to this claim, report …")
@click.option("--who", metavar="WHO", help="Only what this person did.")
@casebook_options
@format_option
@out_option
def audit_command(
    since: date | None, about: str | None, who: str | None, casebook: str, workspace_dir: Path,
    output_format: str, out: Path | None,
) -> None:  # fmt: skip
    """List who did what when, in the order in which it was written.

    Of tips only the day or the week is known: an instant could lead to a source.
    """
    with open_casebook(casebook, workspace_dir) as book:
        rows = [line.row() for line in book.trail(since=since, about=about, by=who)]
    table = [{**row, "at": _minute(row["at"])} for row in rows]
    emit(
        rows, output_format, out, columns=LINE, table=table, shown=LINE[:6], inputs=_files(book)
    )  # fmt: skip


@casebook_group.command("check", epilog="Example: entrepot casebook check --head 9f3c...")
@click.option("--head", metavar="HASH", help="A head hash printed earlier: is it in the chain?")
@casebook_options
@format_option
@out_option
def check_command(
    head: str | None, casebook: str, workspace_dir: Path, output_format: str, out: Path | None
) -> None:
    """Recompute every hash, and name the first entry that is not as it was left.

    Print the head, keep it elsewhere, and ask for it later: whoever controls the file could write
    the whole chain anew, and only a hash kept elsewhere tells.
    """
    with open_casebook(casebook, workspace_dir) as book:
        found = book.check(head)
    row = _checked(found)
    emit([row], output_format, out, columns=tuple(row), table=_read(row), one=True,
         inputs=_files(book))  # fmt: skip
    if found.differences:
        more = len(found.differences) - 1
        rest = f"{more} more {'difference' if more == 1 else 'differences'} in --format json. "
        raise CasebookError(
            f"the casebook is not as it was left: {found.differences[0].what}",
            hint=f"{rest if more else ''}Keep this file as it is, and compare it with a copy.",
        )
    words.print(f"whole: {found.entries} entries, each as it was written")
    if found.known_at is not None:
        later = found.entries - found.known_at
        words.print(f"the hash asked for is that of entry {found.known_at}; {later} came after it")


@casebook_group.command("upgrade", epilog="Example: entrepot casebook upgrade --by kk")
@click.option(
    "--by", envvar="ENTREPOT_USER", default="", metavar="WHO", help="Who does it, for the trail."
)
@casebook_options
@format_option
@out_option
def upgrade_command(
    by: str, casebook: str, workspace_dir: Path, output_format: str, out: Path | None
) -> None:
    """Make a casebook, or bring one to the layout of this version. Of a file a copy is kept."""
    place = place_of(casebook, workspace_dir)
    done = Casebook.upgrade(place, by=by.strip() or "entrepot")
    row = {
        "before": done.before, "after": done.after, "copy": str(done.copy) if done.copy else None,
    }  # fmt: skip
    emit([row], output_format, out, columns=tuple(row), one=True)
    if done.copy:
        words.print(f"the casebook as it was lies in {escape(str(done.copy))}; it is as private")


@casebook_group.command("export", epilog="Example: entrepot casebook export --out casebook.jsonl")
@casebook_options
@out_option
def export_command(casebook: str, workspace_dir: Path, out: Path | None) -> None:
    """Write the whole casebook as JSON lines, one entry a line, with its line of the trail.

    What is sealed is left out, and each line names the columns that are missing.
    """
    with open_casebook(casebook, workspace_dir) as book:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in book.export())
        if out is None:
            for line in lines:
                click.echo(line, nl=False)
            return
        text = "".join(lines)
    write_text(out, text, inputs=_files(book))
    words.print(f"wrote {text.count(chr(10))} entries to {escape(str(out))}")


def _files(book: Casebook) -> list[Path]:
    return [book.address.path] if book.address.path else []


def _minute(at: str) -> str:
    return at[:16].replace("T", " ") if "T" in at else at


def _checked(found: Checked) -> dict[str, Any]:
    return {
        "is_whole": found.is_whole, "entries": found.entries, "head": found.head,
        "known_at": found.known_at,
        "differences": [{"seq": one.seq, "what": one.what} for one in found.differences],
    }  # fmt: skip


def _read(found: dict[str, Any]) -> list[dict[str, Any]]:
    """An object as lines of a table."""
    rows = []
    for name, value in found.items():
        if isinstance(value, dict):
            value = ", ".join(f"{count} {key}" for key, count in value.items() if count) or "none"
        elif isinstance(value, list):
            value = f"{len(value)}"
        rows.append({"what": name, "value": "–" if value is None else str(value)})
    return rows


commands = (casebook_group,)
