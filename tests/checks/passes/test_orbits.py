"""Orbits: SGP4's own verification set, the turn of the Earth, speeds."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import sgp4
from orbiting import made_elements
from sgp4.api import Satrec
from sgp4.propagation import gstime

from entrepot.checks.passes.instants import ZERO_JD, Instants, gmst, moments_of, seconds_of
from entrepot.checks.passes.orbits import State, fixed, state, teme

PACKAGE = Path(sgp4.__file__).parent
LINES = [line[:69] for line in (PACKAGE / "SGP4-VER.TLE").read_text().splitlines()
         if re.match(r"[12] ", line)]  # fmt: skip
# positions in the file are printed to 1e-8 km; one microsecond is 7 mm of flight
SAME_KM, SAME_KM_S = 2e-5, 1e-8


def cases() -> list[tuple[Satrec, np.ndarray]]:
    """Each verification satellite with its lines of the answer file: minutes, place, speed."""
    records = [Satrec.twoline2rv(*pair) for pair in zip(LINES[::2], LINES[1::2], strict=True)]
    answers: list[list[list[float]]] = []
    for line in (PACKAGE / "tcppver.out").read_text().splitlines():
        if line.strip().endswith("xx"):
            answers.append([])
        elif line.strip():
            answers[-1].append([float(word) for word in line.split()[:7]])
    return list(zip(records, map(np.array, answers), strict=True))


# the package's own copy of https://celestrak.org/publications/AIAA/2006-6753/, 33 satellites
def test_the_verification_set_of_sgp4_comes_out_of_our_own_door():
    compared = 0
    for record, answer in cases():
        epoch = (record.jdsatepoch - ZERO_JD) * 86_400 + record.jdsatepochF * 86_400
        instants = Instants.of(epoch + answer[:, 0] * 60)
        codes, places, speeds = teme(record, instants)
        good = codes == 0
        np.testing.assert_allclose(places[good], answer[good, 1:4], rtol=0, atol=SAME_KM)
        np.testing.assert_allclose(speeds[good], answer[good, 4:7], rtol=0, atol=SAME_KM_S * 10)
        compared += int(good.sum())
    assert len(cases()) == 33
    assert compared > 600


@pytest.mark.parametrize("year", [1980, 2000, 2022, 2026])
def test_sidereal_time_is_that_of_the_package(year):
    at = datetime(year, 8, 26, 9, 25, 40, tzinfo=UTC)
    seconds = np.array([seconds_of(at)])
    apart = gmst(seconds)[0] - gstime(ZERO_JD + seconds[0] / 86_400)
    assert abs((apart + np.pi) % (2 * np.pi) - np.pi) < 1e-8


# AIAA 2006-6753, appendix C: TEME, and the Earth-fixed frame with polar motion, which moves it by
# 12 m; UT1-UTC of that day is given in by moving the moment
def test_the_turn_from_teme_is_the_papers():
    at = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC) - timedelta(seconds=0.4399619)
    instants = Instants.of(np.array([seconds_of(at)]))
    place = np.array([[5094.18010720, 6127.64470520, 6380.34453270]])
    speed = np.array([[-4.7461314870, 0.7858180410, 5.5319312880]])
    made = fixed(place, speed, instants)
    np.testing.assert_allclose(made.position[:, 0], [-1033.4793830, 7901.2952754, 6380.3565958],
                               atol=0.016)  # fmt: skip
    np.testing.assert_allclose(made.velocity[:, 0], [-3.225636520, -2.872451450, 5.531924446],
                               atol=2e-5)  # fmt: skip


def test_speed_is_what_the_place_does_seen_from_the_ground():
    record = made_elements().satrec
    seconds = seconds_of(datetime(2022, 8, 27, tzinfo=UTC)) + np.arange(0, 6000, 600.0)
    here = state(record, seconds)
    around = state(record, seconds + 0.5).position - state(record, seconds - 0.5).position
    # SGP4's speed leaves out small terms: 5 cm/s
    np.testing.assert_allclose(here.velocity, around, atol=2e-4)


def test_a_second_by_the_pull_of_a_round_earth_is_a_second_of_sgp4():
    record = made_elements().satrec
    seconds = seconds_of(datetime(2022, 8, 27, tzinfo=UTC)) + np.arange(0, 6000, 600.0)
    moved: State = state(record, seconds).moved(np.ones(10))
    np.testing.assert_allclose(moved.position, state(record, seconds + 1).position, atol=1e-3)


def test_moments_come_back_to_the_microsecond():
    at = datetime(2022, 8, 26, 9, 25, 40, 123457, tzinfo=UTC)
    assert moments_of(np.array([seconds_of(at)]))[0] == np.datetime64(at.replace(tzinfo=None))
