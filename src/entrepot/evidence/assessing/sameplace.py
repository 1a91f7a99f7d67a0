"""Whether two texts name the same place, or the same kind of thing, in the plainest way."""

import re
import unicodedata
from typing import Final

from entrepot.codes import country
from entrepot.errors import CodeError

LEAST_SIGNS: Final = 4
"""Words of fewer signs tell nothing apart."""


def same_place(one: str, other: str) -> bool:
    """The same country, or the same words; a place within another is not known here."""
    mine, theirs = _country(one), _country(other)
    if mine and theirs:
        return mine == theirs
    return _key(one) == _key(other)


def same_thing(one: str, other: str) -> bool:
    """Whether the noun of one text stands in the other: "200 soldiers" and "Russian soldier".

    A word beside it is not enough: "military trucks" are no "military aircraft".
    """
    return bool({_noun(one)} & _words(other) or {_noun(other)} & _words(one))


def _noun(text: str) -> str:
    """The word that says what it is: the last one, or the last before "of", "with", "from"."""
    words = _key(re.split(r"\s(?:of|with|from|in|at|on|for)\s", text, maxsplit=1)[0]).split()
    return _single(words[-1]) if words else ""


def _country(text: str) -> str:
    try:
        return country.parse(text)
    except CodeError:
        return ""


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", plain))


def _words(text: str) -> set[str]:
    return {
        _single(word) for word in _key(text).split() if len(word) >= LEAST_SIGNS or word.isalpha()
    }


def _single(word: str) -> str:
    if word.endswith("ies") and len(word) > LEAST_SIGNS:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > LEAST_SIGNS - 1 else word
