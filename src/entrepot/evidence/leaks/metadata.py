"""What a file says beside its content: authors, places, times, programs, comments, earlier text.

Looked at are the kinds of file that leave this house or are added to a dossier: pictures, PDF,
office documents, HTML, mail. A kind that is not known is said to be unknown, never passed.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import pypdfium2
from PIL import Image

from entrepot.evidence.leaks.leak import LOOK, MUST, Leak
from entrepot.evidence.leaks.unseen import UNSEEN, WIDTHLESS

MOST_BYTES: Final = 50_000_000
"""Bytes of one part of a packed document that are read; more is told and not read."""

_PICTURE: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
_EXIF_NAMES: Final = {271: "camera maker", 272: "camera", 305: "program", 306: "time",
                      315: "author", 33432: "copyright", 34853: "GPS position", 36867: "time taken",
                      42033: "camera number", 42032: "owner"}  # fmt: skip
_PLAIN_INFO: Final = re.compile(
    r"jfif\w*|dpi|transparency|gamma|background|duration|loop|version|extension|interlace|"
    r"compression|resolution|srgb|chromaticity|progressi(?:ve|on)|adobe\w*|timestamp|exif"
)
"""What a picture must say to be drawn; none of it tells where it is from."""

_XML_FIELD: Final = re.compile(
    r"<(?:dc:creator|cp:lastModifiedBy|dcterms:created|dcterms:modified|cp:lastPrinted|Company|Manager|"
    r"Template|Application|meta:initial-creator|meta:creation-date|dc:date|meta:generator|meta:printed-by)"
    r"[^>]*>([^<]+)<"
)
_AUTHOR: Final = re.compile(r'\b(?:w:|w15:|office:)?(?:author|initials|userId)="([^"]+)"')
_META: Final = re.compile(
    r"<meta[^>]+name=[\"']?(author|generator|creator|creation-date|date)[\"']?[^>]*>", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--(?!\[if)(.*?)-->", re.DOTALL)
_HEADERS: Final = re.compile(
    r"^(From|Sender|To|Cc|Reply-To|Return-Path|Received|Message-ID|Date|User-Agent|X-[\w-]+|"
    r"DKIM-Signature|Authentication-Results|In-Reply-To):[ \t]*(.+)$",
    re.MULTILINE | re.IGNORECASE,
)


def metadata(content: bytes, name: str) -> list[Leak]:
    """What a file says beside its content.

    Args:
        content: the bytes of the file.
        name: its name, for the findings.

    Returns:
        Findings of kind `metadata`: the field and what it says; level `look` for a file of unknown
        make or one that cannot be read.
    """
    return [Leak("metadata", 0, 0, f"{field}: {said}", why, level, name)
            for field, said, why, level in _fields(content, name)]  # fmt: skip


_Field = tuple[str, str, str, str]
WHY: Final = "the file says it beside its content"


def _fields(content: bytes, name: str) -> Iterator[_Field]:
    try:
        if content.startswith(_PICTURE):
            yield from _picture(content)
        elif content.startswith(b"%PDF"):
            yield from _pdf(content)
        elif content.startswith(b"PK\x03\x04"):
            yield from _packed(content)
        elif b"\x00" in content[:4096]:
            yield "make", "unknown", "a file of unknown make was not looked into", LOOK
        else:
            yield from _text(content.decode("utf-8", "replace"))
    except Exception as error:
        # a broken file of any make: what cannot be looked into is told, not passed
        yield "make", type(error).__name__, "the file cannot be looked into", LOOK


def _said(field: str, value: object, level: str = "must") -> _Field:
    return field, " ".join(str(value).split())[:200], WHY, level


def _picture(content: bytes) -> Iterator[_Field]:
    with Image.open(io.BytesIO(content)) as picture:
        exif = picture.getexif()
        for tag, value in exif.items():
            if tag == 34853:
                yield _said(_EXIF_NAMES[tag], dict(exif.get_ifd(tag)))
            elif tag not in (34665, 40965):
                yield _said(_EXIF_NAMES.get(tag, f"EXIF field {tag}"), value)
        for tag, value in exif.get_ifd(34665).items():
            yield _said(_EXIF_NAMES.get(tag, f"EXIF field {tag}"), value)
        for key, value in picture.info.items():
            plain = str(key).lower()
            if plain == "icc_profile":
                yield _said("colour profile", f"{len(value)} bytes", LOOK)
            elif not _PLAIN_INFO.fullmatch(plain):
                yield _said(str(key), value if isinstance(value, str) else f"{len(value)} bytes"
                            if isinstance(value, bytes) else value)  # fmt: skip


def _pdf(content: bytes) -> Iterator[_Field]:
    document = pypdfium2.PdfDocument(content)
    try:
        for key, value in document.get_metadata_dict(skip_empty=True).items():
            yield _said(key, value)
        for place in range(document.count_attachments()):
            yield _said("attachment", document.get_attachment(place).get_name())
    finally:
        document.close()
    if b"<x:xmpmeta" in content or b"/Type/Metadata" in content or b"/Type /Metadata" in content:
        yield _said("XMP", "a packet of metadata")
    if content.count(b"%%EOF") > 1 and b"/Linearized" not in content:
        yield _said("earlier states", f"{content.count(b'%%EOF')} saved states", LOOK)


def _packed(content: bytes) -> Iterator[_Field]:
    """Office documents, and any other ZIP: their property files, comments and pictures."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for entry in packed.infolist():
            if entry.file_size > MOST_BYTES:
                yield "part", entry.filename, "too large to be looked into", LOOK
                continue
            part = packed.read(entry)
            if part.startswith(_PICTURE):
                yield from ((f"{entry.filename}: {field}", said, why, level)
                            for field, said, why, level in _picture(part))  # fmt: skip
            elif entry.filename.endswith((".xml", ".rels")):
                yield from _xml(entry.filename, part.decode("utf-8", "replace"))
            elif entry.filename.endswith(".bin"):
                yield _said("macros or objects", entry.filename)


def _xml(name: str, text: str) -> Iterator[_Field]:
    for one in _XML_FIELD.finditer(text):
        yield _said(one.group(0).split(">")[0].strip("<").split()[0], one.group(1))
    for author in sorted(set(_AUTHOR.findall(text))):
        yield _said(f"author in {name}", author)
    if "w:rsid" in text:
        yield _said("marks of editing sessions", name, LOOK)
    yield from _hidden(name, text)
    if re.search(r"<w:(?:del|ins)\b", text):
        yield _said("tracked changes", name)


def _hidden(name: str, text: str) -> Iterator[_Field]:
    """Signs without width in the file; the reader of documents takes them out of its text."""
    count = sum(text.removeprefix("\ufeff").count(sign) for sign in WIDTHLESS)
    if count:
        yield "hidden signs", f"{count} in {name}", UNSEEN, MUST


def _text(text: str) -> Iterator[_Field]:
    yield from _hidden("the text", text)
    for one in _META.finditer(text):
        yield _said(f"meta {one.group(1).lower()}", one.group(0))
    if "<html" in text[:5000].lower() or "<svg" in text[:5000].lower():
        for said in _COMMENT.findall(text):
            yield _said("comment", said, LOOK)
    head = text.split("\n\n", 1)[0]
    if len(_HEADERS.findall(head)) >= 2:
        for field, said in _HEADERS.findall(head):
            yield _said(f"mail header {field}", said)
