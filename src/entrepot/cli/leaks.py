"""`entrepot leaks`: what in a text or file could point back to a source."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from entrepot.casebook.tips import open_parts
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import FORMATS, emit, escape, words
from entrepot.cli.tipkeys import identity_of
from entrepot.errors import DocumentError, RequestError
from entrepot.evidence.documents.found import many
from entrepot.evidence.documents.opening import content_of
from entrepot.evidence.documents.read import read_report
from entrepot.evidence.leaks.leak import MUST, Leak
from entrepot.evidence.leaks.lint import lint
from entrepot.evidence.leaks.metadata import metadata
from entrepot.evidence.tips.intake import MOST_BYTES
from entrepot.evidence.tips.seal import words_of

COLUMNS = ("file", "line", "start", "end", "kind", "level", "found", "why")
SHOWN = ("file", "line", "kind", "level", "found", "why")


@click.command(
    "leaks",
    epilog="Examples: entrepot leaks dossier.html picture.jpg · "
    "entrepot leaks claim.txt --tip 7 --identity reviewer.key · "
    'entrepot leaks letter.txt --allow "Alexander Lukashenko"',
)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--tip", "numbers", multiple=True, type=click.IntRange(min=1),
              help="Compare the wording with this tip; needs --identity.")  # fmt: skip
@click.option("--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A reviewer's key file, which opens the tips.")  # fmt: skip
@click.option("--allow", "allowed", multiple=True, metavar="WORDS",
              help="A finding that may stand, as printed; repeat for more.")  # fmt: skip
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How the data is written.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@casebook_options
def leaks_command(
    paths: Sequence[Path], numbers: Sequence[int], identity: Path | None, allowed: Sequence[str],
    output_format: str, out: Path | None, casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Look for what could point back to a source, in files that are to leave the house.

    Names, handles, telephone numbers, mails, coordinates, times, papers, devices, file metadata,
    and wording copied from a tip. Exit code 1: something has to go first.
    """
    tips = tip_texts(numbers, identity, casebook, workspace_dir)
    rows = [row for path in paths for row in _rows(path, tips, allowed)]
    emit(rows, output_format, out, columns=COLUMNS, shown=SHOWN, inputs=paths)
    if not numbers:
        words.print("[dim]note:[/] wording was not compared with any tip (--tip, --identity)")
    must = sum(row["level"] == MUST for row in rows)
    words.print(f"{must} must go, {len(rows) - must} to look at, in {many(len(paths), 'file')}")
    if must:
        click.get_current_context().exit(1)


def tip_texts(
    numbers: Sequence[int], identity: Path | None, casebook: str, workspace_dir: Path
) -> tuple[str, ...]:
    """The words of tips, in memory, for whoever may read them."""
    if not numbers:
        return ()
    if identity is None:
        raise RequestError(
            "got --tip without --identity, expected a reviewer's key that opens the tip",
            hint="The wording of a tip can be compared only by somebody who may read it.",
        )
    pair = identity_of(identity)
    with open_casebook(casebook, workspace_dir) as book, book.reading() as connection:
        parts = [part for one in numbers for part in open_parts(connection, one, pair)]
    return words_of(parts)


def _rows(path: Path, tips: Sequence[str], allowed: Sequence[str]) -> list[dict[str, Any]]:
    content = content_of(path, max_bytes=MOST_BYTES)
    found = [*lint(path.name, allowed=allowed, where=path.name)]
    rows = [_row(path, one, None) for one in found]
    rows += [_row(path, one, None) for one in metadata(content, path.name)
             if one.found not in allowed]  # fmt: skip
    try:
        text = read_report(path).text
    except DocumentError as error:
        words.print(f"[dim]note:[/] no text was read: {escape(str(error))}")
        return rows
    leaks = lint(text, tips=tips, allowed=allowed, where=path.name)
    return rows + [_row(path, one, text.count("\n", 0, one.start) + 1) for one in leaks]


def _row(path: Path, leak: Leak, line: int | None) -> dict[str, Any]:
    placed = line is not None
    return {
        "file": path.name, "line": line, "start": leak.start if placed else None,
        "end": leak.end if placed else None, "kind": leak.kind, "level": leak.level,
        "found": leak.found, "why": leak.why if placed else f"{leak.why} (beside the text)",
    }  # fmt: skip


commands = (leaks_command,)
