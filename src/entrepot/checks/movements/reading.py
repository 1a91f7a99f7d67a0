"""Files of flights and positions, told apart by what stands in them, as one set of records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import ibis.expr.types as ir
import pyarrow as pa

from entrepot.checks.movements.tracks import Limits, flights_of
from entrepot.engine import Engine
from entrepot.errors import RequestError, SourceError
from entrepot.sources import flightlist
from entrepot.sources.flightlist import Flight, read_flights
from entrepot.sources.readsb import Tagged, is_trace, traces_in, write_traces
from entrepot.sources.smalltable import what_else
from entrepot.sources.statevectors import SUFFIXES, write_states

LIST, STATES, TRACES = "flight list", "state vectors", "trace files"
HINT: Final = (
    "A flight list (.csv), state vectors (.csv, .csv.gz, .parquet), or trace files "
    "(trace_full_xxxxxx.json, or a folder of them): docs/flights.md."
)
HEAD_BYTES: Final = 4096

Told = Callable[[str], None]
"""Hears what is being read."""


@dataclass(frozen=True, slots=True)
class Records:
    """What the files hold.

    Attributes:
        flights: of lists, and made of positions, in order of time.
        positions: columns of `sources.statevectors.POSITION`; null: only flight lists were given.
        tags: tails and types that trace files print.
        notes: what a reader must know.
    """

    flights: tuple[Flight, ...]
    positions: ir.Table | None
    tags: tuple[Tagged, ...]
    notes: tuple[str, ...]


def read_records(
    paths: Sequence[Path], engine: Engine, scratch: Path, *,
    limits: Limits | None = None, told: Told = lambda text: None,
) -> Records:  # fmt: skip
    """Flights of flight lists and of positions.

    Args:
        paths: files, and folders of trace files.
        engine: where the positions are worked on.
        scratch: a folder for positions while the engine is open.
        limits: what a flight is made by; null: the defaults.
        told: hears what is being done.

    Raises:
        RequestError: no file, or a folder without trace files.
        SourceError: a file that is none of the three, or is broken.
    """
    sorted_out = [(path, kind_of(path)) for path in paths]
    listed = [flight for path, kind in sorted_out if kind == LIST for flight in read_flights(path)]
    parts, notes = list[Path](), list[str]()
    for path in (path for path, kind in sorted_out if kind == STATES):
        parts.append(_states(path, scratch / f"states_{len(parts)}.parquet", notes, told))
    traces = [one for path, kind in sorted_out if kind == TRACES for one in traces_in(path)]
    tags: tuple[Tagged, ...] = ()
    if traces:
        out = scratch / "traces.parquet"
        count, tags = write_traces(traces, out, _counting("positions of trace files", told))
        parts.append(out)
        notes.append(f"{count:,} positions in {len(traces):,} trace files.")
    elif any(kind == TRACES for _, kind in sorted_out):
        raise RequestError("got a folder without a trace_full_xxxxxx.json, expected one or more",
                           hint=HINT)  # fmt: skip
    if not parts:
        return Records(_in_time(listed), None, (), tuple(notes))
    told("positions to flights")
    positions = engine.read_parquet(parts)
    name = paths[0].name if len(paths) == 1 else f"{paths[0].name} and {len(paths) - 1} more"
    made = flights_from(flights_of(engine, positions, limits), name)
    return Records(_in_time([*listed, *made]), positions, tags, tuple(notes))


def flights_from(rows: pa.Table, name: str) -> list[Flight]:
    """The rows of `tracks.flights_of` as flights; `name` is of the files they come from."""
    return [
        Flight(
            row["callsign"] or "", row["icao24"], "", "", row["origin"] or "",
            row["destination"] or "", _moment(row["first_at"]), _moment(row["last_at"]),
            f"{name}, {row['positions']} positions of {row['icao24']}{_others(row)}",
        )
        for row in rows.to_pylist()
    ]  # fmt: skip


def _others(row: Mapping[str, Any]) -> str:
    """Airports beside the nearest that an end would fit, so that nobody takes it for certain."""
    said = [
        f"; {row[f'{end}_fits'] - 1} more airports fit the {end}"
        for end in ("origin", "destination")
        if (row[f"{end}_fits"] or 0) > 1
    ]
    return "".join(said)


def kind_of(path: Path) -> str:
    """What a path holds, by its name and first line.

    Raises:
        SourceError: it cannot be read, or is none of the kinds.
    """
    if is_trace(path):
        return TRACES
    if not path.is_file():
        raise SourceError("the file does not exist", locator=str(path), hint="Check the path.")
    if not path.name.endswith(SUFFIXES):
        raise SourceError("got a file of no known kind", locator=path.name, hint=HINT)
    if path.name.endswith(".parquet"):
        return STATES
    names = _head(path)
    if "icao24" in names and "time" in names:
        return STATES
    if {"firstseen", "lastseen"} & names:
        if path.name.endswith(".gz"):
            raise SourceError("got a packed flight list, expected plain CSV", locator=path.name,
                              hint="Unpack it: gunzip FILE")  # fmt: skip
        return LIST
    if got := what_else(",".join(names)):
        raise SourceError(f"got {got}, expected records of flights", locator=path.name, hint=HINT)
    raise SourceError(
        f"got the columns {', '.join(sorted(names))[:120] or 'none'}, expected those of a flight "
        "list or of state vectors", locator=f"{path.name}, line 1",
        hint=f"{flightlist.HINT} Or: {HINT}",
    )  # fmt: skip


def _head(path: Path) -> set[str]:
    try:
        with pa.input_stream(path) as stream:
            first = stream.read(HEAD_BYTES).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    except (OSError, EOFError) as error:
        raise SourceError(f"the file cannot be read: {str(error)[:100]}", locator=path.name,
                          hint="Check that the file is whole.") from error  # fmt: skip
    return {one.strip().strip('"').lower() for one in first.replace(";", ",").split(",")}


def _states(path: Path, out: Path, notes: list[str], told: Told) -> Path:
    kept, left = write_states(path, out, _counting(f"positions of {path.name}", told))
    beside = f"; {left:,} rows without a place left out" if left else ""
    notes.append(f"{kept:,} positions in {path.name}{beside}.")
    return out


def _counting(what: str, told: Told) -> Callable[[int], None]:
    return lambda count: told(f"{count:,} {what}")


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _in_time(flights: Sequence[Flight]) -> tuple[Flight, ...]:
    return tuple(sorted(flights, key=lambda one: (one.first_at, one.icao24, one.callsign)))
