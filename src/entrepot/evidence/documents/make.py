"""Of what make a file is, told by its first bytes and never by its name."""

import re
from typing import Final

from entrepot.evidence.documents.decoding import unmarked_utf16

TEXT, HTML, PDF, ZIP, MAIL, MBOX = "text", "html", "pdf", "zip", "mail", "mbox"
PICTURE, UNKNOWN = "picture", "unknown"

_PICTURES: Final = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0",
    b"MM\0+",
)  # fmt: skip
_BITMAP: Final = re.compile(rb"BM.{4}\0\0\0\0.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL)
_HEIF: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_SOUND_OR_FILM: Final = (
    b"OggS", b"ID3", b"fLaC", b"\x1aE\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba", b"#!AMR",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1",
)  # fmt: skip
_OTHERS: Final = (
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF\0\0\0\0", "archive"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "database"),
    (b"PAR1", "database"),
    (b"age-encryption.org/", "sealed"),
    (b"-----BEGIN AGE ENCRYPTED FILE", "sealed"),
    (b"-----BEGIN PGP MESSAGE", "sealed"),
)
_MARKUP: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(!doctype\s+html|html|head|body|title|meta|link|base|script|style|article|section|main|header"
    rb"|nav|form|table|div|span|p|h[1-6]|ul|ol|b|i|a|br|font|center|svg|!doctype\s+svg)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_XML: Final = re.compile(rb"\s*<\?xml\s", re.IGNORECASE)
_FIELD: Final = re.compile(rb"([!-9;-~]{1,80}):(?:[ \t]|\r?\n|$)")
_CARRIED: Final = frozenset((
    b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to",
    b"dkim-signature", b"content-type", b"x-mailer",
))  # fmt: skip
_WRITTEN: Final = frozenset((b"from", b"to", b"cc", b"subject", b"date", b"reply-to", b"sender"))
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE_BYTES: Final = 65_536


def make_of(content: bytes) -> str:
    """One word for the make: a constant of this module, or `archive`, `rtf`, `ole` and the like.

    `zip` says nothing yet about what is packed (DOCX, ODT, anything). `text` is anything that may
    be plain text in some encoding; `unknown` is not text either.
    """
    head = content[:_SAMPLE_BYTES]
    for told in (_picture, _packed, _film, _marked):
        found = told(head)
        if found:
            return found
    if _is_pdf(content):
        return PDF
    return _words(head)


def _picture(head: bytes) -> str:
    if head.startswith(_PICTURES) or _BITMAP.match(head):
        return PICTURE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PICTURE
    return "heif" if head[4:8] == b"ftyp" and head[8:12] in _HEIF else ""


def _packed(head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ZIP
    if head[257:262] == b"ustar":
        return "archive"
    return next((word for mark, word in _OTHERS if head.startswith(mark)), "")


def _film(head: bytes) -> str:
    riff = head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI ")
    return "film" if riff or head[4:8] == b"ftyp" or head.startswith(_SOUND_OR_FILM) else ""


def _is_pdf(content: bytes) -> bool:
    """PDF readers accept a head within the first 1,024 bytes (ISO 32000-1, annex H, note 13)."""
    at = content[:1024].find(b"%PDF-")
    if at < 0:
        return False
    return not content[:at].strip(b"\xef\xbb\xbf \t\r\n\0") or b"startxref" in content[-2048:]


def _marked(head: bytes) -> str:
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    found = _MARKUP.match(head)
    if found:
        return "drawing" if b"svg" in found[1].lower() else HTML
    return "xml" if _XML.match(head) else ""


def _words(head: bytes) -> str:
    if head.startswith((*_UTF16, b"\xef\xbb\xbf")):
        return TEXT
    if head.startswith(b"From ") and _is_mail(head.split(b"\n", 1)[-1]):
        return MBOX
    if _is_mail(head):
        return MAIL
    return TEXT if _may_be_text(head) else UNKNOWN


def _is_mail(head: bytes) -> bool:
    """Fields from the first line on: one that only mail servers write, or two that people do."""
    seen: set[bytes] = set()
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t") and seen:
            continue
        field = _FIELD.match(line)
        if not field:
            break
        seen.add(field[1].lower())
    written = seen & _WRITTEN
    return bool(written and seen & _CARRIED) or (b"from" in written and len(written) >= 3)


def _may_be_text(head: bytes) -> bool:
    """Whether few bytes are controls: text of any 8-bit encoding has next to none.

    Valid UTF-8 may hold more of them, for they are taken out with a note.
    """
    controls = sum(head.count(byte) for byte in _CONTROLS)
    if controls <= 0.02 * len(head) or unmarked_utf16(head[:2000]):
        return True
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return controls < 4 and len(head) > 12
    return controls < 0.3 * len(head)


_CONTROLS: Final = tuple(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
