"""What a country stands to lose: its recorded purchases under rules that would be laid on it.

Two states of the rules are compared. Forward: those of the hub on a day, and those of the target on
that day. Backward: those of the hub before a day, and on it. Goods that are barred under the second
and not under the first are at stake. A code of which only a part is barred gives a range: from
nothing to all of its value.

A value at stake is what was sold in a past window. It is no forecast: buyers turn to other sellers,
prices move, and a ban has exceptions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from entrepot.codes.commodity import short_label
from entrepot.codes.sections import SECTIONS, section
from entrepot.measures.book import FULL, Row, Rulebook, Touch, binds
from entrepot.measures.spells import FREE, RANK, barring, cover_on


@dataclass(frozen=True)
class Rules:
    """The rules for one destination on one day; `annex` not empty: only those of this annex."""

    destination: str
    on: date
    annex: str = ""


@dataclass(frozen=True)
class Range:
    """Money between `low` (codes barred as a whole) and `high` (codes barred in part too)."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)


@dataclass(frozen=True)
class Good:
    """One traded code.

    `covered`: what the second rules bar; `already`: what of it the first rules bar; `at_stake`: the
    difference. `rows`: the measures of the second rules.
    """

    commodity_code: str
    commodity: str
    section: str
    value: float
    covered: Range
    already: Range
    at_stake: Range
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Share:
    """Sums over a section or a reporter. `value` is all of its recorded trade."""

    key: str
    label: str
    value: float
    covered: Range
    already: Range
    at_stake: Range


@dataclass(frozen=True)
class Exposure:
    """Goods touched by the second rules, largest first, and their sums.

    `recorded` is the value of all codes in the figures, touched or not.
    """

    goods: tuple[Good, ...]
    sections: tuple[Share, ...]
    reporters: tuple[Share, ...]
    recorded: float
    covered: Range
    already: Range
    at_stake: Range


def exposure(
    values: pa.Table,
    book: Rulebook,
    first: Rules,
    second: Rules,
    regimes: Sequence[str] | None = None,
) -> Exposure:
    """Recorded trade that the second rules bar and the first do not.

    Args:
        values: `reporter, commodity_code, value`, nothing counted twice (`values.sold`).
        book: the measures.
        first: the rules that hold.
        second: the rules to compare with.
        regimes: whose measures; null: all.
    """
    judge = _Judge(book, first, second, regimes)
    cells = [
        (row["reporter"], judge.good(row["commodity_code"], row["value"]))
        for row in values.to_pylist()
    ]
    by_code: dict[str, float] = {}
    for _, one in cells:
        by_code[one.commodity_code] = by_code.get(one.commodity_code, 0.0) + one.value
    goods = [judge.good(code, value) for code, value in by_code.items()]
    touched = [good for good in goods if good.covered.high]
    touched.sort(key=lambda one: (-one.at_stake.low, -one.at_stake.high, one.commodity_code))
    names = {number: name for number, _, _, name in SECTIONS}
    return Exposure(
        goods=tuple(touched),
        sections=_shares(((one.section, one) for one in goods), names),
        reporters=_shares(cells, {}),
        recorded=sum(one.value for one in goods),
        covered=_sum(one.covered for one in goods),
        already=_sum(one.already for one in goods),
        at_stake=_sum(one.at_stake for one in goods),
    )


class _Judge:
    """Covers a value by the two states of the rules; a code is looked up once."""

    def __init__(
        self, book: Rulebook, first: Rules, second: Rules, regimes: Sequence[str] | None
    ) -> None:
        self._book, self._first, self._second, self._regimes = book, first, second, regimes
        self._known: dict[str, tuple[str, str, tuple[Row, ...]]] = {}

    def good(self, code: str, value: float) -> Good:
        """The value of a code, split by what the rules bar of it."""
        if code not in self._known:
            theirs, own = self._touches(code, self._second), self._touches(code, self._first)
            rows = tuple(one.row for one in theirs if binds(one.row, self._second.on))
            covers = cover_on(theirs, self._second.on), cover_on(own, self._first.on)
            self._known[code] = (*covers, rows)
        after, before, rows = self._known[code]
        return Good(
            commodity_code=code,
            commodity=short_label(code),
            section=section(code)[0],
            value=value,
            covered=_covered(after, value),
            already=_both(after, before, value),
            at_stake=_stake(after, before, value),
            rows=rows,
        )

    def _touches(self, code: str, rules: Rules) -> list[Touch]:
        found = barring(self._book, code, rules.destination, self._regimes)
        return [one for one in found if not rules.annex or one.row["annex"] == rules.annex]


def _covered(cover: str, value: float) -> Range:
    return Range(value if cover == FULL else 0.0, value if cover != FREE else 0.0)


def _both(after: str, before: str, value: float) -> Range:
    """Barred under both: in full only where both bar all of the code."""
    weaker = min(after, before, key=RANK.__getitem__)
    return _covered(weaker, value)


def _stake(after: str, before: str, value: float) -> Range:
    """Barred under the second rules and free under the first."""
    if before == FULL or after == FREE:
        return Range()
    sure = after == FULL and before == FREE
    return Range(value if sure else 0.0, value)


def _sum(ranges: Iterable[Range]) -> Range:
    return sum(ranges, Range())


def _shares(goods: Iterable[tuple[str, Good]], names: dict[str, str]) -> tuple[Share, ...]:
    groups: dict[str, list[Good]] = {}
    for key, one in goods:
        groups.setdefault(key, []).append(one)
    made = [
        Share(
            key=key,
            label=names.get(key, key),
            value=sum(one.value for one in found),
            covered=_sum(one.covered for one in found),
            already=_sum(one.already for one in found),
            at_stake=_sum(one.at_stake for one in found),
        )
        for key, found in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.at_stake.low, -one.at_stake.high, one.key)))
