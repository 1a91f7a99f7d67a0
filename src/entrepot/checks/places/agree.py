"""Which sources agree on a place, and which one does not.

Two sources that lie within `NEAR_KM` show that neither is grossly wrong, not that either is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from entrepot.checks.places.said import AIRFIELDS, LOCODE, TOWNS, Said, apart_km

NEAR_KM: Final = 25.0
"""Sources no farther apart than this agree. A choice: UN/LOCODE rounds to minutes (1.9 km), the
middle of a large city moves by some 10 km from source to source, and most airfields that carry the
name of a town lie within 25 km of it, while the errors that it must find are far larger (UN/LOCODE
BYBNV: 162 km)."""

_ORDER: Final = (TOWNS, LOCODE, AIRFIELDS)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a name.

    Attributes:
        used: the row whose position is taken.
        agreeing: the nearest row of each other source within `NEAR_KM`, with its distance in km.
        dissenting: the nearest row of each other source that has none so near.
    """

    used: Said
    agreeing: tuple[tuple[Said, float], ...]
    dissenting: tuple[tuple[Said, float], ...]

    @property
    def is_agreed(self) -> bool:
        """Whether two sources at least agree."""
        return bool(self.agreeing)


def places_of(named: Sequence[Said], said: Sequence[Said]) -> list[Place]:
    """The places that go by a name; rows of one place are one.

    Args:
        named: rows that go by the name; each place is one of them.
        said: these and all others that may speak of the same places.
    """
    found: list[Place] = []
    for one in sorted(named, key=lambda row: (_ORDER.index(row.source), -row.people)):
        if not any(_is_of(one, place) for place in found):
            found.append(_place(one, said))
    return found


def _is_of(one: Said, place: Place) -> bool:
    """Whether a row speaks of a place, rightly or wrongly."""
    if one.country != place.used.country:
        return False
    rows = (row for row, _ in (*place.agreeing, *place.dissenting))
    return apart_km(one, place.used) <= NEAR_KM or one in rows


def _place(used: Said, said: Iterable[Said]) -> Place:
    others: dict[str, tuple[Said, float]] = {}
    for row in said:
        if row.source == used.source or row.country != used.country:
            continue
        apart = apart_km(used, row)
        if row.source not in others or apart < others[row.source][1]:
            others[row.source] = (row, apart)
    near = tuple(one for one in others.values() if one[1] <= NEAR_KM)
    return Place(used, near, tuple(one for one in others.values() if one not in near))
