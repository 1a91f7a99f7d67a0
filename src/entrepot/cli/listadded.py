"""What became of lists that were added or fetched, in words and as data."""

from collections.abc import Sequence
from pathlib import Path

from entrepot.cli.common import emit, escape, words
from entrepot.cli.listrows import HELD_COLUMNS, added_row, added_sentence, held_table
from entrepot.parties.lists.clean import shown
from entrepot.parties.lists.store import Added, ListStore


def say_added(added: Added, store: ListStore) -> None:
    """Say what became of one list, what to know of it, and what was left out."""
    words.print(escape(added_sentence(added)))
    for note in added.held.notes:
        words.print(f"[dim]{escape(note)}[/]")
    if added.held.day_from == "name":
        words.print("[dim]The day was taken from the file's name; --published says it better.[/]")
    if not added.held.days:
        words.print(
            "[yellow]The file does not say of which day it is; give --published, or `lists on` "
            "cannot use it.[/]"
        )
    for one in store.refused(added.held)[:3] if added.is_new else ():
        text = f"left out: {one['locator']}: {one['reason']} {shown(one['text'], 60)}"
        words.print(f"[yellow]{escape(text)}[/]")
    if added.is_new and added.held.refused > 3:
        words.print(f"[yellow]and {added.held.refused - 3} more.[/]")


def emit_added(
    done: Sequence[Added], output_format: str, out: Path | None, inputs: Sequence[Path] = ()
) -> None:
    """The editions as data."""
    emit(
        [added_row(one) for one in done], output_format, out,
        columns=(*HELD_COLUMNS, "new", "current", "before_day", "before_entries"),
        table=[held_table(one.held) for one in done],
        inputs=inputs,
    )  # fmt: skip
