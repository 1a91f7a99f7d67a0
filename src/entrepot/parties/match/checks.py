"""Check digits of identifiers, each after its issuer's rule."""

from collections.abc import Callable, Sequence


def _digits(value: str) -> list[int]:
    return [int(letter) for letter in value if letter.isdecimal()]


def imo(value: str) -> bool:
    """IMO ship number (resolution A.1117(30)) or company number (A.1160(32)): seven digits."""
    digits = _digits(value)
    if len(digits) != 7 or not any(digits):
        return False
    ship = sum(digit * (7 - place) for place, digit in enumerate(digits[:6])) % 10 == digits[6]
    owner = sum(map(int.__mul__, digits, (8, 6, 4, 2, 9, 7)))
    return ship or (11 - owner % 11) % 10 == digits[6]


def mmsi(value: str) -> bool:
    """Maritime mobile identity of a ship (ITU-R M.585): nine digits, the first from 2 to 7."""
    return len(value) == 9 and value.isdecimal() and value[0] in "234567"


def inn(value: str) -> bool:
    """Russian taxpayer number (order of the tax service of 29 June 2012): 10 or 12 digits."""
    digits = _digits(value)
    if len(digits) != len(value) or len(digits) not in (10, 12):
        return False
    last = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    if len(digits) == 10:
        return _inn_digit(digits, last) == digits[9]
    return (
        _inn_digit(digits, (7, *last)) == digits[10]
        and _inn_digit(digits, (3, 7, *last)) == digits[11]
    )


def _inn_digit(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(map(int.__mul__, digits, weights)) % 11 % 10


def ogrn(value: str) -> bool:
    """Russian state registration number (order of 2013): 13 digits, or 15 of an entrepreneur."""
    if not value.isdecimal() or len(value) not in (13, 15):
        return False
    return int(value[:-1]) % (len(value) - 2) % 10 == int(value[-1])


def unp(value: str) -> bool:
    """Belarusian payer number of an organisation: nine digits (Ministry of Taxes and Duties)."""
    digits = _digits(value)
    if len(digits) != 9 or len(value) != 9:
        return False
    rest = sum(map(int.__mul__, digits, (29, 23, 19, 17, 13, 7, 5, 3))) % 11
    return rest == digits[8]


def bin_iin(value: str) -> bool:
    """Kazakh business or individual number (law of 2007): 12 digits."""
    digits = _digits(value)
    if len(digits) != 12 or len(value) != 12:
        return False
    rest = sum(map(int.__mul__, digits, range(1, 12))) % 11
    if rest == 10:
        rest = sum(map(int.__mul__, digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))) % 11
    return rest == digits[11]


def lei(value: str) -> bool:
    """Legal entity identifier (ISO 17442): 20 characters, modulo 97 of ISO 7064."""
    if len(value) != 20 or not value.isascii() or not value.isalnum():
        return False
    return int("".join(str(int(letter, 36)) for letter in value)) % 97 == 1


def bic(value: str) -> bool:
    """Business identifier code (ISO 9362): 8 or 11 characters, a country in the fifth and sixth."""
    return len(value) in (8, 11) and value.isascii() and value.isalnum() and value[:6].isalpha()


CHECKS: dict[str, Callable[[str], bool]] = {
    "IMO": imo,
    "MMSI": mmsi,
    "INN": inn,
    "OGRN": ogrn,
    "UNP": unp,
    "BIN": bin_iin,
    "LEI": lei,
    "BIC": bic,
}
