"""Telephone numbers that their form alone does not tell from dates, sums and goods codes."""

import re
from collections.abc import Iterator
from typing import Final

from entrepot.evidence.leaks.patterns import Hit

_GROUPED: Final = re.compile(
    r"(?<![\w.,/+-])\(?\d{1,5}\)?(?:[\s.-]{1,2}\(?\d{2,5}\)?){2,5}(?![\w/]|[.,-]\d)"
)
_CALLED: Final = re.compile(
    r"\b(?:phone|tel(?:ephone)?|mobile|cell|call|fax|whats\s?app|viber|signal|sms|тел\w*|моб\w*|"
    r"звон\w*|дзвон\w*)[\s.:№#]*(?:(?:number|me|at|on|is|us|him|her|номер)\s*){0,3}[:\s]*"
    r"(\(?\d[\d\s().\-/]{4,20}\d)",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"(?:\d{1,2}[.\-/\s]\d{1,2}[.\-/\s]\d{2,4}|\d{4}[.\-/\s]\d{1,2}[.\-/\s]\d{1,2})$"
)
_DATED: Final = re.compile(
    r"(?<![\w.,/+-])(?:(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])|"
    r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
)
"""A whole day between other words: what stands beside it is no further group of its digits, as in
`2022-06-16 (15 CFR 746.8)`."""
_CITED: Final = re.compile(r"\d{3,6}\s\(\d{1,2}\.\d{1,2}\.\d{4}\)?")
"""A page of an official journal and its day, as acts are cited: `87 FR 13048 (08.03.2022)`."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_TRUNK_DIGITS: Final = 9
_SUBSCRIBER: Final = ((1, 3, 3, 4), (3, 3, 4), (3, 4, 4), (1, 2, 3, 4))
"""Sizes of groups as numbers of North America, China and of mobiles in Russia are written."""
FEWEST, MOST = 7, 15
"""Digits of a subscriber number at least, and of an international one at most (ITU-T E.164)."""


def phones(text: str) -> Iterator[Hit]:
    """Numbers that are dialled: after a word for calling, or grouped as people write them."""
    for one in _CALLED.finditer(text):
        if FEWEST - 2 <= _digits(one.group(1)) <= MOST:
            yield Hit("phone", one.start(), one.end(), "a telephone number")
    undated = _DATED.sub(lambda day: "x" * len(day.group()), text)
    for one in _GROUPED.finditer(undated):
        if _looks_dialled(one.group()):
            yield Hit("phone", one.start(), one.end(), "digits grouped as of a telephone number")


def _looks_dialled(found: str) -> bool:
    """Whether the groups are no day, no years, no number with thousands and no goods code."""
    if not FEWEST <= _digits(found) <= MOST or _DAY.match(found.strip("() ")):
        return False
    if _CITED.fullmatch(found):
        return False
    groups = re.findall(r"\d+", found)
    if all(_YEAR.fullmatch(one) for one in groups):
        return False
    if "-" in found or "(" in found or _is_grouped_as_dialled(groups):
        return True
    thousands = all(len(one) == 3 for one in groups[1:]) and len(groups[0]) <= 3
    goods = len(groups[0]) == 4 and all(len(one) == 2 for one in groups[1:])
    return not thousands and not goods and len(groups[-1]) == len(groups[-2]) == 2


def _is_grouped_as_dialled(groups: list[str]) -> bool:
    """Whether groups begin with the 0 of a trunk call, or have the four digits of a subscriber."""
    sizes = tuple(map(len, groups))
    if groups[0][0] == "0" and len(groups[0]) > 1 and sum(sizes) >= _TRUNK_DIGITS:
        return True
    return sizes in _SUBSCRIBER and not any(_YEAR.fullmatch(one) for one in groups)


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
