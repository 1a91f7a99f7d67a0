"""Why a check stands where it stands: true reasons, sums over claims, equals, chances."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.checks.planning.test_rank import told
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
)

from entrepot.checks.planning.group import Group, Look
from entrepot.checks.planning.plan import Plan
from entrepot.checks.planning.rank import _detail, advise
from entrepot.checks.planning.worth import subjects


def test_why_a_check_moves_nothing_is_the_true_reason() -> None:
    """A verdict that no probability counts, or days, are no reason where the check cannot tell."""
    looked = replace(REPAIR, verdict="not_testable", date_from="2022-08-20", date_to="2022-08-21")
    found = advise(plan(), [looked, replace(PASSES_ON, verdict="supported")], today=LATER)
    figures = told(found, "figures")
    assert figures.claim_id == PASSES_ON.claim_id
    assert figures.why == "The test against records that is at hand counts already."
    listing = replace(REPAIR, type="listing", date_from="2022-08-20", date_to="2022-08-21")
    found = advise(plan(), [listing], today=LATER)
    assert told(found, "flight").why == "It says nothing of what the claim says."
    listed = replace(listing, date_from="", date_to="")
    assert told(advise(plan(), [listed], today=LATER), "commercial").why == (
        "Pictures say nothing of such a claim."
    )
    sure = replace(REPAIR, probability=1.0)
    found = advise(plan(), [sure], today=LATER)
    for what in ("commercial", "flight"):
        assert told(found, what).why == "The claim stands at 100 %, and nothing moves that."


def test_what_moves_two_claims_comes_before_what_moves_one_of_them_more() -> None:
    first, second = (
        flown(name, datetime(2022, 8, day, 9, tzinfo=UTC), gsd=0.3, number=day)
        for name, day in (("one", 27), ("two", 29))
    )
    both = Plan(SITE, WINDOW, passes=(first, second))
    on_27th = replace(REPAIR, date_from="2022-08-27", date_to="2022-08-28")
    on_29th = replace(REPAIR, date_from="2022-08-29", date_to="2022-08-30", probability=0.9)
    claims = [on_27th, *(replace(on_29th, claim_id=f"clm_{n}") for n in range(6))]
    found = advise(both, claims, today=LATER)
    two, one = told(found, "camera of two"), told(found, "camera of one")
    assert two.rank < one.rank
    assert (two.expected_change or 0) < (one.expected_change or 0)
    assert "It moves 5 other claims too" in two.why


def test_of_equals_the_sooner_one_is_first_and_seeing_is_half_of_telling() -> None:
    early, late = (
        flown(name, datetime(2022, 8, day, 9, tzinfo=UTC), gsd=0.3, number=day)
        for name, day in (("zz", 27), ("aa", 29))
    )
    found = advise(Plan(SITE, WINDOW, passes=(early, late)), [], today=date(2022, 8, 20))
    assert [one.what[:19] for one in found[:2]] == ["1 pass of camera of"] * 2
    assert ["camera of zz" in one.what for one in found[:2]] == [True, False]
    coarse = flown("bb", datetime(2022, 8, 27, 9, tzinfo=UTC), gsd=4.0)
    only = Group("pass", "image", "x", "x", "money", "now", "x", LATER,
                 looks=(Look("chk", coarse.at.date(), 4.0, 1.0, 1.0),))  # fmt: skip
    seen = sum(one.there_m is not None for one in subjects())
    assert _detail(only) == pytest.approx(seen / 2 / len(subjects()))


def test_an_order_is_likelier_to_bring_an_image_than_an_archive_to_hold_one() -> None:
    one = Plan(SITE, WINDOW, passes=(
        flown("a satellite", datetime(2022, 8, 27, 9, tzinfo=UTC), gsd=0.3, mode="agile"),
    ))  # fmt: skip
    order, archive = (
        told(advise(one, [], today=day), "1 satellite").why for day in (date(2022, 8, 20), LATER)
    )
    assert "about 17 %" in order  # 0.5 x 0.333
    assert "about 2 %" in archive  # 0.05 x 0.333


def test_an_image_of_no_stated_size_counts_by_that_of_the_pass() -> None:
    big = replace(REPAIR, text="An Il-76 stands at Baranovichi.")
    unsaid = replace(image(days()[0], 0.0), gsd_m=None)
    found = advise(replace(plan(), images=(unsaid,)), [big], today=LATER)
    assert told(found, "Sentinel-2").expected_change


def test_an_open_mission_is_likelier_to_go_and_on_the_last_day_can_still_see() -> None:
    unknown, known = (
        told(advise(replace(plan(), posts=(post(is_closed=one),)), [], today=LATER), "a visit")
        for one in (None, False)
    )
    assert "about 50 %" in unknown.why
    assert "about 80 %" in known.why
    last = told(advise(plan(), [], today=days()[-1]), "a visit")
    assert last.when == "from 2022-09-08, by arrangement"


def test_a_copy_of_a_look_and_an_image_beside_the_place_are_no_looks() -> None:
    big = replace(REPAIR, text="An Il-76 stands at Baranovichi.")
    one = image(days()[0], 50.0)
    copy = replace(image(days()[0], 0.0), item_id="copy", same_as=one.item_id)
    beside = replace(image(days()[3], 0.0), coverage_pct=0.0)
    alone = advise(replace(plan(), images=(one,)), [big], today=LATER)
    both = advise(replace(plan(), images=(one, copy, beside)), [big], today=LATER)
    assert both == alone
    half = advise(replace(plan(), images=(replace(one, coverage_pct=50.0),)), [big], today=LATER)
    whole, part = (told(found, "Sentinel-2").expected_change or 0 for found in (alone, half))
    assert part == pytest.approx(whole / 2)
