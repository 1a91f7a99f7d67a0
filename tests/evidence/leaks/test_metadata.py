"""What files say beside their content is told, field by field."""

import io
import zipfile

import docx
import pypdfium2
import pytest
from PIL import Image, PngImagePlugin

from entrepot.evidence.leaks.leak import LOOK
from entrepot.evidence.leaks.metadata import metadata


def found(content: bytes) -> str:
    return "\n".join(one.found for one in metadata(content, "file"))


def jpeg() -> bytes:
    exif = Image.Exif()
    exif[271], exif[306], exif[315] = "Camera Works", "2022:08:20 14:37:05", "plant worker"
    exif.get_ifd(34853)[2] = (53.0, 6.0, 8.0)
    exif.get_ifd(34665)[42033] = "SN-0042"
    kept = io.BytesIO()
    Image.new("RGB", (8, 8)).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def test_a_photograph_tells_camera_time_author_number_and_position() -> None:
    told = found(jpeg())
    for said in ("Camera Works", "2022:08:20 14:37:05", "plant worker", "SN-0042", "53.0"):
        assert said in told


def test_a_bare_picture_tells_nothing() -> None:
    for kind in ("JPEG", "PNG", "GIF", "BMP"):
        kept = io.BytesIO()
        Image.new("RGB", (8, 8)).save(kept, kind)
        assert metadata(kept.getvalue(), "file") == []


def test_text_inside_a_png_is_told() -> None:
    kept, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", "from the night shift")
    Image.new("RGB", (8, 8)).save(kept, "PNG", pnginfo=info)
    assert found(kept.getvalue()) == "Comment: from the night shift"


def test_an_office_document_tells_author_editor_comments_and_pictures() -> None:
    document, kept = docx.Document(), io.BytesIO()
    document.add_paragraph("Parts came.")
    document.core_properties.author = "plant worker"
    document.core_properties.last_modified_by = "night shift"
    document.add_picture(io.BytesIO(jpeg()))
    document.save(kept)
    told = found(kept.getvalue())
    for said in ("plant worker", "night shift", "Camera Works", "dc:creator"):
        assert said in told


def test_tracked_changes_and_macros_are_told() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("word/document.xml", '<w:ins w:author="plant worker">x</w:ins>')
        packed.writestr("word/vbaProject.bin", b"\x00")
    told = found(kept.getvalue())
    assert "tracked changes: word/document.xml" in told
    assert "author in word/document.xml: plant worker" in told
    assert "macros or objects: word/vbaProject.bin" in told


def test_a_pdf_tells_its_information_and_attachments() -> None:
    document, kept = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(100, 100)
    document.new_attachment("roster.xlsx").set_data(b"x")
    document.save(kept)
    plain = kept.getvalue()
    assert "attachment: roster.xlsx" in found(plain)
    assert "XMP" in found(plain + b"<x:xmpmeta>")


def test_a_page_tells_its_author_and_comments_and_a_mail_its_headers() -> None:
    page = b'<html><meta name="author" content="plant worker"><!-- draft of the night shift -->'
    told = found(page)
    assert "plant worker" in told
    assert "draft of the night shift" in told
    mail = b"From: worker@example.org\nTo: desk@example.org\nReceived: from host\n\nParts came."
    assert found(mail).count("mail header") == 3


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"%PDF-1.7 broken", b"PK\x03\x04broken"])
def test_what_cannot_be_looked_into_is_told_and_not_passed(content: bytes) -> None:
    (one,) = metadata(content, "file")
    assert one.level == LOOK
