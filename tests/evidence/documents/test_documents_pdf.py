"""PDF: text by page, pages without text named, hostile files refused."""

from datetime import date

import pytest
from tests.evidence.documents.making import (
    PICTURE_STREAM,
    PIXEL,
    pdf_of,
    stream_of,
    text_stream,
)

from entrepot.errors import DocumentError
from entrepot.evidence.documents.limits import PDF_PAGES
from entrepot.evidence.documents.lines import join_lines
from entrepot.evidence.documents.pdf import read_pdf
from entrepot.evidence.documents.read import report_of

DIGEST = text_stream(
    "Press release, 26 August 2022",
    "",
    "The customs service said that twelve consignments of semi-",
    "conductors had been re-exported through a free zone in the hub.",
)


def test_paragraphs_are_put_together_and_the_day_is_read() -> None:
    report = report_of(pdf_of([DIGEST, text_stream("Page two.")]), "a")
    assert report.text == (
        "Press release, 26 August 2022\n\nThe customs service said that twelve consignments of "
        "semiconductors had been re-exported through a free zone in the hub.\n\nPage two."
    )
    assert report.reported_on == date(2022, 8, 26)


def test_a_page_that_is_a_picture_is_named() -> None:
    found = read_pdf(pdf_of([DIGEST, PICTURE_STREAM, b""], extra=[PIXEL]), "a")
    assert found.notes == ("Page 2 holds no text, only a picture.", "Page 3 holds no text.")


def test_a_scan_is_refused_with_a_hint() -> None:
    with pytest.raises(DocumentError, match="no text, only pictures") as caught:
        read_pdf(pdf_of([PICTURE_STREAM, PICTURE_STREAM], extra=[PIXEL]), "a")
    assert "OCR" in caught.value.hint


def test_text_that_is_not_drawn_is_told() -> None:
    mixed = text_stream("shown") + b"\n" + text_stream("", "hidden words", mode=3)
    found = read_pdf(pdf_of([DIGEST, mixed]), "a")
    assert found.text.endswith("hidden words")
    assert found.notes == (
        "Text behind page 2 is not drawn on it; compare the words with the page.",
    )


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(DocumentError, match="got a PDF of 501 pages, expected 1 to 500"):
        read_pdf(pdf_of([b""] * (PDF_PAGES + 1)), "a")


def test_a_locked_pdf_is_told_apart_from_a_broken_one() -> None:
    lock = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"41" * 32 + b">/U<"
        + b"42" * 32 + b">>>/ID[<00><00>]"
    )  # fmt: skip
    with pytest.raises(DocumentError, match="locked with a password"):
        read_pdf(pdf_of([DIGEST], trailer=lock), "a")
    with pytest.raises(DocumentError, match="damaged"):
        read_pdf(b"%PDF-1.7 and then nothing", "a")


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_cut_pdf_is_read_or_refused_in_words(keep: float) -> None:
    whole = pdf_of([DIGEST] * 3)
    try:
        told = report_of(whole[: int(len(whole) * keep)], "a").text
    except DocumentError as refused:
        told = refused.hint
    assert told


def test_hostile_structures_end() -> None:
    """Pages that are their own parent, a stream that names itself, counts beyond all sense."""
    loops = pdf_of([DIGEST]).replace(b"/Kids[100 0 R]", b"/Kids[2 0 R]   ")
    form = stream_of(b"/Im Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                                b"/Resources<</XObject<</Im 10 0 R>>>>")  # fmt: skip
    huge = pdf_of([DIGEST]).replace(b"/Count 1/", b"/Count 2147483647/")
    for hostile in (loops, pdf_of([b"/Im Do"] * 2, extra=[form])):
        with pytest.raises(DocumentError):
            report_of(hostile, "a")
    assert "twelve" in report_of(huge, "a").text


def test_scripts_and_actions_are_not_run() -> None:
    action = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    assert "twelve" in read_pdf(pdf_of([DIGEST], catalog=action), "a").text


LONG = "x" * 60


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([f"{LONG} trans-", "port of goods"], "transport of goods"),
        ([f"{LONG} re-", "export of goods"], "re-export of goods"),
        ([f"{LONG} re-", "striction of goods"], "restriction of goods"),
        ([f"{LONG} dual-", "use goods"], "dual-use goods"),
        ([f"{LONG} EU-", "based firm"], "EU-based firm"),
        ([f"{LONG} anti-", "Russian words"], "anti-Russian words"),
        ([f"{LONG} Il-", "76 aircraft"], "Il-76 aircraft"),
        ([f"{LONG} long-", "term, and longterm"], "longterm, and longterm"),
        ([f"{LONG} data-", "base; a data-base"], "data-base; a data-base"),
        ([f"{LONG} semi\ufffe", "conductors"], "semiconductors"),
        ([f"{LONG} semi\ufffeconductors"], "semiconductors"),
    ],
)
def test_words_split_at_line_ends(lines: list[str], joined: str) -> None:
    assert join_lines(["\r\n".join(lines)]) == f"{LONG} {joined}"


def test_short_lines_and_items_stand_for_themselves() -> None:
    page = f"Heading\n{LONG}\nend of it.\n1. item\n- a\n{LONG}\n• {LONG}\nJuly 12\nAugust 14"
    assert join_lines([page]).split("\n\n") == [
        "Heading", f"{LONG} end of it.", "1. item", "- a", LONG, f"• {LONG} July 12", "August 14",
    ]  # fmt: skip
    assert join_lines(["July 12\nAugust 14"]) == "July 12\n\nAugust 14"
