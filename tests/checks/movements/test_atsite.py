"""Movements at a site and the gaps between them, worked by hand. No such flight was heard."""

from datetime import UTC, date, datetime
from typing import Any

from entrepot.checks.check import Gap
from entrepot.checks.movements.atsite import Moved, movements_of
from entrepot.checks.movements.heard import Heard
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.sources.flightlist import Flight
from entrepot.sources.observations import Observation

SITE = Site("558th Aircraft Repair Plant, Baranovichi", 53.10, 26.05)
WINDOW = Window.of_days(date(2022, 8, 26), date(2022, 8, 30))


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2022, 8, day, hour, tzinfo=UTC)


def flight(first: datetime, last: datetime, origin: str, destination: str) -> Flight:
    return Flight("GEN1", "510abc", "EW-00000", "IL76", origin, destination, first, last,
                  "f.csv, line 2")  # fmt: skip


def seen(first: int, last: int, what: str, count: float | None, **more: Any) -> Observation:
    values: dict[str, Any] = {
        "place": "Baranovichi", "from_place": "", "to_place": "", "observer": "a group",
        "source": "", "locator": "o.csv",
    } | more  # fmt: skip
    return Observation(date(2022, 8, first), date(2022, 8, last + 1), what, count, **values)


def stretches(found: Moved, kind: str) -> list[tuple[int, int]]:
    """First day and the day after of each gap."""
    return [
        (gap.from_at.day, gap.to_at.day)
        for gap in found.gaps if gap.kind == kind and gap.from_at and gap.to_at
    ]  # fmt: skip


def whole(found: Moved, kind: str) -> list[Gap]:
    return [gap for gap in found.gaps if gap.kind == kind and gap.from_at is None]


def test_nothing_loaded_is_two_gaps_and_no_word_of_absence() -> None:
    found = movements_of(SITE, WINDOW)
    assert (found.movements, found.notes) == ((), ())
    assert [gap.kind for gap in found.gaps] == ["flight", "movement"]
    assert all(gap.needed and gap.from_at is None for gap in found.gaps)
    assert not any("no flight " in gap.why.lower().replace("no flight records", "")
                   for gap in found.gaps)  # fmt: skip


def test_flights_touch_the_site_at_take_off_or_landing_in_the_window() -> None:
    inside = flight(at(27, 9), at(27, 10), "UMMA", "UUMB")
    landing = flight(at(29, 23), at(30, 1), "UUMB", "UMMA")
    elsewhere = flight(at(28, 9), at(28, 10), "UMMS", "UUMB")
    too_early = flight(at(25, 23), at(26, 1), "UMMA", "UUMB")
    found = movements_of(SITE, WINDOW, flights=[landing, elsewhere, too_early, inside])
    assert [one.from_at for one in found.movements] == [at(27, 9), at(29, 23)]
    assert found.movements[0].what == "GEN1 IL76 EW-00000, UMMA to UUMB"
    # 27 and 30 August have a flight at the field; the list says nothing of the other days
    assert stretches(found, "flight") == [(26, 27), (28, 30)]
    assert all("unknown" in gap.why for gap in found.gaps if gap.kind == "flight")


def test_an_end_that_was_not_heard_is_said_so() -> None:
    found = movements_of(SITE, WINDOW, flights=[flight(at(27), at(27, 2), "UMMA", "")])
    assert found.movements[0].what.endswith("UMMA to not heard near an airport")


def test_a_place_without_an_airport_is_unknown_as_a_whole() -> None:
    crossing = Site("a crossing", 54.67, 31.02)
    found = movements_of(crossing, WINDOW, flights=[flight(at(27), at(27), "UMMA", "UUMB")])
    assert "No airport is known" in whole(found, "flight")[0].why


def test_hours_in_which_nobody_heard_anything_are_gaps() -> None:
    hours = {at(day, hour) for day in range(26, 31) for hour in range(24)} - {at(28, 3), at(28, 4)}
    heard = Heard(50.0, {SITE.name: frozenset(hours)})
    found = movements_of(SITE, WINDOW, flights=[], heard=heard)
    gaps = [(gap.from_at, gap.to_at) for gap in found.gaps if gap.kind == "flight"]
    assert gaps == [(at(28, 3), at(28, 5))]
    # A place that nobody asked for is unknown, not silent
    other = movements_of(Site("other", 53.1, 26.05), WINDOW, heard=heard)
    assert [g.to_at for g in other.gaps if g.kind == "flight"] == [WINDOW.to_at]


def test_lists_and_operators_are_asked_only_where_they_are_loaded() -> None:
    one = flight(at(27), at(27, 2), "UMMA", "")
    bare = movements_of(SITE, WINDOW, flights=[one]).movements[0]
    assert (bare.operator, bare.listing) == ("", "")
    full = movements_of(SITE, WINDOW, flights=[one], listed=lambda f: f"asked {f.callsign}",
                        operated=lambda f: "an airline").movements[0]  # fmt: skip
    assert (full.operator, full.listing, full.row()["status"]) == (
        "an airline", "asked GEN1", "asked GEN1"
    )  # fmt: skip


def test_none_seen_is_an_observation_and_not_a_gap() -> None:
    found = movements_of(SITE, WINDOW, observations=[seen(26, 30, "trucks", 0)])
    assert [one.what for one in found.movements] == [
        "looked for trucks and saw none at Baranovichi (seen by a group)"
    ]
    assert stretches(found, "movement") == []


def test_days_nobody_speaks_of_and_days_nobody_could_look() -> None:
    observed = [seen(26, 27, "trucks", 14),
                seen(28, 28, "no observation", None, source="clouds")]  # fmt: skip
    found = movements_of(SITE, WINDOW, observations=observed)
    assert [one.what for one in found.movements] == ["14 trucks at Baranovichi (seen by a group)"]
    assert stretches(found, "movement") == [(28, 29), (29, 31)]
    assert "a group: clouds" in found.gaps[1].why


def test_who_counts_trucks_says_nothing_of_trains() -> None:
    observed = [seen(26, 30, "trucks", 3), seen(26, 27, "trains", 1)]
    found = movements_of(SITE, WINDOW, observations=observed)
    assert stretches(found, "movement") == [(28, 31)]
    assert found.gaps[1].why.startswith("Nobody says of trains on")


def test_no_observation_takes_back_its_own_observers_line_only() -> None:
    observed = [seen(26, 30, "trucks", 0), seen(28, 28, "no observation", None)]
    assert stretches(movements_of(SITE, WINDOW, observations=observed), "movement") == [(28, 29)]
    another = [*observed, seen(28, 28, "trucks", 2, observer="a second group")]
    assert stretches(movements_of(SITE, WINDOW, observations=another), "movement") == []


def test_places_are_told_apart_by_name_and_others_are_named() -> None:
    observed = [
        seen(26, 30, "trucks", 3, place="Minsk"),
        seen(26, 26, "trucks", 1, place="Минск-2"),
    ]
    found = movements_of(Site("Minsk-2", 53.88, 28.03), WINDOW, observations=observed,
                         names=["Минск-2"])  # fmt: skip
    assert [one.what[:8] for one in found.movements] == ["1 trucks"]
    assert found.notes[-1] == "Observations of other places were left aside: Minsk."


def test_the_ends_of_a_way_touch_a_site_but_do_not_watch_it() -> None:
    way = seen(27, 27, "trucks", 5, place="", from_place="Orsha", to_place="Baranovichi")
    found = movements_of(SITE, WINDOW, observations=[way])
    assert [one.what for one in found.movements] == [
        "5 trucks from Orsha to Baranovichi (seen by a group)"
    ]
    assert stretches(found, "movement") == [(26, 31)]
