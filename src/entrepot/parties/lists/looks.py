"""Editions of a list as looks at it: who stood on it, now, on a day, and over time."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from entrepot.parties.lists.records import Held, party_from, read_ids, read_rows
from entrepot.parties.lists.standing import Look, as_of, merged, not_ended
from entrepot.parties.party import Party


class Looks:
    """The editions of one list in time, each seen on one day or several."""

    def __init__(self, held: Sequence[Held], path: Callable[[Held], Path]) -> None:
        self.held, self.path = held, path
        self.dated = sorted(
            ((day, one) for one in held for day in one.days),
            key=lambda look: (look[0], look[1].order),
        )

    def parties(self, held: Held) -> Iterable[Party]:
        """The parties of an edition."""
        file_id = held.files[0].file_id
        for key, body, locator in read_rows(self.path(held)):
            yield party_from(key, body, locator, file_id)

    def around(self, day: date) -> tuple[tuple[date, Held] | None, tuple[date, Held] | None]:
        """The last look on or before a day, and the first after it."""
        before = [look for look in self.dated if look[0] <= day]
        after = [look for look in self.dated if look[0] > day]
        return (before[-1] if before else None), (after[0] if after else None)


def current_of(looks: Sequence[Looks]) -> tuple[Party, ...]:
    """The parties of the last edition of each list."""
    found: dict[str, Party] = {}
    with _collector_paused():
        _fill_current(found, looks)
    return tuple(found.values())


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Loading makes many small objects and keeps all: looking for what can go is lost time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fill_current(found: dict[str, Party], looks: Sequence[Looks]) -> None:
    for one in looks:
        last = one.held[-1]
        for party in one.parties(last):
            kept = not_ended(party, last.order[0])
            if kept is not None:
                _put(found, kept)


def on_day(looks: Sequence[Looks], day: date) -> tuple[Party, ...]:
    """Who was listed on a day, and who may have been; see `ListStore.on`."""
    found: dict[str, Party] = {}
    with _collector_paused():
        for one in looks:
            for party in _one_list(one, day):
                _put(found, party)
    return tuple(found.values())


def _one_list(looks: Looks, day: date) -> Iterable[Party]:
    before, after = looks.around(day)
    if before is None and after is None:
        undated = looks.held[-1]
        yield from _kept(looks.parties(undated), day, None, None)
        return
    same = before is not None and after is not None and before[1] == after[1]
    first = {party.party_id: party for party in looks.parties(before[1])} if before else {}
    later = set(first) if same else set(read_ids(looks.path(after[1])) if after else ())
    for key, party in first.items():
        kept = as_of(party, day, _look(before, True), _look(after, key in later))
        if kept is not None:
            yield kept
    if after is not None and not same:
        new = (one for one in looks.parties(after[1]) if one.party_id not in first)
        yield from _kept(new, day, _look(before, False), _look(after, True))


def _kept(
    parties: Iterable[Party], day: date, before: Look | None, after: Look | None
) -> Iterable[Party]:
    """Parties with what of their listings counts; without any look the printed days decide."""
    stand = after if before or after else Look(date.max, True)
    for party in parties:
        kept = as_of(party, day, before, stand)
        if kept is not None:
            yield kept


def _look(seen: tuple[date, Held] | None, present: bool) -> Look | None:
    return Look(seen[0], present) if seen else None


def _put(found: dict[str, Party], party: Party) -> None:
    key = party.party_id
    found[key] = merged(found[key], party) if key in found else party


def history_of(looks: Looks) -> dict[str, tuple[date, date]]:
    """First and last day on which a dated edition had each party."""
    spans: dict[str, tuple[date, date]] = {}
    ids: dict[str, list[str]] = {}
    for day, held in looks.dated:
        for key in ids.setdefault(held.edition_id, read_ids(looks.path(held))):
            spans[key] = (spans[key][0] if key in spans else day, day)
    return spans
