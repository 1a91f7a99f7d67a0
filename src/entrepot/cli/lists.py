"""The commands for sanctions lists: what is held (`lists add`, `list`, `show`)."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import Group, emit, escape, words
from entrepot.cli.days import parse_day
from entrepot.cli.importbar import bar
from entrepot.cli.listadded import emit_added, say_added
from entrepot.cli.listmove import export_command, fetch_command
from entrepot.cli.listoptions import list_options, open_store
from entrepot.cli.listquery import delta_command, on_command
from entrepot.cli.listrows import HELD_COLUMNS, facts_table, held_row, held_table, party_rows
from entrepot.errors import RequestError
from entrepot.parties.lists.clean import shown
from entrepot.parties.lists.edition import LAYOUTS
from entrepot.parties.lists.layout import OFAC_PARTS, layout_of
from entrepot.parties.lists.store import Terms
from entrepot.parties.party import Party
from entrepot.sources.work import Progress


@click.group("lists", cls=Group)
def lists_group() -> None:
    r"""Keep sanctions lists, with the days on which they stood so.

    \b
    Examples:
      entrepot lists fetch ofac-sdn un-sc
      entrepot lists add sdn.csv alt.csv add.csv sdn_comments.csv
      entrepot lists list
      entrepot lists on 2022-03-01
      entrepot lists export --ftm --out parties.ftm.json
    """


@lists_group.command(
    "add",
    epilog="Examples: entrepot lists add consolidated.xml · "
    "entrepot lists add sdn.csv alt.csv add.csv sdn_comments.csv --published 2024-05-03 · "
    "entrepot lists add suppliers.csv --list own-watchlist",
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--list", "list_id", metavar="NAME", help="Name of the list. Default: by content.")
@click.option(
    "--published", callback=parse_day, metavar="DATE",
    help="The day the list stood so. Default: what the file says, else its name.",
)  # fmt: skip
@click.option("--accept-shrink", is_flag=True, help="Add it although it is much smaller.")
@list_options
def add_command(
    files: tuple[Path, ...], list_id: str | None, published: date | None, accept_shrink: bool,
    output_format: str, out: Path | None, workspace_dir: Path,
) -> None:  # fmt: skip
    """Read FILES and keep each as an edition of its list. The layout is told from the content.

    OFAC's CSV files belong together: name them in one command. A broken, cut, empty or much
    smaller file is refused, and the edition held stays in service.
    """
    store = open_store(workspace_dir)
    terms = Terms(list_id=list_id, published_on=published, accept_shrink=accept_shrink)
    done = []
    for group in _sets(files):
        with bar(group[0].name) as told:
            done.append(store.add(*group, terms=terms, on_read=partial(_told, told)))
        say_added(done[-1], store)
    emit_added(done, output_format, out, files)


def _told(told: Progress, read: int) -> None:
    told("read", read, 0)


def _sets(files: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Files that make one list: OFAC's parts go with their main file.

    Raises:
        RequestError: parts, and not exactly one main file for them.
    """
    layouts = {path: layout_of(path) for path in files}
    parts = [path for path in files if layouts[path] in OFAC_PARTS]
    mains = [path for path in files if layouts[path] == "ofac-csv"]
    if parts and len(mains) != 1:
        raise RequestError(
            f"got {', '.join(path.name for path in parts)} with {len(mains)} main files, expected "
            "one (sdn.csv or cons_prim.csv)",
            hint="Add one set at a time: the main file with its own aliases and addresses.",
        )
    return [
        (path, *parts) if path in mains and parts else (path,)
        for path in dict.fromkeys(files)
        if path not in parts
    ]


@lists_group.command(
    "list", epilog="Examples: entrepot lists list · entrepot lists list --format json"
)
@list_options
def list_command(output_format: str, out: Path | None, workspace_dir: Path) -> None:
    """List what is held: the last edition of each list."""
    store = open_store(workspace_dir)
    held = [store.editions(name) for name in store.lists()]
    emit(
        [held_row(one[-1], len(one)) for one in held], output_format, out, columns=HELD_COLUMNS,
        table=[held_table(one[-1], len(one)) for one in held],
    )  # fmt: skip
    if not held:
        words.print("No list is held. Begin with: entrepot lists fetch ofac-sdn")


@lists_group.command(
    "show", epilog="Examples: entrepot lists show ofac-sdn · entrepot lists show un-sc unsc-6907993"
)
@click.argument("list_id", metavar="LIST")
@click.argument("party_id", metavar="[PARTY]", required=False)
@list_options
def show_command(
    list_id: str, party_id: str | None, output_format: str, out: Path | None, workspace_dir: Path
) -> None:
    """Show the editions of LIST, or all that LIST says of PARTY."""
    store = open_store(workspace_dir)
    held = store.editions(list_id)
    current = store.current([list_id])
    if party_id is None:
        emit(
            [held_row(one, len(held)) for one in held], output_format, out, columns=HELD_COLUMNS,
            table=[held_table(one) for one in held], title=list_id,
        )  # fmt: skip
        words.print(f"Layout: {escape(LAYOUTS.get(held[-1].layout, held[-1].layout))}.")
        return
    party = _party(current, list_id, party_id)
    seen = store.history(list_id).get(party.party_id)
    first, last = (str(seen[0]), str(seen[1])) if seen else (None, None)
    row: dict[str, Any] = {
        "party_id": party.party_id, "schema": party.schema, "name": party.caption,
        "properties": {name: list(values) for name, values in party.properties.items()},
        "listings": list(party_rows([party], None)), "first_seen": first, "last_seen": last,
    }  # fmt: skip
    emit(
        [row], output_format, out, columns=tuple(row), table=facts_table(party, seen),
        title=shown(party.caption), one=True,
    )  # fmt: skip


def _party(parties: Sequence[Party], list_id: str, party_id: str) -> Party:
    """The party with this id, or with this number on the list.

    Raises:
        RequestError: there is none.
    """
    for one in parties:
        if party_id == one.party_id or any(party_id == each.record_id for each in one.listings):
            return one
    raise RequestError(
        f"got {party_id!r}, which is no entry of {list_id}",
        hint="Give an id such as ofac-36, or the list's own number.",
    )


for command in (on_command, delta_command, fetch_command, export_command):
    lists_group.add_command(command)

commands = [lists_group]
