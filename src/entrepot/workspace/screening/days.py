"""Days as files print them, and who was listed on a day when the days of the rows differ."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from entrepot.parties.lists.records import Held, party_from, read_rows
from entrepot.parties.lists.standing import Look, as_of, merged
from entrepot.parties.lists.store import ListStore
from entrepot.parties.party import Listing, Party

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def day_text(text: str) -> str:
    """A day as ISO text; empty where it is none, or could be two.

    Read are 2022-03-09, 20220309 and 09.03.2022. With slashes nobody can tell day from month.
    """
    for pattern, order in ((_ISO, (1, 2, 3)), (_COMPACT, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        found = pattern.fullmatch(text.strip())
        if found:
            year, month, day = (int(found[place]) for place in order)
            try:
                return date(year, month, day).isoformat()
            except ValueError:
                return ""
    return ""


@dataclass(frozen=True)
class _Looked:
    """The dated editions of one list, and who was in each: editions x parties."""

    days: tuple[date, ...]
    editions: tuple[int, ...]
    present: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"
    numbers: Mapping[str, int]

    def around(self, party_id: str, day: date) -> tuple[Look | None, Look | None]:
        number = self.numbers.get(party_id)
        place = bisect_right(self.days, day)
        before = self._look(place - 1, number) if place else None
        after = self._look(place, number) if place < len(self.days) else None
        return before, after

    def _look(self, place: int, number: int | None) -> Look:
        there = number is not None and bool(self.present[self.editions[place], number])
        return Look(self.days[place], there)


class Presence:
    """Who was listed on any day, by all editions held.

    Names and other properties are those of the last edition that had the party, also for earlier
    days: a name that the list learned later still finds the shipment.
    """

    def __init__(self, store: ListStore, lists: Sequence[str]) -> None:
        self._looks: dict[str, _Looked] = {}
        self._stays: dict[str, list[tuple[str, tuple[Listing, ...]]]] = {}
        bodies: dict[str, Party] = {}
        for list_id in lists:
            for key, party in self._read(store, store.editions(list_id), list_id).items():
                self._stays.setdefault(key, []).append((list_id, party.listings))
                bodies[key] = merged(bodies[key], party) if key in bodies else party
        self.parties = tuple(bodies.values())
        self._known: dict[tuple[str, date], Party | None] = {}

    def _read(self, store: ListStore, held: Sequence[Held], list_id: str) -> dict[str, Party]:
        last: dict[str, tuple[str, str, str]] = {}
        there: list[set[str]] = []
        for one in held:
            rows = list(read_rows(store.parties_path(one)))
            there.append({key for key, _, _ in rows})
            last.update({key: (body, place, one.files[0].file_id) for key, body, place in rows})
        dated = sorted((day, number) for number, one in enumerate(held) for day in one.days)
        numbers = {key: number for number, key in enumerate(last)}
        present = np.zeros((len(held), len(last)), dtype=np.bool_)
        for edition, ids in enumerate(there):
            present[edition, [numbers[key] for key in ids]] = True
        days = tuple(day for day, _ in dated)
        self._looks[list_id] = _Looked(days, tuple(place for _, place in dated), present, numbers)
        return {key: party_from(key, *found) for key, found in last.items()}

    def at(self, party: Party, day: date) -> Party | None:
        """The party with the listings that held on a day, or may have; null: none did."""
        key = (party.party_id, day)
        if key not in self._known:
            if len(self._known) > _MEMORY:
                self._known.clear()
            listings = tuple(dict.fromkeys(self._held(party, day)))
            there = listings or not party.listings  # a list that gives no listings at all
            self._known[key] = replace(party, listings=listings) if there else None
        return self._known[key]

    def _held(self, party: Party, day: date) -> Iterable[Listing]:
        """Listings by the files that held the party: one file may hold several lists."""
        for list_id, listings in self._stays.get(party.party_id, ()):
            looked = self._looks[list_id]
            before, after = looked.around(party.party_id, day)
            if not looked.days:
                after = Look(date.max, True)
            begun = tuple(one for one in listings if not one.listed_on or one.listed_on <= day)
            those = begun or listings  # one that began by then is why the party stood there
            kept = as_of(replace(party, listings=those), day, before, after)
            yield from kept.listings if kept else ()


_MEMORY: Final = 200_000
"""Pairs of party and day remembered; about 60 MB."""
