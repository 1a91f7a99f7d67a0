"""A letter as bytes on the wire: headers and two parts, the same bytes for the same letter.

Written here and not with `email.message`, whose folding breaks long addresses in headers into
encoded words, and whose boundary is random. Tests read the bytes back with that package.
"""

import hashlib
import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import Final

from entrepot.dossiers.letters.address import domain_of, normal
from entrepot.dossiers.letters.item import one_line
from entrepot.errors import RequestError

_SENDER: Final = re.compile(r'"?(?P<name>[^"<>@]*)"?\s*<(?P<address>[^<>]+)>|(?P<bare>[^<>\s",]+)')
_LONGEST_LINE: Final = 998
"""Octets of a line without its end. Source: RFC 5322 section 2.1.1."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes.

    Attributes:
        name: of the newsletter, as readers see it.
        address: normal, in From.
        reply_to: normal; empty: none.
        links: address under which `entrepot newsletter serve` is reached, https.
        mailto: normal; where a letter unsubscribes, too; empty: none.
    """

    name: str
    address: str
    reply_to: str
    links: str
    mailto: str

    @property
    def domain(self) -> str:
        """Of the address of the sender."""
        return domain_of(self.address)

    def leave_url(self, token: str) -> str:
        """Where one leaves with one click."""
        return f"{self.links}/unsubscribe/{token}"

    def confirm_url(self, token: str) -> str:
        """Where one confirms."""
        return f"{self.links}/confirm/{token}"


@dataclass(frozen=True, slots=True)
class Body:
    r"""A letter before it has a receiver.

    Attributes:
        subject: one line.
        text: plain text, lines by `\n`.
        html: the same as HTML.
    """

    subject: str
    text: str
    html: str


def sender(written: str, *, links: str, reply_to: str = "", mailto: str = "") -> Sender:
    """A sender from what a user gave, such as `Case letters <letters@example.org>`.

    Raises:
        RequestError: a line end or another control in it, no address, or links without https.
    """
    for text in (written, links, reply_to, mailto):
        if one_line(text) != text.strip():
            raise RequestError(f"got {text!r} for a header, expected one line without controls")
    found = _SENDER.fullmatch(written.strip())
    if found is None:
        raise RequestError(
            f"got sender {written!r}, expected a name and one address",
            hint="Write it as: Case letters <letters@example.org>",
        )
    return Sender(
        name=(found["name"] or "").strip() or "Entrepot",
        address=normal(found["address"] or found["bare"]),
        reply_to=normal(reply_to) if reply_to else "", links=_links(links),
        mailto=normal(mailto) if mailto else "",
    )  # fmt: skip


def message_id(domain: str, *parts: str) -> str:
    """The id of a letter, made of what it is: a letter that is sent again has the same one."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]
    return f"<{digest}@{domain}>"


def written(
    body: Body, sender: Sender, to: str, *, identity: str, at: datetime, leave: str = ""
) -> bytes:
    """The whole letter, lines by CRLF.

    Args:
        body: what it says.
        sender: who writes.
        to: normal address.
        identity: Message-ID with its brackets.
        at: for Date, with a time zone.
        leave: token with which one leaves; empty: a letter to somebody not yet on the list.
    """
    boundary = "=_" + hashlib.sha256(identity.encode()).hexdigest()[:32]
    headers = [
        ("From", formataddr((sender.name, sender.address))),
        ("To", to),
        *([("Reply-To", sender.reply_to)] if sender.reply_to else []),
        ("Subject", _words(body.subject)),
        ("Date", format_datetime(at)),
        ("Message-ID", identity),
        *_leaving(sender, leave),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    ]  # fmt: skip
    lines = [f"{name}: {_checked(name, value)}" for name, value in headers]
    parts = [_part("plain", body.text), _part("html", body.html)]
    return (
        "\r\n".join(lines).encode("ascii")
        + b"\r\n\r\n"
        + b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
        + b"--" + boundary.encode() + b"--\r\n"
    )  # fmt: skip


def _leaving(sender: Sender, leave: str) -> Sequence[tuple[str, str]]:
    """RFC 8058: an https address, and the header that says that one POST is enough."""
    if not leave:
        return ()
    ways = [f"<{sender.leave_url(leave)}>"]
    if sender.mailto:
        ways.append(f"<mailto:{sender.mailto}?subject=unsubscribe%20{leave}>")
    return (
        ("List-Id", f"<newsletter.{sender.domain}>"),
        ("List-Unsubscribe", ",\r\n ".join(ways)),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def _words(text: str) -> str:
    plain = one_line(text)
    if plain.isascii() and len(plain) < 900:
        return plain
    return Header(plain, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _checked(name: str, value: str) -> str:
    """The last door against a header in a header: only our own folds may hold a line end."""
    for line in value.split("\r\n ")[0:]:
        if re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line) or len(line) > _LONGEST_LINE - 40:
            raise RequestError(f"got {value[:60]!r} for the header {name}, expected one line")
    return value


def _part(kind: str, text: str) -> bytes:
    # a lone carriage return would stand in the letter as it is, and RFC 5322 forbids it
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = quopri.encodestring(lines.encode("utf-8", "replace"), quotetabs=False).replace(
        b"\n", b"\r\n"
    )
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'  # noqa: E501
    return head.encode() + encoded


def _links(text: str) -> str:
    plain = text.strip().rstrip("/")
    local = re.match(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)", plain)
    if not (local or re.fullmatch(r"https://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9._~/-]*)?", plain)):
        raise RequestError(
            f"got {text!r} as the address for confirming and leaving, expected https://",
            hint="It is where entrepot newsletter serve is reached, behind a server with TLS; "
            "RFC 8058 asks for https.",
        )
    return plain
