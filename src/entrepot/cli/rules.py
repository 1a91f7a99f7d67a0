"""The commands that ask the rule base: `rules ask`, `rules lint`; the group of all of them."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
from rich.console import Console

from entrepot.cli.common import (
    Group,
    common_options,
    emit,
    escape,
    wide_console,
    words,
    write_text,
)
from entrepot.cli.days import parse_day as day
from entrepot.cli.ruleflows import flows_command
from entrepot.cli.rulelists import changes_command, gap_command
from entrepot.cli.rulemoney import exposure_command
from entrepot.cli.ruletimeline import timeline_command
from entrepot.codes.commodity import label
from entrepot.codes.country import name
from entrepot.errors import RequestError, RuleError
from entrepot.measures.ask import as_data, ask
from entrepot.measures.base import STATE_TO, check_measure_file, load, read_measure_file
from entrepot.measures.book import Rulebook
from entrepot.measures.cite import because_line
from entrepot.measures.decide import PARTY, Answer
from entrepot.measures.inquiry import inquire
from entrepot.measures.lint import lint
from entrepot.measures.rows import NO_REGIME, SCHEMA

MEANING = {
    "prohibited": "goods of this code are barred",
    "licence": "allowed with a licence only",
    "possible": "barred in part, or an old contract may be spared: read the entry",
    "clause": "not barred; the contract must forbid re-export",
    "not_listed": "no measure by code is held; read the notes",
    "unknown": "the base does not reach this: that is no yes",
}
SHOWN_REASONS = 8
"""Measures printed under an answer; the data formats hold all."""

FIELDS = ("regime", "destination", "commodity_code", "on", "party", "origin", "for_use_in",
          "contract", "answer", "because", "notes")  # fmt: skip


@click.group(cls=Group)
def rules() -> None:
    """Ask the dated rule base: who may sell what to whom, on which day, under which article.

    A research tool, not legal advice. See docs/rules.md for what the base holds and to which day.
    """


@click.command(
    "ask",
    epilog="Example: entrepot rules ask EU BLR 88073000 --on 2022-08-26",
)
@click.argument("regime")
@click.argument("destination")
@click.argument("code")
@click.option("--on", callback=day, metavar="DATE", help="The day of the sale.")
@click.option("--party", default="", help="Whom the goods go to.")
@click.option("--origin", default="", help="Country where the goods were made.")
@click.option("--for-use-in", default="", help="Country where they will be used.")
@click.option(
    "--contract", callback=day, metavar="DATE", help="Day of the contract, for wind-downs."
)
@click.option(
    "--measures",
    "measure_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ask your own measure file too.",
)
@common_options
def ask_command(
    regime: str,
    destination: str,
    code: str,
    on: date | None,
    measure_file: Path | None,
    output_format: str,
    out: Path | None,
    as_of: date | None,
    **options: Any,
) -> None:
    """May exporters under REGIME sell goods of CODE to DESTINATION on a day?

    REGIME is EU, US, UK, CH or UN, or a country under one of them. CODE has 2 to 10 digits of the
    HS or CN. Without --on the last day counts that the base holds.
    """
    del options["engine"], options["workspace_dir"]
    inquiry = inquire(regime, destination, code, asked_day(on, as_of), **options)
    found = ask(inquiry, own_book(measure_file, inquiry.regime))
    data = as_data(found)
    if output_format == "table":
        write_words(lambda console: _say(console, found), out, measure_file)
    else:
        inputs = [measure_file] if measure_file else []
        emit([data], output_format, out, columns=FIELDS, inputs=inputs, one=True)


def asked_day(on: date | None, as_of: date | None) -> date:
    """The day asked for, or the last day of the base, said on standard error."""
    if on and as_of and on != as_of:
        raise RequestError(
            f"got --on {on} and --as-of {as_of}, expected one day", hint="Leave one of them out."
        )
    if on or as_of:
        return on or as_of  # type: ignore[return-value]
    words.print(f"[dim]no --on given: {STATE_TO}, the last day the EU's acts were read for[/]")
    return date.fromisoformat(STATE_TO)


def own_book(measure_file: Path | None, regime: str) -> Rulebook | None:
    """The base with the user's measures added; null without any.

    Measures that name no regime count as those of the one asked.
    """
    if measure_file is None:
        return None
    own = [
        {**row, "regime": regime if row["regime"] == NO_REGIME else row["regime"]}
        for row in read_measure_file(measure_file).to_pylist()
    ]
    return Rulebook(pa.concat_tables([load(), pa.Table.from_pylist(own, schema=SCHEMA)]))


def write_words(
    say: Callable[[Console], None], out: Path | None, measure_file: Path | None = None
) -> None:
    """Print what people read, or write it to a file."""
    if out is None:
        say(wide_console())
        return
    buffer = io.StringIO()
    say(wide_console(buffer))
    write_text(out, buffer.getvalue(), inputs=[measure_file] if measure_file else [])
    words.print(f"wrote {out}")


def _say(console: Console, found: Answer) -> None:
    asked = found.inquiry
    code, goods = asked.printed or asked.code, escape(label(asked.code))
    is_party = bool(found.because) and found.because[0].route == PARTY
    meaning = "no dealings with this party" if is_party else MEANING[found.answer]
    console.print(f"[bold]{found.answer}[/]  ({meaning})")
    use = f", for use in {name(asked.for_use_in)}" if asked.for_use_in else ""
    console.print(
        f"{asked.regime} to {name(asked.destination)}{use}, {code} {goods}, on {asked.on}"
    )
    if found.because:
        console.print("\nBecause")
    for reason in found.because[:SHOWN_REASONS]:
        row = reason.row
        sure = row["certainty"].replace("_", " ")
        console.print(f"  - {escape(because_line(reason))}: {reason.gives}, {reason.route}")
        console.print(f"    [dim]{sure}; {escape(row['citation'])}; {row['measure_id']}[/]")
    more = len(found.because) - SHOWN_REASONS
    if more > 0:
        console.print(f"  - and {more} more: --format json")
    console.print("\nNotes" if found.notes else "")
    for note in found.notes:
        console.print(f"  - {escape(note)}")
    console.print("[dim]A research tool, not legal advice: read the act before you rely on it.[/]")


@click.command("lint", epilog="Example: entrepot rules lint mine.csv")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@common_options
def lint_command(files: tuple[Path, ...], output_format: str, out: Path | None, **_: Any) -> None:
    """Look for faults in measure FILES, or in the rule base that ships.

    Form, dates, overlaps, doubles, codes of no edition, missing citations. Exit code 1 on faults.
    """
    checked = [(path.name, *check_measure_file(path)) for path in files] or [("base", load(), [])]
    rows = [
        {"file": where, "fault": fault}
        for where, table, malformed in checked
        for fault in (*malformed, *lint(table))
    ]
    count = sum(table.num_rows for _, table, _ in checked)
    if rows or output_format != "table":
        emit(rows, output_format, out, columns=("file", "fault"), inputs=files)
    words.print(f"{count:,} measures, {len(rows)} faults")
    if rows:
        raise RuleError(
            f"got {len(rows)} faults in {len(checked)} files, expected none",
            hint="docs/rules.md explains the columns.",
        )


for one in (
    ask_command,
    gap_command,
    changes_command,
    timeline_command,
    exposure_command,
    flows_command,
    lint_command,
):
    rules.add_command(one)

commands = [rules]
