"""Countries: from any usual code or name to ISO 3166-1 alpha-3, and back to a short name.

Codes and names come from pycountry (LGPL-2.1, the ISO lists of Debian). What publishers write
beside ISO stands in `codes.aliases`, each block with its source.
"""

import difflib
import re
import unicodedata
from functools import cache
from typing import Final

import pycountry

from entrepot.codes import aliases
from entrepot.errors import CodeError

KOSOVO: Final = "XKX"
"""Kosovo has no ISO code; XKX is the user-assigned code of the European Commission and IMF."""

_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_ABBREVIATIONS: Final = {
    "rep": "republic",
    "dem": "democratic",
    "fed": "federated",
    "st": "saint",
    "isds": "islands",
    "is": "islands",
    "&": "and",
}
_SILENT: Final = {"the", "of", "and"}


def _key(text: str) -> str:
    """Lower case without accents, brackets, full stops and little words."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    words = re.sub(r"[^\w&']+|_", " ", plain.replace("'", "")).split()
    full = (_ABBREVIATIONS.get(word, word) for word in words)
    return " ".join(word for word in full if word not in _SILENT)


@cache
def _by_code() -> dict[str, str]:
    table: dict[str, str] = {"XK": KOSOVO, KOSOVO: KOSOVO}
    for entry in pycountry.countries:
        for code in (entry.alpha_2, entry.alpha_3, entry.numeric):
            table[code] = entry.alpha_3
    return table | aliases.CODES


@cache
def _by_name() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            printed = getattr(entry, field, "") or ""
            head, _, tail = printed.partition(", ")
            for form in (printed, f"{tail} {head}"):
                table.setdefault(_key(form), entry.alpha_3)
    table.pop("", None)
    return table | {_key(words): code for words, code in aliases.NAMES.items()}


def is_group(text: str) -> bool:
    """True when the text names a group of countries (EU27_2020, World, W00, Total, CIS ...)."""
    plain = text.strip().upper()
    if plain in aliases.GROUP_CODES or aliases.GROUP_CODE_PATTERN.fullmatch(plain):
        return True
    key = _key(text)
    return key in {_key(words) for words in aliases.GROUP_NAMES} or any(
        key == start or key.startswith(f"{start} ") for start in aliases.GROUP_STARTS
    )


@cache
def parse(text: str) -> str:
    """ISO 3166-1 alpha-3 code of the country that `text` names.

    Accepts alpha-2, alpha-3, M49 numbers, English names, labels of Eurostat and UN Comtrade,
    and the special codes of Comext that stand for one country (EL, UK, XU, XI, XS, XK).

    Raises:
        CodeError: a group of countries, a publisher's code for no country, a country that no
            longer exists, or an unknown text (the hint then names close ones).
    """
    plain = text.strip().upper()
    if plain in aliases.NO_COUNTRY:
        raise _refused(text, f"not a country: {aliases.NO_COUNTRY[plain]}", _NO_COUNTRY_HINT)
    if found := _find(text, plain):
        return found
    if is_group(text):
        raise _refused(text, "a group of countries, expected one country", _GROUP_HINT)
    if plain in aliases.FORMER:
        raise _refused(text, f"a former state: {aliases.FORMER[plain]}", "Name a present country.")
    raise _refused(text, "not in the country list", _suggestions(text))


_GROUP_HINT: Final = "Leave groups out: their figures repeat those of their members."
_NO_COUNTRY_HINT: Final = "Such figures cannot be given to a partner country."


def _find(text: str, plain: str) -> str | None:
    if plain.isascii() and plain.isdigit():
        plain = plain.zfill(3)
    if found := _by_code().get(plain):
        return found
    names = _by_name()
    # The full text first: "Congo (Democratic Republic of the)" is not "Congo".
    for form in (text, _without_brackets(text)):
        if found := names.get(_key(form)):
            return found
    return None


def _without_brackets(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _BRACKETS.sub("", text)
    return text


def _refused(text: str, why: str, hint: str) -> CodeError:
    return CodeError(f"got country {text!r}, which is {why}", got=text, hint=hint)


def _suggestions(text: str) -> str:
    close = difflib.get_close_matches(_key(_without_brackets(text)), _by_name(), n=3, cutoff=0.7)
    codes = dict.fromkeys(_by_name()[key] for key in close)
    if not codes:
        return "Write an ISO code such as KGZ or KG, or the English name."
    return f"Did you mean {', '.join(f'{name(code)} ({code})' for code in codes)}?"


@cache
def name(alpha3: str) -> str:
    """Short English name, such as Russia, South Korea, Türkiye.

    Raises:
        CodeError: `alpha3` is not a country code of the list.
    """
    if alpha3 in aliases.SHORT_NAMES:
        return aliases.SHORT_NAMES[alpha3]
    entry = _entry(alpha3)
    return str(getattr(entry, "common_name", None) or entry.name)


@cache
def alpha2(alpha3: str) -> str:
    """ISO 3166-1 alpha-2 code; XK for Kosovo.

    Raises:
        CodeError: `alpha3` is not a country code of the list.
    """
    return "XK" if alpha3 == KOSOVO else str(_entry(alpha3).alpha_2)


def _entry(alpha3: str) -> "pycountry.db.Country":
    entry = pycountry.countries.get(alpha_3=alpha3)
    if entry is None:
        raise _refused(alpha3, "not an ISO alpha-3 code", "Use codes.country.parse first.")
    return entry


@cache
def members(group: str) -> frozenset[str]:
    """Alpha-3 codes of a coalition: `EU` or `EU27` (the 27 of today), or one country by itself.

    Raises:
        CodeError: any other group, or an unknown country.
    """
    if group.strip().upper() in ("EU", "EU27", "EU27_2020"):
        return aliases.EU27
    return frozenset({parse(group)})
