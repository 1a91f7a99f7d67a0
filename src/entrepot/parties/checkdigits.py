"""Check digits of identifiers, each after its issuer's rule.

Every check takes a number without dress (no label, spaces or hyphens, capital letters) and says
whether it can be what it is called. Digits that are all the same are a filler and never right.
"""

from collections.abc import Callable, Sequence
from typing import Final

_INN: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))


def filler(value: str) -> bool:
    """Whether a number is one digit repeated, such as `0000000`: no number at all."""
    return value.isdecimal() and len(set(value)) == 1


def imo(value: str) -> bool:
    """IMO number of seven digits, of a ship (A.1117(30)) or of a company or owner (A.1160(32))."""
    digits = _digits(value, 7)
    if not digits:
        return False
    ship = _sum(digits[:6], range(7, 1, -1)) % 10
    owner = (11 - _sum(digits[:6], (8, 6, 4, 2, 9, 7)) % 11) % 10
    return digits[6] in (ship, owner)


def mmsi(value: str) -> bool:
    """Maritime mobile identity of a ship (ITU-R M.585): nine digits, the first from 2 to 7."""
    return bool(_digits(value, 9)) and value[0] in "234567"


def inn(value: str) -> bool:
    """Russian taxpayer number (order MMV-7-6/435 of 29 June 2012): 10 or 12 digits."""
    digits = _digits(value, 10, 12)
    if len(digits) == 10:
        return _rest(digits, _INN) == digits[9]
    return (
        bool(digits)
        and _rest(digits, (7, *_INN)) == digits[10]
        and _rest(digits, (3, 7, *_INN)) == digits[11]
    )


def ogrn(value: str) -> bool:
    """Russian state registration number (order 165n): 13 digits, or 15 of an entrepreneur."""
    digits = _digits(value, 13, 15)
    if not digits or digits[0] == 0:
        return False
    return int(value[:-1]) % (len(value) - 2) % 10 == digits[-1]


def unp(value: str) -> bool:
    """Belarusian payer number of an organisation: nine digits (Ministry of Taxes and Duties)."""
    digits = _digits(value, 9)
    return bool(digits) and _sum(digits[:8], (29, 23, 19, 17, 13, 7, 5, 3)) % 11 == digits[8]


def bin_iin(value: str) -> bool:
    """Kazakh business or individual number (law of 2007): 12 digits."""
    digits = _digits(value, 12)
    if not digits:
        return False
    rest = _sum(digits[:11], range(1, 12)) % 11
    if rest == 10:
        rest = _sum(digits[:11], (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == digits[11]


def lei(value: str) -> bool:
    """Legal entity identifier (ISO 17442): 20 signs, two digits last, modulo 97 of ISO 7064."""
    if len(value) != 20 or not _plain(value) or not value[18:].isdecimal():
        return False
    return not filler(value) and int("".join(str(int(sign, 36)) for sign in value)) % 97 == 1


def bic(value: str) -> bool:
    """Business identifier code (ISO 9362), form only: 8 or 11 signs, the first six letters."""
    return len(value) in (8, 11) and _plain(value) and value[:6].isalpha()


def credit_code(value: str) -> bool:
    """Chinese unified social credit code (GB 32100-2015): 18 signs."""
    if len(value) != 18 or filler(value) or any(sign not in _CREDIT_SIGNS for sign in value):
        return False
    values = [_CREDIT_SIGNS.index(sign) for sign in value]
    return (31 - _sum(values[:17], _CREDIT_WEIGHTS) % 31) % 31 == values[17]


CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "IMO": imo, "MMSI": mmsi, "INN": inn, "OGRN": ogrn, "UNP": unp, "BIN": bin_iin, "LEI": lei,
    "BIC": bic,
}  # fmt: skip
"""The check of each kind of identifier that has one."""


def _digits(value: str, *lengths: int) -> list[int]:
    right = value.isascii() and value.isdecimal() and len(value) in lengths and not filler(value)
    return [int(sign) for sign in value] if right else []


def _sum(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))


def _rest(digits: Sequence[int], weights: Sequence[int]) -> int:
    return _sum(digits[: len(weights)], weights) % 11 % 10


def _plain(value: str) -> bool:
    return value.isascii() and value.isalnum() and value == value.upper()
