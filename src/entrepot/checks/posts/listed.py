"""The list of missions that ships, or a newer one that the user gives."""

import csv
import gzip
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from entrepot.checks.posts.missions import Mission, read_missions, without_repeats

NAME: Final = "missions"
COLUMNS: Final = ("operator", "host", "type", "city", "latitude", "longitude", "wikidata")


@dataclass(frozen=True, slots=True)
class Posts:
    """A list of missions.

    Attributes:
        missions: each once, in the order of the list; some without coordinates.
        as_of: its day; null: the file does not say.
        source: where it comes from, in one line.
    """

    missions: tuple[Mission, ...]
    as_of: date | None
    source: str

    @property
    def without_place(self) -> int:
        """Missions of which no coordinates are given: they cannot be near anything."""
        return sum(one.latitude_deg is None for one in self.missions)

    def of_host(self, host: str) -> tuple[Mission, ...]:
        """All missions in one country, by ISO alpha-3."""
        return tuple(one for one in self.missions if one.host == host)


@cache
def shipped_posts() -> Posts:
    """The list that ships: Wikidata's missions of 23 June 2022."""
    folder = resources.files("entrepot.checks.posts").joinpath("data")
    about = json.loads(folder.joinpath(f"{NAME}.json").read_text("utf-8"))
    text = gzip.decompress(folder.joinpath(f"{NAME}.csv.gz").read_bytes()).decode("utf-8")
    missions = tuple(
        Mission(
            row["operator"], row["host"], row["type"], row["city"],
            float(row["latitude"]) if row["latitude"] else None,
            float(row["longitude"]) if row["longitude"] else None,
            row["wikidata"],
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip
    return Posts(missions, date.fromisoformat(about["as_of"]), about["source"])


def read_posts(path: Path, as_of: date | None = None) -> Posts:
    """A list in the layout of database-of-embassies.

    Args:
        path: CSV with semicolons.
        as_of: its day; null: taken from a day in the file's name, where there is one.

    Raises:
        SourceError: the file cannot be read or is no such list.
    """
    missions = tuple(without_repeats(read_missions(path)))
    return Posts(missions, as_of or _day_in(path.stem), path.name)


def _day_in(name: str) -> date | None:
    for start in range(len(name) - 9):
        try:
            return date.fromisoformat(name[start : start + 10])
        except ValueError:
            continue
    return None
