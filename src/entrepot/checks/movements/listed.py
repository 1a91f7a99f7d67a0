"""Whether sanctions lists name a flight's aircraft or operator on its day: exact matches only.

A hit says that a list names this tail number, address or name; it says nothing of the flight. A
tail number moves to another aircraft, and companies share names.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from entrepot.checks.movements.air import Listed, Operated
from entrepot.parties.judged import name_key
from entrepot.parties.match.kinds import AIRCRAFT, ORGANISATION, kind_of
from entrepot.parties.match.tails import tail
from entrepot.parties.party import Party
from entrepot.sources.flightlist import Flight, plain

NO_HIT: Final = "no hit in the lists loaded"
TAIL, ADDRESS, NAME = "tail number", "transponder address", "name of the operator"
CALLED: Final = "call sign, read as a tail number"

MODE_S: Final = re.compile(r"Mode S Transponder Code:?\s+([0-9A-Fa-f]{6})\b")
"""How OFAC writes an aircraft's address in its remarks."""

At = Callable[[Party, date], Party | None]
"""A party with the listings that held on a day, or may have; null: none did."""


def screener(parties: Iterable[Party], at: At, operated: Operated | None = None) -> Listed:
    """What the lists say of a flight, in words; `NO_HIT` where they name nothing of it.

    Args:
        parties: all that any edition names.
        at: which of them were listed on a day.
        operated: who flies; null: no table, so no operator is asked for.
    """
    index = _index(parties)

    def listed(flight: Flight) -> str:
        day = flight.first_at.date()
        tail_number, call_sign = plain(flight.registration), plain(flight.callsign)
        keys = [(TAIL, TAIL, tail_number), (ADDRESS, ADDRESS, plain(flight.icao24)),
                (NAME, NAME, name_key(operated(flight)) if operated else "")]  # fmt: skip
        # Many aircraft without a flight number call themselves by their tail. UPB5701 may also be
        # flight 5701 of an airline, so that is said
        if call_sign != tail_number:
            keys.append((CALLED, TAIL, call_sign))
        hits: dict[str, list[str]] = {}
        for word, kind, key in keys:
            for party in index.get((kind, key), ()) if key else ():
                for said in _said(party, at(party, day), day):
                    hits.setdefault(said, []).append(word)
        return "; ".join(f"{said} (equal {' and '.join(dict.fromkeys(kinds))})"
                         for said, kinds in hits.items()) or NO_HIT  # fmt: skip

    return listed


def _index(parties: Iterable[Party]) -> dict[tuple[str, str], list[Party]]:
    found: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for party in parties:
        for key in dict.fromkeys(_keys(party)):
            found[key].append(party)
    return found


def _keys(party: Party) -> Iterable[tuple[str, str]]:
    kinds = kind_of(party.schema)
    if kinds & AIRCRAFT:
        for text in (*party.properties.get("registrationNumber", ()), *party.names()):
            if mark := tail(text, surely=True):
                yield TAIL, mark
        for text in party.properties.get("notes", ()):
            for code in MODE_S.findall(text):
                yield ADDRESS, code.upper()
    if kinds & ORGANISATION:
        for name in party.names():
            yield NAME, name_key(name)


def _said(party: Party, held: Party | None, day: date) -> Iterator[str]:
    if held is None:
        return
    for one in held.listings:
        if one.holds(day):
            yield f"{party.caption} on {one.list_id} since {one.listed_on}"
        else:
            yield f"{party.caption} may have been on {one.list_id}, first day not known"
    if not held.listings:
        yield f"{party.caption} may have been on a list that gives no days"
