"""State vectors and trace files, generated here in the layouts that their publishers document."""

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from entrepot.errors import SourceError
from entrepot.sources.readsb import traces_in, write_traces
from entrepot.sources.statevectors import POSITION, write_states

HEAD = ("time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
        "baroaltitude,geoaltitude,lastposupdate,lastcontact\n")  # fmt: skip
LINE = ("1661590810,510ABC,53.9,28.0,200.5,80.0,-3.2,GEN1    ,False,False,False,1000,"
        "9000.0,9100.0,1661590805.5,1661590809.9\n")  # fmt: skip


def states(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def read(path: Path) -> list[dict[str, Any]]:
    out = path.with_name("out.parquet")
    write_states(path, out)
    rows: list[dict[str, Any]] = pq.read_table(out).to_pylist()
    return rows


@pytest.mark.parametrize("name", ["s.csv", "s.csv.gz"])
def test_a_state_vector(tmp_path: Path, name: str) -> None:
    found = read(states(tmp_path / name, HEAD + LINE))
    assert found == [
        {
            "icao24": "510abc", "at": 1661590805.5, "lat": 53.9, "lon": 28.0, "altitude_m": 9000.0,
            "speed_m_s": 200.5, "climb_m_s": pytest.approx(-3.2), "on_ground": False,
            "is_new_leg": False, "callsign": "GEN1",
        }
    ]  # fmt: skip


def test_parquet_is_read_alike(tmp_path: Path) -> None:
    import pyarrow.csv as pacsv

    text = states(tmp_path / "s.csv", HEAD + LINE)
    pq.write_table(pacsv.read_csv(text), tmp_path / "s.parquet")
    assert read(tmp_path / "s.parquet") == read(text)


def test_not_a_number_is_no_place(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.csv as pacsv

    rows = pacsv.read_csv(states(tmp_path / "s.csv", HEAD + LINE))
    nowhere = rows.set_column(rows.column_names.index("lat"), "lat", pa.array([float("nan")]))
    pq.write_table(pa.concat_tables([rows, nowhere]), tmp_path / "s.parquet")
    assert write_states(tmp_path / "s.parquet", tmp_path / "out.parquet") == (1, 1)


def test_what_is_not_told_is_null_and_rows_without_a_place_are_counted(tmp_path: Path) -> None:
    bare = "1661590810,510abc,53.9,28.0,,,,        ,true,false,false,,,9100.0,,\n"
    nowhere = "1661590811,510abc,,,,,,,false,false,false,,,,,\n"
    path = states(tmp_path / "s.csv", HEAD + bare + nowhere)
    assert write_states(path, tmp_path / "out.parquet") == (1, 1)
    row = pq.read_table(tmp_path / "out.parquet").to_pylist()[0]
    assert (row["callsign"], row["speed_m_s"], row["climb_m_s"]) == (None, None, None)
    # No pressure altitude, so that of the satellites; no time of the position, so that of the row
    assert (row["altitude_m"], row["at"], row["on_ground"]) == (9100.0, 1661590810.0, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("icao24,lat,lon\n", "expected also time"),
        (HEAD + LINE.replace("53.9,28.0", "28.0,253.9"), "a longitude of 253.9"),
        (HEAD + LINE.replace("53.9,28.0", "153.9,28.0"), "a latitude of 153.9"),
        (HEAD + LINE.replace("53.9", "north"), "cannot be read"),
        (HEAD + "1,2\n", "cannot be read"),
    ],
)
def test_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read(states(tmp_path / "s.csv", text))
    assert "s.csv" in str(caught.value)


def test_a_cut_gzip_file_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress((HEAD + LINE * 1000).encode())
    path = tmp_path / "s.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match=r"s\.csv\.gz"):
        read(path)


def trace(points: list[Any], **more: Any) -> dict[str, Any]:
    return {"icao": "510ABC", "r": "EW-00000", "t": "IL76", "timestamp": 1661590800.5,
            "trace": points} | more  # fmt: skip


AIR = [10.0, 53.9, 28.0, 30000, 400.0, 80.0, 0, -600, {"flight": "GEN1    "}, "adsb_icao", 30500]
LATER = [20.0, 53.9, 28.1, 29900, None, None, 0, None, None]
LANDED = [30.0, 53.9, 28.2, "ground", 10.0, 80.0, 2, None]


@pytest.mark.parametrize("packed", [True, False])
def test_a_trace_is_gzip_even_without_the_name(tmp_path: Path, packed: bool) -> None:
    content = json.dumps(trace([AIR, LATER, LANDED])).encode()
    folder = tmp_path / "bc"
    folder.mkdir()
    (folder / "trace_full_510abc.json").write_bytes(gzip.compress(content) if packed else content)
    count, tags = write_traces(traces_in(tmp_path), tmp_path / "out.parquet")
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (count, [(one.icao24, one.registration, one.typecode) for one in tags]) == (
        3, [("510abc", "EW-00000", "IL76")]
    )  # fmt: skip
    # 30,000 ft are 9,144 m; 400 knots 205.8 m/s; 600 ft a minute 3.048 m/s
    assert rows[0] == {
        "icao24": "510abc", "at": 1661590810.5, "lat": 53.9, "lon": 28.0, "altitude_m": 9144.0,
        "speed_m_s": pytest.approx(205.78, abs=0.01), "climb_m_s": pytest.approx(-3.048),
        "on_ground": False, "is_new_leg": False, "callsign": "GEN1",
    }  # fmt: skip
    # The call sign holds until another is told; a new leg begins without one
    assert [one["callsign"] for one in rows] == ["GEN1", "GEN1", None]
    assert (rows[2]["on_ground"], rows[2]["altitude_m"], rows[2]["is_new_leg"]) == (
        True,
        None,
        True,
    )
    assert pq.read_schema(tmp_path / "out.parquet").equals(POSITION)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "cannot be read"),
        (b"{}", "without a trace"),
        (json.dumps(trace([AIR], timestamp=None)).encode(), "without a timestamp"),
        (json.dumps(trace([AIR], icao="")).encode(), "without icao"),
        (json.dumps(trace([AIR, [1, 2]])).encode(), "point 1 of the trace"),
        (json.dumps(trace([[0, 153.0, 28.0, 0, 0, 0, 0, 0]])).encode(), "a latitude of 153"),
        (gzip.compress(json.dumps(trace([AIR])).encode(), mtime=0)[:60], "cannot be read"),
    ],
)
def test_a_broken_trace_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "trace_full_510abc.json"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        write_traces([path], tmp_path / "out.parquet")
