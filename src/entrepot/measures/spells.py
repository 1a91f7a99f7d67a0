"""How the cover of a code changed over time: one spell after the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.codes.period import within
from entrepot.measures.book import FULL, PART, Row, Rulebook, Touch, binds, restricts
from entrepot.records.rules import ANY

FREE = "none"
RANK = {FREE: 0, PART: 1, FULL: 2}
"""How much of a code is barred: nothing, a part ("ex" codes, narrower ones), all of it."""


@dataclass(frozen=True)
class Spell:
    """A time in which the same measures covered a code, from `start` until before `end`.

    `coverage` is none, part or full; `end` null: no end known.
    """

    start: date
    end: date | None
    coverage: str
    rows: tuple[Row, ...]

    def holds(self, on: date) -> bool:
        """Whether the day lies in this spell."""
        return within(self.start, self.end, on)


def barring(
    book: Rulebook, code: str, destination: str, regimes: Sequence[str] | None = None
) -> list[Touch]:
    """Bans and licences on a code for one destination, of any day."""
    return [
        touch
        for touch in book.touching(code)
        if restricts(touch.row)
        and touch.row["destination"] in (destination, ANY)
        and (regimes is None or touch.row["regime"] in regimes)
    ]


def cover_on(touches: Iterable[Touch], on: date) -> str:
    """The widest cover among the measures that bind on a day: none, part or full."""
    found = {touch.coverage for touch in touches if binds(touch.row, on)}
    return FULL if FULL in found else PART if found else FREE


def change_days(rows: Iterable[Row]) -> list[date]:
    """Days on which one of the measures begins or no longer binds, in order."""
    return sorted({day for row in rows for day in (row["valid_from"], row["valid_to"]) if day})


def spells(touches: Sequence[Touch], *, merge: bool = False) -> list[Spell]:
    """Spells of cover in order, without gaps, from the first measure on.

    Args:
        touches: measures on one code for one destination, as `barring` gives them.
        merge: join neighbours of equal cover, whatever measures cause it (an annex that is
            replaced by another goes on).
    """
    days = change_days(touch.row for touch in touches)
    found: list[Spell] = []
    for day, after in zip(days, [*days[1:], None], strict=False):
        rows = tuple(touch.row for touch in touches if binds(touch.row, day))
        spell = Spell(day, after, cover_on(touches, day), rows)
        before = found[-1] if found else None
        same = before and before.coverage == spell.coverage and (merge or before.rows == rows)
        if before and same:
            found[-1] = Spell(before.start, after, before.coverage, before.rows)
        else:
            found.append(spell)
    return found


def listed_codes(
    book: Rulebook, destination: str, regimes: Sequence[str] | None, *days: date
) -> list[str]:
    """Codes, as the acts print them, under a ban or licence for a destination.

    Given days: only those that an act prints on one of them; none given: on any day.
    """
    return sorted(
        {
            row["commodity_code"]
            for row in book.rows
            if restricts(row)
            and row["destination"] in (destination, ANY)
            and (regimes is None or row["regime"] in regimes)
            and (not days or any(binds(row, day) for day in days))
        }
    )
