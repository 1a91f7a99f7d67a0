"""DOCX and ODT: the text after all changes; bombs, macros and entities."""

import io
import struct
import zipfile

import docx
import pytest
from tests.evidence.documents.making import (
    RELS,
    TYPES,
    W,
    docx_of,
    odt_of,
    paragraph,
    zip_of,
)

from entrepot.errors import DocumentError
from entrepot.evidence.documents.limits import ZIP_MEMBERS, ZIP_UNPACKED_BYTES
from entrepot.evidence.documents.office import read_office
from entrepot.evidence.documents.packed import Packed
from entrepot.evidence.documents.read import report_of


def test_a_document_as_an_office_library_writes_it() -> None:
    made = docx.Document()
    made.add_heading("Daily bulletin, 20 August 2022", level=0)
    made.add_paragraph("Two trains ").add_run("left.").bold = True
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "July", "12 kg"
    made.add_paragraph("Last.")
    made.sections[0].header.paragraphs[0].text = "Restricted"
    out = io.BytesIO()
    made.save(out)
    report = report_of(out.getvalue(), "a.txt")
    assert report.text == (
        "Daily bulletin, 20 August 2022\n\nTwo trains left.\n\nJuly\t12 kg\n\nLast."
    )
    assert report.title == "Daily bulletin, 20 August 2022"
    assert str(report.reported_on) == "2022-08-20"
    assert report.notes == ("Headers and footers of the pages left out.",)


def test_changes_comments_and_hidden_text() -> None:
    body = (
        "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t> shown</w:t></w:r>'
        "<w:r><w:instrText>FIELD</w:instrText><w:tab/><w:t>end</w:t></w:r></w:p>"
    )
    comments = f'<w:comments xmlns:w="{W}"><w:comment>{paragraph("psst")}</w:comment></w:comments>'
    found = read_office(docx_of(body, {"word/comments.xml": comments}), "a")
    assert found.text == "kept new shown\tend"
    assert found.notes == (
        "2 tracked deletions left out.", "1 hidden piece of text left out.", "1 comment left out.",
    )  # fmt: skip


def test_footnotes_come_last_and_text_boxes_once() -> None:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{space}"><mc:Choice><w:txbxContent>'
        f"{paragraph('box')}</w:txbxContent></mc:Choice><mc:Fallback>{paragraph('box')}"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>"
    )
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator">{paragraph("---")}'
        f"</w:footnote><w:footnote>{paragraph('Note 1')}</w:footnote></w:footnotes>"
    )
    assert read_office(docx_of(box, {"word/footnotes.xml": notes}), "a").text == (
        "box\n\naround\n\nNote 1"
    )


def test_macros_objects_and_links_are_never_followed() -> None:
    rels = RELS.replace("word/document.xml", "http://127.0.0.1:9/t.dotm").replace(
        "/officeDocument", "/attachedTemplate"
    ).replace("Target=", 'TargetMode="External" Target=')  # fmt: skip
    held = {
        "word/vbaProject.bin": b"x", "word/embeddings/o.bin": b"x",
        "word/_rels/document.xml.rels": rels,
    }  # fmt: skip
    found = read_office(docx_of(paragraph("Text"), held), "a")
    assert found.text == "Text"
    assert found.notes == (
        "The file holds macros; none was run.",
        "Objects embedded in the file were not opened.",
        "The file names 1 part that lies elsewhere; it was not fetched.",
    )


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body>'
    "</w:document>"
)


def test_entities_are_refused() -> None:
    with pytest.raises(DocumentError, match="entities of its own") as caught:
        read_office(_docx(ENTITIES), "a")
    assert caught.value.locator == "a, word/document.xml"


def _docx(document: str) -> bytes:
    return zip_of(
        {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document}
    )


@pytest.mark.parametrize("document", ["<w:p", "", "\0", "<a>" * 3000])
def test_broken_xml_is_refused(document: str) -> None:
    with pytest.raises(DocumentError, match="no valid XML"):
        read_office(_docx(document), "a")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(DocumentError, match="more than 200 times its size"):
        report_of(docx_of(paragraph("x"), {"word/media/z": bytes(20_000_000)}), "a")


LINE = b"".join(b"%d;" % (number * 7919 % 10_007) for number in range(200_000))
"""Text that packs as text does, not as a bomb does."""


def _listed(data: bytes, crc: int, times: int, step: int) -> bytes:
    """An archive whose table lists the packed `LINE` several times, `step` bytes apart."""
    facts = struct.pack("<HHHHIII", 20, 0, 8, 0, crc, len(data), len(LINE))
    facts = facts[:6] + b"\0\0\x21\0" + facts[8:]
    out = [
        b"PK\3\4" + facts + struct.pack("<HH", 4, 0) + b"%04d" % number + data
        for number in range(times if step else 1)
    ]
    start = sum(map(len, out))
    table = [
        b"PK\1\2" + struct.pack("<H", 20) + facts
        + struct.pack("<HHHHHII", 4, 0, 0, 0, 0, 0, number * step) + b"%04d" % number
        for number in range(times)
    ]  # fmt: skip
    size = sum(map(len, table))
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, times, times, size, start, 0)
    return b"".join([*out, *table, end])


def _packed_line() -> tuple[bytes, int]:
    once = zip_of({"0": LINE})
    with zipfile.ZipFile(io.BytesIO(once)) as made:
        one = made.infolist()[0]
    return once[31 : 31 + one.compress_size], one.CRC


def test_a_bomb_of_many_honest_parts_and_one_of_overlapping_ones() -> None:
    """The second as in https://www.bamsoftware.com/hacks/zipbomb/: one stretch, many names."""
    data, crc = _packed_line()
    parts = ZIP_UNPACKED_BYTES // len(LINE) + 1
    with pytest.raises(DocumentError, match="unfolds to more than 200 MB"):
        Packed(_listed(data, crc, parts, 34 + len(data)), "a")
    assert Packed(_listed(data, crc, 2, 34 + len(data)), "a").part("0001") == LINE
    with pytest.raises(DocumentError, match="overlap"):
        Packed(_listed(data, crc, parts // 2, 0), "a")


def test_a_table_that_lies_about_sizes() -> None:
    """The table says 10 bytes, the part unfolds to 30 million."""
    honest = zip_of({"a": bytes(30_000_000)})
    lying = honest.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 10))
    with pytest.raises(DocumentError, match=r"damaged|unfolds"):
        Packed(lying, "a").part("a")


def test_too_many_members() -> None:
    members = {str(number): b"" for number in range(ZIP_MEMBERS + 1)}
    with pytest.raises(DocumentError, match="5,001 members, expected at most 5,000"):
        Packed(zip_of(members), "a")


def test_two_parts_of_one_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a", b"2")
    with pytest.raises(DocumentError, match="same name"):
        Packed(out.getvalue(), "a")


def test_a_locked_archive() -> None:
    content = bytearray(docx_of(paragraph("x")))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = content.find(mark)
        content[start + at] |= 1
    with pytest.raises(DocumentError, match="locked with a password"):
        report_of(bytes(content), "a")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zip_of({"a.txt": "x"}), "an archive"),
        (
            zip_of({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}),
            "a spreadsheet or slides",
        ),
        (zip_of({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<x/>"}), "slides"),
        (zip_of({"[Content_Types].xml": TYPES, "word/other.xml": "<x/>"}), "main part is missing"),
        (docx_of(paragraph("x"))[:200], "damaged"),
        (docx_of("<w:p/>"), "no text"),
    ],
)
def test_other_archives_are_refused(content: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        report_of(content, "a.docx")


def test_an_open_document() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:h>Bulletin, 26 August 2022</text:h>"
        '<text:p>A<text:s text:c="2"/>b <text:span>c</text:span>d<text:tab/>e'
        "<office:annotation><text:p>psst</text:p></office:annotation> f<text:line-break/>g</text:p>"
        '<text:section text:display="none"><text:p>unseen</text:p></text:section>'
        "<table:table><table:table-row><table:table-cell><text:p>July</text:p></table:table-cell>"
        "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    found = read_office(odt_of(body, {"Basic/script.xml": "<x/>"}), "a")
    assert found.text == "Bulletin, 26 August 2022\n\nA  b cd\te f\ng\n\nJuly\t12"
    assert found.title == "Bulletin, 26 August 2022"
    assert found.notes == (
        "1 comment left out.", "1 hidden piece left out.", "1 tracked deletion left out.",
        "The file holds macros; none was run.",
    )  # fmt: skip


def test_an_open_document_cannot_ask_for_a_billion_spaces() -> None:
    found = read_office(odt_of('<text:p>a<text:s text:c="999999999"/>b</text:p>'), "a")
    assert len(found.text) == 1002
