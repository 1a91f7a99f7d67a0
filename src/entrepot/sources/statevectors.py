"""State vectors of the OpenSky Network, and what every file of positions is turned into.

One row an aircraft and moment: `time, icao24, lat, lon, velocity, heading, vertrate, callsign,
onground, alert, spi, squawk, baroaltitude, geoaltitude, lastposupdate, lastcontact`; metres, metres
a second, degrees, seconds since 1970. CSV (also `.gz`) and Parquet. A row repeats the last position
while the aircraft is heard without a new one, so the moment of a position is `lastposupdate`.

Layout: the network's README of its state vector samples,
https://opensky-network.org/datasets/states/README.txt
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from entrepot.errors import SourceError

POSITION: Final = pa.schema(
    {
        "icao24": pa.string(),  # address of the transponder, lower case; "~": not from ICAO
        "at": pa.float64(),  # seconds since 1970, UTC
        "lat": pa.float64(),  # degrees, north positive
        "lon": pa.float64(),  # degrees, east positive
        "altitude_m": pa.float32(),  # by pressure, else by satellite; null: not told, or ground
        "speed_m_s": pa.float32(),  # over ground; null: not told
        "climb_m_s": pa.float32(),  # up is positive; null: not told
        "on_ground": pa.bool_(),
        "is_new_leg": pa.bool_(),  # the source says that another flight begins here
        "callsign": pa.string(),  # without blanks; null: not heard
    }
)
"""Positions of aircraft, whatever file they come from. Rows without a place are left out."""

NEEDED: Final = ("time", "icao24", "lat", "lon", "callsign", "onground")
NUMBERS: Final = ("velocity", "vertrate", "baroaltitude", "geoaltitude", "lastposupdate")
HINT: Final = (
    "The first line names the columns time, icao24, lat, lon, velocity, heading, vertrate, "
    "callsign, onground, ..., as the OpenSky Network writes its state vectors: docs/flights.md."
)
SUFFIXES: Final = (".csv", ".csv.gz", ".parquet")
_BLOCK: Final = 16 * 1024 * 1024

Told = Callable[[int], None]
"""Hears how many positions were read."""


def write_states(path: Path, out: Path, told: Told | None = None) -> tuple[int, int]:
    """State vectors of one file as positions in a Parquet file.

    Args:
        path: CSV, CSV.gz or Parquet.
        out: where the positions go, with the columns of `POSITION`.
        told: hears how many rows were read so far.

    Returns:
        How many positions were written, and how many rows had no place.

    Raises:
        SourceError: no such layout, a cell that is no number, or a place that is none.
    """
    kept = left = 0
    try:
        with pq.ParquetWriter(out, POSITION, compression="snappy") as writer:
            for rows in _batches(path):
                found = positions_of(rows, path.name)
                writer.write_table(found)
                kept, left = kept + found.num_rows, left + rows.num_rows - found.num_rows
                if told is not None:
                    told(kept + left)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, EOFError) as error:
        said = str(error).splitlines()[0][:200]
        raise SourceError(
            f"the state vectors cannot be read: {said}", locator=path.name, hint=HINT
        ) from error
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror or error}", locator=str(path),
            hint="Check the path, and that the file is whole.",
        ) from error  # fmt: skip
    return kept, left


def _batches(path: Path) -> Iterator[pa.Table]:
    """The rows of a file in batches, with the columns that are used."""
    if path.name.endswith(".parquet"):
        file = pq.ParquetFile(path)
        _check(file.schema_arrow.names, path)
        wanted = [one for one in file.schema_arrow.names if one in (*NEEDED, *NUMBERS)]
        for batch in file.iter_batches(batch_size=1 << 20, columns=wanted):
            yield pa.Table.from_batches([batch])
        return
    with pa.input_stream(path) as stream:
        head = stream.read(4096).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    names = [one.strip().strip('"') for one in head.split(",")]
    _check(names, path)
    held = [one for one in (*NEEDED, *NUMBERS) if one in names]
    types = {one: pa.float64() for one in ("time", "lat", "lon", *NUMBERS)}
    types |= {"icao24": pa.string(), "callsign": pa.string(), "onground": pa.bool_()}
    options = pacsv.ConvertOptions(
        column_types=types, include_columns=held, strings_can_be_null=True,
        true_values=["true", "True", "TRUE", "t", "1"],
        false_values=["false", "False", "FALSE", "f", "0"],
        null_values=["", "NULL", "null", "NaN", "nan", "None"],
    )  # fmt: skip
    reading = pacsv.ReadOptions(block_size=_BLOCK)
    with pacsv.open_csv(path, read_options=reading, convert_options=options) as reader:
        for batch in reader:
            yield pa.Table.from_batches([batch])


def positions_of(rows: pa.Table, name: str) -> pa.Table:
    """Rows of state vectors with the columns of `POSITION`; those without a place are left out.

    Raises:
        SourceError: latitudes or longitudes that are none.
    """
    known = pc.and_(pc.is_finite(rows["lat"]), pc.is_finite(rows["lon"]))  # null stays null
    known = pc.and_(known, pc.and_(pc.is_valid(rows["icao24"]), pc.is_valid(rows["time"])))
    rows = rows.filter(known)
    check_places(rows["lat"], rows["lon"], name)
    heard, said = pc.cast(rows["time"], pa.float64()), _number(rows, "lastposupdate")
    height = pc.coalesce(_number(rows, "baroaltitude"), _number(rows, "geoaltitude"))
    call = pc.utf8_trim_whitespace(pc.cast(rows["callsign"], pa.string()))
    columns = {
        "icao24": pc.utf8_lower(pc.utf8_trim_whitespace(rows["icao24"])),
        "at": pc.min_element_wise(heard, said),
        "lat": rows["lat"],
        "lon": rows["lon"],
        "altitude_m": height,
        "speed_m_s": _number(rows, "velocity"),
        "climb_m_s": _number(rows, "vertrate"),
        "on_ground": pc.fill_null(rows["onground"], False),
        "is_new_leg": pa.repeat(False, rows.num_rows),
        "callsign": pc.if_else(pc.equal(call, ""), pa.scalar(None, pa.string()), call),
    }
    return pa.table([columns[one] for one in POSITION.names], names=POSITION.names).cast(POSITION)


def check_places(lat: pa.ChunkedArray, lon: pa.ChunkedArray, name: str) -> None:
    """Refuse places that are none: the columns may be swapped or in other units.

    Raises:
        SourceError: a latitude over 90 or a longitude over 180 degrees.
    """
    for values, limit, word in ((lat, 90.0, "latitude"), (lon, 180.0, "longitude")):
        most = pc.max(pc.abs(values)).as_py()
        if most is not None and not most <= limit:
            raise SourceError(
                f"got a {word} of {most:g}, expected {-limit:g} to {limit:g} degrees",
                locator=name, hint=HINT,
            )  # fmt: skip


def _number(rows: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    """A column of numbers; nulls where the file has none."""
    if name not in rows.column_names:
        return pa.nulls(rows.num_rows, pa.float64())
    values = pc.cast(rows[name], pa.float64())
    return pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)


def _check(names: list[str], path: Path) -> None:
    missing = [one for one in NEEDED if one not in names]
    if missing:
        raise SourceError(
            f"got columns {', '.join(names)[:120] or 'none'}, expected also {', '.join(missing)}",
            locator=f"{path.name}, line 1", hint=HINT,
        )  # fmt: skip
