"""Lists from their publishers and to other tools: `lists fetch` and `lists export`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import IO

import click

from entrepot.cli.common import emit, escape, out_option, words
from entrepot.cli.days import parse_day
from entrepot.cli.importbar import bar
from entrepot.cli.listadded import emit_added, say_added
from entrepot.cli.listoptions import (
    csv_line,
    list_options,
    lists_option,
    of_lists,
    open_store,
    output,
    require_lists,
    write_lines,
)
from entrepot.cli.listrows import ADDRESS_COLUMNS, address_row, address_table
from entrepot.errors import RequestError
from entrepot.parties.lists.catalogue import addresses_of, catalogue
from entrepot.parties.lists.fetching import fetch
from entrepot.parties.lists.ftm_write import entities
from entrepot.parties.lists.statements_write import COLUMNS, LINEAGE_COLUMNS, statements
from entrepot.parties.lists.store import Added, ListStore, Terms
from entrepot.parties.party import Party


@click.command("fetch", epilog="Examples: entrepot fetch ofac-sdn · entrepot lists fetch --known")
@click.argument("names", nargs=-1, metavar="LIST...")
@click.option("--known", is_flag=True, help="Print the addresses that are known; fetch nothing.")
@click.option("--accept-shrink", is_flag=True, help="Add a list although it is much smaller.")
@list_options
def fetch_command(
    names: tuple[str, ...], known: bool, accept_shrink: bool, output_format: str,
    out: Path | None, workspace_dir: Path,
) -> None:  # fmt: skip
    """Download LISTs from their publishers and keep what is new."""
    if known or not names:
        rows = [address_row(one) for one in catalogue()]
        emit(rows, output_format, out, columns=ADDRESS_COLUMNS,
             table=address_table(catalogue()))  # fmt: skip
        if not known:
            words.print("Name the lists to fetch, for example: entrepot fetch ofac-sdn")
        return
    store, done = open_store(workspace_dir), list[Added]()
    wanted = {name: addresses_of(name) for name in names}
    for name, addresses in wanted.items():
        with bar(name) as told:
            found = fetch(store, addresses, terms=Terms(accept_shrink=accept_shrink), told=told)
        for note in found.notes:
            words.print(f"[yellow]{escape(note)}[/]")
        if found.added is None:
            words.print(f"{escape(name)}: the publisher has nothing newer.")
        else:
            done.append(found.added)
            say_added(found.added, store)
    if done:
        emit_added(done, output_format, out)


@click.command(
    "export", epilog="Examples: entrepot lists export --ftm --out parties.ftm.json · "
    "entrepot lists export --statements --lineage places.csv --out statements.csv",
)  # fmt: skip
@click.option("--ftm", "kind", flag_value="ftm", default="ftm", help="Entities, JSON lines.")
@click.option("--statements", "kind", flag_value="statements", help="Statements, CSV.")
@click.option("--on", "day", callback=parse_day, metavar="DATE",
              help="Who was listed on this day, or may have been. Default: now.")  # fmt: skip
@click.option("--lineage", type=click.Path(path_type=Path),
              help="With --statements: write file and row of each statement here.")  # fmt: skip
@lists_option
@out_option
@of_lists
def export_command(
    kind: str, day: date | None, lineage: Path | None, lists: tuple[str, ...], out: Path | None,
    workspace_dir: Path,
) -> None:  # fmt: skip
    """Write the lists for Aleph, OpenSanctions and other users of FollowTheMoney."""
    if lineage and kind == "ftm":
        raise RequestError("got --lineage without --statements, expected both")
    store = open_store(workspace_dir)
    require_lists(store)
    parties = store.on(day, lists or None) if day else store.current(lists or None)
    names = {file.file_id: file.name for one in store.editions() for file in one.files}
    with output(out) as stream:
        if kind == "ftm":
            count = write_lines(stream, entities(parties, names))
        else:
            count = _statements(stream, parties, names, store, lists, lineage)
    words.print(f"wrote {count:,} {'entities' if kind == 'ftm' else 'statements'} of "
                f"{len(parties):,} parties{f' to {out}' if out else ''}")  # fmt: skip


def _statements(
    stream: IO[str], parties: Sequence[Party], names: dict[str, str], store: ListStore,
    lists: tuple[str, ...], lineage: Path | None,
) -> int:  # fmt: skip
    seen: dict[str, tuple[date, date]] = {}
    for name in lists or store.lists():
        seen |= store.history(name)
    places, count = [], 0
    stream.write(",".join(COLUMNS) + "\n")
    for row, place in statements(parties, seen=seen, file_names=names):
        stream.write(csv_line(row, COLUMNS))
        count += 1
        if lineage:
            places.append(csv_line(dict(place), LINEAGE_COLUMNS))
    if lineage:
        with output(lineage) as beside:
            beside.write(",".join(LINEAGE_COLUMNS) + "\n")
            beside.writelines(places)
    return count


commands = [fetch_command]
