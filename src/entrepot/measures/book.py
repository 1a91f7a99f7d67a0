"""Finds the measures that touch a code, over all editions, without comparing all with all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

import pyarrow as pa

from entrepot.codes.editions import kin
from entrepot.codes.period import within
from entrepot.records.rules import ANY, RESTRICTING

Row = Mapping[str, Any]

FULL: Final = "full"
PART: Final = "part"


class Touch(NamedTuple):
    """A measure that touches a code: `coverage` full, or part of it only."""

    row: Row
    coverage: str


def binds(row: Row, on: date) -> bool:
    """Whether a measure binds on a day: from `valid_from` on, no longer on `valid_to`."""
    return within(row["valid_from"], row["valid_to"], on)


def restricts(row: Row) -> bool:
    """Whether a measure by itself bars the direct sale of goods of a code to anybody there."""
    return row["effect"] in RESTRICTING and not row["party"] and row["commodity_code"] != ANY


class Rulebook:
    """Measures, ready to be asked by code.

    `rows` are all of them; `worded` those whose goods only words describe, `on_parties` those that
    bind dealings with a party.
    """

    def __init__(self, measures: pa.Table) -> None:
        self.rows: tuple[Row, ...] = tuple(measures.to_pylist())
        self.worded = tuple(r for r in self.rows if r["commodity_code"] == ANY and not r["party"])
        self.on_parties = tuple(row for row in self.rows if row["party"])
        self._above: dict[str, dict[int, bool]] = defaultdict(dict)  # prefix: measure, is it whole
        self._below: dict[str, set[int]] = defaultdict(set)  # shorter code: narrower measures
        self._found: dict[str, tuple[Touch, ...]] = {}
        self.decided: dict[Any, Any] = {}  # inquiries and answers, see `decide`
        for number, row in enumerate(self.rows):
            if row["commodity_code"] != ANY and not row["party"]:
                self._place(number, row)

    def _place(self, number: int, row: Row) -> None:
        for prefix, inside in _prefixes(row["commodity_code"]).items():
            self._above[prefix][number] = inside and not row["is_partial"]
            for digits in range(2, len(prefix), 2):
                self._below[prefix[:digits]].add(number)

    def touching(self, code: str) -> tuple[Touch, ...]:
        """Measures of any day and destination that cover `code` or a part of it.

        A measure covers a code that begins with its code, in its own edition or in another: a ban
        on 8807 30 covers 8803 30 of the figures until 2021. `part`: the measure means only a part
        of its code ("ex"), or its code is narrower than the given one.
        """
        if code not in self._found:
            self._found[code] = tuple(self._touching(code))
        return self._found[code]

    def _touching(self, code: str) -> Iterator[Touch]:
        found = dict.fromkeys(self._below.get(code, ()), False)
        for digits in range(2, len(code) + 1, 2):
            for number, whole in self._above.get(code[:digits], {}).items():
                found[number] = found.get(number, False) or whole
        for number, whole in sorted(found.items()):
            yield Touch(self.rows[number], FULL if whole else PART)


@cache
def _prefixes(code: str) -> dict[str, bool]:
    """Prefixes in all editions that a measure on `code` covers; false: they hold other goods too.

    A partly covered prefix is left out where a longer one says it better: of heading 8803 a
    measure on 8807 30 covers 8803 30 and not 8803 90.
    """
    others = kin(code)
    kept = {
        prefix: inside
        for prefix, inside in others.items()
        if inside or not any(other != prefix and other.startswith(prefix) for other in others)
    }
    return {**kept, code: True}
