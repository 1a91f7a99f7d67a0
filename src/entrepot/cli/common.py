"""What every command shares: output formats, where data and words go, how errors end."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from entrepot.errors import EntrepotError, RequestError

FORMATS = ("table", "json", "jsonl", "csv")
Row = Mapping[str, Any]
Command = TypeVar("Command", bound=Callable[..., Any])

words = Console(stderr=True, highlight=False, soft_wrap=True)
"""Words and progress go to standard error; data goes to standard output."""


def common_options(command: Command) -> Command:
    """Add `--format`, `--out`, `--as-of`, `--engine` and `--workspace` to a command."""
    for option in reversed(
        [
            click.option(
                "--format",
                "output_format",
                type=click.Choice(FORMATS),
                default="table",
                show_default=True,
                help="How the data is written.",
            ),
            click.option(
                "--out",
                type=click.Path(path_type=Path),
                help="Write the data to this file instead of standard output.",
            ),
            click.option(
                "--as-of",
                callback=_date,
                metavar="DATE",
                help="Judge as on this day, e.g. 2022-08-26.",
            ),
            click.option(
                "--engine",
                type=click.Choice(["duckdb", "spark"]),
                default="duckdb",
                show_default=True,
                help="What runs the tables.",
            ),
            click.option(
                "--workspace",
                "workspace_dir",
                type=click.Path(file_okay=False, path_type=Path),
                envvar="ENTREPOT_WORKSPACE",
                default=Path(".entrepot"),
                show_default=True,
                help="Folder of the archive and the imported figures.",
            ),
        ]
    ):
        command = option(command)
    return command


def _date(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"got {text!r}, expected a day such as 2022-08-26") from error


class Group(click.Group):
    """A command group that ends deliberate errors with one sentence, a hint and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an `EntrepotError` becomes words on standard error and exit code 1."""
        try:
            return super().invoke(ctx)
        except EntrepotError as error:
            words.print(f"[bold red]error:[/] {_escape(str(error))}")
            if error.hint:
                words.print(f"[dim]hint:[/] {_escape(error.hint)}")
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)


def _escape(text: str) -> str:
    return text.replace("[", r"\[")


def emit(
    rows: Iterable[Row],
    output_format: str,
    out: Path | None,
    *,
    columns: Sequence[str],
    shown: Sequence[str] | None = None,
    title: str = "",
) -> None:
    """Write rows as table, JSON, JSON lines or CSV; a table shows only the `shown` columns."""
    listed = list(rows)
    if output_format == "table" and out is None:
        Console(highlight=False).print(_table(listed, shown or columns, title))
        return
    text = _text(listed, output_format, columns, shown or columns, title)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary = out.with_name(f".{out.name}.tmp")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(out)
    except OSError as error:
        raise RequestError(f"cannot write {out}: {error.strerror}") from error
    words.print(f"wrote {len(listed)} rows to {out}")


def _text(
    rows: list[Row], output_format: str, columns: Sequence[str], shown: Sequence[str], title: str
) -> str:
    if output_format == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if output_format == "jsonl":
        return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)
    buffer = io.StringIO()
    if output_format == "csv":
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_flat(row.get(name)) for name in columns] for row in rows)
    else:
        Console(file=buffer, width=120, highlight=False).print(_table(rows, shown, title))
    return buffer.getvalue()


def _flat(value: Any) -> Any:
    return " | ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _table(rows: list[Row], columns: Sequence[str], title: str) -> Table:
    table = Table(title=title or None, title_justify="left", header_style="bold")
    for name in columns:
        numeric = any(isinstance(row.get(name), int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*[_cell(row.get(name)) for name in columns])
    return table


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"
    return _escape(str(_flat(value)))
