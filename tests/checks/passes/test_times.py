"""Printed moments: rounded to the nearest, with a tolerance that is never smaller than it is."""

from datetime import UTC, datetime

import pytest

from entrepot.checks.passes.times import clock, give, rounded

AT = datetime(2022, 8, 26, 9, 25, 46, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tolerance", "shown"),
    [(1, "09:25:46"), (2, "09:25:45"), (8, "09:25:50"), (60, "09:26"), (61, "09:25"),
     (601, "09:30"), (1801, "09:00")],
)  # fmt: skip
def test_a_time_is_rounded_to_the_nearest_step_of_its_tolerance(tolerance, shown):
    assert clock(AT, tolerance) == shown


def test_the_last_seconds_of_a_day_are_the_next_day():
    late = datetime(2022, 8, 26, 23, 59, 58, tzinfo=UTC)
    assert rounded(late, 8) == datetime(2022, 8, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tolerance", "shown"),
    [(0.2, "± 1 s"), (7.1, "± 8 s"), (8.0, "± 8 s"), (119.2, "± 120 s"), (121, "± 3 min")],
)
def test_a_tolerance_is_rounded_up(tolerance, shown):
    assert give(tolerance) == shown
