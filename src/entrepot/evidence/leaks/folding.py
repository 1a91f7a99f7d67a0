"""A text as a searcher would read it: full-width digits, soft hyphens and look-alikes undone.

Each sign of the folded text knows where it stood, so that a finding can be shown in the original.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

_PLAIN: Final = {
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\u3000", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "№": "№",  # not "No", so that the patterns can tell it from a word
    "\u00ba": "°",  # the ordinal sign, typed for degrees; its compatibility form would be "o"
}
_LATIN: Final = "aceiopxyABCEHIKMOPSTXY"
_CYRILLIC: Final = "асеіорхуАВСЕНІКМОРЅТХУ"
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_MIXED: Final = re.compile(r"(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[А-яЁёІіЇїЄєЅ])[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; sign `i` stood from `starts[i]` to `ends[i]` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the original of a stretch of the folded text."""
        return self.starts[start], self.ends[end - 1] if end > start else self.starts[start]


def fold(text: str) -> Folded:
    """The text in compatibility form, without signs of no width, dashes and spaces made plain.

    Letters and the marks above them become one sign. A word of two alphabets is brought back to
    one where its letters look alike in both.
    """
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    while place < len(text):
        marks = takewhile(lambda sign: unicodedata.combining(sign), text[place + 1 :][:4])
        end = place + 1 + len(list(marks))
        plain = _folded(text[place:end])
        signs.append(plain)
        starts.extend([place] * len(plain))
        ends.extend([end] * len(plain))
        place = end
    folded = _MIXED.sub(lambda one: _one_alphabet(one.group()), "".join(signs))
    return Folded(folded, (*starts, len(text)), (*ends, len(text)))


def _folded(cluster: str) -> str:
    """A letter and its marks."""
    if cluster in _PLAIN:
        return _PLAIN[cluster]
    if len(cluster) == 1 and unicodedata.category(cluster) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", cluster)


def _one_alphabet(word: str) -> str:
    """A word of Latin and Cyrillic letters in one of the two, where that is possible."""
    for other, table in ((_CYRILLIC, _TO_LATIN), (_LATIN, _TO_CYRILLIC)):
        foreign = [sign for sign in word if (sign > "\u03ff") is (other is _CYRILLIC)]
        if all(sign in other for sign in foreign):
            return word.translate(table)
    return word
