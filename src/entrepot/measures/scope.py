"""Which measures bind on which day, and which commodity codes they cover."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from entrepot.codes.editions import kin
from entrepot.measures.base import load
from entrepot.records.rules import RESTRICTING

COVERED: Final = pa.schema(
    [
        ("commodity_code", pa.string()),
        ("measure_id", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("wind_down_to", pa.date32()),
        ("coverage", pa.string()),
    ]
)
"""Columns of `codes_restricted`; `coverage` is `full` or `part`."""


def restrictions(
    measures: pa.Table,
    *,
    destination: str,
    regimes: Sequence[str] | None = None,
    as_of: date | None = None,
) -> pa.Table:
    """Measures under which a direct sale to `destination` is not free (bans and licences).

    Args:
        measures: rows in the columns of `records.rules.MEASURE`.
        destination: ISO alpha-3; measures for any destination (`*`) are included.
        regimes: names such as EU; none given means all.
        as_of: leaves out measures that began later; ended ones stay, see `in_force`.
    """
    keep = pc.and_(
        pc.is_in(measures["effect"], pa.array(RESTRICTING)),
        pc.is_in(measures["destination"], pa.array([destination, "*"])),
    )
    if regimes is not None:
        keep = pc.and_(keep, pc.is_in(measures["regime"], pa.array(list(regimes), pa.string())))
    if as_of is not None:
        keep = pc.and_(keep, pc.less_equal(measures["valid_from"], pa.scalar(as_of)))
    return measures.filter(keep)


def in_force(measures: pa.Table, on: date) -> pa.Table:
    """Measures that bind on a day: from `valid_from` on, no longer on `valid_to`."""
    day = pa.scalar(on)
    open_end = pc.fill_null(pc.greater(measures["valid_to"], day), True)
    return measures.filter(pc.and_(pc.less_equal(measures["valid_from"], day), open_end))


def codes_restricted(
    measures: pa.Table,
    codes: Iterable[str],
    *,
    destination: str,
    regimes: Sequence[str] | None = None,
    as_of: date | None = None,
) -> pa.Table:
    """Which of `codes` are restricted to `destination`, by which measure, from when to when.

    A measure covers a code that begins with its code, in its own edition or in another: a ban on
    8807 30 covers 8803 30 of the figures until 2021.

    Args:
        measures: rows in the columns of `records.rules.MEASURE`.
        codes: commodity codes of any level; a code that no measure covers gives no row.
        destination: ISO alpha-3.
        regimes: as in `restrictions`.
        as_of: as in `restrictions`.

    Returns:
        One row per code and measure, in the columns of `COVERED`, ordered by code, start and
        measure. `coverage` is `part` where the measure means only a part of its code ("ex"), or
        its code is narrower than the given one. Nulls as in `MEASURE`.
    """
    chosen = restrictions(measures, destination=destination, regimes=regimes, as_of=as_of)
    rows = chosen.select(["measure_id", "valid_from", "valid_to", "wind_down_to"]).to_pylist()
    index = _Index(chosen["commodity_code"].to_pylist(), chosen["is_partial"].to_pylist())
    found: list[dict[str, Any]] = []
    for code in sorted(set(codes)):
        for number, whole in index.covering(code).items():
            coverage = "full" if whole else "part"
            found.append({"commodity_code": code, "coverage": coverage, **rows[number]})
    found.sort(key=lambda row: (row["commodity_code"], row["valid_from"], row["measure_id"]))
    return pa.Table.from_pylist(found, schema=COVERED)


class _Index:
    """Finds the measures for a code by its prefixes instead of by comparing all with all."""

    def __init__(self, codes: list[str], partial: list[bool]) -> None:
        self._above: dict[str, dict[int, bool]] = defaultdict(dict)  # prefix: measure, is it whole
        self._below: dict[str, set[int]] = defaultdict(set)  # shorter code: narrower measures
        for number, (code, is_partial) in enumerate(zip(codes, partial, strict=True)):
            for prefix, inside in _prefixes(code).items():
                self._above[prefix][number] = inside and not is_partial
                for digits in range(2, len(prefix), 2):
                    self._below[prefix[:digits]].add(number)

    def covering(self, code: str) -> dict[int, bool]:
        """Numbers of the measures that cover `code`; true where they cover all of it."""
        found = dict.fromkeys(self._below.get(code, ()), False)
        for digits in range(2, len(code) + 1, 2):
            for number, whole in self._above.get(code[:digits], {}).items():
                found[number] = found.get(number, False) or whole
        return found


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


def priority_codes() -> dict[str, str]:
    """The 50 common high priority codes (HS6 of 2022) and their tier: `1`, `2`, `3.A` to `4.B`.

    Source: the list of the US Bureau of Industry and Security of 23 February 2024, as in the
    base; the EU lists the same codes in Annex XL of Reg. (EU) 833/2014 since 25 June 2024.
    """
    base = load()
    rows = base.filter(pc.equal(base["effect"], "watch")).select(["commodity_code", "annex"])
    # The base cuts 8534 00 to its heading 8534.
    return {
        row["commodity_code"].ljust(6, "0"): row["annex"].removeprefix("tier ")
        for row in rows.to_pylist()
        if row["annex"].startswith("tier ")
    }
