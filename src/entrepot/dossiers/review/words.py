"""Words for a verdict, which must not be used of what is found.

They are data (`data/words.tsv`): a pattern, what it may be part of all the same, what to write
instead, and an example that a test holds it to. What stands in quotation marks is somebody else's
word, and so are names.
"""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "data/words.tsv"
_QUOTED: Final = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’(?!\w)|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the list: `unless` null: it may be part of nothing."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    instead: str
    example: str


def verdicts(text: str, names: Collection[str] = ()) -> list[tuple[str, str]]:
    """Words of a text that speak a verdict, each with what to write instead.

    Args:
        text: the house's own words.
        names: of parties, which may hold any word.
    """
    plain = blanked(text, names)
    found = []
    for one in listed():
        spared = [hit.span() for hit in one.unless.finditer(plain)] if one.unless else []
        for hit in one.pattern.finditer(plain):
            if not any(start <= hit.start() and hit.end() <= end for start, end in spared):
                found.append((hit.start(), hit.group(), one.instead))
    return [(word, instead) for _, word, instead in sorted(found)]


def blanked(text: str, names: Collection[str] = ()) -> str:
    """The text with blanks in place of quotations and names; every character keeps its place."""
    plain = _QUOTED.sub(lambda hit: " " * len(hit.group()), text)
    for name in sorted(filter(None, names), key=len, reverse=True):
        plain = re.sub(re.escape(name), " " * len(name), plain, flags=re.IGNORECASE)
    return plain


@cache
def listed() -> tuple[Verdict, ...]:
    """All lines of the list."""
    text = files("entrepot.dossiers.review").joinpath(_FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        Verdict(
            re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE),
            re.compile(rf"\b(?:{row['unless']})\b", re.IGNORECASE) if row["unless"] else None,
            row["instead"],
            row["example"],
        )
        for row in rows
    )
