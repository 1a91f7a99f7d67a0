"""Lists the characters that the fonts inside Typst can draw.

    python tools/build_typst_letters.py

Typst draws a character that no font has as an empty box. The fonts lie as they are inside the
compiled module of the package `typst`; they are found there by their heads and read with fontTools,
which the product does not need. A test has the installed Typst draw all that is listed.
"""

import io
import json
import struct
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

import typst
from fontTools.ttLib import TTFont, TTLibError

OUT = Path(__file__).parent.parent / "src/entrepot/dossiers/data/pdf/letters.json"
HEADS: Final = (b"OTTO", b"\x00\x01\x00\x00")
"""First bytes of OpenType fonts (OpenType 1.9, Organization of an OpenType font)."""
FAMILIES: Final = ("Libertinus Serif", "NewComputerModern", "DejaVu Sans Mono")
"""By the first words of their names; fonts for formulas are left out."""
MATH: Final = "Math"


def main() -> None:
    """Write the list."""
    held: set[int] = set()
    names: set[str] = set()
    for font in fonts(Path(typst.__file__).parent):
        name = str(font["name"].getDebugName(1))
        if name.startswith(FAMILIES) and MATH not in name:
            names.add(name)
            held |= set(font.getBestCmap())
    ranges = list(spans(sorted(held)))
    about = {
        "title": "Characters that fonts inside Typst can draw",
        "source": f"package typst {version('typst')}: {', '.join(sorted(names))}",
        "licence": "facts; the fonts are not copied (OFL 1.1, GUST, Bitstream Vera)",
        "command": "python tools/build_typst_letters.py",
        "characters": len(held),
    }
    OUT.write_text(json.dumps({"about": about, "ranges": ranges}) + "\n", encoding="utf-8")
    sys.stdout.write(f"{OUT}: {len(held)} characters in {len(ranges)} ranges\n")


def fonts(folder: Path) -> Iterator[TTFont]:
    """Every font that lies in the compiled module."""
    for module in sorted(folder.glob("_typst.*")):
        raw = module.read_bytes()
        for head in HEADS:
            place = raw.find(head)
            while place >= 0:
                yield from _font(raw, place)
                place = raw.find(head, place + 4)


def _font(raw: bytes, place: int) -> Iterator[TTFont]:
    count = struct.unpack_from(">H", raw, place + 4)[0]
    if not 8 <= count <= 40:
        return
    records = [struct.unpack_from(">4sLLL", raw, place + 12 + 16 * one) for one in range(count)]
    if not any(tag == b"cmap" for tag, *_ in records):
        return
    end = max(start + length for _, _, start, length in records)
    try:
        font = TTFont(io.BytesIO(raw[place : place + end]))
        font.getBestCmap()
    except (TTLibError, AssertionError, KeyError, struct.error):
        return
    yield font


def spans(codes: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of codes, both ends included."""
    start = last = codes[0]
    for code in codes[1:]:
        if code != last + 1:
            yield start, last
            start = code
        last = code
    yield start, last


if __name__ == "__main__":
    main()
