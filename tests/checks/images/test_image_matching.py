"""Predicted passes against recorded times: measured habits in field order, worked by hand."""

from datetime import timedelta

import pytest
from madeup import FROM, LATER, SITE, WINDOW, chance, image, utc

from entrepot.checks.images.archives import holding_of, holdings, platform_of, wanted
from entrepot.checks.images.asked import Asked
from entrepot.checks.images.looks import marked
from entrepot.checks.images.matching import IMAGE, NONE, NOT_ASKED, gaps, join, seen
from entrepot.checks.images.outline import surroundings
from entrepot.checks.window import Window
from entrepot.errors import RequestError

PASS = chance("2022-08-26T09:25:40")


def asked(collection: str = "sentinel-2-l2a", **other: object) -> Asked:
    habit = holding_of("element84", collection)
    said: dict[str, object] = {
        "archive": "element84", "collection": collection, "address": habit.address,
        "window": WINDOW, "boxes": surroundings(SITE), "asked_at": LATER, "items": 1,
        "is_complete": True, "norad_ids": habit.norad_ids, "settled_days": habit.settled_days,
        "licence": "", "source": "made up",
    }  # fmt: skip
    return Asked(**said | other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("archive", "after_s", "fits"),
    [
        # pass less recorded time: tiles -6 to +5 s, half a tile 8 s, tolerance of the pass 5 s
        ("element84", -19, True), ("element84", -20, False), ("element84", 18, True),
        ("element84", 19, False),
        # the start of a datatake lies up to two minutes before the tile
        ("planetary", 109, True), ("planetary", 133, True), ("planetary", 134, False),
        ("planetary", -19, True), ("planetary", -20, False),
    ],
)  # fmt: skip
def test_an_image_fits_a_pass_within_the_habit_of_its_archive(
    archive: str, after_s: int, fits: bool
) -> None:
    recorded = (PASS.at - timedelta(seconds=after_s)).replace(tzinfo=None).isoformat()
    (joined,) = join([image(recorded, archive=archive)], [PASS])
    assert joined.pass_at == (PASS.at if fits else None)


def test_the_tolerance_of_old_elements_widens_the_fit() -> None:
    late = image("2022-08-26T09:24:40")
    assert join([late], [PASS])[0].pass_at is None
    assert join([late], [chance("2022-08-26T09:25:40", tolerance_s=60.0)])[0].pass_at == PASS.at


def test_an_image_belongs_to_its_own_satellite_only() -> None:
    assert join([image("2022-08-26T09:25:40", "sentinel-2a")], [PASS])[0].pass_at is None
    assert join([image("2022-08-26T09:25:40", norad_id=None)], [PASS])[0].pass_at is None


def test_of_two_passes_the_nearer_is_taken_and_the_order_stays() -> None:
    first, second = chance("2022-08-26T09:25:40"), chance("2022-08-31T09:26:00")
    images = [image("2022-08-31T09:26:02"), image("2022-08-26T09:25:41")]
    assert [one.pass_at for one in join(images, [first, second])] == [second.at, first.at]


def test_a_turned_satellite_may_look_at_any_time_of_its_pass() -> None:
    agile = chance(
        "2022-08-26T09:25:40", "worldview", mode="agile",
        from_at=utc("2022-08-26T09:23:40"), to_at=utc("2022-08-26T09:27:40"),
    )  # fmt: skip
    early = image("2022-08-26T09:23:45", "worldview", norad_id=1)
    assert join([early], [agile])[0].pass_at == agile.at
    assert seen([agile], [], [asked()]) == ()


def test_a_pass_with_an_image_was_seen() -> None:
    joined = join([image("2022-08-26T09:25:40")], [PASS])
    (sight,) = seen([PASS], joined, [asked()])
    assert (sight.state, sight.images, sight.why) == (IMAGE, joined, "")


def test_no_image_differs_from_not_asked() -> None:
    answered, silent = seen([PASS], [], [asked()]), seen([PASS], [], [])
    assert answered[0].state == NONE
    assert answered[0].asked == (asked(),)
    assert silent[0].state == NOT_ASKED
    assert "No archive that holds images of Sentinel-2B was asked" in silent[0].why
    assert NONE == "no image in the archives asked"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (asked("landsat-c2-l2"), "No archive that holds images"),
        (asked(window=Window(FROM, PASS.at)), "No archive that holds images"),
        (
            asked(window=Window(FROM, PASS.at + timedelta(seconds=4))),
            "No archive that holds images",
        ),
        (
            asked(window=Window(PASS.at - timedelta(seconds=4), WINDOW.to_at)),
            "No archive that holds",
        ),
        (asked(norad_ids=frozenset()), "No archive that holds images"),
        (asked(is_complete=False), "cut by a limit"),
        (asked(asked_at=PASS.at + timedelta(days=2)), "last asked on 2022-08-28"),
    ],
    ids=[
        "other satellites",
        "window ends before",
        "ends within the tolerance",
        "begins within the tolerance",
        "satellites not known",
        "cut",
        "too early",
    ],
)
def test_an_archive_that_could_not_say_no_has_not_said_no(question: Asked, words: str) -> None:
    (sight,) = seen([PASS], [], [question])
    assert sight.state == NOT_ASKED
    assert words in sight.why


def test_an_image_of_a_pass_stands_although_the_question_is_not_settled() -> None:
    joined = join([image("2022-08-26T09:25:40")], [PASS])
    assert seen([PASS], joined, [asked(is_complete=False)])[0].state == IMAGE


@pytest.mark.parametrize(
    ("covered", "words"),
    [((49.9,), "at most 49.9 %"), ((3.0, 50.0), ""), ((3.0, None), ""), ((None,), "")],
)
def test_images_that_miss_most_of_the_place_are_said_to(
    covered: tuple[float | None, ...], words: str
) -> None:
    images = [image("2022-08-26T09:25:40", coverage_pct=one) for one in covered]
    (sight,) = seen([PASS], join(images, [PASS]), [asked()])
    assert sight.state == IMAGE
    assert words in sight.why
    assert bool(words) == bool(sight.why)


def test_an_image_that_fits_no_pass_is_no_sight_of_a_pass() -> None:
    joined = join([image("2022-08-26T12:00:00")], [PASS])
    assert seen([PASS], joined, [asked()])[0].state == NONE


def test_gaps_say_what_would_fill_them() -> None:
    (gap,) = gaps(SITE, WINDOW, [])
    assert (gap.kind, gap.from_at, gap.to_at) == ("image", None, None)
    assert gap.needed == ("entrepot fetch images --at 53.1,26.05 --from 2022-08-26 --to 2022-09-08")
    sights = seen([PASS, chance("2022-09-05T09:25:40")], [], [asked("landsat-c2-l2")])
    (part,) = gaps(SITE, WINDOW, [asked("landsat-c2-l2")], sights)
    assert (part.from_at, part.to_at) == (PASS.at, utc("2022-09-05T09:25:40"))
    assert "Of 2 passes" in part.why
    assert gaps(SITE, WINDOW, [asked()], seen([PASS], [], [asked()])) == ()


def test_copies_levels_and_tiles_of_one_pass_are_one_look() -> None:
    tile = image("2022-08-26T09:25:45", item_id="tile")
    images = [
        image("2022-08-26T09:23:50", item_id="datatake", archive="planetary"),
        image("2022-08-26T09:25:45", item_id="level 1", collection="sentinel-2-l1c"),
        image("2022-08-26T09:25:50", item_id="neighbour", coverage_pct=30.0),
        tile,
        image("2022-08-26T09:25:45", "sentinel-2a", item_id="other satellite"),
        image("2022-08-31T09:25:45", item_id="other day"),
    ]
    found = {one.item_id: one.same_as for one in marked(images)}
    assert found == dict.fromkeys(
        ("datatake", "level 1", "neighbour"), "tile in element84, sentinel-2-l2a"
    ) | {"tile": "", "other satellite": "", "other day": ""}


def test_an_image_that_shows_all_is_counted_before_one_without_an_outline() -> None:
    bare = image("2022-08-26T09:25:45", item_id="a bare", coverage_pct=None)
    whole = image("2022-08-26T09:25:45", item_id="whole", archive="copernicus")
    assert [one.item_id for one in marked([bare, whole]) if not one.same_as] == ["whole"]


def test_images_of_an_unknown_satellite_are_one_only_under_one_name() -> None:
    same = [image("2022-08-26T09:25:45", norad_id=None, item_id="x", archive=a) for a in ("a", "b")]
    other = image("2022-08-26T09:25:45", norad_id=None, item_id="y")
    assert [bool(one.same_as) for one in marked([*same, other])].count(True) == 1


def test_ten_minutes_apart_are_still_one_look_and_more_are_two() -> None:
    times = ["2022-08-26T09:20:00", "2022-08-26T09:30:00", "2022-08-26T09:40:01"]
    assert sum(not one.same_as for one in marked(image(at) for at in times)) == 2


def test_the_row_of_an_image_says_that_it_is_a_second_one_of_a_look() -> None:
    first, second = marked([image("2022-08-26T09:25:45", item_id=name) for name in "ab"])
    assert first.row()["status"] is None
    assert second.row()["status"] == "same look as a in element84, sentinel-2-l2a"


def test_the_tables_are_whole() -> None:
    assert [one.archive for one in holdings()].count("element84") == 4
    assert all(one.norad_ids and one.from_s < one.to_s for one in holdings())
    assert len({(one.archive, one.collection) for one in holdings()}) == len(holdings())
    found = platform_of("", "LC09_L2SP_made_up")
    assert found is not None
    assert (found.satellite, found.norad_id) == ("Landsat 9", 49260)


def test_which_archives_are_asked() -> None:
    assert wanted([], []) == holdings()
    assert {one.archive for one in wanted([], ["landsat-c2-l2"])} == {"element84", "planetary"}
    assert [one.collection for one in wanted(["element84"], ["sentinel-2-c1-l2a"])] == [
        "sentinel-2-c1-l2a"
    ]
    (own,) = wanted(["https://example.org/stac/"], ["a", "a"])
    assert (own.archive, own.address) == ("example.org", "https://example.org/stac")


@pytest.mark.parametrize(
    ("archives", "collections", "words"),
    [
        (["element48"], [], "expected one of element84, planetary, copernicus or an address"),
        (["ftp://example.org"], ["a"], "or an address with https://"),
        (["https://example.org"], [], "without a collection"),
        ([], ["sentinel-7"], "none of these archives is known to hold"),
    ],
)
def test_an_archive_that_cannot_be_asked_is_refused(
    archives: list[str], collections: list[str], words: str
) -> None:
    with pytest.raises(RequestError, match=words):
        wanted(archives, collections)


def test_a_look_goes_on_while_images_follow_each_other() -> None:
    times = ("09:20:00", "09:28:00", "09:36:00", "09:46:01")
    found = marked(image(f"2022-08-26T{one}", coverage_pct=None) for one in times)
    assert sum(not one.same_as for one in found) == 2
    assert found[-1].same_as == ""
