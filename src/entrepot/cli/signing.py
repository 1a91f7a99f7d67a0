"""`entrepot signing`: the key that dossiers are signed with."""

import os
import sys
from pathlib import Path
from typing import Final

import click

from entrepot.cli.common import Group, emit, format_option, out_option, words, write_text
from entrepot.dossiers.seal.keys import PublicKey, SigningKey, new_key, read_key, write_key
from entrepot.errors import RequestError

PASSPHRASE: Final = "ENTREPOT_SIGNING_PASSPHRASE"
COLUMNS = ("key_id", "public_key", "openssh", "pem")

key_option = click.option(
    "--key", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE",
    help="Key file; its passphrase is asked for, or read from ENTREPOT_SIGNING_PASSPHRASE.",
)  # fmt: skip


def signing_key(path: Path) -> SigningKey:
    """The key in a file; its passphrase from the environment, or asked for in a terminal."""

    def ask() -> str:
        if given := os.environ.get(PASSPHRASE, ""):
            return given
        if not sys.stdin.isatty():
            return ""
        return str(click.prompt(f"passphrase of {path.name}", hide_input=True, err=True))

    return read_key(path, ask)


@click.group(
    "signing", cls=Group,
    epilog="Examples: entrepot signing new --key desk.key · entrepot signing show --key desk.key",
)  # fmt: skip
def signing_group() -> None:
    """Make and show the key that dossiers are signed with (Ed25519)."""


@signing_group.command("new", epilog="Example: entrepot signing new --key desk.key")
@key_option
@click.option("--bare", is_flag=True, help="Without a passphrase; the file alone then signs.")
def new_command(key: Path, bare: bool) -> None:
    """Make a key file that only you can read; one that is there is never overwritten.

    Publish what `entrepot signing show` prints, where readers know that it is yours.
    """
    if os.path.lexists(key):
        raise RequestError(
            f"{key} is there already, and a key is never overwritten", hint="Name another file."
        )
    passphrase = "" if bare else os.environ.get(PASSPHRASE, "")
    if not bare and not passphrase:
        passphrase = click.prompt(
            "passphrase for the key file", hide_input=True, confirmation_prompt=True, err=True
        )
    made = new_key()
    write_key(key, made, passphrase)
    words.print(f"{made.public.key_id} is made; the secret half is in {key}", markup=False)
    words.print("Copy the file to a second safe place: who has it signs in your name, and without")
    words.print("it you sign no more. Never put it beside what you publish.")


@signing_group.command(
    "show", epilog="Example: entrepot signing show --key desk.key --out desk.pub"
)
@key_option
@click.option("--pem", "is_pem", is_flag=True, help="As PEM, in place of a line of OpenSSH.")
@format_option
@out_option
def show_command(key: Path, is_pem: bool, output_format: str, out: Path | None) -> None:
    """Print the public half and its id, to publish; readers give it to entrepot verify --trust."""
    public = signing_key(key).public
    if output_format == "table":
        _write_key(public, is_pem, out)
        return
    row = {"key_id": public.key_id, "public_key": public.text, "openssh": public.openssh,
           "pem": public.pem}  # fmt: skip
    emit([row], output_format, out, columns=COLUMNS, one=True)


def _write_key(public: PublicKey, is_pem: bool, out: Path | None) -> None:
    text = public.pem if is_pem else f"{public.openssh}\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text)
    words.print(f"key id: {public.key_id}")


commands = (signing_group,)
