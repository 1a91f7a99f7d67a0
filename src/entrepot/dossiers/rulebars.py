"""One code over time: bands of cover, and a bar for each measure, placed in percent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from entrepot.codes.country import name
from entrepot.codes.period import within
from entrepot.dossiers.rulechart import Scale
from entrepot.measures.book import Rulebook, Touch
from entrepot.measures.cite import cite
from entrepot.measures.spells import FREE, barring, spells
from entrepot.measures.timeline import timeline
from entrepot.records.rules import ANY, EFFECTS

EFFECT_WORDS: Final = {"export_ban": "ban", "watch": "watch list", "clause": "contract clause"}
"""Words for effects whose name alone is not plain."""

MOST_CODES: Final = 3
"""Codes that a lane names before it counts the others."""


@dataclass(frozen=True)
class Bar:
    """A measure that touches the code. `left`, `width`, `wind` are percent of the span.

    `end` is the first day on which it no longer binds; null: none known.
    """

    destination: str
    regime: str
    effect: str
    kind: str
    law: str
    printed: str
    coverage: str
    start: date
    end: date | None
    wind_down_to: date | None
    contracts_before: date | None
    certainty: str
    citation: str
    note: str
    left: float
    width: float
    wind: float

    def holds(self, on: date) -> bool:
        """Whether the measure binds on a day."""
        return within(self.start, self.end, on)

    def days(self) -> list[date]:
        """Days on which it changes something."""
        return [day for day in (self.start, self.end) if day is not None]


@dataclass(frozen=True)
class Band:
    """A stretch of equal cover at a destination, as half-open days and percent of the span."""

    coverage: str
    start: date
    end: date | None
    left: float
    width: float


def bars(
    book: Rulebook,
    code: str,
    destinations: Sequence[str],
    regimes: Sequence[str] | None,
    line: Scale | None,
) -> list[Bar]:
    """Measures of every effect on a code, ordered by destination, strength, first day and place.

    Args:
        book: the measures.
        code: 2 to 10 digits.
        destinations: ISO alpha-3, in the order of the page; those for any third country come last.
        regimes: whose measures; null: all.
        line: the time line of the drawing; null: places are not needed.
    """
    places = [*dict.fromkeys(destinations), ANY]
    found = sorted(
        timeline(book, code, destinations, regimes), key=lambda touch: _order(touch, places)
    )
    return [_bar(touch, line) for touch in found]


@dataclass(frozen=True)
class Lane:
    """Bars alike in everything but the code that the act prints, drawn as one."""

    bar: Bar
    codes: tuple[str, ...]

    @property
    def printed(self) -> str:
        """The codes in words: some, and how many more."""
        more = len(self.codes) - MOST_CODES
        said = ", ".join(self.codes[:MOST_CODES])
        return f"{said} and {more} more" if more > 0 else said


def groups(made: Sequence[Bar], destinations: Sequence[str]) -> list[tuple[str, str, list[Lane]]]:
    """Code, name and lanes of each destination; any third country only where it has some."""
    places = [*dict.fromkeys(destinations), ANY]
    found = [
        (to, _name(to), _lanes([bar for bar in made if bar.destination == to])) for to in places
    ]
    return [group for group in found if group[0] != ANY or group[2]]


def _lanes(made: Sequence[Bar]) -> list[Lane]:
    alike: dict[tuple[object, ...], list[Bar]] = {}
    for bar in made:
        law = (bar.regime, bar.kind, bar.law, bar.coverage)
        alike.setdefault((*law, bar.start, bar.end, bar.wind_down_to), []).append(bar)
    return [Lane(same[0], tuple(sorted({bar.printed for bar in same}))) for same in alike.values()]


def bands(
    book: Rulebook,
    code: str,
    destinations: Sequence[str],
    regimes: Sequence[str] | None,
    line: Scale,
) -> dict[str, list[Band]]:
    """Cover of the code by bans and licences for each destination, over the whole span."""
    found: dict[str, list[Band]] = {}
    for to in dict.fromkeys(destinations):
        touches = barring(book, code, to, regimes)
        made = spells(touches, merge=True) if touches else []
        begins = made[0].start if made else None
        first = [_band(FREE, line.first, begins, line)] if begins != line.first else []
        found[to] = first + [
            _band(s.coverage, s.start, s.end, line) for s in made if s.start <= line.last
        ]
    return found


def _band(coverage: str, start: date, end: date | None, line: Scale) -> Band:
    left = line.place(start)
    return Band(coverage, start, end, left, line.place(end or line.last) - left)


def _order(touch: Touch, places: Sequence[str]) -> tuple[int, int, str, str]:
    row = touch.row
    rank = places.index(row["destination"]), EFFECTS.index(row["effect"])
    return (*rank, str(row["valid_from"]), row["measure_id"])


def _name(destination: str) -> str:
    return "Any third country" if destination == ANY else name(destination)


def _bar(touch: Touch, line: Scale | None) -> Bar:
    row = touch.row
    start, end, wind = row["valid_from"], row["valid_to"], row["wind_down_to"]
    inside = line or Scale(start, start, start)
    left = inside.place(start)
    width = inside.place(end or inside.last) - left
    kept = min(inside.place(wind) - left, width) if wind else 0.0
    return Bar(
        destination=row["destination"],
        regime=row["regime"],
        effect=EFFECT_WORDS.get(row["effect"], row["effect"].replace("_", " ")),
        kind=row["effect"],
        law=cite(row),
        printed=row["commodity_code"],
        coverage=touch.coverage,
        start=start,
        end=end,
        wind_down_to=wind,
        contracts_before=row["contracts_before"],
        certainty=row["certainty"].replace("_", " "),
        citation=row["citation"],
        note=row["note"],
        left=left,
        width=width,
        wind=100 * kept / width if kept > 0 and width else 0.0,
    )
