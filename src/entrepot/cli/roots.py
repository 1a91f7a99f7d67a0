"""`entrepot roots`: which items go back to which, and how many independent roots they have."""

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from entrepot.cli.casebookoptions import casebook_options
from entrepot.cli.common import FORMATS, emit, escape, out_option, words, write_text
from entrepot.cli.rootcase import decided, keep
from entrepot.cli.rootwords import COLUMNS, notes, write_table
from entrepot.dossiers.derivation import derivation_page
from entrepot.errors import RequestError
from entrepot.evidence.documents.read import read_report
from entrepot.evidence.independence.derivation import KINDS, Correction
from entrepot.evidence.independence.derive import derive
from entrepot.evidence.independence.item import Item, item_of
from entrepot.evidence.independence.score import printed
from entrepot.evidence.independence.tables import ENDINGS, read_table

_MANY: Final = 200
"""Items from which comparing takes more than two seconds."""


def _weights(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        emit(printed(), "table", None, columns=("term", "weight", "meaning"))
        ctx.exit(0)


@click.command(
    "roots",
    epilog="Examples: entrepot roots reports/*.txt · entrepot roots items.csv --html graph.html · "
    "entrepot roots a.txt b.html c.pdf --format json · "
    'entrepot roots items.csv --not a1 b2 --by kk --because "both were at the briefing"',
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the graph as one page that works offline.")  # fmt: skip
@click.option("--from", "from_", nargs=3, multiple=True, metavar="A B KIND",
              help=f"A comes from B; KIND is one of {', '.join(KINDS)}.")  # fmt: skip
@click.option("--not", "not_", nargs=2, multiple=True, metavar="A B",
              help="Neither of A and B comes from the other.")  # fmt: skip
@click.option("--independent", multiple=True, metavar="A", help="A comes from nothing here.")
@click.option("--by", metavar="WHO", help="Who decided; needed with a correction.")
@click.option("--because", default="", metavar="TEXT", help="The reason of the corrections.")
@click.option("--keep", "is_kept", is_flag=True, help="Write the corrections to the casebook.")
@click.option("--weights", is_flag=True, is_eager=True, expose_value=False, callback=_weights,
              help="Print the weights of the score and end.")  # fmt: skip
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How the data is written.")  # fmt: skip
@casebook_options
@out_option
def roots_command(
    files: tuple[Path, ...],
    html: Path | None,
    output_format: str,
    out: Path | None,
    is_kept: bool,
    casebook: str,
    workspace_dir: Path,
    **said: Any,
) -> None:
    """Show who has it from whom, and count independent roots.

    FILE is a report of any kind, or a table of items (CSV, TSV, JSON lines) with the column text
    and, where known, item_id, publisher, published_on, title, url, cites. Seven outlets that quote
    one statement are seven items with one root.
    """
    items = _items(files)
    new = _corrections(items, **said)
    old, passed = decided(casebook, workspace_dir, items)
    if is_kept:
        keep(casebook, workspace_dir, items, new)
    if len(items) > _MANY:
        with words.status(f"comparing {len(items):,} items"):
            found = derive(items, [*old, *new])
    else:
        found = derive(items, [*old, *new])
    # an interrupt between the two leaves the page or the data, each whole
    if html is not None:
        page = derivation_page(found, command=_command(files))
        write_text(html, page, inputs=files, option="--html")
        words.print(f"wrote the graph to {escape(str(html))}")
    if output_format == "table":
        write_table(found, out, files)
    else:
        emit(found.rows(), output_format, out, columns=COLUMNS, inputs=files)
    for one in (*passed, *notes(found)):
        words.print(f"[dim]note:[/] {escape(one)}")
    words.print(found.sentence)


def _items(files: Sequence[Path]) -> list[Item]:
    made = [item for path in files for item in _of(path)]
    if not made:
        raise RequestError("got no items, expected at least one report or row",
                           hint="A table needs a row under its header.")  # fmt: skip
    kept = {item.item_id: item for item in made}
    if len(kept) < len(made):
        words.print(f"[dim]note:[/] {len(made) - len(kept)} given twice, counted once")
    return list(kept.values())


def _of(path: Path) -> list[Item]:
    if not path.exists():
        raise RequestError(f"got {path}, which does not exist, expected a report or a table")
    if path.suffix.lower() in ENDINGS:
        return read_table(path)
    return [item_of(read_report(path))]


def _corrections(items: Sequence[Item], *, from_: Sequence[tuple[str, str, str]],
                 not_: Sequence[tuple[str, str]], independent: Sequence[str], by: str | None,
                 because: str) -> list[Correction]:  # fmt: skip
    if (from_ or not_ or independent) and not (by or "").strip():
        raise RequestError("got a correction without --by, expected who decided",
                           hint='Add --by INITIALS, and --because "REASON".')  # fmt: skip
    told = {"by": by or "", "at": datetime.now(UTC), "because": because.strip()}
    return [
        *(Correction("from", _pick(items, a), _pick(items, b), kind, **told)  # type: ignore[arg-type]
          for a, b, kind in from_),
        *(Correction("not", _pick(items, a), _pick(items, b), **told)  # type: ignore[arg-type]
          for a, b in not_),
        *(Correction("independent", _pick(items, a), **told)  # type: ignore[arg-type]
          for a in independent),
    ]  # fmt: skip


def _pick(items: Sequence[Item], text: str) -> str:
    """The id of the item that a person means by id, name or the beginning of either."""
    exact = [item for item in items if text in (item.item_id, item.name)]
    found = exact or [item for item in items
                      if item.item_id.startswith(text) or item.name.startswith(text)]  # fmt: skip
    if len(found) == 1:
        return found[0].item_id
    known = ", ".join(item.name or item.item_id for item in (found or items)[:6])
    raise RequestError(
        f"got the item {text!r}, which is {'several' if found else 'none'} of {len(items)} items",
        hint=f"Take an id or a name: {known}{' ...' if len(found or items) > 6 else ''}",
    )


def _command(files: Sequence[Path]) -> str:
    shown = " ".join(shlex.quote(path.name) for path in files[:6])
    return f"entrepot roots {shown}{' ...' if len(files) > 6 else ''} --html graph.html"


commands = (roots_command,)
