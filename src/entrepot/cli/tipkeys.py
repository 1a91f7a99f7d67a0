"""`entrepot tip keys`: who can open tips, shown and not believed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from pyrage import x25519

from entrepot.casebook.casebook import Casebook
from entrepot.casebook.tip_keys import (
    LOST,
    RETIRED,
    ReviewerKey,
    add_key,
    end_key,
    keys,
    prove,
)
from entrepot.casebook.tips import hanging_on, listed, open_parts, out_of_reach
from entrepot.cli.casebookoptions import casebook_options, open_casebook
from entrepot.cli.common import FORMATS, Group, emit, escape, words
from entrepot.cli.judgeoptions import because_option, by_option
from entrepot.cli.tipwords import write_private
from entrepot.errors import RequestError, SealError
from entrepot.evidence.documents.found import many
from entrepot.evidence.documents.opening import content_of
from entrepot.evidence.tips.keys import MOST_BYTES, new_key, read_key

COLUMNS = ("key", "holder", "proven_on", "state", "opens", "opens_alone")

identity_option = click.option(
    "--identity", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="Your key file; a passphrase is asked for where it has one.",
)  # fmt: skip


def identity_of(path: Path) -> x25519.Identity:
    """The key pair in a key file; asks for its passphrase where it has one."""

    def ask() -> str:
        return str(click.prompt(f"passphrase of {path.name}", hide_input=True, err=True))

    return read_key(content_of(path, max_bytes=MOST_BYTES), ask, name=path.name)


@click.group(
    "keys", cls=Group,
    epilog="Examples: entrepot tip keys new mine.key --holder kk --by kk · "
    "entrepot tip keys check --identity mine.key --by kk",
)  # fmt: skip
def keys_group() -> None:
    """Make, keep and prove reviewers' keys. A key counts once its holder opened something with it.

    A tip is sealed to every key in use. Two reviewers at least: with one, a lost file loses all.
    """


@keys_group.command("new", epilog="Example: entrepot tip keys new mine.key --holder kk --by kk")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--holder", required=True, metavar="WHO", help="Who will have the file.")
@click.option("--bare", is_flag=True, help="Without a passphrase; the file alone then opens tips.")
@by_option
@casebook_options
def new_command(
    path: Path, holder: str, bare: bool, by: str, casebook: str, workspace_dir: Path
) -> None:
    """Make a key file, keep its public half and prove it, in one go."""
    if path.exists():
        raise RequestError(f"{path} is there already", hint="Name another file.")
    if path.resolve().is_relative_to(workspace_dir.resolve()):
        raise RequestError(
            f"{path} would lie beside the casebook, where whoever copies one copies both",
            hint="Name a file outside the workspace, best on another medium.",
        )
    secret_words = "" if bare else click.prompt(
        "passphrase for the key file", hide_input=True, confirmation_prompt=True, err=True
    )  # fmt: skip
    content, public = new_key(secret_words)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, content)
    except OSError as error:
        raise RequestError(f"cannot write {path}: {error.strerror}") from error
    identity = read_key(path.read_bytes(), lambda: secret_words, name=path.name)
    try:
        with open_casebook(casebook, workspace_dir, create=True) as book, book.writing(by) as pen:
            add_key(pen, public, holder)
            prove(pen, identity)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    words.print(f"{public} is kept for {escape(holder)} and proven; the secret half is in {path}")
    words.print("Copy the file to a second safe place now: without it and the copies, nobody can")
    words.print("open what is sealed to it alone. Never put it beside the casebook.")


@keys_group.command("add", epilog="Example: entrepot tip keys add age1... --holder ab --by kk")
@click.argument("public", metavar="PUBLIC_KEY")
@click.option("--holder", required=True, metavar="WHO", help="Who has the secret half.")
@by_option
@casebook_options
def add_command(public: str, holder: str, by: str, casebook: str, workspace_dir: Path) -> None:
    """Keep another reviewer's public key (age1...). It counts after its holder proves it."""
    with open_casebook(casebook, workspace_dir, create=True) as book, book.writing(by) as pen:
        key = add_key(pen, public, holder)
    words.print(f"{key[:16]}... is kept. Its holder now runs: entrepot tip keys check --identity "
                "FILE")  # fmt: skip


@keys_group.command("check", epilog="Example: entrepot tip keys check --identity mine.key --by kk")
@identity_option
@by_option
@casebook_options
def check_command(identity: Path, by: str, casebook: str, workspace_dir: Path) -> None:
    """Prove that you have your key, and open every tip sealed to it, without showing any."""
    pair = identity_of(identity)
    with open_casebook(casebook, workspace_dir) as book:
        with book.writing(by) as pen:
            held = prove(pen, pair)
        opened = _opened(book, held, pair)
        before = _tips_before(book, held)
    words.print(f"{held.recipient[:16]}... is proven; it opens {many(opened, 'tip')}")
    if before:
        words.print(f"[yellow]not sealed to it:[/] tips {_numbers(before)}; a reviewer who can "
                    "open them runs entrepot tip reseal")  # fmt: skip


def _ended(name: str, event: str, told: str) -> click.Command:
    example = f"Example: entrepot tip keys {name} age1... --by kk"

    @keys_group.command(name, help=told, epilog=example)
    @click.argument("key", metavar="KEY")
    @by_option
    @because_option
    @casebook_options
    def command(key: str, by: str, because: str, casebook: str, workspace_dir: Path) -> None:
        with open_casebook(casebook, workspace_dir) as book:
            with book.reading() as connection:
                known = [one for one in keys(connection) if one.recipient.startswith(key.strip())]
                alone = hanging_on(connection, known[0]) if len(known) == 1 else ()
            with book.writing(by) as pen:
                held = end_key(pen, key, event, because)
        words.print(f"{held.recipient[:16]}... of {escape(held.holder)} is {event}; nothing is "
                    "sealed to it from now on")  # fmt: skip
        if alone:
            words.print(f"[bold red]no key in use opens tips {_numbers(alone)} any more[/]" if
                        event == LOST else f"[yellow]only this key opens tips {_numbers(alone)}; "
                        "seal them anew first with entrepot tip reseal[/]")  # fmt: skip

    return command


lose_command = _ended(
    "lose", LOST, "Say at once that KEY is lost; tells which tips nobody can open any more."
)
retire_command = _ended("retire", RETIRED, "Say that KEY is no longer used.")


@keys_group.command("list", epilog="Example: entrepot tip keys list --format json")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table",
              show_default=True, help="How the data is written.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@casebook_options
def list_command(output_format: str, out: Path | None, casebook: str, workspace_dir: Path) -> None:
    """Show the keys, who holds them, when they were last proven and which tips hang on them."""
    today = datetime.now(UTC).date()
    with open_casebook(casebook, workspace_dir) as book, book.reading() as connection:
        tips = listed(connection)
        rows = [
            _row(one, today, [tip.number for tip in tips if one.recipient in tip.recipients],
                 hanging_on(connection, one) if one.in_use else ())
            for one in keys(connection)
        ]  # fmt: skip
        lost = out_of_reach(connection)
    emit(rows, output_format, out, columns=COLUMNS)
    if lost:
        words.print(f"[bold red]no key in use opens tips {_numbers(lost)}[/]")


def _row(key: ReviewerKey, today: date, opens: list[int], alone: tuple[int, ...]) -> dict[str, Any]:
    state = key.ended or ("not proven" if key.proven_on is None else
                          "proof is old" if key.is_stale(today) else "in use")  # fmt: skip
    return {
        "key": key.recipient, "holder": key.holder,
        "proven_on": key.proven_on.isoformat() if key.proven_on else None, "state": state,
        "opens": opens, "opens_alone": list(alone),
    }  # fmt: skip


def _opened(book: Casebook, held: ReviewerKey, pair: x25519.Identity) -> int:
    """How many tips the key opens, all their parts read through."""
    broken, done = [], 0
    with book.reading() as connection:
        for tip in listed(connection):
            if held.recipient not in tip.recipients:
                continue
            try:
                open_parts(connection, tip.number, pair)
                done += 1
            except SealError:
                broken.append(tip.number)
    if broken:
        raise SealError(
            f"tips {_numbers(broken)} are sealed to this key and do not open: they are damaged",
            hint="Put back a copy of the casebook; entrepot casebook check names what differs.",
        )
    return done


def _tips_before(book: Casebook, held: ReviewerKey) -> list[int]:
    with book.reading() as connection:
        return [tip.number for tip in listed(connection) if held.recipient not in tip.recipients]


def _numbers(numbers: Any) -> str:
    return ", ".join(str(one) for one in numbers)
