"""How printed texts become codes, with one reason for each kind of fault."""

import re
from typing import Final

from entrepot.codes import commodity, country, flow, period
from entrepot.errors import CodeError
from entrepot.records.trade import TOTAL_CODE
from entrepot.sources.raw import Fault, Parsed

EMPTY: Final = "empty required field"
UNKNOWN_COUNTRY: Final = "unknown country"
GROUP: Final = "a group of countries"
NO_COUNTRY: Final = "not a country"
CODE_LENGTH: Final = "wrong code length"
CODE_DIGITS: Final = "code is not digits"
NO_CHAPTER: Final = "no such chapter"
CONFIDENTIAL: Final = "confidential or residual code"
UNKNOWN_FLOW: Final = "unknown flow"
NO_PERIOD: Final = "period does not exist"

_SEPARATORS: Final = re.compile(r"[\s.]")
_KEYED: Final = re.compile(r"^([0-9A-Z_]+)\s*-\s*(.+)$")
_BRACKETED: Final = re.compile(r"\[([0-9A-Z_]+)\]\s*$")
_RESIDUAL: Final = re.compile(r"(?=.*[A-Z])[0-9A-Z]{2,10}")


def country_of(text: str) -> Parsed:
    """ISO alpha-3 of a printed country."""
    if not text.strip():
        return Fault(EMPTY, "a country")
    try:
        return country.parse(text)
    except CodeError as error:
        if country.is_group(text):
            return Fault(GROUP, "one country; a group repeats the figures of its members")
        if ", which is not a country" in str(error):
            return Fault(NO_COUNTRY, "a country; this code stands for none")
        return Fault(UNKNOWN_COUNTRY, error.hint or "an ISO code or an English name")


def flow_of(text: str) -> Parsed:
    """X, M, RX or RM of a printed flow."""
    if not text.strip():
        return Fault(EMPTY, "X, M, RX or RM")
    try:
        return str(flow.parse_flow(text))
    except CodeError:
        return Fault(UNKNOWN_FLOW, "X, M, RX, RM or the word")


def period_of(text: str) -> Parsed:
    """`2022` or `2022-08` of a printed period."""
    if not text.strip():
        return Fault(EMPTY, "a period")
    try:
        found = period.parse_period(text)
    except CodeError:
        return Fault(NO_PERIOD, "a year such as 2022 or a month such as 2022-08")
    try:
        commodity.edition_on(found)
    except CodeError:
        return Fault("period before the HS", "1988 or later; older figures follow the SITC")
    return found


def code_of(text: str) -> Parsed:
    """Digits of a printed commodity code."""
    if not text.strip():
        return Fault(EMPTY, "a commodity code")
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return Fault(CODE_DIGITS, "2, 4, 6, 8 or 10 digits")
    if digits[:2] in commodity.NO_CHAPTER:
        return Fault(NO_CHAPTER, "chapter 01 to 99 without 77; a leading zero may be missing")
    try:
        return commodity.normalise(text)
    except CodeError:
        odd = len(digits) % 2 == 1 and len(digits) < 10
        hint = "; a leading zero may be missing" if odd else ""
        return Fault(CODE_LENGTH, f"2, 4, 6, 8 or 10 digits{hint}")


def eurostat_code_of(text: str) -> Parsed:
    """Digits of a product of Eurostat, `TOTAL` for all goods, or a fault for a residual code.

    Accepts `72111400`, `72111400-Flat-rolled ...`, `Flat-rolled ... [72111400]` and `Total`.
    Codes with letters (`12XXXXXX`, `8807SSXX`, `99RRR100`) hold goods whose code is kept secret
    or is not known (Eurostat, Quality report on European statistics on international trade in
    goods, "confidentiality").
    """
    plain = text.strip()
    if found := _BRACKETED.search(plain):
        plain = found[1]
    elif keyed := _KEYED.match(plain):
        plain = keyed[1]
    if plain.upper() == TOTAL_CODE:
        return TOTAL_CODE
    if _RESIDUAL.fullmatch(plain) and plain[:2].isdigit():
        return Fault(CONFIDENTIAL, "a code in digits")
    return code_of(plain)


def eurostat_flow_of(text: str) -> Parsed:
    """X or M of `EXPORT`, `2-EXPORT`, `2` or `EXPORT [2]`."""
    plain = re.sub(r"\s*\[.*\]$", "", text.strip())
    keyed = _KEYED.match(plain)
    return flow_of(keyed[2] if keyed and keyed[1].isdigit() else plain)


def eurostat_country_of(text: str) -> Parsed:
    """ISO alpha-3 of a label or code of Eurostat.

    Comext counts Northern Ireland (XI) apart from the rest of the United Kingdom (XU) since 2021:
    XU is taken as the country, XI is refused, so that one cell does not have two values.
    """
    plain = re.sub(r"\s*\[.*\]$", "", text.strip())
    if plain.upper() == "XI" or plain.casefold().startswith("united kingdom (northern ireland"):
        return Fault("a part of a country", "XU or GB, the country")
    return country_of(plain)


def comext_period_of(text: str) -> Parsed:
    """`2022-08` of `202208`; month 52 of Comext is the whole year."""
    plain = text.strip()
    if len(plain) == 6 and plain.isdigit() and plain.endswith("52"):
        return period_of(plain[:4])
    return period_of(plain)
