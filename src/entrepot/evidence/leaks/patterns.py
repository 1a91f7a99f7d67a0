"""Marks that can be told by their form: accounts, coordinates, times, papers, devices.

The patterns are data (`data/patterns.tsv`), one a line with an example that a test holds it to, so
that a person can add one.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from entrepot.evidence.language.places import places

_FILE: Final = "data/patterns.tsv"
_SPOKEN_DOT: Final = re.compile(r"\s(?:dot|точка|крапка)\s|(?<=\w)\.[^\W\d]{2,}$", re.IGNORECASE)
_YEARLY: Final = re.compile(r"(?:[Vv]ia\s|[\w.'’-]+,\s)([\w'’-]+),?\s(?:19|20)\d\d")
"""A way or a list of places with a year: "via Kyrgyzstan, 2022", which reads like a street."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the folded text that may point back."""

    kind: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Form:
    """One line of the list."""

    kind: str
    why: str
    pattern: re.Pattern[str]
    example: str


def forms() -> tuple[Form, ...]:
    """All patterns of the list."""
    return _forms()


def by_form(text: str) -> Iterator[Hit]:
    """Every mark in a folded text that a pattern knows."""
    for form in _forms():
        for one in form.pattern.finditer(text):
            if _is_meant(form.kind, one.group()):
                yield Hit(form.kind, one.start(), one.end(), form.why)


def _is_meant(kind: str, found: str) -> bool:
    """Whether what has the form is also meant as one."""
    if kind == "mail":
        return _is_mail(found)
    return kind != "address" or not _is_place_and_year(found)


def _is_place_and_year(found: str) -> bool:
    """Whether the "street" is a country or town and its number a year; another name stays one."""
    way = _YEARLY.fullmatch(found)
    return way is not None and any(one.end - one.start == len(way[1]) for one in places(way[1]))


def _is_mail(found: str) -> bool:
    """Whether it is more than words about "at": an address that is spelt out has a dot as well."""
    return any(sign in found for sign in "@[(") or bool(_SPOKEN_DOT.search(found))


@cache
def _forms() -> tuple[Form, ...]:
    text = files("entrepot.evidence.leaks").joinpath(_FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        Form(
            row["kind"],
            row["why"],
            re.compile(row["pattern"], re.IGNORECASE if row["case"] == "any" else 0),
            row["example"],
        )
        for row in rows
    )
