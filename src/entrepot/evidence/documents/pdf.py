"""The text of a PDF, page by page; pages without text are named. Runs in the confined child."""

import ctypes
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw

from entrepot.errors import DocumentError
from entrepot.evidence.documents.found import Found
from entrepot.evidence.documents.limits import PDF_PAGES, TEXT_CHARACTERS
from entrepot.evidence.documents.lines import join_lines

_NAMED_PAGES: Final = 5
"""Most pages named one by one in a note."""


def read_pdf(content: bytes, name: str) -> Found:
    """The text of all pages, an empty line between pages.

    Raises:
        DocumentError: locked, damaged, too many pages, too much text, or only pictures.
    """
    document = open_pdf(content, name)
    texts, empty, hidden = [], [], []
    for number in range(1, len(document) + 1):
        page = _page(document, number, name)
        text = page.get_textpage().get_text_range()
        texts.append(text)
        if sum(map(len, texts)) > TEXT_CHARACTERS:
            raise DocumentError(
                f"got more than {TEXT_CHARACTERS:,} characters of text",
                locator=f"{name}, page {number}",
                hint="Split it, and read the parts one by one.",
            )
        if not text.strip():
            empty.append((number, _holds(page, raw.FPDF_PAGEOBJ_IMAGE)))
        elif _is_unseen(page):
            hidden.append(number)
    if len(empty) == len(texts):
        raise DocumentError(
            "this PDF holds no text, only pictures" if any(seen for _, seen in empty)
            else "this PDF holds no text on any page",
            locator=name, hint="Let a program recognise its text (OCR) first, or type it out.",
        )  # fmt: skip
    return Found(join_lines(texts), notes=(*_empty(empty), *_hidden(hidden)))


def open_pdf(content: bytes, name: str) -> pypdfium2.PdfDocument:
    """The document, opened.

    Raises:
        DocumentError: locked, damaged, without pages, or with too many.
    """
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise DocumentError(
                "this PDF is locked with a password",
                locator=name, hint="Open it with the password, and save it without one.",
            ) from error  # fmt: skip
        raise DocumentError(
            "this PDF is damaged and cannot be opened",
            locator=name, hint="Fetch it again, or print it to a new PDF.",
        ) from error  # fmt: skip
    if not 0 < count <= PDF_PAGES:
        raise DocumentError(
            f"got a PDF of {count:,} pages, expected 1 to {PDF_PAGES:,}",
            locator=name, hint="Split it, and read the parts one by one.",
        )  # fmt: skip
    return document


def _page(document: pypdfium2.PdfDocument, number: int, name: str) -> pypdfium2.PdfPage:
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise DocumentError(
            "this page is damaged", locator=f"{name}, page {number}",
            hint="Fetch the file again, or print it to a new PDF.",
        ) from error  # fmt: skip


def _holds(page: pypdfium2.PdfPage, kind: int) -> bool:
    return any(True for _ in page.get_objects(filter=[kind], max_depth=4))


def _is_unseen(page: pypdfium2.PdfPage) -> bool:
    """Whether text of the page is not drawn: the layer of a text recognition, or a hidden mark."""
    modes = {_mode(one) for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4)}
    return raw.FPDF_TEXTRENDERMODE_INVISIBLE in modes


def _mode(found: Any) -> int:
    return int(raw.FPDFTextObj_GetTextRenderMode(ctypes.cast(found.raw, raw.FPDF_PAGEOBJECT)))


def _empty(pages: list[tuple[int, bool]]) -> list[str]:
    notes = [
        f"Page {number} holds no text, only a picture." if seen else f"Page {number} holds no text."
        for number, seen in pages[:_NAMED_PAGES]
    ]
    if len(pages) > _NAMED_PAGES:
        notes.append(f"{len(pages) - _NAMED_PAGES} more pages hold no text.")
    return notes


def _hidden(pages: list[int]) -> list[str]:
    if not pages:
        return []
    named = ", ".join(map(str, pages[:_NAMED_PAGES])) + (
        " ..." if len(pages) > _NAMED_PAGES else ""
    )
    return [f"Text behind page {named} is not drawn on it; compare the words with the page."]
