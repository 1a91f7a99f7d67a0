"""Routes before and after a day, worked by hand. No such flight was heard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from entrepot.checks.movements.rates import rate, ratio
from entrepot.checks.movements.routes import (
    LESS,
    MAYBE_NEW,
    MORE,
    NEW,
    NO_CHANGE,
    UNCOVERED,
    UNKNOWN,
    Route,
    presence_of,
    routes,
)
from entrepot.sources.flightlist import Flight

FIRST = date(2022, 3, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(40)]
CHANGE = DAYS[20]


def flight(day: int, icao24: str, origin: str = "UMMS", destination: str = "UGTB") -> Flight:
    at = datetime(2022, 3, 1, 9, tzinfo=UTC) + timedelta(days=day)
    return Flight("GEN1", icao24, "", "B738", origin, destination, at, at + timedelta(hours=3), "")


def others(days: range) -> list[Flight]:
    """Another aircraft at both airports each day, on routes that are not asked for."""
    return [
        one for day in days
        for one in (flight(day, "aaaaaa", "UMMS", "LTFM"), flight(day, "bbbbbb", "LTFM", "UGTB"))
    ]  # fmt: skip


def asked(flights: list[Flight]) -> Route:
    found = routes(flights, CHANGE, DAYS, presence_of(flights))
    return next(one for one in found if (one.origin, one.destination) == ("UMMS", "UGTB"))


def test_interval_of_a_rate() -> None:
    # Garwood 1936, table 1, limits for 95 %: none gives 0 to 3.689, ten give 4.795 to 18.390
    none, ten = rate(0, 1), rate(10, 2)
    assert none is not None
    assert ten is not None
    assert (none.value, none.low, none.high) == (0.0, 0.0, pytest.approx(3.689, abs=0.001))
    assert (ten.value, ten.low, ten.high) == (
        5.0, pytest.approx(2.3977, abs=0.001), pytest.approx(9.195, abs=0.001)
    )  # fmt: skip
    assert rate(3, 0) is None


def test_interval_of_a_ratio() -> None:
    # Clopper-Pearson for 5 of 10 is 0.1871 to 0.8129: odds 0.2302 to 4.3446
    same = ratio(5, 10, 5, 10)
    assert same is not None
    assert (same.value, same.low, same.high) == (
        1.0, pytest.approx(0.2302, abs=0.0005), pytest.approx(4.3446, abs=0.005)
    )  # fmt: skip
    # None before: for 0 of 5 the lower end of the other is 0.025 ** (1 / 5) = 0.4782
    new = ratio(0, 20, 5, 20)
    assert new is not None
    assert (new.value, new.low, new.high) == (None, pytest.approx(0.9165, abs=0.001), None)
    # Half the days before: each flight there weighs double
    half = ratio(5, 5, 5, 10)
    assert half is not None
    assert half.value == 0.5
    assert ratio(1, 0, 1, 10) is None


def every(step: int, days: range) -> list[Flight]:
    return [flight(day, "cccccc") for day in days if day % step == 0]


@pytest.mark.parametrize(
    ("flown", "watched", "word"),
    [
        # 10 flights in 20 covered days after, none in 20 before
        (lambda: every(2, range(20, 40)), range(40), NEW),
        # 2 flights after: by chance as well
        (lambda: every(10, range(20, 40)), range(40), MAYBE_NEW),
        # Nobody listened before: the same ten flights show nothing new
        (lambda: every(2, range(20, 40)), range(20, 40), UNCOVERED),
        (lambda: every(10, range(20)) + every(1, range(20, 40)), range(40), MORE),
        (lambda: every(1, range(20)) + every(10, range(20, 40)), range(40), LESS),
        (lambda: every(2, range(40)), range(40), NO_CHANGE),
        (lambda: every(2, range(40)), range(20, 40), UNKNOWN),
    ],
)
def test_words(flown: Callable[[], list[Flight]], watched: range, word: str) -> None:
    assert asked(flown() + others(watched)).word == word


def test_a_route_does_not_make_its_own_coverage() -> None:
    one = asked(every(2, range(40)))
    assert (one.flights, one.covered, one.counted) == ((10, 10), (0, 0), (0, 0))
    assert (one.before, one.after, one.change) == (None, None, None)


def test_nor_where_the_list_writes_its_address_in_capitals() -> None:
    flights = every(2, range(40))
    capitals = [replace(one, icao24="CCCCCC") for one in flights]
    found = routes(capitals, CHANGE, DAYS, presence_of(flights))
    assert [one.covered for one in found] == [(0, 0)]


def test_by_night_it_covers_neither_of_its_two_days() -> None:
    late = [replace(one, last_at=one.first_at + timedelta(hours=20)) for one in every(1, range(9))]
    found = routes(late, CHANGE, DAYS, presence_of(late))
    assert [one.covered for one in found] == [(0, 0)]
    # Its own landings of the day before are all that was heard at the far end
    only = routes(late[:1], CHANGE, DAYS, {
        "UMMS": {DAYS[1]: {"aaaaaa"}}, "UGTB": {DAYS[1]: {"cccccc"}}})  # fmt: skip
    assert only[0].covered == (0, 0)


def test_only_flights_on_covered_days_make_the_rate() -> None:
    one = asked(every(1, range(40)) + others(range(10, 30)))
    assert (one.flights, one.covered, one.counted) == ((20, 20), (10, 10), (10, 10))
    assert one.before is not None
    assert one.before.value == 1.0


def test_both_airports_must_be_heard() -> None:
    near_one = [flight(day, "aaaaaa", "UMMS", "LTFM") for day in range(40)]
    assert asked(every(2, range(40)) + near_one).covered == (0, 0)


def test_an_end_that_was_not_heard_makes_no_route_and_a_baseline_is_told() -> None:
    flights = [flight(25, "cccccc", "UMMS", ""), flight(25, "cccccc")]
    found = routes(flights, CHANGE, DAYS, {}, operated=lambda f: "an airline",
                   baseline={("UMMS", "UGTB")})  # fmt: skip
    assert [(one.operator, one.in_baseline) for one in found] == [("an airline", True)]
