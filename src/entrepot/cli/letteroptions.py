"""Options that commands of the newsletter share: where it lies, who writes, over which server."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from entrepot.cli.common import words, workspace_option
from entrepot.dossiers.letters.message import Sender, sender
from entrepot.dossiers.letters.smtp import CLEAR, SECURITIES, STARTTLS, Server
from entrepot.dossiers.letters.store import FILE, Store
from entrepot.errors import RequestError
from entrepot.web.server import is_local

Command = TypeVar("Command", bound=Callable[..., Any])
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""By security. Source: RFC 6409 section 3.1, RFC 8314 section 7.3, RFC 5321 section 4.5.4.2."""

PASSWORD = "ENTREPOT_SMTP_PASSWORD"
"""Taken from the environment alone: what stands on a command line is seen by all on a machine."""

store_option = workspace_option(f"Folder in which {FILE} and its key are kept.")


def opened(workspace_dir: Path, *, create: bool = False) -> Store:
    """The store of a workspace."""
    return Store.open(workspace_dir / FILE, create=create)


_SENDER = (
    click.option("--from", "written", envvar="ENTREPOT_NEWSLETTER_FROM", metavar="SENDER",
                 help='Who writes, e.g. "Case letters <letters@example.org>".'),
    click.option("--links", envvar="ENTREPOT_NEWSLETTER_LINKS", metavar="URL",
                 help="https address at which `entrepot newsletter serve` is reached."),
    click.option("--reply-to", envvar="ENTREPOT_NEWSLETTER_REPLY_TO", default="",
                 metavar="ADDRESS", help="Where answers go; without it, to the sender."),
    click.option("--mailto", envvar="ENTREPOT_NEWSLETTER_MAILTO", default="", metavar="ADDRESS",
                 help="Where a letter unsubscribes, too; somebody must read it."),
)  # fmt: skip
_SERVER = (
    click.option("--smtp", "host", envvar="ENTREPOT_SMTP_HOST", default="", metavar="HOST[:PORT]",
                 help="The mail server; port 587, or 465 with --security tls."),
    click.option("--security", type=click.Choice(SECURITIES), default=STARTTLS, show_default=True,
                 help="none: in the clear, for a server on this machine."),
    click.option("--tls-ca", "ca_file", type=click.Path(path_type=Path), metavar="FILE",
                 help="Certificates to trust in place of the system's."),
)  # fmt: skip


def sender_options(command: Command) -> Command:
    """Add who writes: `--from`, `--links`, `--reply-to`, `--mailto`."""
    for option in reversed(_SENDER):
        command = option(command)
    return command


def server_options(command: Command) -> Command:
    """Add over which server: `--smtp`, `--security`, `--tls-ca`; the login from the environment."""
    user = click.option(
        "--smtp-user", "user", envvar="ENTREPOT_SMTP_USER", default="", metavar="NAME",
        help="Login; the password is taken from ENTREPOT_SMTP_PASSWORD.",
    )  # fmt: skip
    for option in (user, *reversed(_SERVER)):
        command = option(command)
    return command


def sender_of(options: dict[str, Any]) -> Sender:
    """Who writes.

    Raises:
        RequestError: not given, or not fit for a header.
    """
    for name, given, what in (
        ("--from", options["written"], "who writes"),
        ("--links", options["links"], "where readers confirm and leave"),
    ):
        if not given:
            raise RequestError(
                f"got no {name}, expected {what}",
                hint='For example --from "Case letters <letters@example.org>" --links '
                "https://letters.example.org; ENTREPOT_NEWSLETTER_FROM and "
                "ENTREPOT_NEWSLETTER_LINKS hold them, too.",
            )
    return sender(
        options["written"], links=options["links"], reply_to=options["reply_to"],
        mailto=options["mailto"],
    )  # fmt: skip


def server_of(options: dict[str, Any], writer: Sender) -> Server | None:
    """The server; null: none given.

    Raises:
        RequestError: a port that is none, or a password that would go in the clear.
    """
    given = options["host"].strip()
    if not given:
        return None
    host, port = _host_port(given, PORTS[options["security"]])
    if options["security"] == CLEAR and not is_local(host):
        if options["user"]:
            raise RequestError(
                f"got --security none with a login for {host}: the password would go in the clear",
                hint="Leave --security out.",
            )
        words.print("[yellow]letters and addresses go to the server in the clear[/]")
    ca_file = options["ca_file"]
    if ca_file is not None and not ca_file.is_file():
        raise RequestError(f"got --tls-ca {ca_file}, which does not exist")
    return Server(
        host, port, options["security"], options["user"], os.environ.get(PASSWORD, ""),
        writer.domain, ca_file,
    )  # fmt: skip


def _host_port(given: str, usual: int) -> tuple[str, int]:
    if given.startswith("["):
        host, _, rest = given[1:].partition("]")
        colon, port = rest[:1], rest[1:]
    elif given.count(":") > 1:
        host, colon, port = given, "", ""
    else:
        host, colon, port = given.partition(":")
    if not colon:
        return host, usual
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536) or not host:
        raise RequestError(f"got mail server {given!r}, expected HOST or HOST:PORT")
    return host, int(port)
