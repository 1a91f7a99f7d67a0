"""Working copies without what could point back: drawn or written anew, never edited in place.

A copy made of pixels or plain text alone holds no metadata by construction. What people wrote or
show in it stays: names in the words, a face in the picture, a way of writing. The pixels of a photo
can still tell its camera by the noise of its sensor. The lint of `evidence.leaks` and a person look
at that; the sealed original keeps all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from entrepot.errors import DocumentError
from entrepot.evidence.documents import make
from entrepot.evidence.documents.cleaning import clean
from entrepot.evidence.documents.confined import Answer, Job, confined
from entrepot.evidence.documents.found import said_once
from entrepot.evidence.documents.opening import content_of
from entrepot.evidence.documents.read import NO_DAY, report_of
from entrepot.evidence.tips.strip_limits import DEPTH, DRAWING

_PICTURE: Final[Job] = ("entrepot.evidence.tips.strip_pictures", "redraw")
_PDF: Final[Job] = ("entrepot.evidence.tips.strip_pdf", "draw")
_MAIL: Final[Job] = ("entrepot.evidence.tips.strip_mail", "take_apart")
_SHEETS: Final[Job] = ("entrepot.evidence.tips.strip_sheets", "write_out")
_SUFFIXES: Final = {
    "image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "text/plain": ".txt",
}  # fmt: skip
_NO_COPY: Final = "no working copy; the sealed original stays"
_NAME: Final = "the file"
"""What messages call it: its own name may point to somebody."""

_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ENDS: Final = re.compile(r"[ \t]+$", re.MULTILINE)
_CARD: Final = re.compile(r"\s*BEGIN:(?:VCARD|VCALENDAR)", re.IGNORECASE)
_MARKS: Final = "Odd spaces and spaces at line ends, which can mark a copy."
_CALLED: Final = {
    "heif": "a HEIC or AVIF picture", "drawing": "a drawing (SVG)", "film": "sound or film",
    "archive": "an archive", "rtf": "an RTF file", "ole": "a file of an old office program",
    "program": "a program", "database": "a database", "sealed": "a sealed (encrypted) file",
    "xml": "an XML file",
}  # fmt: skip
_BY_MAKE: Final = {
    make.HTML: "Addresses, scripts, hidden parts and facts of the page.",
    make.ZIP: "Authors, dates, revision marks, comments and other facts of the office file.",
}


@dataclass(frozen=True, slots=True)
class Stripped:
    """A working copy, or the sentence that says why there is none.

    Attributes:
        content: bytes of the copy; empty: there is none, or (of a mail) no words.
        suffix: for a new neutral name, with its dot (".png"); empty: there is no copy.
        media_type: of the copy; empty: there is no copy.
        removed: kinds of what is not in the copy, one sentence each; never a value.
        text: the words in it; empty: none, or a picture.
        notes: what a reader of the copy must know.
        attached: copies of files within the file, in order.
        refused: why there is no copy; empty: there is one.
    """

    content: bytes = b""
    suffix: str = ""
    media_type: str = ""
    removed: tuple[str, ...] = field(default=())
    text: str = ""
    notes: tuple[str, ...] = field(default=())
    attached: tuple["Stripped", ...] = field(default=())
    refused: str = ""


def strip(source: bytes | Path, name: str = "") -> Stripped:
    """The working copy of a file of unknown make; a file that gives none is said, not raised.

    Args:
        source: the bytes of the file, or its path.
        name: its name, not used: neither the copy nor a message holds it.

    Raises:
        DocumentError: the path cannot be opened.
    """
    content = content_of(source) if isinstance(source, Path) else source
    return _strip(content, 0)


def _strip(content: bytes, depth: int) -> Stripped:
    what = make.make_of(content)
    try:
        if what == make.PICTURE:
            return _copied(confined(_PICTURE, content, _NAME, DRAWING))
        if what == make.PDF:
            return _paged(content)
        if what in (make.MAIL, make.MBOX):
            return _taken_apart(content, depth)
        if what == make.ZIP:
            return _office(content, depth)
        if what in (make.TEXT, make.HTML):
            return _written(content, what)
    except DocumentError as error:
        return Stripped(refused=_sentence(error))
    return Stripped(refused=f"Of {_CALLED.get(what, 'a file of this make')} there is {_NO_COPY}.")


def _copied(answer: Answer) -> Stripped:
    """What a drawing child handed back."""
    kind = str(answer.told["media_type"])
    return Stripped(
        answer.contents[0], _SUFFIXES[kind], kind, tuple(answer.told["removed"]),
        notes=tuple(answer.told["notes"]),
    )  # fmt: skip


def _paged(content: bytes) -> Stripped:
    drawn = _copied(confined(_PDF, content, _NAME, DRAWING))
    try:
        text = report_of(content, _NAME).text
    except DocumentError:
        return drawn
    note = "The words may hold some that the pages do not show (covered, or in white)."
    return replace(drawn, text=text, notes=(*drawn.notes, note))


def _written(content: bytes, what: str) -> Stripped:
    if _CARD.match(content[:200].decode("latin-1")):
        return Stripped(refused=f"Of a card of a person or a calendar there is {_NO_COPY}.")
    report = report_of(content, _NAME)
    heading = report.title if report.title not in report.text else ""
    text = "\n\n".join(filter(None, (heading, report.text)))
    return _text(text, report.notes, [_BY_MAKE.get(what, "")])


def _office(content: bytes, depth: int) -> Stripped:
    answer = confined(_SHEETS, content, _NAME)
    attached = tuple(_attached(one, depth + 1) for one in answer.contents)
    text, notes = clean(str(answer.told["text"]))
    notes = (*map(str, answer.told["notes"]), *notes)
    if attached:
        notes = (*notes, "Pictures in the file are copied one by one; where they stood is lost.")
    return _worded(text, notes, [_BY_MAKE[make.ZIP]], attached)


def _taken_apart(content: bytes, depth: int) -> Stripped:
    answer = confined(_MAIL, content, _NAME)
    attached = tuple(_attached(one, depth + 1) for one in answer.contents)
    text, notes = clean(str(answer.told["text"]))
    return _worded(text, notes, map(str, answer.told["removed"]), attached)


def _worded(
    text: str, notes: Iterable[str], removed: Iterable[str], attached: tuple[Stripped, ...]
) -> Stripped:
    """The words and what came with them; without words the files alone."""
    if text.strip():
        return replace(_text(text, notes, removed), attached=attached)
    refused = "" if attached else f"The file holds no words: {_NO_COPY}."
    return Stripped(removed=tuple(removed), attached=attached, refused=refused)


def _attached(content: bytes, depth: int) -> Stripped:
    if depth > DEPTH:
        return Stripped(refused=f"Of a file nested more than {DEPTH} deep there is {_NO_COPY}.")
    return _strip(content, depth)


def _text(text: str, notes: Iterable[str], removed: Iterable[str]) -> Stripped:
    """Words as UTF-8. Odd spaces and spaces at line ends go too: they can mark a copy."""
    kept = _ENDS.sub("", _SPACES.sub(" ", text)).strip("\n") + "\n"
    notes = said_once(note for note in notes if note != NO_DAY)
    kinds = said_once((*removed, _MARKS))
    return Stripped(kept.encode(), ".txt", "text/plain", kinds, kept, notes)


def _sentence(error: DocumentError) -> str:
    """The error as a note, without the locator, whose words are ours."""
    message = str(error).removeprefix(f"{error.locator}: ")
    return f"{message[:1].upper()}{message[1:]}: {_NO_COPY}."
