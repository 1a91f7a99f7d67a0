"""Routes before and after a day: which are new, and how often each is flown, where that is known.

A rate needs to know when somebody listened. A day is covered for a route where, near both of its
airports, some other aircraft was heard: the route's own flights must not make the days on which
they are counted. Flights on other days are shown and not counted. With no covered day the rate is
null, never zero.

A new route or a higher rate has innocent causes: a timetable of another season, a new carrier, air
space that is closed elsewhere, better receivers. It says nothing of what is on board.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from entrepot.checks.movements.air import Operated
from entrepot.checks.movements.rates import Rate, rate, ratio
from entrepot.sources.flightlist import Flight

NEW: Final = "new"
MAYBE_NEW: Final = "not seen before, too few covered days to call it new"
UNCOVERED: Final = "not seen before, and nobody is known to have listened"
MORE: Final = "more often"
LESS: Final = "less often"
NO_CHANGE: Final = "no change shown"
UNKNOWN: Final = "unknown"

Presence = Mapping[str, Mapping[date, Collection[str]]]
"""By airport and day: addresses of the aircraft heard near it."""


@dataclass(frozen=True, slots=True)
class Route:
    """One pair of airports, of one type and operator, before and after a day.

    Attributes:
        origin: ICAO code.
        destination: the same.
        typecode: of the aircraft; empty: not known.
        operator: empty: not known.
        flights: all on record, before and after.
        covered: days covered, before and after.
        counted: flights on covered days, before and after.
        before: flights a covered day before; null: no covered day.
        after: the same after.
        change: rate after over rate before; null: one is not known.
        word: `NEW` and its like; none is a judgement on anybody.
        in_baseline: whether an older list of routes has the pair; null: none is given.
    """

    origin: str
    destination: str
    typecode: str
    operator: str
    flights: tuple[int, int]
    covered: tuple[int, int]
    counted: tuple[int, int]
    before: Rate | None
    after: Rate | None
    change: Rate | None
    word: str
    in_baseline: bool | None = None


@dataclass(slots=True)
class _Flown:
    """Flights of one route: their days and aircraft."""

    days: list[date] = field(default_factory=list)
    own: dict[date, set[str]] = field(default_factory=lambda: defaultdict(set))


def presence_of(flights: Iterable[Flight]) -> dict[str, dict[date, set[str]]]:
    """Which aircraft were heard at which airport on which day, as far as a flight list tells."""
    found: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in flights:
        for airport, at in ((one.origin, one.first_at), (one.destination, one.last_at)):
            if airport:
                found[airport][at.date()].add(_aircraft(one))
    return found


def routes(
    flights: Sequence[Flight], change_on: date, days: Sequence[date], presence: Presence,
    *, operated: Operated | None = None, baseline: Collection[tuple[str, str]] | None = None,
) -> tuple[Route, ...]:  # fmt: skip
    """Routes between two airports that were both heard, most flown after the day first.

    Args:
        flights: all that are on record in the days.
        change_on: the first day of "after".
        days: every day that is looked at.
        presence: see `Presence`; `presence_of` makes it of a flight list alone.
        operated: who flies; null: no table.
        baseline: pairs of airports of an older list; null: none.
    """
    held: dict[tuple[str, str, str, str], _Flown] = defaultdict(_Flown)
    pairs: dict[tuple[str, str], dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = set(days)
    for one in flights:
        day = one.first_at.date()
        if not (one.origin and one.destination) or day not in wanted:
            continue
        who = operated(one) if operated else ""
        held[one.origin, one.destination, one.typecode, who].days.append(day)
        for on in {day, one.last_at.date()}:
            pairs[one.origin, one.destination][on].add(_aircraft(one))
    covered = {pair: _covered(pair, days, presence, own) for pair, own in pairs.items()}
    found = [
        _route(key, flown.days, covered[key[0], key[1]], change_on, baseline)
        for key, flown in held.items()
    ]
    return tuple(sorted(found, key=_order))


def _aircraft(one: Flight) -> str:
    """One name of an aircraft in lists and in positions, whose addresses are in lower case."""
    return one.icao24.lower() or one.registration or one.callsign


def _order(one: Route) -> tuple[int, int, str, str, str, str]:
    ends = (one.origin, one.destination, one.typecode, one.operator)
    return (-one.flights[1], one.flights[0], *ends)


def _covered(
    pair: tuple[str, str], days: Sequence[date], presence: Presence, own: Mapping[date, set[str]]
) -> set[date]:
    """Days on which another aircraft was heard near each of the two airports."""
    return {
        day for day in days
        if all(set(presence.get(end, {}).get(day, ())) - own.get(day, set()) for end in pair)
    }  # fmt: skip


def _route(
    key: tuple[str, str, str, str], flown: Sequence[date], covered: set[date], change_on: date,
    baseline: Collection[tuple[str, str]] | None,
) -> Route:  # fmt: skip
    counted = [day for day in flown if day in covered]
    all_of, on_covered, of_days = (
        _halves(one, change_on) for one in (flown, counted, tuple(covered))
    )
    before, after = (rate(n, d) for n, d in zip(on_covered, of_days, strict=True))
    change = ratio(on_covered[0], of_days[0], on_covered[1], of_days[1])
    return Route(
        *key, all_of, of_days, on_covered, before, after, change,
        _word(all_of, of_days, change),
        None if baseline is None else (key[0], key[1]) in baseline,
    )  # fmt: skip


def _halves(days: Sequence[date], change_on: date) -> tuple[int, int]:
    early = sum(day < change_on for day in days)
    return early, len(days) - early


def _word(flights: tuple[int, int], covered: tuple[int, int], change: Rate | None) -> str:
    """New only where chance would hardly have hidden it: the interval of the ratio is over 1."""
    is_more = change is not None and change.low > 1
    if not flights[0] and flights[1]:
        if is_more:
            return NEW
        return MAYBE_NEW if covered[0] else UNCOVERED
    if change is None:
        return UNKNOWN
    if is_more:
        return MORE
    return LESS if change.high is not None and change.high < 1 else NO_CHANGE
