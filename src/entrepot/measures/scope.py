"""Which measures bind on which day, and which commodity codes they cover."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from entrepot.measures.base import load
from entrepot.measures.book import Rulebook
from entrepot.records.rules import ANY, RESTRICTING

COVERED: Final = pa.schema(
    [
        ("commodity_code", pa.string()),
        ("measure_id", pa.string()),
        ("effect", pa.string()),
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
    """Measures on codes under which a direct sale to `destination` is not free (bans, licences).

    Args:
        measures: rows in the columns of `records.rules.MEASURE`.
        destination: ISO alpha-3; measures for any destination (`*`) are included.
        regimes: names such as EU; none given means all.
        as_of: leaves out measures that began later; ended ones stay, see `in_force`.
    """
    keep = pc.and_(
        pc.is_in(measures["effect"], pa.array(RESTRICTING)),
        pc.is_in(measures["destination"], pa.array([destination, ANY])),
    )
    for_all = pc.equal(pc.fill_null(measures["party"], ""), "")
    keep = pc.and_(keep, pc.and_(for_all, pc.not_equal(measures["commodity_code"], ANY)))
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
    book = Rulebook(chosen)
    found = [
        {**touch.row, "commodity_code": code, "coverage": touch.coverage}
        for code in sorted(set(codes))
        for touch in book.touching(code)
    ]
    found.sort(key=lambda row: (row["commodity_code"], row["valid_from"], row["measure_id"]))
    return pa.Table.from_pylist(found, schema=COVERED)


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
