"""When somebody listened near a place, and files of records; generated, worked by hand."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.checks.movements.generated import KUBINKA, MINSK, point, table, whole_flight

from entrepot.checks.movements.coverage import HEARD, UNKNOWN, coverage, timeline, window_of
from entrepot.checks.movements.listening import heard_of, listened, presence_in
from entrepot.checks.movements.reading import read_records
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.engine import Engine, open_engine
from entrepot.errors import EntrepotError

NEAR_MINSK = Site("UMMS", *MINSK)
NEAR_KUBINKA = Site("UUMB", *KUBINKA)


def test_who_was_heard_near_a_place_by_the_hour(engine: Engine) -> None:
    points = [
        *whole_flight(),  # at Minsk at 09:00 on the ground and at 09:02, 10 km on
        point(130, MINSK, 9500, icao24="510def"),
        point(131, MINSK, 9000, icao24="510def"),
        point(300, (MINSK[0] + 0.46, MINSK[1]), 9000, icao24="510fff"),  # 51 km north: too far
    ]
    rows = listened(engine, engine.table(table(points)), [NEAR_MINSK, NEAR_KUBINKA])
    at_minsk = [one for one in rows.to_pylist() if one["place"] == "UMMS"]
    hour = int(datetime(2022, 8, 27, 9, tzinfo=UTC).timestamp()) // 3600
    assert at_minsk == [
        {"place": "UMMS", "hour": hour, "icao24": "510abc", "positions": 2, "lowest_m": 700.0,
         "on_ground": True},
        {"place": "UMMS", "hour": hour + 2, "icao24": "510def", "positions": 2, "lowest_m": 9000.0,
         "on_ground": False},
    ]  # fmt: skip
    assert presence_in(rows)["UUMB"] == {date(2022, 8, 27): {"510abc"}}


def test_a_timeline_of_heard_and_unknown_fills_the_window() -> None:
    window = Window.of_days(date(2022, 8, 27), date(2022, 8, 27))
    with open_engine("duckdb", threads=1) as engine:
        rows = listened(engine, engine.table(table(whole_flight())), [NEAR_MINSK])
    heard = heard_of(rows, [NEAR_MINSK])
    gaps = coverage(NEAR_MINSK, window, flights=[], heard=heard)
    found = timeline(NEAR_MINSK, window, gaps, rows=rows)
    assert [(one.state, one.from_at.hour, one.aircraft, one.lowest_m) for one in found] == [
        (UNKNOWN, 0, None, None), (HEARD, 9, 1, 0.0), (UNKNOWN, 10, None, None)
    ]  # fmt: skip
    assert [one.to_at for one in found[:-1]] == [one.from_at for one in found[1:]]
    assert (found[0].from_at, found[-1].to_at) == (window.from_at, window.to_at)
    assert window_of([], rows) == window


def test_what_was_heard_outside_the_window_is_not_counted() -> None:
    begin, end = (datetime(2022, 8, 27, 9, minute, tzinfo=UTC) for minute in (30, 59))
    window = Window(begin, end.replace(hour=10, minute=0))
    points = [point(40, MINSK, 9000), point(61, MINSK, 9000, icao24="510def")]
    with open_engine("duckdb", threads=1) as engine:
        rows = listened(engine, engine.table(table(points)), [NEAR_MINSK])
    gaps = coverage(NEAR_MINSK, window, heard=heard_of(rows, [NEAR_MINSK]))
    (only,) = timeline(NEAR_MINSK, window, gaps, rows=rows)
    assert (only.state, only.from_at, only.to_at, only.aircraft) == (
        HEARD, begin, window.to_at, 1
    )  # fmt: skip


def test_positions_and_lists_make_one_set_of_flights(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("callsign,icao24,origin,destination,firstseen,lastseen\n"
                      "GEN9,510999,UMMS,UGTB,2022-08-26T09:00,2022-08-26T12:00\n")  # fmt: skip
    folder = tmp_path / "traces"
    folder.mkdir()
    trace = [[0, *MINSK, "ground", 5, 0, 0, 0], [120, *MINSK, 2000, 180, 0, 0, 900],
             [600, 54.0, 28.9, 9000, 300, 0, 0, 0]]  # fmt: skip
    (folder / "trace_full_510abc.json").write_text(
        json.dumps({"icao": "510abc", "r": "EW-00000", "timestamp": 1661590800, "trace": trace})
    )
    with open_engine("duckdb", threads=1) as engine:
        held = read_records([listed, folder], engine, tmp_path)
    assert [(one.icao24, one.origin, one.destination) for one in held.flights] == [
        ("510999", "UMMS", "UGTB"), ("510abc", "UMMS", "")
    ]  # fmt: skip
    assert held.flights[1].locator == "list.csv and 1 more, 2 positions of 510abc"
    assert held.notes == ("3 positions in 1 trace files.",)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "one,two\n", "a.csv, line 1: got the columns one, two"),
        ("a.txt", "", "a.txt: got a file of no known kind"),
        ("a.csv", "", "a.csv: got an empty file"),
        ("a.csv", "<!DOCTYPE html><html>Sign in</html>", "a.csv: got a web page"),
        ("a.csv.gz", "no gzip", "a.csv.gz"),
        ("empty/x.txt", "", "a folder without a trace_full"),
        ("none/", "", "does not exist"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    if not name.endswith("/"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    given = path.parent if "/x" in name else path
    with open_engine("duckdb", threads=1) as engine, pytest.raises(EntrepotError, match=said):
        read_records([given], engine, tmp_path)
