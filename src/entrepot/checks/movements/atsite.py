"""What moved at a site in a window, on whose record, and of what time nothing is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from entrepot.checks.check import Gap
from entrepot.checks.movements.air import Listed, Operated, air_gaps, air_movements
from entrepot.checks.movements.airports import NEAR_KM, Airport, airports_near
from entrepot.checks.movements.ground import elsewhere, ground_gaps, ground_movements
from entrepot.checks.movements.heard import Heard
from entrepot.checks.movements.movement import Movement
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.sources.flightlist import Flight
from entrepot.sources.observations import Observation

MOST_PLACES = 5
"""Other places that a note names."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Movements in order of time, gaps, and what a reader must know of the records."""

    movements: tuple[Movement, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]


def movements_of(
    site: Site, window: Window, *,
    flights: Sequence[Flight] | None = None, observations: Sequence[Observation] | None = None,
    within_km: float = NEAR_KM, names: Iterable[str] = (), heard: Heard | None = None,
    listed: Listed | None = None, operated: Operated | None = None,
) -> Moved:  # fmt: skip
    """Flights, trains and trucks on record at a site, and the time of which nothing is known.

    A movement shows that something moved, not what was on board nor for whom. What is not here may
    have taken place: receivers and observers are not everywhere.

    Args:
        site: the place.
        window: the time.
        flights: of a flight list; null: none is loaded.
        observations: of a file; null: none is loaded.
        within_km: airports so near are the site's.
        names: other names of the site by which observers may call it.
        heard: hours in which receivers heard anything near; null: not known.
        listed: what sanctions lists say of a flight's aircraft on its day; null: none are loaded.
        operated: who flies it; null: no table is loaded.
    """
    near = [one for one, _ in airports_near(site, within_km)]
    codes = {one.icao for one in near}
    others = tuple(names)
    flown = air_movements(flights or (), site, window, codes, listed=listed, operated=operated)
    seen = ground_movements(observations or (), site, window, others)
    gaps = (
        *air_gaps(flights, site, window, near, heard=heard),
        *ground_gaps(observations, site, window, others),
    )
    together = tuple(sorted((*flown, *seen), key=lambda one: (one.from_at, one.kind, one.source)))
    notes = (*_of_flights(flights, near, within_km),
             *_of_observers(observations, site, window, others))  # fmt: skip
    return Moved(together, gaps, notes)


def _of_flights(
    flights: Sequence[Flight] | None, near: Sequence[Airport], within_km: float
) -> Iterator[str]:
    if flights is None:
        return
    listed = ", ".join(f"{one.icao} {one.name}" for one in near) or "none"
    yield f"Airports within {within_km:g} km: {listed}."
    yield (
        "Flights are those that volunteers' receivers heard; transponders can be off, and what was "
        "on board is not known."
    )


def _of_observers(
    observed: Sequence[Observation] | None, site: Site, window: Window, names: Sequence[str]
) -> Iterator[str]:
    if observed is None:
        return
    yield "An observation is the word of its observer; it was not checked here."
    if places := elsewhere(observed, site, window, names):
        more = f" and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
        shown = ", ".join(places[:MOST_PLACES])
        yield f"Observations of other places were left aside: {shown}{more}."
