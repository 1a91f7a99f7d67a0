"""The mean change of a probability, worked by hand and by law; chances of looks; the tables."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.planning.world import flown

from entrepot.checks.planning.advice import Question
from entrepot.checks.planning.expected import expected
from entrepot.checks.planning.group import Look, chance, is_meant, reaching
from entrepot.checks.planning.overhead import flown as mission_of
from entrepot.checks.planning.worth import Worth, _worths, assumed, subject_of, weight, worth
from entrepot.records.evidence import TYPES

DAY = date(2022, 8, 26)
shares = st.floats(0.01, 0.99)


def a_row(true: float, false: float, *, against: bool = True, tells: float = 1.0) -> Worth:
    return Worth(tells, true, false, against, "x", "y")


def test_by_hand() -> None:
    """Even odds, 3 to 1: 0.75 or 0.25 in half of the cases each, so 0.25 in the mean."""
    made = expected(0.5, a_row(0.75, 0.25), 1.0)
    assert (made.change, made.if_seen, made.if_not_seen) == pytest.approx((0.25, 0.75, 0.25))
    assert expected(0.5, a_row(0.75, 0.25, tells=0.5), 0.4).change == pytest.approx(0.05)
    half = expected(0.5, a_row(0.75, 0.25, against=False), 1.0)
    assert half.change == pytest.approx(0.125)
    assert half.if_not_seen is None


@given(shares, shares, shares, shares)
def test_what_both_outcomes_move_cancels(p: float, true: float, false: float, look: float) -> None:
    made = expected(p, a_row(true, false), look)
    seen = p * true + (1 - p) * false
    assert made.if_not_seen is not None
    assert seen * made.if_seen + (1 - seen) * made.if_not_seen == pytest.approx(p)
    assert 0 <= made.change <= look
    assert expected(p, a_row(true, false, against=False), look).change <= made.change


@given(shares, shares, shares)
def test_an_outcome_as_likely_either_way_moves_nothing(p: float, same: float, look: float) -> None:
    assert expected(p, a_row(same, same), look).change == pytest.approx(0, abs=1e-12)


def a_look(day: int, clear: float, taken: float, gsd: float | None = 10.0) -> Look:
    return Look("chk", DAY + timedelta(days=day), gsd, clear, taken)


def test_twenty_passes_of_one_day_are_one_try_at_a_clear_sky() -> None:
    assert chance([a_look(0, 1 / 3, 1.0)] * 20) == pytest.approx(1 / 3)
    assert chance([a_look(0, 1 / 3, 1.0), a_look(1, 1 / 3, 1.0)]) == pytest.approx(5 / 9)
    assert chance([a_look(0, 1.0, 0.5), a_look(0, 1.0, 0.5)]) == pytest.approx(0.75)
    assert chance([]) == 0


@given(st.lists(st.tuples(st.integers(0, 5), shares, shares), max_size=8))
def test_one_more_look_never_lessens_the_chance(found: list[tuple[int, float, float]]) -> None:
    looks = [a_look(*one) for one in found]
    assert 0 <= chance(looks[:-1]) <= chance(looks) + 1e-12 <= 1 + 1e-9
    assert chance(looks) == pytest.approx(chance(looks[::-1]))


def test_only_what_is_fine_enough_and_known_reaches_a_level() -> None:
    looks = [a_look(0, 1, 1, gsd) for gsd in (0.5, 0.6, 0.61, None)]
    assert [one.gsd_m for one in reaching(looks, 0.6)] == [0.5, 0.6]
    assert reaching(looks, None) == []


def test_days_of_a_claim_are_half_open() -> None:
    one = Question("", "", "", 0.5, "", "2022-08-26", "2022-08-27")
    assert [is_meant(one, day, day) for day in (date(2022, 8, 25), DAY, date(2022, 8, 27))] == [
        False, True, False]  # fmt: skip
    assert is_meant(one, date(2022, 8, 1), DAY)
    assert is_meant(one, DAY, date(2022, 9, 1))
    assert is_meant(Question("", "", "", 0.5, ""), DAY, DAY)


@pytest.mark.parametrize(
    ("satellite", "mission"),
    [("SENTINEL-2B", "Sentinel-2"), ("Sentinel-1A", "Sentinel-1"), ("LANDSAT 8", "Landsat"),
     ("FLOCK 4S-16", "camera of FLOCK 4S-16")],
)  # fmt: skip
def test_a_mission_is_free_and_known_by_its_beginning_or_a_sensor(
    satellite: str, mission: str
) -> None:
    made = flown(satellite, datetime(2022, 8, 27, 9, tzinfo=UTC), gsd=3.0)
    assert mission_of(made) == mission


@pytest.mark.parametrize(
    ("text", "subject"),
    [("MiG-29 aircraft are repaired at the 558th Aircraft Repair Plant.", "small aircraft"),
     ("Specialists of the 558th Aircraft Repair Plant travelled.", "people"),
     ("Belarus passes aircraft parts on.", "goods in boxes"),
     ("Spare parts for MiG-29 fighters were sent.", "small aircraft"),
     ("An Il-76 took spare parts.", "large aircraft"),
     ("Trucks queue at the crossing.", "lorries"), ("A contract was signed.", "papers and plans"),
     ("Запчасти для самолётов", "aircraft"), ("Nothing of the kind.", None)],
)  # fmt: skip
def test_what_a_claim_speaks_of(text: str, subject: str | None) -> None:
    found = subject_of(text)
    assert (found.name if found else None) == subject


def test_the_tables_hold_chances_and_speak_for_what_they_are_for() -> None:
    for (claim_type, check, level), row in _worths().items():
        assert claim_type in TYPES
        assert (check == "image") == bool(level)
        assert 0 < row.for_if_false < row.for_if_true < 1
        assert 0 < row.tells < 1
        assert row.shows
        assert row.limits.endswith(".")
    assert {key[0] for key in _worths()} == set(TYPES)


def test_finer_images_and_looking_in_time_tell_more() -> None:
    for claim_type in TYPES:
        fine, coarse = (worth(claim_type, "image", one) for one in ("kind", "there"))
        if fine and coarse:
            assert fine.for_if_true / fine.for_if_false > coarse.for_if_true / coarse.for_if_false
        now, later = worth(claim_type, "visit"), worth(claim_type, "visit_past")
        if now and later:
            assert now.tells > later.tells
    assert worth("restriction", "image", "kind") is None


def test_costs_rise_and_assumptions_are_chances() -> None:
    costs = [weight(one) for one in ("minutes", "hours", "money", "days", "a journey")]
    assert costs == sorted(costs)
    assert costs[0] == 1
    for name in ("clear", "swath_taken", "agile_taken", "agile_ordered", "flights_there"):
        assert 0 < assumed(name) < 1
