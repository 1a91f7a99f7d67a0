"""What the finders of `language` hand over: a stretch of text and what it means."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A time in words: [`starts_on`, `ends_on`) half-open; null: that end is open.

    `grain`: day, week, part (of a month), month, season, quarter, half, year, span, open.
    `is_assumed`: the year or the day it counts from was taken from the report's own day or from a
    date told before; the words alone do not say it.
    `preposition`: by, since, until, before, after, between, in, on ..., in English; empty: none.
    """

    start: int
    end: int
    starts_on: date | None
    ends_on: date | None
    grain: str
    is_assumed: bool = False
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in words or figures with what it counts.

    `unit`, `bound`, `value`, `value_to` as `quantity*`, `bound` and `unit` of
    `records.evidence.CLAIM`. `unit` null: a bare number. `counted`: start and end of the words
    that name the unit; null: none.
    """

    start: int
    end: int
    value: float
    value_to: float | None
    bound: str
    unit: str | None
    counted: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A country, group or place, also as an adjective ("Belarusian").

    `code`: ISO alpha-3 of the country, or that it lies in; a group's word ("EU"); empty: unknown.
    `name`: the place in short English words; of a country its short name.
    `what`: country, group, site, city, people (adjective or nationality), government ("Minsk" used
    for the government is found as a city; the reader decides).
    """

    start: int
    end: int
    code: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods in words. `codes`: HS prefixes of 2 to 6 digits, the best first; empty: not known.

    `codes_2017`: the prefixes of the same goods before 2022 where they differ (8803 for 8807).
    `lemma`: the English words they stand under in the list ("aircraft parts").
    """

    start: int
    end: int
    codes: tuple[str, ...]
    codes_2017: tuple[str, ...]
    lemma: str


@dataclass(frozen=True, slots=True)
class Body:
    """A company, agency, armed force, airline, vessel, aircraft or person by name or role.

    `what`: company, agency, force, court, media, person, aircraft, vessel, vehicle, role.
    `code`: country it belongs to where its name says so ("Belavia" -> BLR); empty: unknown.
    `name`: as printed, without article.
    """

    start: int
    end: int
    what: str
    code: str
    name: str
