"""Which of the three languages a stretch of text is written in, by its letters."""

import re
from typing import Final

_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_UKRAINIAN: Final = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN: Final = re.compile(r"[ыэъёЫЭЪЁ]")


def language_of(text: str, otherwise: str = "en") -> str:
    """`en`, `ru` or `uk`; text without letters, or Cyrillic without a telling letter, `otherwise`.

    Latin text of any language counts as English: a word list of another language would be needed.
    """
    cyrillic = len(_CYRILLIC.findall(text))
    latin = len(_LATIN.findall(text))
    if not cyrillic and not latin:
        return otherwise
    if latin >= cyrillic:
        return "en"
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    if ukrainian == russian:
        return otherwise if otherwise in ("ru", "uk") else "ru"
    return "uk" if ukrainian > russian else "ru"
