"""Questions to the lists held: `lists on` and `lists delta`."""

from collections import Counter
from datetime import date
from pathlib import Path

import click

from entrepot.cli.common import emit, escape, words
from entrepot.cli.days import parse_day
from entrepot.cli.listoptions import list_options, lists_option, open_store, require_lists
from entrepot.cli.listrows import (
    DELTA_COLUMNS,
    PARTY_COLUMNS,
    delta_rows,
    delta_table,
    party_rows,
    party_table,
)

TABLE_ROWS = 20
"""Parties or changes printed in a table; the data formats hold all."""


@click.command(
    "on", epilog="Examples: entrepot lists on 2022-03-01 · "
    "entrepot lists on 2022-03-01 --list ofac-sdn --format csv --out listed.csv",
)  # fmt: skip
@click.argument("day", metavar="DATE", callback=parse_day)
@lists_option
@list_options
def on_command(
    day: date, lists: tuple[str, ...], output_format: str, out: Path | None, workspace_dir: Path
) -> None:
    """Say who was listed on DATE, and of whom it is unknown."""
    store = open_store(workspace_dir)
    require_lists(store)
    parties = store.on(day, lists or None)
    rows = list(party_rows(parties, day))
    rows.sort(key=lambda row: row["listed"] != "yes")
    unknown = sum(row["listed"] == "unknown" for row in rows)
    emit(
        rows, output_format, out, columns=PARTY_COLUMNS, table=party_table(rows[:TABLE_ROWS]),
        title=f"Listed on {day}",
    )  # fmt: skip
    if output_format == "table" and len(rows) > TABLE_ROWS:
        words.print(f"The first {TABLE_ROWS} of {len(rows):,}; --format csv gives all.")
    held = Counter(row["list"] for row in rows if row["listed"] == "yes")
    each = ", ".join(f"{name} {count:,}" for name, count in sorted(held.items()))
    sure = len(rows) - unknown
    words.print(escape(f"{sure:,} listings held on {day}{f': {each}' if each else ''}."))
    if unknown:
        words.print(
            f"[yellow]Of {unknown:,} more it is unknown: they appear or vanish between two "
            "editions held, or before the first one, and the list prints no day.[/]"
        )


@click.command(
    "delta", epilog="Examples: entrepot lists delta ofac-sdn · "
    "entrepot lists delta ofac-sdn --from 2022-02-23 --to 2022-04-08",
)  # fmt: skip
@click.argument("list_id", metavar="LIST")
@click.option("--from", "start", callback=parse_day, metavar="DATE",
              help="From the edition in force on this day. Default: the one before.")  # fmt: skip
@click.option("--to", "end", callback=parse_day, metavar="DATE",
              help="To the edition in force on this day. Default: the last.")  # fmt: skip
@list_options
def delta_command(
    list_id: str, start: date | None, end: date | None, output_format: str, out: Path | None,
    workspace_dir: Path,
) -> None:  # fmt: skip
    """Say what changed in LIST between two editions: added, removed, changed."""
    delta = open_store(workspace_dir).delta(list_id, start, end)
    emit(
        delta_rows(delta), output_format, out, columns=DELTA_COLUMNS,
        table=delta_table(delta.changes[:TABLE_ROWS]), title=f"Changes of {list_id}",
    )  # fmt: skip
    if output_format == "table" and len(delta.changes) > TABLE_ROWS:
        words.print(f"The first {TABLE_ROWS} of {len(delta.changes):,}; --format csv gives all.")
    counts = (f"{len(delta.of(kind)):,} {kind}" for kind in ("added", "removed", "changed"))
    words.print(", ".join(counts) + ".")
