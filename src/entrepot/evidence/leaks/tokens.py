"""Numbers that no pattern knows and that are no quantity, year, law or goods code: to be looked at.

No list of papers, plates and devices is whole. A token of letters and digits, or of many digits,
is often the number of one thing, and few people have seen it.
"""

import re
from collections.abc import Iterator
from typing import Final

from entrepot.evidence.leaks.patterns import Hit

_TOKEN: Final = re.compile(r"(?<![\w.,/-])#?(?=[\w/-]*\d)\w[\w/-]{2,39}(?![\w])")
_KNOWN: Final = re.compile(
    r"(?:19|20)\d\d(?:[-/](?:(?:19|20)?\d\d|\d{1,4}))?|\d{1,4}/(?:19|20)\d\d|"  # years, laws
    r"\d{4}-\d\d-\d\d|\d\d[-/]\d\d[-/]\d{4}|"  # days
    r"\d{1,5}(?:st|nd|rd|th|s|bn|mn|m|k|kg|km|t|mm|cm|ft|v|w|hz|-[a-zа-я]{1,4})|"  # measures
    r"\d{1,5}-\d{1,5}|[a-zа-я]{2,}-\d{1,3}\w?|\d[a-e]\d{3}",  # ranges, types of aircraft, ECCN
    re.IGNORECASE,
)
_CODED: Final = re.compile(
    r"(?:\b(?:HS|CN|TARIC|TN VED|ТН ВЭД|УКТЗЕД|headings?|codes?|items?|IMO|ISO|GOST|ГОСТ|CAS|EUR|"
    r"USD|[Kk]од\w*|[Rr]esolution|[Rr]egulation|[Dd]irective|[Dd]ecision|[Aa]rticle|§)\W{0,3}"
    r"(?:No\W{1,2})?|[€$£])$"
)
_FEWEST: Final = 3


def tokens(text: str) -> Iterator[Hit]:
    """Tokens of a folded text that may be the number of a thing, a paper or an account."""
    for one in _TOKEN.finditer(text):
        digits = sum(sign.isdigit() for sign in one.group())
        is_mixed = digits < len(one.group()) and digits >= _FEWEST
        before = text[max(0, one.start() - 20) : one.start()]
        if (is_mixed or digits > 2 * _FEWEST) and not (
            _KNOWN.fullmatch(one.group()) or _CODED.search(before)
        ):
            yield Hit("identifier", one.start(), one.end(), "may be the number of one thing")
