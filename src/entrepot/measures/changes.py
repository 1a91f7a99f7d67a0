"""What changed between two days: which codes became barred, free, or barred to another extent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from entrepot.codes.commodity import short_label
from entrepot.measures.book import Row, Rulebook, binds
from entrepot.measures.spells import FREE, RANK, Spell, barring, cover_on, listed_codes, spells


@dataclass(frozen=True)
class Change:
    """A code whose cover for one destination differs between two days.

    `change` is banned, licensed (a licence duty began), widened, narrowed or lifted; `before` and
    `after` none, part or full; `changed_on` the day from which `after` has held; `rows` the
    measures that hold on the later day, or that ended where nothing is left.
    """

    changed_on: date
    destination: str
    commodity_code: str
    commodity: str
    change: str
    before: str
    after: str
    rows: tuple[Row, ...]


def changes(
    book: Rulebook,
    first: date,
    last: date,
    *,
    destinations: Sequence[str],
    regimes: Sequence[str] | None = None,
) -> list[Change]:
    """Changes of cover from one day to another, ordered by day, destination and code.

    A code that only moved from one annex to another did not change. One that changed and changed
    back is not here either: only the two days are compared.

    Args:
        book: the measures.
        first: the day to compare from.
        last: the day to compare with, after `first`.
        destinations: ISO alpha-3.
        regimes: whose measures; null: all.
    """
    found = [
        change
        for destination in destinations
        for code in listed_codes(book, destination, regimes, first, last)
        if (change := _change(book, code, destination, first, last, regimes)) is not None
    ]
    return sorted(found, key=lambda one: (one.changed_on, one.destination, one.commodity_code))


def _change(
    book: Rulebook,
    code: str,
    destination: str,
    first: date,
    last: date,
    regimes: Sequence[str] | None,
) -> Change | None:
    touches = barring(book, code, destination, regimes)
    before, after = cover_on(touches, first), cover_on(touches, last)
    if before == after:
        return None
    now = next(spell for spell in spells(touches, merge=True) if spell.holds(last))
    rows = _causes([touch.row for touch in touches], now, last)
    return Change(
        changed_on=now.start,
        destination=destination,
        commodity_code=code,
        commodity=short_label(code),
        change=_word(before, after, rows),
        before=before,
        after=after,
        rows=rows,
    )


def _word(before: str, after: str, rows: Sequence[Row]) -> str:
    if before == FREE:
        return "banned" if any(row["effect"] == "export_ban" for row in rows) else "licensed"
    if after == FREE:
        return "lifted"
    return "widened" if RANK[after] > RANK[before] else "narrowed"


def _causes(rows: Sequence[Row], spell: Spell, last: date) -> tuple[Row, ...]:
    """Measures in force on the last day, those of the change first; or those that ended."""
    held = [row for row in rows if binds(row, last)]
    held.sort(key=lambda row: (row["valid_from"] != spell.start, row["valid_from"]))
    return tuple(held) or tuple(row for row in rows if row["valid_to"] == spell.start)
