"""Letters that the fonts inside Typst lack, in Latin letters and marked: never an empty box."""

import json
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Final

from anyascii import anyascii

OPEN: Final = "‹"
CLOSE: Final = "›"
NOTE: Final = (
    f"Words between {OPEN} and {CLOSE} are in Latin letters here, as this file has no letters for "
    "their script; dossier.json and the page have them as they are."
)


@cache
def _ranges() -> tuple[list[int], list[int]]:
    held = resources.files("entrepot.dossiers") / "data" / "pdf" / "letters.json"
    ranges = json.loads(held.read_text(encoding="utf-8"))["ranges"]
    return [one[0] for one in ranges], [one[1] for one in ranges]


def is_drawn(char: str) -> bool:
    """Whether a font has the character, or it is white space, or is not drawn by itself."""
    starts, ends = _ranges()
    place = bisect_right(starts, ord(char)) - 1
    return char in "\n\t" or (place >= 0 and ord(char) <= ends[place])


def drawable(text: str) -> str:
    """The text with each run of letters that no font has as `‹Latin letters›`.

    The Latin letters are those of anyascii, one way among several to write a name: it helps to read
    it aloud and is no translation. A character without any is named by its number, `‹U+1F6E9›`.
    """
    if text.isascii() or all(map(is_drawn, text)):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        "".join(run) if held else _latin("".join(run)) for held, run in groupby(composed, is_drawn)
    )


def drawable_svg(svg: str) -> str:
    """The same for the words of a drawing; its tags and entities are ASCII and stay."""
    if svg.isascii():
        return svg
    return "".join(
        "".join(run) if plain else drawable("".join(run))
        for plain, run in groupby(svg, str.isascii)
    )


def _latin(run: str) -> str:
    visible = [one for one in run if unicodedata.category(one) not in ("Cf", "Mn", "Me")]
    if not visible:
        return ""
    said = anyascii(run).strip()
    return f"{OPEN}{said or ' '.join(f'U+{ord(one):04X}' for one in visible)}{CLOSE}"
