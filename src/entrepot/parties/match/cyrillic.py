"""Cyrillic letters to ASCII, as passports and newspapers write them.

One table for Russian, Ukrainian, Belarusian and Kazakh after BGN/PCGN, without its apostrophes.
Where the languages differ (г is g or h, и is i or y) the Russian reading is taken; `slavic` levels
the difference out for every spelling alike.
"""

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
    "һ": "h", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k",
    "ѕ": "dz", "ҷ": "j", "ҳ": "h", "ӣ": "i", "ӯ": "u",
}  # fmt: skip
"""BGN/PCGN romanisation of Russian (1947), Ukrainian (2019), Belarusian (1979), Kazakh (1979)."""

_TABLE = str.maketrans(_LETTERS)


def from_cyrillic(word: str) -> str:
    """A Cyrillic word in lower-case ASCII; letters of other scripts pass unchanged."""
    return word.lower().translate(_TABLE)
