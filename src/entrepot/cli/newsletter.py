"""`entrepot newsletter`: letters to those who asked for them, each case once."""

from pathlib import Path
from typing import Any

import click

from entrepot.cli.common import (
    Group,
    emit,
    escape,
    format_option,
    out_option,
    words,
)
from entrepot.cli.letteroptions import (
    opened,
    sender_of,
    sender_options,
    server_of,
    server_options,
    store_option,
)
from entrepot.cli.lettersend import send_commands
from entrepot.cli.privately import privately
from entrepot.dossiers.letters import importing, people, sendlog
from entrepot.dossiers.letters.address import shown
from entrepot.dossiers.letters.sending import question, send_question
from entrepot.dossiers.letters.smtp import SENT
from entrepot.dossiers.letters.tables import STATES
from entrepot.dossiers.letters.topics import said
from entrepot.errors import RequestError
from entrepot.web.letters import serve_letters
from entrepot.web.server import LOCAL, is_local, listen

PORT = 8025
COLUMNS = ("address", "state", "topics", "wanted", "since", "consented_on", "source", "added_at",
           "failures", "failing")  # fmt: skip


@click.group(
    "newsletter",
    cls=Group,
    epilog="Examples: entrepot newsletter import people.csv · entrepot newsletter send "
    '--base-url https://dossiers.example.org --from "Case letters <letters@example.org>" --links '
    "https://letters.example.org --smtp mail.example.org --dry-run",
)
def newsletter_group() -> None:
    """Send what is new to those who asked for it, by topic, never a case twice.

    Addresses are kept in a file of their own, newsletter.sqlite, and are erased when somebody
    leaves. Topics are all, corrections, hub:COUNTRY and code:DIGITS.
    """


@newsletter_group.command(
    "subscribe", epilog="Example: entrepot newsletter subscribe desk@example.org --topic hub:ARE"
)
@click.argument("address")
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC",
    help="all (the default), corrections, hub:COUNTRY, code:DIGITS; may be repeated.",
)  # fmt: skip
@sender_options
@server_options
@store_option
def subscribe_command(
    address: str, topics: tuple[str, ...], workspace_dir: Path, **options: Any
) -> None:
    """Ask ADDRESS to confirm that it wants letters; until then it gets none.

    Without --smtp the letter of confirmation is printed, for a server of your own.
    """
    writer = sender_of(options)
    server = server_of(options, writer)
    with opened(workspace_dir, create=True) as store:
        asked = people.subscribe(store, address, topics)
        if server is None:
            people.mark_asked(store, asked.person, store.now())
            click.echo(question(store, asked, writer), nl=False)
            words.print("the letter is printed, not sent; give --smtp to send it")
            return
        tally = send_question(store, asked, writer, server)
    if not tally.ends[SENT]:
        raise RequestError(
            f"the letter of confirmation did not leave: {tally.last or 'the line broke'}",
            hint="Try again; nothing was confirmed.",
        )
    words.print(f"{escape(shown(asked.address))} is asked to confirm {escape(said(asked.topics))} "
                f"by {asked.expires_at[:10]}")  # fmt: skip


@newsletter_group.command("confirm", epilog="Example: entrepot newsletter confirm TOKEN")
@click.argument("token")
@store_option
def confirm_command(token: str, workspace_dir: Path) -> None:
    """Confirm with the TOKEN of a letter, as its page does."""
    with opened(workspace_dir) as store:
        chosen = people.confirm(store, token)
    words.print(f"confirmed: {escape(said(chosen))}")


@newsletter_group.command(
    "unsubscribe", epilog="Example: entrepot newsletter unsubscribe desk@example.org"
)
@click.argument("who", metavar="ADDRESS|TOKEN")
@click.option(
    "--forget", is_flag=True,
    help="Erase even the keyed hash; an import would then bring the address back.",
)  # fmt: skip
@store_option
def unsubscribe_command(who: str, forget: bool, workspace_dir: Path) -> None:
    """Erase an address and all that was kept of it; a keyed hash and the day stay.

    By the hash a later import knows that the address has left. A copy of newsletter.sqlite made
    before still holds the address: erase old copies, too.
    """
    with opened(workspace_dir) as store:
        person = people.who(store, who)
        was = people.forget(store, person) if forget else people.unsubscribe(store, person)
    words.print("erased" if was else "it was not on the list; nothing was to be erased")


@newsletter_group.command("import", epilog="Example: entrepot newsletter import people.csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="What was published before is not sent to them; without it, today.")  # fmt: skip
@format_option
@out_option
@store_option
def import_command(
    file: Path, since: Any, output_format: str, out: Path | None, workspace_dir: Path
) -> None:
    """Bring in addresses of FILE (CSV: address, topics, consented_on, source).

    A row with a day and a source of consent is active; any other is pending until it confirms.
    Who has left is not brought back. Rows that are no subscriber are listed.
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"cannot read {file}: {getattr(error, 'strerror', '') or 'not UTF-8'}",
                           hint="Save it as CSV in UTF-8.") from error  # fmt: skip
    with opened(workspace_dir, create=True) as store:
        done = importing.add(
            store, importing.rows_of(text), since=since.date().isoformat() if since else ""
        )
    words.print(
        f"{done.active:,} active, {done.pending:,} pending without proof of consent, {done.held:,} "
        f"on the list already, {done.left:,} who have left and stay away, "
        f"{len(done.refused):,} refused"
    )
    if done.pending:
        words.print("entrepot newsletter ask sends the pending ones a letter of confirmation")
    refused = [{"line": line, "why": why} for line, why in done.refused]
    if refused or out or output_format != "table":
        with privately():
            emit(refused, output_format, out, columns=("line", "why"), inputs=[file])


@newsletter_group.command("export", epilog="Example: entrepot newsletter export --format csv")
@click.argument("address", required=False)
@click.option("--state", type=click.Choice(STATES), help="Only these.")
@format_option
@out_option
@store_option
def export_command(
    address: str | None, state: str | None, output_format: str, out: Path | None,
    workspace_dir: Path,
) -> None:  # fmt: skip
    """Show all that is kept of ADDRESS, or of everybody. A file is written for its owner alone."""
    with opened(workspace_dir) as store:
        person = people.who(store, address) if address else None
        with store.reading() as connection:
            found = [
                {name: getattr(one, name) for name in COLUMNS}
                for one in people.everybody(connection, person)
                if state in (None, one.state)
            ]
    if person and not found:
        words.print("nothing is kept of this address")
    with privately():
        emit(found, output_format, out, columns=COLUMNS,
             shown=("address", "state", "topics", "since", "consented_on", "source"))  # fmt: skip


@newsletter_group.command("status", epilog="Example: entrepot newsletter status --unsure")
@click.option("--unsure", is_flag=True,
              help="List letters of which nobody knows whether the server has them.")  # fmt: skip
@format_option
@out_option
@store_option
def status_command(unsure: bool, output_format: str, out: Path | None, workspace_dir: Path) -> None:
    """Count subscribers by state and letters by what became of them."""
    with opened(workspace_dir) as store, store.reading() as connection:
        if unsure:
            rows = sendlog.unsure_letters(connection)
            columns: tuple[str, ...] = ("address", "message_id", "at", "items")
        else:
            rows = [{"what": what, "number": number}
                    for what, number in sendlog.counts(connection).items()]  # fmt: skip
            columns = ("what", "number")
    with privately():
        emit(rows, output_format, out, columns=columns)


@newsletter_group.command("serve", epilog="Example: entrepot newsletter serve --port 8025")
@click.option("--host", default=LOCAL, show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
              help="Port to listen on; 0 takes a free one.")  # fmt: skip
@store_option
def serve_command(host: str, port: int, workspace_dir: Path) -> None:
    """Answer at /confirm/TOKEN and /unsubscribe/TOKEN, for a server with TLS in front of it.

    Looking at a page changes nothing; pressing its button does. Stop it with Ctrl-C.
    """
    with opened(workspace_dir) as store:
        found = listen(host, port)
        name, bound = found.getsockname()[:2]
        if not is_local(host):
            words.print("[yellow]others can reach this address without TLS; put a server that has "
                        "it in front[/]")  # fmt: skip
        serve_letters(store, found, lambda: words.print(f"listening on http://{name}:{bound}"))
    words.print("stopped")


for _one in send_commands:
    newsletter_group.add_command(_one)
commands = [newsletter_group]
