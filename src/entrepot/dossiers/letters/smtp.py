"""One line to a mail server, and what its answer to one letter means."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from entrepot.errors import RequestError

SENT, LATER, NO_MAILBOX, NO_LETTER, UNSURE, GONE = ENDS = (
    "sent",  # the server has it
    "later",  # it does not have it, for now; try again
    "no mailbox",  # it takes nothing for this address
    "no letter",  # it does not take this letter
    "unsure",  # it may have it: the line broke after the whole text had left
    "gone",  # nothing was sent: the person has left meanwhile
)
STARTTLS, TLS, CLEAR = SECURITIES = ("starttls", "tls", "none")

_STEP_SECONDS: Final = 300.0
"""For one answer. Source: RFC 5321 section 4.5.3.2.1 to 4.5.3.2.3 (five minutes)."""
_TEXT_SECONDS: Final = 600.0
"""For the answer to the text. Source: RFC 5321 section 4.5.3.2.6 (ten minutes)."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server.

    Attributes:
        host: name or address.
        port: 587 by STARTTLS, 465 by TLS, 25.
        security: one of `SECURITIES`.
        user: empty: no login.
        password: never printed.
        hello: the name by which we greet; the domain of the sender, and not this machine's.
        ca_file: certificates to trust in place of the system's; null: the system's.
        per_connection: letters over one connection, then a new one.
        timeout: seconds for one answer.
    """

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    hello: str = "localhost"
    ca_file: Path | None = None
    per_connection: int = 100
    timeout: float = _STEP_SECONDS

    def __repr__(self) -> str:
        return f"Server({self.host!r}, {self.port})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a letter.

    Attributes:
        end: one of `ENDS`.
        said: what the server said.
        is_broken: the line broke before an answer came.
    """

    end: str
    said: str = ""
    is_broken: bool = False


class LineBroken(Exception):
    """The server cannot be reached now; trying again may help."""


class Line:
    """Letters to one server, over one connection at a time."""

    def __init__(self, server: Server, sender: str) -> None:
        self.server = server
        self.sender = sender
        self._smtp: smtplib.SMTP | None = None
        self._used = 0

    def post(
        self, to: str, content: bytes, begin: Callable[[], bool], back: Callable[[], None]
    ) -> Answer:
        """Hand over one letter.

        Args:
            to: address.
            content: lines by CRLF.
            begin: called when the server waits for the text; false: send nothing.
            back: called when it is certain that the server does not have it after all.

        Raises:
            LineBroken: no connection can be made; `begin` was not called.
            RequestError: the server wants another login, security or sender.
        """
        smtp = self._ready()
        try:
            refused = self._envelope(smtp, to)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            return Answer(LATER, _words(error), is_broken=True)
        if refused:
            return refused
        self._used += 1
        if not begin():
            self.drop()  # the server waits for a text; only hanging up tells it that none comes
            return Answer(GONE)
        answer = self._text(smtp, content)
        if answer.end not in (SENT, UNSURE):
            back()
        return answer

    def close(self) -> None:
        """Say goodbye."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Hang up."""
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._used = None, 0

    def _ready(self) -> smtplib.SMTP:
        if self._smtp is not None and self._used >= self.server.per_connection:
            self.close()
        if self._smtp is None:
            self._smtp = _connected(self.server)
        return self._smtp

    def _envelope(self, smtp: smtplib.SMTP, to: str) -> Answer | None:
        """Null: the server waits for the text."""
        code, said = smtp.mail(self.sender)
        if code >= 500:
            self.drop()
            raise RequestError(
                f"the server does not take letters from {self.sender}: {_said(code, said)}",
                hint="Choose a sender that the server allows, or log in.",
            )
        end = NO_MAILBOX
        if code == 250:
            code, said = smtp.rcpt(to)
            if code in (250, 251):
                end = NO_LETTER
                smtp.putcmd("data")
                code, said = smtp.getreply()
                if code == 354:
                    return None
        return self._refused(smtp, code, said, end)

    def _refused(self, smtp: smtplib.SMTP, code: int, said: bytes, end: str) -> Answer:
        if code == 421:  # the server is about to hang up
            self.drop()
        else:
            smtp.rset()
        words = _said(code, said)
        if code < 500:
            return Answer(LATER, words)
        # X.7 is about policy and not about the mailbox. Source: RFC 3463 section 3.8
        return Answer(NO_LETTER if words[4:].startswith("5.7.") else end, words)

    def _text(self, smtp: smtplib.SMTP, content: bytes) -> Answer:
        stuffed = re.sub(rb"(?m)^\.", b"..", content)  # RFC 5321 section 4.5.2
        try:
            smtp.send(stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n")
        except (smtplib.SMTPException, OSError) as error:
            # the end of the text has not left, so the server must not keep what it has
            self.drop()
            return Answer(LATER, _words(error), is_broken=True)
        try:
            smtp.send(b".\r\n")
            if smtp.sock is not None:
                smtp.sock.settimeout(max(self.server.timeout, _TEXT_SECONDS))
            code, said = smtp.getreply()
            if smtp.sock is not None:
                smtp.sock.settimeout(self.server.timeout)
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            return Answer(UNSURE, _words(error), is_broken=True)
        if code == 421:
            self.drop()
        if 200 <= code < 300:
            return Answer(SENT, _said(code, said))
        return Answer(NO_LETTER if code >= 500 else LATER, _said(code, said))


def _connected(server: Server) -> smtplib.SMTP:
    """A greeted and secured connection, logged in where a user is given."""
    try:
        smtp = _greeted(server)
    except ssl.SSLCertVerificationError as error:
        raise RequestError(
            f"the certificate of {server.host} is not to be trusted: {error.verify_message}",
            hint="Name the server as its certificate does, or its certificate with --tls-ca.",
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise LineBroken(f"{server.host} port {server.port}: {_words(error)}") from error
    try:
        if server.user:
            smtp.login(server.user, server.password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        smtp.close()
        if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code < 500:
            raise LineBroken(f"{server.host}: {_words(error)}") from error
        raise RequestError(
            f"{server.host} does not let {server.user} in: {_words(error)}",
            hint="Set ENTREPOT_SMTP_USER and ENTREPOT_SMTP_PASSWORD.",
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        smtp.close()
        raise LineBroken(f"{server.host} port {server.port}: {_words(error)}") from error
    return smtp


def _greeted(server: Server) -> smtplib.SMTP:
    context = None if server.security == CLEAR else ssl.create_default_context(
        cafile=server.ca_file
    )  # fmt: skip
    smtp: smtplib.SMTP
    if server.security == TLS:
        smtp = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=server.hello, timeout=server.timeout,
            context=context,
        )  # fmt: skip
    else:
        smtp = smtplib.SMTP(
            server.host, server.port, local_hostname=server.hello, timeout=server.timeout
        )
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == STARTTLS:
            if not smtp.has_extn("starttls"):
                raise RequestError(
                    f"{server.host} port {server.port} offers no STARTTLS, and letters are not "
                    "sent in the clear unasked",
                    hint="Give --security tls (port 465), or none for a server on this machine.",
                )
            smtp.starttls(context=context)
            smtp.ehlo()
        if smtp.sock is not None:
            # the text and its end are two writes, the second of which must not wait
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _said(code: int, said: bytes) -> str:
    return f"{code} {' '.join(said.decode('utf-8', 'replace').split())}"[:300]


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said(error.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    return str(error) or type(error).__name__
