"""Codes of goods said as numbers: "HS 8542", "CN code 8807 30 00", "headings 8541 and 8542"."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from entrepot.codes.commodity import is_labelled
from entrepot.evidence.language.phrases import Lexicon
from entrepot.evidence.language.wordlists import rows, word_set

_BETWEEN: Final = re.compile(r"[\s:№#'\"“”«»()]{0,4}(?:(?:no|nos|number|of|ex)\b\.?\s{0,2})?")
_DIGITS: Final = re.compile(r"\d{2}(?:\d{2})?(?:[ .\u00a0]?\d{2}){0,3}(?![\d%]|[.,]\d)")
_THEN: Final = re.compile(
    r"\s{0,2}(?:,\s?(?:and|or|и|та)?|;|/|and|or|to|и|или|та|і|або|по|–|-)\s{0,2}(?:ex\s)?"
)
_SHORT: Final = re.compile(r"\d{4}")
_GOODS_CHAPTERS: Final = word_set("chapter")
"""Chapters that reports on restricted goods name; "chapter 3" is one of a book."""
_LONGEST_LIST: Final = 60


class CodeFound(NamedTuple):
    """Characters [start, end) with the announcing word at the first code; `digits` of the code."""

    start: int
    end: int
    digits: str


def codes_in(text: str) -> Iterator[CodeFound]:
    """Codes behind a word that announces them; of a list each code by itself.

    A number that is not in the HS is left out unless its heading is: then the heading's digits
    are taken ("heading 8542 10 firms").
    """
    reached = 0
    for hit in _lexicon().find(text):
        if hit.start < reached:
            continue
        start = hit.start
        at = _after(_BETWEEN, text, hit.end)
        for _ in range(_LONGEST_LIST):
            found = _code(text, at, hit.value)
            if found is None:
                break
            digits, end = found
            yield CodeFound(start, end, digits)
            reached = end
            link = _THEN.match(text, end)
            if link is None:
                break
            start = at = link.end()


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _code(text: str, at: int, strength: str) -> tuple[str, int] | None:
    match = _DIGITS.match(text, at)
    if match is None:
        return None
    digits = re.sub(r"\D", "", match.group())
    if len(digits) == 2:
        sure = strength == "sure" or (strength == "chapter" and digits in _GOODS_CHAPTERS)
        return (digits, match.end()) if sure and is_labelled(digits) else None
    if is_labelled(digits[:6]) and strength != "chapter":
        return digits, match.end()
    short = _SHORT.match(text, at)
    if short and strength != "chapter" and is_labelled(short.group()):
        return short.group(), short.end()
    return None


@cache
def _lexicon() -> Lexicon[str]:
    return Lexicon(
        (form, row["strength"])
        for row in rows("goods_code_words")
        for form in row["words"].split(";")
    )
