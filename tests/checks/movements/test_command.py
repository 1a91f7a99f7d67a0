"""`entrepot flights`, as a newcomer runs it; the flights are generated."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.checks.movements.generated import whole_flight

from entrepot.cli import main
from entrepot.sources.flightlist import read_flights

HEAD = "callsign,icao24,registration,typecode,origin,destination,firstseen,lastseen\n"
LISTED = HEAD + (
    "GEN1,510abc,EW-00000,IL76,UMMS,UUMB,2022-08-27T09:02,2022-08-27T09:48\n"
    "GEN2,510def,,,UGTB,UMMS,2022-08-29T09:00,2022-08-29T12:00\n"
)


def run(tmp_path: Path, *arguments: str) -> Result:
    where = ("--workspace", str(tmp_path / "w"))
    return CliRunner().invoke(main, ["flights", *arguments, *where])


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LISTED)
    return path


def test_positions_to_a_list_that_can_be_read_again(tmp_path: Path) -> None:
    names = {"at": "time", "altitude_m": "baroaltitude", "speed_m_s": "velocity",
             "climb_m_s": "vertrate", "on_ground": "onground"}  # fmt: skip
    path, out = tmp_path / "states.csv", tmp_path / "heard.csv"
    with path.open("w") as stream:
        writer = csv.DictWriter(stream, ["time", "icao24", "lat", "lon", "callsign", "onground",
                                         "baroaltitude", "velocity", "vertrate"],
                                extrasaction="ignore")  # fmt: skip
        writer.writeheader()
        writer.writerows({names.get(k, k): v for k, v in one.items()} for one in whole_flight())
    result = run(tmp_path, str(path), "--format", "csv", "--out", str(out))
    assert result.exit_code == 0, result.output
    (flight,) = read_flights(out)
    assert (flight.callsign, flight.origin, flight.destination) == ("GEN1", "UMMS", "UUMB")
    assert f"{flight.first_at:%H:%M:%S} {flight.last_at:%H:%M:%S}" == "09:02:00 09:48:00"
    assert "may have taken place" in result.stderr


def test_near_a_place_and_in_days(tmp_path: Path, listed: Path) -> None:
    found = rows(run(tmp_path, str(listed), "--near", "55.61,36.65", "--format", "csv"))
    assert [one["callsign"] for one in found] == ["GEN1"]
    found = rows(run(tmp_path, str(listed), "--airport", "UMMS", "--from", "2022-08-28",
                     "--to", "2022-08-29", "--format", "csv"))  # fmt: skip
    assert [one["callsign"] for one in found] == ["GEN2"]


def test_lists_are_null_where_none_are_loaded_and_no_hit_where_they_are(
    tmp_path: Path, listed: Path
) -> None:
    bare = run(tmp_path, str(listed), "--format", "csv")
    assert {one["listing"] for one in rows(bare)} == {""}
    assert "no lists are loaded" in bare.stderr
    lists = tmp_path / "plain.csv"
    lists.write_text("name,schema,listed_on\nEW-00000,Airplane,2022-08-01\n")
    found = rows(run(tmp_path, str(listed), "--format", "csv", "--lists", str(lists)))
    assert found[0]["listing"].endswith("(equal tail number)")
    assert found[1]["listing"] == "no hit in the lists loaded"


def test_coverage_of_a_list_says_unknown(tmp_path: Path, listed: Path) -> None:
    result = run(tmp_path, str(listed), "--airport", "UMMS", "--coverage", "--format", "csv")
    assert [(one["from"][:10], one["state"]) for one in rows(result)] == [
        ("2022-08-27", "flights in the list"), ("2022-08-28", "unknown"),
        ("2022-08-29", "flights in the list"),
    ]  # fmt: skip
    assert "1 of 3 days" in result.stderr


def test_routes_without_coverage_have_no_rate(tmp_path: Path, listed: Path) -> None:
    result = run(tmp_path, str(listed), "--routes", "--since", "2022-08-28", "--format", "csv")
    found = {one["origin"]: one for one in rows(result)}
    assert found["UMMS"]["flights_before"] == "1"
    assert found["UMMS"]["rate_before_per_day"] == ""
    assert found["UGTB"]["change"] == "not seen before, and nobody is known to have listened"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--routes",), "--routes without a day"),
        (("--since", "2022-08-28"), "without --routes"),
        (("--coverage",), "--coverage without a place"),
        (("--airport", "XXXX"), "'XXXX'"),
        (("--airport", "UMMS", "--near", "53.1,26.05"), "expected one of them"),
        (("--from", "2022-08-28", "--to", "2022-08-01"), "last day not before the first"),
    ],
)
def test_refused_in_one_sentence(
    tmp_path: Path, listed: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(tmp_path, str(listed), *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
