from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madeup import SITE, item, utc

from entrepot.checks.images.image import Image
from entrepot.checks.images.items import Found, image_of
from entrepot.checks.images.outline import surroundings

PLACE = Found(SITE, surroundings(SITE), "element84", "sentinel-2-l2a", "", "made up")
AT = "2022-08-26T09:25:40"


def read(**other: Any) -> Image:
    found = image_of(item(AT, **other), PLACE)
    assert isinstance(found, Image), found
    return found


def test_an_item_as_an_image() -> None:
    found = read(id="S2B_generated")
    assert (found.satellite, found.norad_id, found.at) == ("Sentinel-2B", 42063, utc(AT))
    assert (found.cloud_pct, found.coverage_pct, found.gsd_m) == (12.5, 100.0, 10.0)
    assert found.link == "https://example.org/items/S2B_generated"
    assert found.preview == "https://example.org/small.jpg"
    assert found.licence == ""
    assert found.pass_at is None


def test_an_item_may_lack_everything_but_its_name_and_time() -> None:
    bare = {"id": "S2C_T35UMU_made_up", "properties": {"datetime": f"{AT}Z"}}
    found = image_of(bare, PLACE)
    assert isinstance(found, Image)
    assert (found.satellite, found.norad_id) == ("Sentinel-2C", 60989)  # from the product's name
    assert found.cloud_pct is found.coverage_pct is found.gsd_m is None
    assert found.link == found.preview == found.licence == ""


@pytest.mark.parametrize("name", ["Sentinel-2B", "SENTINEL-2B", "sentinel-2b", "sentinel_2b"])
def test_a_platform_is_known_in_any_writing(name: str) -> None:
    assert read(platform=name).norad_id == 42063


def test_a_platform_that_is_not_known_keeps_its_name_and_has_no_number() -> None:
    found = read(platform="sentinel-9z", id="S2B_wrong_name")
    assert (found.satellite, found.norad_id) == ("sentinel-9z", None)


@pytest.mark.parametrize(
    "bad", [None, 3, [], {}, {"id": ""}, {"id": 7}, {"id": "a" * 3000}, {"id": "a\nb"}]
)
def test_an_item_without_a_name_is_none(bad: object) -> None:
    assert image_of(bad, PLACE) == "without a name"


@pytest.mark.parametrize("said", [None, "", "yesterday", 1661505940, "0001-01-01T00:00:00+14:00"])
def test_an_item_without_a_time_is_none(said: object) -> None:
    assert image_of(item(AT, properties={"datetime": said}), PLACE) == "without a time"


def test_a_stretch_of_time_counts_from_its_middle() -> None:
    stretch = {
        "datetime": None, "start_datetime": "2022-08-26T09:25:30Z",
        "end_datetime": "2022-08-26T11:25:50+02:00",
    }  # fmt: skip
    assert read(properties=stretch).at == utc(AT)


def test_an_item_elsewhere_is_none_by_its_outline_or_its_frame() -> None:
    far = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
    outside = "outside the surroundings that were asked for"
    assert image_of(item(AT, geometry={"type": "Polygon", "coordinates": [far]}), PLACE) == outside
    assert image_of(item(AT, geometry=None, bbox=[0, 0, 1, 1]), PLACE) == outside
    assert read(geometry=None).coverage_pct is None


@pytest.mark.parametrize("cloud", [None, -1, 101, "12", True, float("nan")])
def test_a_cloud_figure_that_is_none_is_null(cloud: object) -> None:
    assert read(properties={"eo:cloud_cover": cloud}).cloud_pct is None


def test_no_cloud_is_nought_and_not_null() -> None:
    assert read(properties={"eo:cloud_cover": 0}).cloud_pct == 0.0


def test_without_a_link_to_itself_the_data_are_linked() -> None:
    assert read(links=[]).link == "https://example.org/visual.tif"
    assert read(links=[{"rel": "root", "href": "https://example.org"}], assets={}).link == ""


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "s3://bucket/x", "data:text/html,x", "https://[", "//x/y", 4]
)
def test_only_addresses_of_the_web_are_links(href: object) -> None:
    found = read(
        links=[{"rel": "self", "href": href}, "no link"], assets={"thumbnail": {"href": href}}
    )
    assert found.link == found.preview == ""


def test_the_licence_is_the_items_own_before_the_collections() -> None:
    own = {"rel": "license", "href": "https://example.org/own"}
    place = Found(SITE, PLACE.boxes, "a", "b", "of the collection", "made up")
    plain, licensed = image_of(item(AT), place), image_of(item(AT, links=[own]), place)
    assert isinstance(plain, Image)
    assert isinstance(licensed, Image)
    assert plain.licence == "of the collection"
    assert licensed.licence == "https://example.org/own"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=50)
@given(
    st.sampled_from(["properties", "geometry", "bbox", "assets", "links", "id", "collection"]), JSON
)
def test_no_item_breaks_the_reader(where: str, what: object) -> None:
    assert isinstance(image_of(item(AT) | {where: what}, PLACE), Image | str)
