"""Which aircraft an address belongs to, and who flies under a call sign, by tables of the user.

A table is of one day: registrations change, so its day goes with every answer.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from entrepot.checks.movements.air import Operated
from entrepot.errors import SourceError
from entrepot.sources.flightlist import Flight, plain
from entrepot.sources.readsb import Tagged
from entrepot.sources.smalltable import rows

COLUMNS: Final = ("icao24", "registration", "type")
HINT: Final = (
    "The first line names the columns icao24, registration, type, as in the aircraft table of "
    "tar1090-db: docs/flights.md."
)
OPERATOR_HINT: Final = "The first line names the columns prefix, operator: docs/flights.md."
_DAY: Final = re.compile(r"(20\d\d-[01]\d-[0-3]\d)")
_CALL: Final = re.compile(r"([A-Z]{3})\d[A-Z0-9]{0,3}")
"""An airline's call sign: its three letters and a flight number. Source: ICAO Annex 10, volume II,
5.2.1.7.2.1, type c; the letters are those of ICAO Doc 8585."""


@dataclass(frozen=True, slots=True)
class Airframes:
    """Aircraft by address, lower case; `said_by` names the table and its day."""

    held: Mapping[str, Tagged]
    said_by: str


def read_airframes(path: Path, wanted: Collection[str]) -> Airframes:
    """The aircraft of a table that have one of the wanted addresses.

    The day of the table is the one in the name of its file, such as `aircraft_2026-04-06.csv.gz`.

    Args:
        path: CSV with a header, also `.gz`.
        wanted: addresses, lower case.

    Raises:
        SourceError: it cannot be read, or lacks a column.
    """
    options = pacsv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()),
                                   include_columns=list(COLUMNS))  # fmt: skip
    try:
        table = pacsv.read_csv(path, convert_options=options)
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError, EOFError) as error:
        raise SourceError(
            f"the aircraft table cannot be read: {str(error).splitlines()[0][:120]}",
            locator=path.name, hint=HINT,
        ) from error  # fmt: skip
    keys = pc.utf8_lower(pc.utf8_trim_whitespace(table["icao24"]))
    mine = pc.is_in(keys, pa.array(sorted(wanted), pa.string()))
    kept = table.set_column(0, "icao24", keys).filter(mine)
    held = {
        row["icao24"]: Tagged(row["icao24"], row["registration"] or "", row["type"] or "")
        for row in kept.to_pylist()
    }
    day = _DAY.search(path.name)
    of_day = f"of {day[1]}" if day else "of no known day"
    return Airframes(held, f"aircraft table {path.name} {of_day}")


def of_traces(tags: Iterable[Tagged]) -> Airframes:
    """What the publisher of trace files says; their day is that of the traces."""
    return Airframes({one.icao24: one for one in tags}, "trace files")


def identified(flight: Flight, tables: Iterable[Airframes]) -> tuple[Flight, str]:
    """A flight with tail and type filled in from the first table that has its address.

    Returns:
        The flight, and who says the tail: `flight list`, a table and its day, or empty: nobody.
    """
    if flight.registration:
        return flight, "flight list"
    for table in tables:
        found = table.held.get(flight.icao24.lower())
        if found is not None and (found.registration or found.typecode):
            filled = replace(flight, registration=found.registration,
                             typecode=flight.typecode or found.typecode)  # fmt: skip
            return filled, table.said_by
    return flight, ""


def read_operators(path: Path) -> Operated:
    """Who flies under a call sign, by a table of prefixes; empty where it says nothing.

    A call sign that is a tail number has no prefix. An operator may fly for another.

    Raises:
        SourceError: no such table, or a prefix that is not three letters.
    """
    held: dict[str, str] = {}
    for cells, place in rows(path, ("prefix", "operator"), (), OPERATOR_HINT):
        prefix = cells["prefix"].upper()
        if not re.fullmatch(r"[A-Z]{3}", prefix):
            raise SourceError(f"got prefix {cells['prefix']!r}, expected three letters",
                              locator=place, hint=OPERATOR_HINT)  # fmt: skip
        held[prefix] = cells["operator"]

    def operated(flight: Flight) -> str:
        call_sign = plain(flight.callsign)
        found = _CALL.fullmatch(call_sign)
        is_tail = call_sign == plain(flight.registration)
        return held.get(found[1], "") if found and not is_tail else ""

    return operated
