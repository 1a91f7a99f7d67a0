"""Words, figures and signs of a text, with their places: what all finders here walk over."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[0-9]+(?:[.,][0-9]+)*|\S")
"""A word, a figure with its points and commas, or one other sign. No part can match the same
characters in two ways, so the time is linear in the text."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, figure or sign: characters [`start`, `end`) of the text.

    `low`: lower case with straight apostrophes. `kind`: w (word), n (figure), s (sign).
    """

    start: int
    end: int
    text: str
    low: str
    kind: str


_NONE: Final = Token(-1, -1, "", "", "")


class Tokens:
    """The tokens of one text. An index before the first or after the last gives an empty token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items = [_token(found) for found in _TOKEN.finditer(text)]
        self._count = len(self.items)
        self.lows = tuple(one.low for one in self.items)
        """Every token in lower case."""
        self.memory: dict[tuple[str, int], Any] = {}
        """What a reader found at a token, for readers that others ask again and again."""

    def __len__(self) -> int:
        return len(self.items)

    def at(self, index: int) -> Token:
        """The token at `index`; outside the text an empty one."""
        return self.items[index] if 0 <= index < self._count else _NONE

    def low(self, index: int) -> str:
        """The token in lower case; outside the text empty."""
        return self.lows[index] if 0 <= index < self._count else ""

    def is_word(self, index: int) -> bool:
        """Whether a word stands there."""
        return self.at(index).kind == "w"

    def is_figure(self, index: int) -> bool:
        """Whether a figure stands there."""
        return self.at(index).kind == "n"

    def is_glued(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return 0 < index < len(self.items) and self.items[index].start == self.items[index - 1].end

    def gap(self, index: int) -> str:
        """What stands between this token and the one before it."""
        if not 0 < index < len(self.items):
            return ""
        return self.text[self.items[index - 1].end : self.items[index].start]

    def is_broken(self, index: int) -> bool:
        """Whether a blank line, or a gap no phrase spans, stands before this token."""
        gap = self.gap(index)
        return gap.count("\n") > 1 or len(gap) > 40 or "\f" in gap


@lru_cache(maxsize=4)
def tokens_of(text: str) -> Tokens:
    """The tokens of `text`; those of the texts asked for last are kept, for finders in a row."""
    return Tokens(text)


def _token(found: re.Match[str]) -> Token:
    text = found.group()
    first = text[0]
    kind = "n" if first in "0123456789" else "w" if first.isalpha() else "s"
    return Token(found.start(), found.end(), text, _low(text), kind)


def _low(text: str) -> str:
    return text.lower().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
