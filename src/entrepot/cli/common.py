"""What every command shares: output formats, where data and words go, how errors end."""

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from entrepot.cli.days import parse_day
from entrepot.cli.tables import flat, table_of
from entrepot.errors import EntrepotError, RequestError

FORMATS = ("table", "json", "jsonl", "csv")
PIPE_WIDTH = 120
"""Characters a line where standard output is not a terminal."""

Row = Mapping[str, Any]
Command = TypeVar("Command", bound=Callable[..., Any])

words = Console(stderr=True, highlight=False, soft_wrap=True)
"""Words and progress go to standard error; data goes to standard output."""


def common_options(command: Command) -> Command:
    """Add `--format`, `--out`, `--as-of`, `--engine` and `--workspace` to a command."""
    return common_options_but_out(out_option(command))


def common_options_but_out(command: Command) -> Command:
    """The same without `--out`, for commands where it means something else."""
    holding = workspace_option("Folder of the archive and the imported figures.")
    for option in (holding, _engine, _as_of, format_option):
        command = option(command)
    return command


def workspace_option(holds: str) -> Callable[[Command], Command]:
    """`--workspace`, with a sentence on what the folder holds for the command."""
    return click.option(
        "--workspace",
        "workspace_dir",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="ENTREPOT_WORKSPACE",
        default=Path(".entrepot"),
        show_default=True,
        help=holds,
    )


format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How the data is written.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write the data to this file instead of standard output.",
)
_as_of = click.option(
    "--as-of", callback=parse_day, metavar="DATE", help="Judge as on this day, e.g. 2022-08-26."
)
_engine = click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What runs the tables.",
)


class Group(click.Group):
    """A command group that ends deliberate errors with one sentence, a hint and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an `EntrepotError` becomes words on standard error and exit code 1."""
        try:
            return super().invoke(ctx)
        except EntrepotError as error:
            words.print(f"[bold red]error:[/] {escape(str(error))}")
            if error.hint:
                words.print(f"[dim]hint:[/] {escape(error.hint)}")
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except (KeyboardInterrupt, RuntimeError) as error:
            # DuckDB reports Ctrl-C as a RuntimeError of its own
            if isinstance(error, RuntimeError) and "interrupt" not in str(error).lower():
                raise
            words.print("interrupted; nothing is half written, and the same command goes on")
            ctx.exit(130)


def escape(text: str) -> str:
    """Text of the user or a publisher, so that square brackets in it are printed as they are."""
    return text.replace("[", r"\[")


def emit(
    rows: Iterable[Row],
    output_format: str,
    out: Path | None,
    *,
    columns: Sequence[str],
    shown: Sequence[str] | None = None,
    table: Iterable[Row] | None = None,
    title: str = "",
    inputs: Iterable[Path] = (),
    one: bool = False,
) -> None:
    """Write rows as table, JSON, JSON lines or CSV.

    Args:
        rows: the data, one mapping a row.
        output_format: one of `FORMATS`.
        out: file to write, whole or not at all; null: standard output.
        columns: order of the columns in CSV.
        shown: columns of a table; null: all.
        table: the same rows as people read them, for the table; null: `rows`.
        title: over a table.
        inputs: files that were read, which `out` must not replace.
        one: the command has one answer and no list: in JSON it is an object by itself.
    """
    listed = list(rows)
    read = list(table) if table is not None else listed
    if shown is not None:
        read = [{name: row.get(name) for name in shown} for row in read]
    if output_format == "table" and out is None:
        wide_console().print(table_of(read, title, wide_console().width))
        return
    if one and output_format == "json":
        text = json.dumps(dict(listed[0]), ensure_ascii=False, indent=2) + "\n"
    else:
        text = _text(listed, table_of(read, title, wide_console().width), output_format, columns)
    if out is None:
        click.echo(text, nl=False)
        return
    write_text(out, text, inputs=inputs)
    words.print(f"wrote {len(listed)} rows to {out}")


class _Pipe(Console):
    """A console that leaves a closed pipe to the command group, which ends without a fault."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def wide_console(file: Any = None) -> Console:
    """A console for tables: as wide as the terminal, and wide enough where there is none."""
    console = _Pipe(file=file, highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    return console


def write_text(
    path: Path, text: str, *, inputs: Iterable[Path] = (), option: str = "--out"
) -> None:
    """Write a file whole or not at all.

    A link is followed and the mode of an old file kept; what is no regular file (a pipe, a device)
    is written to and not replaced. `option` is what named the file, for the words of a refusal.

    Raises:
        RequestError: the place cannot be written, or holds one of the `inputs`.
    """
    if not str(path).strip(". "):
        raise RequestError(
            f"got an empty name for {option}, expected a file",
            hint=f"Without {option} no file is written.",
        )
    try:
        target = path.resolve()
        refuse_inputs(path, inputs, option=option)
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_text(text, encoding="utf-8", newline="")
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, text)
    except OSError as error:
        raise RequestError(
            f"cannot write {path}: {error.strerror}", hint=f"Choose another place with {option}."
        ) from error


def refuse_inputs(path: Path, inputs: Iterable[Path], *, option: str = "--out") -> None:
    """Raise a RequestError for a place that was read; a long command asks before its work."""
    if path.resolve() in {one.resolve() for one in inputs}:
        raise RequestError(
            f"{path} is one of the inputs and would be lost",
            hint=f"Choose another place with {option}.",
        )


def _replace(target: Path, text: str) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        # line ends as they are given: those of a calendar are CRLF on every system
        temporary.write_text(text, encoding="utf-8", newline="")
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _text(rows: list[Row], table: Table, output_format: str, columns: Sequence[str]) -> str:
    if output_format == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if output_format == "jsonl":
        return "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)
    buffer = io.StringIO()
    if output_format == "csv":
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([flat(row.get(name)) for name in columns] for row in rows)
    else:
        wide_console(buffer).print(table)
    return buffer.getvalue()
