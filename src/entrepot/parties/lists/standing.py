"""Who was on a list on a day, from editions before and after it and the days the list prints.

An edition says of its own days who is listed and who is not. Between two editions that both have a
party it is taken as listed. Where one has it and the other not, the day of the change is unknown,
unless the list prints it. Unknown stays unknown: it is neither yes nor no.
"""

from dataclasses import dataclass, replace
from datetime import date

from entrepot.parties.party import Listing, Party


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a list: the day, and whether the party was there."""

    day: date
    present: bool


def stood(listing: Listing, day: date, before: Look | None, after: Look | None) -> bool | None:
    """Whether a listing held on a day; null: unknown.

    Args:
        listing: with the days the list prints, where it does.
        day: the day asked for.
        before: the last look on or before the day; null: there was none.
        after: the first look after the day; null: there was none.
    """
    if listing.ended_on is not None and listing.ended_on <= day:
        return False
    printed = listing.listed_on
    if before is not None and before.present:
        return True if before.day == day or after is None or after.present else None
    if before is not None and before.day == day:
        return False
    if after is None or not after.present:
        return False if before is not None else _printed(printed, day)
    if printed is not None and printed > day:
        return False
    if printed is None or (before is not None and printed <= before.day):
        return None
    return True


def _printed(printed: date | None, day: date) -> bool | None:
    return None if printed is None else printed <= day


def as_of(party: Party, day: date, before: Look | None, after: Look | None) -> Party | None:
    """The party with the listings that held on the day, or may have; null: none did.

    Each listing left answers `Listing.holds(day)` with yes or null. A first day that no list
    prints is the day of the look before: the party was listed by then, and perhaps earlier.
    """
    kept: list[Listing] = []
    for one in party.listings:
        held = stood(one, day, before, after)
        if held is None:
            kept.append(replace(one, listed_on=None, ended_on=None))
        elif held and one.listed_on is not None and one.listed_on <= day:
            kept.append(one)
        elif held:
            kept.append(replace(one, listed_on=before.day if before else day))
    return replace(party, listings=tuple(kept)) if kept else None


def not_ended(party: Party, day: date) -> Party | None:
    """The party without listings that had ended by a day; null: none is left."""
    kept = tuple(one for one in party.listings if one.ended_on is None or one.ended_on > day)
    if len(kept) == len(party.listings):
        return party
    return replace(party, listings=kept) if kept else None


def merged(first: Party, second: Party) -> Party:
    """One party of two entries with the same id on two lists: all values, all listings."""
    properties = dict(first.properties)
    for name, values in second.properties.items():
        properties[name] = tuple(dict.fromkeys((*properties.get(name, ()), *values)))
    schema = second.schema if first.schema == "LegalEntity" else first.schema
    listings = tuple(dict.fromkeys((*first.listings, *second.listings)))
    return Party(first.party_id, schema, properties, listings, first.lineage)
