"""A file of dated observations: who saw what, where, and when somebody looked and saw nothing.

    observed_from,observed_to,what,count,place,from_place,to_place,observer,source
    2022-08-02,2022-08-02,trucks,14,Orsha,,,"local monitoring group",https://...
    2022-08-03,2022-08-05,trucks,0,Orsha,,,"local monitoring group",https://...
    2022-08-06,2022-08-09,no observation,,Orsha,,,"local monitoring group",clouds

A count of 0 means that somebody looked and saw none. `no observation` means that nobody could look.
Where no line speaks, nothing is known. Both days belong to the observation.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from entrepot.errors import SourceError
from entrepot.sources.smalltable import day, rows

COLUMNS: Final = ("observed_from", "what", "count", "observer", "source")
OPTIONAL: Final = ("observed_to", "place", "from_place", "to_place")
NOBODY_LOOKED: Final = "no observation"
HINT: Final = (
    "The first line names the columns observed_from, observed_to, what, count, place, from_place, "
    "to_place, observer, source: docs/assess.md."
)


@dataclass(frozen=True, slots=True)
class Observation:
    """One line: days [`first`, `after`) half-open; `count` null: seen, not counted.

    `what` as written, `no observation` where nobody could look. `place` where it was seen,
    `from_place` and `to_place` where it came from and went. `observer` saw it first hand.
    """

    first: date
    after: date
    what: str
    count: float | None
    place: str
    from_place: str
    to_place: str
    observer: str
    source: str
    locator: str

    @property
    def is_gap(self) -> bool:
        """Whether the line says that nobody could look."""
        return self.what.casefold() == NOBODY_LOOKED


def read_observations(path: Path) -> tuple[Observation, ...]:
    """The observations of a file, in its order.

    Raises:
        SourceError: the file is not as this module says, at a line; or it holds no observation.
    """
    found = []
    for cells, place in rows(path, COLUMNS, OPTIONAL, HINT):
        first = day(cells["observed_from"], "observed_from", place, HINT)
        last = (
            day(cells["observed_to"], "observed_to", place, HINT) if cells["observed_to"] else first
        )
        for name in ("what", "observer"):
            if not cells[name]:
                raise SourceError(f"got no {name}, expected one", locator=place, hint=HINT)
        if last < first:
            raise SourceError(
                f"got observed_to {last}, expected a day not before {first}",
                locator=place, hint=HINT,
            )  # fmt: skip
        found.append(
            Observation(
                first, last + timedelta(days=1), cells["what"], _count(cells["count"], place),
                cells["place"], cells["from_place"], cells["to_place"], cells["observer"],
                cells["source"], place,
            )
        )  # fmt: skip
    if not found:
        raise SourceError("got no observation, expected one line or more", locator=path.name,
                          hint=HINT)  # fmt: skip
    return tuple(found)


def _count(text: str, place: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
        if not 0 <= value < float("inf"):
            raise ValueError(text)
    except ValueError as error:
        raise SourceError(
            f"got count {text!r}, expected a number of 0 or more, or nothing",
            locator=place, hint=HINT,
        ) from error  # fmt: skip
    return value
