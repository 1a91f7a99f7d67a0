"""Sites that were looked up by hand: a small table, each row with two sources, and how sure.

The points are no finer than what anybody can read in the named public sources: two decimals.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from entrepot.checks.places.said import fold
from entrepot.checks.site import Site, distance_km

NEAR_KM: Final = 10.0
"""How far the two sources of a row may lie apart: the length of a large airfield with its town.
A choice; the rows themselves are nearer (see the test)."""


@dataclass(frozen=True, slots=True)
class Known:
    """One row: the site, and what its two sources say.

    Attributes:
        site: with sources and note.
        names: its name and aliases, folded.
        said: source, latitude, longitude, `read` or `from memory`, for each of the two.
    """

    site: Site
    names: frozenset[str]
    said: tuple[tuple[str, float, float, str], tuple[str, float, float, str]]

    @property
    def apart_km(self) -> float:
        """How far its two sources lie apart."""
        one, other = (Site(source, north, east) for source, north, east, _ in self.said)
        return distance_km(one, other)


def known(name: str) -> Known | None:
    """The row with this name or alias; null where there is none."""
    return next((one for one in table() if fold(name) in one.names), None)


@cache
def table() -> tuple[Known, ...]:
    """All rows, in the order of the file."""
    file = resources.files("entrepot.checks.places").joinpath("data/sites.tsv")
    lines = csv.DictReader(file.read_text("utf-8").splitlines(), delimiter="\t")
    return tuple(_known(row) for row in lines)


def _known(row: dict[str, str]) -> Known:
    said = (_source(row, "source"), _source(row, "second"))
    site = Site(
        row["name"], float(row["latitude"]), float(row["longitude"]), country=row["country"],
        sources=tuple(
            f"{source}: {north:.2f}, {east:.2f} ({certainty})"
            for source, north, east, certainty in said
        ),
        note=f"From the table of sites. {row['note']}".strip(),
    )  # fmt: skip
    names = frozenset(fold(name) for name in (row["name"], *row["aliases"].split("|")))
    return Known(site, names, said)


def _source(row: dict[str, str], part: str) -> tuple[str, float, float, str]:
    north, east = float(row[f"{part}_latitude"]), float(row[f"{part}_longitude"])
    return row[part], north, east, row[f"{part}_certainty"]
