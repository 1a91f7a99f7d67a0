"""Numbers taken out of the text they are written in: labels, spaces and a second number go."""

import re
from typing import Final

from entrepot.parties.checkdigits import CHECKS

_LENGTHS: Final = {"IMO": (7,), "MMSI": (9,), "INN": (10, 12), "OGRN": (13, 15), "UNP": (9,),
                   "BIN": (12,)}  # fmt: skip
_GENERAL: Final = ("TAX", "REGISTRATION", "ID")
_LABEL: Final = re.compile(
    r"(?:IMO|MMSI|INN|OGRN|OGRNIP|UNP|BIN|IIN|TIN|TAX|REG|LEI|NUMBER|NO|NR|ID)+(?=[0-9])"
)
_WITH_KPP: Final = re.compile(r"\D*([0-9]{10})\s*[/\\]\s*[0-9]{9}\D*")
"""A Russian taxpayer number and the code of the reason for registration behind it."""


def dressed_off(kind: str, text: str) -> str:
    """The number of this kind in the text: its ASCII letters and digits, in capitals.

    `IMO No. 9074729` and `9074729 IMO` are 9074729; `7707083893/770701001` is the INN 7707083893.
    Of several groups of digits the first with a right length and check digit counts, else the first
    with a right length. Where no group has one, the whole text stays.
    """
    plain = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    if kind in _LENGTHS:
        return _group(kind, plain, text)
    if kind == "LEI":
        return plain.removeprefix("LEI") if len(plain) == 23 else plain
    if kind not in _GENERAL:
        return plain
    pair = _WITH_KPP.fullmatch(text)
    if pair and CHECKS["INN"](pair[1]):
        return pair[1]
    bare = _LABEL.sub("", plain, count=1) if _LABEL.match(plain) else plain
    return bare if bare.isdecimal() or CHECKS["LEI"](bare) else plain


def _group(kind: str, plain: str, text: str) -> str:
    joined = "".join(sign for sign in plain if sign.isdecimal())
    groups = [joined, *re.findall("[0-9]+", text)]
    sized = [one for one in groups if len(one) in _LENGTHS[kind]]
    return next(filter(CHECKS[kind], sized), sized[0] if sized else plain)
