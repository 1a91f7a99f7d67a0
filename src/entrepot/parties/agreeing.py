"""What a screened row and a listed party have in common beside the name."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from entrepot.parties.lists.days import whole_day
from entrepot.parties.match.identifiers import identifiers
from entrepot.parties.party import Party
from entrepot.parties.watched import Facts, Seen

_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")


def agreeing(facts: Mapping[str, str], judged: Facts, party: Party) -> Seen:
    """Identifiers and whole birth dates of a row that the party has too.

    Args:
        facts: what was screened with the name, as it stands in the file.
        judged: the facts that a person knew when judging; what is among them is left out.
        party: the listed party.

    Returns:
        Property and text of each, as they stand in the file. A year of birth is no agreement.
    """
    pairs = [(key, text) for key, texts in party.properties.items() for text in texts]
    theirs = _keyed(pairs, party.schema)
    known = _keyed(judged, party.schema)
    mine = _keyed(facts.items(), party.schema)
    return tuple(sorted(said for key, said in mine.items() if key in theirs and key not in known))


def _keyed(pairs: Iterable[tuple[str, str]], schema: str) -> dict[str, tuple[str, str]]:
    """Property and text by what is equal for equal identifiers and for equal days."""
    found: dict[str, tuple[str, str]] = {}
    for name, text in pairs:
        if name == "birthDate":
            day = whole_day(_COMPACT.sub(r"\1-\2-\3", text.strip()))
            keys = [f"born {day}"] if day else []
        else:
            keys = [one.key for one in identifiers(schema, {name: (text,)})]
        for key in keys:
            found.setdefault(key, (name, text))
    return found
