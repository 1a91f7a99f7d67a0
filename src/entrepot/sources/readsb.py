"""Trace files of readsb, as adsb.lol publishes them: `trace_full_xxxxxx.json`, one aircraft a day.

The content is gzip even where the name does not say so. `trace` holds arrays: seconds after
`timestamp`, latitude, longitude, altitude in feet or "ground" or null, speed in knots, track, flags
(1: nothing was heard for 20 seconds before, 2: a new leg begins, 8: the altitude is by satellite),
climb in feet a minute, and an object with details or null. `r` is the registration and `t` the
type, by the publisher's own table.

Layout: README-json.md of https://github.com/wiedehopf/readsb, "trace jsons".
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from entrepot.errors import SourceError
from entrepot.sources.statevectors import POSITION, Told, check_places

METRES_PER_FOOT: Final = 0.3048
"""The international foot, exact. Source: agreement of 1959; NIST Special Publication 811, B.6."""

METRES_PER_SECOND_PER_KNOT: Final = 1852 / 3600
"""The international nautical mile an hour, exact. Source: NIST Special Publication 811, B.8."""

SECONDS_PER_MINUTE: Final = 60
NEW_LEG: Final = 2
GROUND: Final = "ground"
LEAST_CELLS: Final = 7
"""Up to the flags; later versions of readsb add cells at the end."""
ROWS_A_GROUP: Final = 500_000
NAMES: Final = "trace_full_*.json*"
HINT: Final = "Expected trace_full_xxxxxx.json as adsb.lol publishes them: docs/flights.md."
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a publisher says of one aircraft beside its positions; empty: nothing."""

    icao24: str
    registration: str
    typecode: str


def traces_in(path: Path) -> list[Path]:
    """The trace files of a folder and its folders, sorted; the path itself where it is a file."""
    return sorted(path.rglob(NAMES)) if path.is_dir() else [path]


def write_traces(
    paths: Sequence[Path], out: Path, told: Told | None = None
) -> tuple[int, tuple[Tagged, ...]]:
    """Positions of trace files in one Parquet file.

    Args:
        paths: the files.
        out: where the positions go, with the columns of `POSITION`.
        told: hears how many positions were read so far.

    Returns:
        How many positions were written, and what the publisher says of each aircraft.

    Raises:
        SourceError: a file that is no trace, or is cut.
    """
    count, tags, held = 0, dict[str, Tagged](), _columns()
    with pq.ParquetWriter(out, POSITION, compression="snappy") as writer:
        for path in paths:
            whole = _load(path)
            tag = Tagged(
                _address(whole, path), str(whole.get("r") or ""), str(whole.get("t") or "")
            )
            tags[tag.icao24] = tag
            count += _take(whole, tag.icao24, held, path)
            if len(held["at"]) >= ROWS_A_GROUP:
                held = _flush(writer, held)
            if told is not None:
                told(count)
        _flush(writer, held)
    return count, tuple(tags.values())


def _load(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        if content[:2] == _GZIP:
            content = gzip.decompress(content)
        whole = json.loads(content)
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise SourceError(
            f"the trace cannot be read: {str(error)[:120]}", locator=path.name, hint=HINT
        ) from error
    if not isinstance(whole, dict) or not isinstance(whole.get("trace"), list):
        raise SourceError("got JSON without a trace, expected one", locator=path.name, hint=HINT)
    if not isinstance(whole.get("timestamp"), int | float):
        raise SourceError("got a trace without a timestamp, expected seconds since 1970",
                          locator=path.name, hint=HINT)  # fmt: skip
    return whole


def _address(whole: dict[str, Any], path: Path) -> str:
    found = str(whole.get("icao") or "").strip().lower()
    if not found:
        raise SourceError("got a trace without icao, expected an address", locator=path.name,
                          hint=HINT)  # fmt: skip
    return found


def _take(whole: dict[str, Any], icao24: str, held: dict[str, list[Any]], path: Path) -> int:
    """Add the points of one trace; a call sign holds until another is told, or a new leg begins."""
    begun, call, count = float(whole["timestamp"]), None, 0
    for number, point in enumerate(whole["trace"]):
        try:
            seconds, lat, lon, height, speed, _, flags = point[:LEAST_CELLS]
            is_new, on_ground = bool(int(flags) & NEW_LEG), height == GROUND
            climb = point[7] if len(point) > LEAST_CELLS else None
            said = point[8] if len(point) > LEAST_CELLS + 1 else None
            call = _call(said) or (None if is_new else call)
            row = (
                icao24, begun + float(seconds), float(lat), float(lon),
                None if height is None or on_ground else height * METRES_PER_FOOT,
                None if speed is None else speed * METRES_PER_SECOND_PER_KNOT,
                None if climb is None else climb * METRES_PER_FOOT / SECONDS_PER_MINUTE,
                on_ground, is_new, call,
            )  # fmt: skip
        except (TypeError, ValueError) as error:
            raise SourceError(
                f"point {number} of the trace is not as readsb writes it", locator=path.name,
                hint=HINT,
            ) from error  # fmt: skip
        for name, value in zip(POSITION.names, row, strict=True):
            held[name].append(value)
        count += 1
    return count


def _call(said: Any) -> str | None:
    return str(said.get("flight") or "").strip() or None if isinstance(said, dict) else None


def _columns() -> dict[str, list[Any]]:
    return {name: [] for name in POSITION.names}


def _flush(writer: pq.ParquetWriter, held: dict[str, list[Any]]) -> dict[str, list[Any]]:
    rows = pa.table(held, schema=POSITION)
    check_places(rows["lat"], rows["lon"], "the traces")
    writer.write_table(rows)
    return _columns()


def is_trace(path: Path) -> bool:
    """Whether a name is that of a trace file, or the path a folder that may hold them."""
    return path.is_dir() or (path.name.startswith("trace_") and ".json" in path.name)
