"""`entrepot import` and `entrepot sources`: bring figures in, and say what is there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import common_options, emit, escape, words
from entrepot.cli.hints import NO_ROWS
from entrepot.cli.importbar import bar
from entrepot.codes.flow import parse_flow
from entrepot.errors import CodeError, EntrepotError, RequestError
from entrepot.sources import store
from entrepot.sources.publication import NAMES, read_day
from entrepot.sources.publishers import PUBLISHERS
from entrepot.sources.summary import ImportSummary

LONGEST_TEXT = 60
"""Signs of a found text that are shown; labels of groups run to hundreds."""

IMPORT_COLUMNS = (
    "file",
    "format",
    "outcome",
    "count",
    "locator",
    "got",
    "expected",
    "file_id",
)
SHOWN_OUTCOME = ("file", "outcome", "count", "locator")
SHOWN_FORMAT = ("name", "licence", "traps")
SHOWN_IMPORT = (
    "name",
    "file_id",
    "rows",
    "period_from",
    "period_to",
    "published_on",
    "refused",
)
SOURCE_COLUMNS = (
    "kind",
    "name",
    "publisher",
    "licence",
    "traps",
    "file_id",
    "rows",
    "period_from",
    "period_to",
    "published_on",
    "published_by",
    "refused",
)


def _flow(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return str(parse_flow(text))
    except CodeError as error:
        raise click.BadParameter(f"got {text!r}, expected X, M, RX or RM") from error


def _day(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return read_day(text, today=datetime.now(UTC).date())
    except RequestError as error:
        raise click.BadParameter(str(error)) from error


@click.command("import", epilog="Example: entrepot import mine.csv full_v2_202208.7z")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and judge the files, store nothing.")
@click.option(
    "--flow",
    callback=_flow,
    metavar="X|M|RX|RM",
    help="The flow of all rows, for a file without a column for it.",
)
@click.option("--encoding", metavar="NAME", help="Of a text file that is not UTF-8, e.g. cp1252.")
@click.option("--licence", metavar="TEXT", help="Terms of the publisher, kept beside the bytes.")
@click.option("--origin", metavar="ADDRESS", help="Where the file came from; its path by default.")
@click.option(
    "--published",
    callback=_day,
    metavar="DATE",
    help="Day on which these figures were out, for --as-of; as the file says by default.",
)
@click.option(
    "--publisher", type=click.Choice(NAMES), help="Who published them, for a flow file of yours."
)
@click.option("--strict", is_flag=True, help="End with exit code 1 when any row is refused.")
@common_options
def import_(
    files: tuple[Path, ...],
    dry_run: bool,
    flow: str | None,
    encoding: str | None,
    licence: str | None,
    origin: str | None,
    published: date | None,
    publisher: str | None,
    strict: bool,
    output_format: str,
    out: Path | None,
    as_of: date | None,
    engine: str,
    workspace_dir: Path,
) -> None:
    """Archive FILEs, check every row, and store the figures in the workspace.

    Every row is kept, refused with a reason, or counted as not available. A file that is there
    already changes nothing.
    """
    del as_of, engine  # an import does not depend on the day, and always runs on DuckDB
    known: list[ImportSummary] = []
    refused_files = 0
    for path in files:
        try:
            with bar(path.name) as told:
                known.append(
                    store.import_file(
                        path,
                        workspace_dir,
                        retrieved_at=datetime.now(UTC),
                        assume_flow=flow,
                        encoding=encoding,
                        origin=origin,
                        licence=licence,
                        published=store.Published(published, publisher),
                        progress=told,
                        dry_run=dry_run,
                    )
                )
        except EntrepotError as error:
            refused_files += 1
            _say(f"refused: {error}", error.hint or NO_ROWS)
        else:
            _tell(known[-1], dry_run, has_news=bool(published or publisher))
    rows = [row for summary in known for row in _rows(summary)]
    if rows or output_format != "table":
        emit(
            rows,
            output_format,
            out,
            columns=IMPORT_COLUMNS,
            shown=SHOWN_OUTCOME,
            title="Rows of each file",
            inputs=files,
        )
    if refused_files or (strict and any(summary.refused for summary in known)):
        click.get_current_context().exit(1)


def _say(sentence: str, hint: str = "") -> None:
    words.print(sentence, markup=False)
    if hint:
        words.print(f"hint: {hint}", markup=False)


def _tell(summary: ImportSummary, dry_run: bool, *, has_news: bool) -> None:
    """Words for one file, on standard error; `has_news`: the user said who published it or when."""
    if summary.notice:
        _say(summary.notice)
    if not summary.is_new:
        what = "not read again" if has_news else "nothing changed"
        _say(f"{summary.name}: already imported, {what}{_published(summary)}")
        return
    verb = "would keep" if dry_run else "kept"
    parts = [f"{summary.name}: {verb} {summary.kept:,} of {summary.rows_read:,} rows"]
    if summary.rows_refused:
        parts.append(f"{summary.rows_refused:,} refused")
    if summary.not_available:
        parts.append(f"{summary.not_available:,} not available")
    if summary.totals:
        parts.append(f"{summary.totals:,} of the kept are totals of all goods, held apart")
    if summary.rounded:
        parts.append(f"{summary.rounded:,} rounded to the cent")
    _say(f"{', '.join(parts)} ({summary.seconds:.1f} s){_published(summary)}")
    for reason in summary.refused:
        _say(
            f"  {reason.count:,} x {reason.reason}: {summary.name}, {reason.locator}: "
            f"got {_short(reason.got)!r}, expected {reason.expected}"
        )
    if summary.confidential_by_chapter:
        listed = summary.confidential_by_chapter.items()
        _say("  confidential by chapter: " + ", ".join(f"{key} {n:,}" for key, n in listed))


def _published(summary: ImportSummary) -> str:
    """Words on the day of publication; none where it is not known."""
    if summary.published_on is None:
        return ""
    return f"; published {summary.published_on}, as {summary.published_said} says"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _rows(summary: ImportSummary) -> Iterator[dict[str, Any]]:
    """One row for each outcome: kept, not available, each reason."""
    base: dict[str, Any] = dict.fromkeys(IMPORT_COLUMNS)
    base |= {"file": summary.name, "format": summary.format, "file_id": summary.file_id}
    yield base | {"outcome": "kept", "count": summary.kept}
    if summary.not_available:
        yield base | {"outcome": "not available", "count": summary.not_available}
    for reason in summary.refused:
        yield base | {
            "outcome": f"refused: {reason.reason}",
            "count": reason.count,
            "locator": reason.locator,
            "got": reason.got,
            "expected": reason.expected,
        }


@click.command("sources", epilog="Example: entrepot sources --format json")
@click.option("--forget", metavar="FILE_ID", help="Take an import out; its archived bytes stay.")
@common_options
def sources(
    forget: str | None,
    output_format: str,
    out: Path | None,
    as_of: date | None,
    engine: str,
    workspace_dir: Path,
) -> None:
    """List the formats that are read, with licence and traps, and what is imported."""
    del as_of, engine
    if forget is not None:
        gone = store.forget(workspace_dir, forget)
        words.print(f"forgot {gone.kept:,} rows of {escape(gone.name)}")
        words.print("hint: importing the file again brings them back")
        return
    nothing: dict[str, Any] = dict.fromkeys(SOURCE_COLUMNS)
    rows: list[dict[str, Any]] = [
        nothing
        | {
            "kind": "format",
            "name": known.title,
            "publisher": known.publisher,
            "licence": known.licence,
            "traps": known.traps,
        }
        for known in PUBLISHERS
    ]
    imported = [_imported(summary) for summary in store.imports(workspace_dir)]
    if output_format != "table" or out is not None:
        emit(rows + imported, output_format, out, columns=SOURCE_COLUMNS)
        return
    emit(rows, "table", None, columns=SOURCE_COLUMNS, shown=SHOWN_FORMAT, title="Formats")
    if not imported:
        _say(f"nothing is imported in {workspace_dir}", "entrepot import FILE...")
        return
    short = [{**row, "file_id": row["file_id"][:12]} for row in imported]
    emit(short, "table", None, columns=SOURCE_COLUMNS, shown=SHOWN_IMPORT, title="Imported")


def _imported(summary: ImportSummary) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(SOURCE_COLUMNS)
    return nothing | {
        "kind": "import",
        "name": summary.name,
        "publisher": summary.title,
        "licence": summary.licence,
        "file_id": summary.file_id,
        "rows": summary.kept,
        "period_from": summary.period_from,
        "period_to": summary.period_to,
        "published_on": summary.published_on,
        "published_by": summary.publisher,
        "refused": summary.rows_refused,
    }


commands = [import_, sources]
