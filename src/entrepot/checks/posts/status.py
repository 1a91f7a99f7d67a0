"""Whether a mission worked on a day: a small table of dated facts, each with its source.

The lists of missions do not say it. Where the table has nothing for a day, the status is unknown;
it is never taken from the list, nor from another day.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from entrepot.checks.places.said import fold
from entrepot.checks.posts.missions import Mission

UNKNOWN: Final = "status unknown"
STATES: Final = ("open", "reduced", "suspended", "closed")
SHUT: Final = ("suspended", "closed")


@dataclass(frozen=True, slots=True)
class Fact:
    """From one day on a mission was in one state.

    Attributes:
        operator: ISO alpha-3.
        host: ISO alpha-3.
        group: `embassy` or `consulate`.
        cities: names of its city, folded; of no weight for an embassy, of which there is one.
        from_day: first day of the state.
        state: one of `STATES`.
        what: in a few words.
        source: who says so, with address.
        certainty: `read`, or `from memory`.
    """

    operator: str
    host: str
    group: str
    cities: frozenset[str]
    from_day: date
    state: str
    what: str
    source: str
    certainty: str

    def is_of(self, mission: Mission) -> bool:
        """Whether it speaks of this mission."""
        if (self.operator, self.host) != (mission.operator, mission.host):
            return False
        if self.group != group_of(mission.kind_of_post):
            return False
        return self.group == "embassy" or fold(mission.city) in self.cities


@dataclass(frozen=True, slots=True)
class Overlay:
    """Dated facts about missions.

    Attributes:
        facts: in order of their first days.
    """

    facts: tuple[Fact, ...]

    def on(self, mission: Mission, day: date) -> tuple[str, bool | None]:
        """Its status on a day in words, and whether it was shut; null: not known.

        What happened after the day does not count for it; it is said, as later.
        """
        facts = [one for one in self.facts if one.is_of(mission)]
        before = [one for one in facts if one.from_day <= day]
        if not before:
            return (f"{UNKNOWN}; {_words(facts[0])}" if facts else UNKNOWN), None
        return _said(before[-1], facts[len(before) :]), before[-1].state in SHUT


def _said(fact: Fact, later: Sequence[Fact]) -> str:
    words = _words(fact)
    return f"{words}; later {_words(later[0])}" if later else words


def _words(fact: Fact) -> str:
    return f"{fact.state} from {fact.from_day}: {fact.what} ({fact.source}; {fact.certainty})"


def group_of(kind_of_post: str) -> str:
    """`embassy` for what an ambassador heads, `consulate` for consular posts, else `other`."""
    words = kind_of_post.lower()
    if "consul" in words:
        return "consulate"
    heads = ("embassy", "high commission", "nunciature")
    is_whole = words != "assistant high commission"
    return "embassy" if is_whole and any(word in words for word in heads) else "other"


@cache
def shipped_status() -> Overlay:
    """The facts that ship; few, about places that this product's examples look at."""
    file = resources.files("entrepot.checks.posts").joinpath("data/status.tsv")
    rows = csv.DictReader(file.read_text("utf-8").splitlines(), delimiter="\t")
    facts = [
        Fact(
            row["operator"], row["host"], row["group"],
            frozenset(fold(city) for city in row["cities"].split("|")),
            date.fromisoformat(row["from"]), row["state"], row["what"], row["source"],
            row["certainty"],
        )
        for row in rows
    ]  # fmt: skip
    return Overlay(tuple(sorted(facts, key=lambda one: one.from_day)))
