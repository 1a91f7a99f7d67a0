"""The command that puts the three legs of a route side by side: `legs`."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from entrepot.cli.asking import (
    ask,
    coalition_option,
    currency_option,
    hub_option,
    level_option,
    measures_option,
    since_option,
    target_option,
)
from entrepot.cli.common import common_options, emit, words
from entrepot.cli.figures import files_argument, load_figures
from entrepot.cli.hints import hinted, narrowed
from entrepot.cli.notes import say_figures
from entrepot.codes.commodity import short_label
from entrepot.codes.country import name
from entrepot.codes.period import end, is_month
from entrepot.engine import open_engine
from entrepot.measures.base import STATE_TO
from entrepot.signals.amounts import money, percent
from entrepot.signals.recency import counted
from entrepot.signals.screen.screen import SCREENED, Screen, screen
from entrepot.workspace import Workspace, rules

TABLE_ROWS = 25
"""Rows of a table where `--limit` is not given; the data formats hold all."""

COLUMNS = (*SCREENED.names[:4], "commodity", *SCREENED.names[4:])


@click.command("legs", epilog="Example: entrepot legs --target RUS --hub KGZ,ARM --limit 10")
@files_argument
@target_option
@hub_option
@coalition_option
@measures_option
@level_option("4", "6")
@since_option
@currency_option
@click.option("--limit", type=click.IntRange(1), help="Only the first rows.")
@common_options
def legs(
    flow_files: tuple[Path, ...],
    measure_file: Path | None,
    limit: int | None,
    output_format: str,
    out: Path | None,
    engine: str,
    workspace_dir: Path,
    **options: Any,
) -> None:
    """Screen for routes: into a third country, on to the target, and lost direct trade.

    A plain before and after, without interval or error rate: it says where to look, and
    `entrepot leads` judges. Without FLOW_FILES: what was imported, or the figures that ship.
    """
    question = ask(options)
    measures = rules(question, measure_file)
    with open_engine(engine) as opened:
        figures = load_figures(Workspace(workspace_dir), flow_files, opened, question.as_of)
        say_figures(figures)
        known = narrowed(hubs=bool(question.hubs), currency=bool(question.currency))
        with words.status("adding up the three legs"), hinted(known):
            found = screen(figures.flows, measures, question, opened)
    shown = limit or (TABLE_ROWS if output_format == "table" else None)
    rows = [_data(row) for row in found.rows.slice(0, shown).to_pylist()]
    table = [_short(row) for row in rows]
    inputs = [*flow_files, *([measure_file] if measure_file else [])]
    emit(rows, output_format, out, columns=COLUMNS, table=table, title=_title(found), inputs=inputs)
    for sentence in (*_told(found, len(rows)), *_missing(found), *_gaps(found)):
        words.print(sentence)
    if measure_file is None and end(found.periods[-1]) > date.fromisoformat(STATE_TO):
        words.print(
            f"[yellow]The built-in rules end on {STATE_TO}; what was restricted or freed later is "
            "not known to them.[/]"
        )


def _data(row: dict[str, Any]) -> dict[str, Any]:
    """A row as data: days as text, and the goods by name."""
    named = {**row, "commodity": short_label(row["commodity_code"])}
    return {key: str(named[key]) if key == "banned_from" else named[key] for key in COLUMNS}


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as people read it."""
    share = row["substitution_share"]
    return {
        "rank": row["rank"],
        "hub": row["hub"],
        "code": row["commodity_code"],
        "commodity": row["commodity"],
        "in": _money(row["in_excess"]),
        "onward": _money(row["onward_excess"]),
        "by": row["onward_source"],
        "direct loss": _money(row["direct_loss"]),
        "at most": _money(row["rerouted_most"]),
        "of loss": None if share is None else percent(share),
    }


def _money(value: float | None) -> str | None:
    return None if value is None else money(value, "")


def _title(found: Screen) -> str:
    return (
        f"{found.currency} a {_unit(found)}, after the ban above before x growth of free goods; "
        f"target {name(found.question.target)}"
    )


def _unit(found: Screen) -> str:
    return "month" if is_month(found.periods[0]) else "year"


def _told(found: Screen, shown: int) -> list[str]:
    """How much was looked at, and what a row is not."""
    all_three = found.rows.num_rows - found.rows["rerouted_most"].null_count
    said = [
        f"{shown:,} of {counted(found.rows.num_rows, 'pair')} of third country and good, "
        f"{counted(found.goods, 'restricted good')}; with all three legs: {all_three:,}. "
        "A plain before and after: it has no error rate. entrepot leads judges."
    ]
    if all_three:
        said.append(
            "[dim]'At most' is the smallest of the three legs: the most they allow, not what was "
            "rerouted. The hub's own goods, goods of other origin and new demand look the same.[/]"
        )
    return said


def _missing(found: Screen) -> list[str]:
    """Which legs the figures do not hold."""
    target = name(found.question.target)
    said = []
    if "onward" in found.missing:
        said.append(
            f"[yellow]These figures hold neither what third countries sell to {target} nor what "
            f"{target} buys from them: the onward leg is null, so the list goes by what came in.[/]"
        )
    if "direct" in found.missing:
        said.append(
            f"[yellow]No direct exports to {target} are in these figures: whether they vanished is "
            "not known.[/]"
        )
    if "onward" not in found.missing:
        rows = zip(found.rows["hub"].to_pylist(), found.rows["onward_source"].to_pylist(),
                   strict=True)  # fmt: skip
        told = Counter(source for _, source in dict.fromkeys(rows))
        if told["target"]:
            said.append(
                f"[dim]By 'target': {target}'s own imports (CIF, by country of origin, so goods of "
                "coalition origin may be missing), as the hub's exports do not tell of it.[/]"
            )
        if told[None]:
            said.append(
                f"[dim]For {counted(told[None], 'hub')} neither their exports nor {target}'s "
                "imports tell of every good: null, which is not zero.[/]"
            )
    return said


def _gaps(found: Screen) -> list[str]:
    """What is missing from the legs that are there."""
    said = [f"[dim]Not yet reported: {late}; its sales are missing there.[/]"
            for late in found.silence.lagging]  # fmt: skip
    if found.silence.dropped:
        unused = ", ".join(sorted(found.silence.dropped))
        said.append(f"[dim]Periods not used, as reporters are missing: {unused}.[/]")
    if found.unjudged:
        said.append(
            f"[dim]Left out: {counted(len(found.unjudged), 'restricted good')}, with no past, no "
            "time since the ban, or only one side of a change of codes in the figures.[/]"
        )
    if found.other_currency:
        said.append(
            f"[yellow]{found.other_currency:,} figures without a value in {found.currency} are "
            "left out.[/]"
        )
    if found.absent:
        said.append(f"[yellow]No exports of {', '.join(found.absent)} are in these figures.[/]")
    return said


commands = [legs]
