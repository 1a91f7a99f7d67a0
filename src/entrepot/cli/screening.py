"""`entrepot screen`: the parties of a file against sanctions lists."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import click

from entrepot.cli.common import emit, words
from entrepot.cli.listoptions import output
from entrepot.cli.screenagain import again_command
from entrepot.cli.screenbar import duration, screen_bar
from entrepot.cli.screenoptions import ManyLists, screen_options
from entrepot.cli.screenwords import say_columns, say_lists, say_outcome, say_rates
from entrepot.errors import RequestError
from entrepot.parties.judged import Judged
from entrepot.parties.judgements import JudgementStore
from entrepot.workspace.screening import (
    Ask,
    Counts,
    Plan,
    Run,
    Terms,
    Wanted,
    csv_lines,
    json_lines,
    plan,
    rows_of,
    screen,
)
from entrepot.workspace.screening.lists import load_lists
from entrepot.workspace.screening.trial import trial

TABLE_ROWS: Final = 40
"""Hits printed in a table; the data formats hold all."""

SHOWN: Final = ("row", "screened", "resembles", "score", "list", "listed_on", "id", "judgement")


@click.command(
    "screen",
    cls=ManyLists,
    epilog="Examples: entrepot screen shipments.csv --name-column consignee · "
    "entrepot screen shipments.parquet --name-column buyer --country-column country "
    "--date-column shipped_on --out hits.jsonl · entrepot screen --again",
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@screen_options
def screen_command(file: Path | None, again: bool, since: str, **options: Any) -> None:
    """Compare the parties of FILE with sanctions lists.

    FILE is CSV, XLSX, Parquet or JSON lines. Each distinct name is compared once; what was done is
    kept, so the same command goes on after an interrupt. One JSON line an input row: row, name,
    hits. A hit resembles a listed party; it is not a finding.
    """
    if again:
        again_command(file, since, options)
        return
    if since:
        raise RequestError("got --since without --again, expected both")
    if file is None:
        raise click.UsageError("Missing argument 'FILE'.")
    planned = _planned(file, options)
    say_columns(planned)
    if options["dry_run"]:
        _try(planned, options)
        return
    with screen_bar() as told:
        outcome = screen(planned, told, resume=options["resume"], anew=options["anew"])
    today = datetime.now(UTC).date()
    counts = Counts()
    terms = terms_of(outcome.run, planned, options, today)
    _write(outcome.run, terms, counts, options, planned)
    say_outcome(outcome, counts, today)


def _planned(file: Path, options: dict[str, Any]) -> Plan:
    wanted = Wanted(
        name=options["name_column"],
        schema=options["schema_column"],
        country=options["country_column"],
        birth_date=options["birth_date_column"],
        address=options["address_column"],
        ids=tuple(one.strip() for one in options["id_columns"].split(",") if one.strip()),
        day=options["date_column"],
    )
    ask = Ask(
        path=file,
        wanted=wanted,
        lists=options["lists"],
        threshold=0.7 if options["threshold"] is None else options["threshold"],
        limit=5 if options["limit"] is None else options["limit"],
        on=options["on"],
        algorithm=options["algorithm"],
        workers=options["workers"],
        encoding=options["encoding"],
        sheet=options["sheet"],
    )
    with words.status("reading the lists"):
        return plan(options["workspace_dir"], ask)


def terms_of(run: Run, planned: Plan, options: dict[str, Any], today: date) -> Terms:
    """How the hits of a run are shown: with the judgements of the workspace."""
    log = JudgementStore(options["workspace_dir"]).log()
    parties = {party.party_id: party for party in planned.lists.parties}
    limit = int(run.asked["key"]["limit"])
    current = None
    if log and run.asked["key"]["on"]:
        lists = load_lists(options["workspace_dir"], planned.ask.lists)
        current = {party.party_id: party for party in lists.parties}
    return Terms(Judged(log), parties, today, limit, options["show_all"], current)


def _write(run: Run, terms: Terms, counts: Counts, options: dict[str, Any], planned: Plan) -> None:
    out, chosen = options["out"], options["output_format"]
    _check_out(out, planned)
    if (chosen or format_of(out)) == "table":
        _table(rows_of(run, terms, counts), out)
        return
    lines = (csv_lines if (chosen or format_of(out)) == "csv" else json_lines)(run, terms, counts)
    with output(out) as stream:
        for line in lines:
            stream.write(line)
    if out is not None:
        words.print(f"wrote {counts.rows:,} rows to {out}")


def format_of(out: Path | None) -> str:
    """JSON lines, or CSV where the file is named so."""
    return "csv" if out is not None and out.suffix.lower() == ".csv" else "jsonl"


def _check_out(out: Path | None, planned: Plan) -> None:
    if out is None:
        return
    inputs = {planned.ask.path.resolve(), *(path.resolve() for path in planned.ask.lists)}
    if out.resolve() in inputs:
        raise RequestError(
            f"{out} is one of the inputs and would be lost", hint="Choose another place with --out."
        )
    if out.is_dir():
        raise RequestError(f"got --out {out}, which is a folder, expected a file")


def _table(rows: Iterable[dict[str, Any]], out: Path | None) -> None:
    hits = _hits(rows)
    first = list(itertools.islice(hits, TABLE_ROWS))
    more = sum(1 for _ in hits)
    emit(first, "table", out, columns=SHOWN, shown=SHOWN)
    if more:
        words.print(f"and {more:,} more; --format jsonl or csv gives all")


def _hits(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for hit in row["hits"]:
            yield {"row": row["row"], "screened": row["name"], "resembles": hit["caption"], **hit}


def _try(planned: Plan, options: dict[str, Any]) -> None:
    told: Callable[[str, int, int], None]
    with screen_bar() as told:
        found = trial(planned, options["workspace_dir"], told)
    columns = ", ".join(planned.source.rows.names) or "FollowTheMoney entities"
    words.print(f"columns: {columns}", markup=False)
    words.print(
        f"{found.rows:,} rows, {found.distinct:,} distinct to compare, {found.empty:,} without "
        f"a name, with {planned.algorithm} on {found.workers} processes"
    )
    words.print(
        f"about {duration(found.seconds)}, by {found.sampled:,} names tried now at "
        f"{found.rate:,.0f} names/s on one process"
    )
    say_rates(planned.algorithm, planned.ask.threshold)
    say_lists(planned.lists.used, datetime.now(UTC).date(), planned.key["on"])


commands = (screen_command,)
