"""One key for the spellings of an Arabic or Persian name: its consonants.

Arabic script leaves short vowels out, and Latin spellings disagree on the rest: Muhammad, Mohamed,
Mehmet's cousins; q, k and g; dh, z and d; sh and the French ch. The key is the string of consonants
with those classes made one, a mark for a first vowel (or ع, ا), and no article. The key loses
much: Hasan and Husayn share it. It is evidence to weigh, never a match by itself.
"""

import re
from functools import lru_cache

_LETTERS = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "چ": "S", "ح": "h", "خ": "X", "د": "d",
    "ذ": "z", "ر": "r", "ز": "z", "ژ": "z", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t",
    "ظ": "z", "غ": "k", "ف": "f", "ق": "k", "ك": "k", "ک": "k", "گ": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "ڤ": "w", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ھ": "h", "ہ": "h",
}  # fmt: skip
_FIRST = {"ا": "a", "أ": "a", "إ": "a", "آ": "a", "ع": "a", "و": "w", "ي": "y", "ی": "y", "ئ": "a"}
_SOUNDS = {
    "tch": "S", "sch": "S", "sh": "S", "ch": "S", "kh": "X", "gh": "k", "th": "t", "dh": "z",
    "zh": "z", "dj": "j", "ph": "f", "ck": "k", "q": "k", "c": "k", "g": "k", "x": "ks", "p": "b",
    "v": "w",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLE = re.compile(r"(.)\1+")
_WEAK = re.compile(r"[aeiouyw]+")
_HARD_J = re.compile("j")

ARTICLES = frozenset(
    ["al", "el", "ul", "ol", "as", "ad", "ar", "an", "at", "az", "ash", "edh", "eddin", "l", "il"]
)
"""The Arabic article and its forms before sun letters, where they stand as a word of their own."""

_SERVANT = re.compile(r"^abd(?:u|e|a|i|o)?(?:l|r|s|n|d|z|sh|t)?(?=.{3,})")


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The key of a lower-case ASCII word; empty where it has no letters."""
    sound = _SOUND.sub(lambda found: _SOUNDS[found.group()], word)
    head = "a" if sound[:1] in "aeiou" else sound[:1] if sound[:1] in "wy" else ""
    bare = _WEAK.sub(" ", sound[1:] if head in ("w", "y") else sound)
    kept = _DOUBLE.sub(r"\1", bare.replace(" ", "")) if bare else ""
    return head + (kept[:-1] if kept.endswith("h") and len(kept) > 1 else kept)


@lru_cache(maxsize=16384)
def native_consonants(word: str) -> str:
    """The same key from a word in Arabic script; its article ال must be off already."""
    head = _FIRST.get(word[:1], "")
    kept = "".join(_LETTERS.get(letter, "") for letter in word)
    kept = _DOUBLE.sub(r"\1", kept)
    return head + (kept[:-1] if kept.endswith("h") and len(kept) > 1 else kept)


def split_servant(word: str) -> tuple[str, ...]:
    """Abdulrahman -> abd, rahman; other words unchanged. Both spellings then compare alike."""
    if not word.startswith("abd") or len(word) < 8:
        return (word,)
    rest = _SERVANT.sub("", word)
    return ("abd", rest) if 3 <= len(rest) < len(word) - 2 else (word,)


SERVANTS = frozenset(["abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdu", "abdur"])
"""Spellings of عبد as a word of its own; all read as `abd`."""


def bare_native(word: str) -> tuple[str, ...]:
    """A word in Arabic script without its article: الرحمن -> رحمن; عبدالله -> عبد, الله."""
    if word.startswith("عبدال") and len(word) > 6:
        return ("عبد", word[5:])
    for article in ("وال", "ال"):
        if word.startswith(article) and len(word) > len(article) + 1:
            return (word[len(article) :],)
    return (word,)
