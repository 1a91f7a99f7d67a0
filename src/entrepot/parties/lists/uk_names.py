"""What the three layouts of the United Kingdom share: names, kinds of names, fields of facts."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from entrepot.parties.lists import places
from entrepot.parties.lists.clean import clean
from entrepot.parties.lists.draft import Draft
from entrepot.parties.lists.idents import file_identifier

SCHEMAS: Final = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
KINDS: Final = {
    "primary name": "name",
    "primary name variation": "alias",
    "aka": "alias",
    "alias": "alias",
    "fka": "previousName",
}
"""OFSI and FCDO words for kinds of names."""

NUMBERED: Final = re.compile(r"\s*\(\d{1,2}\)\s*")


def add_name(draft: Draft, parts: Sequence[str], kind: str, quality: str) -> None:
    """One name from its parts: Name 1 to Name 5 are given names, Name 6 the family name or all.

    A name of low quality, or a weak alias, is a weak alias whatever its kind.
    """
    given, family = [part for part in map(clean, parts[:5]) if part], clean(parts[5])
    prop = KINDS.get(kind.casefold().strip(), "alias")
    if prop != "name" and quality.casefold().split(" ")[0] in ("low", "weak"):
        prop = "weakAlias"
    if prop == "name" and draft.has("name"):
        prop = "alias"
    draft.add(prop, " ".join([*given, family]).strip())
    if draft.schema == "Person" and prop == "name":
        draft.add("lastName", family)
        draft.add("firstName", given[0] if given else "")
        draft.add("middleName", " ".join(given[1:]))


def items(text: str) -> list[str]:
    """Several values in one cell: `(1) 123 (2) 456`, or parted by bars or semicolons."""
    return [part for part in map(clean, re.split(r"\(\d{1,2}\)|\||;", text)) if part]


def add_facts(draft: Draft, facts: Mapping[str, str]) -> None:
    """Facts under the names of `FACTS`; each text may hold several values."""
    for prop, text in facts.items():
        if prop in ("country", "nationality", "birthCountry", "flag", "pastFlags"):
            draft.add(prop, *places.split_countries(text))
        elif prop == "birthDate":
            draft.add(prop, *items(text))
        elif prop == "imoNumber":
            for item in items(text):
                file_identifier(draft, "IMO", item)
        else:
            draft.add(prop, *(items(text) if prop not in WHOLE else [text]))


WHOLE: Final = frozenset({"notes", "address", "position", "birthPlace", "sector", "website"})
"""Facts in words, where a bar or a bracket parts nothing."""
