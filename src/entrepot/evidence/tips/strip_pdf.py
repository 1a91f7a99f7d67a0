"""Pages of a PDF drawn as grey pictures. Runs in the confined child."""

from io import BytesIO

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from entrepot.errors import DocumentError
from entrepot.evidence.documents.confined import Answer
from entrepot.evidence.documents.found import many
from entrepot.evidence.documents.pdf import open_pdf
from entrepot.evidence.tips.strip_limits import (
    PAGE_DPI,
    PAGE_QUALITY,
    PAGE_SIDE_PIXELS,
    WHITE_FROM,
)
from entrepot.evidence.tips.strip_pages import Page, pdf_of_pictures


def draw(content: bytes, name: str) -> Answer:
    """A new PDF of pictures of the pages, as they print: without annotations and form fields.

    Grey, and with light greys made white, to weaken the yellow dots of colour printers.

    Raises:
        DocumentError: locked, damaged or too long; a page cannot be drawn.
    """
    document = open_pdf(content, name)
    removed = ["Title, author, programs and dates of the file (Info, XMP).",
               "Text, fonts, links, scripts and actions that lie behind the pages."]  # fmt: skip
    pages, annotations = [], 0
    for number in range(len(document)):
        try:
            page = document[number]
            annotations += max(0, raw.FPDFPage_GetAnnotCount(page))
            pages.append(_picture(page))
            page.close()
        except (pypdfium2.PdfiumError, ValueError, OSError) as error:
            raise DocumentError(
                "this page cannot be drawn", locator=f"{name}, page {number + 1}",
                hint="Print it to a new PDF on a machine that may be lost.",
            ) from error  # fmt: skip
    removed.extend(_kinds(document, annotations))
    notes = ["Hidden dots that a colour printer put on the paper are weakened, not surely gone."]
    return Answer(
        {"media_type": "application/pdf", "removed": removed, "notes": notes},
        (pdf_of_pictures(pages, PAGE_DPI),),
    )


def _picture(page: pypdfium2.PdfPage) -> Page:
    longest = max(page.get_size()) / 72
    dpi = min(PAGE_DPI, PAGE_SIDE_PIXELS / max(longest, 0.01))
    drawn = page.render(
        scale=dpi / 72, grayscale=True, may_draw_forms=False, draw_annots=False
    ).to_pil()  # fmt: skip
    grey = drawn.convert("L").point([value if value < WHITE_FROM else 255 for value in range(256)])
    plain = Image.frombytes("L", grey.size, grey.tobytes())
    out = BytesIO()
    plain.save(out, "JPEG", quality=PAGE_QUALITY)
    return out.getvalue(), plain.size, "L"


def _kinds(document: pypdfium2.PdfDocument, annotations: int) -> list[str]:
    counted = (
        (annotations, "annotation or form field", "annotations or form fields"),
        (document.count_attachments(), "file within the file", "files within the file"),
    )
    return [f"{many(count, one, more)}." for count, one, more in counted if count > 0]
