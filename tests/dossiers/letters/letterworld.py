"""A small list, made-up items, a clock that stands, and a real mail server on loopback."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from entrepot.dossiers.letters import importing
from entrepot.dossiers.letters.item import Item
from entrepot.dossiers.letters.message import Sender, sender
from entrepot.dossiers.letters.pace import Pace
from entrepot.dossiers.letters.smtp import Server
from entrepot.dossiers.letters.store import Store

TODAY = "2026-11-28"
WRITER: Sender = sender(
    "Case letters <letters@example.org>", links="https://letters.example.org",
    reply_to="desk@example.org", mailto="leave@example.org",
)  # fmt: skip


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **given: int) -> None:
        self.now += timedelta(**given)


class Counting:
    """Bytes that differ each time, and are the same in each run."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, size: int) -> bytes:
        self.number += 1
        return self.number.to_bytes(size, "big")


def item(number: int = 1, **given: Any) -> Item:
    plain = {
        "item_id": f"dos_{number:012d}", "case_id": f"cas_{number:012d}",
        "title": f"Case {number} (made up)", "url": f"https://example.org/case/{number}/",
        "summary": "Exports fell.", "hubs": ("GEO",), "targets": ("RUS",), "codes": ("8807",),
        "published_on": TODAY, "kind": "published", "changes": (), "version": 1,
    }  # fmt: skip
    return Item(**{**plain, **given})


def corrected(number: int = 1, version: int = 2, **given: Any) -> Item:
    return item(number, item_id=f"dos_{version}{number:011d}", version=version, kind="corrected",
                changes=("May was EUR 39,000.",), **given)  # fmt: skip


def store_at(tmp_path: Path, clock: Clock | None = None) -> Store:
    return Store.open(tmp_path / "newsletter.sqlite", clock=clock or Clock(), random=Counting(),
                      create=True)  # fmt: skip


def fill(store: Store, *addresses: str, topics: str = "all") -> None:
    rows = [(line, {"address": one, "topics": topics, "consented_on": "2026-05-01",
                    "source": "web form"}) for line, one in enumerate(addresses, 2)]  # fmt: skip
    done = importing.add(store, rows)
    assert done.active == len(addresses), done


Trick = Callable[[str, int], str]
"""Given the receiver and how many letters the server has had, what to do: see `Mailbox`."""


@dataclass
class Mailbox:
    """A mail server's handler: keeps what it took, and misbehaves as it is told.

    A trick is "" (take it), "before" (hang up before the answer to the text, having kept it),
    "after" (answer and hang up), "lose" (hang up before the answer, having kept nothing), "rcpt"
    (hang up at the receiver), or a line to answer: "451 ..." for the receiver, "=451 ..." for the
    text.
    """

    trick: Trick = lambda _, __: ""
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    logins: list[bytes] = field(default_factory=list)
    is_secret: list[bool] = field(default_factory=list)

    @property
    def receivers(self) -> list[str]:
        return sorted(to for to, _ in self.taken)

    def letters(self) -> list[EmailMessage]:
        return [read(content) for _, content in self.taken]

    async def handle_EHLO(
        self, server: SMTP, session: Session, _: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        told = self.trick(address, len(self.taken))
        if told == "rcpt":
            _hang_up(server)
            return "421 gone"
        if told[:1].isdigit():
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (to,) = envelope.rcpt_tos
        told = self.trick(to, len(self.taken))
        if told.startswith("="):
            return told[1:]
        if told != "lose":
            assert isinstance(envelope.content, bytes)
            self.taken.append((to, envelope.content))
            self.is_secret.append(session.ssl is not None)
        if told in ("before", "lose"):
            _hang_up(server)
            return "250 never heard"
        if told == "after":
            await server.push("250 OK")
            _hang_up(server)
            return "421 gone"
        return "250 OK"


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()


@contextmanager
def mail_server(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, user: str = "", password: str = ""
) -> Iterator[Server]:
    """A real server on a free port of loopback; over STARTTLS where a context is given."""

    def check(_: object, __: object, ___: object, mechanism: str, data: Any) -> AuthResult:
        mailbox.logins.append(data.login)
        is_right = (data.login, data.password) == (user.encode(), password.encode())
        # not handled: the server is to say 535 itself
        return AuthResult(success=is_right, handled=is_right)

    given: dict[str, Any] = {"decode_data": False}
    if tls is not None:
        given |= {"tls_context": tls, "require_starttls": True}
    if user:
        given |= {"authenticator": check, "auth_required": True}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Controller(mailbox, hostname="127.0.0.1", port=port, **given)
    running.start()
    try:
        mailbox.connections = 0
        yield Server("127.0.0.1", port, "starttls" if tls else "none", hello="example.org",
                     timeout=10.0)  # fmt: skip
    finally:
        running.stop()


def read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def at_once() -> Pace:
    """No waiting at all, neither between letters nor before another attempt."""
    return Pace(wait=lambda _: False)
