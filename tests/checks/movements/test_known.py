"""Tables of aircraft and call signs, and lists, worked by hand. No such aircraft is meant."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from entrepot.checks.movements.airframes import (
    identified,
    of_traces,
    read_airframes,
    read_operators,
)
from entrepot.checks.movements.listed import NO_HIT, screener
from entrepot.errors import SourceError
from entrepot.parties.party import Listing, Party
from entrepot.sources.flightlist import Flight
from entrepot.sources.readsb import Tagged

AT = datetime(2022, 8, 27, 9, tzinfo=UTC)


def flight(callsign: str = "GEN1", icao24: str = "510abc", registration: str = "") -> Flight:
    return Flight(callsign, icao24, registration, "", "UMMS", "UUMB", AT, AT, "f.csv, line 2")


def test_the_day_of_the_aircraft_table_goes_with_the_tail(tmp_path: Path) -> None:
    path = tmp_path / "aircraft_2026-04-06.csv.gz"
    lines = "icao24,registration,type,flags\n510ABC,EW-00000,IL76,00\n510DEF,EW-00001,AN12,00\n"
    path.write_bytes(gzip.compress(lines.encode()))
    table = read_airframes(path, {"510abc"})
    assert list(table.held) == ["510abc"]
    known, said = identified(flight(), [table])
    assert (known.registration, known.typecode) == ("EW-00000", "IL76")
    assert said == "aircraft table aircraft_2026-04-06.csv.gz of 2026-04-06"
    # What the record itself says stands before any table, and an earlier table before a later
    assert identified(flight(registration="EW-9"), [table])[1] == "flight list"
    assert (
        identified(flight(), [of_traces([Tagged("510abc", "EW-2", "")]), table])[1] == "trace files"
    )
    assert identified(flight(icao24="000001"), [table]) == (flight(icao24="000001"), "")


def test_an_aircraft_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("hex,reg\n1,2\n")
    with pytest.raises(SourceError, match=r"a\.csv: the aircraft table cannot be read"):
        read_airframes(path, set())


@pytest.mark.parametrize(
    ("callsign", "operator"),
    [("BRU824", "an airline"), ("BRU82QX", "an airline"), ("EW465TQ", ""), ("BRUNO", ""), ("", "")],
)
def test_an_operator_only_where_a_table_says_so(
    tmp_path: Path, callsign: str, operator: str
) -> None:
    path = tmp_path / "o.csv"
    path.write_text("prefix,operator\nBRU,an airline\n")
    assert read_operators(path)(flight(callsign)) == operator


def test_a_tail_that_looks_like_a_flight_number_names_no_operator(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("prefix,operator\nUPB,an airline\n")
    operated = read_operators(path)
    assert operated(flight("UPB5701")) == "an airline"
    assert operated(flight("UPB5701", registration="UP-B5701")) == ""


def test_a_prefix_of_other_than_three_letters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("prefix,operator\nB2,an airline\n")
    with pytest.raises(SourceError, match="line 2: got prefix 'B2'"):
        read_operators(path)


PLANE = Party("p1", "Airplane", {"name": ("EW-465TQ",),
                                 "notes": ("Aircraft Mode S Transponder Code 510ABC; Model X",)},
              (Listing("list-a", "1", date(2022, 4, 14)),))  # fmt: skip
FIRM = Party("p2", "Company", {"name": ("A Cargo Co",)}, (Listing("list-b", "2", None),))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (flight(registration="EW465TQ", icao24="1"),
         "EW-465TQ on list-a since 2022-04-14 (equal tail number)"),
        (flight(callsign="EW465TQ", icao24="1"),
         "EW-465TQ on list-a since 2022-04-14 (equal call sign, read as a tail number)"),
        (flight(callsign="EW465TQ", icao24="1", registration="EW-465TQ"),
         "EW-465TQ on list-a since 2022-04-14 (equal tail number)"),
        (flight(callsign="EW465", icao24="1"), NO_HIT),
        (flight(callsign="", icao24="", registration="-"), NO_HIT),
        (flight(), "EW-465TQ on list-a since 2022-04-14 (equal transponder address)"),
        (flight(registration="EW-465TQ"),
         "EW-465TQ on list-a since 2022-04-14 (equal tail number and transponder address)"),
        (flight(registration="EW-465TR", icao24="1"), NO_HIT),
        (flight(callsign="ACA1", icao24="1"),
         "A Cargo Co may have been on list-b, first day not known (equal name of the operator)"),
    ],
)  # fmt: skip
def test_lists(asked: Flight, said: str) -> None:
    found = screener([PLANE, FIRM], lambda party, day: party,
                     lambda one: "a cargo  co" if one.callsign == "ACA1" else "")  # fmt: skip
    assert found(asked) == said


def test_the_day_of_the_flight_is_the_day_asked_for() -> None:
    days = []
    found = screener([PLANE], lambda party, day: days.append(day))
    assert found(flight()) == NO_HIT
    assert days == [date(2022, 8, 27)]


def test_a_list_may_write_a_tail_without_its_hyphen() -> None:
    plain = Party("p3", "Airplane", {"registrationNumber": ("RA12345",)}, PLANE.listings)
    assert screener([plain], lambda party, day: party)(flight(registration="RA-12345")) != NO_HIT
