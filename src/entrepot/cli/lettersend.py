"""`entrepot newsletter send`, `ask` and `preview`."""

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import emit, escape, format_option, out_option, words, write_text
from entrepot.cli.letteroptions import (
    opened,
    sender_of,
    sender_options,
    server_of,
    server_options,
    store_option,
)
from entrepot.dossiers.letters.digest import current, fresh
from entrepot.dossiers.letters.item import Item, items_of
from entrepot.dossiers.letters.letter import addressed, digest
from entrepot.dossiers.letters.mailing import Progress, Tally
from entrepot.dossiers.letters.message import Sender
from entrepot.dossiers.letters.pace import Pace, Stop
from entrepot.dossiers.letters.published import read_published
from entrepot.dossiers.letters.sending import ask_waiting, letter, planned, send_digests
from entrepot.dossiers.letters.smtp import LATER, NO_LETTER, NO_MAILBOX, SENT, UNSURE, Server
from entrepot.dossiers.letters.topics import topics as read_topics
from entrepot.errors import RequestError
from entrepot.evidence.documents.found import many

COLUMNS = ("end", "letters")
EVERY_SECONDS = 2.0

_published = click.argument(
    "published", nargs=-1, type=click.Path(path_type=Path), metavar="[PUBLISHED...]"
)
_base_url = click.option(
    "--base-url", envvar="ENTREPOT_BASE_URL", required=True, metavar="URL",
    help="Address of the published site.",
)  # fmt: skip
_per_minute = click.option(
    "--per-minute", type=click.FloatRange(min=0), default=60, show_default=True, metavar="NUMBER",
    help="At most so many letters a minute; 0: as fast as the server takes them.",
)  # fmt: skip


@click.command(
    "send",
    epilog='Example: entrepot newsletter send --base-url https://dossiers.example.org --from '
    '"Case letters <letters@example.org>" --links https://letters.example.org --smtp '
    "mail.example.org --dry-run",
)  # fmt: skip
@_published
@_base_url
@_per_minute
@click.option("--dry-run", is_flag=True, help="Count, show one letter, and send nothing.")
@click.option("--retry-unsure", is_flag=True,
              help="Send once more what may have been sent: see status --unsure.")  # fmt: skip
@sender_options
@server_options
@casebook_options
@format_option
@out_option
def send_command(
    published: tuple[Path, ...], base_url: str, per_minute: float, dry_run: bool,
    retry_unsure: bool, workspace_dir: Path, casebook: str, output_format: str, out: Path | None,
    **options: Any,
) -> None:  # fmt: skip
    """Send each subscriber one letter with all that is new, never a case twice.

    What is new is what `entrepot publish` has published, or, where folders PUBLISHED are given,
    every dossier.json in them. It may be stopped at any
    time: the same command goes on where it was. The password is ENTREPOT_SMTP_PASSWORD.
    """
    writer = sender_of(options)
    server = server_of(options, writer)
    items = _items(published, base_url, casebook, workspace_dir)
    with opened(workspace_dir) as store:
        plan = planned(store, items, writer, retry_unsure=retry_unsure)
        words.print(f"{many(plan.letters, 'letter')} due, with {many(plan.items, 'item')} in them")
        if dry_run:
            if plan.sample:
                click.echo(letter(store, plan.sample, writer), nl=False)
            return
        if not plan.letters:
            return
        with _stoppable() as stop, _told(plan.letters) as progress:
            tally = send_digests(
                store, items, writer, _needed(server), pace=Pace(per_minute, stop.wait),
                progress=progress, retry_unsure=retry_unsure,
            )  # fmt: skip
    _report(tally, output_format, out)


@click.command(
    "ask", epilog='Example: entrepot newsletter ask --from "Case letters <letters@example.org>" '
    "--links https://letters.example.org --smtp mail.example.org",
)  # fmt: skip
@_per_minute
@sender_options
@server_options
@store_option
@format_option
@out_option
def ask_command(
    per_minute: float, workspace_dir: Path, output_format: str, out: Path | None, **options: Any
) -> None:
    """Ask who was imported without proof of consent to confirm, once each."""
    writer = sender_of(options)
    server = _needed(server_of(options, writer))
    with opened(workspace_dir) as store, _stoppable() as stop, _told(None) as progress:
        tally = ask_waiting(store, writer, server, pace=Pace(per_minute, stop.wait),
                            progress=progress)  # fmt: skip
    _report(tally, output_format, out)


@click.command(
    "preview",
    epilog="Example: entrepot newsletter preview site/ --base-url https://dossiers.example.org "
    "--topic hub:ARE --html --out letter.html",
)
@_published
@_base_url
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Of the reader; all.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="Only what was published on this day or later.")  # fmt: skip
@click.option("--html", "is_html", is_flag=True, help="The HTML part in place of the plain text.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--name", default="Entrepot", show_default=True, help="Of the newsletter.")
@casebook_options
def preview_command(
    published: tuple[Path, ...], base_url: str, topics: tuple[str, ...], since: Any, is_html: bool,
    out: Path | None, name: str, casebook: str, workspace_dir: Path,
) -> None:  # fmt: skip
    """Show the letter that a new reader of these topics would get; nothing is sent or kept."""
    items = _items(published, base_url, casebook, workspace_dir)
    chosen = read_topics(topics)
    new = fresh(current(items, "9999-12-31"), chosen,
                since.date().isoformat() if since else "", {})  # fmt: skip
    if not new:
        raise RequestError("nothing of these topics is published",
                           hint="Leave --topic or --since out.")  # fmt: skip
    writer = Sender(name, "letters@example.org", "", "https://letters.example.org", "")
    body = addressed(digest(new, writer), writer, chosen, "TOKEN")
    words.print(f"subject: {escape(body.subject)}")
    text = body.html if is_html else body.text
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text, inputs=published)


def _items(
    published: Sequence[Path], base_url: str, casebook: str, workspace_dir: Path
) -> tuple[Item, ...]:
    if published:
        return items_of(read_published(published), base_url)
    # what draws and seals dossiers is slow to load, and needed here alone
    found = import_module("entrepot.workspace.released")
    with open_casebook(casebook, workspace_dir) as book:
        return items_of([one.dossier for one in found.all_published(book, workspace_dir)], base_url)


def _needed(server: Server | None) -> Server:
    if server is None:
        raise RequestError(
            "got no --smtp, expected a mail server",
            hint="For example --smtp mail.example.org; ENTREPOT_SMTP_HOST holds it, too.",
        )
    return server


@contextmanager
def _stoppable() -> Iterator[Stop]:
    """Ctrl-C ends after the letter under way; a second one at once."""
    stop = Stop()
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}

    def wish(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])
        words.print("ending after this letter; once more ends at once")

    for one in before:
        signal.signal(one, wish)
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _told(letters: int | None) -> Iterator[Progress]:
    """Says every few seconds how far it is, on standard error."""
    last = began = time.monotonic()

    def progress(tally: Tally) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < EVERY_SECONDS:
            return
        last = now
        sent = tally.ends[SENT]
        of = f" of {letters:,}" if letters else ""
        words.print(f"{sent:,}{of} sent, {60 * sent / (now - began):,.0f} a minute")

    yield progress


def _report(tally: Tally, output_format: str, out: Path | None) -> None:
    rows = [{"end": end, "letters": number} for end, number in tally.ends.items()]
    emit(rows, output_format, out, columns=COLUMNS)
    ends = tally.ends
    for is_so, line in (
        (ends[LATER], "the same command tries those again that were put off"),
        (ends[UNSURE], "the server may or may not have those that are unsure; they are not sent "
         "again unasked: entrepot newsletter status --unsure lists them"),
        (ends[NO_MAILBOX] + ends[NO_LETTER],
         f"the server refused some, last with: {escape(tally.last)}"),
        (tally.is_stopped, "stopped; nothing is lost, and the same command goes on"),
    ):  # fmt: skip
        if is_so:
            words.print(line)


send_commands = (send_command, ask_command, preview_command)
