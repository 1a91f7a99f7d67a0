"""Romanisation: any script to lower-case ASCII letters, digits and blanks.

ICU is used where it is installed (extra `parties`), anyascii elsewhere. Both follow published
tables; they differ in details that the spelling keys (`slavic`, `arabic`, `korean`) level out.
"""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

HAN = "HAN"
HANGUL = "HANGUL"
ARABIC = "ARABIC"
CYRILLIC = "CYRILLIC"
LATIN = "LATIN"
OTHER = "OTHER"

_BLOCKS = (
    (0x0000, 0x024F, LATIN),
    (0x1E00, 0x1EFF, LATIN),
    (0x0400, 0x052F, CYRILLIC),
    (0x0600, 0x077F, ARABIC),
    (0xFB50, 0xFEFC, ARABIC),
    (0x3400, 0x9FFF, HAN),
    (0xF900, 0xFAFF, HAN),
    (0x20000, 0x2FA1F, HAN),
    (0xAC00, 0xD7A3, HANGUL),
    (0x1100, 0x11FF, HANGUL),
)


@lru_cache(maxsize=8192)
def script(letter: str) -> str:
    """The script of one character, as far as this package treats scripts differently."""
    code = ord(letter)
    return next((name for low, high, name in _BLOCKS if low <= code <= high), OTHER)


@cache
def romaniser() -> Callable[[str], str]:
    """ICU's transliteration of any script to ASCII; anyascii where ICU is not installed."""
    try:
        from icu import Transliterator  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        from anyascii import anyascii

        return anyascii
    rule = Transliterator.createInstance("Any-Latin; Latin-ASCII")

    def romanise(text: str) -> str:
        return str(rule.transliterate(text))

    return romanise


def ascii_word(word: str) -> str:
    """One word in lower-case ASCII letters and digits; empty where nothing is left."""
    if not word.isascii():
        plain = unicodedata.normalize("NFD", word.casefold().translate(_EXTRA))
        bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
        word = bare if bare.isascii() else romaniser()(word)
    word = word.lower()
    if word.isascii() and word.isalnum():
        return word
    return "".join(letter for letter in word if letter.isascii() and letter.isalnum())


_EXTRA = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "e",
    }
)
