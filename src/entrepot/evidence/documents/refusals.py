"""Makes of files that hold no report to read, and what to do instead."""

from typing import Final

from entrepot.errors import DocumentError
from entrepot.evidence.documents import make

_READ: Final = "text, HTML, PDF, DOCX, ODT and e-mail"
_REFUSALS: Final = {
    make.PICTURE: (
        "got a picture, and Entrepot reads no text from pictures",
        "Type out what it shows, and name the picture as its source.",
    ),
    "heif": (
        "got a picture, and Entrepot reads no text from pictures",
        "Type out what it shows, and name the picture as its source.",
    ),
    "drawing": (
        "got a drawing (SVG), and Entrepot reads no text from pictures",
        "Type out what it shows, and name the drawing as its source.",
    ),
    "film": (
        "got sound or film, and Entrepot reads no text from it",
        "Type out what is said, and name the file as its source.",
    ),
    "archive": ("got an archive, expected one report", "Unpack it, and name one file in it."),
    "rtf": ("got RTF, which is not read", "Open it in an office program, and save it as DOCX."),
    "ole": (
        "got a file of an old office program (.doc, .xls, .ppt, .msg), which is not read",
        "Open it in an office program, and save it as DOCX or PDF; a mail as .eml.",
    ),
    "program": ("got a program, which is never opened", "Do not run it; ask where it came from."),
    "database": ("got a database, expected a report", "Export what it says as text."),
    "sealed": ("got a sealed (encrypted) file", "Open it with its key first."),
    "xml": ("got XML that is no web page", f"Entrepot reads {_READ}."),
    "sheet": (
        "got a spreadsheet or slides, expected a report",
        "Save the part that holds the report as text or PDF.",
    ),
}


def refusal_of(what: str, name: str) -> DocumentError:
    """The error for a file of make `what`; a make without words is unknown."""
    message, hint = _REFUSALS.get(what, ("got a file of unknown make", f"Entrepot reads {_READ}."))
    return DocumentError(message, locator=name, hint=hint)
