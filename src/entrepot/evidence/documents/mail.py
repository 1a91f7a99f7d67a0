"""The text of an e-mail. Attachments are named, not opened; nothing in it is fetched."""

import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import Final, cast

from entrepot.errors import DocumentError
from entrepot.evidence.documents.dateline import day_in
from entrepot.evidence.documents.decoding import decode
from entrepot.evidence.documents.found import Found, many
from entrepot.evidence.documents.limits import (
    MAIL_BORDERS,
    MAIL_DEPTH,
    MAIL_HEADER_BYTES,
    MAIL_PARTS,
    MIB,
)

_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_MBOX_LINE: Final = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\d{4}[^\r\n]*\r?\n")
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_NAMED: Final = 5
_SAVED: Final = "Snapshot-Content-Location"
"""Header of a page that a browser saved as a mail (MHTML): its date is the day it was saved."""


def read_mail(content: bytes, name: str) -> Found:
    """Subject as title, the mail's own day, its text: the plain one, else the HTML one.

    A mail within the mail is read with it. The sender is not taken as publisher: who wrote a mail
    may be a source.

    Raises:
        DocumentError: a head or a nesting out of all proportion, or no text.
    """
    message = open_mail(content, name)
    body = _Body(name)
    body.take(message, 0)
    text = "\n\n".join(one for one in body.texts if one.strip())
    if not text:
        held = f", only {many(len(body.attached), 'attachment')}" if body.attached else ""
        raise DocumentError(
            f"this mail holds no text{held}",
            locator=name, hint="Save what is attached, and read it one by one.",
        )  # fmt: skip
    title, day, notes = header(message, "Subject"), day_sent(message), body.notes()
    if header(message, _SAVED) and body.page:
        return replace(body.page, text=text, notes=notes)
    return Found(text, title, day=day, notes=notes)


def read_mbox(content: bytes, name: str) -> Found:
    """As `read_mail`, of a mailbox with one mail.

    Raises:
        DocumentError: several mails; or as `read_mail`.
    """
    return read_mail(the_one_mail(content, name), name)


def the_one_mail(content: bytes, name: str) -> bytes:
    """The mail of a mailbox that holds one.

    Raises:
        DocumentError: it holds several.
    """
    starts = list(_MBOX_LINE.finditer(content))
    if len(starts) != 1:
        raise DocumentError(
            f"got a mailbox of {len(starts):,} mails, expected one",
            locator=name, hint="Save the mail that holds the report as .eml.",
        )  # fmt: skip
    return _QUOTED_FROM.sub(rb"\1", content[starts[0].end() :])


def open_mail(content: bytes, name: str) -> EmailMessage:
    """The parsed mail.

    Raises:
        DocumentError: its head is out of all proportion, or it is nested too deep.
    """
    end = _HEAD_END.search(content)
    if (end.start() if end else len(content)) > MAIL_HEADER_BYTES:
        raise DocumentError(
            f"the head of this mail is longer than {MAIL_HEADER_BYTES / MIB:,.0f} MB",
            locator=name, hint="Save its text as a text file.",
        )  # fmt: skip
    if content.count(b"\n--") > MAIL_BORDERS:
        raise _too_deep(name)
    try:
        return message_from_bytes(content, policy=policy.default)
    except RecursionError as error:
        raise _too_deep(name) from error


class _Body:
    """Texts, attachments and notes of a mail."""

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self.attached: list[str] = []
        self.page: Found | None = None
        self._name = name
        self._notes: list[str] = []
        self._parts = 0

    def take(self, part: Message, depth: int) -> None:
        """Read a part and all below it."""
        self._parts += 1
        if depth > MAIL_DEPTH or self._parts > MAIL_PARTS:
            raise _too_deep(self._name)
        kind = part.get_content_type()
        if kind == "message/rfc822" and isinstance(part.get_payload(), list):
            self._take_mail(part, depth)
        elif part.is_multipart():
            for one in chosen(part):
                self.take(one, depth + 1)
        elif is_attached(part):
            self.attached.append(file_name(part) or kind)
        else:
            self._take_text(part, kind)

    def notes(self) -> tuple[str, ...]:
        """Encodings guessed, parts left out, attachments by name."""
        notes = list(self._notes)
        if self.attached:
            named = "; ".join(self.attached[:_NAMED])
            named += " ..." if len(self.attached) > _NAMED else ""
            was = "was" if len(self.attached) == 1 else "were"
            notes.append(f"{many(len(self.attached), 'attachment')} {was} not opened: {named}.")
        return tuple(notes)

    def _take_mail(self, part: Message, depth: int) -> None:
        for inner in cast(list[Message], part.get_payload()):
            self._notes.append("A mail within this mail is read with it.")
            lines = (f"{what}: {header(inner, what)}" for what in ("Subject", "Date"))
            self.texts.append("\n".join(line for line in lines if not line.endswith(": ")))
            self.take(inner, depth + 1)

    def _take_text(self, part: Message, kind: str) -> None:
        text, notes = text_of(part)
        self._notes.extend(notes)
        if kind != "text/html":
            self.texts.append(text)
        elif text.strip():
            from entrepot.evidence.documents.hypertext import read_html  # slow to load

            try:
                page = read_html(text, self._name)
            except DocumentError:
                self._notes.append("An HTML part without text left out.")
                return
            self.page = self.page or page
            self._notes.extend(page.notes)
            self.texts.append(page.text)


def chosen(part: Message) -> list[Message]:
    """Parts to read of a multipart: of alternatives one, plain text before all others."""
    inner = [one for one in cast(list[Message], part.get_payload()) if isinstance(one, Message)]
    if part.get_content_type() != "multipart/alternative":
        return inner
    for wanted in ("text/plain", "multipart/related", "multipart/mixed", "text/html"):
        for one in inner:
            if one.get_content_type() == wanted and _holds_text(one):
                return [one]
    return inner[:1]


def is_attached(part: Message) -> bool:
    """Whether a part is a file sent along and not text to read."""
    if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
        return True
    return part.get_content_subtype() not in ("plain", "html", "enriched", "markdown")


def file_name(part: Message) -> str:
    """The name of a file sent along; empty: none, or one that cannot be read."""
    try:
        return " ".join((part.get_filename() or "").split())[:200]
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def text_of(part: Message) -> tuple[str, tuple[str, ...]]:
    """The text of a part in its own encoding, else in one told by its bytes, with notes."""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError):
        raw = None
    notes: tuple[str, ...] = ()
    content = raw if isinstance(raw, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        text, notes = decode(content)
    if part.get_param("format") == "flowed":
        text = _flowed(text, part.get_param("delsp") == "yes")
    return text, notes


def header(message: Message, name: str) -> str:
    """A header as one line; empty: missing, or not readable."""
    try:
        return " ".join(str(message.get(name, "")).split())[:500]
    except Exception:  # the parser of the standard library fails in many ways on hostile headers
        return ""


def day_sent(message: Message) -> date | None:
    """The day in the sender's own time zone; null: none, or none that can be read."""
    said = header(message, "Date")
    try:
        return parsedate_to_datetime(said).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return day_in(said)


def _holds_text(part: Message) -> bool:
    return part.is_multipart() or bool(text_of(part)[0].strip())


def _flowed(text: str, is_joined_without_space: bool) -> str:
    """Lines that end in a space run on in the next one (RFC 3676, section 4)."""
    found, is_open = "", False
    for line in text.splitlines():
        line = line.removeprefix(" ")
        found += line if is_open or not found else f"\n{line}"
        is_open = line.endswith(" ") and line != "-- "
        if is_open and is_joined_without_space:
            found = found[:-1]
    return found


def _too_deep(name: str) -> DocumentError:
    return DocumentError(
        f"this mail holds more than {MAIL_PARTS} parts or is nested more than {MAIL_DEPTH} deep",
        locator=name, hint="Save the part that holds the report.",
    )  # fmt: skip
