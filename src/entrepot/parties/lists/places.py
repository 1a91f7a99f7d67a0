"""Countries as lists write them, to the codes of FollowTheMoney (lower-case ISO 3166-1 alpha-2)."""

import re
from functools import lru_cache
from typing import Final

from entrepot.codes import country
from entrepot.errors import CodeError

OWN_WORDS: Final = {
    "palestinian": "ps",
    "palestine": "ps",
    "occupied palestinian territories": "ps",
    "west bank": "ps",
    "gaza": "ps",
    "region: gaza": "ps",
    "burma": "mm",
    "ivory coast": "ci",
    "swaziland": "sz",
    "cape verde": "cv",
    "macau": "mo",
    "republic of serbia": "rs",
    "kosovo": "xk",
    "ussr": "suhh",
    "union of soviet socialist republics": "suhh",
    "former union of soviet socialist republics": "suhh",
    "soviet union": "suhh",
    "former yugoslavia": "yucs",
    "yugoslavia": "yucs",
    "serbia and montenegro": "csxx",
    "democratic people's republic of korea": "kp",
    "dprk": "kp",
    "republic of korea": "kr",
    "uk": "gb",
    "the gambia": "gm",
    "region: crimea": "ua-cri",
    "crimea": "ua-cri",
}
"""Words of OFAC, EU, UK and UN lists beside the country list, and the codes that FollowTheMoney has
for former states."""

ADJECTIVES: Final = {
    "russian": "ru", "belarusian": "by", "iranian": "ir", "syrian": "sy", "ukrainian": "ua",
    "iraqi": "iq", "libyan": "ly", "afghan": "af", "chinese": "cn", "british": "gb",
    "north korean": "kp", "lebanese": "lb", "yemeni": "ye", "egyptian": "eg", "turkish": "tr",
    "pakistani": "pk", "saudi": "sa", "sudanese": "sd", "somali": "so", "myanmar": "mm",
}  # fmt: skip
"""Nationalities as adjectives, in the United Kingdom's lists."""

NO_COUNTRY: Final = frozenset({"undetermined", "none identified", "unknown", "stateless", "n/a"})


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    """The code of a country in any usual writing; empty where the text names none known.

    `Korea, North`, `Iran (Islamic Republic of)`, `RUS`, `Russian` are understood; the former USSR
    and Yugoslavia keep codes of their own, for nobody can say which state of today is meant.
    """
    plain = re.sub(r"\s+", " ", text.replace("’", "'")).strip(" .,;").casefold()
    if not plain or plain in NO_COUNTRY:
        return ""
    for table in (OWN_WORDS, ADJECTIVES):
        if plain in table:
            return table[plain]
    try:
        return country.alpha2(country.parse(text.strip(" .,;"))).lower()
    except CodeError:
        return ""


def split_countries(text: str) -> list[str]:
    """Several countries in one cell: `(1) Syria (2) Russia`, `Syria; Russia`, `Syria/Russia`."""
    parts = re.split(r"\(\d+\)|;|\||/|\n", text)
    return [part.strip(" .,") for part in parts if part.strip(" .,")]
