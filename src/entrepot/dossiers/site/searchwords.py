"""Words of a text as the search finds them: folded, without accents, in Latin letters too.

`templates/site.search.js` folds what is typed in the same way; a test holds the two together.
"""

import re
import unicodedata
from typing import Final

from anyascii import anyascii

STOPPED: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "this",
        "to",
        "was",
        "were",
        "which",
        "will",
        "with",
    ]
)
"""Words that stand in every English sentence; an index of them would find everything."""

LONGEST: Final = 24
"""Letters of a word that are kept; what is longer is found by its beginning."""

_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"(?<=\d)[.,  ](?=\d)")
_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def words(text: str) -> list[str]:
    """Words in order; one in other letters also as spelled in Latin ones."""
    found: list[str] = []
    for word in _WORD.findall(fold(_JOINED.sub("", text))):
        found += _wide(word) if _WIDE.search(word) else [word[:LONGEST]]
        if not word.isascii():
            found += [one[:LONGEST] for one in _WORD.findall(fold(anyascii(word)))]
    return [one for one in found if one not in STOPPED]


def _wide(word: str) -> list[str]:
    """Scripts without blanks between words: every pair of signs is a word."""
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


def shard(word: str) -> str:
    """Name of the file that holds a word: its first two signs, others than a-z0-9 as numbers."""
    return "".join(one if one.isascii() and one.isalnum() else f"-{ord(one):x}" for one in word[:2])
