"""Numbers as lists print them: taken out of their text, and kept only if they can be right.

A number that fails the check of its kind (see `parties.checkdigits`) is kept under a general name
(`taxNumber`, `registrationNumber`) and never under the exact one, for an exact number decides
matches. Every function gives the number without its dress, or an empty text.
"""

import re
from typing import Final

from entrepot.parties import checkdigits

LARGEST_REST: Final = 10
"""FollowTheMoney does not take a number of 15 digits whose remainder by 13 is 11 or 12."""


def imo(text: str) -> str:
    """`IMO1234567` where seven digits with a right check digit stand in the text."""
    match = re.search(r"(?<!\d)(\d{7})(?!\d)", text)
    return f"IMO{match[1]}" if match and checkdigits.imo(match[1]) else ""


def inn(text: str) -> str:
    """A Russian taxpayer number of 10 or 12 digits."""
    return text if checkdigits.inn(text) else ""


def ogrn(text: str) -> str:
    """A Russian state registration number of 13 or 15 digits that FollowTheMoney takes too."""
    right = checkdigits.ogrn(text) and int(text[:-1]) % (len(text) - 2) <= LARGEST_REST
    return text if right else ""


def lei(text: str) -> str:
    """A legal entity identifier of 20 signs."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return plain if checkdigits.lei(plain) else ""


def bic(text: str) -> str:
    """A bank identifier of 8 or 11 signs."""
    plain = re.sub(r"\s", "", text).upper()
    return plain if checkdigits.bic(plain) else ""


def credit_code(text: str) -> str:
    """A Chinese unified social credit code of 18 signs."""
    plain = re.sub(r"\s", "", text).upper()
    return plain if checkdigits.credit_code(plain) else ""


def mmsi(text: str) -> str:
    """A maritime mobile identity of a ship."""
    plain = re.sub(r"\D", "", text)
    return plain if checkdigits.mmsi(plain) else ""


def tail(text: str) -> str:
    """An aircraft registration by its form (`EP-GOL`, `RA-76001`, `N1234A`, `5N-ABC`); else empty.

    At most 3 signs of nationality, then 2 to 6 signs; a word of letters alone needs its hyphen.
    """
    plain = text.strip().upper()
    if re.fullmatch(r"[A-Z0-9]{1,3}-[A-Z0-9]{2,6}", plain):
        return plain
    return plain if re.fullmatch(r"N[1-9]\d{0,4}[A-Z]{0,2}|[A-Z]{2}\d{3,5}", plain) else ""
