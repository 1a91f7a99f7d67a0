"""Which check comes first: the order that a careful analyst would give, out of the tables."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.checks.planning.world import (
    LATER,
    PASSES_ON,
    REPAIR,
    SITE,
    WINDOW,
    days,
    flown,
    image,
    plan,
    post,
    turned,
)

from entrepot.checks.movements.movement import Movement
from entrepot.checks.planning.advice import Advice, Question
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.rank import advise

FLEW = Movement("flight", SITE.name, "EW-1 from Baranovichi to Kubinka",
                datetime(2022, 8, 27, 8, tzinfo=UTC), datetime(2022, 8, 27, 10, tzinfo=UTC), "",
                "EW-1", "", "flights.csv, line 2")  # fmt: skip


def told(found: tuple[Advice, ...], what: str) -> Advice:
    """The one piece of advice that begins so."""
    (one,) = [one for one in found if what in one.what]
    return one


def kinds(found: tuple[Advice, ...]) -> list[str]:
    return [f"{one.kind} {one.cost}" for one in found]


def test_the_worked_example_looks_at_figures_and_then_for_aircraft_types() -> None:
    found = advise(plan(), [REPAIR, PASSES_ON], today=LATER)
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert kinds(found)[:2] == ["records minutes", "pass money"]
    assert "31 satellites" in found[1].what
    assert (found[0].claim_id, found[1].claim_id) == (PASSES_ON.claim_id, REPAIR.claim_id)
    coarse = told(found, "Sentinel-2")
    assert coarse.rank == 5
    assert coarse.expected_change == 0
    assert (
        coarse.what
        == "archive images of Sentinel-2: 6 passes, first Sentinel-2B 26 Aug 2022 09:25:40 UTC"
    )
    assert "At 10 m single fighters or helicopters cannot be made out" in coarse.why


def test_without_claims_the_free_archive_is_first_and_no_change_is_told() -> None:
    found = advise(plan(), [], today=LATER)
    assert kinds(found) == ["pass minutes", "pass money", "flight hours", "mission a journey"]
    assert {(one.expected_change, one.if_seen, one.if_not_seen) for one in found} == {
        (None, None, None)}  # fmt: skip
    assert found[0].how == (
        "entrepot fetch images --at 53.1000,26.0500 --from 2022-08-26 --to 2022-09-08"
    )


def test_nothing_from_space_shows_what_is_in_a_box() -> None:
    found = advise(plan(), [PASSES_ON], today=LATER)
    assert kinds(found)[:2] == ["records minutes", "flight hours"]
    for what in ("Sentinel-2", "commercial"):
        assert told(found, what).why == "Nothing from space shows what is in a box."


def test_a_transport_is_made_out_at_ten_metres_and_a_fighter_is_not() -> None:
    big = replace(REPAIR, text="An Il-76 stands at Baranovichi.")
    found = told(advise(plan(), [big], today=LATER), "Sentinel-2")
    assert found.rank == 1
    assert "6 of 6 are fine enough for airliners or transports" in found.why


@pytest.mark.parametrize(
    ("type", "first"), [("restriction", "rules"), ("listing", "lists"), ("trade", "figures"),
                        ("price", "figures")]
)  # fmt: skip
def test_what_records_settle_is_looked_up_first(type: str, first: str) -> None:
    found = advise(plan(), [replace(PASSES_ON, type=type)], today=LATER)
    assert found[0].kind == "records"
    assert first in found[0].what
    assert found[0].expected_change is not None
    assert found[0].expected_change > 0.25


def test_records_that_a_standing_counts_already_are_not_counted_again() -> None:
    found = advise(plan(), [replace(PASSES_ON, verdict="contradicted")], today=LATER)
    figures = told(found, "figures")
    assert figures.expected_change == 0
    assert figures.why == "The test against records that is at hand counts already."
    again = advise(plan(), [replace(PASSES_ON, verdict="not_testable")], today=LATER)
    assert again[0].kind == "records"


def test_today_decides_between_archives_and_orders() -> None:
    before, during, after = (
        advise(plan(), [REPAIR], today=day)
        for day in (date(2022, 8, 20), date(2022, 9, 1), date(2022, 9, 9))
    )
    assert [one.what[:10] for one in before if one.cost == "money"] == ["an order f"]
    assert sorted(one.what[:10] for one in during if one.cost == "money") == [
        "an order f", "commercial"]  # fmt: skip
    assert [one.what[:10] for one in after if one.cost == "money"] == ["commercial"]
    order = told(before, "an order")
    assert order.when == "from 2022-08-26, by order"
    assert told(before, "to come").when.startswith("from 2022-08-26")
    assert told(before, "a visit").when == "from 2022-08-26, by arrangement"
    assert told(after, "a visit").when == "now, of what people there still say"
    taken = [set(told(during, what).check_ids) for what in ("an order", "commercial")]
    assert not taken[0] & taken[1]


def test_figures_have_to_be_waited_for() -> None:
    soon = told(advise(plan(), [PASSES_ON], today=date(2022, 9, 9)), "figures")
    assert soon.when == "from about 2022-11-22, when the figures are out"
    assert told(advise(plan(), [PASSES_ON], today=LATER), "figures").when == "now"


def test_images_at_hand_count_by_their_own_cloud() -> None:
    big = replace(REPAIR, text="An Il-76 stands at Baranovichi.")
    clear, dull, dark = (
        advise(replace(plan(), images=(image(days()[0], cloud),)), [big], today=LATER)
        for cloud in (0.0, 60.0, 100.0)
    )
    changes = [told(found, "Sentinel-2").expected_change or 0.0 for found in (clear, dull, dark)]
    assert changes[0] > changes[1] > changes[2] == 0
    assert told(clear, "Sentinel-2").what == (
        "1 archive image of Sentinel-2 on 1 day, clearest on 2022-08-26 (0 % cloud in the scene)"
    )
    assert told(clear, "Sentinel-2").how.startswith("open https://archive.example/20220826")


def test_cameras_do_not_see_by_night_and_radar_does() -> None:
    at = datetime(2022, 8, 27, 22, tzinfo=UTC)
    night = Plan(SITE, WINDOW, passes=(
        flown("Sentinel-2A", at, gsd=10, sun=-20.0),
        flown("Sentinel-1A", at, gsd=10, sun=-20.0, spectrum="radar", number=2),
    ))  # fmt: skip
    found = advise(night, [], today=LATER)
    assert [one.what[:29] for one in found if one.kind == "pass"] == [
        "archive images of Sentinel-1:"
    ]


def test_radar_tells_no_kinds() -> None:
    at = datetime(2022, 8, 27, 22, tzinfo=UTC)
    for spectrum, shows in (("radar", "that something of this size"), ("optical", "of which kind")):
        fine = Plan(SITE, WINDOW, passes=(
            flown("a satellite", at, gsd=0.5, mode="agile", spectrum=spectrum),))  # fmt: skip
        assert shows in told(advise(fine, [REPAIR], today=LATER), "commercial").why


def test_a_ground_sample_distance_that_is_not_known_is_not_counted_on() -> None:
    at = datetime(2022, 8, 27, 9, tzinfo=UTC)
    dim = Plan(SITE, WINDOW, passes=(flown("a satellite", at, gsd=None, mode="agile"),))
    found = told(advise(dim, [REPAIR], today=LATER), "commercial")
    assert found.expected_change is None
    assert found.why == "Its ground sample distance is not known, so it is not counted on."


def test_a_claim_of_other_days_is_not_tested_in_the_window() -> None:
    earlier = replace(REPAIR, date_from="2022-08-20", date_to="2022-08-21")
    found = advise(plan(), [earlier], today=LATER)
    assert {one.expected_change for one in found} == {0.0}
    assert told(found, "flight").why == "The claim speaks of other days than the window."
    last = replace(REPAIR, date_from="2022-09-08", date_to="2022-09-09")
    seen = told(advise(plan(), [last], today=LATER), "commercial")
    assert seen.expected_change
    assert len(seen.check_ids) == len([one for one in turned() if one.at.date() == days()[-1]
                                       and (one.gsd_m or 9) <= 0.6])  # fmt: skip


def test_images_that_are_sold_are_one_group_and_cost_money() -> None:
    at = datetime(2022, 8, 27, 9, tzinfo=UTC)
    flocks = [replace(flown(f"FLOCK 4S-{n}", at, gsd=3.7, number=n), sensor="PlanetScope")
              for n in (1, 2)]  # fmt: skip
    sold = replace(plan(), passes=(*plan().passes, *flocks))
    found = told(advise(sold, [], today=LATER), "PlanetScope: 2 passes")
    assert found.cost == "money"
    assert "entrepot fetch" not in found.how
    coming = told(advise(sold, [], today=date(2022, 8, 20)), "of PlanetScope to come")
    assert coming.cost == "money"


def test_suburbs_belong_to_their_town() -> None:
    posts = (post(city="a suburb", km=120), post(km=132), post(km=133), post(city="Kyiv", km=400))
    found = told(advise(replace(plan(), posts=posts), [], today=LATER), "a visit")
    assert found.what == "a visit from Minsk, 120 km: POL, status unknown"
    assert len(found.check_ids) == 3


def test_a_gap_and_an_absence_never_speak_against() -> None:
    for one in advise(plan(), [REPAIR], today=LATER):
        assert one.if_not_seen is None


def test_flights_on_record_are_read_at_once() -> None:
    loaded = replace(plan(), movements=(FLEW,), gaps=())
    found = told(advise(loaded, [REPAIR], today=LATER), "on record")
    unloaded = told(advise(plan(), [REPAIR], today=LATER), "flight records")
    assert (found.cost, found.check_ids) == ("minutes", (FLEW.row()["check_id"],))
    assert (found.expected_change or 0) > (unloaded.expected_change or 0)
    assert unloaded.how == "entrepot flights FILE"


def test_a_closed_mission_is_not_asked() -> None:
    posts = (post(is_closed=True, city="Brest", km=60), post(is_closed=True), post(city="Grodno"))
    found = told(advise(replace(plan(), posts=posts), [REPAIR], today=LATER), "a visit")
    assert found.what == "a visit from Grodno, 132 km: POL, status unknown"
    gone = replace(plan(), posts=posts[:2])
    assert not [one for one in advise(gone, [REPAIR], today=LATER) if one.kind == "mission"]


def test_the_order_does_not_hang_on_the_order_of_what_is_given() -> None:
    turned_round = replace(plan(), posts=plan().posts[::-1])
    assert advise(turned_round, [PASSES_ON, REPAIR], today=LATER)[1].what == (
        advise(plan(), [REPAIR, PASSES_ON], today=LATER)[1].what
    )
    assert advise(plan(), [REPAIR], today=LATER) == advise(plan(), [REPAIR], today=LATER)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_what_is_certain_is_moved_by_nothing(probability: float) -> None:
    found = advise(plan(), [replace(PASSES_ON, probability=probability)], today=LATER)
    assert {one.expected_change for one in found} == {0.0}


def test_a_type_that_is_not_known_is_taken_as_other() -> None:
    question = Question("", "An Il-76 stands there.", "", 0.5, "uncorroborated")
    assert (advise(plan(), [question], today=LATER)[0].expected_change or 0) > 0


def test_an_empty_plan_still_says_what_to_ask_for() -> None:
    found = advise(Plan(SITE, WINDOW), [], today=LATER)
    assert [one.kind for one in found] == ["flight"]
