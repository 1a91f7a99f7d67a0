"""What a flight list says to a claim: flights that were heard support it; silence says nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    untestable,
)
from entrepot.evidence.assessing.numbers import amount
from entrepot.evidence.assessing.sides import countries
from entrepot.evidence.assessing.whenmeant import Meant
from entrepot.evidence.claim import Claim
from entrepot.sources.flightlist import Flight, country_of, plain

HEARD: Final = (
    "Receivers stand where volunteers put them and transponders can be off: flights that are not "
    "in the list may have taken place. What was on board is not known."
)
AIRCRAFT: Final = ("aircraft", "flight", "plane", "jet", "helicopter", "самол", "літак", "вертол")
"""Beginnings of words by which a claim is about aircraft."""

MOST_ROWS: Final = 30


def by_air(claim: Claim, time: Meant, held: Sequence[Flight] | None) -> Finding | None:
    """Test a claim about aircraft by a flight list; null: no list, or a claim about other things.

    Args:
        claim: of type movement.
        time: what it means.
        held: flights; null: none given.
    """
    names = _names(claim)
    if held is None or not (names or _is_by_air(claim)):
        return None
    named = [one for one in held if _is_named(one, names)] if names else list(held)
    found = [one for one in named if _flew(one, claim, time)]
    is_absence = (claim.predicate == "absent") != claim.is_negated
    if not found:
        return untestable(
            f"Flights of {time.said} that receivers heard, beyond this list: --flights FILE",
            (Ground(f"None of {len(held):,} flights in the list fits the claim."),),
            (HEARD,),
        )
    ground = Ground(_sentence(found), tuple(_row(one) for one in found[:MOST_ROWS]))
    if is_absence:
        return Finding(CONTRADICTED, (ground,), cautions=(HEARD,))
    said = amount(claim) if claim.unit and claim.unit.lower().startswith(AIRCRAFT) else None
    if said is not None and not said.holds(len(found)):
        part = f"flights took place; {len(found)} are in the list"
        return Finding(PARTLY, (ground,), part=part, cautions=(HEARD,))
    return Finding(SUPPORTED, (ground,), cautions=(HEARD,))


def _names(claim: Claim) -> frozenset[str]:
    """Call signs, registrations and addresses in a claim: names with a digit in them."""
    texts = (*claim.actors, *claim.counterparts, *claim.goods)
    return frozenset(
        plain(word)
        for text in texts
        for word in text.split()
        if any(sign.isdigit() for sign in word) and any(sign.isalpha() for sign in word)
    )


def _is_by_air(claim: Claim) -> bool:
    texts = (*claim.goods, claim.unit or "", claim.text)
    return any(word.startswith(AIRCRAFT) for text in texts for word in text.lower().split())


def _is_named(one: Flight, names: frozenset[str]) -> bool:
    return any(name in own or own in name for own in one.names() for name in names if len(own) > 3)


def _flew(one: Flight, claim: Claim, time: Meant) -> bool:
    """In the time, and from and to the countries of the claim; an end not heard does not fit."""
    if not time.overlaps(one.first_at.date(), _day_after(one)):
        return False
    ends = ((claim.origin, one.origin), (claim.destination, one.destination))
    return all(not place or _is_in(airport, place) for place, airport in ends)


def _day_after(one: Flight) -> date:
    return one.last_at.date() + timedelta(days=1)


def _is_in(airport: str, place: str) -> bool:
    wanted = countries(place)
    return country_of(airport) in wanted if wanted else airport == place.strip().upper()


def _sentence(found: Sequence[Flight]) -> str:
    lines = [
        f"{one.first_at:%Y-%m-%d %H:%M} UTC {one.callsign or one.icao24} "
        f"{one.origin or '?'} to {one.destination or '?'}"
        for one in found[:3]
    ]
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return f"Heard: {'; '.join(lines)}{more}."


def _row(one: Flight) -> dict[str, Any]:
    return {
        "kind": "flight",
        "locator": one.locator,
        "callsign": one.callsign or None,
        "icao24": one.icao24 or None,
        "registration": one.registration or None,
        "origin": one.origin or None,
        "destination": one.destination or None,
        "first_at": one.first_at.isoformat(),
        "last_at": one.last_at.isoformat(),
    }
