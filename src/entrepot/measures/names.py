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
