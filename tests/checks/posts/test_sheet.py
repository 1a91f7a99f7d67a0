"""The sheet for a visit."""

from datetime import date

from entrepot.checks.places.find import site_named
from entrepot.checks.planning.advice import Question
from entrepot.checks.posts.listed import shipped_posts
from entrepot.checks.posts.near import posts_near
from entrepot.checks.posts.sheet import LISTED, visit_sheet
from entrepot.checks.posts.status import shipped_status
from entrepot.checks.site import Site
from entrepot.checks.window import Window

DAY = date(2022, 8, 26)
WINDOW = Window.of_days(DAY, date(2022, 9, 8))


def test_the_sheet_of_the_repair_plant() -> None:
    site = site_named("558 ARZ")
    posts = posts_near(site, DAY, posts=shipped_posts(), status=shipped_status())
    asked = Question("clm_0123456789ab", "Engines are repaired there.", "", 0.5, "open")
    sheet = visit_sheet(site, posts, WINDOW, (asked,))
    assert "# Visit: 558th Aircraft Repair Plant" in sheet
    assert "53.10 N 26.05 E, BLR" in sheet
    assert "2022-08-26T00:00:00Z up to 2022-09-09T00:00:00Z (UTC)" in sheet
    assert "Engines are repaired there. (clm_0123456789ab)" in sheet
    assert sheet.count("km in a straight line") == LISTED
    assert f"{len(posts)} missions in all" in sheet
    assert "List of missions of 2022-06-23" in sheet


def test_it_says_what_not_to_do_and_keeps_the_two_answers_apart() -> None:
    sheet = visit_sheet(Site("x", 0, 0), (), WINDOW, ())
    for said in (
        "Do not enter", "no pictures where the law", "Ask nobody", "Leave at once when asked",
        "nothing about forces", "has agreed", "“Could not see” and “nothing there”",
        "time zone", "Keep the originals", "entrepot result --help", "No mission is known",
        "no claim is given",
    ):  # fmt: skip
        assert said in sheet, said


def test_every_line_stays_markdown_when_printed() -> None:
    sheet = visit_sheet(Site("x", 0, 0), (), WINDOW, ())
    assert sheet.endswith("\n")
    assert sheet.count("- [ ]") == 9
