"""A text as a searcher would read it: full-width digits, soft hyphens and look-alikes undone.

Each sign of the folded text knows where it stood, so that a finding can be shown in the original.
"""

import unicodedata
from dataclasses import dataclass

_SPACES = {"\u00a0", "\u2007", "\u2009", "\u202f", "\u2002", "\u2003", "\u3000"}
_DASHES = {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"}


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; `places[i]` is where its sign `i` stood, with one end mark more."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the original of a stretch of the folded text."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


def fold(text: str) -> Folded:
    """The text in compatibility form, without signs of no width, dashes and spaces made plain."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in _SPACES:
            plain = " "
        elif sign in _DASHES:
            plain = "-"
        elif unicodedata.category(sign) == "Cf":
            continue
        else:
            plain = unicodedata.normalize("NFKC", sign)
        signs.append(plain)
        places.extend([place] * len(plain))
    return Folded("".join(signs), (*places, len(text)))
