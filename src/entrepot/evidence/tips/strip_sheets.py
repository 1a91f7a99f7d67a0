"""The words of an office file: text, spreadsheet or slides. Runs in the confined child."""

import re
from typing import Final

from lxml import etree

from entrepot.evidence.documents.confined import Answer
from entrepot.evidence.documents.found import Found
from entrepot.evidence.documents.office import PPTX, XLSX, office_of, read_office
from entrepot.evidence.documents.packed import Packed
from entrepot.evidence.tips.strip_limits import FILES

_SHEET: Final = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_SLIDE: Final = re.compile(r"ppt/slides/slide(\d+)\.xml")
_PICTURE: Final = re.compile(r"(?:media|Pictures)/[^/]+\.(?:jpe?g|png|gif|tiff?|bmp|webp)$", re.I)
_HIDDEN_ROW: Final = ("1", "true")


def write_out(content: bytes, name: str) -> Answer:
    """The words as text: paragraphs, rows of cells with tabs, slides one after another.

    The pictures in it are handed back beside the words. Of a spreadsheet the values as they are
    stored: a day may be a number.

    Raises:
        DocumentError: another archive; damaged, locked, or made to do harm.
    """
    packed = Packed(content, name)
    what = office_of(packed)
    if what == XLSX:
        found = _sheets(packed)
    elif what == PPTX:
        found = _slides(packed)
    else:
        found = read_office(content, name)
    return Answer({"text": found.text, "notes": list(found.notes)}, _pictures(packed))


def _pictures(packed: Packed) -> tuple[bytes, ...]:
    """Pictures in the file, as they lie there; the caller draws them anew."""
    members = [name for name in packed.members if _PICTURE.search(name)]
    return tuple(packed.part(member) for member in members[:FILES])


def _numbered(packed: Packed, pattern: re.Pattern[str]) -> list[str]:
    found = [(int(one[1]), one[0]) for one in map(pattern.fullmatch, packed.members) if one]
    return [member for _, member in sorted(found)]


def _sheets(packed: Packed) -> Found:
    shared: list[str] = []
    if "xl/sharedStrings.xml" in packed:
        root = packed.tree("xl/sharedStrings.xml")
        shared = [_words(item) for item in root if _local(item) == "si"]
    sheets = []
    for member in _numbered(packed, _SHEET):
        rows = (one for one in packed.tree(member).iter() if _local(one) == "row")
        told = (_row(one, shared) for one in rows if one.get("hidden") not in _HIDDEN_ROW)
        sheets.append("\n".join(line for line in told if line))
    text = "\n\n".join(filter(None, sheets))
    return Found(text, notes=("Days in a spreadsheet may stand as numbers; hidden rows left out.",))


def _row(row: etree._Element, shared: list[str]) -> str:
    cells = []
    for cell in row:
        value = next((_words(one) for one in cell if _local(one) in ("v", "is")), "")
        if cell.get("t") == "s":
            place = int(value) if value.isdecimal() else len(shared)
            value = shared[place] if place < len(shared) else ""
        cells.append(" ".join(value.split()))
    return "\t".join(cells).rstrip("\t")


def _slides(packed: Packed) -> Found:
    slides = []
    for member in _numbered(packed, _SLIDE):
        paragraphs = (one for one in packed.tree(member).iter() if _local(one) == "p")
        slides.append("\n".join(filter(None, map(_words, paragraphs))))
    return Found("\n\n".join(slides), notes=("Speaker's notes of the slides left out.",))


def _words(node: etree._Element) -> str:
    """Text of the `t` and `v` elements at or below an element; sounds of Asian signs left out."""
    if _local(node) in ("t", "v"):
        return node.text or ""
    return "".join(
        one.text or ""
        for one in node.iter()
        if _local(one) == "t" and _local(one.getparent()) != "rPh"
    )


def _local(node: etree._Element | None) -> str:
    return node.tag.rsplit("}", 1)[-1] if node is not None and isinstance(node.tag, str) else ""
