"""Working copies hold none of the identifiers planted in the files they are made of."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.evidence.documents.making import (
    TYPES,
    odt_of,
    pdf_of,
    png_of,
    stream_of,
    text_stream,
    zip_of,
)
from tests.evidence.tips import planted
from tests.evidence.tips.planted import MARK, found_in, mark

from entrepot.errors import DocumentError
from entrepot.evidence.tips.strip import Stripped, _strip, strip
from entrepot.evidence.tips.strip_limits import DEPTH
from entrepot.evidence.tips.strip_pdf import draw
from entrepot.evidence.tips.strip_pictures import redraw


def everything(copy: Stripped) -> Iterator[bytes]:
    """All bytes and words of a copy and of the copies within it."""
    yield copy.content
    yield "\n".join(
        (copy.suffix, copy.media_type, copy.refused, *copy.removed, *copy.notes)
    ).encode()
    for one in copy.attached:
        yield from everything(one)


MAKES: dict[str, tuple[Callable[[], bytes], int]] = {
    "jpeg": (planted.jpeg, 14), "png": (planted.png, 14), "gif": (planted.gif, 2),
    "webp": (planted.webp, 10), "tiff": (planted.tiff, 4), "bmp": (planted.bmp, 1),
    "pdf": (planted.pdf, 10), "docx": (planted.docx, 15), "html": (planted.page, 7),
    "docx by hand": (planted.docx_by_hand, 12), "mail": (planted.mail, 28),
}  # fmt: skip
"""File by make, and how many identifiers the search must find in it before it is stripped."""


@pytest.fixture(scope="module")
def copies() -> dict[str, Stripped]:
    return {name: strip(make(), f"{mark('name')}.bin") for name, (make, _) in MAKES.items()}


@pytest.mark.parametrize("name", MAKES)
def test_nothing_planted_is_left(name: str, copies: dict[str, Stripped]) -> None:
    make, count = MAKES[name]
    assert len(found_in(make())) >= count  # the search can find them
    copy = copies[name]
    assert copy.content
    assert not copy.refused
    for held in everything(copy):
        assert found_in(held) == set()


@pytest.mark.parametrize("name", [name for name in MAKES if name != "pdf"])
def test_the_words_hold_nothing_planted(name: str, copies: dict[str, Stripped]) -> None:
    assert MARK not in copies[name].text
    assert copies[name].text.encode() == (copies[name].content if copies[name].text else b"")


def test_what_was_taken_out_is_told_by_kind(copies: dict[str, Stripped]) -> None:
    told = " ".join(copies["jpeg"].removed)
    for what in ("EXIF", "XMP", "IPTC", "ICC", "comment", "GPS", "upright"):
        assert what in told
    assert "1 annotation or form field." in copies["pdf"].removed
    assert "1 file within the file." in copies["pdf"].removed
    assert "PNG text" in " ".join(copies["png"].removed)
    assert not re.search(r"\d{4}|example", told)


def test_a_photo_is_turned_upright_and_looks_the_same(copies: dict[str, Stripped]) -> None:
    with Image.open(io.BytesIO(copies["jpeg"].content)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (32, 48))  # 48 x 32, held on its side
        assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, _, blue = drawn.getpixel((28, 3))  # the upper left came to the upper right
        assert red > 200
        assert blue < 80
        assert drawn.getpixel((3, 44))[2] > 200


@pytest.mark.parametrize("name", ["png", "webp", "bmp", "tiff", "gif"])
def test_other_pictures_become_png_with_the_same_pixels(
    name: str, copies: dict[str, Stripped]
) -> None:
    kinds = re.findall(rb"(IHDR|PLTE|IDAT|IEND|tEXt|eXIf|iCCP|pHYs|tIME)", copies[name].content)
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    assert (copies[name].suffix, copies[name].media_type) == (".png", "image/png")
    if name in ("bmp", "tiff"):
        with Image.open(io.BytesIO(copies[name].content)) as drawn:
            assert drawn.tobytes() == planted.pixels().tobytes()


def test_nothing_lies_hidden_under_transparent_parts() -> None:
    hidden = Image.new("RGBA", (9, 9), (250, 10, 10, 0))
    hidden.putpixel((0, 0), (0, 0, 255, 255))
    out = io.BytesIO()
    hidden.save(out, "PNG")
    with Image.open(io.BytesIO(redraw(out.getvalue(), "a").contents[0])) as drawn:
        assert drawn.mode == "RGB"
        assert set(drawn.getcolors()) == {(1, (0, 0, 255)), (80, (255, 255, 255))}


def test_of_a_moving_picture_the_first_with_a_note_and_of_a_scan_all_pages() -> None:
    frames = [Image.new("L", (20, 10), shade) for shade in (0, 120, 250)]
    for form, kind in (("GIF", "image/png"), ("TIFF", "application/pdf")):
        out = io.BytesIO()
        frames[0].save(out, form, save_all=True, append_images=frames[1:])
        answer = redraw(out.getvalue(), "a")
        assert answer.told["media_type"] == kind
        assert bool(answer.told["notes"]) == (form == "GIF")
    assert len(pypdfium2.PdfDocument(answer.contents[0])) == 3


def test_a_picture_of_sixteen_bits() -> None:
    deep = Image.new("I;16", (4, 4), 100)
    deep.putpixel((0, 0), 60_000)
    out = io.BytesIO()
    deep.save(out, "PNG")
    with Image.open(io.BytesIO(redraw(out.getvalue(), "a").contents[0])) as drawn:
        assert drawn.getextrema() == (0, 255)


def test_a_picture_bomb_is_refused_before_it_unfolds() -> None:
    copy = strip(png_of(20_000, 20_000))
    assert copy.refused == (
        "Got a picture of 20,000 x 20,000 pixels, expected at most 100 million: no working copy; "
        "the sealed original stays."
    )
    assert (copy.content, copy.suffix, copy.text) == (b"", "", "")


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        redraw(b"\xff\xd8\xff and no more", "a")
    with pytest.raises(DocumentError, match="damaged"):
        redraw(planted.png()[:-600], "a")


def test_a_pdf_becomes_pictures_that_tell_nothing_of_machine_or_time(
    copies: dict[str, Stripped],
) -> None:
    copy = copies["pdf"]
    other = strip(pdf_of([text_stream("Shown in the copy")]))
    assert copy.content == other.content  # whatever stood behind the pages
    for word in (b"/Info", b"/ID", b"/Metadata", b"Date", b"/Font", b"/Annot", b"Producer"):
        assert word not in copy.content
    document = pypdfium2.PdfDocument(copy.content)
    assert document[0].get_textpage().get_text_range() == ""
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    drawn = document[0].render(scale=1).to_pil().convert("L")
    assert drawn.getextrema()[0] < 100  # there is ink
    assert "Shown in the copy" in copy.text
    assert any("Hidden dots" in note for note in copy.notes)


def test_pale_yellow_dots_become_white() -> None:
    """Dots as of a colour printer: on paper no darker than pure yellow."""
    dots = b"1 1 0 rg 100 100 2 2 re f 200 300 2 2 re f 0 0 0 rg 300 300 20 20 re f"
    content = draw(pdf_of([dots]), "a").contents[0]
    drawn = pypdfium2.PdfDocument(content)[0].render(scale=150 / 72).to_pil().convert("L")
    around = drawn.crop((150, 1400, 500, 1600))
    assert around.getextrema() == (255, 255)
    assert drawn.getextrema()[0] < 30


def test_a_page_of_absurd_size_stays_small() -> None:
    big = pdf_of([b""]).replace(b"[0 0 595 842]", b"[0 0 14400 14]")
    document = pypdfium2.PdfDocument(draw(big, "a").contents[0])
    assert max(document[0].get_size()) <= 3501 * 72 / 150


def test_a_locked_pdf_gives_no_copy() -> None:
    assert "damaged" in strip(b"%PDF-1.7 nothing").refused


def test_office_files_become_words_and_pictures(copies: dict[str, Stripped]) -> None:
    assert copies["docx"].content == b"Words that stay.\n"
    assert [one.suffix for one in copies["docx"].attached] == [".jpg"]
    assert copies["docx by hand"].content == b"Words that stay. New ones.\n"
    assert any("deletion" in note for note in copies["docx by hand"].notes)
    assert strip(odt_of("<text:p>Words.</text:p>")).content == b"Words.\n"


def test_spreadsheets_and_slides() -> None:
    sheet = zip_of({
        "[Content_Types].xml": TYPES, "docProps/core.xml": f"<a>{mark('author')}</a>",
        "xl/sharedStrings.xml": "<sst><si><t>Month</t></si><si><r><t>k</t></r><r><t>g</t></r></si>"
        "</sst>",
        "xl/worksheets/sheet10.xml": '<x><row><c t="inlineStr"><is><t>last</t></is></c></row></x>',
        "xl/worksheets/sheet2.xml": '<x><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
        f'</row><row hidden="1"><c><v>{mark("row")}</v></c></row><row><c><v>7</v></c>'
        '<c t="s"><v>99</v></c></row></sheetData></x>',
    })  # fmt: skip
    slides = zip_of({
        "[Content_Types].xml": TYPES, "ppt/notesSlides/n1.xml": f"<a>{mark('speaker')}</a>",
        "ppt/slides/slide1.xml": "<a><p><t>One</t></p><p><t>T</t><t>wo</t></p></a>",
    })  # fmt: skip
    assert strip(sheet).content == b"Month\tkg\n7\n\nlast\n"
    assert strip(slides).content == b"One\nTwo\n"


def test_a_mail_keeps_subject_and_words_and_its_files(copies: dict[str, Stripped]) -> None:
    copy = copies["mail"]
    assert copy.text == "What was seen\n\nWords that stay.\n\n\nWords of another.\n"
    photo, film, document = copy.attached
    assert (photo.suffix, document.suffix, document.attached[0].suffix) == (".jpg", ".txt", ".jpg")
    assert "no working copy; the sealed original stays" in film.refused
    assert "1 signature at the foot of a mail." in copy.removed
    assert "1 cryptographic signature or key." in copy.removed


def test_mails_within_mails_end() -> None:
    made = EmailMessage()
    made["From"] = "a@x.example"
    made.add_attachment(b"words", maintype="application", subtype="octet-stream")
    assert _strip(made.as_bytes(), DEPTH - 1).attached[0].text == "words\n"
    (copy,) = _strip(made.as_bytes(), DEPTH).attached
    assert copy.refused.startswith("Of a file nested more than 5 deep there is no working copy")


def test_plain_text_as_read_without_what_marks_a_copy() -> None:
    copy = strip("Two\u2009trains \u200bleft.  \r\nOne stayed.\t\n".encode())
    assert copy.content == b"Two trains left.\nOne stayed.\n"
    assert copy.notes == ("1 sign that cannot be seen taken out; such signs can hide text.",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\0\0\0\x18ftypheic\0", "Of a HEIC or AVIF picture there is no working copy"),
        (b"\0\0\0\x18ftypisom\0", "Of sound or film"),
        (zip_of({"a": "b"}), "an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office program"),
        (b"BEGIN:VCARD\nFN:x\nEND:VCARD\n", "card of a person"),
        (bytes(range(256)) * 9, "a file of this make"),
        (b"", "This file is empty"),
        (b" \n", "no text"),
    ],
)
def test_other_makes_give_no_copy_and_say_so(content: bytes, words: str) -> None:
    copy = strip(content)
    assert words in copy.refused
    assert copy.refused.endswith("no working copy; the sealed original stays.")
    assert copy.content == b""


def test_a_path_is_read_and_its_name_told_nowhere(tmp_path: Path) -> None:
    path = tmp_path / f"{mark('name')}.png"
    path.write_bytes(planted.png())
    assert strip(path).content == redraw(planted.png(), "x").contents[0]
    with pytest.raises(DocumentError, match="no such file"):
        strip(tmp_path / "missing")


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("name", ["jpeg", "png", "pdf"])
def test_another_tool_finds_no_metadata(
    name: str, copies: dict[str, Stripped], tmp_path: Path
) -> None:
    """ExifTool, https://exiftool.org: groups other than those of the bare file."""
    path = tmp_path / f"a{copies[name].suffix}"
    path.write_bytes(copies[name].content)
    told = subprocess.run(
        ["exiftool", "-G", "-j", str(path)], capture_output=True, check=True
    ).stdout  # fmt: skip
    groups = {key.split(":")[0] for key in json.loads(told)[0] if ":" in key}
    assert groups <= {"ExifTool", "File", "JFIF", "PNG", "PDF", "Composite"}


def test_form_fields_of_a_pdf_are_told() -> None:
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[9 9 90 90]>>"
    content = pdf_of([text_stream("x")], extra=[stream_of(b""), field], page=b"/Annots[11 0 R]")
    assert "1 annotation or form field." in draw(content, "a").told["removed"]
