"""The party: who a list names, in FollowTheMoney's words.

A party on a list is under a restriction of that list's authority. A name that is like one on a list
is not that party: see `match`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Properties = Mapping[str, tuple[str, ...]]
"""FollowTheMoney property names (`name`, `alias`, `birthDate`, `imoNumber` ...) to values as text.
An absent property is not known; it is never an empty tuple."""

NAMES = ("name", "alias", "previousName", "weakAlias")
"""Properties that hold whole names, strongest first."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One stay of a party on one list: from `listed_on` until the day before `ended_on`.

    Null `listed_on`: the list gives no day. Null `ended_on`: no end known. `programs` are the
    list's own words for the legal basis. `record_id` is the list's own number of the entry.
    """

    list_id: str
    record_id: str
    listed_on: date | None = None
    ended_on: date | None = None
    programs: tuple[str, ...] = ()

    def holds(self, day: date) -> bool | None:
        """Whether the party was listed on this day; null: the first day is not known."""
        if self.ended_on is not None and day >= self.ended_on:
            return False
        return None if self.listed_on is None else self.listed_on <= day


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a party was read: sha256 of the archived bytes, and the place in them."""

    file_id: str
    locator: str


@dataclass(frozen=True, slots=True)
class Party:
    """One entry of a list. `party_id` is the id in the list; `schema` a FollowTheMoney schema.

    `schema` is LegalEntity where the list does not say what the party is.
    """

    party_id: str
    schema: str
    properties: Properties
    listings: tuple[Listing, ...]
    lineage: Lineage | None = None

    @property
    def caption(self) -> str:
        """The name to show: the first of the strongest kind; the id where none is given."""
        return next(
            (self.properties[kind][0] for kind in NAMES if kind in self.properties), self.party_id
        )

    def names(self) -> tuple[str, ...]:
        """All names, strongest kinds first, each once."""
        found = (name for kind in NAMES for name in self.properties.get(kind, ()))
        return tuple(dict.fromkeys(found))
