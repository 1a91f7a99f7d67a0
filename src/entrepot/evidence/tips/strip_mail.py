"""An e-mail taken apart: its words without any header, and the files sent along.

Runs in the confined child.
"""

import re
from email.message import Message
from typing import Final, cast

from entrepot.errors import DocumentError
from entrepot.evidence.documents.confined import Answer
from entrepot.evidence.documents.found import many
from entrepot.evidence.documents.limits import MAIL_DEPTH, MAIL_PARTS
from entrepot.evidence.documents.mail import (
    chosen,
    header,
    is_attached,
    open_mail,
    text_of,
    the_one_mail,
)
from entrepot.evidence.documents.make import MBOX, make_of
from entrepot.evidence.tips.strip_limits import FILES

_SIGNATURE: Final = re.compile(r"^-- ?\n.*\Z", re.MULTILINE | re.DOTALL)
_PROOFS: Final = ("pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-keys")


def take_apart(content: bytes, name: str) -> Answer:
    """Subject and text as one, and each file sent along as bytes.

    Raises:
        DocumentError: as `open_mail`; a mailbox of several mails.
    """
    if make_of(content) == MBOX:
        content = the_one_mail(content, name)
    message = open_mail(content, name)
    parts = _Parts(name)
    parts.take(message, 0)
    subject = header(message, "Subject")
    text = "\n\n".join(one for one in (subject, *parts.texts) if one.strip())
    return Answer({"text": text, "removed": parts.removed()}, tuple(parts.files[:FILES]))


class _Parts:
    """Texts and files of a mail and of all mails within it."""

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self.files: list[bytes] = []
        self._name = name
        self._count = self._mails = self._proofs = self._signatures = 0

    def removed(self) -> list[str]:
        """Kinds of what is not in the copy."""
        told = ["All headers: sender, receivers, dates, servers, programs, message numbers."]
        if self._mails > 1:
            told.append("Headers of mails within the mail, their subjects too.")
        if self._signatures:
            told.append(f"{many(self._signatures, 'signature')} at the foot of a mail.")
        if self._proofs:
            told.append(f"{many(self._proofs, 'cryptographic signature or key')}.")
        if len(self.files) > FILES:
            told.append(f"{len(self.files) - FILES:,} attachments beyond the first {FILES}.")
        return told

    def take(self, part: Message, depth: int) -> None:
        """Collect from a part and all below it."""
        self._count += 1
        if depth > MAIL_DEPTH or self._count > MAIL_PARTS:
            raise DocumentError(
                "this mail holds too many parts or is nested too deep", locator=self._name
            )
        self._mails += depth == 0
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            self._mails += 1
            for inner in cast(list[Message], part.get_payload()):
                self.take(inner, depth + 1)
        elif part.is_multipart():
            for one in chosen(part):
                self.take(one, depth + 1)
        elif is_attached(part):
            self._take_file(part)
        else:
            self._take_text(part)

    def _take_file(self, part: Message) -> None:
        if part.get_content_subtype() in _PROOFS:
            self._proofs += 1
            return
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            self.files.append(content)

    def _take_text(self, part: Message) -> None:
        text, _ = text_of(part)
        if part.get_content_subtype() == "html":
            from entrepot.evidence.documents.hypertext import read_html  # slow to load

            try:
                text = read_html(text, self._name).text
            except DocumentError:
                return
        text, count = _SIGNATURE.subn("", text.replace("\r\n", "\n"))
        self._signatures += count
        self.texts.append(text)
