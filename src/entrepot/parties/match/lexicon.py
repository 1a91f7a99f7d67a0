"""Words that organisations share: legal forms, trades, shorthand, in several languages.

`data/organisation_words.csv` gives one concept a line with its written forms; `COMM GRP`, `TECH &
SRVCES` and 科技 then read as trade group, technology and service. `data/legal_phrases.csv` gives
legal forms of several words, `data/common_words.txt` words that many companies bear,
`data/term_stems.csv` the stems of trade terms in English and Russian. Compiled by
hand from the words of company registers.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from entrepot.parties.match.cyrillic import from_cyrillic
from entrepot.parties.match.latin import ascii_word
from entrepot.parties.match.slavic import slavic_form

LEGAL = "legal"
GENERIC = "generic"
COMMON = "common"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`concepts`: written form -> (concept, kind); `phrases`: words -> legal form."""

    concepts: dict[str, tuple[str, str]]
    phrases: dict[tuple[str, ...], str]
    longest_eastern: int


@cache
def stems() -> dict[str, str]:
    """Stems of trade terms, folded by `slavic`, to their concept: mechanical, механический."""
    return {
        slavic_form(ascii_word(from_cyrillic(stem))): row["concept"]
        for row in rows("term_stems.csv")
        for stem in row["stems"].split()
    }


def term(form: str) -> str | None:
    """The concept of the longest stem that a folded word begins with; null where there is none.

    A short stem leaves room for a letter more, a long one for a Slavic ending.
    """
    known = stems()
    for length in range(min(len(form), 14), 3, -1):
        concept = known.get(form[:length])
        if concept and len(form) - length <= (1 if length < 6 else 3 if length < 8 else 6):
            return concept
    return None


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    concepts: dict[str, tuple[str, str]] = {}
    for row in rows("organisation_words.csv"):
        for form in row["forms"].split("|"):
            for key in (form.strip().casefold(), ascii_word(form)):
                if key and (key == form or len(key) > 1):
                    concepts.setdefault(key, (row["concept"], row["kind"]))
    phrases = {
        tuple(row["phrase"].casefold().split()): row["form"] for row in rows("legal_phrases.csv")
    }
    for word in lines("common_words.txt"):
        concepts.setdefault(word, ("", COMMON))
    eastern = (len(form) for form in concepts if not form.isascii())
    return Lexicon(concepts, phrases, min(max(eastern), 6))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table."""
    return list(csv.DictReader(_text(name).splitlines()))


def lines(name: str) -> list[str]:
    """The words of a shipped list; a line that starts with # is a remark."""
    text = _text(name).splitlines()
    return [word for line in text if not line.startswith("#") for word in line.split()]


def _text(name: str) -> str:
    return files("entrepot.parties.match").joinpath(f"data/{name}").read_text(encoding="utf-8")
