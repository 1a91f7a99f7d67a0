"""When each party was first and last seen, and since when its entry stands as it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from entrepot.parties.lists import Held, ListStore
from entrepot.parties.lists.records import read_rows


@dataclass(frozen=True, slots=True)
class Seen:
    """Days of editions held: the first and the last with a party, and `changed`.

    From `changed` on the entry has not changed; the change happened on that day or before it.
    """

    first: date
    last: date
    changed: date


def seen(store: ListStore, editions: Iterable[Held]) -> dict[str, Seen]:
    """All parties of these editions; a party on several lists has the widest days of them."""
    found: dict[str, Seen] = {}
    by_list: dict[str, list[Held]] = {}
    for held in editions:
        by_list.setdefault(held.list_id, []).append(held)
    for those in by_list.values():
        for party_id, days in _of_list(store, sorted(those, key=lambda one: one.order)).items():
            found[party_id] = _wider(found[party_id], days) if party_id in found else days
    return found


def _of_list(store: ListStore, editions: list[Held]) -> Mapping[str, Seen]:
    days: dict[str, Seen] = {}
    before: dict[str, int] = {}
    for held in editions:
        first, last = held.order[0], held.days[-1] if held.days else held.order[0]
        start = held.days[0] if held.days else first
        now: dict[str, int] = {}
        for party_id, body, _ in read_rows(store.parties_path(held)):
            now[party_id] = hash(body)
            known = days.get(party_id)
            same = known is not None and before.get(party_id) == now[party_id]
            days[party_id] = Seen(
                min(known.first, start) if known else start,
                max(known.last, last) if known else last,
                known.changed if known and same else start,
            )
        before = now
    return days


def _wider(one: Seen, other: Seen) -> Seen:
    return Seen(
        min(one.first, other.first), max(one.last, other.last), max(one.changed, other.changed)
    )
