"""A text cut into words that can be looked up, each with its place in the text.

A word's key is in lower case, without accents on Latin letters, without the full stops of "U.S.";
its text keeps the case, because "US" and "us" differ.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from entrepot.evidence.language.wordlists import word_set


class Word(NamedTuple):
    """Characters [start, end) of the text, as printed without full stops, and as looked up.

    `is_joined`: only a blank, a line end, a hyphen, an apostrophe, an ampersand, a full stop
    without a blank, or a quotation mark beside a blank stands between it and the word before.
    """

    start: int
    end: int
    text: str
    key: str
    is_joined: bool


_WORD: Final = re.compile(
    r"(?<![^\W_])(?:[A-Z]\.){2,}(?![a-z])|[^\W_][^\W_\u0300-\u036f]*[\u0300-\u036f]?"
    r"(?:[^\W_]|[\u0300-\u036f])*"
)
_BLANK: Final = "[ \t\u00a0\u2009\u202f]"
_JOINT: Final = re.compile(
    rf"{_BLANK}{{1,20}}|{_BLANK}*\r?\n{_BLANK}{{0,20}}|[-\u2010\u2011\u2013]\n?|['\u2019\u02bc]"
    rf"|{_BLANK}[\"“«„]|[\"”»]{_BLANK}|{_BLANK}?&{_BLANK}?|\."
)
_LONGEST_JOINT: Final = 24
_SHORTENED: Final = word_set("shortened")
"""Words that a full stop shortens: a blank behind it joins, as in "St. Petersburg"."""
_YO: Final = str.maketrans({"ё": "е", "ґ": "г"})


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """The form under which a word is looked up."""
    if word.isascii():
        return word.replace(".", "").lower()
    if any("\u0400" <= sign <= "\u04ff" for sign in word):
        return unicodedata.normalize("NFC", word).casefold().translate(_YO)
    plain = unicodedata.normalize("NFKD", word.replace("ı", "i"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


@lru_cache(maxsize=8)
def words_of(text: str) -> tuple[Word, ...]:
    """All words of the text in order, in time linear in its length."""
    found: list[Word] = []
    last = 0
    plain = text.replace("\u02bc", "'")
    for match in _WORD.finditer(plain):
        start, end = match.span()
        printed = match.group()
        gap = end > last and start - last <= _LONGEST_JOINT
        joined = bool(found) and gap and _is_joint(plain, last, start, found[-1].key)
        found.append(Word(start, end, printed.replace(".", ""), key_of(printed), joined))
        last = end
    return tuple(found)


def _is_joint(text: str, start: int, end: int, before: str) -> bool:
    if end - start == 1 and text[start] in " -":  # the usual case, told fast
        return True
    if text[start:end] == ". ":
        return before in _SHORTENED
    return _JOINT.fullmatch(text, start, end) is not None
