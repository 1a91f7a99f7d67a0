"""What is in service at one moment: the matcher and all that is looked up beside it.

Built once, never changed; a new state replaces the whole.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final

from entrepot.parties.lists import Held, ListStore
from entrepot.parties.lists.catalogue import catalogue
from entrepot.parties.lists.ftm_write import sanction_id
from entrepot.parties.match.matcher import Matcher
from entrepot.parties.party import Listing, Party
from entrepot.web.schemata import names_of_type
from entrepot.web.seen import Seen, seen

ALL: Final = "default"
"""The collection of all lists, named as yente names it."""

OFFICIAL: Final = "sanctions"
"""The collection of the lists whose publishers' addresses Entrepot knows."""

COLLECTIONS: Final = {ALL: "All lists in service", OFFICIAL: "Official sanctions lists in service"}


@dataclass(frozen=True)
class Holdings:
    """One state of the lists.

    Attributes:
        matcher: over `parties`.
        parties: the parties in force, by id.
        editions: the edition of each list they come from.
        history: first and last day seen, by party.
        loaded_at: when this state came into service, UTC.
        every: editions held of all lists, older ones too.
        day: the day these parties were listed; null: now.
    """

    matcher: Matcher
    parties: Mapping[str, Party]
    editions: tuple[Held, ...]
    history: Mapping[str, Seen]
    loaded_at: datetime
    every: tuple[Held, ...] = ()
    day: date | None = None

    @cached_property
    def datasets(self) -> Mapping[str, frozenset[str]]:
        """Names that can be asked for, with the lists each stands for."""
        lists = {one.list_id for one in self.editions}
        lists |= {name for party in self.parties.values() for name in lists_of(party)}
        official = {one.list_id for one in catalogue()}
        found = {name: frozenset({name}) for name in sorted(lists)}
        found[ALL] = frozenset(lists)
        if lists & official:
            found[OFFICIAL] = frozenset(lists & official)
        return MappingProxyType(found)

    @cached_property
    def referents(self) -> Mapping[str, str]:
        """Numbers that lists give their entries, to the party's id, where they are clear."""
        holders: dict[str, set[str]] = {}
        for party in self.parties.values():
            for one in party.listings:
                if one.record_id:
                    holders.setdefault(one.record_id, set()).add(party.party_id)
        return {
            number: next(iter(ids))
            for number, ids in holders.items()
            if len(ids) == 1 and number not in self.parties
        }

    @cached_property
    def listings(self) -> Mapping[str, tuple[Party, Listing]]:
        """`Sanction` entities by their id."""
        return {
            sanction_id(party, one, place): (party, one)
            for party in self.parties.values()
            for place, one in enumerate(party.listings)
        }

    @cached_property
    def numbers(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of parties by each identifier they hold, folded: letters and digits, upper case."""
        kinds = names_of_type("identifier") | {"registrationNumber", "serialNumber", "callSign"}
        found: dict[str, list[str]] = {}
        for party in self.parties.values():
            texts = [text for kind in kinds for text in party.properties.get(kind, ())]
            texts += [one.record_id for one in party.listings]
            for key in {folded(text) for text in (*texts, party.party_id)}:
                found.setdefault(key, []).append(party.party_id)
        return {key: tuple(ids) for key, ids in found.items() if len(key) >= SHORTEST}

    @cached_property
    def by_name(self) -> Sequence[tuple[str, str]]:
        """Folded names with the party's id, sorted, for what begins with some letters."""
        rows = {
            (_plain(name), party.party_id)
            for party in self.parties.values()
            for name in party.names()
        }
        return sorted(rows)

    def warm(self) -> "Holdings":
        """Itself, with all tables worked out, so that no request waits for them."""
        _ = self.datasets, self.referents, self.listings, self.numbers, self.by_name
        return self


SHORTEST: Final = 4
"""Letters and digits of an identifier that can be looked up by itself."""


def folded(text: str) -> str:
    """An identifier without the signs people write between its letters and digits."""
    return re.sub(r"[\W_]+", "", text).upper()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def lists_of(party: Party) -> tuple[str, ...]:
    """The lists a party stands on, each once."""
    return tuple(dict.fromkeys(one.list_id for one in party.listings))


def build(store: ListStore, algorithm: str) -> Holdings:
    """The current lists of a store.

    Raises:
        RequestError: an algorithm that is not known or not installed.
        WorkspaceError: the store cannot be read.
    """
    every = store.editions()
    newest: dict[str, Held] = {}
    for held in every:
        if held.list_id not in newest or newest[held.list_id].order <= held.order:
            newest[held.list_id] = held
    parties = store.current()
    return Holdings(
        matcher=Matcher.build(parties, algorithm=algorithm),
        parties=MappingProxyType({party.party_id: party for party in parties}),
        editions=tuple(newest.values()),
        history=seen(store, every),
        loaded_at=datetime.now(UTC),
        every=every,
    ).warm()
