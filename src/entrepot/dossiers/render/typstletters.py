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
    """Whether a font has the character, or it ends a line or a column."""
    if char in "\n\t":
        return True
    starts, ends = _ranges()
    place = bisect_right(starts, ord(char)) - 1
    return place >= 0 and ord(char) <= ends[place]


def drawable(text: str, lacking: frozenset[str] = frozenset()) -> str:
    """The text with each run of letters that no font has as `‹Latin letters›`.

    The Latin letters are those of anyascii, one way among several to write a name: it helps to read
    it aloud and is no translation. A character without any is named by its number, `‹U+1F6E9›`.

    Args:
        text: ASCII in it always stays.
        lacking: signs that are written otherwise as well, though a font has each of them.
    """
    if text.isascii():
        return text
    for one in sorted(lacking, key=lambda sign: (-len(sign), sign)):
        if not one.isascii():
            text = text.replace(one, _latin(one))
    return "".join(
        "".join(run) if held else _latin("".join(run)) for held, run in groupby(text, is_drawn)
    )


def _latin(run: str) -> str:
    """In Latin letters, or as numbers; nothing for marks and joiners, which have no sound."""
    if all(unicodedata.category(one) in ("Cf", "Mn", "Me") for one in run):
        return ""
    said = anyascii(run).strip()
    return f"{OPEN}{said or ' '.join(f'U+{ord(one):04X}' for one in run)}{CLOSE}"
