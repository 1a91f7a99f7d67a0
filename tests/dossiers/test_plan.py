"""The page of a plan: what it says of the worked example, and of what nobody knows."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from tests.dossiers import plan_world as world
from tests.dossiers.plan_world import (
    GAPS,
    SITE,
    WINDOW,
    chance,
    hostile,
    image,
    looked,
    moment,
    swath,
    worked,
)

from entrepot.checks.check import Gap
from entrepot.checks.images.matching import IMAGE, NONE, NOT_ASKED, Sight
from entrepot.checks.site import Site
from entrepot.checks.window import Window
from entrepot.dossiers.plan import plan_page
from entrepot.dossiers.planchart import NARROW, timeline
from entrepot.dossiers.planlanes import lanes
from entrepot.dossiers.plannights import nights
from entrepot.dossiers.planrows import agile_lines, looks, pass_line
from entrepot.dossiers.planzone import offset, zone

MADE = datetime(2026, 11, 28, 10, tzinfo=UTC)


class Reader(HTMLParser):
    """Text, tags and headings of a page; rows of tables as lists of cells."""

    def __init__(self, page: str):
        super().__init__()
        self.tags, self.levels, self.texts, self.rows, self.links = [], [], [], [], []
        self.labels: list[str] = []
        self.is_style = self.is_row = False
        self.feed(page)
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append(tag)
        self.is_style = tag == "style"
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "tr":
            self.rows.append([])
            self.is_row = True
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        if tag == "a":
            self.links.append(held["href"])
        if held.get("role") == "img":
            self.labels.append(held["aria-label"])

    def handle_endtag(self, tag):
        self.is_row = self.is_row and tag != "tr"

    def handle_data(self, data):
        if self.is_style:
            self.is_style = False
            return
        self.texts.append(data)
        if self.is_row and self.rows[-1]:
            self.rows[-1][-1] = " ".join((self.rows[-1][-1] + " " + data).split())


@pytest.fixture(scope="module")
def page() -> Reader:
    return Reader(plan_page(worked(), made_at=MADE))


@pytest.fixture(scope="module")
def seen() -> str:
    return plan_page(looked(), made_at=MADE)


def test_the_page_begins_with_place_and_first_pass(page):
    assert "53.10 N 26.05 E · 26 Aug to 8 Sep 2022, both days included, UTC" in page.text
    assert (
        "10 passes of 4 satellites known to be in service had the place inside the strip that is "
        "recorded as a rule, "
        "first Sentinel-2B on 26 Aug 2022 at 09:25:40 UTC ( ± 7 s ). "
        "31 camera satellites (243 chances) known to be in service could have been turned to it. "
        "The nearest mission is in Minsk, 132 km away. "
        "Unknown, in whole or in part: archive images, flights and trains, trucks and people."
    ) in page.text
    assert "UN/LOCODE BYBNV names another place, 164 km off" in page.text
    assert "GeoNames Baranovichi: 53.13, 26.01, 4 km away" in page.text


def test_two_checks_stand_first_with_why_and_the_rest_is_folded(page):
    first = page.text.index("1. Ask the archives for Sentinel-2 images")
    second = page.text.index("2. Load flight records between")
    fold = page.text.index("1 more, in order")
    assert first < second < fold < page.text.index("3. Ask a mission in Minsk")
    assert "by 8 points on average: to 51 % if it speaks for the claim, to 38 % if against" in (
        page.text
    )
    assert "to 58 % if it speaks for the claim; an absence would prove nothing." in page.text


def test_passes_stand_in_order_with_tolerance_and_local_time(page):
    rows = [row for row in page.rows if len(row) == 10 and row[0].endswith("2022")]
    assert len(rows) == 10 + 243
    assert rows[0][:6] == [
        "26 Aug 2022", "09:25:40 ± 7 s", "12:25:40",
        "Sentinel-2B Sentinel-2 MSI, ESA; in service", "7.5°", "right",
    ]  # fmt: skip
    assert rows[0][-1] == "not asked: unknown"
    assert [row[1].split()[0] for row in rows[:10]] == [
        "09:25:40", "09:13:40", "09:07:10", "09:35:40", "09:26:00", "09:35:50", "09:13:20",
        "09:07:30", "09:25:40", "09:35:40",
    ]  # fmt: skip


def test_agile_satellites_are_counted_and_their_chances_folded(page):
    rows = [row for row in page.rows if len(row) == 8 and row[-1] == "in service"]
    assert len(rows) == 31
    assert sum(int(row[2]) for row in rows) == 243
    assert rows[0][0] == "Pleiades Neo 3"
    assert "All 243 chances" in page.text


def test_gaps_are_unknown_with_what_would_fill_them(page):
    assert "Unknown: the whole window. No flight records are loaded. That is no sign" in page.text
    assert "entrepot fetch images --at 53.10,26.05" in page.text
    assert "none in the archives" not in page.text.lower()
    assert any("Flights: unknown." in label for label in page.labels)
    assert not any("Flights: none" in label for label in page.labels)


def test_the_page_is_ordered_for_readers_who_do_not_see_it(page):
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(
        after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False)
    )
    assert len(page.labels) == 3
    assert "Minsk north-east, 132 km, missions: 4" in page.labels[2]
    assert "script" not in page.tags
    assert "img" not in page.tags


def test_no_address_is_asked_and_only_web_addresses_are_links(seen):
    page = seen
    assert not re.search(r"\b(?:src|srcset|xlink:href)=|@import|url\((?!#)", page)
    assert Reader(page).links.count("https://archive.example/items/S2B_35UMU_20220829") == 2
    assert Reader(plan_page(hostile())).links == []


def test_what_archives_hold_stands_beside_what_they_could(seen):
    text = Reader(seen).text
    assert "image found taken 09:35:45 , cloud 12 %" in text
    assert text.count("none in the archives asked") == 9
    assert "not asked: unknown" not in text


def did(one, plan, made_at=MADE):
    return pass_line(one, plan, None, made_at).did


def test_did_it_never_takes_silence_for_no():
    first, second = swath()[:2]
    plan = worked(images=(image(first),), gaps=())
    assert did(first, plan) == "found"
    assert did(second, plan) == "none"
    assert did(second, plan, second.at - timedelta(seconds=1)) == "to come"
    # the gap of one pass begins and ends at its moment
    one = Gap("image", SITE.name, second.at, second.at, "not settled")
    assert did(second, worked(gaps=(one,))) == "not asked"
    assert did(first, worked(gaps=(one,))) == "none"
    told = (Sight(first, NOT_ASKED, (), ()), Sight(second, NONE, (), ()))
    assert [did(one, worked(gaps=(), sights=told)) for one in (first, second)] == [
        "not asked",
        "none",
    ]
    assert IMAGE not in (NONE, NOT_ASKED)


def test_an_image_of_another_satellite_is_not_of_the_pass():
    first = swath()[0]
    plan = worked(images=(image(first, norad_id=99),), gaps=())
    assert did(first, plan) == "none"


def test_copies_of_one_look_are_counted_once():
    first = swath()[0]
    best = image(first)
    copy = image(first, item_id="L1C", same_as=f"{best.item_id} in element84, sentinel-2-l2a")
    assert looks([best, copy]) == [(best, 1)]
    text = Reader(plan_page(worked(passes=(first,), images=(best, copy), gaps=GAPS[1:]))).text
    assert "1 image found in archives" in text
    assert "1 more items of the same look" in text


def test_finest_pictures_come_first_and_unknown_ones_last():
    made = [
        chance(mode="agile", norad_id=1, satellite="A", gsd_m=None),
        chance(mode="agile", norad_id=2, satellite="B", gsd_m=0.5, off_nadir_deg=9.0),
        chance(mode="agile", norad_id=3, satellite="C", gsd_m=0.5, off_nadir_deg=2.0),
        chance(mode="agile", norad_id=3, satellite="C", gsd_m=0.9, off_nadir_deg=1.0),
    ]
    found = agile_lines(made)
    assert [(one.satellite, one.chances, one.gsd) for one in found] == [
        ("C", 2, "0.50 m"), ("B", 1, "0.50 m"), ("A", 1, "not known"),
    ]  # fmt: skip
    assert found[0].off_nadir == "1.0°"


def test_an_empty_plan_says_what_is_not_known():
    text = Reader(plan_page(worked(
        passes=(), posts=(), advice=(), questions=(), refused=(), notes=(),
        gaps=(*GAPS, Gap("pass", SITE.name, None, None, "No elements.", "entrepot fetch elements")),
        site=replace(SITE, sources=(), note="", country=""),
    ))).text  # fmt: skip
    assert "Unknown, in whole or in part: passes of satellites, archive images" in text
    assert "Unknown: the whole window. No elements." in text
    assert "all times are UTC" in text
    assert "were not ranked" in text


def test_equal_plans_give_equal_pages(seen):
    assert plan_page(looked(), made_at=MADE) == seen


def test_hostile_names_are_text():
    made = plan_page(hostile())
    assert "<script" not in made
    assert "\u202e" not in made
    assert "&lt;script&gt;" in made
    assert Reader(made).levels.count(1) == 1


# -- time line ---------------------------------------------------------------------------


def test_lanes_hold_marks_counts_and_gaps():
    found = {one.title: one for one in lanes(looked())}
    assert [len(found[name].marks) for name in ("Sentinel-2B", "Sentinel-2A", "Landsat 8")] == [
        4,
        2,
        2,
    ]
    assert [one.is_full for one in found["Sentinel-2B"].marks] == [False, True, False, False]
    assert sum(count for _, count in found["Only if turned, a day"].counts) == 243
    first, second = found["Flights"].blanks
    assert (first.from_at, first.to_at) == (WINDOW.from_at, moment("2022-08-29T00:00:00"))
    assert second.to_at == WINDOW.to_at
    assert found["Archive images"].blanks == ()


def test_a_gap_outside_the_window_is_not_drawn_and_a_moment_can_be_seen():
    before = Gap("flight", SITE.name, None, WINDOW.from_at - timedelta(days=1), "before")
    at = WINDOW.from_at + timedelta(days=3)
    found = {
        one.title: one
        for one in lanes(worked(gaps=(before, replace(before, from_at=at, to_at=at))))
    }
    (drawn,) = found["Flights"].blanks
    assert drawn.from_at == at
    assert drawn.to_at > at


def test_many_satellites_share_a_lane():
    many = [chance(satellite=f"S{n}", norad_id=n) for n in range(14)]
    found = lanes(worked(passes=tuple(many)))
    assert [one.title for one in found[:10]] == [*(f"S{n}" for n in range(9)), "5 other satellites"]
    assert len(found[9].marks) == 5


def test_gaps_are_drawn_hatched_and_called_unknown():
    drawn = str(timeline(worked(), NARROW))
    assert drawn.count("url(#hatch)") == 3
    assert drawn.count(">unknown") >= 3
    assert "url(#hatch)" not in str(timeline(worked(gaps=()), NARROW))


def test_nights_are_dark_and_days_are_not():
    # Sunrise and sunset at Baranovichi on 26 Aug 2022: about 03:22 and 17:13 UTC, by the sun's
    # declination of 10.3 degrees: arc cos(-tan 53.1 tan 10.3) = 6.93 h around noon at 10:17 UTC.
    found = nights(SITE, WINDOW)
    assert len(found) == 15
    assert abs(found[0][1] - moment("2022-08-26T03:22:00")) < timedelta(minutes=11)
    assert abs(found[1][0] - moment("2022-08-26T17:13:00")) < timedelta(minutes=11)
    assert found[-1][1] == WINDOW.to_at
    assert nights(SITE, Window(WINDOW.from_at, WINDOW.from_at + timedelta(days=60))) == []
    june = Window(moment("2022-06-20T00:00:00"), moment("2022-06-22T00:00:00"))
    assert nights(Site("north", 80.0, 0.0), june) == []
    assert nights(Site("south", -80.0, 0.0), june) == [(june.from_at, june.to_at)]


# -- clock of the place ------------------------------------------------------------------


def test_a_clock_is_given_only_where_it_is_surely_known():
    known = zone(SITE)
    assert known is not None
    assert known.key == "Europe/Minsk"
    assert offset(known, WINDOW.from_at) == "UTC+3"
    assert zone(replace(SITE, country="")) is None
    # towns around Samara keep three clocks
    assert zone(Site("Samara", 53.2, 50.15, country="RUS")) is None


def test_many_missions_and_agile_passes_are_no_burden():
    posts = tuple(world.post("POL", f"Town {n}", (52 + n / 5, 26.0), 10.0 + n) for n in range(60))
    text = Reader(plan_page(worked(posts=posts, passes=tuple(world.agile()[:5])))).text
    assert "52 more with missions" in text
