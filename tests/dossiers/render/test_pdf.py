"""The PDF of a dossier: complete, to the letter, the same bytes everywhere."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from tests.dossiers.dossier_world import CHART, FIGURES, FIRM, large, small
from tests.dossiers.render.render_world import stone

from entrepot.dossiers.dossier.canonical import dossier_id
from entrepot.dossiers.dossier.dossier import Dossier, Version
from entrepot.dossiers.dossier.section import Sentence, Table
from entrepot.dossiers.render.drawing import draw
from entrepot.dossiers.render.pdf import compiled, dossier_pdf
from entrepot.dossiers.render.typstletters import drawable, is_drawn
from entrepot.dossiers.render.typstmarks import ROWS
from entrepot.errors import DossierError

HOSTILE = (
    "#set page(fill: red) $x^2$ @ref \\ [b] `raw` *bold* _it_ <lab> ~ // c /* d */ \"q\" 's' "
    '-- --- ... #panic("x") {{y}} %'
)
SCRIPT = """
import sys
from entrepot.dossiers.render.pdf import dossier_pdf
from tests.dossiers.dossier_world import CHART, small
sys.stdout.buffer.write(dossier_pdf(small(), {CHART.chart_id: sys.stdin.buffer.read().decode()}))
"""


def drawn(dossier: Dossier) -> bytes:
    return dossier_pdf(
        dossier, {one.chart_id: draw(one) for part in dossier.sections for one in part.charts}
    )


def read(content: bytes) -> list[str]:
    """The text of each page, with single blanks."""
    with pdfium.PdfDocument(content) as document:
        pages = [
            document[place].get_textpage().get_text_bounded() for place in range(len(document))
        ]
    return [" ".join(one.split()) for one in pages]


def saying(text: str) -> Dossier:
    held = small()
    return replace(held, summary=(Sentence(text, "claim", ("cit_report000001",)),))


@pytest.fixture(scope="module")
def made() -> bytes:
    return drawn(small())


def test_all_that_counts_stands_in_it(made: bytes) -> None:
    pages = read(made)
    text, held = " ".join(pages), small()
    for one in (*(s.text for s in held.sentences()), *(f.text for f in held.findings)):
        assert one in text
    for one in (held.question, held.parties[0].reply, FIGURES, CHART.title, CHART.alt, FIRM,
                "Eurostat (made up)", "13 January 2023, 10:00 UTC", "Article 1sa(1), Annex XVII",
                "SELECT period, value_eur FROM flows", "2022-06 – [1]", "12 2022-01 410000",
                "2022-01 410,000", "unlikely (20 to 45 %)", "Version 1, not published",
                ):  # fmt: skip
        assert one in text, one
    for place, page in enumerate(pages, start=1):
        assert f"Draft {place} of {len(pages)}" in page
        assert "DRAFT" in page
        assert place == 1 or page.startswith(f"DRAFT {held.title} {dossier_id(held)}")
    assert "300,000" in text or "400,000" in text  # words of the chart are text


def test_a_published_one_has_no_watermark_and_says_who_reviewed() -> None:
    held = replace(small(is_reviewed=True), state="published", published_on="2022-10-01")
    text = " ".join(read(drawn(held)))
    assert "DRAFT" not in text
    assert "Published 1 October 2022" in text
    assert "kk, 20 September 2022, 09:00 UTC: approved exactly this content." in text
    assert "WITHDRAWN" in " ".join(read(drawn(replace(held, state="withdrawn"))))


def test_a_withdrawn_one_is_printed_as_reason_and_versions_alone() -> None:
    text = " ".join(read(drawn(stone())))
    assert "It no longer stands. Do not rely on it. The report was taken back" in text
    assert "Withdrawn on 2 November 2022" in text
    assert "Version 1, 1 October 2022, dos_0123456789ab." in text
    for one in ("As of", "All rows", "Belarus passed", "Destination", "Summary", "Sources"):
        assert one not in text


def test_corrections_are_told() -> None:
    versions = (Version(1, "dos_0001", "2022-10-01", ()),
                Version(2, "", "2022-10-05", ("The figure for May was changed.",)))  # fmt: skip
    text = " ".join(read(drawn(replace(small(), versions=versions))))
    assert "Version 1, 1 October 2022, dos_0001." in text
    assert "Version 2, 5 October 2022. The figure for May was changed." in text


def test_titles_bookmarks_tags_and_no_day(made: bytes) -> None:
    with pdfium.PdfDocument(made) as document:
        told = document.get_metadata_dict()
        marks = [one.get_title() for one in document.get_toc()]
        assert raw.FPDFCatalog_IsTagged(document)
        width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)  # ISO 216 A4 in points
    assert told["Title"] == small().title
    assert not told["CreationDate"]
    assert not told["ModDate"]
    assert marks[:4] == ["Summary", "What was said, and what records hold", "Claim 1: partly",
                         "Claim 2: supported"]  # fmt: skip
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"CreateDate" not in made
    assert re.search(rb"/Lang ?\(en", made)


def test_what_was_written_comes_out_to_the_letter() -> None:
    held = saying(HOSTILE)
    first = replace(held.findings[0], text=HOSTILE)
    table = Table("tab", HOSTILE, (HOSTILE,), ((HOSTILE,),), ((),))
    section = replace(held.sections[1], heading=HOSTILE, tables=(table,))
    cited = replace(held.citations[0], query=HOSTILE, what=HOSTILE, rows=({HOSTILE: HOSTILE},))
    text = " ".join(read(drawn(replace(
        held, title=HOSTILE, question=HOSTILE, findings=(first,), sections=(section,),
        citations=(cited, *held.citations[1:]),
    ))))  # fmt: skip
    assert text.count(HOSTILE) == 12


def test_scripts_with_letters_stay_and_others_are_named_in_latin_letters() -> None:
    text = " ".join(read(drawn(saying("ООО «Авиа» Ελληνική ₽ € ≥ Հայ x 漢字 🛩 भारत end"))))
    assert "ООО «Авиа» Ελληνική ₽ € ≥ Հայ x ‹HanZi› ‹:airplane_small:› ‹bhart› end" in text
    assert "Words between ‹ and › are in Latin letters here" in text
    assert "in Latin letters here" not in " ".join(read(drawn(small())))


def test_letters_of_the_list_are_drawn_by_the_typst_that_is_installed() -> None:
    # Under PDF/UA a letter that no font has is an error; so the list is true, and so is its edge.
    listed = " ".join(
        chr(code) for code in range(0x20, 0x1FFFF)
        if is_drawn(chr(code)) and unicodedata.category(chr(code))[0] not in "MC"
    )  # fmt: skip
    assert len(listed) > 2 * 4000
    compiled(TEMPLATE, json.dumps(listed))
    with pytest.raises(DossierError, match="error of the PDF template"):
        compiled(TEMPLATE, json.dumps("漢"))


TEMPLATE = (
    b'#set document(title: "t", date: none)\n'
    b'#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))\n'
    b"#json(bytes(sys.inputs.dossier))"
)


def test_a_mark_on_a_letter_of_another_font_does_not_stop_the_document() -> None:
    # U+05C7, a point of Hebrew, stands on a Latin letter and on an Arabic one.
    text = " ".join(read(drawn(saying("x\u05c7y and \u0634\u05c7 and שׇ end"))))
    assert "xy and" in text.replace("\u05c7", "")
    assert "end" in text


def test_letters_that_none_has_are_numbered() -> None:
    assert drawable("a\U000f0000b") == "a‹U+F0000›b"
    assert drawable("plain") == "plain"
    assert drawable("e\u0301") == "e\u0301"


def test_rows_of_a_source_are_cut_and_counted() -> None:
    held = small()
    rows = tuple({"row": number, "period": f"p{number}"} for number in range(ROWS + 7))
    text = " ".join(read(drawn(
        replace(held, citations=(replace(held.citations[0], rows=rows), *held.citations[1:]))
    )))  # fmt: skip
    assert f"p{ROWS - 1} and 7 more rows, in dossier.json" in text
    assert f"p{ROWS} " not in text


def test_a_long_table_repeats_its_head_and_keeps_every_row() -> None:
    rows = tuple((f"month {number}", float(number), None) for number in range(90))
    table = Table("tab", "Made up", ("month", "heading of figures", "c"), rows,
                  (("cit_figures00001",),) * 90)  # fmt: skip
    held = small()
    pages = read(drawn(replace(held, sections=(replace(held.sections[0], tables=(table,)),))))
    assert sum("heading of figures" in page for page in pages) >= 2
    text = " ".join(pages)
    assert all(f"month {number} {number} – [1]" in text for number in range(90))


def test_faults_are_one_sentence() -> None:
    held = small()
    with pytest.raises(DossierError, match="no drawing of chart cha_exports"):
        dossier_pdf(held, {})
    ragged = replace(held.sections[0].tables[0], rows=(("a",),))
    with pytest.raises(DossierError, match="tab_exports: got a row of another length"):
        drawn(replace(held, sections=(replace(held.sections[0], tables=(ragged,)),)))
    with pytest.raises(DossierError, match="error of the PDF template") as caught:
        dossier_pdf(held, {CHART.chart_id: "no drawing at all"})
    assert "\n" not in str(caught.value)
    with pytest.raises(DossierError, match="unknown variable: nothing"):
        compiled(b"#nothing", "{}")


def test_place_zone_language_and_clock_change_nothing(made: bytes, tmp_path: Path) -> None:
    elsewhere: dict[str, str] = {
        **os.environ, "TZ": "Pacific/Apia", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8",
        "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1000000000", "PYTHONHASHSEED": "7",
        "TYPST_FONT_PATHS": "/usr/share/fonts", "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=elsewhere,
        cwd=tmp_path,
        capture_output=True,
        check=True,
        input=draw(CHART).encode(),
    )
    assert there.stdout == made


def test_a_large_one_is_whole() -> None:
    held = large(40, 3)
    text = " ".join(read(drawn(held)))
    assert all(f"Claim {number}:" in text for number in range(1, 41))
    assert "Sentence 39 of a made-up case." in text
