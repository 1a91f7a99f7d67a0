"""The reader on answers that real archives gave, recorded by the tests of pystac-client
(https://github.com/stac-utils/pystac-client, tests/cassettes; Apache-2.0). None is of Belarus."""

import json
from pathlib import Path
from typing import Any

import pytest
from madeup import utc

from entrepot.checks.images.image import Image
from entrepot.checks.images.items import Found, image_of
from entrepot.checks.images.outline import surroundings
from entrepot.checks.images.stored import stored_images
from entrepot.checks.site import Site
from entrepot.checks.window import Window

yaml = pytest.importorskip("yaml")

LONGMONT = Site("Longmont", 40.1672, -105.1019)


@pytest.fixture
def stac(shared: Path) -> Path:
    folder = shared / "verification" / "stac"
    if not folder.is_dir():
        pytest.skip(f"needs the recorded answers, and {folder} does not exist")
    return folder


def pages(stac: Path, name: str) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (stac / "cassettes" / f"{name}.yaml").read_text("utf-8")
    bodies = [
        one["response"]["body"]["string"] for one in yaml.load(text, Loader=loader)["interactions"]
    ]
    return [page for page in map(json.loads, bodies) if "features" in page]


def read(items: list[Any], site: Site, archive: str) -> list[Image]:
    place = Found(site, surroundings(site), archive, "", "", "recorded")
    found = [image_of(item, place) for item in items]
    return [one for one in found if isinstance(one, Image)]


def test_a_point_and_a_day_in_two_collections(stac: Path) -> None:
    day = Window(utc("2023-10-08T00:00:00"), utc("2023-10-09T00:00:00"))
    path = stac / "test_multiple_collections_1.json"
    stored = stored_images(Path("nowhere"), LONGMONT, day, files=[path])
    landsat, sentinel = stored.images
    assert (landsat.satellite, landsat.norad_id) == ("Landsat 8", 39084)
    assert landsat.at.isoformat(timespec="seconds") == "2023-10-08T17:37:26+00:00"
    assert (sentinel.archive, sentinel.satellite, sentinel.norad_id) == (
        "element84", "Sentinel-2A", 40697,
    )  # fmt: skip
    assert (sentinel.cloud_pct, sentinel.coverage_pct) == (0.000299, 100.0)
    assert sentinel.link.startswith("https://earth-search.aws.element84.com/v1/collections/")
    assert sentinel.licence == (
        "https://sentinel.esa.int/documents/247904/690755/Sentinel_Data_Legal_Notice"
    )
    assert all(one.preview and not one.same_as for one in stored.images)


def test_an_answer_without_items_is_an_answer(stac: Path) -> None:
    day = Window(utc("2023-10-08T00:00:00"), utc("2023-10-09T00:00:00"))
    path = stac / "test_multiple_collections_2.json"
    assert stored_images(Path("nowhere"), LONGMONT, day, files=[path]).images == ()


def test_planetary_computer_gives_the_start_of_the_datatake(stac: Path) -> None:
    items = pages(stac, "TestItemSearch.test_datetime_results")[0]["features"]
    assert len(items) == 33
    assert {one["properties"]["datetime"][:19] for one in items} == {"2019-01-01T00:00:01"}
    west, south, east, north = items[0]["bbox"]
    site = Site("a tile", (south + north) / 2, (west + east) / 2)
    images = read(items, site, "planetary")
    assert images
    assert {one.norad_id for one in images} == {40697}
    assert all(one.link.startswith("https://planetarycomputer.microsoft.com") for one in images)


def test_items_without_outline_assets_and_links(stac: Path) -> None:
    items = pages(stac, "test_fields")[0]["features"]
    images = read(items, LONGMONT, "element84")
    # the point lies inside the tile; some of the frames of half-filled tiles leave it out
    assert 8 <= len(images) <= 10
    assert all(one.norad_id in (40697, 42063, 60989) for one in images)
    assert {one.coverage_pct for one in images} == {None}
    assert {one.link for one in images} == {""}


def test_pages_with_a_next_token_hold_three_missions(stac: Path) -> None:
    found = pages(stac, "TestCLISearch.test_filter[inprocess]")
    items = [item for page in found for item in page["features"]]
    assert len(items) == 20
    for item in items:
        west, south, east, north = item["bbox"]
        (image,) = read([item], Site("x", (south + north) / 2, (west + east) / 2), "element84")
        assert image.norad_id in (39634, 42063)
        if image.norad_id == 39634:
            assert image.cloud_pct is None or "sar:polarizations" in item["properties"]


def test_the_archive_of_the_first_version_is_still_read(stac: Path) -> None:
    (page,) = pages(stac, "TestCLISearch.test_non_conformant_can_be_fixed[inprocess]")
    (item,) = page["features"]
    west, south, east, north = item["bbox"]
    (image,) = read([item], Site("x", (south + north) / 2, (west + east) / 2), "element84")
    assert (image.satellite, image.gsd_m) == ("Sentinel-2B", 10.0)
