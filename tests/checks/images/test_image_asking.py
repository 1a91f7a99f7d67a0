"""Archives are asked over a real line, on the loopback; nobody waits, since sleeps are counted."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from imageserver import HTML, FakeArchive
from madeup import LATER, SITE, WINDOW, item

from entrepot.checks.images.archives import Holding
from entrepot.checks.images.asking import MOST_ITEMS, Outcome, ask, body_of, question
from entrepot.checks.images.stored import stored_images
from entrepot.checks.images.wire import Clock
from entrepot.checks.site import Site


@dataclass
class Waits:
    """A clock that stands still and counts what was slept."""

    seconds: list[float] = field(default_factory=lambda: list[float]())

    def clock(self) -> Clock:
        return Clock(now=lambda: LATER, sleep=self.seconds.append)


def run(
    folder: Path, archive: FakeArchive, *collections: str, waits: Waits | None = None,
    most: int = MOST_ITEMS, site: Site = SITE,
) -> tuple[Outcome, ...]:  # fmt: skip
    holdings = [
        Holding("made up", "", archive.address, name) for name in collections or ("sentinel-2-l2a",)
    ]
    asked = question(site, WINDOW, most_items=most)
    return ask(folder, holdings, asked, clock=(waits or Waits()).clock())


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def days(folder: Path) -> list[int]:
    return [one.at.day for one in stored_images(folder, SITE, WINDOW).images]


@pytest.mark.parametrize(("methods", "verb"), [(("GET", "POST"), "POST"), (("GET",), "GET")])
def test_all_pages_are_read_by_the_method_that_the_archive_takes(
    tmp_path: Path, archive: FakeArchive, methods: tuple[str, ...], verb: str
) -> None:
    archive.search_methods = methods
    (outcome,) = run(tmp_path, archive)
    assert (outcome.fault, len(archive.searches())) == ("", 3)
    assert {one[0] for one in archive.searches()} == {verb}
    assert days(tmp_path) == [26, 27, 28, 29, 30]


def test_a_search_that_is_posted_in_vain_is_asked_with_get(
    tmp_path: Path, archive: FakeArchive
) -> None:
    archive.search_methods = ("GET",)
    archive.root = lambda: (
        FakeArchive.root(archive)
        | {  # type: ignore[method-assign]
            "links": [{"rel": "search", "href": f"{archive.address}/search"}]
        }
    )
    assert run(tmp_path, archive)[0].fault == ""
    assert [one[0] for one in archive.searches()] == ["POST", "GET", "GET", "GET"]


def test_the_question_is_the_square_around_the_site_and_its_window(
    tmp_path: Path, archive: FakeArchive
) -> None:
    run(tmp_path, archive)
    _, _, body = archive.searches()[0]
    assert body["collections"] == ["sentinel-2-l2a"]
    # 5 km on the parallel of 53.1 degrees: 5 / (111.195 * cos 53.1) = 0.0749 degrees
    west, south, east, north = body["bbox"]
    assert (east - west, north - south) == (
        pytest.approx(0.0749, abs=2e-4),
        pytest.approx(0.045, abs=1e-4),
    )
    # 120 s of a datatake and half a scene of 14 s before the first moment; half a scene and
    # the 16 s by which a pass may come before the recorded time after the last, which is left out
    assert body["datetime"] == "2022-08-25T23:57:46Z/2022-09-09T00:00:29.999Z"


def test_a_square_across_the_antimeridian_is_sent_as_two_polygons() -> None:
    body = body_of(Holding("x", "", "", "y"), question(Site("Taveuni", -16.8, 179.99), WINDOW))
    assert "bbox" not in body
    east_side, west_side = body["intersects"]["coordinates"]
    assert max(x for x, _ in east_side[0]) == 180.0
    assert min(x for x, _ in west_side[0]) == -180.0


def test_answers_are_kept_unchanged_under_their_sha256_with_the_question(
    tmp_path: Path, archive: FakeArchive
) -> None:
    (outcome,) = run(tmp_path, archive)
    assert outcome.asked is not None
    said = json.loads((tmp_path / "images" / "asked" / outcome.asked.source).read_text())
    assert said["asked_at"] == LATER.isoformat()
    assert [page["role"] for page in said["pages"]] == ["collection", "items", "items", "items"]
    second = said["pages"][2]
    assert second["body"]["token"] == 2
    name = second["file_id"]
    content = (tmp_path / "images" / "answers" / name[:2] / name[2:4] / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == name
    assert json.loads(content) == archive.answer(second["body"], "POST")


def test_a_failing_server_is_tried_again_with_pauses_that_double(
    tmp_path: Path, archive: FakeArchive
) -> None:
    archive.faults["search"] = [None, (500, {}, b"oops"), (503, {}, b"oops")]
    waits = Waits()
    (outcome,) = run(tmp_path, archive, waits=waits)
    assert (outcome.fault, waits.seconds) == ("", [1.0, 2.0])
    assert days(tmp_path) == [26, 27, 28, 29, 30]


@pytest.mark.parametrize(
    ("said", "waited"),
    [("7", 7.0), ("Sun, 15 Jan 2023 12:00:09 GMT", 9.0), ("soon", 1.0), ("", 1.0)],
)
def test_a_rate_limit_waits_as_long_as_the_server_says(
    tmp_path: Path, archive: FakeArchive, said: str, waited: float
) -> None:
    archive.faults["search"] = [(429, {"Retry-After": said}, b"{}")]
    waits = Waits()
    assert run(tmp_path, archive, waits=waits)[0].fault == ""
    assert waits.seconds == [waited]


def test_a_server_that_wants_an_hour_is_not_waited_for(
    tmp_path: Path, archive: FakeArchive
) -> None:
    archive.faults["search"] = [(429, {"Retry-After": "3600"}, b"{}")]
    waits = Waits()
    (outcome,) = run(tmp_path, archive, waits=waits)
    assert "asks to wait 3600 seconds" in outcome.fault
    assert (waits.seconds, files(tmp_path)) == ([], [])


LOST = b'{"features": [{"id": "a"}], "links": [{"rel": "next"}]}'
BAD: Sequence[tuple[str, list[Any], str]] = [
    ("root", [(200, {}, HTML)], "got a web page"),
    ("root", [(200, {}, b"[1, 2]")], "no root page of a STAC API"),
    ("root", [(200, {}, b'{"type": "Catalog"}')], "no root page of a STAC API"),
    ("collections", [(404, {}, b'{"code": "NotFound"}')], "has no collection sentinel-2-l2a"),
    ("collections", [(200, {}, b"{}")], "no page of the collection"),
    ("search", [(200, {}, HTML)], "got a web page"),
    ("search", [(200, {}, b'{"data": []}')], "no page of images"),
    ("search", [(200, {}, b'{"features": [3]}')], "no page of images"),
    ("search", [(200, {}, b'{"features": [], "links": [{}]}')], "no page of images"),
    ("search", [(200, {}, LOST)], "link to the next"),
    ("search", [(400, {}, b'{"code": "BadRequest"}')], "answers 400"),
    ("search", [None, "half"], "JSON that breaks off"),
    ("search", [None, *["breaks off"] * 4], "breaks off midway, 4 times"),
    ("search", [None, *[(502, {}, b"")] * 4], "answers 502 Bad Gateway, 4 times"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "faults", "words"), BAD)
def test_what_is_no_answer_is_one_sentence_and_nothing_is_kept(
    tmp_path: Path, archive: FakeArchive, where: str, faults: list[Any], words: str
) -> None:
    archive.faults[where] = faults
    (outcome,) = run(tmp_path, archive)
    assert outcome.asked is None
    assert words in outcome.fault
    assert "\n" not in outcome.fault
    assert files(tmp_path) == []
    assert stored_images(tmp_path, SITE, WINDOW).asked == ()


def test_a_line_that_breaks_once_is_mended(tmp_path: Path, archive: FakeArchive) -> None:
    archive.faults["search"] = ["breaks off"]
    assert run(tmp_path, archive)[0].fault == ""
    assert days(tmp_path) == [26, 27, 28, 29, 30]


@pytest.mark.parametrize("loop", ["same", "fresh"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_next_page_that_never_ends_is_noticed(
    tmp_path: Path, archive: FakeArchive, loop: str, method: str
) -> None:
    archive.loop, archive.search_methods = loop, (method,)
    (outcome,) = run(tmp_path, archive)
    assert "has no end" in outcome.fault
    assert len(archive.searches()) <= 3
    assert files(tmp_path) == []


def test_a_next_page_on_another_host_is_not_followed(tmp_path: Path, archive: FakeArchive) -> None:
    archive.next_host = "http://127.0.0.2:1/v1"
    assert "on the same host" in run(tmp_path, archive)[0].fault


def test_one_collection_that_fails_does_not_lose_the_others(
    tmp_path: Path, archive: FakeArchive
) -> None:
    archive.faults["search"] = [(400, {}, b"{}")]
    bad, good = run(tmp_path, archive, "sentinel-2-l1c", "sentinel-2-l2a")
    assert "answers 400" in bad.fault
    assert good.asked is not None
    assert days(tmp_path) == [26, 27, 28, 29, 30]


def test_an_archive_that_is_down_is_tried_once_and_does_not_lose_the_others(
    tmp_path: Path, archive: FakeArchive
) -> None:
    down = "http://127.0.0.1:9/v1"
    holdings = [
        Holding("down", "", down, "a"), Holding("down", "", down, "b"),
        Holding("up", "", archive.address, "sentinel-2-l2a"),
    ]  # fmt: skip
    waits = Waits()
    outcomes = ask(tmp_path, holdings, question(SITE, WINDOW), clock=waits.clock())
    assert ["cannot be reached" in one.fault for one in outcomes] == [True, True, False]
    assert waits.seconds == [1.0]
    assert len(days(tmp_path)) == 5


def test_an_answer_that_is_cut_says_so(tmp_path: Path, archive: FakeArchive) -> None:
    (outcome,) = run(tmp_path, archive, most=3)
    assert outcome.asked is not None
    assert (outcome.asked.items, outcome.asked.is_complete) == (4, False)
    assert "cut at 4 items" in stored_images(tmp_path, SITE, WINDOW).notes[0]


@pytest.mark.parametrize("total", [True, False])
def test_an_answer_that_ends_at_the_limit_is_whole(
    tmp_path: Path, archive: FakeArchive, total: bool
) -> None:
    archive.total, archive.page = total, 5
    (outcome,) = run(tmp_path, archive, most=5)
    assert outcome.asked is not None
    assert outcome.asked.is_complete


def test_an_archive_that_stops_before_its_own_count_has_not_answered_in_full(
    tmp_path: Path, archive: FakeArchive
) -> None:
    short = {"features": [item("2022-08-26T09:25:40")], "numberMatched": 2, "links": []}
    archive.faults["search"] = [(200, {}, json.dumps(short).encode())]
    (outcome,) = run(tmp_path, archive)
    assert outcome.asked is not None
    assert not outcome.asked.is_complete


def test_no_image_found_is_kept_as_an_answer(tmp_path: Path, archive: FakeArchive) -> None:
    archive.items = []
    run(tmp_path, archive)
    stored = stored_images(tmp_path, SITE, WINDOW)
    assert stored.images == ()
    assert [(one.collection, one.items, one.is_complete) for one in stored.asked] == [
        ("sentinel-2-l2a", 0, True)
    ]


def test_items_that_were_not_asked_for_are_left_out_and_told(
    tmp_path: Path, archive: FakeArchive
) -> None:
    far = {
        "type": "Polygon",
        "coordinates": [[[x - 90, y] for x, y in [(0, 0), (1, 0), (1, 1), (0, 0)]]],
    }
    archive.items += [item("2022-08-26T10:00:00", id="far", geometry=far)]
    archive.items += [item("2021-08-26T09:25:40", id="old")]
    run(tmp_path, archive)
    stored = stored_images(tmp_path, SITE, WINDOW)
    assert len(stored.images) == 5
    assert stored.notes == (
        "made up sentinel-2-l2a, outside the surroundings that were asked for: 1 items, left out.",
        "made up sentinel-2-l2a, outside the window that was asked for: 1 items, left out.",
    )


def test_the_licence_is_what_the_collection_states_and_empty_where_it_states_none(
    tmp_path: Path, archive: FakeArchive
) -> None:
    run(tmp_path, archive)
    assert stored_images(tmp_path, SITE, WINDOW).images[0].licence == (
        "proprietary, https://example.org/terms"
    )
    archive.licence = {"links": []}
    run(tmp_path / "second", archive)
    assert stored_images(tmp_path / "second", SITE, WINDOW).images[0].licence == ""


def test_an_archive_that_does_not_say_what_it_conforms_to_is_asked_all_the_same(
    tmp_path: Path, archive: FakeArchive
) -> None:
    archive.conforms = False
    assert run(tmp_path, archive)[0].fault == ""


def test_the_satellites_of_an_unknown_collection_are_those_it_names(
    tmp_path: Path, archive: FakeArchive
) -> None:
    (outcome,) = run(tmp_path, archive)
    assert outcome.asked is not None
    assert outcome.asked.norad_ids == {40697, 42063}


def test_progress_is_told(tmp_path: Path, archive: FakeArchive) -> None:
    lines: list[str] = []
    holdings = [Holding("made up", "", archive.address, "sentinel-2-l2a")]
    ask(tmp_path, holdings, question(SITE, WINDOW), clock=Waits().clock(), told=lines.append)
    assert lines[1:] == [f"made up sentinel-2-l2a: {count} items" for count in (2, 4, 5)]


def test_the_clock_of_the_system_is_in_utc() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=5)
