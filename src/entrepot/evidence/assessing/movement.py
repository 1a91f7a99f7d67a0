"""Movement: people, aircraft, trains, trucks moved or are somewhere. Tested by dated observations.

An observation that saw them supports it. That nobody saw them says nothing, unless somebody looked
there the whole time: a gap in coverage is unknown, never "did not move".
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from entrepot.evidence.assessing.assessment import (
    CONTRADICTED,
    PARTLY,
    SUPPORTED,
    Finding,
    Ground,
    turned,
    untestable,
)
from entrepot.evidence.assessing.flights import by_air
from entrepot.evidence.assessing.numbers import amount
from entrepot.evidence.assessing.records import Records
from entrepot.evidence.assessing.sameplace import same_place, same_thing
from entrepot.evidence.assessing.sides import called
from entrepot.evidence.assessing.whenmeant import Meant, meant
from entrepot.evidence.claim import Claim
from entrepot.evidence.language.places import places
from entrepot.sources.observations import Observation

NEEDED: Final = (
    "Dated observations of {what}{where}{when}: entrepot assess FILE --observations SEEN.csv "
    "(columns observed_from, observed_to, what, count, place, from_place, to_place, observer, "
    "source)"
)
FLIGHTS: Final = "flights: --flights FLIGHTS.csv, as the OpenSky Network publishes them"
SEEN_ONCE: Final = "An observation is the word of its observer; it was not checked here."
MOST_ROWS: Final = 30
_SITES: Final = ("country", "city", "site")
"""Places by which a claim that names no end says where something is."""


def movement(claim: Claim, records: Records) -> Finding:
    """Test a claim that something moved, is somewhere, or is not.

    Args:
        claim: of type movement.
        records: observations and flights, where they are given.
    """
    time = meant(claim)
    needed = _needed(claim, time)
    if claim.kind in ("threat", "forecast"):
        return untestable(f"What comes later. {needed}")
    if time is None:
        return untestable(f"The day: give that of the report with --reported-on DATE. {needed}")
    seen = _by_observers(claim, time, records.observations, needed)
    flown = by_air(claim, time, records.flights)
    if flown is None or (seen is not None and seen.verdict != "not_testable"):
        return seen or untestable(needed)
    if seen is not None:
        return Finding(flown.verdict, (*flown.because, *seen.because), flown.part, flown.needed,
                       (*flown.cautions, *seen.cautions))  # fmt: skip
    return flown


def _needed(claim: Claim, time: Meant | None) -> str:
    what = ", ".join(_things(claim)) or "what the claim names"
    ends = [(" from ", claim.origin), (" to ", claim.destination)]
    where = "".join(f"{word}{called(place)}" for word, place in ends if place)
    when = f", {time.said}" if time and not time.is_assumed else ""
    said = NEEDED.format(what=what, where=where, when=when)
    return f"{said}; {FLIGHTS}"


def _things(claim: Claim) -> list[str]:
    """What moved, in the words of the claim: goods, what is counted, or who acts."""
    counted = [claim.unit] if claim.unit and claim.unit.islower() and len(claim.unit) > 2 else []
    return list(dict.fromkeys([*claim.goods, *counted])) or [
        one for one in claim.actors if called(one) == one
    ]


def _by_observers(
    claim: Claim, time: Meant, held: Sequence[Observation] | None, needed: str
) -> Finding | None:
    """What observers say; null: no file of observations is given."""
    if held is None:
        return None
    mine = [one for one in held if time.overlaps(one.first, one.after) and _is_there(one, claim)]
    about = [one for one in mine if not one.is_gap and _is_that(one, claim)]
    seen = [one for one in about if one.count != 0]
    none = [one for one in about if one.count == 0]
    is_absence = (claim.predicate == "absent") != claim.is_negated
    if seen:
        return _seen(claim, seen, is_absence)
    if none and _covers(none, mine, time):
        ground = _ground("Looked for the whole time and saw none", none)
        return Finding(SUPPORTED if is_absence else CONTRADICTED, (ground,), cautions=(SEEN_ONCE,))
    grounds = [_ground("Looked for a part of the time and saw none", none)] if none else []
    grounds += (
        [_ground("Nobody could look", gaps)] if (gaps := [o for o in mine if o.is_gap]) else []
    )
    if is_absence and none:
        part = "none were seen while somebody looked; for the rest of the time nothing is known"
        return Finding(PARTLY, tuple(grounds), part=part, cautions=(SEEN_ONCE,))
    gap = "The observations given leave a gap there, and a gap is unknown."
    return untestable(needed, grounds, (gap,))


def _seen(claim: Claim, seen: Sequence[Observation], is_absence: bool) -> Finding:
    ground = _ground("Seen", seen)
    observers = {one.observer.casefold() for one in seen}
    cautions = (SEEN_ONCE, f"{len(observers)} observer{'s' if len(observers) > 1 else ''}.")
    if is_absence and (claim.predicate == "absent" or claim.quantity is None):
        return Finding(CONTRADICTED, (ground,), cautions=cautions)
    made = _counted(claim, seen, ground, cautions)
    if not is_absence:
        return made
    part = made.part and f"of what is denied: {made.part}"
    return Finding(turned(made.verdict), made.because, part, made.needed, made.cautions)


def _counted(
    claim: Claim, seen: Sequence[Observation], ground: Ground, cautions: tuple[str, ...]
) -> Finding:
    """They were seen: is the number of the claim borne out as well?"""
    said, counts = amount(claim), [one.count for one in seen if one.count is not None]
    is_counted = said is not None and claim.unit not in ("%", "share", "rank", "times")
    if said is None or not is_counted:
        return Finding(SUPPORTED, (ground,), cautions=cautions)
    if not counts:
        part = "they were seen; the observers do not say how many"
        return Finding(PARTLY, (ground,), part=part, cautions=cautions)
    # Several lines may show the same ones: the true number lies between the largest and the sum.
    largest, total = max(counts), sum(counts)
    is_under = said.high is None or said.holds(max(largest, said.low or 0.0))
    if any(said.holds(one) for one in (*counts, total)) and is_under:
        return Finding(SUPPORTED, (ground,), cautions=cautions)
    if largest < (said.low or 0.0) < total:
        part = (
            f"they were seen, and at most {largest:,.0f} in one observation; all lines together "
            f"reach {total:,.0f}, and some may show the same ones twice"
        )
        return Finding(PARTLY, (ground,), part=part, cautions=cautions)
    part = (
        f"they were seen; the number is not borne out: at most {largest:,.0f} in one "
        f"observation, {total:,.0f} in all lines together"
    )
    return Finding(PARTLY, (ground,), part=part, cautions=cautions)


def _is_there(one: Observation, claim: Claim) -> bool:
    """Whether the line is about the places of the claim; a place that the line leaves out fits."""
    wanted = [place for place in (claim.origin, claim.destination) if place]
    wanted = wanted or [place for found in places(claim.text) if found.what in _SITES
                        for place in (found.name, found.code) if place]  # fmt: skip
    held = [place for place in (one.place, one.from_place, one.to_place) if place]
    if not wanted or not held:
        return True
    if one.from_place and one.to_place and claim.origin and claim.destination:
        return same_place(one.from_place, claim.origin) and same_place(
            one.to_place, claim.destination
        )
    return any(same_place(mine, place) for mine in wanted for place in held)


def _is_that(one: Observation, claim: Claim) -> bool:
    things = _things(claim)
    return any(same_thing(one.what, thing) for thing in (things or [claim.text]))


def _covers(none: Sequence[Observation], mine: Sequence[Observation], time: Meant) -> bool:
    """Whether somebody looked on every day of the time, and no line says that nobody could."""
    if time.first is None or time.after is None or any(one.is_gap for one in mine):
        return False
    day = time.first
    for one in sorted(none, key=lambda o: o.first):
        if one.first > day:
            return False
        day = max(day, one.after)
    return day >= time.after


def _ground(word: str, held: Sequence[Observation]) -> Ground:
    lines = [_line(one) for one in held[:3]]
    more = f" and {len(held) - 3} more" if len(held) > 3 else ""
    return Ground(f"{word}: {'; '.join(lines)}{more}.", tuple(_row(o) for o in held[:MOST_ROWS]))


def _line(one: Observation) -> str:
    last = one.after - timedelta(days=1)
    when = str(one.first) if last == one.first else f"{one.first} to {last}"
    count = "" if one.count is None else f"{one.count:,.0f} "
    where = one.place or " to ".join(filter(None, (one.from_place, one.to_place)))
    return f"{when}, {count}{one.what}{f', {where}' if where else ''} ({one.observer})"


def _row(one: Observation) -> dict[str, Any]:
    return {
        "kind": "observation",
        "locator": one.locator,
        "observed_from": str(one.first),
        "observed_to": str(one.after - timedelta(days=1)),
        "what": one.what,
        "count": one.count,
        "place": one.place or None,
        "from_place": one.from_place or None,
        "to_place": one.to_place or None,
        "observer": one.observer,
        "source": one.source or None,
    }
