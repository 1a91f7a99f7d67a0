"""Makes the two fonts that drawn text is measured with; they are never seen.

    python tools/build_measure_font.py

A drawing of a chart depends on how wide its words are, so on the fonts of the machine. These fonts
have a name of their own and a width for every character of Unicode, and rectangles for letters:
where they measure, no other font is asked, and the drawing is the same everywhere.

Widths of ASCII and of Latin letters with marks are those of Helvetica, one of the 14 standard
fonts of PDF (ISO 32000-1, 9.6.2.2), as pdfium reports them for its stand-in of it; browsers draw
`sans-serif` about as wide. Others have the width of their class, by the Unicode database of the
Python that ran this: marks none, wide East Asian characters one em, letters as below.

The tool needs fontTools, which the product does not.
"""

import ctypes
import json
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pypdfium2.raw as pdfium
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

OUT = Path(__file__).parent.parent / "src/entrepot/dossiers/data/measure"
FAMILY = "Entrepot Measure"
EM = 1000
ASCENT, DESCENT = 905, 212
"""Thousandths of an em, those of Liberation Sans and Arial (table hhea of either)."""
CLASSES: Final = {
    "Lu": 700, "Ll": 556, "Lt": 700, "Lm": 400, "Lo": 560, "Nd": 556, "Nl": 600, "No": 500,
    "Zs": 278, "Mn": 0, "Me": 0, "Mc": 300, "Cf": 0, "Cc": 0, "Pd": 556, "Sm": 584,
}  # fmt: skip
"""Widths by general category, about those of sans-serif fonts; chosen here."""
OTHER = 600
BASE: Final = {"\u2212": 584, "\u20ac": 556, "\u00a0": 278, "\u202f": 200, "\u2009": 200}
"""Characters that pdfium's stand-in lacks or reports otherwise than Helvetica has them."""
ABOUT = {
    "title": "Fonts that drawn text is measured with, never seen",
    "source": "widths of Helvetica as pdfium reports them (facts); all else made by the tool",
    "licence": "Apache-2.0, as the program",
    "command": "python tools/build_measure_font.py",
    "limits": "rectangles for letters; no kerning; one width for a class of characters",
}


def main() -> None:
    """Write both weights and, beside them, what they are."""
    OUT.mkdir(exist_ok=True)
    made = {}
    for style, weight, standard in (("Regular", 400, "Helvetica"), ("Bold", 700, "Helvetica-Bold")):
        path = OUT / f"EntrepotMeasure-{style}.ttf"
        build(style, weight, widths(standard), path)
        made[path.name] = sha256(path.read_bytes()).hexdigest()
    about = {**ABOUT, "unicode": unicodedata.unidata_version, "sha256": made}
    (OUT / "measure.about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{OUT}: {made}\n")


def widths(standard: str) -> dict[str, int]:
    """Widths of ASCII in a standard font."""
    document = pdfium.FPDF_CreateNewDocument()
    font = pdfium.FPDFText_LoadStandardFont(document, standard.encode())
    told = {}
    for code in range(32, 127):
        width = ctypes.c_float()
        pdfium.FPDFFont_GetGlyphWidth(font, code, float(EM), width)
        told[chr(code)] = round(width.value)
    return told | BASE


def width(char: str, base: dict[str, int]) -> int:
    """Width of a character: its own, that of its base letter, or that of its class."""
    if char in base:
        return base[char]
    if unicodedata.east_asian_width(char) in "WF":
        return EM
    category = unicodedata.category(char)
    plain = unicodedata.normalize("NFD", char)[0]
    if plain in base and category.startswith("L"):
        return base[plain]
    return CLASSES.get(category, OTHER)


def build(style: str, weight: int, base: dict[str, int], path: Path) -> None:
    """One font file."""
    of_char = {
        code: width(chr(code), base)
        for code in range(0x20, 0x110000)
        if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) != "Cs"
    }
    sizes = sorted(set(of_char.values()))
    names = [".notdef", *(f"w{size}" for size in sizes)]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({0x20: f"w{of_char[0x20]}"})
    builder.setupGlyf({name: _box(_size(name)) for name in names})
    builder.setupHorizontalMetrics({name: (_size(name), 0) for name in names})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    full = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    builder.setupNameTable({
        "familyName": FAMILY, "styleName": style, "fullName": full,
        "psName": path.stem, "uniqueFontIdentifier": f"{path.stem} 1", "version": "Version 1.000",
    })  # fmt: skip
    # fsSelection: bit 6 regular, bit 5 bold.
    builder.setupOS2(
        usWeightClass=weight, fsSelection=0x40 if style == "Regular" else 0x20,
        sTypoAscender=ASCENT, sTypoDescender=-DESCENT, usWinAscent=ASCENT, usWinDescent=DESCENT,
    )  # fmt: skip
    builder.setupPost(keepGlyphNames=False)
    font = builder.font
    font["head"].macStyle = 0 if style == "Regular" else 1
    # A day of its own would make two builds differ.
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    font["cmap"].tables = [_many_to_one({code: f"w{size}" for code, size in of_char.items()})]
    font.save(path)


def _size(name: str) -> int:
    return 600 if name == ".notdef" else int(name[1:])


def _box(size: int) -> Any:
    pen = TTGlyphPen(None)
    if size:
        pen.moveTo((20, 0))
        for corner in ((20, 700), (size - 20, 700), (size - 20, 0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _many_to_one(mapping: dict[int, str]) -> Any:
    """Format 13: ranges of characters that share one glyph."""
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = mapping
    return table


if __name__ == "__main__":
    main()
