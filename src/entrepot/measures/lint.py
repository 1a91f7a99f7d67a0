"""Looks for faults that a single line of a rule file cannot show."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pyarrow as pa

from entrepot.codes.editions import is_known
from entrepot.records.rules import ANY

_PLACE: Final = (
    *("regime", "instrument", "article", "annex", "destination", "effect", "code_system"),
    *("commodity_code", "is_partial", "party", "goods"),
)


def lint(table: pa.Table) -> list[str]:
    """Faults of a measure table as sentences, in order; an empty list means none.

    Looks for: the same measure twice, one place of an act in force twice at once, an end that is
    not after the start, a wind-down that ends before it begins or spares contracts without an
    end, codes of no HS edition since 2012, missing citations.

    `table` has the columns of `records.rules.MEASURE`.
    """
    rows = table.to_pylist()
    faults = [fault for row in rows for fault in _of_row(row)]
    return sorted([*faults, *_duplicates(rows), *_overlaps(rows)])


def _name(row: dict[str, Any]) -> str:
    parts = (row["commodity_code"], "to", row["destination"], row["instrument"], row["annex"])
    return " ".join(part for part in (*parts, f"({row['measure_id']})") if part)


def _of_row(row: dict[str, Any]) -> Iterator[str]:
    name, begins = _name(row), row["valid_from"]
    if row["valid_to"] is not None and row["valid_to"] <= begins:
        yield f"{name}: valid_to {row['valid_to']} is not after valid_from {begins}"
    if row["wind_down_to"] is not None and row["wind_down_to"] < begins:
        yield f"{name}: wind_down_to {row['wind_down_to']} is before valid_from {begins}"
    if row["commodity_code"] != ANY and not is_known(row["commodity_code"]):
        yield f"{name}: the code is in no HS edition since 2012"
    if row["contracts_before"] is not None and row["wind_down_to"] is None:
        yield f"{name}: contracts_before {row['contracts_before']} without a wind_down_to"
    if not row["citation"]:
        yield f"{name}: no citation"


def _duplicates(rows: list[dict[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if row["measure_id"] in seen:
            yield f"{_name(row)}: the same measure twice"
        seen.add(row["measure_id"])


def _overlaps(rows: list[dict[str, Any]]) -> Iterator[str]:
    places: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        places[tuple(row[column] for column in _PLACE)].append(row)
    for same in places.values():
        same.sort(key=lambda row: row["valid_from"])
        for earlier, later in pairwise(same):
            differ = earlier["measure_id"] != later["measure_id"]
            if differ and later["valid_from"] < (earlier["valid_to"] or date.max):
                yield f"{_name(later)}: overlaps with {earlier['measure_id']} of the same place"
