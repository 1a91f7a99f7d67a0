"""`entrepot judge`: what people decided about possible matches, and the way there and back."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from entrepot.cli.common import FORMATS, Group, emit, escape, words
from entrepot.cli.days import parse_day
from entrepot.cli.judgemove import export_command, import_command, sheet_command
from entrepot.cli.judgeoptions import because_option, by_option, of_judgements
from entrepot.errors import RequestError
from entrepot.parties.judged import facts_text
from entrepot.parties.judgements import PAIRS, Entry, JudgementStore, voided
from entrepot.parties.lists import ListStore

Command = TypeVar("Command", bound=Callable[..., Any])
COLUMNS = (
    "id", "stands", "kind", "name", "facts", "party_id", "by", "at", "because", "until", "undoes",
)  # fmt: skip
SHOWN = ("id", "stands", "kind", "name", "party_id", "by", "at", "because", "until")


@click.group(
    "judge",
    cls=Group,
    epilog='Examples: entrepot judge different "Ann Example" 12345 --by kk --because "born 1990" · '
    'entrepot judge allow "Example Trading" --until 2027-06-30 --by kk --because "known client" · '
    "entrepot judge sheet scr_0123456789ab --out review.csv · "
    "entrepot judge import review.csv --by kk",
)
def judge_group() -> None:
    """Say whether a screened name is a listed party, with who and why.

    Nothing is ever overwritten: to undo is one more entry.
    """


def _facts(_: click.Context, __: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    found = dict(one.partition("=")[::2] for one in given)
    if any(not key or not text for key, text in found.items()):
        raise click.BadParameter("expected PROPERTY=VALUE, e.g. birthDate=1970-01-31")
    return found


_with = click.option(
    "--with", "facts", multiple=True, callback=_facts, metavar="PROPERTY=VALUE",
    help="Only where this was screened with the name, e.g. birthDate=1970-01-31.",
)  # fmt: skip


def _pair_command(kind: str, words_for: str) -> click.Command:
    @click.command(kind, help=f"Say that NAME, as it was screened, {words_for} PARTY_ID.")
    @click.argument("name")
    @click.argument("party_id")
    @by_option
    @because_option
    @_with
    @of_judgements
    def command(
        name: str, party_id: str, by: str, because: str, facts: dict[str, str], workspace_dir: Path
    ) -> None:
        held = {one.party_id: one for one in ListStore(workspace_dir).current()}
        party = held.get(party_id)
        if held and party is None:
            raise RequestError(
                f"got party {party_id!r}, which is on no list held",
                hint="Take the id from a hit of `entrepot screen`.",
            )
        store = JudgementStore(workspace_dir)
        entry = store.judge(kind, name, party or party_id, by=by, because=because, facts=facts)
        said = f" ({escape(party.caption)})" if party else ""
        words.print(f"{entry.entry_id}: {escape(name)} is judged {kind}, {escape(party_id)}{said}")
        if party is None:
            words.print(
                "[dim]note:[/] no list is held, so a later change of the entry cannot be told"
            )

    return command


@click.command("allow")
@click.argument("name")
@click.option(
    "--until", callback=parse_day, required=True, metavar="DATE", help="Last day, included."
)
@by_option
@click.option("--because", required=True, metavar="TEXT", help="The reason; it is needed.")
@_with
@of_judgements
def allow_command(
    name: str, until: date, by: str, because: str, facts: dict[str, str], workspace_dir: Path
) -> None:
    """Let NAME rest until a day: its hits are shown with a mark. After it, back to normal."""
    store = JudgementStore(workspace_dir)
    entry = store.allow(name, until, by=by, because=because, facts=facts)
    words.print(
        f"{entry.entry_id}: {escape(name)} is white-listed until {until}, that day included"
    )


@click.command("undo")
@click.argument("entry_id", metavar="ID")
@by_option
@because_option
@of_judgements
def undo_command(entry_id: str, by: str, because: str, workspace_dir: Path) -> None:
    """Undo an entry; an undo can be undone as well."""
    entry = JudgementStore(workspace_dir).undo(entry_id, by=by, because=because)
    words.print(f"{entry.entry_id}: {entry.undoes} no longer counts")


@click.command("list")
@click.option("--all", "everything", is_flag=True, help="Undone and replaced entries, too.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How the data is written.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@of_judgements
def list_command(
    everything: bool, output_format: str, out: Path | None, workspace_dir: Path
) -> None:
    """Show the entries that stand, in the order in which they were made."""
    log = JudgementStore(workspace_dir).log()
    gone = voided(log)
    today = datetime.now(UTC).date()
    rows = [_row(entry, standing(log, entry, gone, today)) for entry in log]
    kept = [row for row in rows if everything or row["stands"] == "yes"]
    emit(kept, output_format, out, columns=COLUMNS, shown=SHOWN)


def standing(log: Sequence[Entry], entry: Entry, gone: set[str], today: date) -> str:
    """Whether an entry counts: `yes`, `undone`, `replaced`, `over`, or empty for an undo."""
    if entry.entry_id in gone:
        return "undone"
    if entry.kind == "undo":
        return ""
    if entry.until is not None and entry.until < today:
        return "over"
    same = [
        one.entry_id for one in log
        if one.entry_id not in gone and one.kind in PAIRS
        and (one.name, one.facts, one.party_id) == (entry.name, entry.facts, entry.party_id)
    ]  # fmt: skip
    return "replaced" if entry.kind in PAIRS and same[-1] != entry.entry_id else "yes"


def _row(entry: Entry, stands: str) -> dict[str, Any]:
    return {
        "id": entry.entry_id, "stands": stands, "kind": entry.kind, "name": entry.name,
        "facts": facts_text(entry.facts), "party_id": entry.party_id, "by": entry.by,
        "at": entry.at.isoformat(timespec="seconds"), "because": entry.because,
        "until": entry.until.isoformat() if entry.until else None, "undoes": entry.undoes,
    }  # fmt: skip


for command in (
    _pair_command("same", "is the listed party"),
    _pair_command("different", "is another party than"),
    _pair_command("unsure", "may or may not be"),
    allow_command, undo_command, list_command, sheet_command, import_command, export_command,
):  # fmt: skip
    judge_group.add_command(command)

commands = (judge_group,)
