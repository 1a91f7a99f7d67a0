"""One key a word, the same in English, Russian and Ukrainian as far as lists and letters carry.

A word of the lists becomes its concept ("lorries", "фуры": truck); a name is romanised, folded by
the spelling key of `parties` and freed of case endings ("Барановичах": baranavic). Keys only say
that two words may mean the same.
"""

import re
from functools import lru_cache
from typing import Final

from entrepot.evidence.independence.lists import bare, concepts, numbers, stops
from entrepot.parties.match.cyrillic import from_cyrillic
from entrepot.parties.match.latin import ascii_word
from entrepot.parties.match.slavic import slavic_form

STOP, CONCEPT, COUNTRY, MODEL, WORD, COUNT = "stop", "concept", "country", "model", "word", "count"

_LATIN_ENDING: Final = re.compile(r"(?:'s|s'|ings?|ed|es|s|ly|e)$")
_FOLDED_ENDING: Final = re.compile(
    r"(?:agemi|emi|ami|imi|aga|ega|igo|amu|emu|imu|agi|ag|eg|ig|am|em|im|av|ev|ei|ai|ui|ai|au"
    r"|a|e|i|u)+$"
)
"""Endings of Russian and Ukrainian cases after `slavic_form`, which writes х, г and h as g."""

_MOST_ENDING: Final = {"en": 3, "other": 6}
_SHORTEST: Final = 4


@lru_cache(maxsize=1 << 18)
def key(word: str) -> tuple[str, str]:
    """Kind and key of one word as written; the kind `stop` has an empty key."""
    plain = bare(word)
    if plain in stops() or len(plain) < 2:
        return STOP, ""
    if any(letter.isdigit() for letter in plain):
        return MODEL, f"m:{_romanised(plain)}"
    parts = plain.split("-")
    if all(part in numbers() for part in parts):
        return COUNT, str(sum(numbers()[part] for part in parts))
    concept = concept_of(plain)
    if concept:
        kind = COUNTRY if concepts()[1][concept] == "country" else CONCEPT
        return kind, f"c:{concept}"
    return WORD, f"w:{_folded(plain)}"


def concept_of(plain: str) -> str:
    """The concept of a word in lower case; empty: in no list. The longest stem counts."""
    stems = concepts()[0]
    most = _MOST_ENDING["en" if plain.isascii() else "other"]
    for end in range(len(plain), max(1, len(plain) - most) - 1, -1):
        found = stems.get(plain[:end])
        if found and (end >= _SHORTEST or len(plain) - end <= (1 if plain.isascii() else 3)):
            return found
    if "-" in plain:
        return next(filter(None, map(concept_of, plain.split("-")[::-1])), "")
    return ""


def _folded(plain: str) -> str:
    if plain.isascii():
        stem = _LATIN_ENDING.sub("", plain) if len(plain) > _SHORTEST else plain
    else:
        stem = from_cyrillic(plain)
    form = slavic_form(ascii_word(stem) or stem)
    kept = _FOLDED_ENDING.sub("", form)
    return (kept if len(kept) >= _SHORTEST - 1 else form)[:9]


def _romanised(plain: str) -> str:
    return re.sub(r"[^a-z0-9]", "", from_cyrillic(plain)) or plain
