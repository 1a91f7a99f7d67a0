"""Checks that are done in one go: all images of a mission, the posts of a city, flight records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from entrepot.checks.planning.advice import Question


@dataclass(frozen=True, slots=True)
class Look:
    """One chance to see the place from above.

    Attributes:
        check_id: of the plan.
        day: in UTC; cloud of one day is taken as one.
        gsd_m: ground sample distance; null: not known, which reaches no level.
        clear: chance that the place is not under cloud.
        taken: chance that there is an image.
    """

    check_id: str
    day: date
    gsd_m: float | None
    clear: float
    taken: float


@dataclass(frozen=True, slots=True)
class Group:
    """Checks that are done together.

    Attributes:
        kind: as in `Advice`.
        check: name in `data/worth.tsv`.
        name: for the order of equals; the same in every run.
        what: in one line.
        check_ids: of those that are no looks.
        looks: from above; empty: the chance stands in `fixed`.
        is_radar: looks by radar, which tells no kinds.
        fixed: chance of a usable look where there are no `looks`.
        days: first day and last one on which it could be; null: of no time of its own (records).
        cost: as in `Advice`.
        when: as in `Advice`.
        how: as in `Advice`.
        starts: first day on which it can be done, for the order of equals.
    """

    kind: str
    check: str
    name: str
    what: str
    cost: str
    when: str
    how: str
    starts: date
    check_ids: tuple[str, ...] = ()
    looks: tuple[Look, ...] = ()
    is_radar: bool = False
    fixed: float = 0.0
    days: tuple[date, date] | None = None


def chance(looks: Iterable[Look]) -> float:
    """Chance of at least one usable look.

    Cloud of one day is one cloud for all its looks, so a day with twenty passes is one try at a
    clear sky; days are taken as independent, which is a little too good.
    """
    missed = 1.0
    for _, same in groupby(sorted(looks, key=lambda one: one.day), key=lambda one: one.day):
        one_day = list(same)
        none_taken = 1.0
        for one in one_day:
            none_taken *= 1 - one.taken
        missed *= 1 - max(one.clear for one in one_day) * (1 - none_taken)
    return 1 - missed


def reaching(looks: Sequence[Look], limit_m: float | None) -> list[Look]:
    """The looks that are fine enough; none where nothing is."""
    if limit_m is None:
        return []
    return [one for one in looks if one.gsd_m is not None and one.gsd_m <= limit_m]


def within(looks: Sequence[Look], question: Question) -> list[Look]:
    """The looks on days that a claim speaks of; all of them where it says no day."""
    return [one for one in looks if is_meant(question, one.day, one.day)]


def is_meant(question: Question, first: date, last: date) -> bool:
    """Whether a claim may speak of one of these days, both counted."""
    if question.date_from and last < date.fromisoformat(question.date_from):
        return False
    return not question.date_to or first < date.fromisoformat(question.date_to)
