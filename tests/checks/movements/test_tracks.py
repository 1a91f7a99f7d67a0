"""Generated tracks to flights, worked by hand. No aircraft flew so."""

from collections import defaultdict
from typing import Any

import pytest
from tests.checks.movements.generated import (
    KUBINKA,
    MINSK,
    START,
    between,
    point,
    table,
    whole_flight,
)

from entrepot.checks.movements.tracks import flights_of
from entrepot.engine import Engine, open_engine

Ends = dict[str, list[tuple[str | None, str | None]]]

LOW = point(0, between(0.1), 2000)
HIGH = point(0, MINSK, 9000)
COMING_DOWN = [
    point(0, between(0.01), 700, climb_m_s=-4.0), point(3, MINSK, 300, climb_m_s=-4.0)
]  # fmt: skip
WITHOUT_RATE = [one | {"climb_m_s": None} for one in COMING_DOWN]
STAND = [point(0, MINSK, 500), point(5, MINSK, None), point(10, MINSK, 600)]
TAXI = point(0, MINSK, None)
SCENARIOS: dict[str, list[Any]] = {
    "silent 30 minutes": [LOW, point(30, between(0.2), 2000)],
    "silent 31 minutes": [LOW, point(31, between(0.2), 2000)],
    # 40 minutes at 200 m/s are 480 km; the whole way is 570 km
    "far on": [HIGH, point(40, between(0.9), 9000)],
    "not far on": [HIGH, point(40, between(0.2), 9000)],
    "no speed told": [HIGH | {"speed_m_s": None}, point(40, between(0.9), 9000)],
    "four hours": [HIGH | {"speed_m_s": 30.0}, point(240, between(0.9), 9000)],
    "stood": STAND,
    # "On the ground" at 200 m/s is a fault of the transponder
    "fault": [STAND[0], STAND[1] | {"speed_m_s": 200.0}, STAND[2]],
    "new leg": [point(0, MINSK, 5000), point(5, MINSK, 5000, is_new_leg=True)],
    "ground only": [TAXI, point(5, MINSK, None)],
    "coming down": COMING_DOWN,
    "coming down by two heights": WITHOUT_RATE,
    "one position without a rate": WITHOUT_RATE[:1],
    # UMMS lies 204.2 m up: below 1,204.2 m is less than 1,000 m above it
    "just low": [point(0, MINSK, 1203, climb_m_s=5.0)],
    "just high": [point(0, MINSK, 1206, climb_m_s=5.0)],
    # 0.13 degrees of latitude are 14.5 km, 0.14 are 15.6 km
    "just near": [point(0, (MINSK[0] + 0.13, MINSK[1]), 500, climb_m_s=5.0)],
    "just far": [point(0, (MINSK[0] + 0.14, MINSK[1]), 500, climb_m_s=5.0)],
    # Heard taxiing at Minsk, then only 20 minutes later, low over Kubinka
    "taxi then far": [TAXI, point(20, KUBINKA, 500, climb_m_s=1.0)],
    # An hour later: it may have flown unheard in between
    "taxi then late": [TAXI, point(60, KUBINKA, 500, climb_m_s=1.0)],
    # 4.55 degrees there are 484 km; at 200 m/s in 45 minutes 540 km, so it was on its way
    "antimeridian": [point(0, (-17.0, 179.95), 9000), point(45, (-17.0, -175.5), 9000)],
}


def fly(engine: Engine, points: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = flights_of(engine, engine.table(table(points))).to_pylist()
    return rows


@pytest.fixture(scope="module")
def ends() -> Ends:
    """Origin and destination of every flight, by the name of what was flown."""
    points = [one | {"icao24": name} for name, held in SCENARIOS.items() for one in held]
    found: Ends = defaultdict(list)
    with open_engine("duckdb", threads=1) as engine:
        for row in fly(engine, points):
            found[row["icao24"]].append((row["origin"], row["destination"]))
    return found


def test_both_engines_find_the_same_flights(engine: Engine) -> None:
    again = [one | {"at": one["at"] + 70 * 60} for one in whole_flight()]
    other = [point(5, between(0.5), 9000, icao24="510def"),
             point(6, between(0.52), 9000, icao24="510def")]  # fmt: skip
    found = fly(engine, whole_flight() + again + other)
    # Four positions in the air, from 2 to 48 minutes
    assert found[0] == {
        "icao24": "510abc", "callsign": "GEN1", "first_at": START + 120, "last_at": START + 2880,
        "origin": "UMMS", "destination": "UUMB", "origin_fits": 1, "destination_fits": 1,
        "positions": 4,
    }  # fmt: skip
    assert [(one["icao24"], one["positions"]) for one in found] == [
        ("510abc", 4), ("510def", 2), ("510abc", 4)
    ]  # fmt: skip
    assert (found[1]["origin"], found[1]["destination"], found[1]["callsign"]) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "flights"),
    [
        ("silent 30 minutes", 1), ("silent 31 minutes", 2), ("far on", 1), ("not far on", 2),
        ("no speed told", 2), ("four hours", 2), ("stood", 2), ("fault", 1), ("new leg", 2),
        ("ground only", 0), ("antimeridian", 1),
    ],
)  # fmt: skip
def test_where_a_flight_ends(ends: Ends, name: str, flights: int) -> None:
    assert len(ends[name]) == flights


@pytest.mark.parametrize(
    ("name", "origin", "destination"),
    [
        ("coming down", None, "UMMS"), ("coming down by two heights", None, "UMMS"),
        ("one position without a rate", None, None), ("just low", "UMMS", None),
        ("just high", None, None), ("just near", "UMMS", None), ("just far", None, None),
        ("taxi then far", "UMMS", None), ("taxi then late", "UUMB", None),
    ],
)  # fmt: skip
def test_an_end_is_an_airport_only_where_it_was_heard(
    ends: Ends, name: str, origin: str | None, destination: str | None
) -> None:
    assert ends[name] == [(origin, destination)]


def test_an_aircraft_that_stood_leaves_from_where_it_stood(ends: Ends) -> None:
    assert ends["stood"] == [(None, "UMMS"), ("UMMS", None)]
