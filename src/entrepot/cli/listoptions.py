"""Options of the commands `lists`, and how their large outputs are written."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from entrepot.cli.common import escape, format_option, out_option, words, workspace_option
from entrepot.errors import RequestError
from entrepot.parties.lists.store import ListStore

Command = TypeVar("Command", bound=Callable[..., Any])

of_lists = workspace_option("Folder in which the lists are kept.")
lists_option = click.option(
    "--list", "lists", multiple=True, metavar="LIST", help="Only this list; may be repeated."
)


def list_options(command: Command) -> Command:
    """Add `--format`, `--out` and `--workspace`: lists are read without a table engine."""
    for option in (of_lists, out_option, format_option):
        command = option(command)
    return command


def open_store(workspace: Path) -> ListStore:
    """The lists of a workspace; what is wrong with them is said as it is found."""
    return ListStore(workspace, lambda text: words.print(f"[yellow]{escape(text)}[/]"))


def require_lists(store: ListStore) -> None:
    """Stop where no list is held: "nobody" would be a wrong answer.

    Raises:
        RequestError: no list is held.
    """
    if not store.lists():
        raise RequestError(
            f"got no list in {store.folder}, expected at least one",
            hint="Begin with: entrepot lists fetch ofac-sdn",
        )


@contextmanager
def output(out: Path | None) -> Iterator[IO[str]]:
    """Where lines go: standard output, or a file that is there whole or not at all.

    Raises:
        RequestError: the place cannot be written.
    """
    if out is None:
        yield sys.stdout
        return
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        temporary.replace(out)
    except OSError as error:
        raise RequestError(
            f"cannot write {out}: {error.strerror}", hint="Choose another place with --out."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_lines(stream: IO[str], rows: Iterable[Any]) -> int:
    """Rows as JSON lines; gives their number."""
    count = 0
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def csv_line(row: dict[str, Any], columns: Sequence[str]) -> str:
    """One row as a line of CSV; truth values as FollowTheMoney writes them (`t`, `f`)."""
    buffer = io.StringIO()
    cells = [{True: "t", False: "f"}[row[name]] if isinstance(row[name], bool) else row[name]
             for name in columns]  # fmt: skip
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
