"""Lines of printed pages put together to paragraphs, words split at line ends made whole."""

import re
from collections.abc import Iterable
from typing import Final

_SHARE: Final = 0.75
"""A line shorter than this share of the page's long lines ends its paragraph."""

_SHORT: Final = 30
"""Where even the long lines of a page are shorter, each line stands for itself: a table, a list."""

_SPLIT: Final = re.compile(r"([^\W\d_]+)-$")
_NEXT: Final = re.compile(r"[^\W\d_]+")
_ITEM: Final = re.compile(r"(?:[•▪◦‣–—*·]|\(?[a-z0-9]{1,3}[.)])\s")
_MARKS: Final = ("\ufffe", "\x02", "\u00ad")
"""What pdfium (and some writers) put in place of a hyphen at a line's end."""

_UNBROKEN: Final = re.compile("([\ufffe\x02])(?!\n)")
"""Such a mark where the reader dropped the line's end after it."""

_KEPT: Final = frozenset((
    "anti", "cross", "dual", "first", "four", "half", "high", "large", "long", "low", "mid",
    "military", "non", "one", "second", "self", "short", "so", "state", "third", "three", "two",
    "vice", "well",
))  # fmt: skip
"""First halves of English words that take a hyphen and begin few words without."""

_KEPT_BEFORE: Final = {"re": "e", "co": "o", "pre": "e"}
"""Prefixes that take one before their own vowel: re-export but restricted, co-owner but country."""


def join_lines(pages: Iterable[str]) -> str:
    """The text of pages: paragraphs with an empty line between.

    A hyphen at a line's end is dropped where the whole word or no form of it stands elsewhere in
    the text, kept where the form with hyphen does, where its first half is one that takes a hyphen
    ("re-export"), or where what follows is no small letter.
    """
    listed = [_UNBROKEN.sub(r"\1\n", page.replace("\r\n", "\n")).split("\n") for page in pages]
    words = _Words("\n".join("\n".join(page) for page in listed))
    found = (paragraph for page in listed for paragraph in _paragraphs(page, words))
    return "\n\n".join(found)


class _Words:
    """All words of the text, to see how one split at a line's end is written elsewhere."""

    def __init__(self, text: str) -> None:
        self._known = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def joined(self, left: str, right: str) -> str:
        """`left` + `right` with or without hyphen."""
        if not right[:1].islower():
            return f"{left}-{right}"
        whole, dashed = f"{left}{right}".lower(), f"{left}-{right}".lower()
        if whole in self._known:
            return left + right
        is_kept = dashed in self._known or left.lower() in _KEPT or left.isupper()
        is_kept = is_kept or right[0] == _KEPT_BEFORE.get(left.lower())
        return f"{left}-{right}" if is_kept else left + right


def _paragraphs(lines: list[str], words: _Words) -> list[str]:
    lines = [line.rstrip() for line in lines]
    lengths = sorted(len(line) for line in lines if line)
    long = lengths[int(len(lengths) * 0.9)] if lengths else 0
    found: list[str] = []
    is_open = False
    for line in lines:
        line = line.strip()
        if not line:
            is_open = False
            continue
        if is_open and not _ITEM.match(line):
            found[-1] = _joined(found[-1], line, words)
        else:
            found.append(line)
        is_open = long >= _SHORT and len(line) >= _SHARE * long
        is_open = is_open or line.endswith(_MARKS)
    return [paragraph.rstrip("".join(_MARKS)) for paragraph in found]


def _joined(before: str, line: str, words: _Words) -> str:
    is_marked = before.endswith(_MARKS)
    if is_marked:
        before = before[:-1] + "-"
    left, right = _SPLIT.search(before), _NEXT.match(line)
    if left and right:
        return before[: left.start()] + words.joined(left[1], right[0]) + line[right.end() :]
    return before + line if before.endswith("-") else f"{before} {line}"
