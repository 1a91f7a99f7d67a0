"""What all sources say of a name: rows that have it, and rows that speak of the same places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from entrepot.checks.places.agree import NEAR_KM
from entrepot.checks.places.airfields import airfields_called, airfields_near, speaks_of
from entrepot.checks.places.locode import codes_called
from entrepot.checks.places.said import TOWNS, Said, apart_km, fold
from entrepot.checks.places.towns import towns_called, towns_within

MOST: Final = 60
"""Airfields with one word in their name; more, and the word is none of a place (`Airport`)."""

SERVED_KM: Final = 100.0
"""Airfields that carry a town's name and lie so near serve the town and are no place of their own.
A choice; the farthest seen that is sold under a city's name is Frankfurt-Hahn, 100 km from it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Rows that speak of a name.

    Attributes:
        named: those that go by it, or the one whose code it is.
        said: these, and others that speak of the same places.
    """

    named: tuple[Said, ...]
    said: tuple[Said, ...]


def heard(name: str, *, unlocode: Path | None = None, country: str = "") -> Heard:
    """Look a name or code up in all sources, and the places found again by their other names.

    Args:
        name: of a town or airfield in any script that GeoNames knows, or a code in capitals.
        unlocode: a UN/LOCODE list; null: there is none.
        country: ISO alpha-3; empty: any.

    Raises:
        SourceError: the UN/LOCODE list cannot be read.
    """
    named = [
        one
        for one in _named(name, unlocode)
        if not country or one.country == country
    ]  # fmt: skip
    towns = [one for one in named if one.source == TOWNS]
    others = [one for one in named if one not in towns]
    backing = [town for row in others for town in _towns_of(row, towns)]
    more = [
        row
        for town in (*towns, *backing)
        for row in (
            *airfields_near(town, NEAR_KM),
            *codes_called(unlocode, town.names, town.country),
        )
    ]
    return Heard(tuple(named), tuple(dict.fromkeys((*named, *backing, *more))))


def _named(name: str, unlocode: Path | None) -> list[Said]:
    """Rows that go by a name; the one alone that has it for its code."""
    fields = airfields_called(name)
    codes = codes_called(unlocode, frozenset({fold(name)}) - {""})
    coded = [one for one in (*fields, *codes) if one.key == name.strip()]
    if coded:
        return coded[:1]
    towns = towns_called(name)
    if len(fields) > MOST:
        fields = [one for one in fields if fold(one.name) == fold(name)]
    return [*towns, *codes, *_standing_alone(fields, towns)]


def _standing_alone(fields: Iterable[Said], towns: Sequence[Said]) -> list[Said]:
    return [
        one
        for one in fields
        if not any(
            town.country == one.country and apart_km(one, town) <= SERVED_KM for town in towns
        )
    ]


def _towns_of(row: Said, towns: Sequence[Said]) -> list[Said]:
    """Towns that an airfield or a UN/LOCODE row speaks of: near by, or else by name far off."""
    if any(town.country == row.country for town in towns):
        return []
    near = [town for town in towns_within(row, NEAR_KM) if speaks_of(row, town)]
    return near[:1] or _far(row)


def _far(row: Said) -> list[Said]:
    """The town of its country that a row is named after, though it lies far off."""
    same = [
        town for name in row.names for town in towns_called(name) if town.country == row.country
    ]
    return sorted(same, key=lambda town: apart_km(row, town))[:1]
