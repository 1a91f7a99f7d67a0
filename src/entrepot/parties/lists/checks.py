"""Which numbers can be what they are called.

A number that fails the check of its kind is kept under a general name (`taxNumber`,
`registrationNumber`) and never under the exact one, for an exact number decides matches. The rules:
IMO: 7 digits, weights 7 to 2 (resolution A.1117(30)). INN and OGRN: check digits of the Russian tax
service (orders MMV-7-6/435 and 165n). LEI: ISO 17442, modulo 97. BIC: ISO 9362, form only. Unified
social credit code: GB 32100-2015. MMSI: ITU-R M.585, form only.
"""

import re
from collections.abc import Sequence
from typing import Final

CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
INN_10: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11: Final = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def imo(text: str) -> str:
    """`IMO1234567` where seven digits with a right check digit stand in the text; else empty."""
    match = re.search(r"(?<!\d)(\d{7})(?!\d)", text)
    if match is None:
        return ""
    digits = [int(sign) for sign in match[1]]
    total = sum(digit * weight for digit, weight in zip(digits[:6], range(7, 1, -1), strict=True))
    return f"IMO{match[1]}" if total % 10 == digits[6] else ""


def inn(text: str) -> str:
    """A Russian taxpayer number of 10 or 12 digits; else empty."""
    if not re.fullmatch(r"\d{10}|\d{12}", text):
        return ""
    if len(text) == 10:
        return text if _digit(text, INN_10) == int(text[9]) else ""
    right = _digit(text, INN_11) == int(text[10]) and _digit(text, INN_12) == int(text[11])
    return text if right else ""


def ogrn(text: str) -> str:
    """A Russian state registration number of 13 or 15 digits; else empty.

    A number of 15 digits whose remainder by 13 is 11 or 12 is right too, but FollowTheMoney does
    not take it: it stays under the general name.
    """
    if not re.fullmatch(r"[1-9](?:\d{12}|\d{14})", text):
        return ""
    rest = int(text[:-1]) % (len(text) - 2)
    return text if rest <= 10 and rest % 10 == int(text[-1]) else ""


def lei(text: str) -> str:
    """A legal entity identifier of 20 signs; else empty."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{18}\d{2}", plain):
        return ""
    return plain if int("".join(str(int(sign, 36)) for sign in plain)) % 97 == 1 else ""


def bic(text: str) -> str:
    """A bank identifier of 8 or 11 signs; else empty."""
    plain = re.sub(r"\s", "", text).upper()
    return plain if re.fullmatch(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", plain) else ""


def credit_code(text: str) -> str:
    """A Chinese unified social credit code of 18 signs; else empty."""
    plain = re.sub(r"\s", "", text).upper()
    if len(plain) != 18 or any(sign not in CREDIT_SIGNS for sign in plain):
        return ""
    values = [CREDIT_SIGNS.index(sign) for sign in plain]
    total = sum(value * weight for value, weight in zip(values, CREDIT_WEIGHTS, strict=False))
    return plain if (31 - total % 31) % 31 == values[17] else ""


def mmsi(text: str) -> str:
    """A maritime mobile identity of 9 digits; else empty."""
    plain = re.sub(r"\D", "", text)
    return plain if len(plain) == 9 else ""


def tail(text: str) -> str:
    """An aircraft registration by its form (`EP-GOL`, `RA-76001`, `N1234A`, `5N-ABC`); else empty.

    At most 3 signs of nationality, then 2 to 6 signs; a word of letters alone needs its hyphen.
    """
    plain = text.strip().upper()
    if re.fullmatch(r"[A-Z0-9]{1,3}-[A-Z0-9]{2,6}", plain):
        return plain
    return plain if re.fullmatch(r"N[1-9]\d{0,4}[A-Z]{0,2}|[A-Z]{2}\d{3,5}", plain) else ""


def _digit(text: str, weights: Sequence[int]) -> int:
    total = sum(int(sign) * weight for sign, weight in zip(text, weights, strict=False))
    return total % 11 % 10
