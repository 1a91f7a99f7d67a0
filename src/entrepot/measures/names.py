"""Names of parties, compared in the plainest way: same words, whatever case, marks or legal form.

Only what an act itself prints is matched. Spelling variants are the work of screening.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from entrepot.measures.book import Row

LEGAL_FORMS: Final = frozenset(
    (
        *("jsc", "ojsc", "cjsc", "pjsc", "oao", "zao", "pao", "ao", "ooo", "llc", "ltd", "inc"),
        *("limited", "joint", "stock", "open", "closed", "public", "company", "co", "corp", "the"),
        *("ао", "оао", "зао", "пао", "ооо", "рууп", "руп", "уп"),
    )
)
"""Words of a name that say only what kind of company it is, in English, Russian and Belarusian."""


@cache
def key(name: str) -> str:
    """The words of a name in plain lower case, without marks and legal forms."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = re.findall(r"\w+", plain)
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def is_named(row: Row, party: str) -> bool:
    """Whether a measure on a party prints this name."""
    return key(party) in {key(name) for name in row["party"].split("|")}


def listed_name(row: Row) -> str:
    """The first name that the measure prints."""
    return str(row["party"]).split("|")[0].strip()


GENERIC: Final = frozenset(
    (
        *("airlines", "airline", "aviation", "aircraft", "plant", "factory", "repair", "complex"),
        *(
            "corporation",
            "united",
            "civil",
            "russian",
            "belarusian",
            "finance",
            "leasing",
            "engine",
        ),
        *("enterprise", "manufacturing", "production", "association", "ministry", "defence"),
        *("belarus", "russia", "limited", "liability", "авиакомпания", "авиационный", "завод"),
    )
)
"""Words that many firms of a trade share, so that they tell none apart."""

TELLING_SIGNS: Final = 4
"""Signs that a word must have to tell a firm apart."""


def is_similar(row: Row, party: str) -> bool:
    """Whether a name and a listed one hold each other's words, with one that tells firms apart.

    "PJSC Aeroflot - Russian Airlines" is similar to "Aeroflot". It is a hint to look, no match:
    other firms may share the word.
    """
    asked = set(key(party).split())
    for name in row["party"].split("|"):
        listed = set(key(name).split())
        shared = asked & listed if asked <= listed or listed <= asked else set()
        if any(len(word) >= TELLING_SIGNS and word not in GENERIC for word in shared):
            return True
    return False
